"""From text with separators to rows; a table of a file, whatever it came from."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from organizer.base.i18n import _
from organizer.base.progress import NoProgress, Progress

SEPARATORS = (",", ";", "\t", "|")
MOST_TEXT = 128 * 1024 * 1024
MOST_ROWS = 500_000
MOST_COLUMNS = 500
ROWS_AT_ONCE = 2_000
"""Rows that are read between two reports of progress: some milliseconds."""
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: `name` is "" for a text file; rows are numbered from 1 in their file.

    Of several tables in one sheet `part` counts those below each other, `column` is where one begins that stands
    beside another (both from 0).
    """

    name: str
    rows: list[tuple[int, Row]]
    part: int = 0
    column: int = 0

    @property
    def key(self) -> str:
        """Its name among the tables of its file."""
        return self.name + (f"#{self.part}" if self.part else "") + (f"@{self.column}" if self.column else "")


def split(text: str, separator: str, most: int = MOST_ROWS, progress: Progress | None = None) -> list[tuple[int, Row]]:
    """Rows with their line numbers; blank ones are none. A quote that never closes is taken as a letter."""
    rows: list[tuple[int, Row]] = []
    progress = progress or NoProgress()
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        for cells in islice(reader, most):
            row = cells[:MOST_COLUMNS]
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
            if reader.line_num % ROWS_AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading rows"), reader.line_num)
    except csv.Error:
        lines = enumerate(islice(StringIO(text, newline=""), most), 1)
        rows = [(n, line.rstrip("\r\n").split(separator)[:MOST_COLUMNS]) for n, line in lines if line.strip()]
    return rows
