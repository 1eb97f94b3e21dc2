"""First, second and third opinion row by row: what each said, and what the person sees in it. No opinion is rated.

Each opinion is compared with each that came before it: the second with the first, the third with both.
"""

from collections.abc import Sequence
from dataclasses import replace

from organizer.base.i18n import _, marked
from organizer.health.grouping import fold
from organizer.health.opinion.belonging import same_doctor
from organizer.model.case import Opinion
from organizer.model.entry import Entry

ROWS: tuple[tuple[str, str], ...] = (
    ("diagnosis", marked("Diagnosis")),
    ("basis", marked("What it rests on")),
    ("tests", marked("Further tests")),
    ("options", marked("Options")),
    ("treatment", marked("Recommended treatment")),
    ("risks", marked("Risks named")),
    ("urgency", marked("How urgent")),
    ("prognosis", marked("What to expect")),
    ("explained", marked("How it was explained")),
)
MARKS: tuple[tuple[str, str], ...] = (
    ("same", marked("Same")),
    ("partly", marked("Partly the same")),
    ("refined", marked("Refined")),
    ("different", marked("Different")),
    ("new", marked("New")),
    ("withdrawn", marked("Withdrawn")),
)
WHICH = (marked("First opinion"), marked("Second opinion"), marked("Third opinion"))
COMPARED_WITH = (marked("Compared with the first"), marked("Compared with the second"))
_MARK_AGAINST = (marked("against the first: {mark}"), marked("against the second: {mark}"))


def with_options(opinion: Opinion, options: Sequence[Entry]) -> Opinion:
    """The opinion with the options that its doctor recommended, where the person wrote none down in that row."""
    fields = {**options_in_words(opinion.by, options), **opinion.said}
    return replace(opinion, said={row: fields[row] for row, _label in ROWS if row in fields})


def without_options(opinion: Opinion, options: Sequence[Entry]) -> Opinion:
    """The opinion without what its doctor's options say anyway: these may change, and the column with them."""
    given = options_in_words(opinion.by, options)
    return replace(opinion, said={row: text for row, text in opinion.said.items() if given.get(row) != text})


def of_nobody(options: Sequence[Entry], columns: Sequence[Opinion]) -> list[Entry]:
    """Options that stand in no column: nobody is named for them, or somebody whose opinion isn't here."""
    return [
        option for option in options if not any(same_doctor(option.text("recommended_by"), by.by) for by in columns)
    ]


def options_in_words(by: str, options: Sequence[Entry]) -> dict[str, str]:
    """What the options that a doctor recommended say in the rows of the comparison."""
    own = [option for option in options if same_doctor(option.text("recommended_by"), by)]
    fields = {
        "options": "\n".join(entry.title for entry in own),
        "risks": "\n".join(f"{entry.title}: {entry.text('risks')}" for entry in own if entry.text("risks")),
    }
    return {row: text for row, text in fields.items() if text}


def suggested_mark(earlier: str, later: str) -> str:
    """A mark that needs no judgement: the same words, or words where there were none; else "": the person says.

    What a later opinion doesn't mention is not withdrawn by that.
    """
    text, other = fold(earlier), fold(later)
    if not other:
        return ""
    if not text:
        return "new"
    return "same" if text == other else ""


def mark_of(opinion: Opinion, row: str, earlier: Opinion, place: int = 0) -> str:
    """The person's mark of a row against the opinion at that place, else the one that needs no judgement."""
    return opinion.marks_against(place).get(row) or suggested_mark(earlier.said.get(row, ""), opinion.said.get(row, ""))


def mark_words(mark: str) -> str:
    """A mark in words; "" for none."""
    return next((_(label) for key, label in MARKS if key == mark), "")


def marks_in_words(columns: Sequence[Opinion], number: int, row: str) -> list[str]:
    """The marks of a row of one opinion against each before it, in words: `against the first: New`."""
    lines = []
    for place, earlier in enumerate(columns[:number]):
        if earlier.is_blank:
            continue
        words = mark_words(mark_of(columns[number], row, earlier, place))
        if words:
            lines.append(_(_MARK_AGAINST[place]).format(mark=words))
    return lines
