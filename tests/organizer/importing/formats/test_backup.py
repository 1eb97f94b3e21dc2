"""Two people keep copies of one record and write in both: a backup of the one joins the other, and nothing is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizer.base.errors import LockedSourceError
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry, Link
from organizer.model.links import Role
from organizer.services.bring_in import importing
from organizer.services.bring_in.importing import Answers, ImportPlan
from organizer.services.entries import entries
from organizer.services.record import backups, history, people, records
from organizer.services.record.records import Record
from organizer.store import change_log, originals
from organizer.store.entries import Query
from tests.made_records import PASSPHRASE

QUIET = NoProgress()
TITLES = ("Lupus", "Asthma", "Fatigue")


@pytest.fixture(scope="module")
def started(blank_record, checkout, tmp_path_factory) -> Path:
    """A closed record with a hospital's file and three diagnoses that somebody typed in."""
    folder = tmp_path_factory.mktemp("started") / "Ann.casebook"
    record = records.open_record(shutil.copytree(blank_record(), folder), PASSPHRASE)
    whose = people.people(record)[0].id
    plan = importing.plan_import(record, [checkout / "resources/sample/northfield-ccd.xml"], whose, QUIET)
    importing.accept_import(record, plan, QUIET)
    for title in TITLES:
        entries.add(record, "Condition", whose, {"title": title})
    records.close(record)
    return folder


@pytest.fixture
def copies(started, tmp_path) -> Iterator[tuple[Record, Record]]:
    opened = [
        records.open_record(shutil.copytree(started, tmp_path / name / "Ann.casebook"), PASSPHRASE)
        for name in ("here", "there")
    ]
    yield opened[0], opened[1]
    for one in opened:
        records.close(one)


def look(here: Record, there: Record, folder: Path, secret: str = PASSPHRASE) -> ImportPlan:
    """What a backup of `there`, made now, would bring."""
    file = folder / f"there{backups.SUFFIX}"
    file.unlink(missing_ok=True)
    backups.make(there, file, QUIET)
    plan = importing.plan_import(here, [file], "", QUIET)
    assert plan.files[0].locked
    secrets = {plan.files[0].source.sha256: secret}
    return importing.plan_again(here, plan, "", QUIET, Answers(secrets=secrets))


def join(here: Record, there: Record, folder: Path) -> ImportPlan:
    plan = look(here, there, folder)
    assert plan.files[0].error is None
    importing.accept_import(here, plan, QUIET)
    return plan


def all_of(record: Record) -> list[Entry]:
    return entries.find(record, Query(order="created"))


def named(record: Record, title: str) -> list[Entry]:
    return [entry for entry in all_of(record) if entry.title == title]


def written(plan: ImportPlan) -> list[str]:
    return [item.entry.title for item in plan.items() if item.writes]


def test_it_is_locked_until_its_passphrase_or_recovery_code_is_given(copies, tmp_path):
    here, there = copies
    refused = look(here, there, tmp_path, "another passphrase").files[0]
    assert refused.locked
    assert isinstance(refused.error, LockedSourceError)
    assert "Neither" in refused.error.message
    code = records.new_recovery_code(there)
    plan = look(here, there, tmp_path, code)
    assert not plan.files[0].locked
    assert PASSPHRASE not in repr(plan) + repr(Answers(secrets={"a": PASSPHRASE}))


def test_an_untouched_copy_brings_nothing(copies, tmp_path):
    here, there = copies
    plan = look(here, there, tmp_path)
    assert written(plan) == []
    assert plan.files[0].count("known") != {}


def test_what_came_there_comes_in_with_its_document_and_its_links(copies, tmp_path, checkout):
    here, there = copies
    whose = people.people(there)[0].id
    letter = tmp_path / "letter.txt"
    letter.write_text("Seen in the clinic on 2026-02-03.")
    importing.accept_import(there, importing.plan_import(there, [letter], whose, QUIET), QUIET)
    lupus = named(there, "Lupus")[0]
    entries.add(there, "Condition", whose, {"title": "Nephritis"}, [Link("part-of", lupus.id)])
    join(here, there, tmp_path)
    [document] = named(here, "letter")
    assert originals.read(here, document.sources[0].document) == letter.read_bytes()
    assert document == named(there, "letter")[0]
    assert named(here, "Nephritis")[0].targets("part-of") == (lupus.id,)
    kept = [one.name for one in originals.all_originals(here)]
    assert not any(name.endswith(backups.SUFFIX) for name in kept)


def test_who_changed_an_entry_alone_is_right(copies, tmp_path):
    here, there = copies
    entries.edit(there, named(there, "Lupus")[0].id, {"title": "Lupus nephritis"})
    entries.edit(here, named(here, "Asthma")[0].id, {"title": "Asthma, mild"})
    plan = join(here, there, tmp_path)
    assert written(plan) == ["Lupus nephritis"]
    assert named(here, "Lupus nephritis") == named(there, "Lupus nephritis")
    assert [entry.title for entry in all_of(here) if entry.title.startswith("Asthma")] == ["Asthma, mild"]


def test_what_both_changed_is_kept_twice_and_shown(copies, tmp_path):
    here, there = copies
    lupus = named(here, "Lupus")[0].id
    entries.edit(here, lupus, {"title": "Lupus, mild"})
    entries.edit(there, lupus, {"title": "Lupus, severe"})
    plan = join(here, there, tmp_path)
    assert plan.files[0].conflicts == 1
    [theirs] = named(here, "Lupus, severe")
    assert theirs.targets(Role.CONFLICTS_WITH) == (lupus,)
    assert entries.get(here, lupus).title == "Lupus, mild"
    assert written(look(here, there, tmp_path)) == []
    assert sorted(written(join(there, here, tmp_path))) == ["Lupus, mild", "Lupus, severe"]
    assert len(named(there, "Lupus, severe")) == 1


def test_what_was_deleted_here_stays_away_and_what_was_deleted_there_stays(copies, tmp_path):
    here, there = copies
    entries.remove(here, [named(here, "Lupus")[0].id])
    entries.remove(there, [named(there, "Asthma")[0].id])
    plan = join(here, there, tmp_path)
    assert named(here, "Lupus") == []
    assert [one.where for one in plan.files[0].skipped] == ["Lupus"]
    assert len(named(here, "Asthma")) == 1
    assert any("deleted in the other copy" in warning for warning in plan.files[0].warnings)


def test_two_records_of_one_person_that_never_were_one_join_too(blank_record, started, tmp_path):
    here = records.open_record(shutil.copytree(started, tmp_path / "here" / "Ann.casebook"), PASSPHRASE)
    there = records.open_record(shutil.copytree(blank_record("Ann Example "), tmp_path / "A.casebook"), PASSPHRASE)
    entries.add(there, "Condition", people.people(there)[0].id, {"title": "Migraine"})
    plan = look(here, there, tmp_path)
    whose = people.people(here)[0]
    answers = Answers(
        secrets={plan.files[0].source.sha256: PASSPHRASE}, people={one.key: whose.id for one in plan.people}
    )
    importing.accept_import(here, importing.plan_again(here, plan, "", QUIET, answers), QUIET)
    assert named(here, "Migraine")[0].person == whose.id
    for one in (here, there):
        records.close(one)


def test_a_changed_report_whose_result_was_deleted_here_comes_in_once(copies, tmp_path):
    here, there = copies
    whose = people.people(there)[0].id
    result = entries.add(there, "Observation", whose, {"title": "Lipase", "value_text": "41"}).entries[0]
    report = entries.add(there, "DiagnosticReport", whose, {"title": "Panel"}, [Link("result", result)])
    join(here, there, tmp_path)
    entries.remove(here, [named(here, "Lipase")[0].id])
    entries.edit(there, report.entries[0], {"title": "Panel, corrected"})
    assert written(join(here, there, tmp_path)) == ["Panel, corrected"]
    assert written(look(here, there, tmp_path)) == []


STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "edit", "remove", "undo")), st.integers(0, 30)), min_size=1, max_size=6
)


def edit(record: Record, steps: list[tuple[str, int]], who: str) -> None:
    for number, (what, place) in enumerate(steps):
        present = [entry for entry in all_of(record) if entry.kind != "Patient"]
        one = present[place % len(present)]
        if what == "add":
            entries.add(record, "Condition", one.person, {"title": f"{who} {number} {place}"})
        elif what == "edit":
            entries.edit(record, one.id, {"title": f"{who} changed {number}"})
        elif what == "remove":
            entries.remove(record, [one.id])
        elif number:
            history.undo(record)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(here_steps=STEPS, there_steps=STEPS)
def test_whatever_both_wrote_nothing_is_lost_and_twice_brings_nothing(
    started, tmp_path_factory, here_steps, there_steps
):
    folder = tmp_path_factory.mktemp("joined")
    here, there = (
        records.open_record(shutil.copytree(started, folder / name / "Ann.casebook"), PASSPHRASE)
        for name in ("here", "there")
    )
    edit(here, here_steps, "here")
    edit(there, there_steps, "there")
    before, theirs = {one.id: one for one in all_of(here)}, {one.id: one for one in all_of(there)}
    gone = set(change_log.former_states(here)) - set(before)
    plan = join(here, there, folder)
    after = {one.id: one for one in all_of(here)}
    assert set(after) >= set(before) | (set(theirs) - gone)
    titles = {one.title for one in after.values()}
    changed_there = {name for name, states in change_log.former_states(there).items() if before.get(name) in states}
    for one in before.values():
        assert after[one.id] == one or (one.id in changed_there and after[one.id].title == theirs[one.id].title)
    known_before = change_log.former_states(here)
    for one in theirs.values():
        older = any(state.title == one.title for state in known_before.get(one.id, ()))
        assert one.title in titles or one.id in gone or older
    assert written(look(here, there, folder)) == []
    if any(item.writes for item in plan.items()):
        history.undo(here)
        assert {one.id: one for one in all_of(here)} == before
    for one in (here, there):
        records.close(one)
