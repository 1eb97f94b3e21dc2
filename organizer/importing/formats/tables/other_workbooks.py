"""Workbooks of other programs: Excel's file of 1997 (.xls) and OpenDocument's (.ods), read in the process for them."""

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from lxml import etree

from organizer.base.i18n import _
from organizer.base.numbers import ComputersNumber, parse_number
from organizer.base.progress import Progress
from organizer.importing.formats.tables.grid import MOST_COLUMNS, MOST_ROWS, ROWS_AT_ONCE, Beyond, within
from organizer.importing.formats.tables.shown_cells import (
    CellDate,
    ReadingLimit,
    SheetData,
    as_json,
    sheet_data,
    value_shown,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""So begins a compound file (MS-CFB, 2.2); other programs' files do too."""
XLS_STREAM = "Workbook".encode("utf-16-le")
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CLOCK = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_AROUND = re.compile(r"([^\d+-]*)[+-]?\d[\d.,\s’']*(.*)", re.DOTALL)


def xls_sheets(data: bytes, limit: ReadingLimit, progress: Progress) -> list[SheetData]:
    """The sheets of Excel's older file. Raises ValueError for one that is locked, and what `DAMAGED` lists."""
    import xlrd  # type: ignore[import-untyped]

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=BytesIO())
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        raise ValueError from error
    # Such a sheet has no more than 65,536 rows of 256 columns.
    return [sheet_data(sheet.name, _xls_rows(book, sheet, limit, progress), Beyond()) for sheet in book.sheets()]


def _xls_rows(
    book: Any, sheet: Any, limit: ReadingLimit, progress: Progress
) -> list[tuple[int, list[str | list[str]]]]:
    rows: list[tuple[int, list[str | list[str]]]] = []
    for number in range(min(sheet.nrows, MOST_ROWS)):
        if number % ROWS_AT_ONCE == 0:
            progress.report(_("Reading rows"), number)
        words = [_xls_cell(book, cell) for cell in sheet.row(number)[:MOST_COLUMNS]]
        limit.take_cells(sum(map(bool, words)))
        if any(words):
            rows.append((number + 1, list(map(as_json, words))))
    return rows


def _xls_cell(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        moment = xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
        return value_shown(moment.time() if cell.value < 1 else moment, "")
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        shape = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return value_shown(cell.value, shape)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value))
    return str(cell.value).strip() if cell.ctype == xlrd.XL_CELL_TEXT else ""


def ods_sheets(data: bytes, limit: ReadingLimit, progress: Progress) -> list[SheetData]:
    """The sheets of an OpenDocument spreadsheet (OpenDocument 1.3, part 3, 9 and 19.385). Raises as above."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    with zipfile.ZipFile(BytesIO(data)) as opened:
        try:
            root = etree.fromstring(opened.read("content.xml"), parser)
        except etree.XMLSyntaxError as error:
            raise ValueError from error
    tables = root.iter(f"{_TABLE}table")
    return [_ods_sheet(table, limit, progress) for table in tables]


def _ods_sheet(table: Any, limit: ReadingLimit, progress: Progress) -> SheetData:
    rows: list[tuple[int, list[str | list[str]]]] = []
    number, beyond = 0, Beyond()
    for row in table.iter(f"{_TABLE}table-row"):
        words = within(list(_ods_cells(row)), beyond)
        filled = sum(map(bool, words))
        again = _times(row.get(f"{_TABLE}number-rows-repeated"))
        rows_left = max(0, MOST_ROWS - number)
        beyond.rows |= filled > 0 and again > rows_left

        copies = min(again, rows_left) if filled else 0
        limit.take_cells(copies * filled)
        cells = list(map(as_json, words))
        rows += [(number + copy, cells) for copy in range(1, copies + 1)]
        number += again
        if len(rows) % ROWS_AT_ONCE == 0:
            progress.report(_("Reading rows"), number)
    return sheet_data(table.get(f"{_TABLE}name", ""), rows, beyond)


def _ods_cells(row: Any) -> Iterator[str]:
    """The cells of a row, and the first that says something beyond those that are read; what is only repeated up to the
    sheet's edge ends it."""
    waiting = 0
    width = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        words = _ods_cell(cell)
        again = min(_times(cell.get(f"{_TABLE}number-columns-repeated")), MOST_COLUMNS)
        if not words:
            waiting += again
            continue
        for word in [*[""] * waiting, *[words] * again]:
            width += 1
            if word or width <= MOST_COLUMNS:
                yield word
            if word and width > MOST_COLUMNS:
                return
        waiting = 0


def _ods_cell(cell: Any) -> str:
    """A cell as it is shown: digits as they are kept, with their per cent and the words around them."""
    shown = "\n".join("".join(line.itertext()) for line in cell.iterchildren(f"{_TEXT}p")).strip()
    kind, value = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    if kind == "date":
        return CellDate(cell.get(f"{_OFFICE}date-value", shown).removesuffix("T00:00:00"))
    if kind == "time":
        return _clock(cell.get(f"{_OFFICE}time-value", ""), shown)
    if kind not in ("float", "percentage", "currency") or parse_number(value) is None:
        return shown
    digits = f"{Decimal(value).scaleb(2).normalize():f}" if kind == "percentage" else value
    around = _AROUND.fullmatch(shown)
    return ComputersNumber(f"{around[1]}{digits}{around[2]}".strip() if around else digits)


def _clock(duration: str, shown: str) -> str:
    """The clock time of a duration since midnight: `PT07H10M00S` is `07:10:00`."""
    clock = _CLOCK.fullmatch(duration)
    if clock is None:
        return shown
    hour, minute, second = clock.groups()
    return f"{int(hour):02}:{minute}:{second}"


def _times(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdecimal() else 1
