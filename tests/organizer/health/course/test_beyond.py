"""A goal whose number is reached isn't called met where the result lies past what is usual, on the far side."""

from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Measure, Plan, check_plan
from organizer.health.series import Point, Range

START = date(2026, 1, 5)


def judged(goal, last, start, printed=(None, None), better="", **limits):
    of = Measure("x", "u", within_person_sd=0.1, mcid=0.5, better=better, response_window_days=28, **limits)
    points = [Point(START + timedelta(days=-7), start), Point(START + timedelta(days=60), last)]
    points.append(Point(START + timedelta(days=70), last, range=Range(*printed)))
    return check_plan(Plan(START, START + timedelta(days=100)), goal, points, points[-1].when, measure=of)


@pytest.mark.parametrize(
    ("goal", "start", "last", "limits", "met"),
    [
        (Goal("down", 5.0), 20.0, 2.0, {"low_limit": 2.0}, True),
        (Goal("down", 5.0), 20.0, 1.9, {"low_limit": 2.0}, False),
        (Goal("down", 2.0), 20.0, 1.9, {"low_limit": 2.0}, True),  # the goal itself asks for less than is usual
        (Goal("up", 5.0), 1.0, 9.0, {"high_limit": 9.0}, True),
        (Goal("up", 5.0), 1.0, 9.1, {"high_limit": 9.0}, False),
        (Goal("up", 9.0), 1.0, 9.1, {"high_limit": 9.0}, True),
        (Goal("up", 5.0), 1.0, 6.0, {"low_limit": 7.0}, True),  # how low it may be is what the goal says
    ],
)
def test_published_ends_count_on_the_far_side_of_the_goal(goal, start, last, limits, met):
    said = judged(goal, last, start, **limits)
    assert (said.verdict == "met") is met
    assert (said.rules[0] == "beyond-usual") is not met


@pytest.mark.parametrize(("last", "met"), [(4.0, True), (3.9, False)])
def test_the_range_printed_beside_the_result_counts_as_well(last, met):
    assert (judged(Goal("down", 5.0), last, 20.0, (4.0, 9.0)).verdict == "met") is met


@pytest.mark.parametrize(("last", "met"), [(9.0, True), (9.1, False)])
def test_and_upwards_its_upper_end(last, met):
    assert (judged(Goal("up", 5.0), last, 1.0, (4.0, 9.0)).verdict == "met") is met


def test_where_less_is_always_better_the_printed_range_says_nothing():
    assert judged(Goal("down", 5.0), 1.0, 20.0, (4.0, 9.0), better="down").verdict == "met"


def test_what_would_change_it_names_both_ends():
    said = judged(Goal("down", 5.0), 1.0, 20.0, low_limit=2.0)
    assert said.would_change == "Two results in a row that are at most 5 u and not below 2 u would change this."
    upward = judged(Goal("up", 5.0), 9.5, 1.0, high_limit=9.0)
    assert upward.would_change == "Two results in a row that are at least 5 u and not above 9 u would change this."
