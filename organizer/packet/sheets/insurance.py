"""The insurance sheet: what is on the card, what to ask, and the calls so far in the insurer's words."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from organizer.base.dates import parse_date
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.kinds.coverage import COVERAGE
from organizer.packet.page import style
from organizer.packet.sheets.paper import Sheet, drawn, grid, heading, pair, subheading, words

_ON_CARD = ("plan", "member_number", "group_number", "phone", "happened", "ended")


def insurance_pdf(
    person: Entry,
    coverages: Sequence[Entry],
    calls: Sequence[Entry],
    questions: Sequence[str],
    size: str = "letter",
) -> bytes:
    """The sheet's bytes; `questions` are what is to be asked."""
    style.register_fonts()
    sheet = Sheet(_("{name} – insurance").format(name=person.title), person.title, size)
    about = _("Whether something is covered, only the insurer can say. Ask for each answer in writing.")
    story: list[Flowable] = [heading(sheet, _("Insurance"), about)]
    for coverage in coverages:
        story.append(subheading(sheet, coverage.title))
        for name in _ON_CARD:
            field = COVERAGE.field(name)
            text = COVERAGE.show(coverage, field) if field else ""
            story += [pair(sheet, _(field.label), text)] if field and text else []
    if not coverages:
        story += words(sheet, _("No insurance is written down yet."), style.MUTED)
    story.append(subheading(sheet, _("Calls and letters")))
    if calls:
        titles = [
            _("When"),
            _("With whom, reference"),
            _("Question"),
            _("Answer, their words"),
            _("Promised, ask again"),
        ]
        story.append(grid(sheet, [0.12, 0.22, 0.2, 0.3, 0.16], titles, [_call(call) for call in calls]))
    else:
        story += words(sheet, _("None yet."), style.MUTED)
    story.append(subheading(sheet, _("To ask")))
    for question in questions:
        story += words(sheet, f"– {question}", after=2)
    return drawn(sheet, story)


def _call(call: Entry) -> list[str]:
    again = parse_date(call.text("follow_up"))
    follow = _("ask again {day}").format(day=again.spoken()) if again else ""
    whom = "\n".join(part for part in (call.text("with_whom"), call.text("reference")) if part)
    promised = "\n".join(part for part in (call.text("promised"), follow) if part)
    return [call.happened.spoken() if call.happened else "", whom, call.title, call.text("answer"), promised]
