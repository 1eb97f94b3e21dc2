"""From bytes to rows of text: encodings, separators, workbooks. What is too big or damaged is refused by name."""

import csv
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from organizer.base.apart.ask import ask
from organizer.base.errors import UnreadableSourceError
from organizer.base.figures import AS_ENTERED, plain
from organizer.base.i18n import _
from organizer.base.numbers import ComputersNumber
from organizer.base.progress import NoProgress, Progress
from organizer.base.remembered import remembered
from organizer.importing.core.format import SourceFile

SEPARATORS = (",", ";", "\t", "|")
MOST_TEXT = 128 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 200
MOST_ROWS = 500_000
MOST_COLUMNS = 500
ROWS_AT_ONCE = 2_000
"""Rows that are read between two reports of progress: some milliseconds."""
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])+)')
_FORMAT_PARTS = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|E[+-]0+|(.)', re.DOTALL)
_SHOWN_AS_IS = frozenset("<>%=~+ ")
"""Signs that a format shows without quotes."""
MOST_BLANK_ROWS = 200_000
"""Of all sheets together: rows that a program fills in up to a cell that stands far away from all others."""
MOST_CELLS = 6_000_000
"""Filled ones, of all sheets together: five hundred thousand rows of twelve columns."""
_DAMAGED = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, RuntimeError, OverflowError,
    NotImplementedError, zipfile.BadZipFile, zlib.error, ParseError, OSError,
)  # fmt: skip
"""What openpyxl lets through of a workbook that isn't whole."""

Row = list[str]


def cell_of(row: Row, place: int) -> str:
    """The words of a cell; "" where the row has no such column."""
    return row[place].strip() if 0 <= place < len(row) else ""


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
    found: list[tuple[int, Row]] = []
    progress = progress or NoProgress()
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        for cells in islice(reader, most):
            row = cells[:MOST_COLUMNS]
            if any(cell.strip() for cell in row):
                found.append((reader.line_num, row))
            if reader.line_num % ROWS_AT_ONCE == 0:
                progress.check()
                progress.report(_("Reading rows"), reader.line_num)
    except csv.Error:
        lines = enumerate(islice(StringIO(text, newline=""), most), 1)
        found = [(n, line.rstrip("\r\n").split(separator)[:MOST_COLUMNS]) for n, line in lines if line.strip()]
    return found


def is_workbook(source: SourceFile) -> bool:
    """A zip whose members are a spreadsheet's."""
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as opened:
            return "xl/workbook.xml" in opened.namelist()
    except _DAMAGED:
        return False


def sheets(source: SourceFile, progress: Progress) -> list[Sheet]:
    """The tables of a workbook. Raises UnreadableSourceError for one that is damaged, locked or a bomb."""
    found = []
    for sheet in ask(sheets_here, source.read(), source.name, name=source.name, progress=progress).told:
        rows = [(int(number), [_cell(one) for one in row]) for number, row in sheet["rows"]]
        found.append(Sheet(str(sheet["name"]), rows))
    return found


def sheets_here(data: bytes, name: str, progress: Progress) -> list[dict[str, Any]]:
    """The same, read in this process, in JSON: a cell is its text, or a list of what it is and its text.

    Raises UnreadableSourceError.
    """
    import openpyxl

    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            unpacked = sum(info.file_size for info in opened.infolist())
        if unpacked > min(MOST_UNPACKED, max(len(data), 1 << 16) * MOST_RATIO):
            raise ValueError("unpacks to too much")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                room = _Room()
                return [{"name": sheet.title, "rows": _rows(sheet, room, progress)} for sheet in book.worksheets]
            finally:
                book.close()
    except _DAMAGED as error:
        raise UnreadableSourceError(
            _("The workbook “{name}” is damaged or locked.").format(name=name),
            _("Open it in a spreadsheet program, save it as CSV, then import that."),
        ) from error


@dataclass(slots=True)
class _Room:
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
            raise UnreadableSourceError(
                _("A workbook has too many cells, or they lie too far apart."),
                _("Save the sheet with the results as CSV, then import that."),
            )
        return filled > 0


def _rows(sheet: Any, room: _Room, progress: Progress) -> list[tuple[int, list[str | list[str]]]]:
    found = []
    cells: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    for number, row in enumerate(cells, start=1):
        if not room.take(row):
            continue
        words = [_shown(cell) for cell in row]
        if any(words):
            found.append((number, [_told(one) for one in words]))
        if number % ROWS_AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading rows"), number)
    return found


class CellDate(str):
    """A date that a spreadsheet holds as a date: in a column of results it was something else before."""

    __slots__ = ()


_KINDS: dict[str, type[str]] = {"number": ComputersNumber, "date": CellDate}
"""What a cell is, where that is more than its text."""


def _told(cell: str) -> str | list[str]:
    """A cell in JSON."""
    kind = next((name for name, of in _KINDS.items() if isinstance(cell, of)), "")
    return [kind, str(cell)] if kind else cell


def _cell(told: str | list[str]) -> str:
    return _KINDS[told[0]](told[1]) if isinstance(told, list) else str(told)


def _shown(cell: Any) -> str:
    """A cell as the workbook shows it: dates as ISO; numbers with a point, their per cent, and the words around them.

    Digits that the format only hides stay: 7.125 shown as 7.1 is 7.125.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return CellDate(value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds"))
    if isinstance(value, date):
        return CellDate(value.isoformat())
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_shown(value, str(cell.number_format or ""))
    return str(value).strip()


def _number_shown(value: float, number_format: str) -> str:
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
    section = next((one for one in (sections[1:2] if negative else []) if one), sections[0] if sections else "")
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
