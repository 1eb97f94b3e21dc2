"""Workbooks: Excel's and OpenDocument's. What is too big or damaged is refused by name."""

import warnings
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from organizer.base.apart.ask import ask
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.tables.grid import MOST_COLUMNS, MOST_ROWS, ROWS_AT_ONCE, Beyond, Sheet, within
from organizer.importing.formats.tables.other_workbooks import ODS_TYPE, OLE, XLS_STREAM, ods_sheets, xls_sheets
from organizer.importing.formats.tables.shown_cells import (
    DAMAGED,
    ReadingLimit,
    SheetData,
    as_json,
    from_json,
    sheet_data,
    shown,
)

MOST_UNPACKED = 256 * 1024 * 1024
MOST_RATIO = 200


def is_workbook(source: SourceFile) -> bool:
    """A zip whose members are a spreadsheet's, or Excel's older file."""
    if source.head.startswith(OLE):
        # The directory of its streams stands near the end as often as near the beginning.
        return XLS_STREAM in source.read()
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    if ODS_TYPE in source.head[:200]:
        return True
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as opened:
            return "xl/workbook.xml" in opened.namelist()
    except DAMAGED:
        return False


def sheets(source: SourceFile, progress: Progress) -> list[Sheet]:
    """The tables of a workbook. Raises UnreadableSourceError for one that is damaged, locked or a bomb."""
    sheets_read = []
    for sheet in ask(sheets_here, source.read(), source.name, name=source.name, progress=progress).content:
        rows = [(int(number), [from_json(cell) for cell in row]) for number, row in sheet["rows"]]
        beyond = Beyond(*map(bool, sheet["beyond"]))
        sheets_read.append(Sheet(str(sheet["name"]), rows, beyond=beyond))
    return sheets_read


def sheets_here(data: bytes, name: str, progress: Progress) -> list[dict[str, Any]]:
    """The same, read in this process, in JSON: a cell is its text, or a list of what it is and its text.

    Raises UnreadableSourceError.
    """
    try:
        limit = ReadingLimit()
        if data.startswith(OLE):
            return xls_sheets(data, limit, progress)
        with zipfile.ZipFile(BytesIO(data)) as opened:
            unpacked = sum(info.file_size for info in opened.infolist())
        if unpacked > min(MOST_UNPACKED, max(len(data), 1 << 16) * MOST_RATIO):
            raise ValueError("unpacks to too much")
        return ods_sheets(data, limit, progress) if ODS_TYPE in data[:200] else _xlsx_sheets(data, limit, progress)
    except DAMAGED as error:
        raise UnreadableSourceError(
            _("The workbook “{name}” is damaged or locked.").format(name=name),
            _("Open it in a spreadsheet program, save it as CSV, then import that."),
        ) from error


def _xlsx_sheets(data: bytes, limit: ReadingLimit, progress: Progress) -> list[SheetData]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return [_sheet(sheet, limit, progress) for sheet in book.worksheets]
        finally:
            book.close()


def _sheet(sheet: Any, limit: ReadingLimit, progress: Progress) -> SheetData:
    rows, beyond = [], Beyond()
    # One more of each: where it says something, the sheet has more than is read.
    cells: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1)
    for number, row in enumerate(cells, start=1):
        if not limit.take(row):
            continue
        beyond.rows = number > MOST_ROWS
        words = within([shown(cell) for cell in row], beyond)
        if any(words) and not beyond.rows:
            rows.append((number, [as_json(word) for word in words]))
        if number % ROWS_AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading rows"), number)
    return sheet_data(sheet.title, rows, beyond)
