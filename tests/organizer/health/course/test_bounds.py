"""A bound counts for as much as it surely says, in both directions."""

from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Measure, Plan, check_plan
from organizer.health.course.settled import settled
from organizer.health.series import Point

START = date(2026, 1, 5)
PLAN = Plan(START, START + timedelta(days=100))


def judged(goal, *pairs, cv=None):
    of = Measure("x", "u", within_person_sd=None if cv else 1.0, cv=cv, mcid=1.0, response_window_days=28)
    points = []
    for day, value in pairs:
        sign = value[0] if isinstance(value, str) else ""
        points.append(Point(START + timedelta(days=day), float(str(value).removeprefix(sign)), sign))
    return check_plan(PLAN, goal, points, points[-1].when, measure=of).verdict


@pytest.mark.parametrize(
    ("goal", "pairs", "expected"),
    [
        (Goal("down", 50), [(-7, 100), (30, ">200"), (60, ">200")], "worsening"),
        (Goal("down", 50), [(-7, 100), (30, 200), (60, "<40")], "unclear-so-far"),
        (Goal("down", 50), [(-7, 100), (30, "<150"), (60, "<150")], "unclear-so-far"),
        (Goal("up", 50), [(-7, 20), (30, "<10"), (60, "<10")], "worsening"),
        (Goal("up", 50), [(-7, 20), (30, ">60"), (60, ">60")], "met"),
    ],
)
def test_a_bound_is_as_bad_as_it_surely_is(goal, pairs, expected):
    assert judged(goal, *pairs) == expected


def test_a_level_that_was_too_low_to_measure_is_lost_by_two_that_are_not():
    assert judged(Goal("down", 50), (-7, 9000), (20, "<20"), (40, 400), (60, 900), cv=0.3) == "worsening"


@pytest.mark.parametrize(("last", "expected"), [(900, "worsening"), (300, "unclear-so-far")])
def test_of_one_laboratory_value_at_the_goal_the_loss_must_rise(last, expected):
    pairs = [(-7, 9000), (10, 2000), (20, 20), (40, 400), (60, last)]
    assert judged(Goal("down", 50), *pairs, cv=0.3) == expected


def test_of_a_rating_one_day_at_the_goal_is_no_level_that_was_held():
    assert judged(Goal("down", 20), (-7, 30), (10, 24), (20, 20), (40, 24.2), (60, 24.6)) != "worsening"


@pytest.mark.parametrize(("last", "expected"), [(60.0, "worsening"), (59.9, "unclear-so-far")])
def test_and_must_lie_beyond_the_goal_by_a_scatter(last, expected):
    # a tenth of the start, 10, beyond 50
    assert judged(Goal("down", 50), (-7, 100), (10, 80), (20, 20), (40, last), (60, last), cv=0.1) == expected


@pytest.mark.parametrize(
    ("goal", "value", "comparator", "stands"),
    [
        (Goal("down", 50), 50, "<", True),
        (Goal("down", 50), 51, "<", None),
        (Goal("down", 50), 50, "<=", True),
        (Goal("down", 50, strict=True), 50, "<", True),
        (Goal("down", 50, strict=True), 50, "<=", None),
        (Goal("down", 50), 50, ">", False),
        (Goal("down", 50), 49, ">", None),
        (Goal("up", 90), 60, ">", None),
        (Goal("up", 90), 90, ">", True),
        (Goal("up", 90), 90, "<", False),
        (Goal("up", 90), 91, "<", None),
        (Goal("within", (2, 3)), 8, ">", False),
        (Goal("within", (2, 3)), 2.5, "<", None),
        (Goal("within", (2, 3)), 2, "<", False),
        (Goal("within", (0, 3)), 3, "<", True),
        (Goal("within", (2, 3)), 1, ">", None),
        (Goal("within", (2, 3)), 2.5, None, True),
    ],
)
def test_a_bound_settles_a_goal_where_all_that_it_allows_lies_on_one_side(goal, value, comparator, stands):
    assert settled(goal, value, comparator) is stands


@pytest.mark.parametrize(
    ("goal", "last", "verdict"),
    [
        (Goal("down", 10), ">5", "unclear-so-far"),
        (Goal("down", 10), "<5", "met"),
        (Goal("up", 90), ">60", "unclear-so-far"),
        (Goal("up", 90), ">90", "met"),
        (Goal("within", (0.5, 2.5)), "<2", "unclear-so-far"),
        (Goal("within", (0.5, 2.5)), 2, "met"),
    ],
)
def test_what_a_bound_leaves_open_is_neither_met_nor_missed(goal, last, verdict):
    start = 30 if goal.direction == "up" else 50
    assert judged(goal, (-7, start), (80, last), (100, last), cv=0.3) == verdict


def test_which_result_leaves_it_open_is_named():
    points = [
        Point(START - timedelta(days=7), 9000.0),
        *(Point(START + timedelta(days=day), 200.0, "<") for day in (90, 100)),
    ]
    check = check_plan(PLAN, Goal("down", 50), points, points[-1].when, measure=Measure("x", "u", cv=0.3))
    assert (
        check.judged
        == "<200 u on 15 Apr 2026 doesn’t tell whether the goal is met: a more exact result would settle it."
    )
