"""Workbooks of other programs than today's Excel: its file of before 2007, and OpenDocument's."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.tables import TABLES

OLD = Path(__file__).parents[3] / "data" / "tables" / "old.xls"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
)


def cell(kind, value, shown, more=""):
    attribute = {"date": "date-value", "time": "time-value"}.get(kind, "value")
    told = f' office:{attribute}="{value}"' if value else ""
    return f'<table:table-cell office:value-type="{kind}"{told}{more}><text:p>{shown}</text:p></table:table-cell>'


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def words(*texts):
    return row(*(cell("string", "", text) for text in texts))


def opened_document(*rows):
    table = f'<table:table table:name="Labs">{"".join(rows)}</table:table>'
    content = f"<office:document-content {NAMES}><office:body>{table}</office:body></office:document-content>"
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return written.getvalue()


def seen(data, name):
    source = SourceFile(name, data=data)
    assert recognise(source) is TABLES
    entries = [draft.entry for draft in TABLES.read(source, NoProgress()).drafts]
    return [(one.title, one.happened and one.happened.text, one.value_text, one.unit) for one in entries]


def test_excels_older_file_shows_dates_per_cent_and_words_around_numbers():
    assert seen(OLD.read_bytes(), "old.xls") == [
        ("HbA1c", "2026-01-05", "7.1", "%"), ("Weight", "2026-01-06", "82.4", "kg"), ("CRP", "2026-01-07", "5", ""),
        ("Blood pressure", "2026-01-05T07:10:00", "131/84", "mm[Hg]"),
    ]  # fmt: skip


def test_an_open_document_shows_dates_per_cent_and_words_around_numbers():
    data = opened_document(
        words("Date", "Test", "Result"),
        row(cell("date", "2026-01-05", "05.01.26"), cell("string", "", "HbA1c"), cell("percentage", "0.071", "7,1 %")),
        row('<table:table-cell table:number-columns-repeated="1024"/>', more=' table:number-rows-repeated="4000"'),
        row(cell("date", "2026-01-06", "06.01.26"), cell("string", "", "Weight"), cell("float", "82.4", "82,40 kg")),
        row(cell("date", "2026-01-07", "07.01.26"), cell("string", "", "CRP"), cell("string", "", "&lt;5")),
    )
    assert seen(data, "labs.ods") == [
        ("HbA1c", "2026-01-05", "7.1", "%"), ("Weight", "2026-01-06", "82.4", "kg"), ("CRP", "2026-01-07", "5", ""),
    ]  # fmt: skip


def test_a_time_in_an_open_document_is_that_of_its_day():
    data = opened_document(
        words("Date", "Time", "Pulse"),
        row(cell("date", "2026-01-05", "5.1."), cell("time", "PT07H10M00S", "07:10"), cell("float", "70", "70")),
    )
    assert seen(data, "labs.ods") == [("Heart rate", "2026-01-05T07:10:00", "70", "")]


@pytest.mark.parametrize(
    "data", [OLD.read_bytes()[:3000], opened_document(words("Date"))[:300], opened_document("<a>")]
)
def test_one_that_is_damaged_is_refused_with_a_way_out(data):
    source = SourceFile("damaged", data=data)
    if TABLES.recognises(source):
        with pytest.raises(UnreadableSourceError) as refused:
            TABLES.read(source, NoProgress())
        assert refused.value.next_step


def test_rows_repeated_without_end_are_refused():
    endless = row(
        cell("float", "1", "1", ' table:number-columns-repeated="500"'), more=' table:number-rows-repeated="999999"'
    )
    with pytest.raises(UnreadableSourceError):
        TABLES.read(SourceFile("endless.ods", data=opened_document(endless)), NoProgress())
