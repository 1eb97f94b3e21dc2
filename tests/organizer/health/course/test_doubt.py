"""What can hardly be right is parted from what may be judged: by what can be, and by its neighbours. Goals too."""

from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Measure, Plan, check_plan, measures
from organizer.health.course.doubt import goal_is_doubtful, parted
from organizer.health.series import Point

START = date(2026, 1, 5)


def measure(**more):
    return Measure("x", "u", within_person_sd=1.0, **more)


def series(*pairs):
    return [Point(START + timedelta(days=day), value) for day, value in pairs]


def doubtful(points, of):
    return [point.value for point in parted(points, of)[1]]


@pytest.mark.parametrize(("value", "asked"), [(1.9, True), (2.0, False), (30.0, False), (30.1, True)])
def test_beyond_what_can_be_a_value_is_asked_about(value, asked):
    of = measure(plausible_low=2.0, plausible_high=30.0)
    assert doubtful(series((0, 10.0), (7, value)), of) == [value] * asked


def test_a_bound_is_no_value_and_a_nan_is_neither():
    of = measure(plausible_low=2.0)
    points = [Point(START, 1.0, "<"), Point(START, float("nan"))]
    assert parted(points, of) == ([points[0]], [])


@pytest.mark.parametrize(("value", "asked"), [(18.0, False), (18.1, True), (4.5, False), (4.4, True)])
def test_many_times_its_neighbours_is_asked_about(value, asked):
    assert doubtful(series((0, 9.0), (7, 9.0), (14, value)), measure(most_times=2.0)) == [value] * asked


def test_a_slow_way_to_the_same_value_is_believed():
    gained = series(*((7 * week, 9.0 * 1.3**week) for week in range(8)))
    assert doubtful(gained, measure(most_times=2.0)) == []


@pytest.mark.parametrize(("apart", "asked"), [(120, True), (121, False)])
def test_only_neighbours_within_four_months_are_compared(apart, asked):
    assert doubtful(series((0, 9.0), (apart, 90.0)), measure(most_times=2.0)) == [90.0] * asked


@pytest.mark.parametrize(("apart", "asked"), [(400, True), (401, False)])
def test_or_within_twice_the_interval_of_the_measure(apart, asked):
    of = measure(most_times=2.0, interval_days=200)
    assert doubtful(series((0, 9.0), (apart, 90.0)), of) == [90.0] * asked


def test_most_of_the_values_are_believed_and_of_two_groups_the_earlier_one():
    of = measure(most_times=2.0)
    assert doubtful(series((0, 90.0), (7, 9.0), (14, 9.1)), of) == [90.0]
    assert doubtful(series((0, 90.0), (7, 91.0), (14, 9.1), (21, 9.0)), of) == [9.1, 9.0]


def test_without_a_factor_nothing_is_compared_with_its_neighbours():
    assert doubtful(series((0, 1.0), (7, 1000.0)), measure()) == []


@pytest.mark.parametrize(("value", "asked"), [(0.0, False), (-3.0, False), (0.2, True)])
def test_what_is_nought_or_less_has_no_neighbours_to_be_many_times_of(value, asked):
    assert doubtful(series((0, 0.9), (7, value)), measure(most_times=2.0)) == [value] * asked


@pytest.mark.parametrize(
    ("code", "goal", "values", "doubtful"),
    [
        ("4548-4", Goal("down", 53.0), (8.9, 7.6), True),  # mmol/mol
        ("4548-4", Goal("down", 7.0), (8.9, 7.6), False),
        ("13457-7", Goal("down", 1.8), (160.0, 55.0), True),  # mmol/L
        ("13457-7", Goal("down", 1.8), (160.0, 54.0), False),  # thirty times
        ("2857-1", Goal("down", 0.2), (40.0,), False),
        ("6301-6", Goal("within", (2.0, 30.0)), (2.5,), False),
        ("6301-6", Goal("within", (2.0, 31.0)), (2.5,), True),
        ("44261-6", Goal("down", 0.0), (12.0,), False),
        ("29463-7", Goal("down", 180.0), (82.0, 81.8), False),
        ("29463-7", Goal("down", 181.0), (82.0, 81.8), True),  # pounds
    ],
)
def test_a_goal_that_no_result_can_meet_or_miss_is_asked_about(code, goal, values, doubtful):
    points = [Point(date(2026, 1, 3 + number), value) for number, value in enumerate(values)]
    assert goal_is_doubtful(goal, points, measures.find(code)) is doubtful


def test_a_doubtful_goal_is_never_called_met():
    points = [Point(date(2026, 1, 3), 8.9), Point(date(2026, 4, 3), 7.6), Point(date(2026, 5, 3), 7.5)]
    plan = Plan(date(2026, 1, 5), date(2026, 6, 1))
    said = check_plan(plan, Goal("down", 53.0), points, date(2026, 5, 4), measure=measures.find("4548-4"))
    assert (said.verdict, said.rules[0]) == ("not-enough-data", "goal-doubtful")
    assert "This goal can hardly be meant" in said.sentence
