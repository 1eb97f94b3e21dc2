"""What a result without a code measures: by name, specimen and unit, where these leave one thing."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.health.course.measures import measure_of
from organizer.health.named_code import code_by_name
from organizer.health.series import series_of
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry


@pytest.mark.parametrize(
    ("key", "units", "code"),
    [
        ("title:Ácido úrico", ["mg/dL", "µmol/L"], "http://loinc.org|3084-1"),
        ("title:Hämoglobin", ["mmol/l", "g/dl"], "http://loinc.org|718-7"),
        ("title:Energy", ["{score}"], "title:Energy"),
        ("title:Ácido úrico", [""], "title:Ácido úrico"),
        ("http://lab.example|17", ["mg/dL"], "http://lab.example|17"),
    ],
)
def test_a_name_means_a_code_where_its_units_leave_one(key, units, code):
    assert code_by_name(MeasureKey(key), units) == code


def result(day, value, unit):
    return Entry(
        "Observation", "Ácido úrico", id=day, happened=PartialDate(day), value=value, value_text=str(value), unit=unit,
        status="final",
    )  # fmt: skip


def test_a_table_of_ones_own_is_told_in_one_unit_and_with_the_published_figures():
    results = [result("2026-01-10", 9.1, "mg/dL"), result("2026-03-15", 380.0, "µmol/L")]
    series = series_of(MeasureKey("title:Ácido úrico"), results, "mg/dL")
    assert series.key == "title:Ácido úrico"
    assert series.other_units == ()
    # 168.11 g/mol: 380 µmol/L are 6.39 mg/dL
    assert [(point.when, round(point.value, 2)) for point in series.points] == [
        (date(2026, 1, 10), 9.1),
        (date(2026, 3, 15), 6.39),
    ]
    assert measure_of(series).name == "Urate"
