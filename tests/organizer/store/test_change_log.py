"""Whatever was done, undoing all of it gives the start again and redoing all of it the end, also after a restart."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.base.errors import NothingToUndoError
from organizer.model.entry import Entry, Link, Source
from organizer.services.record import records
from organizer.store import bulk, change_log, entries, originals, search
from organizer.store.change_log import Add, Remove, Replace
from organizer.store.entries import Query
from organizer.store.rows import to_json
from tests.made_records import PASSPHRASE

KINDS_OF_STEP = st.sampled_from(["add", "change", "remove", "link", "undo", "redo"])
STEPS = st.lists(st.tuples(KINDS_OF_STEP, st.integers(0, 9), st.text(max_size=9)), max_size=12)


@pytest.fixture(scope="module")
def folder(blank_record, tmp_path_factory):
    return shutil.copytree(blank_record(), tmp_path_factory.mktemp("log") / "Ann.casebook")


def everything(record):
    return {entry.id: entry for entry in entries.find(record, Query())}


def take(record, step, number, text):
    """One step on one of the entries there are; steps that have nothing to act on do nothing."""
    there = [entry for entry in everything(record).values() if entry.kind != "Patient"]
    chosen = there[number % len(there)] if there else None
    try:
        if step == "undo":
            change_log.undo(record)
        elif step == "redo":
            change_log.redo(record)
        elif step == "add":
            change_log.apply(record, "add", [Add(Entry("Condition", text, data={"note": text}))] * (number % 3 + 1))
        elif chosen and step == "change":
            change_log.apply(record, "change", [Replace(chosen.having(title=text, status="resolved"))])
        elif chosen and step == "link":
            change_log.apply(record, "link", [Replace(chosen.having(links=(Link("rests-on", there[0].id),)))])
        elif chosen:
            change_log.apply(record, "remove", [Remove(chosen.id)])
    except NothingToUndoError:
        pass


def all_the_way(record, step):
    while True:
        try:
            step(record)
        except NothingToUndoError:
            return everything(record)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_undo_all_is_the_start_and_redo_all_the_end(folder, steps):
    record = records.open_record(folder, PASSPHRASE)
    try:
        for step in steps:
            take(record, *step)
        change_log.apply(record, "last", [Add(Entry("Condition", "The last"))])  # nothing is left to redo
        end = everything(record)
        start = all_the_way(record, change_log.undo)
        assert start == {}
        assert search.search(record, "last") == []
        records.close(record)
        record = records.open_record(folder, PASSPHRASE)
        assert all_the_way(record, change_log.redo) == end
        assert [hit.title for hit in search.search(record, "the last")][:1] == ["The last"]
    finally:
        records.close(record)


def test_what_is_undone_and_then_overtaken_cannot_be_redone(folder):
    record = records.open_record(folder, PASSPHRASE)
    change_log.apply(record, "one", [Add(Entry("Condition", "One"))])
    change_log.undo(record)
    change_log.apply(record, "two", [Add(Entry("Condition", "Two"))])
    assert change_log.next_redo(record) is None
    with pytest.raises(NothingToUndoError):
        change_log.redo(record)
    records.close(record)


def indexes(record):
    return sorted(record.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))


def test_a_big_import_taken_as_it_comes_is_whole_with_its_indexes(folder, monkeypatch):
    monkeypatch.setattr(bulk, "BIG", 10)
    monkeypatch.setattr(change_log, "BATCH", 7)
    record = records.open_record(folder, PASSPHRASE)
    there, before = indexes(record), everything(record)
    told = [Entry("Condition", f"Many {n}", id=f"many-{n}", person="p") for n in range(200 + len(before))]
    edits = [Add(one) for one in told] + [Replace(told[3].having(title="Changed")), Remove("many-4")]
    changes = change_log.apply(record, "many", iter([*edits, Add(Entry("Task", "After"))]))
    assert changes.kinds == {"Condition": len(told) + 2, "Task": 1}
    assert indexes(record) == there
    assert len(everything(record)) == len(before) + len(told)
    assert [hit.title for hit in search.search(record, "changed")] == ["Changed"]
    assert record.damaged_pages() == []
    change_log.undo(record)
    assert everything(record) == before
    change_log.redo(record)
    assert len(everything(record)) == len(before) + len(told)
    change_log.undo(record)
    records.close(record)


def test_what_an_operation_itself_added_has_no_state_from_before_it(folder, monkeypatch):
    monkeypatch.setattr(change_log, "BATCH", 2)
    record = records.open_record(folder, PASSPHRASE)
    there = everything(record)
    added = [Entry("Condition", name, id=name, person="p") for name in ("first", "second")]
    edits = [*map(Add, added), Replace(added[0].having(title="First, changed")), Remove("second")]
    change_log.apply(record, "both", edits)
    latest = "SELECT count(*) FROM change WHERE operation = (SELECT max(number) FROM operation)"
    assert record.rows(latest) == [(0,)]
    change_log.undo(record)
    assert everything(record) == there
    change_log.redo(record)
    assert everything(record)["first"].title == "First, changed"
    change_log.undo(record)
    records.close(record)


def test_a_big_import_that_is_stopped_leaves_record_and_indexes_as_they_were(folder, monkeypatch):
    monkeypatch.setattr(bulk, "BIG", 10)
    monkeypatch.setattr(change_log, "BATCH", 7)
    record = records.open_record(folder, PASSPHRASE)
    there, before = indexes(record), everything(record)

    def stop(done):
        if done > 100 + len(before):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change_log.apply(record, "half", (Add(Entry("Condition", f"{n}")) for n in range(500 + len(before))), stop)
    assert indexes(record) == there
    assert everything(record) == before
    records.close(record)


def test_a_failing_edit_leaves_nothing_of_its_operation(folder):
    record = records.open_record(folder, PASSPHRASE)
    before, steps = everything(record), len(change_log.history(record))

    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change_log.apply(record, "half", [Add(Entry("Condition", f"{n}")) for n in range(5000)], stop)
    assert everything(record) == before
    assert len(change_log.history(record)) == steps
    records.close(record)


def test_what_was_added_comes_back_with_its_place_sources_links_and_words(folder):
    record = records.open_record(folder, PASSPHRASE)
    document = originals.put(record, b"a letter", "letter.txt", "text/plain")
    sources = (Source(document, "page=2", "lab#7", "2", recorded_by="Ann", recorded_at="2026-01-02"), Source())
    first = Entry("Condition", "Shingles", id="first", person="p", sources=sources, data={"note": "left side"})
    second = Entry("Procedure", "Biopsy", id="second", person="p", links=(Link("because-of", "first"),))
    change_log.apply(record, "two", [Add(first), Add(second)])
    end, numbers = everything(record), record.rows("SELECT id, number FROM entry")
    change_log.undo(record)
    assert not {"first", "second"} & set(everything(record))
    assert search.search(record, "shingles") == []
    change_log.redo(record)
    assert everything(record) == end
    assert record.rows("SELECT id, number FROM entry") == numbers
    assert [hit.id for hit in search.search(record, "left side")] == ["first"]
    assert nothing_is_aside(record)
    change_log.undo(record)
    records.close(record)


def nothing_is_aside(record):
    tables = ("undone_entry", "undone_source", "undone_link")
    return not any(record.rows(f"SELECT 1 FROM {table}") for table in tables)


def test_what_is_undone_and_then_overtaken_is_let_go_of(folder):
    record = records.open_record(folder, PASSPHRASE)
    change_log.apply(record, "one", [Add(Entry("Condition", "One", sources=(Source(locator="row 1"),)))])
    change_log.undo(record)
    assert not nothing_is_aside(record)
    change_log.apply(record, "two", [Add(Entry("Condition", "Two"))])
    assert nothing_is_aside(record)
    change_log.undo(record)
    records.close(record)


def test_of_several_undone_steps_each_is_brought_back_by_itself(folder):
    record = records.open_record(folder, PASSPHRASE)
    states = [everything(record)]
    for name in ("one", "two", "three"):
        change_log.apply(record, name, [Add(Entry("Condition", f"{name} {n}")) for n in range(3)])
        states.append(everything(record))
    for state in states[-2::-1]:
        change_log.undo(record)
        assert everything(record) == state
    for state in states[1:]:
        change_log.redo(record)
        assert everything(record) == state
    assert nothing_is_aside(record)
    for _step in range(3):
        change_log.undo(record)
    records.close(record)


def test_what_a_step_removed_and_added_again_under_its_id_is_undone_and_redone(folder, monkeypatch):
    monkeypatch.setattr(change_log, "BATCH", 1)
    record = records.open_record(folder, PASSPHRASE)
    change_log.apply(record, "before", [Add(Entry("Condition", "Old", id="same", person="p"))])
    before = everything(record)
    change_log.apply(record, "anew", [Remove("same"), Add(Entry("Condition", "New", id="same", person="p"))])
    after = everything(record)
    for _turn in range(2):
        change_log.undo(record)
        assert everything(record) == before
        change_log.redo(record)
        assert everything(record) == after
    change_log.undo(record)
    change_log.undo(record)
    records.close(record)


def test_what_an_older_casebook_undid_is_redone_and_undone_again(folder):
    """It wrote what an operation had added into the log, whole, when it was undone."""
    record = records.open_record(folder, PASSPHRASE)
    start = everything(record)
    change_log.apply(record, "one", [Add(Entry("Condition", f"Old {n}", id=f"old-{n}", person="p")) for n in range(3)])
    end = everything(record)
    numbers = dict(record.rows("SELECT id, number FROM entry"))
    change_log.undo(record)
    with record.write():
        (operation,) = record.conn.execute("SELECT max(number) FROM operation").fetchone()
        record.conn.execute("DELETE FROM undone_entry")
        record.conn.executemany(
            "INSERT INTO change VALUES (?, ?, ?, ?)",
            [(operation, name, to_json(end[name]), numbers[name]) for name in ("old-0", "old-1", "old-2")],
        )
    for _turn in range(2):
        change_log.redo(record)
        assert everything(record) == end
        assert dict(record.rows("SELECT id, number FROM entry")) == numbers
        change_log.undo(record)
        assert everything(record) == start
    records.close(record)
