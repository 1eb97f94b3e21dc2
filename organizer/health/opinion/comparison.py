"""First, second and third opinion row by row: what each said, and what the person sees in it. No opinion is rated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry, Json

MOST_OPINIONS = 3

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
    ("refined", marked("Refined")),
    ("different", marked("Different")),
    ("new", marked("New")),
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """One column: by whom, when (a partial date or ""), what was said in each row, each row's mark against the first.

    `marks` of the first opinion are empty.
    """

    by: str = ""
    when: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)

    def told(self) -> dict[str, Json]:
        """As it is kept in the case."""
        return {"by": self.by, "when": self.when, "said": dict(self.said), "marks": dict(self.marks)}


def opinions(case: Entry) -> list[Opinion]:
    """The opinions that a case holds, the first one first."""
    kept = case.data.get("opinions")
    if not isinstance(kept, list):
        return []
    return [_opinion(one) for one in kept if isinstance(one, dict)][:MOST_OPINIONS]


def _opinion(told: Mapping[str, Json]) -> Opinion:
    said, marks = dict(told.get("said") or {}), dict(told.get("marks") or {})
    return Opinion(str(told.get("by") or ""), str(told.get("when") or ""), said, marks)


def first_opinion(
    case: Entry, conditions: Sequence[Entry], options: Sequence[Entry], rests: Sequence[Entry]
) -> Opinion:
    """What the record says of the first view: a column to begin with, for the person to change."""
    said = {
        "diagnosis": "\n".join(one.text("quote") or one.title for one in conditions),
        "basis": "\n".join(one.title for one in rests),
        "options": "\n".join(one.title for one in options),
        "treatment": case.text("plan_proposed"),
        "risks": "\n".join(f"{one.title}: {one.text('risks')}" for one in options if one.text("risks")),
    }
    by = next((name for one in conditions if (name := one.text("made_by"))), "")
    day = next((one.text("recorded")[:10] for one in conditions if one.text("recorded")), "")
    return Opinion(by, day, {row: text for row, text in said.items() if text})


def suggested_mark(first: str, later: str) -> str:
    """A mark that needs no judgement: the same words, or words where there were none; else "": the person says."""
    one, other = " ".join(first.split()).casefold(), " ".join(later.split()).casefold()
    if not other:
        return ""
    if not one:
        return "new"
    return "same" if one == other else ""


def mark_of(opinion: Opinion, row: str, first: Opinion) -> str:
    """The person's mark of a row, else the one that needs no judgement."""
    return opinion.marks.get(row) or suggested_mark(first.said.get(row, ""), opinion.said.get(row, ""))


def mark_words(mark: str) -> str:
    """A mark in words; "" for none."""
    return next((_(label) for key, label in MARKS if key == mark), "")
