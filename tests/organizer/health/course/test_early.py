"""What is said before the due line speaks and after the date: each statement in both directions, each limit from both
sides."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Plan, PlanEvent, check_plan, early, measures
from organizer.health.course.model import Checkpoint
from organizer.health.series import Point

START = date(2026, 1, 5)
MOOD = measures.find("44261-6")
PAIN = measures.find("72514-3")
SUGAR = measures.find("4548-4")
PRESSURE = measures.find("8480-6")
TUMOUR_MARKER = measures.find("2857-1")
TRIAL = Plan(START, START + timedelta(days=42), treatment="medicine")


def at(*pairs):
    """Records by the day since the start."""
    return [Point(START + timedelta(days=day), value, entry_id=f"e{day}") for day, value in pairs]


def check(pairs, goal, measure=MOOD, plan=TRIAL, as_of=None, **more):
    day = as_of if as_of is not None else max(day for day, _value in pairs)
    return check_plan(plan, goal, at(*pairs), START + timedelta(days=day), measure=measure, **more)


def verdict(*pairs, **more):
    return check(pairs, Goal("down", 5.0), **more).verdict


def test_a_score_that_has_hardly_moved_at_week_four_is_told_with_what_to_ask():
    said = check([(0, 20), (14, 19), (28, 18)], Goal("down", 5.0))
    assert (said.verdict, said.rules[0]) == ("little-change", "little-change")
    assert "After 4 weeks the results have hardly moved. This is a usual time to look again" in said.sentence
    assert said.questions


def test_a_score_that_has_moved_is_not_called_little_change():
    assert verdict((0, 20), (14, 15), (28, 12)) != "little-change"


@pytest.mark.parametrize(("second", "expected"), [(15.1, "little-change"), (14.9, "unclear-so-far")])
def test_little_change_is_less_than_a_quarter_of_the_start(second, expected):
    # Mean of 15 and 15.1 is 24.75 % below 20, of 15 and 14.9 25.25 %.
    assert verdict((0, 20), (14, 15), (28, second)) == expected


@pytest.mark.parametrize(("last", "expected"), [(14.1, "little-change"), (13.9, "unclear-so-far")])
def test_a_last_record_that_has_moved_by_three_tenths_silences_it(last, expected):
    assert verdict((0, 20), (14, 19), (28, last)) == expected


@pytest.mark.parametrize(("day", "expected"), [(25, "too-early"), (26, "little-change")])
def test_a_visit_some_days_early_is_that_visit(day, expected):
    assert verdict((0, 20), (14, 20), (day, 20)) == expected


def test_a_talking_therapy_has_until_week_eight():
    weeks = Plan(START, START + timedelta(days=84), treatment="psychotherapy")
    flat = [(7 * week, 24) for week in range(12)]
    measure = measures.find("89209-1") or MOOD
    early_on = check([pair for pair in flat if pair[0] <= 42], Goal("down", 10.0), measure, weeks)
    later = check([pair for pair in flat if pair[0] <= 63], Goal("down", 10.0), measure, weeks)
    assert (early_on.verdict, later.verdict) == ("too-early", "little-change")


def test_a_change_of_treatment_begins_the_wait_anew():
    changed = replace(TRIAL, events=(PlanEvent(START + timedelta(days=21), "switch"),))
    assert verdict((0, 20), (14, 20), (28, 20)) == "little-change"
    assert verdict((0, 20), (14, 20), (28, 20), plan=changed) == "too-early"


def test_a_start_close_to_the_goal_leaves_nothing_to_move():
    assert verdict((0, 7), (14, 7), (28, 7)) != "little-change"


def test_without_a_published_checkpoint_the_measure_s_own_window_is_taken():
    bare = replace(MOOD, checkpoints=(), code="x")
    assert early.checkpoints_of(bare, TRIAL) == (Checkpoint(28, 0.10, 0.20, 0.5, "way"),)


@pytest.mark.parametrize(
    ("measure", "pairs", "goal"),
    [
        (MOOD, [(0, 12), (14, 20), (28, 24)], Goal("down", 4.0)),
        (SUGAR, [(0, 7.5), (60, 8.8), (80, 9.5)], Goal("down", 7.0)),
        (PAIN, [(0, 5), (20, 8), (34, 8)], Goal("down", 3.0)),
    ],
)
def test_two_records_above_the_start_are_worse_at_any_time_and_stay_so(measure, pairs, goal):
    plan = Plan(START, START + timedelta(days=180))
    before, after = check(pairs, goal, measure, plan), check(pairs, goal, measure, plan, as_of=150)
    assert before.verdict == after.verdict == "worsening"
    assert "rising beyond where they began" in before.sentence
    assert check([*pairs[:-1], (pairs[-1][0], pairs[0][1])], goal, measure, plan).verdict != "worsening"


@pytest.mark.parametrize(("level", "expected"), [(14.0, "too-early"), (18.6, "worsening")])
def test_worse_than_the_start_needs_more_than_scatter(level, expected):
    assert verdict((0, 13), (7, level), (14, level)) == expected


def test_a_marker_that_doubles_after_its_lowest_value_is_rising_again():
    plan = Plan(START, START + timedelta(days=345), name="after prostatectomy")
    pairs = [(-4, 8.0), (56, 0.1), (116, 0.2), (176, 0.4), (236, 0.8)]
    said = check(pairs, Goal("down", 0.2), TUMOUR_MARKER, plan)
    assert said.verdict == "worsening"
    assert "PSA has doubled in about 2 months" in said.sentence
    assert "fits the goal" not in said.sentence


def test_a_relapse_after_the_goal_was_met_is_told():
    plan = Plan(START, START + timedelta(days=360))
    pairs = [(-3, 9.0), (88, 6.6), (178, 6.5), (268, 7.6), (328, 8.4)]
    said = check(pairs, Goal("down", 7.0), SUGAR, plan)
    assert (said.verdict, said.rules[0]) == ("worsening", "worse-than-best")
    assert check(pairs[:-2], Goal("down", 7.0), SUGAR, plan).verdict == "met"


@pytest.mark.parametrize(("level", "expected"), [(7.2, "unclear-so-far"), (7.6, "not-on-track")])
def test_after_the_date_two_records_beyond_the_goal_by_more_than_scatter_are_unmet(level, expected):
    plan = Plan(START, START + timedelta(days=180))
    said = check([(-3, 9.0), (90, 7.9), (165, level), (181, level)], Goal("down", 7.0), SUGAR, plan)
    assert said.verdict == expected


def test_a_goal_that_was_met_by_its_date_and_lost_says_so():
    plan = Plan(START, START + timedelta(days=190))
    pairs = [(-3, 9.0), (96, 7.0), (176, 6.9), (276, 8.9), (296, 9.1)]
    said = check(pairs, Goal("down", 7.0), SUGAR, plan)
    assert said.verdict in ("not-on-track", "worsening")
    assert "It isn’t met by its date" not in said.sentence


def test_old_results_give_no_verdict_but_say_what_they_were():
    plan = Plan(START, START + timedelta(days=190))
    pairs = [(-3, 9.0), (96, 6.9), (176, 6.8)]
    assert check(pairs, Goal("down", 7.0), SUGAR, plan, as_of=176 + 182).verdict == "met"
    said = check(pairs, Goal("down", 7.0), SUGAR, plan, as_of=900)
    assert said.verdict == "not-enough-data"
    assert "The last results met it; the newest is from 30 Jun 2026, so how it is now isn’t known." in said.sentence


def test_a_value_that_can_hardly_be_right_is_asked_about():
    pairs = [(0, 158), (14, 142), (28, 134), (40, 1280)]
    said = check(pairs, Goal("down", 130.0), PRESSURE)
    assert said.verdict == "not-enough-data"
    assert "The newest result, 1280 mmHg on 14 Feb 2026, can hardly be right" in said.sentence
    assert said.urgent is None


@pytest.mark.parametrize(("last", "expected"), [(91, "met"), (89, "unclear-so-far")])
def test_beyond_what_is_usual_a_goal_isn_t_called_met(last, expected):
    said = check([(0, 160), (14, 120), (28, last), (41, last)], Goal("down", 130.0), PRESSURE)
    assert said.verdict == expected
    assert ("less than is usual: ask about it" in said.sentence) == (expected != "met")


def test_what_the_rules_say_vetoes_on_track():
    kidney = measures.find("33914-3")
    plan = Plan(START, START + timedelta(days=400))
    pairs = [(0, 60), (90, 55), (180, 50), (270, 44), (355, 38)]
    said = check(pairs, Goal("up", 30.0), kidney, plan)
    assert said.verdict == "worsening"
    assert "eGFR fell by about" in said.sentence


def test_monthly_results_that_rise_twice_after_the_goal_was_met_are_no_diary():
    plan = Plan(START, START + timedelta(days=360))
    marker = measures.find("2039-6")
    pairs = [(-4, 48), (26, 20), (56, 8), (86, 2), (116, 4), (146, 8), (176, 14)]
    assert check(pairs, Goal("down", 5.0), marker, plan).verdict == "worsening"


@pytest.mark.parametrize(("last", "expected"), [(1.3, "met"), (1.6, "too-early")])
def test_a_course_that_may_just_have_turned_is_not_on_track(last, expected):
    plan = Plan(START, START + timedelta(days=345))
    creatinine = measures.find("2160-0")
    said = check([(-4, 1.0), (56, 1.1), (86, 1.0), (91, last)], Goal("down", 1.3), creatinine, plan)
    assert said.verdict != "on-track"
