"""How much of a workbook is read, and what libraries let through of one that isn't whole."""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import ParseError

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _

SheetTold = dict[str, Any]
"""A sheet in JSON: its `name`, and `rows` of their number and cells."""
MOST_BLANK_ROWS = 200_000
"""Of all sheets together: rows that a program fills in up to a cell that stands far away from all others."""
MOST_CELLS = 6_000_000
"""Filled ones, of all sheets together: five hundred thousand rows of twelve columns."""
DAMAGED = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, RuntimeError, OverflowError,
    NotImplementedError, zipfile.BadZipFile, zlib.error, ParseError, OSError,
    struct.error, AssertionError,
)  # fmt: skip
"""What libraries let through of a workbook that isn't whole."""


@dataclass(slots=True)
class Room:
    """How much of a workbook may still be read, of all its sheets together."""

    blank_rows: int = MOST_BLANK_ROWS
    cells: int = MOST_CELLS
    _blank: tuple[Any, ...] | None = None
    """The blank row seen last: openpyxl gives the same one for each that it fills in."""

    def take(self, row: tuple[Any, ...]) -> bool:
        """True for a row that says something. Raises UnreadableSourceError where the workbook is too large."""
        filled = 0 if row is self._blank else sum(cell.value is not None for cell in row)
        self.cells -= filled
        if not filled:
            self._blank = row
            self.blank_rows -= 1
        if self.cells < 0 or self.blank_rows < 0:
            raise _too_large()
        return filled > 0

    def take_cells(self, filled: int) -> None:
        """Count cells that hold something. Raises UnreadableSourceError where they are too many."""
        self.cells -= filled
        if self.cells < 0:
            raise _too_large()


def _too_large() -> UnreadableSourceError:
    return UnreadableSourceError(
        _("A workbook has too many cells, or they lie too far apart."),
        _("Save the sheet with the results as CSV, then import that."),
    )
