"""What a goal that is met says nothing of: other results of the last month outside what is usual."""

from datetime import date, timedelta

import pytest

from organizer.base.dates import PartialDate
from organizer.health.course import Goal, Measure, Plan, check_plan
from organizer.health.course.outside import NEW, outside_usual
from organizer.health.series import Point
from organizer.model.entry import Coding, Entry

DAY = date(2026, 4, 10)
POTASSIUM, SODIUM, INR, HEIGHT = "2823-3", "2951-2", "6301-6", "8302-2"


def result(code, value, unit="mmol/L", days_ago=0, flag="", **more):
    day = PartialDate((DAY - timedelta(days=days_ago)).isoformat())
    return Entry(
        "Observation", f"Test {code}", f"{code}-{days_ago}", "p", (Coding("http://loinc.org", code),), day,
        value=value, value_text=f"{value:g}", unit=unit, status="final", data={"interpretation": flag}, **more,
    )  # fmt: skip


def outside(*results, goal="", is_grown=True):
    return [entry.id for entry in outside_usual(results, DAY, goal, is_grown)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (result(POTASSIUM, 6.0), True),
        (result(POTASSIUM, 5.5), False),
        (result(POTASSIUM, 5.6), True),
        (result(POTASSIUM, 60.0), False),  # can hardly be right
        (result(POTASSIUM, 6.0, comparator="<"), False),
        (result(SODIUM, 124.0), True),
        (result(SODIUM, 136.0, flag="L"), True),  # flagged by the laboratory
        (result(SODIUM, 124.0, days_ago=NEW.days), True),
        (result(SODIUM, 124.0, days_ago=NEW.days + 1), False),
        (result(SODIUM, 124.0, days_ago=-1), False),
        (result(INR, 2.5, "{INR}"), False),
        (result(HEIGHT, 124.0, "cm", flag="H"), False),  # no treatment is watched by it
    ],
)
def test_the_ends_are_the_laboratorys_or_the_published_ones(given, told):
    assert outside(given) == [given.id] * told


def test_a_childs_results_are_compared_with_what_the_laboratory_said_alone():
    assert outside(result(SODIUM, 124.0), is_grown=False) == []
    assert outside(result(SODIUM, 124.0, flag="L"), is_grown=False) == [f"{SODIUM}-0"]


def test_only_the_newest_of_a_test_counts_and_never_the_goals_own():
    assert outside(result(SODIUM, 124.0, days_ago=9), result(SODIUM, 138.0)) == []
    assert outside(result(SODIUM, 124.0), goal=SODIUM) == []
    assert outside(result(INR, 6.0, "{INR}"), goal=INR) == []


@pytest.mark.parametrize(("last", "verdict"), [(120.0, "met"), (150.0, "not-on-track")])
def test_they_stand_beside_a_goal_that_is_met_and_move_no_verdict(last, verdict):
    start = DAY - timedelta(days=90)
    plan, goal = Plan(start, DAY), Goal("down", 130.0)
    points = [Point(start + timedelta(days=number), value) for number, value in ((-2, 158.0), (80, last), (88, last))]
    of = Measure("x", "u", within_person_sd=6.0)
    check = check_plan(plan, goal, points, DAY, measure=of, outside=[result(POTASSIUM, 6.0)])
    assert check.verdict == verdict
    said = "Another result lies outside what is usual, and this goal says nothing of it: Test 2823-3 6 mmol/L"
    assert (said in check.sentence) is (verdict == "met")
