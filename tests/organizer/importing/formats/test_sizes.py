"""How much of a foreign file is read, each limit just below and just above; what lies beyond is named."""

import io
import zipfile
import zlib
from decimal import Decimal

import openpyxl
import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats import dicom, eu_certificate
from organizer.importing.formats.apple_health import reader as apple_health
from organizer.importing.formats.ccda import CCDA, parsing
from organizer.importing.formats.ccda import header as ccda
from organizer.importing.formats.fhir import claims, json_text, node
from organizer.importing.formats.health_cards import codes
from organizer.importing.formats.health_cards import reader as health_cards
from organizer.importing.formats.tables import grid, other_workbooks, shown_cells, workbooks
from organizer.importing.formats.tables import reader as tables
from organizer.importing.mails import packed_rtf
from organizer.importing.page_text import clean_picture, contents, word_processors

MIB = 1 << 20
ROWS, COLUMNS = "It has more rows than are read", "It has more columns than are read"


def test_the_sizes_are_those_that_real_files_stay_below():
    """Whole files of these sizes would take minutes: the tests below set them lower."""
    sizes = {
        "text of a table": grid.MOST_TEXT == 128 * MIB,
        "rows": grid.MOST_ROWS == 500_000,
        "columns": grid.MOST_COLUMNS == 500,
        "blank rows": shown_cells.MOST_BLANK_ROWS == 200_000,
        "cells": shown_cells.MOST_CELLS == 6_000_000,
        "workbook": (workbooks.MOST_UNPACKED, workbooks.MOST_RATIO) == (256 * MIB, 200),
        "card": (health_cards.MOST_BYTES, codes.MOST_PIXELS) == (4 * MIB, 80_000_000),
        "certificate": eu_certificate._MOST_BYTES == 64 * 1024,
        "letter": (word_processors.MOST_BYTES, contents.MOST_LETTERS) == (64 * MIB, 2_000_000),
        "mail": packed_rtf._MOST_RTF == 32 * MIB,
        "deflated DICOM": dicom._MOST_INFLATED == 256 * MIB,
        "letter within a document": ccda._MOST_INFLATED == 256 * MIB,
        "document": (parsing._MOST_ELEMENTS, parsing._DEEPEST) == (4_000_000, 256),
        "phone": apple_health._MOST_DTD == MIB,
        "parts of JSON": json_text._MOST_PARTS == 12_000_000,
        "picture": clean_picture._MOST_PIXELS == 60_000_000,
    }
    assert [name for name, is_so in sizes.items() if not is_so] == []


@pytest.fixture
def small_tables(monkeypatch):
    """Five rows of three columns."""
    for module in (grid, workbooks, other_workbooks):
        monkeypatch.setattr(module, "MOST_ROWS", 5)
        monkeypatch.setattr(module, "MOST_COLUMNS", 3)
    monkeypatch.setattr(grid.split, "__defaults__", (5, *grid.split.__defaults__[1:]))


def as_csv(rows):
    return "".join(",".join(row) + "\n" for row in rows).encode()


def as_xlsx(rows):
    book, paper = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(paper)
    return paper.getvalue()


def as_ods(rows):
    cells = [
        "".join(f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in row) for row in rows
    ]
    names = {"t": "table", "o": "office", "x": "text"}
    told = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in names.items()
    )
    lines = "".join(f"<t:table-row>{row}</t:table-row>" for row in cells)
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w") as pack:
        pack.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        pack.writestr("content.xml", f'<o:document {told}><t:table t:name="A">{lines}</t:table></o:document>')
    return paper.getvalue()


def beyond(write, rows, monkeypatch):
    """What a table says of more than is read, and how many of its rows are."""
    monkeypatch.setattr(workbooks, "ask", lambda task, *given, name, progress: task_answer(task, given, progress))
    source = SourceFile("table", data=write(rows))
    (sheet,) = tables._tables(source, tables.Reading(), NoProgress())
    return [words.partition(";")[0] for words in sheet.beyond.in_words()], len(sheet.rows)


def task_answer(task, given, progress):
    return type("Answer", (), {"content": task(*given, progress)})


ROW = ["2026-02-01", "Sodium", "140"]
BLANK = ["", "", ""]


@pytest.mark.usefixtures("small_tables")
@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_ods])
@pytest.mark.parametrize(
    ("rows", "words", "read"),
    [
        ([ROW] * 5, [], 5), ([ROW] * 6, [ROWS], 5), ([ROW] * 5 + [BLANK], [], 5),
        ([ROW, BLANK] + [ROW] * 3, [], 4), ([ROW, BLANK] + [ROW] * 4, [ROWS], 4),
        ([[*ROW, ""]] * 2, [], 2), ([ROW, [*ROW, "mmol/L"]], [COLUMNS], 2),
        ([[*ROW, "mmol/L"]] * 6, [ROWS, COLUMNS], 5),
    ],
)  # fmt: skip
def test_rows_and_columns_that_are_not_read_are_named(monkeypatch, write, rows, words, read):
    """Blank ones before them count among those that are read, and say nothing beyond."""
    assert beyond(write, rows, monkeypatch) == (words, read)


@pytest.mark.usefixtures("small_tables")
def test_a_table_with_a_quotation_mark_that_never_closes_names_them_too(monkeypatch):
    monkeypatch.setattr(grid.csv, "reader", lambda *_given, **_more: (_ for _ in ()).throw(grid.csv.Error))
    assert beyond(as_csv, [ROW] * 5, monkeypatch) == ([], 5)
    assert beyond(as_csv, [ROW] * 6, monkeypatch) == ([ROWS], 5)


def test_what_a_table_has_too_much_of_is_said_to_whoever_imports_it(monkeypatch):
    monkeypatch.setattr(grid, "MOST_COLUMNS", 3)
    source = SourceFile("table.csv", data=b"Date,Test,Result,Unit\n2026-02-01,Sodium,140,mmol/L\n")
    assert any(words.startswith(COLUMNS) for words in tables.TABLES.read(source, NoProgress()).warnings)


def test_a_workbook_that_unpacks_to_more_than_it_may_is_refused(monkeypatch):
    data = as_xlsx([ROW])
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        unpacked = sum(info.file_size for info in pack.infolist())
    for name, most in (("MOST_UNPACKED", unpacked), ("MOST_RATIO", unpacked / (1 << 16))):
        with monkeypatch.context() as patch:
            patch.setattr(workbooks, name, most)
            assert workbooks.sheets_here(data, "a.xlsx", NoProgress())
            patch.setattr(workbooks, name, most * 0.999)
            with pytest.raises(UnreadableSourceError):
                workbooks.sheets_here(data, "a.xlsx", NoProgress())


def test_cells_and_blank_rows_are_counted_over_all_sheets():
    cell = type("Cell", (), {"value": 1})()
    limit = shown_cells.ReadingLimit(blank_rows=1, cells=3)
    assert limit.take((cell, cell))
    limit.take_cells(1)
    assert not limit.take(())
    with pytest.raises(UnreadableSourceError):
        limit.take(())
    with pytest.raises(UnreadableSourceError):
        shown_cells.ReadingLimit(blank_rows=1, cells=1).take((cell, cell))
    with pytest.raises(UnreadableSourceError):
        shown_cells.ReadingLimit(blank_rows=1, cells=1).take_cells(2)


def test_a_table_of_too_much_text_is_refused_by_name(monkeypatch):
    text = as_csv([ROW])
    monkeypatch.setattr(tables, "MOST_TEXT", len(text))
    assert tables._tables(SourceFile("a.csv", data=text), tables.Reading(), NoProgress())
    with pytest.raises(UnreadableSourceError, match=r"a\.csv"):
        tables._tables(SourceFile("a.csv", data=text + b"\n"), tables.Reading(), NoProgress())


def raw_deflate(data):
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(data) + engine.flush()


@pytest.mark.parametrize(("length", "is_read"), [(999, True), (1_001, False)])
def test_what_is_packed_within_a_file_unpacks_to_no_more_than_it_may(monkeypatch, length, is_read):
    monkeypatch.setattr(health_cards, "MOST_BYTES", 1_000)
    monkeypatch.setattr(ccda, "_MOST_INFLATED", 1_000)
    packed = raw_deflate(b"x" * length)
    assert (ccda._inflated(packed, "DF") is not None) is is_read
    if is_read:
        assert health_cards._inflated(packed) == b"x" * length
    else:
        with pytest.raises(codes.BadCardError):
            health_cards._inflated(packed)


@pytest.mark.parametrize(("parts", "is_too_much"), [(10, False), (11, True)])
def test_json_of_more_parts_than_memory_bears_is_known_before_it_is_read(monkeypatch, parts, is_too_much):
    monkeypatch.setattr(json_text, "_MOST_PARTS", 10)
    words = "[" + "1," * (parts - 1) + "1]"
    assert json_text.has_too_many_parts(words) is is_too_much
    assert json_text.has_too_many_parts(words.encode()) is is_too_much


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("9e29"), "9E+29"), (Decimal("1e30"), ""), (Decimal("1e-29"), "1E-29"), (Decimal("9e-30"), ""),
        (10**30 - 1, str(10**30 - 1)), (10**30, ""), (-(10**30), ""), (Decimal("Infinity"), ""), (True, ""),
    ],
)  # fmt: skip
def test_a_number_of_fhir_that_nobody_can_measure_is_none(number, text):
    assert node.printed(number) == text


@pytest.mark.parametrize(("seconds", "is_said"), [(1, True), (0, False), (-1, False), (1e11, False), (None, False)])
def test_until_when_a_card_may_be_shown_is_a_time_since_1970(seconds, is_said):
    assert bool(health_cards._out_of_time({"exp": seconds})) is is_said
    assert health_cards._out_of_time({"nbf": 99_999_999_999})[0].startswith("The card isn’t valid before 5138-11-16.")


def test_a_document_of_more_elements_than_memory_bears_is_refused_before_it_is_read(monkeypatch):
    document = b'<ClinicalDocument xmlns="urn:hl7-org:v3"><title>A</title></ClinicalDocument>'
    for most, is_read in ((2, True), (1.9, False)):  # two signs of begin and end for each element
        monkeypatch.setattr(parsing, "_MOST_ELEMENTS", most)
        source = SourceFile("a.xml", data=document)
        if is_read:
            assert CCDA.read(source, NoProgress())
        else:
            with pytest.raises(MemoryError):  # whoever reads one file after another says so of this one
                CCDA.read(source, NoProgress())


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("99202", True), ("99201", False), ("99499", True), ("99500", False), ("9920", False), ("099202", False)],
)
def test_a_line_of_a_claim_is_a_visit_by_the_codes_of_evaluation_and_management(code, is_one):
    """CPT has 99202 to 99499 for them."""
    coded = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": code}]}
    assert claims._is_visit({"productOrService": coded}) is is_one
