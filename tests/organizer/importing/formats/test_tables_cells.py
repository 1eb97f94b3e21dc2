"""Cells that hold more than a number, and headings that say more than a name."""

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.tables import TABLES
from organizer.importing.formats.tables.cells import in_two_units, pressures_in, says_no_value, with_rest


def read(text, name="table.csv"):
    source = SourceFile(name, data=text if isinstance(text, bytes) else text.encode())
    assert TABLES.recognises(source)
    return TABLES.read(source, NoProgress())


def seen(text):
    entries = [draft.entry for draft in read(text).drafts]
    return [(one.title, one.happened and one.happened.text, one.value_text, one.unit) for one in entries]


@pytest.mark.parametrize(
    ("cell", "readings"),
    [
        ("131/84", [("131", "84", "")]), ("128 / 80 mmHg", [("128", "80", "")]), ("131/84 (70)", [("131", "84", "70")]),
        ("131/84/70", [("131", "84", "70")]), ("131/84, P 70", [("131", "84", "70")]),
        ("120 over 80", [("120", "80", "")]), ("131/84; 128/80", [("131", "84", ""), ("128", "80", "")]),
        ("131/84, 128/80", [("131", "84", ""), ("128", "80", "")]), ("50/20", [("50", "20", "")]),
        ("80/120", []), ("49/20", []), ("301/80", []), ("300/200", [("300", "200", "")]), ("12/2026", []),
        ("120/80 (250)", [("120", "80", "250")]), ("120/80 (251)", []), ("120/80 (20)", [("120", "80", "20")]),
        ("120/80 (19)", []), ("300/201", []), ("50/19", []), ("80/80", []), ("80/79", [("80", "79", "")]),
        ("120/80 or so", []), ("1/2", []),
    ],
)  # fmt: skip
def test_two_pressures_in_a_cell_are_read_only_where_it_holds_nothing_else(cell, readings):
    assert pressures_in(cell) == readings


@pytest.mark.parametrize(
    ("cell", "heading", "sum_"),
    [
        ("11st 4lb", "", ("158", "lb")), ("11 st 2.5 lb", "", ("156.5", "lb")), ("11 stone 4", "", ("158", "lb")),
        ("5'11\"", "", ("71", "in")), ("5 ft 11 in", "", ("71", "in")), ("5ft 11½", "", None), ("6'", "", ("72", "in")),
        ("11-4", "st lb", ("158", "lb")), ("11-4", "", None), ("11st 13lb", "", ("167", "lb")), ("11st 14lb", "", None),
        ("5'12\"", "", None), ("11st", "", None), ("71.5 kg", "", None), ("5", "", None),
    ],
)  # fmt: skip
def test_stones_and_pounds_or_feet_and_inches_are_added_up(cell, heading, sum_):
    assert in_two_units(cell, heading) == sum_


def test_pounds_in_a_column_beside_stones_belong_to_them():
    assert with_rest("11", "st", "13.5") == ("167.5", "lb")
    assert with_rest("11", "st", "14") is None
    assert seen("Date,Weight (st),Weight (lb)\n2026-01-05,11,4\n") == [("Weight", "2026-01-05", "158", "lb")]


@pytest.mark.parametrize("cell", ["-", "---", "N/A", "n/a", "pending", "folgt", "en cours", "pendiente", "#N/A", "?"])
def test_what_stands_where_a_value_is_not_is_no_value(cell):
    assert says_no_value(cell)
    reading = read(f"Date,Test,Result\n2026-01-05,Albumin,{cell}\n2026-01-05,Calcium,2.3\n")
    assert [draft.entry.title for draft in reading.drafts] == ["Calcium"]
    assert [cell in one.reason for one in reading.skipped] == [True]


@pytest.mark.parametrize("cell", ["neg", "1+", "nil", "not detected", "ND", "0", "<5"])
def test_words_that_are_results_are_kept(cell):
    assert not says_no_value(cell)


def test_both_pressures_and_the_pulse_come_from_one_cell_with_its_note():
    (pressure, pulse) = [draft.entry for draft in read("Date,BP,Notes\n2026-01-05,131/84 (70),left arm\n").drafts]
    assert [part["value"] for part in pressure.data["components"]] == [131, 84]
    assert (pulse.title, pulse.value, pulse.text("note")) == ("Heart rate", 70, "left arm")


def test_a_cell_that_is_no_pressure_is_named():
    reading = read("Date,BP,Pulse\n2026-01-05,high,70\n")
    assert [draft.entry.title for draft in reading.drafts] == ["Heart rate"]
    assert any("“high”" in warning for warning in reading.warnings)


def test_pressure_in_a_row_that_names_it_has_its_two_parts():
    (pressure,) = [draft.entry for draft in read("Date,Test,Value\n2026-01-05,Blood pressure,131/84\n").drafts]
    assert [part["value"] for part in pressure.data["components"]] == [131, 84]


def test_morning_and_evening_are_two_readings():
    entries = [draft.entry for draft in read("Date,AM Sys,AM Dia,PM Sys,PM Dia\n2026-01-05,131,84,128,80\n").drafts]
    assert [(one.value_text, one.text("note")) for one in entries] == [("131/84", "AM"), ("128/80", "PM")]


def test_headings_in_two_rows_are_read_as_one():
    assert seen("Date,BP,,Pulse\n,Sys,Dia,\n2026-01-05,131,84,70\n") == [
        ("Blood pressure", "2026-01-05", "131/84", "mm[Hg]"), ("Heart rate", "2026-01-05", "70", ""),
    ]  # fmt: skip
    entries = [draft.entry for draft in read(",AM,,PM,\nDate,Sys,Dia,Sys,Dia\n2026-01-05,131,84,128,80\n").drafts]
    assert [(one.value_text, one.text("note")) for one in entries] == [("131/84", "AM"), ("128/80", "PM")]


def test_days_across_are_read_however_they_are_written_and_whatever_heads_the_names():
    text = "Wert;Einheit;05.01.26;05.02.26\nHämoglobin;g/dl;13,2;12,1\nCRP;mg/l;-;<5\n"
    assert seen(text) == [
        ("Hämoglobin", "2026-01-05", "13.2", "g/dl"), ("Hämoglobin", "2026-02-05", "12.1", "g/dl"),
        ("CRP", "2026-02-05", "5", "mg/l"),
    ]  # fmt: skip
    assert seen("Date,Jan 2026,Feb 2026\nHb (g/L),132,121\n") == [
        ("Hb", "2026-01", "132", "g/L"), ("Hb", "2026-02", "121", "g/L")
    ]  # fmt: skip


def test_ratings_of_a_diary_are_symptoms_with_their_scale():
    (pain, tired) = [draft.entry for draft in read("Date,Pain (0-10),Fatigue\n2026-01-05,7,4\n").drafts]
    assert (pain.value, pain.text("category"), pain.text("method"), pain.unit) == (7, "symptom", "0-10", "")
    assert (tired.title, tired.value, tired.text("category")) == ("Fatigue", 4, "symptom")


def test_a_spreadsheets_time_without_its_format_is_a_time():
    assert seen("Date,Time,Pulse\n46027,0.5,70\n") == [("Heart rate", "2026-01-05T12:00:00", "70", "")]


@pytest.mark.parametrize("page", ["utf-8", "cp1251", "koi8-r"])
def test_a_russian_table_is_read_in_any_encoding(page):
    text = "Дата;Показатель;Результат;Ед. изм.;Референс\n2 мая 2026;Гемоглобин;132;г/л;120-160\n"
    (entry,) = [draft.entry for draft in read(text.encode(page)).drafts]
    assert (entry.title, entry.value, entry.unit, entry.data["range_high"]) == ("Гемоглобин", 132, "г/л", 160)
    assert entry.happened.text == "2026-05-02"


def test_a_table_of_a_mac_keeps_its_letters():
    text = "Datum;Untersuchung;Wert;Einheit\r5.1.2026;Hämoglobin;13,2;g/dl\r".encode("mac-roman")
    assert seen(text) == [("Hämoglobin", "2026-01-05", "13.2", "g/dl")]


def test_days_that_are_numbers_belong_to_the_month_that_is_told():
    days = "Blood pressure January 2026,,\nDay,Systolic,Diastolic\n1,131,84\n31,128,80\n"
    assert [row[1] for row in seen(days)] == ["2026-01-01", "2026-01-31"]
    named = SourceFile("March 2026.csv", data=days.partition("\n")[2].encode())
    assert [one.entry.happened.text for one in TABLES.read(named, NoProgress()).drafts] == ["2026-03-01", "2026-03-31"]
    untold = read(days.replace("January 2026", ""))
    assert [one.where for one in untold.skipped] == ["row=3", "row=4"]


def test_what_was_eaten_or_lifted_is_not_in_the_blood_nor_the_bodys_weight():
    food = "Date,Meal,Calories,Sodium (mg),Protein (g),Iron,Weight (kg)\n2026-01-05,Breakfast,500,2300,30,5,82.4\n"
    reading = read(food)
    assert [draft.entry.title for draft in reading.drafts] == ["Weight"]
    assert any("“Sodium (mg)”" in warning for warning in reading.warnings)
    gym = SourceFile("gym.csv", data=b"date,exercise,weight_kg,reps\n2026-01-05,Squat,60,8\n")
    assert not TABLES.recognises(gym)


def test_a_score_of_sleep_is_not_its_hours():
    assert seen("Date,Sleep Score,Sleep (h),Steps\n2026-01-05,81,7.5,8000\n") == [
        ("Sleep", "2026-01-05", "7.5", "h"), ("Steps", "2026-01-05", "8000", ""),
    ]  # fmt: skip


def test_a_value_that_stands_in_two_units_is_the_first():
    text = "Date,Temperature,Weight\n2026-01-05,98.6 °F (37 °C),82.4 kg (181 lb 10.6 oz)\n"
    assert seen(text) == [("Body temperature", "2026-01-05", "98.6", "°F"), ("Weight", "2026-01-05", "82.4", "kg")]
    assert seen("Date,Test,Value\n2026-01-05,Sodium,140 (see note)\n") == [
        ("Sodium", "2026-01-05", "140 (see note)", "")
    ]


def test_a_day_on_a_row_of_its_own_is_that_of_the_times_below_it():
    first = 'Time,Weight,BMI\n" Jan 5, 2026",\n7:10 AM,82.4 kg,25.1\n8:10 PM,82.9 kg,25.2\n'
    text = first + '" Jan 6, 2026",\n7:00 AM,82 kg,25\n'
    assert [row[1] for row in seen(text) if row[0] == "Weight"] == [
        "2026-01-05T07:10:00", "2026-01-05T20:10:00", "2026-01-06T07:00:00",
    ]  # fmt: skip


def test_a_dash_is_no_note_and_a_devices_finding_is_told():
    (pulse, ecg) = [
        draft.entry
        for draft in read("Date,Heart Rate (bpm),Kardia Determination,Notes\n2026-01-05,72,Possible AFib,-\n").drafts
    ]
    assert (pulse.value, ecg.title, ecg.value_text, ecg.text("note")) == (72, "ECG", "Possible AFib", "")


def test_a_rating_out_of_ten_is_its_number():
    assert seen("Date,Pain,Steps\n2026-01-05,6/10,8000\n")[0] == ("Pain", "2026-01-05", "6", "")


def test_in_french_pressures_are_capitals_and_steps_are_not():
    assert seen("Date;PAS;PAD\n2026-01-05;131;84\n") == [("Blood pressure", "2026-01-05", "131/84", "mm[Hg]")]
    assert seen("Date;Pas;Poids\n2026-01-05;8000;82\n")[0] == ("Steps", "2026-01-05", "8000", "")


def test_a_dose_beside_a_result_is_none():
    assert seen("Date,INR,Warfarin dose (mg)\n2026-01-05,2.4,5\n") == [("INR", "2026-01-05", "2.4", "")]


def test_a_number_that_means_nothing_without_its_unit_is_told():
    assert any("unit of Weight" in warning for warning in read("Date,Weight,BMI\n2026-01-05,82.4,25\n").warnings)
    assert read("Date,Weight (kg),BMI\n2026-01-05,82.4,25\n").warnings == []


@pytest.mark.parametrize(
    ("beside", "day"),
    [("Collection Date: 2026-01-05\n", "2026-01-05"), ("Collected,05 Jan 2026\n", "2026-01-05"),
     ("Report date: 2026-01-05\n", None), ("Collected,05/06/2026\n", None), ("", None)],
)  # fmt: skip
def test_a_day_beside_a_table_without_dates_is_that_of_its_rows(beside, day):
    reading = read(f"{beside}Test,Result,Unit\nSodium,141,mmol/L\nTest,Result,Unit\nPotassium,4.1,mmol/L\n")
    told = [draft.entry.happened and draft.entry.happened.text for draft in reading.drafts]
    assert told == [day, day]
    assert any(("no date" if day else "when") in warning for warning in reading.warnings)


def test_of_two_days_beside_a_table_none_is_taken():
    text = "Collected: 2026-01-05\nTest,Result\nSodium,141\nCollected: 2026-02-05\n"
    assert [row[1] for row in seen(text)] == [None]


@pytest.mark.parametrize(
    "heading",
    [
        "Tarih;Tetkik;Sonuç;Birim", "Datum;Vyšetření;Výsledek;Jednotka", "Päivämäärä;Tutkimus;Tulos;Yksikkö",
        "Dato;Undersøgelse;Svar;Enhed", "Dátum;Vizsgálat;Eredmény;Mértékegység",
        "Ημερομηνία;Εξέταση;Αποτέλεσμα;Μονάδες", "日付;項目;結果;単位", "检测日期;项目名称;结果;单位",
        "תאריך;בדיקה;תוצאה;יחידות", "التاريخ;التحليل;النتيجة;الوحدة",
        "Data;Badanie;Wynik;Jednostka", "Data;Esame;Risultato;U.M.", "Date;Test;Observed Value;Units",
    ],
)  # fmt: skip
def test_headings_are_known_in_many_languages(heading):
    assert seen(f"{heading}\n2026-01-05;Na;141;mmol/L\n") == [("Na", "2026-01-05", "141", "mmol/L")]


def test_hours_slept_are_hours():
    assert seen("Date,Hours slept,Steps\n2026-01-05,7.5,8000\n")[0] == ("Sleep", "2026-01-05", "7.5", "h")


@pytest.mark.parametrize(("diastolic", "unit"), [("41", "mm[Hg]"), ("40", ""), ("84 mmHg", "mmHg")])
def test_pressures_without_a_unit_are_in_mm_hg_where_they_can_be_nothing_else(diastolic, unit):
    (pressure,) = [draft.entry for draft in read(f"Date,Systolic,Diastolic\n2026-01-05,131,{diastolic}\n").drafts]
    assert {part.get("unit", "") for part in pressure.data["components"]} - {""} == ({unit} - {""})


def turned(lines, places, mark=";"):
    """The same table with its first columns at the end."""
    rows = [line.split(mark) for line in lines]
    return "".join(mark.join(row[places:] + row[:places]) + "\n" for row in rows)


RESULTS = ("Datum;Test;Ergebnis;Einheit;Referenz", "02.03.2026;Kalium;4,125;mmol/l;3,5-5,1", "13.03.2026;Natrium;140;;")
ENDS = ("Date;Test;Result;Units;Low;High;Flag", "2026-03-02;Sodium;141;mmol/L;135;145;", "2026-03-13;CRP;7;mg/L;;5;H")
PLAIN = ("Datum;Test;Ergebnis;Einheit", "02.03.2026;Kalium;4,125;mmol/l", "13.03.2026;Natrium;140,5;mmol/l")
COURSE = ("Date;Weight (kg);Systolic;Diastolic", "2026-03-02;70.5;128;82", "2026-03-13;71;131;84")
NOTED = {
    RESULTS: ("4.125", "mmol/l", 3.5, 5.1, None),
    ENDS: ("141", "mmol/L", 135.0, 145.0, None),
    PLAIN: ("4.125", "mmol/l", None, None, None),
    COURSE: ("70.5", "kg", None, None, None),
}


def noted(text):
    """All that a table says of its results."""
    names = ("range_low", "range_high", "interpretation")
    entries = [draft.entry for draft in read(text).drafts]
    rows = [(one.value_text, one.unit, *map(one.data.get, names), one.happened.text, one.title) for one in entries]
    return sorted(rows, key=repr)


@pytest.mark.parametrize("table", NOTED, ids=["results", "ends", "plain", "course"])
def test_columns_mean_the_same_in_whatever_order_they_stand(table):
    as_they_are = noted(turned(table, 0))
    assert NOTED[table] in {row[:5] for row in as_they_are}
    for places in range(1, table[0].count(";") + 1):
        assert noted(turned(table, places)) == as_they_are


@pytest.mark.parametrize("places", range(4))
def test_a_diary_of_doses_is_no_results_wherever_its_status_stands(places):
    diary = ("Date,Medicine,Dose,Status", "2026-03-02,Lisinopril,10,Taken", "2026-03-03,Lisinopril,10,Missed")
    reading = read(turned(diary, places, ","))
    assert any("which doses were taken" in warning for warning in reading.warnings)
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference"]
