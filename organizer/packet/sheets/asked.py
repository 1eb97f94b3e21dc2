"""The log on paper: what was asked for, of whom, when it is asked again, what came."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health.opinion.asked_log import AskedLine
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.packet.page import style
from organizer.packet.sheets.paper import Sheet, drawn, grid, heading, words


def asked_pdf(person: Entry, case: Case, lines: Sequence[AskedLine], size: str = "letter") -> bytes:
    """The sheet's bytes."""
    style.register_fonts()
    sheet = Sheet(_("{name} – asked for").format(name=person.title), person.title, size)
    story: list[Flowable] = [heading(sheet, _("What was asked for, and what came"), case.title)]
    if not lines:
        return drawn(sheet, [*story, *words(sheet, _("Nothing was asked for yet."), style.MUTED)])
    titles = [_("What"), _("Of whom"), _("Asked on"), _("Ask again on"), _("Came")]
    rows = [[line.what, line.whom, _day(line.asked), _day(line.again), line.came] for line in lines]
    return drawn(sheet, [*story, grid(sheet, [0.36, 0.22, 0.14, 0.14, 0.14], titles, rows)])


def _day(day: PartialDate | None) -> str:
    return day.spoken() if day else ""
