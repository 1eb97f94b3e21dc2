"""What is said beside a verdict of the records themselves: worse than the start, without a day."""

from datetime import date, timedelta

import pytest

from organizer.base.dates import PartialDate
from organizer.health.course import Goal, Measure, Plan, check_plan
from organizer.health.series import Point
from organizer.model.entry import Entry

START = date(2026, 1, 5)
PLAN = Plan(START, START + timedelta(days=100))
HIGHER = "The last two results are higher than at the start: tell your doctor if it goes on."
LOWER = "The last two results are lower than at the start: tell your doctor if it goes on."


def judged(goal, *pairs, undated=0, **more):
    given = {"within_person_sd": 6.0, "mcid": 4.0, "response_window_days": 28} | more
    points = [Point(START + timedelta(days=day), value) for day, value in pairs]
    lost = [Entry("Observation", "x", id=f"u{number}", value=1.0) for number in range(undated)]
    return check_plan(PLAN, goal, points, points[-1].when, measure=Measure("x", "u", **given), undated=lost)


@pytest.mark.parametrize(
    ("goal", "last", "more", "said"),
    [
        (Goal("down", 30.0), (46.0, 46.0), {}, HIGHER),  # by one scatter
        (Goal("down", 30.0), (46.0, 45.9), {}, ""),
        (Goal("down", 30.0), (45.9, 46.0), {}, ""),
        (Goal("down", 30.0), (48.0, 48.0), {"mcid": 8.0}, HIGHER),  # by what matters
        (Goal("down", 30.0), (48.0, 47.9), {"mcid": 8.0}, ""),
        (Goal("down", 30.0), (44.0, 44.0), {"within_person_sd": None, "cv": 0.1}, HIGHER),  # by a share
        (Goal("down", 30.0), (44.0, 43.9), {"within_person_sd": None, "cv": 0.1}, ""),
        (Goal("up", 60.0), (34.0, 34.0), {}, LOWER),
        (Goal("up", 60.0), (34.0, 34.1), {}, ""),
        (Goal("within", (30.0, 50.0)), (46.0, 46.0), {}, ""),
    ],
)
def test_two_results_beyond_the_start_are_said_while_nothing_is_judged(goal, last, more, said):
    check = judged(goal, (-7, 40.0), (10, last[0]), (20, last[1]), **more)
    assert ("above-start" in check.also) is bool(said)
    assert said in check.sentence
    assert (HIGHER in check.sentence or LOWER in check.sentence) is bool(said)


def test_one_result_beyond_the_start_is_not_said():
    assert judged(Goal("down", 30.0), (-7, 40.0), (20, 49.0)).also == ()


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, ""), (1, "1 result has no date and isn’t compared."), (2, "2 results have no date and aren’t compared.")],
)
def test_results_without_a_day_are_counted(count, said):
    check = judged(Goal("down", 30.0), (-7, 40.0), (20, 39.0), undated=count)
    assert said in check.sentence
    assert ("no date" in check.sentence) is bool(said)
    assert sum(shown.shows == "no date" for shown in check.evidence) == count


@pytest.mark.parametrize("newer", [0, 1])
def test_a_newer_result_under_another_code_is_named_and_nothing_is_judged(newer):
    day = START + timedelta(days=20 + newer)
    other = Entry(
        "Observation", "Other x", id="o", value=7.0, value_text="7", unit="u", happened=PartialDate(day.isoformat())
    )
    points = [Point(START + timedelta(days=number), 40.0) for number in (-7, 10, 20)]
    of = Measure("x", "u", within_person_sd=6.0)
    check = check_plan(PLAN, Goal("down", 30.0), points, day, measure=of, elsewhere=[other])
    assert (check.rules[0] == "other-code") is bool(newer)
    assert ("Other x 7 u on 26 Jan 2026" in check.sentence) is bool(newer)
