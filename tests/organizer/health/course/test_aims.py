"""A goal as numbers, and the series that it is about."""

import pytest

from organizer.health.course import Goal
from organizer.health.course.aims import key_named, key_of, target
from organizer.health.series import same_measure
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry


def goal(title="Goal", **data):
    return Entry("Goal", title, data=data)


@pytest.mark.parametrize(
    ("change", "direction", "aim"), [(-0.5, "down", 19.9), (0, "up", 20.0), (0.5, "up", 20.1), (-50, "down", 10.0)]
)
def test_a_change_in_percent_is_taken_from_the_start(change, direction, aim):
    found = target(goal(target_change=change, baseline=20.0))
    assert (found.direction, round(found.target, 6), found.baseline) == (direction, aim, 20.0)


@pytest.mark.parametrize(
    ("words", "strict"), [("<7 %", True), ("< 7 %", True), ("<=7 %", False), ("≤ 7 %", False), ("7 %", False)]
)
def test_a_target_in_words_says_whether_its_own_number_meets_it(words, strict):
    assert target(goal(target_high=7.0, target_text=words)) == Goal("down", 7.0, None, strict)


def test_ends_in_the_wrong_order_are_the_same_range():
    assert target(goal(target_low=130.0, target_high=80.0)) == Goal("within", (80.0, 130.0))


@pytest.mark.parametrize(("name", "found"), [("left knee pain score", True), ("my left knee pain score", False)])
def test_a_title_names_its_measure_in_four_words_at_most(name, found):
    key = MeasureKey(f"title:{name}")
    assert (key_of(goal(f"Get {name} below 3"), {name: key, key: key}) == key) is found


@pytest.mark.parametrize(("start", "direction"), [(19.9, "up"), (20.0, "down"), (20.1, "down"), (None, "down")])
def test_an_exact_value_is_aimed_at_from_the_side_of_the_start(start, direction):
    found = target(goal(target_low=20.0, target_high=20.0), start)
    assert (found.direction, found.target) == (direction, 20.0)


@pytest.mark.parametrize(
    "name",
    ["A1c", "Glycohemoglobin", "hemoglobina glucosilada", "HbA1c-Wert", "Langzeitzucker", "Hémoglobine glycosylée"],
)
def test_hba1c_is_meant_by_each_of_its_names_in_four_languages(name):
    key = MeasureKey("http://loinc.org|4548-4")
    assert same_measure(key_named(name, {"hba1c": key}), key)
