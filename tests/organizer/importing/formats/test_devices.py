"""What meters, watches and their apps export, as they export it."""

import json

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.devices import APP_JSON, ECG, SAMSUNG


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
    ],
)  # fmt: skip
def test_a_record_of_an_app_is_what_it_says(data, expected):
    reading = read(json.dumps(data), APP_JSON, "export.json")
    assert seen(reading) == [expected]
    assert reading.skipped == []


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
        ("dcc.txt", "HC1:6BFOXN%TSMAHN-H", "EU certificate"), ("data.json", '{"steps": [1, 2]}', "JSON"),
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
