"""From text with separators to rows; a table of a file, whatever it came from."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from organizer.base.i18n import _
from organizer.base.progress import NoProgress, Progress

SEPARATORS = (",", ";", "\t", "|")
MOST_TEXT = 128 * 1024 * 1024
MOST_ROWS = 500_000
MOST_COLUMNS = 500
ROWS_AT_ONCE = 2_000
"""Rows that are read between two reports of progress: some milliseconds."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_MOST_MET = 200_000
"""Texts of cells that are looked up: some twenty mebibytes."""
Row = list[str]


def cell_of(row: Row, place: int) -> str:
    """The words of a cell; "" where the row has no such column."""
    return row[place].strip() if 0 <= place < len(row) else ""


def filled_cells(row: Row) -> list[str]:
    """The words of the cells that say something."""
    return list(filter(None, map(str.strip, row)))


def bare_rows(numbered: Iterable[tuple[int, Row]]) -> list[Row]:
    """Rows without their numbers."""
    return [row for _line, row in numbered]


@dataclass(slots=True)
class Beyond:
    """Whether a table says something in rows or columns beyond those that are read."""

    rows: bool = False
    columns: bool = False

    def in_words(self) -> list[str]:
        """What is to be told of it."""
        sentences = []
        if self.rows:
            sentences.append(_("It has more rows than are read; split it into smaller files."))
        if self.columns:
            sentences.append(_("It has more columns than are read; split it into smaller files."))
        return sentences


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: `name` is "" for a text file; rows are numbered from 1 in their file.

    Of several tables in one sheet `part` counts those below each other, `column` is where one begins that stands
    beside another (both from 0). `beyond` is what of it isn't read.
    """

    name: str
    rows: list[tuple[int, Row]]
    part: int = 0
    column: int = 0
    beyond: Beyond = field(default_factory=Beyond)

    @property
    def key(self) -> str:
        """Its name among the tables of its file."""
        return self.name + (f"#{self.part}" if self.part else "") + (f"@{self.column}" if self.column else "")


def within(cells: list[str], beyond: Beyond) -> list[str]:
    """The cells of a row that are read; `beyond` is told of further ones that say something."""
    beyond.columns = beyond.columns or any(map(str.strip, cells[MOST_COLUMNS:]))
    return cells[:MOST_COLUMNS]


class Cells:
    """The words of cells, each text once: half a million rows say the same over and over."""

    def __init__(self) -> None:
        self._met: dict[str, str] = {}

    def row(self, cells: Iterable[str]) -> Row:
        """The cells of a row, with the texts that were met before."""
        met = self._met
        if len(met) > _MOST_MET:
            met.clear()
        return [met.setdefault(cell, cell) for cell in cells]


def split(
    text: str,
    separator: str,
    most: int = MOST_ROWS,
    progress: Progress | None = None,
    beyond: Beyond | None = None,
) -> list[tuple[int, Row]]:
    """Rows with their line numbers; blank ones are none. A quote that never closes is taken as a letter.

    `beyond` is told whether more rows follow the first `most`, blank ones counted, or more columns.
    """
    rows: list[tuple[int, Row]] = []
    progress, beyond = progress or NoProgress(), beyond or Beyond()
    words = Cells()
    try:
        reader = csv.reader(_lines(text), delimiter=separator)
        for cells in islice(reader, most):
            row = words.row(within(cells, beyond))
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
            if reader.line_num % ROWS_AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading rows"), reader.line_num)
        beyond.rows = any(map(str.strip, chain.from_iterable(reader)))
    except csv.Error:
        lines = _lines(text)
        numbered = [(n, line) for n, line in enumerate(islice(lines, most), 1) if line.strip()]
        rows = [(n, words.row(within(line.rstrip("\r\n").split(separator), beyond))) for n, line in numbered]
        beyond.rows = any(map(str.strip, lines))
    return rows


def _lines(text: str) -> Iterator[str]:
    """Each line with its end, however it ends; a StringIO would hold all of it once more, four bytes a letter."""
    return (match[0] for match in _LINE.finditer(text))
