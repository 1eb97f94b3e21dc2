"""Data files as people really have them: what each must and must not become. Every file again adds nothing."""

import json

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.run import accept, make_plan
from organizer.store import change_log
from organizer.store import entries as reading
from tests.made_records import opened_copy
from tests.organizer.importing.test_matching import DATA

CASES = DATA / "cases_records"
JUDGED = sorted(folder.parent.name for folder in CASES.glob("*/expected.json"))
LAID_ASIDE = {"p01"}
"""A report as PDF is proposed to the person and not entered; tests of lab_reports read it."""
BEFORE = {"a02": ("a01", "export-home.xml")}


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record("Ada Example"), tmp_path) as made:
        yield made


def bring(record, path):
    plan = make_plan(record, [path], "", NoProgress())
    accept(record, plan, NoProgress())
    return plan


def entries(record):
    return reading.find(record, reading.Query())


def holds(entry, told):
    """Whether an entry is as a case tells it; times in whatever zone they are kept."""
    seen = {
        "kind": entry.kind, "title": entry.title, "value": entry.value, "unit": entry.unit, "status": entry.status,
        "comparator": entry.comparator, "value_text": entry.value_text,
        "happened": entry.happened.text if entry.happened else None,
        "interpretation": entry.text("interpretation"), "person": "RECORD",
    }  # fmt: skip
    return all(seen[name] == value for name, value in told.items())


@pytest.mark.parametrize("case", [name for name in JUDGED if name not in LAID_ASIDE])
def test_a_file_becomes_what_it_says_or_is_asked_about(record, case):
    expected = json.loads((CASES / case / "expected.json").read_text("utf-8"))
    if case in BEFORE:
        bring(record, CASES.joinpath(*BEFORE[case]))
    plan = bring(record, CASES / case / expected["input"])
    held = entries(record)
    assert [told for told in expected["must_not_hold"] if any(holds(entry, told) for entry in held)] == []
    missing = [told for told in expected["must_hold"] if not any(holds(entry, told) for entry in held)]
    if missing and expected["a_question_or_a_named_refusal_is_also_right"]:
        assert plan.held or any(file.skipped or file.warnings for file in plan.files)
    else:
        assert missing == []


@pytest.mark.parametrize("case", sorted(folder.name for folder in CASES.iterdir()))
def test_the_same_files_again_add_nothing_and_undone_they_leave_nothing(record, case):
    files = [path for path in sorted((CASES / case).iterdir()) if path.name != "expected.json"]
    before = {entry.id: entry for entry in entries(record)}
    plan = make_plan(record, files, "", NoProgress())
    accept(record, plan, NoProgress())
    again = make_plan(record, files, "", NoProgress())
    assert [item.entry.title for item in again.items() if item.writes] == []
    if change_log.next_undo(record) is not None:
        change_log.undo(record)
    assert {entry.id: entry for entry in entries(record)} == before
