"""From bytes to rows of text: encodings, separators, workbooks. What is too big or damaged is refused by name."""

import csv
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from organizer.base.errors import UnreadableSourceError
from organizer.base.figures import AS_ENTERED, plain
from organizer.base.i18n import _
from organizer.base.numbers import ComputersNumber
from organizer.importing.core.format import SourceFile

SEPARATORS = (",", ";", "\t", "|")
MOST_TEXT = 128 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 200
MOST_ROWS = 500_000
MOST_COLUMNS = 500
_DAMAGED = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, RuntimeError, OverflowError,
    NotImplementedError, zipfile.BadZipFile, zlib.error, ParseError, OSError,
)  # fmt: skip
"""What openpyxl lets through of a workbook that isn't whole."""

Row = list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file: `name` is "" for a text file; rows are numbered from 1 in their file."""

    name: str
    rows: list[tuple[int, Row]]


def split(text: str, separator: str, most: int = MOST_ROWS) -> list[tuple[int, Row]]:
    """Rows with their line numbers; blank ones are none. A quote that never closes is taken as a letter."""
    found: list[tuple[int, Row]] = []
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        for row in islice(reader, most):
            if any(cell.strip() for cell in row):
                found.append((reader.line_num, row))
    except csv.Error:
        lines = (line.rstrip("\r\n") for line in StringIO(text, newline=""))
        found = [(n, line.split(separator)) for n, line in enumerate(islice(lines, most), 1) if line.strip()]
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


def sheets(source: SourceFile) -> list[Sheet]:
    """The tables of a workbook. Raises UnreadableSourceError for one that is damaged, locked or a bomb."""
    import openpyxl

    data = source.read()
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            unpacked = sum(info.file_size for info in opened.infolist())
        if unpacked > min(MOST_UNPACKED, max(len(data), 1 << 16) * MOST_RATIO):
            raise ValueError("unpacks to too much")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return [Sheet(sheet.title, _rows(sheet)) for sheet in book.worksheets]
            finally:
                book.close()
    except _DAMAGED as error:
        raise UnreadableSourceError(
            _("The workbook “{name}” is damaged or locked.").format(name=source.name),
            _("Open it in a spreadsheet program, save it as CSV, then import that."),
        ) from error


def _rows(sheet: Any) -> list[tuple[int, Row]]:
    found = []
    cells: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for number, row in enumerate(cells, start=1):
        words = [_shown(cell) for cell in row]
        if any(words):
            found.append((number, words))
    return found


def _shown(cell: Any) -> str:
    """A cell as text: dates as ISO, numbers with a point and without needless digits."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return ComputersNumber(plain(cell, AS_ENTERED) if isinstance(cell, float) else cell)
    return str(cell).strip()
