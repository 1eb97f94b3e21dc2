"""A file that was read whole before isn't read again, as long as all that it gave is in the record."""

import json

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core import known_files
from organizer.importing.core.answers import Answers
from organizer.importing.core.planner import Planner
from organizer.importing.core.run import accept, make_plan
from organizer.store import change_log, entries
from organizer.store.entries import Query
from tests.made_records import opened_copy


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record("Ada Example"), tmp_path) as opened:
        yield opened


def bundle(folder, name, *resources):
    told = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    path = folder / name
    path.write_text(json.dumps(told))
    return path


def glucose(number, value=5):
    return {
        "resourceType": "Observation", "id": f"o{number}", "status": "final", "code": {"text": f"Glucose {number}"},
        "effectiveDateTime": "2024-01-01", "valueQuantity": {"value": value, "unit": "mmol/L"},
    }  # fmt: skip


def plan_of(record, *paths, person=""):
    return make_plan(record, list(paths), person, NoProgress())


def brought(record, *paths):
    plan = plan_of(record, *paths)
    accept(record, plan, NoProgress())
    return plan


@pytest.fixture
def reads(monkeypatch):
    """The names of the files that were read."""
    names = []
    read = Planner.read

    def watched(self, source, error, progress):
        names.append(source.name)
        return read(self, source, error, progress)

    monkeypatch.setattr(Planner, "read", watched)
    return names


def test_the_same_file_again_is_known_without_being_read(record, tmp_path, reads):
    path = bundle(tmp_path, "a.json", glucose(1), glucose(2))
    brought(record, path)
    copy = path.rename(tmp_path / "another name.json")
    reads.clear()
    again = plan_of(record, copy)
    assert reads == []
    assert (again.total("known"), again.total("new")) == ({"Observation": 2}, {})
    assert (again.files[0].read, again.files[0].format, again.files[0].file) == (2, "FHIR R4", "another name.json")
    accept(record, again, NoProgress())
    assert len(entries.find(record, Query(kinds=("Observation",)))) == 2


def test_what_was_undone_or_deleted_comes_in_again(record, tmp_path, reads):
    path = bundle(tmp_path, "a.json", glucose(1), glucose(2))
    brought(record, path)
    change_log.undo(record)
    assert brought(record, path).total("new") == {"Observation": 2}
    first = entries.find(record, Query(kinds=("Observation",)))[0]
    change_log.apply(record, "Deleted", [change_log.Remove(first.id)])
    reads.clear()
    again = plan_of(record, path)
    assert reads == ["a.json"]
    assert again.total("new") == {"Observation": 1}


def test_a_file_beside_it_that_is_new_has_both_read(record, tmp_path, reads):
    known = bundle(tmp_path, "a.json", glucose(1))
    brought(record, known)
    reads.clear()
    plan_of(record, known, bundle(tmp_path, "b.json", glucose(2)))
    assert sorted(reads) == ["a.json", "b.json"]


def test_what_left_something_out_is_read_again_and_says_so_again(record, tmp_path, reads):
    path = bundle(tmp_path, "a.json", glucose(1), {"resourceType": "Claim", "id": "c"})
    brought(record, path)
    reads.clear()
    assert len(plan_of(record, path).files[0].skipped) == 1
    assert reads == ["a.json"]


def test_another_reader_or_another_person_reads_again(record, tmp_path, reads, monkeypatch):
    path = bundle(tmp_path, "a.json", glucose(1))
    brought(record, path)
    [ada] = entries.find(record, Query(kinds=("Patient",)))
    reads.clear()
    plan_of(record, path, person=ada.id)
    assert reads == ["a.json"]
    monkeypatch.setattr(known_files, "_READERS", known_files._READERS + 1)
    plan_of(record, path)
    assert reads == ["a.json", "a.json"]


def test_what_is_to_be_said_more_about_is_read(record, tmp_path, reads):
    path = bundle(tmp_path, "a.json", glucose(1))
    brought(record, path)
    reads.clear()
    make_plan(record, [path], "", NoProgress(), anew=True)
    assert reads == ["a.json"]


def test_the_window_says_whose_unnamed_things_are_and_knows_the_file_all_the_same(record, tmp_path, reads):
    path = bundle(tmp_path, "a.json", glucose(1))
    [ada] = entries.find(record, Query(kinds=("Patient",)))
    answers = Answers(unnamed=ada.id)
    accept(record, make_plan(record, [path], "", NoProgress(), answers), NoProgress())
    reads.clear()
    again = make_plan(record, [path], "", NoProgress(), answers)
    assert (reads, again.total("known")) == ([], {"Observation": 1})
