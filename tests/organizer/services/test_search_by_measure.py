"""The results of one measure are one line of what is found, with the latest value and how many there are."""

import pytest

from organizer.services.entries import entries
from organizer.services.entries.search import Hit, MeasureHit, Wanted, search_by_measure
from organizer.services.record import people
from tests.made_records import opened_copy


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


def add(record, title, value, day, kind="Observation"):
    person = people.people(record)[0].person
    entries.add(record, kind, person, {"title": title, "value_text": value, "happened": day, "unit": "U/L"})


def found(record, text, limit=40):
    return search_by_measure(record, text, Wanted(people.people(record)[0].person), limit)


def test_many_results_are_one_line_with_the_latest(record):
    for month in range(1, 13):
        add(record, "Lipase", str(30 + month), f"2025-{month:02}-05")
    entries.add(record, "Condition", people.people(record)[0].person, {"title": "Raised lipase"})
    lines = found(record, "lipase")
    assert [type(line) for line in lines].count(MeasureHit) == 1
    measure = next(line for line in lines if isinstance(line, MeasureHit))
    assert (measure.latest.value_text, measure.count) == ("42", 12)
    assert [line.title for line in lines if isinstance(line, Hit)] == ["Raised lipase"]


@pytest.mark.parametrize(("times", "kind"), [(1, Hit), (2, MeasureHit)])
def test_a_single_result_stands_for_itself(record, times, kind):
    for month in range(1, times + 1):
        add(record, "Lipase", "40", f"2025-{month:02}-05")
    assert [type(line) for line in found(record, "lipase")] == [kind]


def test_results_of_one_measure_leave_room_for_other_things(record):
    for month in range(1, 13):
        add(record, "Lipase", str(30 + month), f"2025-{month:02}-05")
    for number in range(3):
        entries.add(record, "Procedure", people.people(record)[0].person, {"title": f"Lipase test {number}"})
    assert len(found(record, "lipase", limit=4)) == 4
    assert len(found(record, "lipase", limit=3)) == 3
