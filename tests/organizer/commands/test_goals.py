"""`casebook goal`: a goal is compared with a measure of the record, whatever somebody calls it."""

import shutil

import pytest


@pytest.fixture
def measured(run, blank_record, tmp_path):
    """A record with results of two measures."""
    record = shutil.copytree(blank_record(), tmp_path / "Ann.casebook")
    for title, value, unit in (("HbA1c", "7.4", "%"), ("Body weight", "92", "kg")):
        run(
            "add", record, "Observation", f"title={title}", f"value_text={value}", f"unit={unit}", "happened=2026-03-02"
        )
    return record


@pytest.mark.parametrize("said", ["hba1c", "A1c"])
def test_what_is_measured_is_chosen_from_the_record_by_any_of_its_names(run, measured, said):
    target = ("--at-most", "7", "--since", "2026-03-01", "--by", "2026-12-01")
    told = run("goal", measured, "Better sugar", "--measure", said, *target, "--json")
    assert told.code == 0
    assert told.json["measure"] == "HbA1c"
    [plan] = run("check", measured, "--as-of", "2026-04-01", "--json").json["plans"]
    assert plan["goal"] == "Better sugar"
    assert "at most 7 % by 1 Dec 2026" in plan["sentence"]


def test_what_nobody_measured_is_refused_with_what_was(run, measured):
    told = run("goal", measured, "Less pain", "--measure", "Pain", "--at-most", "3")
    assert told.code == 1
    assert "HbA1c, Body weight" in told.said or "Body weight, HbA1c" in told.said


def test_a_goal_in_words_needs_no_measure(run, measured):
    assert run("goal", measured, "Climb the stairs").code == 0
    [plan] = run("check", measured, "--json").json["plans"]
    assert plan["label"] == "Goal in words"


def test_a_number_that_is_none_is_refused(run, measured):
    assert run("goal", measured, "Better sugar", "--measure", "A1c", "--at-most", "seven").code == 1
