"""Tags: one operation for many entries, found again, out and back, kept when the source sends a newer version."""

import json

import pytest

from organizer.base.errors import InvalidEntryError
from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import entries, search, tags
from organizer.services.entries.entries import Query
from organizer.services.record import exporting, history
from tests.made_records import opened_copy


@pytest.fixture
def ann(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].id


@pytest.fixture
def visits(record, ann):
    for day in (1, 2, 3):
        entries.add(record, "Encounter", ann, {"title": f"Visit {day}", "happened": f"2026-03-0{day}"})
    return [one.id for one in entries.find(record, Query(kinds=("Encounter",), order="happened"))]


def tagged(record):
    return {one.title: one.tags for one in entries.find(record, Query(kinds=("Encounter",), order="happened"))}


def test_many_are_tagged_at_once_and_one_undo_takes_it_back(record, ann, visits):
    told = tags.change(record, visits[:2], ["  Ask   about this "])
    assert told.label == "Tagged 2 entries"
    assert tagged(record) == {"Visit 1": ("Ask about this",), "Visit 2": ("Ask about this",), "Visit 3": ()}
    assert tags.known(record, ann) == [("Ask about this", 2)]
    history.undo(record)
    assert not any(tagged(record).values())
    assert tags.known(record, ann) == []


def test_a_tag_is_the_same_in_any_case_and_others_stay(record, visits):
    tags.change(record, visits[:1], ["Kidney"])
    assert tags.change(record, visits[:1], ["kidney"]).label == ""
    tags.change(record, visits, ["trial"], ["KIDNEY"])
    assert set(tagged(record).values()) == {("trial",)}


@pytest.mark.parametrize("tag", ["", " – ", "x" * 61])
def test_what_is_no_tag_is_refused(record, visits, tag):
    with pytest.raises(InvalidEntryError):
        tags.change(record, visits, [tag])
    assert not any(tagged(record).values())


def test_search_and_the_tables_filter_find_it(record, ann, visits):
    tags.change(record, visits[1:2], ["Größe 100%"])
    assert [one.title for one in search.search(record, "größe", search.Wanted(ann), 10)] == ["Visit 2"]
    for text in ("größe 100%", "100%"):
        found = entries.find(record, Query(person=ann, text=text.replace("größe", "Größe")))
        assert [one.title for one in found] == ["Visit 2"]
    assert [one.title for one in entries.find(record, Query(person=ann, text="visit 2"))] == ["Visit 2"]
    assert not entries.find(record, Query(person=ann, text='"'))


def test_they_go_out_and_come_back(record, ann, visits, blank_record, tmp_path):
    tags.change(record, visits[:1], ["trial", "ask"])
    exporting.export(record, "fhir", tmp_path / "out.json", "", NoProgress())
    with opened_copy(blank_record("Ben Other"), tmp_path) as other:
        plan = importing.plan_import(other, [tmp_path / "out.json"], "", NoProgress())
        importing.accept_import(other, plan, NoProgress())
        assert tagged(other)["Visit 1"] == ("trial", "ask")


def test_a_newer_version_from_the_source_leaves_them(record, ann, tmp_path):
    def brought(version, status):
        note = {
            "resourceType": "Encounter", "id": "e1", "status": status, "class": {"code": "AMB"},
            "meta": {"versionId": version}, "type": [{"text": "Visit"}], "period": {"start": "2026-03-01"},
        }  # fmt: skip
        path = tmp_path / f"{version}.json"
        path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": note}]}))
        answers = importing.Answers(unnamed=ann)
        plan = importing.plan_import(record, [path], "", NoProgress(), answers)
        return importing.accept_import(record, plan, NoProgress())

    brought("1", "in-progress")
    (visit,) = entries.find(record, Query(kinds=("Encounter",)))
    tags.change(record, [visit.id], ["ask"])
    brought("2", "finished")
    (visit,) = entries.find(record, Query(kinds=("Encounter",)))
    assert (visit.status, visit.tags) == ("finished", ("ask",))


def test_a_tag_has_sixty_letters_at_most():
    assert tags.plain("x" * 60) == "x" * 60
    with pytest.raises(InvalidEntryError):
        tags.plain("x" * 61)
