"""The database that an Android phone exports, with the tables and columns of Android's source."""

import sqlite3

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.core.run import recognise
from organizer.importing.formats.devices import HEALTH_CONNECT
from tests.organizer.importing.formats.made_files import BERLIN, HOUR, NIGHT, phone


def read(rows, wal=False):
    source = SourceFile("health_connect_export.db", data=phone(rows, wal))
    assert recognise(source) is HEALTH_CONNECT
    return HEALTH_CONNECT.read(source, NoProgress())


def seen(reading):
    entries = [draft.entry for draft in reading.drafts]
    return [(one.title, one.happened.text, one.value_text, one.unit, one.text("performer")) for one in entries]


def test_a_weight_is_grams_at_the_time_at_which_it_was_lived():
    app = ("application_info_table", (7, "com.scale", "Scale"))
    reading = read([app, ("weight_record_table", (1, b"\1", 7, NIGHT, BERLIN, 82_400.0))], wal=True)
    assert seen(reading) == [("Weight", "2026-01-05T00:00:00+01:00", "82.4", "kg", "Scale")]


@pytest.mark.parametrize(
    ("table", "number", "title", "value", "unit"),
    [
        ("height", 1.78, "Height", "1.78", "m"), ("body_fat", 21.5, "Body fat", "21.5", "%"),
        ("resting_heart_rate", 58, "Resting heart rate", "58", "/min"),
        ("body_temperature", 36.9, "Body temperature", "36.9", "Cel"),
        ("basal_body_temperature", 36.4, "Basal body temperature", "36.4", "Cel"),
        ("blood_glucose", 5.4, "Blood glucose", "5.4", "mmol/L"),
    ],
)  # fmt: skip
def test_each_measure_is_read_in_the_unit_in_which_the_phone_keeps_it(table, number, title, value, unit):
    (row,) = seen(read([(f"{table}_record_table", (1, b"\1", None, NIGHT, BERLIN, number))]))
    assert row == (title, "2026-01-05T00:00:00+01:00", value, unit, "Health Connect")


@pytest.mark.parametrize("stage", range(8))
def test_somebody_sleeps_in_the_stages_asleep_light_deep_and_rem(stage):
    """SleepSessionRecord: 1 awake, 2 sleeping, 3 out of bed, 4 light, 5 deep, 6 REM, 7 awake in bed."""
    session = ("sleep_session_record_table", (1, b"\1", None, NIGHT, BERLIN, NIGHT + 8 * HOUR, BERLIN))
    deep = ("sleep_stages_table", (1, NIGHT, NIGHT + HOUR, 5))
    other = ("sleep_stages_table", (1, NIGHT + HOUR, NIGHT + 3 * HOUR, stage))
    assert seen(read([session, deep, other]))[0][2] == ("3" if stage in (2, 4, 5, 6) else "1")


def test_both_pressures_are_one_entry():
    (pressure,) = read([("blood_pressure_record_table", (1, b"\1", None, NIGHT, None, 131.0, 84.0))]).drafts
    assert [part["value"] for part in pressure.entry.data["components"]] == [131, 84]
    assert pressure.entry.happened.text == "2026-01-04T23:00:00Z"


def test_steps_add_up_by_the_day_that_was_lived_and_for_each_app():
    walks = ((1, NIGHT - HOUR, 50), (1, NIGHT, 100), (1, NIGHT + HOUR, 20), (2, NIGHT, 90))
    during = [
        ("steps_record_table", (number, bytes([number]), app, at, BERLIN, at + HOUR, BERLIN, count))
        for number, (app, at, count) in enumerate(walks)
    ]  # fmt: skip
    apps = [("application_info_table", (1, "com.watch", None)), ("application_info_table", (2, "com.phone", None))]
    reading = read(apps + during)
    assert [row[1:3] + row[4:] for row in seen(reading)] == [
        ("2026-01-04", "50", "com.watch"), ("2026-01-05", "120", "com.watch"), ("2026-01-05", "90", "com.phone"),
    ]  # fmt: skip
    assert reading.read == 4


def test_a_night_is_the_time_asleep_on_the_day_on_which_it_ended():
    session = ("sleep_session_record_table", (1, b"\1", None, NIGHT, BERLIN, NIGHT + 8 * HOUR, BERLIN))
    stages = [
        ("sleep_stages_table", (1, NIGHT, NIGHT + HOUR, 1)),
        ("sleep_stages_table", (1, NIGHT + HOUR, NIGHT + 8 * HOUR, 5)),
    ]
    assert seen(read([session, *stages]))[0][:4] == ("Sleep", "2026-01-05", "7", "h")
    assert seen(read([session]))[0][:4] == ("Sleep", "2026-01-05", "8", "h")


def test_heart_rates_have_the_zone_of_their_record_and_are_a_days_mean():
    record = ("heart_rate_record_table", (4, b"\1", None, NIGHT, BERLIN, NIGHT + HOUR, BERLIN))
    beats = [("heart_rate_record_series_table", (4, value, NIGHT)) for value in (60, 70)]
    assert seen(read([record, *beats]))[0][:4] == ("Heart rate", "2026-01-05", "65", "/min")


def test_what_has_no_place_is_counted():
    reading = read([
        ("exercise_session_record_table", (1, b"\1", None, NIGHT, BERLIN, NIGHT, BERLIN)),
        ("menstruation_flow_record_table", (1, b"\1", None, NIGHT, BERLIN, 0)),
        ("menstruation_flow_record_table", (2, b"\2", None, NIGHT, BERLIN, 3)),
    ])  # fmt: skip
    assert seen(reading) == [("Period", "2026-01-05", "heavy", "", "Health Connect")]
    assert [one.what for one in reading.skipped] == ["menstruation flow record", "exercise session record"]


def test_a_damaged_database_is_refused_with_a_way_out():
    data = phone([("weight_record_table", (1, b"\1", None, NIGHT, 0, 1.0))])
    source = SourceFile("health_connect_export.db", data=data[:4096])
    with pytest.raises(UnreadableSourceError) as refused:
        HEALTH_CONNECT.read(source, NoProgress())
    assert refused.value.next_step


def test_a_view_in_the_place_of_a_table_is_not_run():
    database = sqlite3.connect(":memory:")
    database.execute("create table one (weight_record_table)")
    database.execute("create view weight_record_table as select 1 as time, 0 as zone_offset, 1 as weight")
    database.commit()
    source = SourceFile("health_connect.db", data=database.serialize())
    reading = HEALTH_CONNECT.read(source, NoProgress())
    assert (reading.drafts, len(reading.skipped)) == ([], 1)
