"""Results that stand below a name: in the column of a table, or on the lines that follow it on a portal's page.

A name at the head of a column has its results in the rows below, wherever these are set within the column; a name that
stands alone has them on the next lines. Geometry and the form of a result decide; what a name means is the
vocabulary's matter.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from typing import Protocol

from organizer.health.result_words import labels_result, looks_like_result

_ROW_APART = 2.5  # of a line's height: more room between two rows ends a table
_LINE_APART = 1.6  # of a line's height: more room ends what belongs to a name
_FIRST_ROWS = 3  # rows below a heading of which one holds a result, where the heading has two or three lines
_WIDE_HEAD = 3  # cells: a row of so many names is the head of a table and no pair of label and words
_MANY_WORDS = 8  # a line of so many words is no name
_MOST_LINES = 6  # that follow a name
_SENTENCE_ENDS = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a line with no wide blank between them: their edges in the frame of the line, and as they read."""

    left: float
    right: float
    text: str
    letters: frozenset[int]

    @property
    def word_count(self) -> int:
        """How many words stand in it."""
        return len(self.text.split())

    def overlaps(self, left: float, right: float) -> bool:
        """Whether it stands within these edges, if only with a part."""
        return self.left < right and left < self.right

    def is_above(self, other: "Cell") -> bool:
        """Whether a cell of a lower line stands below a part of it."""
        return other.overlaps(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Covered:
    """A part of a line that must be black: its number and edges in the frame of the line."""

    line: int
    left: float
    right: float


class Lines(Protocol):
    """A page's lines from above, as bars.Page has them."""

    def count(self) -> int:
        """How many there are."""

    def cells(self, number: int) -> list[Cell]:
        """The cells of a line, from left to right."""

    def gap_below(self, number: int) -> float:
        """The room between a line and the next, in heights of a line."""


def below_names(page: Lines, number: int, hit: Iterable[int]) -> list[Covered]:
    """What must be black below the line of that number, of which the letters `hit` say something sensitive."""
    cells = page.cells(number)
    if len(cells) == 1:
        return list(_following(page, number, cells[0]))

    numbers = frozenset(hit)
    heads = [_Head(cells, place) for place, cell in enumerate(cells) if numbers & cell.letters]
    return list(chain.from_iterable(_column(page, number, head) for head in heads))


def _following(page: Lines, number: int, name: Cell) -> Iterator[Covered]:
    """The lines after a name that stands alone, as long as each is a result, a unit or what announces one."""
    is_sentence = name.word_count > _MANY_WORDS or name.text.rstrip().endswith(_SENTENCE_ENDS)
    last = number + 1 if is_sentence else min(number + 1 + _MOST_LINES, page.count())
    for line in range(number + 1, last):
        text = " ".join(cell.text for cell in page.cells(line))
        is_unit = line > number + 1 and len(text.split()) == 1 and "/" in text
        if page.gap_below(line - 1) > _LINE_APART or not (is_unit or _belongs_to_a_name(text)):
            return
        yield from _whole(page, line)


def _belongs_to_a_name(text: str) -> bool:
    is_short = len(text.split()) <= _MANY_WORDS
    return labels_result(text) or (is_short and looks_like_result(text))


def _whole(page: Lines, line: int) -> list[Covered]:
    return [Covered(line, cell.left, cell.right) for cell in page.cells(line)]


@dataclass(frozen=True, slots=True)
class _Head:
    """A row of names, and the place of the one whose column is meant."""

    cells: Sequence[Cell]
    place: int

    @property
    def name(self) -> Cell:
        """The cell that names the column."""
        return self.cells[self.place]

    @property
    def others(self) -> list[Cell]:
        """The other names."""
        return [cell for cell in self.cells if cell is not self.name]

    @property
    def is_head(self) -> bool:
        """Whether the row names columns: a result or a label beside the name makes it a row of its own."""
        texts = [cell.text.rstrip() for cell in self.others]
        return not any(text.endswith(":") or looks_like_result(text) for text in texts)

    @property
    def edges(self) -> tuple[float, float]:
        """From the end of the name at the left to the beginning of the one at the right."""
        before, after = self.cells[: self.place], self.cells[self.place + 1 :]
        left = before[-1].right if before else -inf
        right = after[0].left if after else inf
        return left, right

    def is_over(self, cell: Cell) -> bool:
        """Whether a cell may belong to the name: it stands below it, or between its neighbours and below none."""
        if self.name.is_above(cell):
            return True
        return cell.overlaps(*self.edges) and not any(other.is_above(cell) for other in self.others)

    def below(self, cells: Iterable[Cell]) -> list[Cell]:
        """Those of a row's cells that may belong to the name."""
        return list(filter(self.is_over, cells))


def _column(page: Lines, number: int, head: _Head) -> Iterator[Covered]:
    """The cells below one name of a table's head: all that stand between its neighbours."""
    rows = list(_rows(page, number)) if head.is_head else []
    column = [head.below(page.cells(row)) for row in rows]
    first = chain.from_iterable(column[:_FIRST_ROWS])
    if not _hold_a_result(first):
        return

    is_wide = len(head.cells) >= _WIDE_HEAD
    for row, cells in zip(rows, column, strict=True):
        # Two words side by side may be no table at all: what is no result ends it.
        if cells and not is_wide and not _hold_a_result(cells):
            return
        yield from (Covered(row, cell.left, cell.right) for cell in cells)


def _hold_a_result(cells: Iterable[Cell]) -> bool:
    """Whether one of some cells looks like a result."""
    return any(looks_like_result(cell.text) for cell in cells)


def _rows(page: Lines, number: int) -> Iterator[int]:
    """The rows of the table that goes on below a line."""
    for row in range(number + 1, page.count()):
        cells = page.cells(row)
        is_prose = len(cells) == 1 and cells[0].word_count > _MANY_WORDS
        if page.gap_below(row - 1) > _ROW_APART or is_prose:
            return
        yield row
