"""What a page asks is answered from an index: nothing is scanned, nothing is sorted out of all that there is."""

import pytest

from organizer.base.dates import PartialDate
from organizer.model.entry import Coding, Entry
from organizer.services.entries import entries as asking
from organizer.services.entries.entries import Query
from organizer.services.follow import measures
from organizer.services.record import people
from organizer.store import change_log, originals, search
from organizer.store import entries as reading
from organizer.store.change_log import Add, Remove, Replace
from organizer.store.search import Wanted
from tests.made_records import opened_copy

CODED = (Coding("http://loinc.org", "2160-0"),)
CREATININE = Entry("Observation", codes=CODED).measure
EVENTS = ("Condition", "DiagnosticReport", "Encounter", "DocumentReference")
PANEL = [{"title": name, "value": value, "value_text": str(value)} for name, value in (("Upper", 120), ("Lower", 80))]


@pytest.fixture(scope="module")
def record(blank_record, tmp_path_factory):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("entries")) as made:
        yield made


@pytest.fixture(scope="module")
def person(record):
    return people.chosen_person(record).id


def result(person, day, value, **more):
    told = {"person": person, "codes": CODED, "happened": PartialDate(day), "value": value, "value_text": str(value)}
    return Entry("Observation", "Creatinine", **(told | more))


QUESTIONS = {
    "a measure's last results": lambda record, person: measures.latest(record, person, CREATININE, 60),
    "a measure's course": lambda record, person: measures.series(record, person, "2160-0"),
    "the list of measures": lambda record, person: measures.measures(record, person),
    "counts by kind": lambda record, person: asking.counts(record, person),
    "the latest results": lambda record, person: asking.first(record, Query(("Observation",), person), 1),
    "the latest events": lambda record, person: asking.first(record, Query(EVENTS, person), 1),
    "the latest of the diary": lambda record, person: reading.find(
        record, Query(("Observation",), person, diary=True, limit=60)
    ),
    "how long the diary is": lambda record, person: reading.count(record, Query(("Observation",), person, diary=True)),
    "a search": lambda record, person: search.search(record, "creat", Wanted(person, since="2019")),
    "a mistyped search": lambda record, person: search.search(record, "kreatinin"),
    "what was read from a file": lambda record, person: reading.from_original(record, "0" * 64, person, 60),
    "a person's files": lambda record, person: originals.all_originals(record, person),
    "what would be undone": lambda record, person: change_log.next_undo(record),
    "an entry's history": lambda record, person: change_log.revisions(record, person),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_page_reads_all_entries_to_show_a_few(record, person, question):
    change_log.apply(record, "some", [Add(result(person, f"20{n}", n)) for n in range(10, 20)])
    asked = []
    record.conn.set_trace_callback(asked.append)
    try:
        QUESTIONS[question](record, person)
    finally:
        record.conn.set_trace_callback(None)
    assert asked
    scanned = ("SCAN entry", "SCAN source", "SCAN change", "SCAN part", "SCAN wording ", "SCAN piece")
    for sql in (one for one in asked if not one.startswith("--")):  # these are the full-text index's own
        steps = plan(record, sql)
        assert not [step for step in steps if f"{step} ".startswith(scanned)], sql
        if "diary" in question and "count" in sql:
            assert any("entry_diary" in step for step in steps), sql
        if question.startswith("the latest") and " LIMIT " in sql:
            assert "USE TEMP B-TREE FOR ORDER BY" not in steps, sql


def plan(record, sql):
    return [step[3] for step in record.conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]


def test_counts_follow_every_change_and_its_undo(record, person):
    def counted():
        told = {one.code: one.count for one in measures.measures(record, person)}
        slowly = {}
        for entry in reading.find(record, Query(person=person)):
            slowly[entry.kind] = slowly.get(entry.kind, 0) + 1
        assert asking.counts(record, person) == slowly
        return told.get("2160-0", 0), told.get("title:Upper", 0)

    start = counted()
    panel = Entry("Observation", "Pressure", person=person, data={"components": PANEL})
    change_log.apply(record, "add", [Add(result(person, "2021", 7)), Add(panel)])
    assert counted() == (start[0] + 1, start[1] + 1)
    wrong = reading.series(record, person, CREATININE)[-1].having(status="entered-in-error")
    change_log.apply(record, "strike", [Replace(wrong)])
    assert counted() == (start[0], start[1] + 1)
    change_log.apply(record, "remove", [Remove(reading.series(record, person, "title:Upper")[0].id)])
    assert counted() == start
    for _n in range(3):
        change_log.undo(record)
    assert counted() == start
    for _n in range(3):
        change_log.redo(record)
    assert counted() == start


def test_a_measure_is_told_by_its_latest_result(record, person):
    change_log.apply(
        record, "two", [Add(result(person, "2031", 7, unit="mg/dL")), Add(result(person, "2030", 80, unit="umol/L"))]
    )
    [told] = [one for one in measures.measures(record, person) if one.code == "2160-0"]
    assert (told.unit, told.last) == ("mg/dL", "2031")


def test_an_entry_keeps_its_place_when_it_is_changed(record, person):
    change_log.apply(
        record, "two", [Add(Entry("Task", "First", person=person)), Add(Entry("Task", "Then", person=person))]
    )
    first = reading.find(record, Query(("Task",), order="created"))[0]
    change_log.apply(record, "change", [Replace(first.having(status="completed"))])
    assert [one.title for one in reading.find(record, Query(("Task",), order="created"))] == ["First", "Then"]
    assert [one.label for one in change_log.revisions(record, first.id)] == ["change", "two"]
