"""What measures of their own kind say: each statement where it should speak, and where it should stay silent."""

from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Plan, check_plan, measures
from organizer.health.series import Point

START = date(2026, 1, 5)


def verdict(code, goal, weeks, *pairs, treatment="medicine"):
    plan = Plan(START, START + timedelta(weeks=weeks), treatment=treatment)
    points = [Point(START + timedelta(days=day), value) for day, value in pairs]
    return check_plan(plan, goal, points, points[-1].when, measure=measures.find(code)).verdict


PSYCHOSIS = Goal("down", 58.0)


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ([(0, 95), (7, 96), (14, 97)], "little-change"),
        ([(0, 95), (7, 94), (14, 93)], "too-early"),
        ([(0, 95), (14, 88), (28, 86)], "little-change"),
        ([(0, 95), (14, 80), (28, 72)], "too-early"),
        ([(0, 95), (14, 117), (28, 120)], "worsening"),
    ],
)
def test_in_psychosis_the_score_above_thirty_counts_from_week_two_on(course, expected):
    assert verdict("title:PANSS", PSYCHOSIS, 8, *course) == expected


@pytest.mark.parametrize(
    ("code", "goal", "weeks", "silent", "speaks"),
    [
        ("title:MADRS", Goal("down", 9.0), 8, [(0, 30), (14, 24), (35, 18)], [(0, 30), (14, 29), (35, 28)]),
        ("title:DAS28-CRP", Goal("down", 2.6), 26, [(0, 5.6), (42, 4.4), (84, 3.6)], [(0, 5.6), (42, 5.5), (84, 5.4)]),
        ("title:PASI", Goal("down", 3.0), 26, [(0, 18), (56, 9), (112, 5)], [(0, 18), (56, 16), (112, 15)]),
        ("2890-2", Goal("down", 0.5), 52, [(0, 3.0), (45, 2.2), (91, 1.6)], [(0, 3.0), (45, 3.0), (91, 2.9)]),
        ("3084-1", Goal("down", 6.0), 26, [(0, 9.0), (28, 7.6), (56, 6.8)], [(0, 9.0), (28, 8.9), (56, 9.0)]),
        ("13457-7", Goal("down", 70.0), 12, [(0, 150), (28, 110), (45, 100)], [(0, 150), (28, 148), (45, 149)]),
        ("82668-5", Goal("up", 20.0), 12, [(0, 11), (30, 15), (60, 18)], [(0, 11), (30, 11), (60, 11)]),
        ("title:Headache days", Goal("down", 6.0), 16, [(0, 14), (42, 11), (84, 9)], [(0, 14), (42, 14), (84, 14)]),
    ],
)
def test_a_checkpoint_of_a_measure_speaks_of_little_change_only(code, goal, weeks, silent, speaks):
    assert verdict(code, goal, weeks, *speaks) == "little-change"
    assert verdict(code, goal, weeks, *silent) not in ("little-change", "worsening", "not-on-track")


@pytest.mark.parametrize(
    ("code", "goal", "values", "expected"),
    [
        ("2823-3", Goal("down", 5.0), [5.6, 3.0, 2.9], "unclear-so-far"),
        ("2823-3", Goal("down", 5.0), [5.6, 4.8, 4.6], "met"),
        ("2823-3", Goal("down", 5.0), [5.6, 6.4, 6.6], "worsening"),
        ("2951-2", Goal("up", 132.0), [128, 150, 149], "unclear-so-far"),
        ("2951-2", Goal("up", 132.0), [128, 134, 136], "met"),
        ("6301-6", Goal("within", (2.0, 3.0)), [1.1, 2.4, 2.6], "met"),
        ("59408-5", Goal("up", 92.0), [88, 93, 94], "met"),
    ],
)
def test_what_is_looked_at_within_days_waits_for_no_part_of_the_plan(code, goal, values, expected):
    pairs = [(0, values[0]), (5, values[1]), (8, values[2])]
    assert verdict(code, goal, 20, *pairs) == expected


@pytest.mark.parametrize(("code", "days"), [("6301-6", 56), ("4548-4", 360), ("44261-6", 180), ("2823-3", 360)])
def test_after_twice_its_interval_the_last_result_is_old(code, days):
    measure = measures.find(code)
    assert measure.interval_days * 2 == days
    goal = Goal("within", (2.0, 3.0)) if code == "6301-6" else Goal("down", 6.5)
    points = [Point(START + timedelta(days=day), 2.5) for day in (0, 60, 70)]
    plan = Plan(START, START + timedelta(weeks=52))
    last = points[-1].when
    told = [check_plan(plan, goal, points, last + timedelta(days=days + more), measure=measure) for more in (0, 1)]
    assert [one.rules[0] == "old" for one in told] == [False, True]
