"""Tables as spreadsheets of several countries write them; what could be read in two ways is left out and said."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.format import SourceFile
from organizer.importing.formats.documents import DOCUMENTS
from organizer.importing.formats.tables import TABLES
from organizer.importing.run import recognise


def read(text, encoding="utf-8"):
    source = SourceFile("results.csv", data=text if isinstance(text, bytes) else text.encode(encoding))
    assert recognise(source) is TABLES
    return TABLES.read(source, NoProgress())


def entries(text, encoding="utf-8"):
    return [one.entry for one in read(text, encoding).drafts]


def test_a_row_is_a_result_with_range_flag_and_code():
    (told,) = entries(
        "Date,Test,LOINC,Value,Unit,Low,High,Flag\n2026-03-02,Creatinine,2160-0,<1.10,mg/dL,0.5,1.0,H\n"
    )
    assert (told.title, told.code, told.comparator, told.value_text) == ("Creatinine", "2160-0", "<", "1.10")
    assert (told.unit, told.happened.text) == ("mg/dL", "2026-03-02")
    assert told.data["range_low"] == 0.5
    assert told.data["interpretation"] == "H"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding_of_a_spreadsheet_is_read(encoding):
    (told,) = entries("Datum;Untersuchung;Wert;Einheit\n02.03.2026;Hämoglobin;13,5;g/dl\n", encoding)
    assert (told.title, told.value, told.value_text) == ("Hämoglobin", 13.5, "13.5")
    assert told.happened.text == "2026-03-02"


def test_french_and_spanish_heads_are_known():
    assert entries("Date\tExamen\tRésultat\tUnité\n2026-03-02\tCréatinine\t80\tµmol/L\n")[0].title == "Créatinine"
    assert entries("Fecha;Prueba;Resultado;Unidades\n15/03/2026;Glucosa;98;mg/dL\n")[0].happened.text == "2026-03-15"


def test_one_telling_date_tells_the_order_of_all():
    told = entries("Date,Test,Value\n03/14/2026,TSH,2.1\n04/05/2026,TSH,2.2\n")
    assert [one.happened.text for one in told] == ["2026-03-14", "2026-04-05"]


def test_days_and_months_that_look_alike_are_never_guessed():
    reading = read("Date,Test,Value\n04/05/2026,TSH,2.1\n05/05/2026,TSH,2.2\n")
    assert [one.entry.happened.text for one in reading.drafts] == ["2026-05-05"]
    assert "can’t be told apart" in reading.skipped[0].reason


def test_rows_without_a_value_or_a_date_that_reads_are_counted():
    reading = read("Date,Test,Value\n2026-03-02,TSH,\nyesterday,TSH,2\n2026-03-02,TSH,3\n\n")
    assert len(reading.drafts) == 1
    assert [one.where for one in reading.skipped] == ["row=2", "row=3"]


def test_values_that_are_words_stay_words():
    (told,) = entries("Date,Test,Value\n2026-03-02,ANA titre,1:160\n")
    assert (told.value, told.value_text) == (None, "1:160")


def test_a_table_about_several_people_is_not_merged_silently():
    reading = read("Date,PID,Test,Value\n2026-03-02,1,TSH,2\n2026-03-02,2,TSH,3\n")
    assert reading.drafts == []
    assert len(reading.skipped) == 2


def test_a_table_without_results_stays_a_document():
    source = SourceFile("people.csv", data=b"Name,City\nAda,Bath\n")
    assert recognise(source) is DOCUMENTS


def test_nul_bytes_do_no_harm():
    assert entries(b"Date,Test,Value\n2026-03-02,TSH\0,2\n")[0].title == "TSH"


@given(st.text(alphabet='a,;"\n\t0123456789./-é\0', max_size=200))
def test_no_table_brings_a_crash(text):
    source = SourceFile("results.csv", data=("Date,Test,Value\n" + text).encode())
    with contextlib.suppress(UnreadableSourceError):
        reading = TABLES.read(source, NoProgress())
        assert all(one.entry.title for one in reading.drafts)


def test_the_shared_tables_are_accounted_for(shared_records):
    path = shared_records / "csv_labs" / "labs_head300.txt"
    source = SourceFile(path.name, path)
    assert recognise(source).read(source, NoProgress()).read == len(path.read_text().splitlines()) - 1
