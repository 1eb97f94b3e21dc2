"""An entry of the wrong person is given to the one whose it is, with what belongs to it; undo gives it back."""

import pytest

from organizer.base.dates import PartialDate
from organizer.base.errors import InvalidEntryError, NotFoundError
from organizer.model.entry import Entry, Link
from organizer.model.ids import PersonId
from organizer.model.links import Role
from organizer.services.entries import entries, moving
from organizer.services.entries.entries import Query
from organizer.store import change_log
from organizer.store.change_log import Add


def add(record, *made):
    return entries.many(record, change_log.apply(record, "made", [Add(entry) for entry in made]).entries)


def titles(record, person):
    kinds = ("Condition", "DiagnosticReport", "Observation", "CarePlan", "Goal")
    return sorted(entry.title for entry in entries.find(record, Query(kinds=kinds, person=person)))


@pytest.fixture
def rosa(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].person


@pytest.fixture
def miguel(record):
    return add(record, Entry("Patient", "Miguel Delgado"))[0].person


def test_an_entry_is_moved_and_undo_gives_it_back(record, rosa, miguel):
    [gout] = add(record, Entry("Condition", "Gout", person=rosa, happened=PartialDate("2026-01-02")))
    done = moving.move(record, [gout.id], miguel)
    assert done.label == "Moved “Gout” to Miguel Delgado"
    assert (titles(record, rosa), titles(record, miguel)) == ([], ["Gout"])
    change_log.undo(record)
    assert (titles(record, rosa), titles(record, miguel)) == (["Gout"], [])


def test_a_report_takes_its_results_along(record, rosa, miguel):
    results = add(record, *(Entry("Observation", name, person=rosa) for name in ("Sodium", "Potassium")))
    links = tuple(Link(Role.RESULT, result.id) for result in results)
    [report] = add(record, Entry("DiagnosticReport", "Panel", person=rosa, links=links))
    add(record, Entry("Observation", "Glucose", person=rosa))
    assert moving.move(record, [report.id], miguel).label == "Moved 3 entries to Miguel Delgado"
    assert titles(record, miguel) == ["Panel", "Potassium", "Sodium"]
    assert titles(record, rosa) == ["Glucose"]
    [moved] = entries.many(record, [report.id])
    assert moved.targets(Role.RESULT) == report.targets(Role.RESULT)


def test_nothing_of_one_person_leads_to_the_other_afterwards(record, rosa, miguel):
    [gout, goal] = add(record, Entry("Condition", "Gout", person=rosa), Entry("Goal", "Urate below 6", person=rosa))
    links = (Link(Role.TREATS, gout.id), Link(Role.GOAL, goal.id))
    [plan] = add(record, Entry("CarePlan", "Allopurinol", person=rosa, links=links))
    moving.move(record, [gout.id], miguel)
    [stayed] = entries.many(record, [plan.id])
    assert (stayed.person, stayed.targets(Role.TREATS), stayed.targets(Role.GOAL)) == (rosa, (), (goal.id,))
    change_log.undo(record)
    assert entries.many(record, [plan.id])[0].targets(Role.TREATS) == (gout.id,)


def test_a_person_is_not_moved_and_nothing_goes_to_what_is_no_person(record, rosa, miguel):
    [gout] = add(record, Entry("Condition", "Gout", person=rosa))
    with pytest.raises(InvalidEntryError):
        moving.move(record, [rosa], miguel)
    with pytest.raises(InvalidEntryError):
        moving.move(record, [gout.id], PersonId(gout.id))
    with pytest.raises(NotFoundError):
        moving.move(record, [gout.id], PersonId("nobody"))
    assert titles(record, rosa) == ["Gout"]
