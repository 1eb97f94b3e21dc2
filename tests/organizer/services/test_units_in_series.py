"""Units and codes of one measure in its series and its verdict: what means the same joins, nothing else does."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.model.entry import Coding, Entry
from organizer.services.entries import entries
from organizer.services.follow import measures
from organizer.store import change_log
from organizer.store.change_log import Add
from tests.organizer.services.own_goals import own_goals

LOINC = "http://loinc.org"


@pytest.fixture
def ann(record):
    return entries.find(record, entries.Query(kinds=("Patient",)))[0].id


def result(person, code, day, value, unit):
    return Entry(
        "Observation", "Measured", person=person, codes=(Coding(LOINC, code),), happened=PartialDate(day), value=value,
        value_text=str(value), unit=unit, status="final", data={"category": "laboratory"},
    )  # fmt: skip


def goal(person, code, unit, low=None, high=None, due="2026-04-15"):
    data = {"measure": "Measured", "target_low": low, "target_high": high, "due": due}
    data = {name: value for name, value in data.items() if value is not None}
    codes = (Coding(LOINC, code),)
    since = PartialDate("2026-01-02")
    return Entry("Goal", "Goal", person=person, codes=codes, unit=unit, happened=since, status="active", data=data)


def add(record, *made):
    change_log.apply(record, "made", [Add(one) for one in made])


def report(record, person, day):
    record.set_meta("as_of", day)
    (found,) = own_goals(record, person, date.fromisoformat(day))
    return found


@pytest.mark.parametrize("unit", ["", "1", "{ratio}", "INR"])
def test_the_newest_inr_counts_whatever_stands_for_its_unit(record, ann, unit):
    old = [("2026-01-01", 2.5), ("2026-02-01", 2.4), ("2026-03-01", 2.6)]
    add(record, *(result(ann, "6301-6", day, value, "{INR}") for day, value in old))
    add(record, result(ann, "6301-6", "2026-04-10", 9.0, unit), goal(ann, "6301-6", "{INR}", 2.0, 3.0))
    series = measures.series(record, ann, f"{LOINC}|6301-6")
    assert [point.value for point in series.points] == [2.5, 2.4, 2.6, 9.0]
    assert series.other_units == ()
    found = report(record, ann, "2026-04-20")
    assert found.check.verdict != "met"
    assert "9" in found.check.sentence


@pytest.mark.parametrize("unit", ["", "{INR}"])
def test_a_goal_of_an_inr_needs_no_unit(record, ann, unit):
    days = [("2026-01-01", 2.5), ("2026-02-01", 2.4), ("2026-03-01", 2.6)]
    add(record, *(result(ann, "6301-6", day, value, "{INR}") for day, value in days))
    add(record, goal(ann, "6301-6", unit, 2.0, 3.0))
    assert "no result from before the start" not in report(record, ann, "2026-03-05").check.sentence


@pytest.mark.parametrize(
    ("unit", "goals"), [("mU/L", "m[IU]/L"), ("µIU/mL", "mU/L"), ("m[IU]/L", "mIU/L"), ("uU/mL", "m[IU]/L")]
)
def test_thyrotropin_in_units_is_in_international_units(record, ann, unit, goals):
    days = [("2026-01-01", 12.0), ("2026-02-01", 9.0), ("2026-03-20", 8.8)]
    add(record, *(result(ann, "11580-8", day, value, unit) for day, value in days))
    add(record, goal(ann, "3016-3", goals, 0.4, 4.0))
    found = report(record, ann, "2026-03-25")
    assert "no result from before the start" not in found.check.sentence
    assert "12" in found.check.sentence


@pytest.mark.parametrize(
    ("codes", "unit"),
    [
        (("62238-1", "98979-8", "33914-3"), "mL/min/{1.73_m2}"), (("2345-7", "2339-0", "41653-7"), "mg/dL"),
        (("6690-2", "26464-8", "804-5"), "10*3/uL"), (("777-3", "26515-7", "777-3"), "K/uL"),
        (("3016-3", "11579-0", "11580-8"), "mIU/L"), (("6301-6", "34714-6", "46418-0"), "{INR}"),
    ],
)  # fmt: skip
def test_results_under_sibling_codes_are_one_series(record, ann, codes, unit):
    days = ("2026-01-01", "2026-02-01", "2026-03-01")
    values = (50.0, 51.0, 52.0)
    add(record, *(result(ann, *measured, unit) for measured in zip(codes, days, values, strict=True)))
    for code in codes:
        series = measures.series(record, ann, f"{LOINC}|{code}")
        assert [point.value for point in series.points] == [50.0, 51.0, 52.0]
    assert len(measures.measures(record, ann)) == 1


def test_a_molar_ratio_of_albumin_and_creatinine_is_not_taken_for_a_ratio_of_masses(record, ann):
    add(record, result(ann, "9318-7", "2026-01-01", 300.0, "mg/g"), result(ann, "9318-7", "2026-02-01", 280.0, "mg/g"))
    add(record, result(ann, "14585-4", "2026-03-01", 0.55, "mmol/mol"), goal(ann, "9318-7", "mg/g", high=210.0))
    series = measures.series(record, ann, f"{LOINC}|9318-7", "mg/g")
    assert [round(point.value) for point in series.points] == [300, 280, 323]
    assert report(record, ann, "2026-03-05").check.verdict != "met"


def test_a_rate_that_isnt_for_a_surface_stays_out_by_name(record, ann):
    add(record, *(result(ann, "62238-1", f"2026-0{n}-01", 60.0 - n, "mL/min/{1.73_m2}") for n in (1, 2, 3)))
    add(record, result(ann, "62238-1", "2026-04-01", 24.0, "mL/min"))
    add(record, goal(ann, "62238-1", "mL/min/{1.73_m2}", low=45.0))
    series = measures.series(record, ann, f"{LOINC}|62238-1", "mL/min/{1.73_m2}")
    assert [point.value for point in series.points] == [59.0, 58.0, 57.0]
    found = report(record, ann, "2026-04-20")
    assert found.check.verdict == "not-enough-data"
    assert "24" in found.check.sentence


def test_millimetres_of_mercury_are_known_however_they_are_spelt(record, ann):
    days = [("2026-01-01", 158.0), ("2026-02-10", 140.0), ("2026-04-10", 127.0)]
    add(record, *(result(ann, "8480-6", day, value, "mm[Hg]") for day, value in days))
    add(record, goal(ann, "8480-6", "mmHg", high=130.0))
    assert "Nothing is published" not in report(record, ann, "2026-04-12").check.sentence
