"""Readings of a device come in as days, each with all of them; what a person measures stays a result each."""

import pytest

from organizer.base.dates import PartialDate
from organizer.importing.core.format import Draft
from organizer.importing.formats._dense_days import MOST_A_DAY, gathered
from organizer.model.entry import Entry, Source
from tests.organizer.importing.formats.test_apple_health import read as read_phone
from tests.organizer.importing.formats.test_tables import read as read_table


def clock(number):
    return f"{number // 60:02}:{number % 60:02}"


def readings(count, day="2026-02-01", first=300, title="Glucose", **data):
    times = [f"{day}T{clock(first + 5 * number)}" for number in range(count)]
    return [
        Draft(
            Entry(
                "Observation",
                title,
                happened=PartialDate(time),
                value=100.0 + number,
                value_text=str(100 + number),
                unit="mg/dL",
                data=data,
                sources=(Source(locator=f"row={number}"),),
            )
        )
        for number, time in enumerate(times)
    ]


@pytest.mark.parametrize(("count", "entries"), [(MOST_A_DAY, MOST_A_DAY), (MOST_A_DAY + 1, 1)])
def test_more_than_one_an_hour_are_a_devices_and_become_a_day(count, entries):
    drafts = gathered(readings(count))
    assert len(drafts) == entries
    assert sum(draft.stands_for for draft in drafts) == count


def test_a_day_holds_every_reading_with_its_time_and_says_lowest_highest_and_mean():
    (draft,) = gathered(readings(30))
    entry = draft.entry
    assert entry.happened == PartialDate("2026-02-01")
    assert entry.text("samples").splitlines() == [f"{clock(300 + 5 * number)} {100 + number}" for number in range(30)]
    assert entry.value == 114.5
    assert [(part["title"], part["value"]) for part in entry.data["components"]] == [("Lowest", 100), ("Highest", 129)]
    assert "30 readings" in entry.text("method")
    assert entry.sources[0].locator == "row=0"


def test_all_days_of_a_device_are_days_and_other_results_stay_where_they_stand():
    sodium = readings(1, title="Sodium", range_text="135–145")
    drafts = gathered([*sodium, *readings(30), *readings(2, day="2026-02-02"), *readings(3, title="Weight")])
    told = [(draft.entry.title, str(draft.entry.happened.text)) for draft in drafts]
    assert told[:3] == [("Sodium", "2026-02-01T05:00"), ("Glucose", "2026-02-01"), ("Glucose", "2026-02-02")]
    assert [title for title, _when in told[3:]] == ["Weight"] * 3


@pytest.mark.parametrize("more", [{"range_text": "70–180"}, {"interpretation": "H"}, {"note": "after a meal"}])
def test_what_says_more_than_a_value_stays_a_result_of_its_own(more):
    assert len(gathered([*readings(30), *readings(2, **more)])) == 3


def test_a_reading_without_a_number_or_beyond_the_device_stays_too():
    beyond = readings(1)[0]
    low = Draft(beyond.entry.having(value=40.0, value_text="<40", comparator="<"))
    high = Draft(beyond.entry.having(value=None, value_text="High"))
    assert len(gathered([*readings(30), low, high])) == 3


def test_one_reading_of_a_day_without_a_time_is_that_of_midnight_and_two_are_not():
    timeless = readings(1)[0].entry.having(happened=PartialDate("2026-02-01"))
    (day,) = gathered([Draft(timeless), *readings(30)])
    assert day.entry.text("samples").splitlines()[0] == "00:00 100"
    assert day.stands_for == 31
    assert len(gathered([Draft(timeless), Draft(timeless), *readings(30)])) == 3


def test_readings_of_two_people_or_two_devices_are_two_days():
    ann = [Draft(draft.entry, patient_name="Ann") for draft in readings(30)]
    bea = [Draft(draft.entry, patient_name="Bea") for draft in readings(30)]
    assert [draft.patient_name for draft in gathered([*ann, *bea])] == ["Ann", "Bea"]
    assert len(gathered([*readings(30, performer="A"), *readings(30, performer="B")])) == 2


def test_a_plain_table_of_a_sensor_is_days_and_all_of_its_rows_are_accounted_for():
    rows = "".join(f"2026-02-0{1 + n // 288},{clock(n % 288 * 5)},{100 + n % 80}\n" for n in range(2 * 288))
    reading = read_table("Date,Time,Glucose (mg/dL)\n" + rows)
    assert [(draft.entry.happened.text, draft.stands_for) for draft in reading.drafts] == [
        ("2026-02-01", 288),
        ("2026-02-02", 288),
    ]
    assert reading.drafts[1].entry.text("samples").splitlines()[0] == "00:00:00 148"
    assert reading.skipped == []


def test_glucose_that_a_sensor_told_the_phone_is_days_that_a_later_export_knows_again():
    record = (
        '<Record type="HKQuantityTypeIdentifierBloodGlucose" sourceName="Sensor" unit="mg/dL" '
        'creationDate="{at}" startDate="{at}" endDate="{at}" value="{value}"/>'
    )
    told = [record.format(at=f"2026-02-01 {clock(5 * n)}:00 +0100", value=100 + n) for n in range(30)]
    (few,), (more,) = read_phone(*told[:25]).drafts, read_phone(*told).drafts
    assert (few.stands_for, more.stands_for) == (25, 30)
    assert few.identifier == more.identifier != ""
    assert len(read_phone(*told[:24]).drafts) == 24
