"""What is new: what the last import brought, what changed since the last visit that took place."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.record.glance import glance
from organizer.store import change_log
from organizer.store.change_log import Add

DAY = date(2026, 7, 1)


@pytest.fixture
def ann(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].person


def add(record, *made):
    return change_log.apply(record, "made", [Add(entry) for entry in made])


def visit(ann, day, status="completed"):
    return Entry("Encounter", f"Visit {day}", person=ann, happened=PartialDate(day), status=status)


def imported(record, ann, folder, name="results.csv"):
    (folder / name).write_text(f"Date,Test,Result,Unit\n2026-06-20,Sodium,140,mmol/L\n2026-06-20,{name},4,mmol/L\n")
    plan = importing.plan_import(record, [folder / name], ann, NoProgress())
    return importing.accept_import(record, plan, NoProgress())


def test_what_the_last_import_brought_is_told_by_kind_until_it_is_undone(record, ann, tmp_path):
    assert glance(record, ann, DAY).recent.is_empty
    imported(record, ann, tmp_path)
    add(record, Entry("Condition", "Gout", person=ann))
    assert "2 test results" in glance(record, ann, DAY).recent.brought
    change_log.undo(record)
    assert "2 test results" in glance(record, ann, DAY).recent.brought
    change_log.undo(record)
    assert glance(record, ann, DAY).recent.is_empty


def test_what_was_brought_for_another_person_is_not_news_of_this_one(record, ann, tmp_path):
    ben = entries.many(record, add(record, Entry("Patient", "Ben Example")).entries)[0].person
    imported(record, ben, tmp_path)
    assert glance(record, ann, DAY).recent.brought == ""
    assert glance(record, ben, DAY).recent.brought != ""


def test_medicines_diagnoses_and_results_since_the_last_visit_are_named(record, ann):
    add(
        record, visit(ann, "2026-03-01"), visit(ann, "2026-05-04"), visit(ann, "2026-06-30", "planned"),
        visit(ann, "2026-08-01", "planned"),
        Entry("MedicationStatement", "Metformin", person=ann, happened=PartialDate("2026-05-10"), status="active"),
        Entry("MedicationStatement", "Aspirin", person=ann, happened=PartialDate("2024-05-10"), status="active"),
        Entry("Condition", "Gout", person=ann, happened=PartialDate("2026-06-02"), status="active"),
        Entry("Observation", "Sodium", person=ann, happened=PartialDate("2026-06-02"), value=140.0, value_text="140"),
        Entry("Observation", "Iron", person=ann, happened=PartialDate("2026-05-04"), value=9.0, value_text="9"),
    )  # fmt: skip
    recent = glance(record, ann, DAY).recent
    assert recent.visit.title == "Visit 2026-05-04"
    assert [(entry.title, says) for entry, says in recent.changes] == [("Metformin", "started"), ("Gout", "new")]
    assert recent.results == "1 measure has a newer result: Sodium"


@pytest.mark.parametrize(("day", "known"), [("2026-06-30", True), ("2026-07-01", False), ("2026-06", False)])
def test_a_visit_counts_from_the_day_after_and_only_with_its_day(record, ann, day, known):
    add(record, visit(ann, day))
    assert (glance(record, ann, DAY).recent.visit is not None) is known
