"""Tables of results as laboratories, portals and spreadsheets write them."""

import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.answers import Answers
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.tables import TABLES
from organizer.importing.formats.tables.mapping import Mapping

ENGLISH = "Date,Test,Result,Units,Low,High,Flag,LOINC\n2026-02-01,Sodium,141,mmol/L,135,145,,2951-2\n"
GERMAN = "Datum;Bezeichnung;Ergebnis;Einheit;Referenzbereich\n01.02.2026;Kreatinin;1,10;mg/dL;0,7 - 1,2\n"


def read(data, name="results.csv"):
    source = SourceFile(name, data=data if isinstance(data, bytes) else data.encode())
    assert TABLES.recognises(source)
    return TABLES.read(source, NoProgress())


def rows(data):
    return [draft.entry for draft in read(data).drafts]


def dated(*dates):
    return "Date,Test,Result\n" + "".join(f"{date},Sodium,14{n}\n" for n, date in enumerate(dates))


def test_a_row_is_a_result_with_range_code_and_place():
    (sodium,) = rows(ENGLISH)
    assert (sodium.title, sodium.value, sodium.unit, sodium.code) == ("Sodium", 141, "mmol/L", "2951-2")
    assert (sodium.data["range_low"], sodium.data["range_high"]) == (135, 145)
    assert "interpretation" not in sodium.data
    assert sodium.sources[0].locator == "row=2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_german_table_in_any_encoding_keeps_its_digits_and_its_day(encoding):
    (creatinine,) = rows(GERMAN.replace("Kreatinin", "Kreatinin (Nüchtern)").encode(encoding))
    assert creatinine.title == "Kreatinin (Nüchtern)"
    assert (creatinine.value_text, creatinine.data["range_high"]) == ("1.10", 1.2)
    assert creatinine.happened.text == "2026-02-01"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_found(separator):
    assert rows(ENGLISH.replace(",", separator))[0].value == 141


def test_one_clear_date_settles_the_order_of_all():
    assert [entry.happened.text for entry in rows(dated("03/04/2026", "25/04/2026"))] == ["2026-04-03", "2026-04-25"]
    assert [entry.happened.text for entry in rows(dated("03/04/2026", "04/25/2026"))] == ["2026-03-04", "2026-04-25"]


def test_a_date_that_may_be_two_is_asked_and_never_guessed():
    reading = read(dated("03/04/2026", "05/05/2026", "2026-04-03"))
    assert [draft.entry.happened.text for draft in reading.drafts] == ["2026-05-05", "2026-04-03"]
    (skipped,) = reading.skipped
    assert (skipped.where, reading.read) == ("row=2", 3)
    assert "03/04/2026" in skipped.reason
    assert any("3 Apr 2026 or 4 Mar 2026?" in warning for warning in reading.warnings)


def test_with_the_answer_the_same_table_is_read_whole():
    source = SourceFile("results.csv", data=dated("03/04/2026").encode())
    (table,) = TABLES.read(source, NoProgress()).tables
    assert table.unclear == "03/04/2026"
    source.answers = Answers(columns={table.key: replace(table.columns, date_order="DMY")})
    (draft,) = TABLES.read(source, NoProgress()).drafts
    assert draft.entry.happened.text == "2026-04-03"


def test_a_table_whose_headings_say_nothing_is_kept_until_its_columns_are_named():
    source = SourceFile("diary.csv", data=b"A;B;C\n2026-02-01;Ferritin;41\n2026-02-08;Ferritin;44\n2026-02-15;x;1\n")
    reading = TABLES.read(source, NoProgress())
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference"]
    (table,) = reading.tables
    source.answers = Answers(columns={table.key: Mapping(heading=0, date=0, name=1, value=2)})
    assert [draft.entry.value for draft in TABLES.read(source, NoProgress()).drafts] == [41, 44, 1]


@pytest.mark.parametrize(
    ("cell", "value", "text", "more"),
    [
        ("<0.10", 0.1, "0.10", {"comparator": "<"}),
        ("Trace", None, "Trace", {}),
        ("1:40", None, "1:40", {}),
        ("3+", None, "3+", {}),
        ('"7,25"', 7.25, "7.25", {}),
        ('"1,50,000"', 150_000, "150000", {}),
        ("−2.7", -2.7, "-2.7", {}),
        ("> OR = 60", 60, "60", {"comparator": ">="}),
        ("less than 5", 5, "5", {"comparator": "<"}),
        ("7.5 h", 7.5, "7.5", {"unit": "h"}),
        ("1.1*", 1.1, "1.1", {}),
        ("98.6 °F", 98.6, "98.6", {"unit": "°F"}),
        ("4.5 x10^9/L", 4.5, "4.5", {"unit": "10*9/L"}),
        ('"1,234.5"', 1234.5, "1234.5", {}),
        ("5.6 mmol/L", 5.6, "5.6", {"unit": "mmol/L"}),
        ("12 345", 12345, "12345", {}),
        ("120 80", None, "120 80", {}),
    ],
)
def test_values_are_numbers_only_where_they_are(cell, value, text, more):
    (entry,) = rows(f"Date,Test,Result\n2026-02-01,Thing,{cell}\n")
    assert (entry.value, entry.value_text) == (value, text)
    assert all(getattr(entry, name) == told for name, told in more.items())


@pytest.mark.parametrize("cell", ["25.000", "7,000"])
def test_a_number_that_may_be_two_is_asked_and_never_guessed(cell):
    source = SourceFile("results.csv", data=f"Date;Test;Result;Unit\n2026-02-01;Thrombozyten;{cell};/µl\n".encode())
    reading = TABLES.read(source, NoProgress())
    (table,) = reading.tables
    assert (reading.drafts, reading.read, table.unclear_number, table.asks) == ([], 1, cell, True)
    assert cell in reading.skipped[0].reason
    for mark, value in ((".", 25.0), (",", 25_000.0)) if "." in cell else ((",", 7.0), (".", 7_000.0)):
        source.answers = Answers(columns={table.key: replace(table.columns, decimal=mark)})
        (draft,) = TABLES.read(source, NoProgress()).drafts
        assert draft.entry.value == value


@pytest.mark.parametrize(
    ("cell", "ends", "value"),
    [("25.000", "150 - 400", 25.0), ("25.000", "150000 - 400000", 25_000.0), ("2.345", "0,45 - 4,5", 2345.0)],
)
def test_the_range_beside_a_number_or_other_numbers_say_which_it_is(cell, ends, value):
    (entry,) = rows(f"Date;Test;Result;Range\n2026-02-01;Thing;{cell};{ends}\n")
    assert entry.value == value


@pytest.mark.parametrize(
    ("ends", "unit", "flag"), [("3.5 - 4.5", "", "L"), ("3.0 - 4.5", "L", ""), ("3.2 - 4.5", "L", "")]
)
def test_a_letter_that_is_low_or_litres_is_told_by_the_range(ends, unit, flag):
    (entry,) = rows(f"Date,Test,Result,Range\n2026-02-01,Vital capacity,3.2 L,{ends}\n")
    assert (entry.value, entry.unit, entry.text("interpretation")) == (3.2, unit, flag)


def test_a_letter_that_may_be_low_or_litres_stays_in_the_words():
    (entry,) = rows("Date,Test,Result\n2026-02-01,Vital capacity,3.2 L\n")
    assert (entry.value, entry.value_text) == (None, "3.2 L")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("5-Jan-26", "2026-01-05"), ("25.06.2026 - 19:14", "2026-06-25T19:14:00"), ("46027", "2026-01-05"),
        ("15 Dec 2025 10:30", "2025-12-15T10:30:00"), ("5 de enero de 2026", "2026-01-05"),
        ("1er janvier 2026", "2026-01-01"), ("Mo. 5. Jan. 2026", "2026-01-05"), ("20260105", "2026-01-05"),
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(cell, day):
    (entry,) = rows(f"Date;Test;Result\n{cell};Sodium;140\n")
    assert entry.happened.text == day


def test_a_short_date_may_begin_with_the_year_and_is_asked_about():
    reading = read("Date,Test,Result,Unit\n24-03-15,Potassium,4.4,mmol/L\n24-11-02,Potassium,5.9,mmol/L\n")
    assert reading.drafts == []
    (table,) = reading.tables
    assert table.unclear == "24-03-15"
    source = SourceFile("results.csv", data=b"Date,Test,Result\n24-03-15,Potassium,4.4\n")
    source.answers = Answers(
        columns={TABLES.read(source, NoProgress()).tables[0].key: replace(table.columns, date_order="YMD")}
    )
    (draft,) = TABLES.read(source, NoProgress()).drafts
    assert draft.entry.happened.text == "2024-03-15"


def test_a_flag_printed_behind_the_number_is_the_flag():
    (entry,) = rows("Date,Test,Result\n2026-02-01,Potassium,5.9 H\n")
    assert (entry.value, entry.data["interpretation"]) == (5.9, "H")


def test_rows_that_say_too_little_are_named():
    reading = read("Date,Test,Result\n2026-02-01,,5\n2026-02-01,Sodium,\nsoon,Sodium,5\nDate,Test,Result\n\n")
    assert (reading.read, len(reading.drafts)) == (4, 0)
    assert [one.where for one in reading.skipped] == ["row=2", "row=3", "row=4", "row=5"]


def test_one_column_a_measure_and_both_pressures_together():
    reading = read("Date,Weight (kg),Systolic,Diastolic,Pulse\n2026-02-01,70.5,124,78,60\n2026-02-02,,,,\n")
    pressure, weight, pulse = (draft.entry for draft in reading.drafts)
    assert (weight.value_text, weight.unit, weight.code) == ("70.5", "kg", "29463-7")
    assert pressure.value_text == "124/78"
    assert pulse.value == 60
    assert reading.read == 2


def test_several_people_in_one_table_are_never_one():
    reading = read("Patient,Date,Test,Result\nAnn,2026-02-01,Sodium,140\nBen,2026-02-01,Sodium,141\n")
    people = [draft.identifier for draft in reading.drafts if draft.entry.kind == "Patient"]
    assert people == ["Ann", "Ben"]
    assert [draft.patient for draft in reading.drafts if draft.entry.kind == "Observation"] == people
    assert reading.read == 2


def test_beside_a_test_column_the_name_is_the_patients():
    reading = read("Name,Date,Test,Result\nAnn,2026-02-01,Sodium,140\n")
    assert [draft.entry.title for draft in reading.drafts] == ["Sodium"]


def test_words_above_the_headings_and_zero_bytes_do_not_disturb():
    reading = read("Northfield Laboratory\n\n" + ENGLISH.replace("Sodium", "So\0dium"))
    assert [draft.entry.title for draft in reading.drafts] == ["Sodium"]
    assert any("zero bytes" in warning for warning in reading.warnings)


@pytest.mark.parametrize("text", ["Dear Ann,\nwe met on 3 May.\n", "a,b\n1,2\n", "", "Date,Test,Result\n"])
def test_what_is_no_table_of_results_is_not_taken(text):
    assert not TABLES.recognises(SourceFile("x.csv", data=text.encode()))


def workbook(*lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.create_sheet("Contacts").append(["Surgery", "555-0100"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_gives_its_results_and_keeps_its_other_sheets_readable():
    reading = read(workbook(["Date", "Test", "Result"], [datetime(2026, 2, 1), "Sodium", 141.5]), "labs.xlsx")  # noqa: DTZ001 - a cell has no zone
    sodium, contacts = (draft.entry for draft in reading.drafts)
    assert (sodium.value_text, sodium.happened.text) == ("141.5", "2026-02-01")
    assert sodium.sources[0].locator == "sheet=Sheet!row=2"
    assert "555-0100" in contacts.text("text")
    assert reading.read == 2


@pytest.mark.parametrize("inside", [b"", b"<workbook><sheets><sheet/>", b"<a/>" * 9])
def test_a_damaged_workbook_is_refused_with_a_way_out(inside):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("xl/workbook.xml", inside)
    with pytest.raises(UnreadableSourceError) as refused:
        read(out.getvalue(), "labs.xlsx")
    assert "CSV" in refused.value.next_step


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b" " * 40_000_000)
    with pytest.raises(UnreadableSourceError):
        read(out.getvalue(), "labs.xlsx")


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=5))
def test_whatever_the_cells_hold_every_row_is_accounted_for(cells):
    lines = [";".join(cell.replace(";", " ").replace("\n", " ").replace('"', "") for cell in row) for row in cells]
    data = "Date;Test;Result\n2026-01-01;A;1\n" + "\n".join(lines)
    reading = read(data.encode("utf-8", "ignore"))
    assert reading.read >= 1
    assert all(draft.entry.title for draft in reading.drafts)


def test_the_shared_tables_add_up(shared_records):
    for name, count in (("labs_head300.txt", 299), ("vitals.txt", 1036)):
        path = shared_records / "csv_labs" / name
        reading = TABLES.read(SourceFile(name, path), NoProgress())
        assert reading.read == count


def told(text):
    return [
        (entry.title, entry.happened.text if entry.happened else None, entry.value_text, entry.unit)
        for entry in rows(text)
    ]


def test_tables_below_and_beside_each_other_are_read_by_their_own_headings():
    below = "Date,Pulse\n2026-02-01,66\n\nWeight\nDate,Weight (kg)\n2026-02-01,82.4\n"
    beside = "Date,Pulse,,Date,Weight (kg)\n2026-02-01,66,,2026-02-03,82.4\n"
    assert told(below) == [("Heart rate", "2026-02-01", "66", ""), ("Weight", "2026-02-01", "82.4", "kg")]
    assert told(beside) == [("Heart rate", "2026-02-01", "66", ""), ("Weight", "2026-02-03", "82.4", "kg")]


def test_a_table_whose_headings_are_not_known_is_kept_and_never_read_by_those_above():
    reading = read("Date,Systolic,Diastolic\n2026-02-01,131,84\n\nDate,Karma,Luck\n2026-02-02,82,75\n")
    assert [draft.entry.value_text for draft in reading.drafts] == ["131/84", ""]
    assert [draft.entry.kind for draft in reading.drafts] == ["Observation", "DocumentReference"]
    untitled = read("Date,Systolic,Diastolic\n2026-02-01,131,84\n\nWeight\n2026-02-02,82.4,\n")
    assert [draft.entry.value_text for draft in untitled.drafts] == ["131/84"]
    assert [one.where for one in untitled.skipped] == ["row=4", "row=5"]


def test_of_two_headings_for_one_role_the_one_that_says_it_best_counts_in_any_order():
    for head, row in (("Lab,Test", "North,HbA1c"), ("Test,Lab", "HbA1c,North"), ("Panel,Component", "CBC,HbA1c")):
        (entry,) = rows(f"Reported,Collected,{head},Result\n2026-03-09,2026-03-01,{row},7.1\n")
        assert (entry.title, entry.happened.text) == ("HbA1c", "2026-03-01")


def test_a_blank_date_is_its_groups_only_while_the_group_can_go_on():
    reading = read("Date,Test,Result\n2026-02-01,Sodium,139\n,Potassium,4.4\n,Sodium,131\n,Chloride,99\n")
    days = [draft.entry.happened and draft.entry.happened.text for draft in reading.drafts]
    assert days == ["2026-02-01", "2026-02-01", None, None]
    assert any("rows 4, 5" in warning for warning in reading.warnings)


def test_every_filled_column_that_is_not_read_is_named():
    reading = read("Date,Systolic,Diastolic,Karma,Empty\n2026-02-01,131,84,fine,\n")
    assert [warning for warning in reading.warnings if "“Karma”" in warning and "Empty" not in warning]


@pytest.mark.parametrize("cell", ["5-Jan", "Jan-05", "10-May", "05. Okt"])
def test_what_a_spreadsheet_made_a_date_of_is_no_result(cell):
    reading = read(f"Date;Test;Result;Unit\n2026-02-01;Leukocytes;{cell};/HPF\n")
    assert (reading.drafts, cell in reading.skipped[0].reason) == ([], True)


def test_a_status_in_other_words_is_never_called_final():
    lines = "".join(f"2026-02-01,Sodium,140,{word}\n" for word in ("F", "Pending", "Not done", "who knows", ""))
    assert [entry.status for entry in rows("Date,Test,Result,Status\n" + lines)] == [
        "final", "preliminary", "cancelled", "unknown", "final",
    ]  # fmt: skip


def test_a_dose_that_was_taken_is_no_result():
    reading = read("Date,Name,Value,Unit\n2026-02-01,Metformin 500,1,tablet\n")
    assert reading.drafts == []
    reading = read(
        "Date,Name,Value,Unit,Status\n2026-02-01,Metformin,500,mg,Taken\n2026-02-02,Metformin,500,mg,Missed\n"
    )
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference"]


@pytest.mark.parametrize(
    ("value", "shown", "text", "more"),
    [
        (0.071, "0.0%", "7.1", "%"), (14, '"<"0', "14", ""), (7.125, '0.0" mg/dL"', "7.125", "mg/dL"),
        (25000, "#,##0", "25000", ""),
    ],
)  # fmt: skip
def test_a_cell_of_a_workbook_is_what_the_workbook_shows(value, shown, text, more):
    book = openpyxl.Workbook()
    book.active.append(["Date", "Test", "Result"])
    book.active.append(["2026-02-01", "Thing", value])
    book.active["C2"].number_format = shown
    out = BytesIO()
    book.save(out)
    (draft,) = read(out.getvalue(), "labs.xlsx").drafts
    assert (draft.entry.value_text, draft.entry.unit) == (text, more)


def test_days_across_the_top_give_each_cell_its_day():
    assert told("Test,Unit,01.02.2026,03.04.2026\nSodium,mmol/L,139,\nPotassium,mmol/L,,4.4\n") == [
        ("Sodium", "2026-02-01", "139", "mmol/L"), ("Potassium", "2026-04-03", "4.4", "mmol/L"),
    ]  # fmt: skip
    assert read("Test,03/04/2026,05/06/2026\nSodium,139,141\n").tables[0].unclear == "03/04/2026"


@pytest.mark.parametrize(("heading", "row", "day"), [
    ("Date du prélèvement;Analyse;Résultat;Unité", "13/03/2026;Hémoglobine;12,9;g/dL", "2026-03-13"),
    ("Datum der Blutentnahme;Parameter;Ihr Wert;Einheit", "13.03.2026;Hämoglobin;12,9;g/dl", "2026-03-13"),
    ("Fecha de la extracción;Prueba;Su resultado;Unidades", "13/03/2026;Hemoglobina;12,9;g/dL", "2026-03-13"),
    ("Collected;Test Name;Your Value;Units", "Mar 13, 2026;Hemoglobin;12.9;g/dL", "2026-03-13"),
])  # fmt: skip
def test_small_words_in_a_heading_say_nothing_else(heading, row, day):
    (draft,) = read(f"{heading}\n{row}\n").drafts
    assert (draft.entry.happened.text, draft.entry.value, draft.entry.unit) == (day, 12.9, row.rpartition(";")[2])


@pytest.mark.parametrize(("upper", "lower", "unit", "entries"), [
    ("14,2", "8,8", "", 0), ("142", "88", "", 1), ("50", "20", " (mmHg)", 1), ("50", "19", " (mmHg)", 0),
])  # fmt: skip
def test_a_pressure_that_is_too_low_for_millimetres_is_left_out_by_name(upper, lower, unit, entries):
    reading = read(f"Fecha;Sistólica{unit};Diastólica{unit};Comentario\n13/03/2026;{upper};{lower};\n")
    assert len(reading.drafts) == entries
    assert len(reading.skipped) == 1 - entries
    if not entries:
        assert "cmHg" in reading.skipped[0].reason


def test_a_percent_sign_behind_a_heading_is_its_unit():
    weight, fat = (draft.entry for draft in read("Date,Weight (kg),Body Fat %\n2026-03-13,82.4,31.2\n").drafts)
    assert (weight.unit, fat.title, fat.value, fat.unit) == ("kg", "Body fat", 31.2, "%")


def test_a_day_that_is_still_to_come_is_of_no_result():
    reading = read("Date,Test,Result,Unit\n2026-11-01,CRP,5,mg/L\n2126-11-01,CRP,3,mg/L\n")
    assert [draft.entry.value for draft in reading.drafts] == [5]
    assert [left_out.reason for left_out in reading.skipped] == [
        "“2126-11-01” is still to come; no result can be of that day."
    ]


@pytest.mark.parametrize(("name", "asked"), [("Colesterol total", True), ("Ácido úrico", True), ("INR", False)])
def test_a_number_that_means_nothing_without_its_unit_is_told(name, asked):
    reading = read(f"Date,Test,Result\n2026-01-05,{name},5.2\n2026-02-05,{name},200\n")
    assert any(f"the unit of {name}" in warning for warning in reading.warnings) == asked
