"""What the reader gives: a proposal for each result, with its place on the page and the reasons to look twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from organizer.base.dates import PartialDate
from organizer.importing.lab_reports.lines import Spot
from organizer.importing.page_text.words_on_page import Word

BOLD = "bold"
"""The flag of a value that is printed in bold among others that aren't."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: page from 1 and a box in the page's own unit, from its top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, page: int, words: Sequence[Spot] | Sequence[Word]) -> "Place":
        """The box around some words of a page; at least one."""
        left, top = min(word.x0 for word in words), min(word.y0 for word in words)
        right, bottom = max(word.x1 for word in words), max(word.y1 for word in words)
        return cls(page, left, top, right, bottom)

    def locator(self, width: float, height: float) -> str:
        """`page=2&box=0.0510,0.2210,0.9300,0.2390`: the box in fractions of a page of that size."""
        ends = (self.x0 / width, self.y0 / height, self.x1 / width, self.y1 / height)
        return f"page={self.page}&box=" + ",".join(f"{min(1.0, max(0.0, end)):.4f}" for end in ends)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One result as read. Texts are as printed; `value` has a decimal point and no thousands marks, or is a word.

    `unit` is UCUM where the printed one is known, else as printed. `low` and `high` are None where the range has no
    such end or depends on sex or age (`range_text` has it all). `doubts` are sentences; none means certain. `decimal`
    is the decimal mark that the report's numbers show, "" where they show none. `open_days` are the two days that its
    printed date can mean (day first, month first), and `date_doubt` is the doubt that says so. `place` is the row's,
    `cell` the value's within it.
    """

    name: str
    value: str
    printed: str
    place: Place
    comparator: str = ""
    unit: str = ""
    printed_unit: str = ""
    low: float | None = None
    high: float | None = None
    range_text: str = ""
    flag: str = ""
    date: PartialDate | None = None
    loinc: str = ""
    specimen: str = ""
    section: str = ""
    doubts: tuple[str, ...] = ()
    decimal: str = ""
    open_days: tuple[PartialDate, ...] = ()
    date_doubt: str = ""
    cell: Place | None = None

    @property
    def certain(self) -> bool:
        """True where nothing speaks against what was read."""
        return not self.doubts


@dataclass(slots=True)
class ReportReading:
    """All that one document gave: proposals in the order of the page, and what was left out, in sentences."""

    proposals: list[Proposal] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
