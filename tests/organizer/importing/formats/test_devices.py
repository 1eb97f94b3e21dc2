"""What meters, watches and their apps export, as they export it."""

import json

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.apple_health.measures import quantity_of
from organizer.importing.formats.devices import APP_JSON, ECG, SAMSUNG, garmin, oura


def read(data, reader, name="export.csv"):
    source = SourceFile(name, data=data.encode())
    assert recognise(source) is reader
    return reader.read(source, NoProgress())


def seen(reading):
    return [
        (draft.entry.title, draft.entry.happened.text, draft.entry.value_text, draft.entry.unit)
        for draft in reading.drafts
        if draft.entry.kind == "Observation"
    ]


def test_samsung_tells_utc_and_the_zone_in_which_it_was_lived():
    names = ("start_time", "weight", "time_offset", "datauuid")
    dotted = ",".join(f"com.samsung.health.weight.{name}" for name in names)
    text = f"com.samsung.health.weight,1,2\n{dotted}\n2026-02-01 23:10:00.000,82.4,UTC+0100,u1,\n,80,UTC+0100,u2,\n"
    reading = read(text, SAMSUNG)
    assert seen(reading) == [("Weight", "2026-02-02T00:10:00+01:00", "82.4", "kg")]
    assert [one.where for one in reading.skipped] == ["row=4"]
    assert reading.read == 2


def test_samsungs_heart_rate_of_all_day_is_one_entry_a_day():
    head = "com.samsung.shealth.tracker.heart_rate,1,2\nstart_time,heart_rate,time_offset\n"
    lines = "".join(f"2026-02-01 06:{minute:02}:00.000,{60 + minute},UTC+0000,\n" for minute in range(3))
    reading = read(head + lines, SAMSUNG)
    assert seen(reading) == [("Heart rate", "2026-02-01", "61", "/min")]
    assert reading.read == 3


SLEEP = "com.samsung.health.sleep"


@pytest.mark.parametrize(("columns", "cells"), [("sleep_duration,", "420,"), ("", "")])
def test_samsungs_night_is_on_the_day_on_which_it_ended(columns, cells):
    names = ",".join(f"{SLEEP}.{name}" for name in ("start_time", "end_time", "time_offset", "datauuid"))
    lived = "2026-01-04 22:10:00.000,2026-01-05 05:10:00.000,UTC+0100,u1"
    reading = read(f"com.samsung.shealth.sleep,6,5\n{columns}{names}\n{cells}{lived},\n", SAMSUNG)
    assert seen(reading) == [("Sleep", "2026-01-05", "7", "h")]


@pytest.mark.parametrize(
    ("kind", "column", "day"),
    [
        ("tracker.pedometer_day_summary", "step_count", "1767571200000"),
        ("step_daily_trend", "count", "2026-01-05 00:00"),
    ],
)
def test_samsungs_devices_count_the_same_steps(kind, column, day):
    text = f"com.samsung.shealth.{kind},6,1\n{column},day_time,deviceuuid\n7900,{day},watch,\n8000,{day},both,\n"
    reading = read(text, SAMSUNG)
    assert seen(reading) == [("Steps", "2026-01-05", "8000", "")]
    assert reading.read == 2


def test_an_ecg_tells_the_devices_finding_and_whose_it_is():
    text = (
        'Name,Ada Example\nDate of Birth,"May 5, 1970"\nRecorded Date,2026-02-01 07:10:11 -0800\n'
        'Classification,Atrial Fibrillation\nSymptoms,Dizziness\nDevice,"Watch6,1"\nLead,Lead I\nUnit,µV\n\n-100\n-99\n'
    )
    reading = read(text, ECG)
    assert seen(reading) == [("ECG by a watch", "2026-02-01T07:10:11-08:00", "Atrial Fibrillation", "")]
    assert reading.drafts[0].entry.data["birth_date"] == "1970-05-05"
    assert reading.drafts[1].entry.text("note") == "Dizziness"


FIT_PRESSURE = {"Data Points": [{
    "startTimeNanos": 1769904251000000000, "dataTypeName": "com.google.blood_pressure",
    "fitValue": [{"value": {"fpVal": 131.0}}, {"value": {"fpVal": 84.0}}],
}]}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FIT_PRESSURE, ("Blood pressure", "2026-02-01T00:04:11Z", "131/84", "mm[Hg]")),
        ([{"logId": 1, "weight": 181.4, "date": "02/01/26", "time": "07:10:11"}],
         ("Weight", "2026-02-01T07:10:11", "181.4", "")),
        ([{"dateTime": "02/01/26 08:00:05", "value": {"bpm": 70}},
          {"dateTime": "02/01/26 08:00:10", "value": {"bpm": 72}}],
         ("Heart rate", "2026-02-01", "71", "/min")),
        ([{"calendarDate": "2026-02-01", "deepSleepSeconds": 3600, "lightSleepSeconds": 14400, "awakeSeconds": 60}],
         ("Sleep", "2026-02-01", "5", "h")),
        ([{"type": "sgv", "sgv": 54, "date": 1769904251000, "dateString": "2026-02-01T00:04:11.000Z"}],
         ("Glucose (sensor)", "2026-02-01", "54", "mg/dL")),
        ([{"type": "period", "id": "q1", "date": "2026-01-06", "value": {"option": "heavy"}}],
         ("Period", "2026-01-06", "heavy", "")),
        ([{"type": "bbt", "id": "q2", "date": "2026-01-06", "value": {"celsius": 36.6}}],
         ("Basal body temperature", "2026-01-06", "36.6", "Cel")),
        ({"settings": {}, "data": [{"day": "2026-01-05T00:00:00Z", "pain": ["cramps", "back_pain"]}]},
         ("Pain", "2026-01-05", "cramps, back pain", "")),
        ({"operationalData": {"cycles": [
            {"period_start_date": "2026-01-05 00:00:00", "period_end_date": "2026-01-10 00:00:00"}]}},
         ("Period", "2026-01-05", "2026-01-05 – 2026-01-10", "")),
        ({"operationalData": {"cycles": [], "point_events_manual_v2": [
            {"category": "Symptom", "subcategory": "Headache", "date": "2026-01-05", "local_date": "2026-01-06"}]}},
         ("Symptom", "2026-01-06", "Headache", "")),
        ([{"dateTime": "01/05/26 00:00:00", "value": {"date": "01/05/26", "value": 53.0123, "error": 6.8}}],
         ("Resting heart rate", "2026-01-05", "53", "/min")),
        ([{"logId": 9, "dateOfSleep": "2026-01-05", "minutesAsleep": 426}], ("Sleep", "2026-01-05", "7.1", "h")),
        ([{"calendarDate": {"date": "2026-01-06 00:00:00.0"}, "totalSteps": 7000}],
         ("Steps", "2026-01-06", "7000", "")),
        ([{"metaData": {"calendarDate": "2026-01-05T07:10:11.0"}, "weight": {"weight": 82400.0}}],
         ("Weight", "2026-01-05T07:10:11", "82.4", "kg")),
        ({"Data Points": [{"fitValue": [{"value": {"fpVal": 1.75}}], "dataTypeName": "com.google.height",
                           "startTimeNanos": 1767600000000000000}]},
         ("Height", "2026-01-05T08:00:00Z", "1.75", "m")),
    ],
)  # fmt: skip
def test_a_record_of_an_app_is_what_it_says(data, expected):
    reading = read(json.dumps(data), APP_JSON, "export.json")
    assert seen(reading) == [expected]
    assert reading.skipped == []


FIT_STEPS = {"Data Points": [
    {"fitValue": [{"value": {"intVal": count}}], "dataTypeName": "com.google.step_count.delta", "startTimeNanos": at}
    for count, at in ((120, 1767600000000000000), (80, "1767603600000000000"), (7, 1767690000000000000))
]}  # fmt: skip


def test_steps_of_a_while_add_up_to_a_days_and_the_zone_is_told_to_be_unknown():
    reading = read(json.dumps(FIT_STEPS), APP_JSON, "steps.json")
    assert seen(reading) == [("Steps", "2026-01-05", "200", ""), ("Steps", "2026-01-06", "7", "")]
    assert [draft.stands_for for draft in reading.drafts] == [2, 1]
    assert any("UTC" in warning for warning in reading.warnings)


@pytest.mark.parametrize(("name", "count"), [("steps-2026-01-05.json", 1), ("calories-2026-01-05.json", 0)])
def test_only_the_name_of_a_fitbit_file_tells_that_its_numbers_are_steps(name, count):
    minutes = [{"dateTime": f"01/05/26 07:{minute}:00", "value": "12"} for minute in (10, 11)]
    reading = read(json.dumps(minutes), APP_JSON, name)
    assert (len(reading.drafts), reading.read) == (count, 2)


def test_a_pregnancy_is_no_period():
    told = {"operationalData": {"cycles": [{"period_start_date": "2026-01-05", "pregnant": True}]}}
    assert read(json.dumps(told), APP_JSON).drafts == []


def test_a_weight_without_its_unit_says_so():
    reading = read('[{"logId": 1, "weight": 181.4, "date": "02/01/26"}]', APP_JSON)
    assert any("kilograms or pounds" in warning for warning in reading.warnings)


def test_records_that_hold_nothing_for_it_are_counted():
    reading = read('[{"sgv": "x", "date": 1}, {"sgv": 99, "date": 1769904251000}, {"mills": 3}]', APP_JSON)
    assert len(reading.skipped) == 2
    assert reading.read == 3


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("data.json", '{"steps": [1, 2]}', "JSON"),
        ("m.hl7", "MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.5\rPID|1\r", "HL7"),
        ("x.xml", "<?xml version='1.0'?><a/>", "XML"),
        ("diary.csv", '"11.11.2025";\n"sugar";"110"\n"meal";"6"\n"sugar";"120"\n', "table"),
    ],
)  # fmt: skip
def test_data_that_is_not_read_says_what_it_is_and_what_to_ask_for(name, text, word):
    source = SourceFile(name, data=text.encode())
    reading = recognise(source).read(source, NoProgress())
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference"]
    assert any(word in warning for warning in reading.warnings)


def test_a_letter_is_no_data():
    source = SourceFile("letter.txt", data=b"Dear Ann,\nwe met on 3 May, and all was well.\n")
    assert recognise(source).read(source, NoProgress()).warnings == []


@pytest.mark.parametrize(
    "text",
    [
        "com.samsung.health.weight,1,2\nstart_time,weight\n",
        '{"Data Points": 5, "startTimeNanos": 1, "dataTypeName": 2}',
        "MSH|^~\\&|A|B|C|D|2026||ORU^R01|1|P|2.5\r",
    ],
)  # fmt: skip
def test_a_file_of_a_known_form_without_values_says_so(text):
    source = SourceFile("export", data=text.encode())
    reading = recognise(source).read(source, NoProgress())
    assert (reading.drafts, len(reading.skipped)) == ([], 1)


def test_ouras_nights_are_seconds_and_a_nap_is_no_night():
    told = {
        "sleep": [
            {"id": "a", "day": "2026-01-05", "total_sleep_duration": 27000, "type": "long_sleep", "average_hrv": 48},
            {"id": "b", "day": "2026-01-05", "total_sleep_duration": 1500, "type": "rest", "average_hrv": 60},
            {"id": "c", "day": "2026-01-05", "total_sleep_duration": 900, "type": "deleted"},
        ],
        "daily_activity": [{"day": "2026-01-05", "steps": 8123, "score": 77}],
        "daily_readiness": [{"day": "2026-01-05", "score": 80}],
    }
    reading = read(json.dumps(told), APP_JSON)
    assert seen(reading) == [
        ("Sleep", "2026-01-05", "7.5", "h"), ("Heart rate variability (RMSSD)", "2026-01-05", "48", "ms"),
        ("Sleep", "2026-01-05", "0.42", "h"), ("Steps", "2026-01-05", "8123", ""),
    ]  # fmt: skip
    assert len(reading.skipped) == 2


@pytest.mark.parametrize(("duration", "hours"), [
    ("PT7H29M30S", "7.49"), ("PT26520S", "7.37"), ("PT0S", None), ("7:30", None), ("P1DT1H", None),
])  # fmt: skip
def test_polars_durations_tell_their_unit(duration, hours):
    reading = read(json.dumps([{"night": "2026-01-05", "evaluation": {"asleepDuration": duration}}]), APP_JSON)
    assert seen(reading) == ([("Sleep", "2026-01-05", hours, "h")] if hours else [])


def test_polars_days_give_steps_and_a_training_is_named():
    told = {"exportVersion": "1.3", "date": "2026-01-05", "summary": {"stepCount": 8123, "sleepDuration": "PT7H"}}
    assert seen(read(json.dumps(told), APP_JSON)) == [("Steps", "2026-01-05", "8123", "")]
    run = {"exportVersion": "1.6", "startTime": "2026-01-05T18:00:00.000", "duration": "PT2520S", "distance": 7210}
    assert len(read(json.dumps(run), APP_JSON).skipped) == 1


@pytest.mark.parametrize(
    ("weight", "kilograms"), [(82_400, "82.4"), (701, "0.701"), (700, "700"), (82.4, "82.4"), (0, None), (-1, None)]
)
def test_garmins_weight_is_grams_where_nobody_has_so_many_kilograms(weight, kilograms):
    row = {"metaData": {"calendarDate": "2026-01-05T07:00:00"}, "weight": {"weight": weight}}
    entries, _patient = garmin.biometrics(row, "", "")
    assert [(entry.value_text, entry.unit) for entry in entries] == ([(kilograms, "kg")] if kilograms else [])


@pytest.mark.parametrize(("number", "is_told"), [(1, True), (0, False), (-1, False)])
def test_what_an_app_writes_for_nothing_measured_is_no_value(number, is_told):
    entries, _patient = garmin.day({"calendarDate": "2026-01-05", "restingHeartRate": number}, "", "")
    assert bool(entries) is is_told
    night = {"id": "a", "day": "2026-01-05", "total_sleep_duration": 27000, "type": "long_sleep", "average_hrv": number}
    entries, _patient = oura.sleep(night, "", "")
    assert (len(entries) == 2) is is_told


@pytest.mark.parametrize(("text", "value"), [("0", "0"), ("0.97", "97"), ("1", "100"), ("1.01", "1.01"), ("97", "97")])
def test_a_phones_per_cent_is_a_fraction_up_to_one(text, value):
    assert quantity_of(text, "%") == (float(value), value, "%")
