"""The opinions row by row, and in words what the person sees in each row."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked
from organizer.health.opinion.comparison import ROWS, WHICH, marks_in_words
from organizer.health.voice import Voice
from organizer.model.case import Case, Opinion
from organizer.model.entry import Entry
from organizer.model.kinds.opinion_case import OPINION_CASE
from organizer.packet.page import style
from organizer.packet.sheets.paper import Sheet, drawn, grid, heading, pair, words

_LABEL = 0.15


def comparison_pdf(person: Entry, case: Case, opinions: Sequence[Opinion], voice: Voice, size: str = "letter") -> bytes:
    """The sheet's bytes, in landscape; an opinion that says nothing has no column, and the others keep their number."""
    style.register_fonts()
    sheet = Sheet(_("{name} – opinions").format(name=person.title), person.title, size, landscape=True)
    about = voice.say(
        marked(
            "What each said, as I understood it. The words in brackets are mine: how it compares with what was before."
        )
    )
    story: list[Flowable] = [heading(sheet, _("Opinions side by side"), about)]
    places = [place for place, opinion in enumerate(opinions) if not opinion.is_blank]
    if not places:
        return drawn(sheet, [*story, *words(sheet, _("No opinion is written down yet."), style.MUTED)])
    share = (1 - _LABEL) / len(places)
    titles = ["", *(_title(place, opinions[place]) for place in places)]
    rows = [[_(label), *(_cell(opinions, row, place) for place in places)] for row, label in ROWS]
    story.append(grid(sheet, [_LABEL, *[share] * len(places)], titles, rows))
    field = OPINION_CASE.field("outcome")
    outcome = OPINION_CASE.show(case.entry, field) if field else ""
    if outcome:
        story.append(pair(sheet, voice.say(marked("Outcome, in my view")), outcome, _LABEL))
    return drawn(sheet, story)


def _title(number: int, opinion: Opinion) -> str:
    when = parse_date(opinion.when)
    return ", ".join(part for part in (_(WHICH[number]), opinion.by, when.spoken() if when else "") if part)


def _cell(opinions: Sequence[Opinion], row: str, number: int) -> str:
    marks = [f"({words})" for words in marks_in_words(opinions, number, row)]
    return "\n".join([part for part in (opinions[number].said.get(row, ""), *marks) if part])
