"""Two copies of a record are joined: nothing is lost, twice is once, and undo brings back what was."""

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organizer.base.dates import PartialDate
from organizer.base.errors import LockedSourceError
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry, Link
from organizer.services.bring_in import importing
from organizer.services.bring_in.importing import Answers
from organizer.services.entries import conflicts, documents
from organizer.services.record import backups, history, records, sample
from organizer.store import change_log, entries, originals
from organizer.store.change_log import Add, Remove, Replace
from organizer.store.entries import Query
from tests.made_records import PASSPHRASE, opened_copy

PAPER = Path(sample.__file__).parents[3] / "resources" / "sample" / "kidney-biopsy-report.pdf"


@pytest.fixture
def copies(blank_record, tmp_path):
    """Two open copies of one record, with a weight and a question in it."""
    with two_copies(blank_record(), tmp_path) as both:
        yield both


@contextmanager
def two_copies(blank, folder):
    with opened_copy(blank, folder / "start") as record:
        start(record)
    with opened_copy(record.path, folder / "first") as first, opened_copy(record.path, folder / "second") as second:
        yield first, second


def start(record):
    person = whose(record)
    add(record, Entry("Observation", "Weight", person=person, happened=PartialDate("2026-01-02"), value=70.0,
                      value_text="70", unit="kg"))  # fmt: skip
    add(record, Entry("Question", "May I travel?", person=person))


def whose(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].id


def add(record, entry):
    return change_log.apply(record, "Added", [Add(entry)]).entries[0]


def change(record, entry_id, **changes):
    change_log.apply(record, "Changed", [Replace(replace(entries.get(record, entry_id), **changes))])


def titled(record, title):
    return [one for one in entries.find(record, Query()) if one.title == title]


def state(record):
    """All that a record says, whatever its order."""
    return {
        one.id: replace(one, sources=tuple(sorted(one.sources, key=str)), links=tuple(sorted(one.links, key=str)))
        for one in entries.find(record, Query())
    }


def answers(path, secret=PASSPHRASE):
    return Answers(secrets={hashlib.sha256(path.read_bytes()).hexdigest(): secret})


def planned(record, other, folder, secret=PASSPHRASE):
    path = folder / f"of {len(list(folder.iterdir()))}.casebook-backup"
    backups.make(other, path, NoProgress())
    return importing.plan_import(record, [path], "", NoProgress(), answers(path, secret))


def join(record, other, folder):
    plan = planned(record, other, folder)
    assert [file.error for file in plan.files] == [None]
    if any(item.writes for item in plan.items()):
        importing.accept_import(record, plan, NoProgress())
    return plan


def test_what_only_the_other_copy_has_comes_in_with_its_id_and_twice_is_once(copies, tmp_path):
    first, second = copies
    question = add(second, Entry("Question", "And swim?", person=whose(second)))
    change(second, question, links=(Link("about", titled(second, "Weight")[0].id),))
    before = state(first)
    plan = join(first, second, tmp_path)
    assert plan.total("new") == {"Question": 1}
    assert entries.get(first, question) == entries.get(second, question)
    assert not any(item.writes for item in join(first, second, tmp_path).items())
    history.undo(first)
    assert state(first) == before


def test_the_newer_of_two_states_wins_in_either_direction(copies, tmp_path):
    first, second = copies
    weight = titled(first, "Weight")[0].id
    change(second, weight, value=71.0, value_text="71")
    assert join(first, second, tmp_path).total("updated") == {"Observation": 1}
    assert entries.get(first, weight).value == 71.0
    change(first, weight, value=72.0, value_text="72")
    assert not any(item.writes for item in join(first, second, tmp_path).items())
    join(second, first, tmp_path)
    assert state(first) == state(second)


def test_what_both_changed_is_kept_twice_and_shown_and_settled_once_for_both(copies, tmp_path):
    first, second = copies
    weight = titled(first, "Weight")[0].id
    change(first, weight, value=71.0, value_text="71")
    change(second, weight, value=72.0, value_text="72")
    plan = join(first, second, tmp_path)
    assert [item.verdict for item in plan.items() if item.entry.title == "Weight"] == ["conflict"]
    assert {one.value for one in titled(first, "Weight")} == {71.0, 72.0}
    open_ = conflicts.unsettled(first, whose(first))
    assert len(open_) == 1
    join(second, first, tmp_path)
    assert state(first) == state(second)
    conflicts.settle(first, conflicts.unsettled(first, whose(first))[0], "second")
    join(second, first, tmp_path)
    assert state(first) == state(second)
    assert conflicts.unsettled(second, whose(second)) == []


def test_what_the_other_copy_removed_stays_and_is_said(copies, tmp_path):
    first, second = copies
    question = titled(second, "May I travel?")[0].id
    change_log.apply(second, "Removed", [Remove(question)])
    plan = join(first, second, tmp_path)
    assert any("deleted in the other copy" in one for one in plan.files[0].warnings)
    assert entries.get(first, question).title == "May I travel?"


def test_documents_come_along_and_the_backup_itself_is_no_document(copies, tmp_path):
    first, second = copies
    importing.accept_import(second, importing.plan_import(second, [PAPER], "", NoProgress()), NoProgress())
    plan = join(first, second, tmp_path)
    assert sum(plan.total("new").values()) > 0
    (paper,) = originals.all_originals(first)
    assert documents.original(first, paper.sha256) == PAPER.read_bytes()
    assert entries.from_original(first, paper.sha256)
    assert state(first) == state(second)


def test_what_both_imported_from_one_file_is_one(copies, tmp_path):
    first, second = copies
    for record in (second, first):
        importing.accept_import(record, importing.plan_import(record, [PAPER], "", NoProgress()), NoProgress())
    before = state(first)
    assert not join(first, second, tmp_path).total("new")
    assert state(first) == before


def test_a_locked_backup_says_so_and_a_slip_of_the_finger_loses_nothing(copies, tmp_path, blank_record):
    first, second = copies
    add(second, Entry("Question", "And swim?", person=whose(second)))
    for secret in ("", "not the passphrase", "0000-0000"):
        plan = planned(first, second, tmp_path, secret)
        (file,) = plan.files
        assert file.locked
        assert isinstance(file.error, LockedSourceError)
        assert file.format == "Casebook backup"
    again = importing.plan_again(first, plan, "", NoProgress(), Answers(secrets={file.source.sha256: PASSPHRASE}))
    assert not again.files[0].locked
    assert again.total("new") == {"Question": 1}
    assert PASSPHRASE not in repr(Answers(secrets={"": PASSPHRASE}))


def test_nothing_of_the_other_copy_is_left_beside_the_record(copies, tmp_path):
    first, second = copies
    planned(first, second, tmp_path)
    planned(first, second, tmp_path, "not the passphrase")
    assert not list(first.path.glob("*.part"))
    leftover = first.path / "other-copy.0123.part"
    leftover.mkdir()
    (leftover / "record.db").write_bytes(b"encrypted")
    records.close(first)
    records.close(records.open_record(first.path, PASSPHRASE))
    assert not leftover.exists()


def test_a_damaged_backup_is_refused_and_nothing_of_it_is_offered(copies, tmp_path):
    first, second = copies
    path = tmp_path / "damaged.casebook-backup"
    backups.make(second, path, NoProgress())
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    plan = importing.plan_import(first, [path], "", NoProgress(), answers(path))
    assert "damaged" in plan.files[0].error.message
    assert not list(plan.items())
    path.write_bytes(data[: len(data) // 2])
    assert "damaged" in importing.plan_import(first, [path], "", NoProgress(), answers(path)).files[0].error.message


def test_somebody_whom_only_the_other_copy_knows_is_asked_about(copies, tmp_path):
    first, second = copies
    other = add(second, Entry("Patient", "Ben Example"))
    add(second, Entry("Question", "Whose is this?", person=other))
    plan = join(first, second, tmp_path)
    assert [one.name for one in plan.unsettled] == ["Ben Example"]
    assert entries.get(first, other).title == "Ben Example"
    assert state(first) == state(second)


def told(found):
    return {(one.title, one.value, one.tags) for one in found}


EDIT = st.tuples(
    st.booleans(), st.sampled_from(["add", "change", "tag", "undo"]), st.integers(0, 5), st.integers(60, 64)
)


def edit(record, what, place, number):
    found = [one for one in entries.find(record, Query(order="created")) if one.kind != "Patient"]
    if what == "add" or (what != "undo" and not found):
        add(record, Entry("Observation", f"Pulse {place}", person=whose(record), value=float(number),
                          value_text=str(number)))  # fmt: skip
    elif what == "undo":
        if history.next_undo(record) in ("Added", "Changed", "Removed"):
            history.undo(record)
    else:
        value = {"value": float(number), "value_text": str(number)}
        changes = value if what == "change" else {"data": {"tags": [str(number)]}}
        change(record, found[place % len(found)].id, **changes)


@given(st.lists(EDIT, max_size=8))
@settings(max_examples=8)
def test_joined_both_ways_two_copies_say_the_same(tmp_path_factory, blank_record, edits):
    folder = tmp_path_factory.mktemp("joined")
    with two_copies(blank_record(), folder) as (first, second):
        for at_first, *what in edits:
            edit(first if at_first else second, *what)
        before, other = state(first), state(second)
        join(first, second, folder)
        joined = state(first)
        assert before.keys() | other.keys() <= joined.keys()
        for mine, elsewhere in ((before, second), (other, first)):  # each state is there, or the other side changed it
            changed = [one for states in change_log.former_states(elsewhere).values() for one in states]
            assert told(mine.values()) <= told([*joined.values(), *changed])
        assert not any(item.writes for item in join(first, second, folder).items())
        join(second, first, folder)
        assert state(second) == state(first) == joined
        assert not any(item.writes for item in join(first, second, folder).items())
        if joined != before:
            history.undo(first)
            assert state(first) == before
