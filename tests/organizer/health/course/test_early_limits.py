"""How far beyond scatter each early statement lies: records just within its margin and just beyond it.

The measure of these tests scatters by 1 and matters by 4, so that each margin can be counted by hand.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Plan, check, check_plan, early, measures
from organizer.health.course.due_line import course_of, window_of
from organizer.health.course.rules.rule import Situation
from organizer.health.course.series import records_of
from organizer.health.series import Point

START = date(2026, 1, 5)
SCORE = replace(measures.find("44261-6"), within_person_sd=1.0, cv=None, mcid=4.0, mcid_share=None, interval_days=30)
PLAN = Plan(START, START + timedelta(days=100))
GOAL = Goal("down", 4.0)


def day(number):
    return START + timedelta(days=number)


def stood(*pairs, as_of=None, begin=20.0):
    """The situation and the course of records by their days; `begin` is the level at the start."""
    until = day(as_of if as_of is not None else max(number for number, _value in pairs))
    records = records_of([Point(day(number), value) for number, value in pairs], until)
    window = window_of(PLAN, until, SCORE)
    after = tuple(records.days(after=window.since))
    situation = Situation(PLAN, GOAL, records, after, window, until, SCORE, begin)
    return situation, course_of(records, window, after, 4.0, False, begin, SCORE)


@pytest.mark.parametrize(("level", "worse"), [(22.39, False), (22.41, True)])
def test_two_records_above_the_start_lie_beyond_by_almost_two_standard_errors(level, worse):
    # 1.96 · √(1/2 + 1/1) = 2.40, and more than half of what matters.
    situation, course = stood((20, level), (40, level))
    assert early.worse_than_start(situation, course, 20.0) is worse


def test_one_record_above_the_start_is_none():
    situation, course = stood((40, 60.0))
    assert not early.worse_than_start(situation, course, 20.0)
    assert not early.worse_than_start(*stood((20, 20.0), (40, 26.0)), 20.0)


@pytest.mark.parametrize(
    ("apart", "count", "worse"), [(10, 10, False), (11, 9, True)], ids=["every ten days", "every eleven days"]
)
def test_records_every_ten_days_are_a_diary_in_which_three_in_a_row_speak(apart, count, worse):
    pairs = [(apart * (number + 1), 20.0) for number in range(count)]
    pairs[-2:] = [(number, 23.9) for number, _value in pairs[-2:]]
    situation, course = stood(*pairs)
    assert early.worse_than_start(situation, course, 20.0) is worse


@pytest.mark.parametrize(
    ("begin", "level", "worse"), [(20.0, 14.0, True), (20.0, 13.9, False), (12.01, 14.0, True), (12.0, 14.0, False)]
)
def test_worse_than_the_best_level_is_by_what_matters_after_half_of_it_was_won(begin, level, worse):
    situation, course = stood((20, 10.0), (40, 10.0), (60, level), (80, level), begin=begin)
    assert early.worse_than_best(situation, course, begin) is worse


@pytest.mark.parametrize(("last", "turns"), [(10.76, False), (10.78, True)])
def test_a_last_record_worse_than_the_best_by_more_than_scatter_may_have_turned(last, turns):
    # √2 · 1.96 = 2.77
    assert early.turning(stood((20, 8.0), (40, last))[1]) is turns


@pytest.mark.parametrize(("last", "turns"), [(4.0, False), (4.1, True)])
def test_at_the_goal_nothing_has_turned(last, turns):
    assert early.turning(stood((20, 1.0), (40, last))[1]) is turns


@pytest.mark.parametrize(
    ("pairs", "as_of", "unmet"),
    [
        (((90, 5.61), (100, 5.61)), 100, True),
        (((90, 5.59), (100, 5.59)), 100, False),
        (((90, 5.61), (100, 5.61)), 99, False),
        (((100, 6.0),), 100, True),
        (((100, 5.99),), 100, False),
        (((90, 9.0), (100, 4.0)), 100, False),
        (((84, 2.0), (95, 6.5), (100, 6.5)), 100, True),
        (((85, 2.0), (95, 6.5), (100, 6.5)), 100, False),
    ],
)
def test_a_goal_is_unmet_once_its_date_has_passed_by_all_records_around_it(pairs, as_of, unmet):
    situation, course = stood(*pairs, as_of=as_of)
    assert early.unmet_by_its_date(situation, course) is unmet


@pytest.mark.parametrize(("as_of", "old"), [(160, False), (161, True)])
def test_a_result_is_old_after_two_intervals(as_of, old):
    points = [Point(day(number), value) for number, value in ((-7, 20.0), (90, 3.0), (100, 3.0))]
    said = check_plan(PLAN, GOAL, points, day(as_of), measure=SCORE)
    assert (said.rules[0] == "old") is old


@pytest.mark.parametrize(("before", "words"), [(30, "at the start"), (31, "the last result before the start")])
def test_a_result_of_up_to_thirty_days_before_is_the_start(before, words):
    points = [Point(day(number), value) for number, value in ((-before, 20.0), (90, 3.0), (100, 3.0))]
    assert words in check_plan(PLAN, GOAL, points, day(100), measure=SCORE).sentence


@pytest.mark.parametrize(("as_of", "words"), [(99, "doesn’t lead there by that date"), (100, "isn’t met by its date")])
def test_the_date_of_a_goal_is_over_on_its_day(as_of, words):
    pairs = ((-7, 20.0), (61, 20.0), (75, 19.0), (85, 20.0), (95, 19.0), (99, 20.0))
    said = check_plan(PLAN, GOAL, [Point(day(n), value) for n, value in pairs], day(as_of), measure=SCORE)
    assert words in said.sentence


def judged(pairs, as_of, **more):
    points = [Point(day(number), value, entry_id=f"e{number}") for number, value in pairs]
    bare = replace(SCORE, checkpoints=(), **more)
    return check_plan(PLAN, GOAL, points, day(as_of), measure=bare)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (9.91, "on-track"),
        (9.93, "unclear-so-far"),
    ],
)
def test_a_course_is_on_track_where_it_has_come_as_far_as_the_straight_way_to_its_goal(level, expected):
    # On day 63 of 100, between the two, the straight way from 20 to 4 stands at 9.92.
    assert judged([(-7, 20.0), (61, level), (65, level)], 65).verdict == expected


@pytest.mark.parametrize(("count", "expected"), [(1, "not-enough-data"), (2, "met")])
def test_one_result_at_the_goal_is_not_enough(count, expected):
    pairs = [(-7, 20.0), (80, 4.0), (90, 4.0)][: count + 1]
    assert judged(pairs, 90).verdict == expected


def test_the_latest_twelve_results_are_the_evidence():
    pairs = [(-7, 20.0), *((61 + number, 3.0) for number in range(13))]
    shown = [one.entry_id for one in judged(pairs, 90).evidence]
    assert shown == [f"e{61 + number}" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("limits", "last", "expected"),
    [
        ({"low_limit": 2.0}, 2.0, "met"),
        ({"low_limit": 2.0}, 1.9, "unclear-so-far"),
        ({"low_limit": 5.0}, 1.0, "met"),  # the goal itself lies beyond it: somebody wants that
        ({"high_limit": 3.9}, 4.0, "met"),  # how high it may be is what the goal says
        ({"most_beyond": 0.25}, 3.0, "met"),
        ({"most_beyond": 0.25}, 2.9, "unclear-so-far"),
    ],
)
def test_beyond_the_end_of_what_is_usual_a_goal_is_not_called_met(limits, last, expected):
    given = {"low_limit": None, "high_limit": None, "most_beyond": None, **limits}
    assert judged([(-7, 20.0), (80, 3.5), (90, last)], 90, **given).verdict == expected


@pytest.mark.parametrize(("as_of", "expected"), [(99, "on-track"), (100, "unclear-so-far")])
def test_on_its_date_a_goal_that_is_nearly_met_is_on_track_no_more(as_of, expected):
    assert judged([(-7, 20.0), (90, 5.0), (95, 5.0)], as_of).verdict == expected


@pytest.mark.parametrize(
    ("strict", "last", "expected"), [(False, 4.0, "met"), (True, 4.0, "on-track"), (True, 3.9, "met")]
)
def test_below_a_target_is_not_at_it(strict, last, expected):
    points = [Point(day(number), value) for number, value in ((-7, 20.0), (80, last), (90, last))]
    told = check_plan(PLAN, Goal("down", 4.0, None, strict), points, day(90), measure=SCORE)
    assert told.verdict == expected
    assert ("below 4" in told.sentence) is strict


@pytest.mark.parametrize(("concern", "expected"), [(0.99, "on-track"), (1.0, "not-on-track"), (1.5, "not-on-track")])
def test_from_a_concern_of_one_on_it_is_a_verdict(monkeypatch, concern, expected):
    monkeypatch.setattr(check, "concern_of", lambda course, measure: concern)
    points = [Point(day(number), value) for number, value in ((-7, 20.0), (60, 6.0), (70, 6.0))]
    assert check_plan(PLAN, GOAL, points, day(70), measure=SCORE).verdict == expected


@pytest.mark.parametrize(("better", "little"), [(1.55, True), (1.65, False)])
def test_in_a_diary_a_checkpoint_speaks_of_two_fifths_of_its_share(better, little):
    # a fifth of 20 points, and of that two fifths: 1.6
    situation, _course = stood(*((number, 20.0 - better) for number in range(5, 96, 5)))
    assert (early.little_change(situation, False, 4.0) is not None) is little


def joined(*pairs, **more):
    """The days and values of a course whose near records are joined."""
    _situation, course = stood(*pairs)
    looks = early.in_looks(course, replace(SCORE, correlation_days=12.0, **more))
    return [(look.when - START).days for look in looks.days], list(looks.values)


def test_records_within_a_third_of_the_correlation_time_are_one_look():
    # A third of twelve days: three days apart is one look, four are two.
    assert joined((10, 6.0), (13, 8.0), (17, 10.0)) == ([13, 17], [7.0, 10.0])
    assert joined((10, 6.0), (14, 8.0)) == ([10, 14], [6.0, 8.0])
    assert joined((10, 6.0), (13, 8.0), (16, 10.0)) == ([10, 16], [6.0, 9.0])


def test_what_is_looked_at_again_within_days_is_not_joined():
    assert joined((10, 6.0), (11, 8.0), prompt=True) == ([10, 11], [6.0, 8.0])


def test_a_bound_stays_a_look_of_its_own():
    points = [Point(day(10), 6.0), Point(day(11), 5.0, "<"), Point(day(12), 4.0), Point(day(13), 6.0)]
    records = records_of(points, day(20))
    window = window_of(PLAN, day(20), SCORE)
    course = course_of(records, window, records.days(after=START), 4.0, False, 20.0, SCORE)
    assert early.in_looks(course, SCORE).values == (6.0, 5.0, 5.0)


def test_some_bad_days_of_a_diary_are_no_worsening_but_some_bad_weeks_are():
    calm = [(number, 19.0 if number % 2 else 21.0) for number in range(1, 30)]
    spell = [(30, 24.5), (31, 24.5), (32, 24.5)]
    weeks = [(number, 24.5) for number in range(30, 45)]
    assert not early.worse_than_start(*stood(*calm, *spell), 20.0)
    assert early.worse_than_start(*stood(*calm, *weeks), 20.0)
