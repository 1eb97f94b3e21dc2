"""Where a plan stands: each verdict by a course that looks like a real one."""

import json
from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.tracking import Goal, Plan, Point, SideEffect, check_plan, measures

START, REVIEW = date(2026, 1, 5), date(2026, 3, 30)
PHQ9 = measures.find("44261-6")
PLAN = Plan(START, REVIEW)
DOWN = Goal("down", 4.0)


def weekly(*values):
    return [Point(START - timedelta(days=7) + timedelta(days=7 * n), value, None) for n, value in enumerate(values)]


def verdict(points, as_of=REVIEW, goal=DOWN, **more):
    return check_plan(PLAN, goal, points, as_of, measure=PHQ9, **more)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((18, 18, 16, 15, 13, 11, 9, 8, 6, 5, 4, 3, 3), "met"),
        ((18, 18, 18, 17, 18, 18, 19, 17, 18, 18, 17, 18, 18), "not-on-track"),
        ((12, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 23), "worsening"),
        ((18, 18), "not-enough-data"),
    ],
)
def test_a_course_has_its_verdict(values, expected):
    assert verdict(weekly(*values)).verdict == expected


def test_nothing_is_judged_early():
    assert verdict(weekly(18, 18, 18, 18), START + timedelta(days=21)).verdict == "too-early"


def test_without_a_goal_one_is_offered():
    assert verdict(weekly(18, 18), goal=None).verdict == "no-goal"


def test_higher_than_at_the_start_twice_is_said_while_it_is_early():
    check = verdict(weekly(12, 12, 20, 21), START + timedelta(days=28))
    assert (check.verdict, check.also) == ("too-early", ("above-start",))


def test_a_severe_side_effect_comes_first():
    effect = SideEffect(START + timedelta(days=5), "Rash", "severe", entry_id="e")
    check = verdict(weekly(18, 18, 15, 12), START + timedelta(days=28), side_effects=[effect])
    assert "Rash" in (check.urgent or "")
    assert "side-effect-concern" in check.also


def test_a_quick_rise_of_creatinine_is_urgent():
    points = [Point(START, 1.0), Point(START + timedelta(days=1), 1.5)]
    check = check_plan(PLAN, Goal("down", 1.0), points, REVIEW, measure=measures.find("2160-0"))
    assert "promptly" in (check.urgent or "")


@given(st.lists(st.floats(0, 27, allow_nan=False), max_size=30))
def test_any_series_is_answered_and_the_same_each_time(values):
    assert verdict(weekly(*values)) == verdict(weekly(*values))


@given(st.lists(st.integers(0, 27), min_size=3, max_size=20))
def test_upward_is_downward_mirrored(values):
    down = verdict(weekly(*values))
    up = verdict(weekly(*(-value for value in values)), goal=Goal("up", -4.0))
    assert (down.verdict, round(down.concern, 9)) == (up.verdict, round(up.concern, 9))


def test_every_figure_of_a_measure_has_its_source():
    told = json.loads((resources.files("resources") / "measures.json").read_text("utf-8"))
    assert len(told["measures"]) >= 25
    for measure in told["measures"]:
        for name, figure in measure["figures"].items():
            assert figure.get("source"), (measure["name"], name)
