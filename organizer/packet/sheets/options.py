"""Options side by side on one sheet: their words, and beside them how much each matters. Nothing is added up."""

from reportlab.platypus import Flowable

from organizer.base.i18n import _, marked
from organizer.health.opinion.options import OptionTable, decided_on, uneven_chances
from organizer.health.voice import Voice
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.packet.page import style
from organizer.packet.sheets.paper import Sheet, drawn, grid, heading, subheading, words

_LABEL = 0.16


def options_pdf(
    person: Entry, case: Case | None, table: OptionTable, voice: Voice, size: str = "letter", is_shortened: bool = False
) -> bytes:
    """The sheet's bytes, in landscape; `is_shortened` where an option is kept back."""
    style.register_fonts()
    sheet = Sheet(_("{name} – options").format(name=person.title), person.title, size, landscape=True)
    about = voice.say(
        marked("In my own words. The numbers say how much each matters to me, from 0 to 5; they are not added up.")
    )
    story: list[Flowable] = [heading(sheet, voice.say(marked("My options, side by side")), about)]
    if is_shortened:
        story += words(sheet, voice.say(marked("This list may be incomplete at the patient’s choice.")), style.MUTED)
    elif not table.columns:
        return drawn(sheet, [*story, *words(sheet, _("No option is written down yet."), style.MUTED)])
    if table.columns:
        share = (1 - _LABEL) / len(table.columns)
        shares = [_LABEL, *[share] * len(table.columns)]
        rows = [[label, *(_cell(text, weight) for text, weight in cells)] for label, cells in table.rows]
        story.append(grid(sheet, shares, ["", *(column.title for column in table.columns)], rows))
    uneven = uneven_chances(table.columns)
    if uneven:
        story += words(sheet, uneven, style.MUTED)
    for title, text in decided_on(case.entry, voice) if case is not None else []:
        story += [subheading(sheet, title), *words(sheet, text)]
    return drawn(sheet, story)


def _cell(text: str, weight: int | None) -> str:
    weighed = _("matters {n} of 5").format(n=weight) if weight is not None else ""
    return "\n".join(part for part in (text, weighed) if part)
