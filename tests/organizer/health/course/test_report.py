"""A plan against a goal as the record tells them: its window, its label and the number of now."""

from datetime import date

import pytest

from organizer.base.dates import parse_date
from organizer.health.course.report import PlanFacts, report_on
from organizer.health.series import Point, Series
from organizer.model.codes import LOINC, Code, measure_key
from organizer.model.entry import Entry

DAY = date(2026, 7, 1)
KEY = measure_key([Code(LOINC, "44261-6")], "PHQ-9")


def report(day=DAY, due="", values=(18.0, 18.0, 18.0), until=date(2026, 6, 20), start="2026-01-05", status="active"):
    """The report on a plan of a depression score; the last value stands on `until`."""
    data = {"target_high": 5.0, "measure": "PHQ-9", **({"due": due} if due else {})}
    plan = Entry("CarePlan", "Sertraline", "plan", happened=parse_date(start), status=status)
    goal = Entry("Goal", "PHQ-9 at most 5", "goal", data=data, unit="{score}", status="active")
    points = [Point(date(2026, 1, 3), 18.0)]
    points += [Point(date(2026, 2 + number, 20), value) for number, value in enumerate(values[:-1])]
    points.append(Point(until, values[-1], text=f"{values[-1]:g}"))
    facts = PlanFacts(day, 50, [plan], [goal], [], [], [], [], [], {})
    return report_on(facts, plan, goal, Series(key=KEY, unit="{score}", title="PHQ-9", points=points), [])


def test_without_a_date_it_is_looked_at_after_three_response_windows():
    # Twelve weeks, of which the first 60 % (51 days) are silent. No date is claimed that nobody set.
    found = report(date(2026, 2, 10), values=(18.0,), until=date(2026, 2, 8))
    assert "not before 25 Feb 2026" in found.check.sentence
    assert found.review_by == ""


@pytest.mark.parametrize(("due", "kept"), [("2026-01-05", False), ("2026-01-06", True)])
def test_a_date_on_the_day_of_the_start_is_none(due, kept):
    assert (report(due=due).review_by == due) is kept


@pytest.mark.parametrize(
    ("day", "label"), [(date(2026, 6, 30), "Not on the way to the goal"), (DAY, "Goal not met by its date")]
)
def test_the_label_says_that_the_date_has_passed_on_its_day(day, label):
    assert report(day, "2026-07-01").verdict_words == label


@pytest.mark.parametrize(("until", "current"), [(DAY, "17"), (date(2026, 7, 2), "18")])
def test_a_result_of_the_day_is_the_number_of_now_and_one_of_tomorrow_is_not(until, current):
    assert report(values=(18.0, 18.0, 17.0), until=until).current.split()[0] == current


def test_of_a_plan_whose_start_no_source_says_the_latest_result_is_told_and_the_start_is_asked():
    found = report(start="")
    assert (found.check.verdict, found.verdict_words) == ("not-enough-data", "Not enough data")
    assert found.check.sentence == (
        "The goal is at most 5. The latest result, 18 on 20 Jun 2026, doesn’t meet it. No source says when this began, "
        "so its course can’t be judged: the first day would settle it. This compares your numbers with your goal; it "
        "doesn’t judge the illness."
    )
    assert found.check.questions == ("When did this treatment begin?",)


def test_a_result_that_meets_the_goal_is_said_to_though_the_start_is_unknown():
    found = report(start="", values=(18.0, 4.0))
    assert "The latest result, 4 on 20 Jun 2026, meets it." in found.check.sentence


def test_of_a_plan_that_is_over_nothing_is_said_of_how_long_to_wait():
    found = report(date(2026, 1, 20), values=(18.0,), until=date(2026, 1, 19), status="completed")
    assert found.check.sentence == (
        "The goal is at most 5. From 18 at the start to 18 on 19 Jan 2026. This plan is over, so nothing is said about "
        "how it works. This compares your numbers with your goal; it doesn’t judge the illness."
    )
    assert "usually judged" in report(date(2026, 1, 20), values=(18.0,), until=date(2026, 1, 19)).check.sentence
