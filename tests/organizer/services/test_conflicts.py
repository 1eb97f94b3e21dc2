"""Two hospitals that contradict each other: seen, settled by the person, taken back."""

import pytest

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import conflicts, entries
from organizer.services.entries.entries import Query
from organizer.services.follow import measures
from organizer.services.record import history, people
from tests.made_records import opened_copy


@pytest.fixture(scope="module")
def two_hospitals(blank_record, tmp_path_factory, checkout):
    """A closed record that holds the files of both."""
    with opened_copy(blank_record("Elena Marsh"), tmp_path_factory.mktemp("two")) as made:
        for name in ("northfield-ccd.xml", "st-annes-fhir-bundle.json"):
            bring(made, checkout / "resources/sample" / name)
    return made.path


@pytest.fixture
def record(two_hospitals, tmp_path):
    with opened_copy(two_hospitals, tmp_path) as made:
        yield made


def bring(record, path):
    plan = importing.plan_import(record, [path], "", NoProgress())
    if any(item.writes for item in plan.items()):
        importing.accept_import(record, plan, NoProgress())
    return plan


def whose(record):
    return people.people(record)[0].id


def open_ones(record):
    return conflicts.unsettled(record, whose(record))


def values(record, conflict):
    return [point.text for point in measures.series(record, whose(record), conflict.first.code).points]


def test_a_conflict_names_what_each_source_says(record):
    (first, *_more) = open_ones(record)
    assert first.first.title == first.second.title or first.first.code == first.second.code
    assert all(one != other for _label, one, other in first.differs)
    assert first.differs


@pytest.mark.parametrize("keep", ["first", "second"])
def test_what_is_set_aside_is_kept_but_no_fact(record, keep):
    conflict = next(one for one in open_ones(record) if one.first.kind == "Observation")
    both = values(record, conflict)
    before = len(open_ones(record))
    conflicts.settle(record, conflict, keep)
    kept, aside = (conflict.first, conflict.second) if keep == "first" else (conflict.second, conflict.first)
    assert len(open_ones(record)) == before - 1
    assert entries.get(record, aside.id).struck
    assert not entries.get(record, kept.id).struck
    assert len(values(record, conflict)) == len(both) - 1
    history.undo(record)
    assert len(open_ones(record)) == before
    assert values(record, conflict) == both


def test_both_may_be_right(record):
    conflict = open_ones(record)[0]
    conflicts.settle(record, conflict, "both")
    assert conflict.second.id not in [one.second.id for one in open_ones(record)]
    assert not entries.get(record, conflict.first.id).struck
    assert not entries.get(record, conflict.second.id).struck


def test_the_same_file_again_does_not_ask_again(record, checkout):
    for conflict in open_ones(record):
        conflicts.settle(record, conflict, "first")
    count = entries.count(record, Query())
    for name in ("northfield-ccd.xml", "st-annes-fhir-bundle.json"):
        plan = bring(record, checkout / "resources/sample" / name)
        assert not any(item.writes for item in plan.items())
    assert entries.count(record, Query()) == count
    assert open_ones(record) == []
