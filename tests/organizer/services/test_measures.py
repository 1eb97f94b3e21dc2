"""A series has one unit: what another laboratory prints otherwise is converted where that is certain, and says so."""

import pytest

from organizer.base.dates import PartialDate
from organizer.health import printed
from organizer.model.codes import LOINC, MeasureKey
from organizer.model.entry import Coding, Entry
from organizer.services.follow import measures
from organizer.store import change_log


def measured(record, *told):
    """Entries of (LOINC code, day, value as printed, unit), one a day."""
    edits = [
        change_log.Add(
            Entry(
                "Observation", "Measure", codes=(Coding("http://loinc.org", code),), happened=PartialDate(day),
                value=float(text), value_text=text, unit=unit, status="final", data={"range_high": 100.0},
            )
        )
        for code, day, text, unit in told
    ]  # fmt: skip
    change_log.apply(record, "Added", edits)


def texts(series):
    return [(point.text, point.printed) for point in series.points]


def test_glucose_by_mass_and_by_amount_is_one_series_and_the_printed_value_is_kept(record):
    measured(
        record,
        ("14749-6", "2025-01-01", "7.0", "mmol/L"),
        ("2345-7", "2025-06-01", "120", "mg/dL"),
        ("2345-7", "2026-01-01", "118", "mg/dl"),
    )
    found = measures.series(record, "", "2345-7")
    assert texts(found) == [("126", "7.0 mmol/L"), ("120", ""), ("118", "")]
    assert found.unit == "mg/dl"
    assert found.other_units == ()
    assert found.points[0].range.high == pytest.approx(1801.6)
    assert printed.value(found.points[0], found.unit) == "7.0 mmol/L (126 mg/dl)"
    assert [(one.code, one.count, one.unit) for one in measures.measures(record, "")] == [("2345-7", 3, "mg/dl")]


def test_several_series_read_at_once_are_those_read_one_by_one(record):
    measured(
        record,
        ("14749-6", "2025-01-01", "7.0", "mmol/L"),
        ("2345-7", "2025-06-01", "120", "mg/dL"),
        ("777-3", "2025-01-01", "250", "K/uL"),
        ("777-3", "2024-01-01", "260", "10*9/L"),
    )
    goal = Entry("Goal", "Platelets above 200", data={"measure": "Platelets"}, codes=(Coding(LOINC, "777-3"),))
    change_log.apply(record, "Added", [change_log.Add(goal)])
    keys = [MeasureKey(f"{LOINC}|{code}") for code in ("777-3", "2345-7", "1751-7")]
    together = list(measures.every_series(record, "", keys))
    assert together == [measures.series(record, "", key) for key in keys]
    assert [len(series.points) for series in together] == [2, 2, 0]


def test_two_ways_to_print_one_unit_are_one_series(record):
    measured(record, ("777-3", "2025-01-01", "250", "K/uL"), ("777-3", "2026-01-01", "260", "10*9/L"))
    assert texts(measures.series(record, "", "777-3")) == [("250", ""), ("260", "")]


def test_what_cannot_be_converted_stays_out_and_is_named(record):
    measured(record, ("1751-7", "2025-01-01", "600", "umol/L"), ("1751-7", "2026-01-01", "41", "g/L"))
    found = measures.series(record, "", "1751-7")
    assert texts(found) == [("41", "")]
    assert [(entry.value_text, entry.unit) for entry in found.other_units] == [("600", "umol/L")]


def test_the_latest_results_are_those_of_all_codes_that_measure_the_same(record):
    measured(
        record,
        ("2345-7", "2025-01-01", "120", "mg/dL"),
        ("2345-7", "2025-02-01", "118", "mg/dL"),
        ("14749-6", "2026-01-01", "7.0", "mmol/L"),
    )
    found = measures.latest(record, "", MeasureKey(f"{LOINC}|2345-7"), 2)
    assert [entry.value_text for entry in found] == ["118", "7.0"]


@pytest.mark.parametrize(
    ("data", "codes", "aims"),
    [
        ({"measure": "HbA1c"}, (), True),
        ({"measure": "A1c"}, (), True),
        ({"measure": "Hemoglobin"}, (), False),
        ({}, (Coding(LOINC, "4548-4"),), True),
        ({"measure": "HbA1c"}, (Coding("http://snomed.info/sct", "43396009"),), True),
        ({"measure": "HbA1c"}, (Coding(LOINC, "718-7"),), False),
    ],
)
def test_a_goal_is_drawn_where_its_measure_is_meant_by_whatever_name(data, codes, aims):
    goal = Entry("Goal", "Aim", codes=codes, data=data)
    assert measures.aims_at(goal, MeasureKey("http://loinc.org|4548-4")) is aims
