"""Results that stand below a name: in the column of a table, or on the lines that follow it on a portal's page.

A name at the head of a column has its results in the rows below, wherever these are set within the column; a name that
stands alone has them on the next lines. Geometry and the form of a result decide; what a name means is the
vocabulary's matter.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from organizer.health.result_words import labels_result, looks_like_result

_ROW_APART = 2.5  # of a line's height: more room between two rows ends a table
_LINE_APART = 1.6  # of a line's height: more room ends what belongs to a name
_FIRST_ROWS = 3  # rows below a heading of which one holds a result, where the heading has two or three lines
_MOST_ROWS = 80
_WIDE_HEAD = 3  # cells: a row of so many names is the head of a table and no pair of label and words
_MANY_WORDS = 8  # a line of so many words is no name
_MOST_LINES = 6  # that follow a name


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a line with no wide blank between them: their edges in the frame of the line, and as they read."""

    left: float
    right: float
    text: str
    letters: frozenset[int]

    def overlaps(self, left: float, right: float) -> bool:
        """Whether it stands within these edges, if only with a part."""
        return self.left < right and left < self.right


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
    cells, own = page.cells(number), frozenset(hit)
    if len(cells) == 1:
        return list(_following(page, number, cells[0]))
    return [
        covered
        for place, cell in enumerate(cells)
        if own & cell.letters
        for covered in _column(page, number, cells, place)
    ]


def _following(page: Lines, number: int, name: Cell) -> Iterator[Covered]:
    """The lines after a name that stands alone, as long as each is a result, a unit or what announces one."""
    if len(name.text.split()) > _MANY_WORDS or name.text.rstrip().endswith((".", "!", "?")):
        return
    begun = False
    for line in range(number + 1, min(number + 1 + _MOST_LINES, page.count())):
        if page.gap_below(line - 1) > _LINE_APART:
            return
        text = " ".join(cell.text for cell in page.cells(line))
        is_unit = begun and len(text.split()) == 1 and "/" in text
        if not (labels_result(text) or is_unit or (len(text.split()) <= _MANY_WORDS and looks_like_result(text))):
            return
        begun = True
        yield from (Covered(line, cell.left, cell.right) for cell in page.cells(line))


def _column(page: Lines, number: int, head: Sequence[Cell], place: int) -> Iterator[Covered]:
    """The cells below one of a table's head: all that stand between its neighbours."""
    others = [cell for at, cell in enumerate(head) if at != place]
    if any(looks_like_result(cell.text) or cell.text.rstrip().endswith(":") for cell in others):
        return
    left = head[place - 1].right if place else min(head[0].left, 0.0)
    right = head[place + 1].left if place + 1 < len(head) else float("inf")
    rows = list(islice(_rows(page, number), _MOST_ROWS))
    found = [[cell for cell in page.cells(row) if _is_below(cell, head, place, left, right)] for row in rows]
    first = [cell for cells in found[:_FIRST_ROWS] for cell in cells]
    if not any(looks_like_result(cell.text) for cell in first):
        return
    for row, cells in zip(rows, found, strict=True):
        if cells and len(head) < _WIDE_HEAD and not any(looks_like_result(cell.text) for cell in cells):
            return
        yield from (Covered(row, cell.left, cell.right) for cell in cells)


def _is_below(cell: Cell, head: Sequence[Cell], place: int, left: float, right: float) -> bool:
    """Whether a cell may belong to a name of the head: it stands below it, or between its neighbours and below none."""
    if cell.overlaps(head[place].left, head[place].right):
        return True
    return cell.overlaps(left, right) and not any(cell.overlaps(other.left, other.right) for other in head)


def _rows(page: Lines, number: int) -> Iterator[int]:
    """The rows of the table that goes on below a line."""
    for row in range(number + 1, page.count()):
        cells = page.cells(row)
        is_prose = len(cells) == 1 and len(cells[0].text.split()) > _MANY_WORDS
        if page.gap_below(row - 1) > _ROW_APART or is_prose:
            return
        yield row
