"""Goals in a unit that isn't theirs are asked about: each limit from both sides."""

from datetime import date

import pytest

from organizer.health.course import Goal, Plan, check_plan, measures
from organizer.health.course.goal_doubt import goal_is_doubtful
from organizer.health.series import Point


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
