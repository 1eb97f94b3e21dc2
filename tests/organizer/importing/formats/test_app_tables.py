"""Tables of meters, watches and diaries whose headings alone say too little."""

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.devices import APP_TABLE, BEARABLE, DIAGUARD
from organizer.importing.formats.devices.table_layouts import LAYOUTS

CARELINK = """Last Name,First Name,Patient ID,Start Date
Example,Ada,,1/5/26
-------,MiniMed 780G,Pump,NG1,-------
Index,Date,Time,BG Reading (mmol/L),Sensor Glucose (mmol/L),Alarm
0,2026/01/20,23:55:00,,,Low battery
1,2026/01/20,23:50:00,6.7,,
-------,MiniMed 780G,Sensor,NG1,-------
Index,Date,Time,Sensor Glucose (mmol/L),BG Reading (mmol/L),Alarm
10,2026/01/20,23:50:04,7.1,,
11,2026/01/20,23:55:04,7.3,,
"""


def read(text, name="export.csv", reader=APP_TABLE):
    source = SourceFile(name, data=text.encode())
    assert recognise(source) is reader
    return reader.read(source, NoProgress())


def seen(reading):
    entries = [draft.entry for draft in reading.drafts]
    return [(one.title, one.happened.text, one.value_text, one.unit) for one in entries]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("heart_rate_2026.csv", "timestamp,beats per minute,data source\n2026-01-05T00:00:04Z,65.0,Air\n",
         ("Heart rate", "2026-01-05", "65", "/min")),
        ("daily_resting_heart_rate.csv", "timestamp,beats per minute\n2026-01-05T00:00:00,57.0\n",
         ("Resting heart rate", "2026-01-05", "57", "/min")),
        ("Daily SpO2.csv", "timestamp,average_value,lower_bound,upper_bound\n2026-01-05T00:00:00Z,95.9,93,99\n",
         ("Oxygen saturation", "2026-01-05", "95.9", "%")),
        ("weight.csv", "timestamp,weight grams,data source\n2026-01-05T07:00:00,82400,x\n",
         ("Weight", "2026-01-05T07:00:00", "82.4", "kg")),
        ("raw_hr_hr.csv", 'start,duration,value\n2026-01-05T07:20:11+01:00,"[60,60]","[71,73]"\n',
         ("Heart rate", "2026-01-05", "72", "/min")),
        ("aggregates_steps.csv", "date,value\n2026-01-05,8000\n", ("Steps", "2026-01-05", "8000", "")),
        ("cgm.csv", "Name:Ada Example\nTimestamp,CGM Glucose Value (mmol/l),Serial Number\n2026-01-05 00:03,5.6,a\n",
         ("Glucose (sensor)", "2026-01-05", "5.6", "mmol/L")),
        ("tandem.csv", "Description,EventDateTime,Readings (CGM / BGM)\nEGV,2026-01-05T00:03:11,101\n",
         ("Glucose (sensor)", "2026-01-05", "101", "mg/dL")),
        ("xdrip.csv", "DAY;TIME;UDT_CGMS;BG_LEVEL;CH_GR;BOLUS;REMARK\n15.01.2026;07:10;;101;;;\n",
         ("Blood glucose", "2026-01-15T07:10:00", "101", "mg/dL")),
        ("meter.csv", "Date;Time;Result;Unit;Before meal\n05.01.2026;07:10;5,6;mmol/L;X\n",
         ("Blood glucose", "2026-01-05T07:10:00", "5.6", "mmol/L")),
    ],
)  # fmt: skip
def test_a_row_is_what_its_app_means(name, text, expected):
    assert seen(read(text, name)) == [expected]


def test_parts_of_a_pumps_file_are_read_by_their_own_headings_and_are_the_persons():
    reading = read(CARELINK)
    assert sorted(seen(reading)) == [
        ("Blood glucose", "2026-01-20T23:50:00", "6.7", "mmol/L"), ("Glucose (sensor)", "2026-01-20", "7.2", "mmol/L"),
    ]  # fmt: skip
    assert {draft.patient_name for draft in reading.drafts} == {"Ada Example"}
    assert reading.read == 5


def test_an_oxygen_reading_of_nothing_counts_in_no_mean():
    reading = read("timestamp,value\n2026-01-05T00:00:00Z,50.0\n2026-01-05T00:01:00Z,96\n", "Minute SpO2 - 2026.csv")
    assert seen(reading) == [("Oxygen saturation", "2026-01-05", "96", "%")]
    assert [one.where for one in reading.skipped] == ["row=2"]


def test_a_day_that_may_be_two_is_left_out_with_its_reason():
    reading = read("Date;Time;Result;Unit;Before meal\n05/01/2026;07:10;101;mg/dL;\n")
    assert reading.drafts == []
    assert "may be two days" in reading.skipped[0].reason


def test_no_layout_is_hidden_by_one_before_it():
    for place, layout in enumerate(LAYOUTS):
        earlier = [one for one in LAYOUTS[:place] if one.fits(list(layout.headings), "") and not one.file]
        assert earlier == []


def test_a_long_diary_gives_ratings_and_hours_and_no_doses():
    text = (
        "date,date formatted,weekday,time of day,category,rating/amount,detail,notes\n"
        "1769900400,1st Feb 2026,Sunday,pm,Symptom,3,Headache(Severe),after work\n"
        "1769900400,1st Feb 2026,Sunday,,Sleep,7:30,,\n"
        "1769900400,1st Feb 2026,Sunday,am,Medication,1 x 500mg,Metformin,\n"
    )
    reading = read(text, reader=BEARABLE)
    assert seen(reading) == [("Headache", "2026-02-01", "3", ""), ("Sleep", "2026-02-01", "7.5", "h")]
    assert reading.drafts[0].entry.text("note") == "pm; Headache(Severe); after work"
    assert [one.what for one in reading.skipped] == ["Medication"]


def test_blocks_below_a_time_are_values_at_that_time():
    first = '"11.11.2025 11:11";\n"bloodsugar";"110"\n"pressure";"131";"84"\n"insulin";"28";;\n'
    reading = read(first + '"12.11.2025";\n"pulse";"70"\n', reader=DIAGUARD)
    assert seen(reading) == [
        ("Blood glucose", "2025-11-11T11:11:00", "110", ""),
        ("Blood pressure", "2025-11-11T11:11:00", "131/84", "mm[Hg]"),
        ("Heart rate", "2025-11-12", "70", "/min"),
    ]  # fmt: skip
    assert any("units" in warning for warning in reading.warnings)
