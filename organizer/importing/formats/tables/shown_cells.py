"""Cells of workbooks as the workbook shows them (dates, per cent, words around a number), and how many are read."""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from organizer.base.errors import UnreadableSourceError
from organizer.base.figures import AS_ENTERED, plain
from organizer.base.i18n import _
from organizer.base.numbers import ComputersNumber
from organizer.base.remembered import remembered
from organizer.importing.formats.tables.grid import Beyond

_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])+)')
_FORMAT_PARTS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|E[+-]0+|(.)', re.DOTALL)
_SHOWN_AS_IS = frozenset("<>%=~+ ")
"""Signs that a format shows without quotes."""


class CellDate(str):
    """A date that a spreadsheet holds as a date: in a column of results it was something else before."""

    __slots__ = ()


_KINDS: dict[str, type[str]] = {"number": ComputersNumber, "date": CellDate}
"""What a cell is, where that is more than its text."""


def as_json(cell: str) -> str | list[str]:
    """A cell in JSON."""
    kind = next((name for name, of in _KINDS.items() if isinstance(cell, of)), "")
    return [kind, str(cell)] if kind else cell


def from_json(cell: str | list[str]) -> str:
    """A cell from JSON."""
    return _KINDS[cell[0]](cell[1]) if isinstance(cell, list) else str(cell)


def shown(cell: Any) -> str:
    """A cell as the workbook shows it: dates as ISO; numbers with a point, their per cent, and the words around them.

    Digits that the format only hides stay: 7.125 shown as 7.1 is 7.125.
    """
    return value_shown(cell.value, str(cell.number_format or ""))


def value_shown(value: Any, number_format: str) -> str:
    """The same of a value and the format that its cell has; "" for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return CellDate(value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds"))
    if isinstance(value, date):
        return CellDate(value.isoformat())
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_shown(value, number_format)
    return str(value).strip()


def number_shown(value: float, number_format: str) -> str:
    """A number as its format shows it, with all the digits that it has."""
    before, percent, behind = _around(number_format, value < 0)
    digits = plain(value, AS_ENTERED)
    if percent:
        digits = f"{Decimal(digits).scaleb(2).normalize():f}"
    return ComputersNumber(f"{before}{digits}{behind}".strip())


@remembered(1024)
def _around(number_format: str, negative: bool) -> tuple[str, bool, str]:
    """The words before and behind a number in that format, and whether it is shown as per cent.

    ECMA-376 part 1, 18.8.31: sections by `;` (positive, negative), words in quotes or behind a backslash, `_x` and `*x`
    for space, brackets for colours and conditions. A format with conditions is left alone.
    """
    if number_format in ("General", "") or re.search(r"\[[<>=]", number_format):
        return "", False, ""
    sections = _SECTIONS.findall(number_format)
    section = next((part for part in (sections[1:2] if negative else []) if part), sections[0] if sections else "")
    before = behind = ""
    percent = met_digits = False
    for quoted, escaped, sign in _FORMAT_PARTS.findall(section):
        words = quoted or escaped
        if not words and sign in "0#?.,":
            met_digits = True
            continue
        words = words or (sign if sign in _SHOWN_AS_IS else "")
        percent = percent or sign == "%"
        before, behind = (before, behind + words) if met_digits else (before + words, behind)
    return before.lstrip("-"), percent, behind


SheetData = dict[str, Any]
"""A sheet in JSON: its `name`, `rows` of their number and cells, and whether there are rows and columns `beyond`."""
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
class ReadingLimit:
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


def sheet_data(name: str, rows: list[tuple[int, list[str | list[str]]]], beyond: Beyond) -> SheetData:
    """A sheet in JSON."""
    return {"name": name, "rows": rows, "beyond": [beyond.rows, beyond.columns]}


def _too_large() -> UnreadableSourceError:
    return UnreadableSourceError(
        _("A workbook has too many cells, or they lie too far apart."),
        _("Save the sheet with the results as CSV, then import that."),
    )
