"""When the due line begins to speak, how long it waits after a change, and what counts as the start."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Plan, PlanEvent, measures
from organizer.health.course.calibration import cut_of
from organizer.health.course.due_line import (
    baseline_of,
    concern_of,
    course_of,
    meets,
    per_window,
    personal_sds,
    smallest_change,
    window_of,
)
from organizer.health.course.series import records_of
from organizer.health.series import Point

START = date(2026, 1, 5)
SCORE = replace(measures.find("44261-6"), response_window_days=28)
PLAN = Plan(START, START + timedelta(days=100))


def day(number):
    return START + timedelta(days=number)


def changed(number, kind="dose-up", plan=PLAN):
    return replace(plan, events=(PlanEvent(day(number), kind, "Sertraline"),))


def test_the_line_is_silent_in_the_first_sixty_percent_of_the_window():
    window = window_of(PLAN, day(100), SCORE)
    assert (window.since, window.days, window.opens) == (START, 100, day(60))


@pytest.mark.parametrize(("days", "opens"), [(100, 80), (99, 79), (60, 60)])
def test_it_waits_for_four_fifths_of_the_time_in_which_the_measure_follows(days, opens):
    assert window_of(PLAN, day(100), replace(SCORE, response_window_days=days)).opens == day(opens)


def test_a_measure_that_is_looked_at_within_days_only_waits_for_its_own_time():
    prompt = replace(SCORE, prompt=True, response_window_days=10)
    assert window_of(PLAN, day(100), prompt).opens == day(8)


@pytest.mark.parametrize(
    ("number", "since", "days"), [(20, 20, 80), (49, 49, 51), (51, 51, 50), (90, 90, 50), (0, 0, 100)]
)
def test_after_an_increase_a_treatment_gets_at_least_half_of_the_window(number, since, days):
    window = window_of(changed(number), day(100), SCORE)
    assert (window.since, window.days) == (day(since), days)


@pytest.mark.parametrize(("number", "days"), [(84, 16), (86, 15), (95, 15)])
def test_after_a_reduction_the_date_of_the_goal_stays_and_a_seventh_is_left_at_least(number, days):
    assert window_of(changed(number, "dose-down"), day(100), SCORE).days == days


@pytest.mark.parametrize(("asked", "since"), [(20, 20), (19, 0)])
def test_a_change_counts_from_its_day_on(asked, since):
    assert window_of(changed(20), day(asked), SCORE).since == day(since)


def course(pairs, measure=SCORE, target=4.0, plan=PLAN):
    records = records_of([Point(day(number), value) for number, value in pairs], day(200))
    window = window_of(plan, day(100), measure)
    return course_of(records, window, records.days(after=window.since), target, False, 20.0, measure)


def test_the_due_line_leaves_the_start_late_and_reaches_the_goal_after_its_date():
    made = course([(-7, 20.0), (70, 20.0)])
    assert made.line(day(60)) == pytest.approx(20.0)
    assert made.line(day(59)) > 20.0
    assert made.line(day(100)) == pytest.approx(4.0 + 16.0 * 0.15 / 0.55)
    assert made.line(day(115)) == pytest.approx(4.0)
    assert made.line(day(120)) == pytest.approx(4.0)


@pytest.mark.parametrize(("apart", "weight"), [(1, 0.36469), (7, 0.53461), (14, 0.68928)])
def test_a_record_close_to_the_one_before_it_weighs_less(apart, weight):
    # Each lies far above the line: cut at 2.5 scatters, less a slack of 0.8. With a correlation of 0.5 · e^(−days/14)
    # a second record is worth (1 − r) / (1 + r) of an independent one.
    score = replace(SCORE, correlation_days=14.0)
    pair = course([(-7, 20.0), (70, 60.0), (70 + apart, 60.0)], score)
    assert concern_of(pair, score) * cut_of(score, per_window(pair)) == pytest.approx(1.7 * (1 + weight), abs=1e-4)


@pytest.mark.parametrize(("number", "counts"), [(60, True), (59, False)])
def test_records_before_the_line_speaks_do_not_count(number, counts):
    assert (concern_of(course([(-7, 20.0), (number, 60.0)]), SCORE) > 0) == counts


def test_one_record_pays_for_at_most_two_scatters_and_owes_at_most_two_and_a_half():
    score = replace(SCORE, correlation_days=1.0)
    made = course([(-7, 20.0), (61, 60.0), (71, 60.0), (81, -900.0), (91, 60.0)], score)
    made = replace(made, sd=(1.0,) * 4)
    total = (2.5 - 0.8) + (2.5 - 0.8) + (-2.0 - 0.8) + (2.5 - 0.8)
    assert concern_of(made, score) * cut_of(score, per_window(made)) == pytest.approx(total, abs=0.001)


@pytest.mark.parametrize(("days", "late"), [((94, 96), False), ((95, 96), True)])
def test_after_the_date_two_beyond_the_goal_by_two_scatters_are_enough_where_records_are_few(days, late):
    # On the line, which then lies above the goal, the sum itself stays at nought.
    made = course([(-7, 20.0), *((number, 8.0) for number in days)], replace(SCORE, within_person_sd=2.0, cv=None))
    assert (concern_of(made, SCORE) >= 1.0) == late


def test_the_scatter_of_the_person_replaces_the_published_one_slowly():
    assert personal_sds(2.0, [1.0, 1.0]) == [2.0, 2.0]
    # A second difference of 12 has a square of 144, a sixth of which is 24: (4 · 4 + 24) / 5 = 8.
    assert personal_sds(2.0, [0.0, 12.0, 12.0, 12.0])[3] == pytest.approx(8**0.5)
    assert personal_sds(2.0, [0.0, 1.0, 2.0, 3.0, 4.0])[4] == pytest.approx((16 / 6) ** 0.5)


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal("down", 4.0), 4.0, True),
        (Goal("down", 4.0), 4.1, False),
        (Goal("up", 4.0), 4.0, True),
        (Goal("up", 4.0), 3.9, False),
        (Goal("within", (2.0, 3.0)), 2.0, True),
        (Goal("within", (2.0, 3.0)), 3.0, True),
        (Goal("within", (2.0, 3.0)), 1.9, False),
        (Goal("within", (2.0, 3.0)), 3.1, False),
    ],
)
def test_the_goal_itself_meets_it(goal, value, met):
    assert meets(goal, value) is met


def test_what_matters_is_also_more_than_scatter():
    scattered = replace(SCORE, mcid=None, within_person_sd=1.0, cv=None)
    assert smallest_change(scattered, 20.0) == pytest.approx(2.772, abs=0.001)


def test_the_start_is_the_mean_of_the_last_two_intervals_before_it():
    pairs = [(-30, 10.0), (-20, 20.0), (-10, 30.0), (0, 40.0), (5, 99.0)]
    records = records_of([Point(day(number), value) for number, value in pairs], day(50))
    assert baseline_of(records, START, day(60)) == pytest.approx(30.0)


@pytest.mark.parametrize(("number", "baseline"), [(60, 9.0), (61, None)])
def test_without_a_record_before_it_the_first_one_until_the_line_speaks_is_the_start(number, baseline):
    records = records_of([Point(day(number), 9.0)], day(90))
    assert baseline_of(records, START, day(60)) == baseline


@pytest.mark.parametrize(("cv", "logarithmic"), [(0.1, False), (0.105, True)])
def test_what_scatters_by_more_than_a_tenth_is_compared_by_its_logarithm(cv, logarithmic):
    scattered = replace(SCORE, within_person_sd=None, cv=cv)
    assert course([(-7, 20.0), (70, 20.0)], scattered).scale.logarithmic is logarithmic


@pytest.mark.parametrize(("number", "opens"), [(0, 80), (1, 61)])
def test_a_reduction_on_the_first_day_is_the_plan_itself_and_a_later_one_needs_no_time(number, opens):
    slow = replace(SCORE, response_window_days=100)
    assert window_of(changed(number, "dose-down"), day(100), slow).opens == day(opens)


def late(days, beyond, sd=1.0):
    """The concern of a course at its goal whose last two records lie so many scatters beyond it after the date."""
    pairs = [(-7, 20.0), *((number, 4.0) for number in days[:-2]), *((number, 4.0 + beyond) for number in days[-2:])]
    made = course(pairs)
    return concern_of(replace(made, sd=(sd,) * len(days)), SCORE)


def test_two_scatters_beyond_the_goal_after_its_date_are_a_concern_of_one():
    assert late((20, 40, 96, 100), 2.0) == pytest.approx(1.0)
    assert late((20, 40, 96, 100), 1.0) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("days", "few"),
    [
        ((10, 20, 30, 40, 50, 60, 96, 100), True),  # eight in the window
        ((5, 10, 20, 30, 40, 50, 60, 96, 100), False),
        ((10, 20, 30, 40, 50, 60, 95, 96), False),  # eight in 96 days are 8.3 a window
    ],
)
def test_eight_records_a_window_are_few(days, few):
    assert (late(days, 2.0) >= 0.99) is few


def test_of_the_late_records_those_count_from_which_on_the_line_speaks():
    plan = replace(PLAN, judge_from=day(97))
    assert concern_of(course([(-7, 20.0), (97, 60.0), (100, 60.0)], plan=plan), SCORE) >= 1.0
    assert concern_of(course([(-7, 20.0), (96, 12.0), (100, 12.0)], plan=plan), SCORE) < 1.0


@pytest.mark.parametrize(("comparator", "limit", "owed"), [("<", 6.0, 2.0), ("<", 60.0, 0.0), (">", 6.0, 0.0)])
def test_a_bound_counts_as_good_only_where_all_that_it_allows_lies_below_the_line(comparator, limit, owed):
    # After a record that pays 1.7, one of 2 scatters below the line takes 2.8 back, one on the line the slack of 0.8.
    points = [Point(day(-7), 20.0), Point(day(61), 60.0), Point(day(80), limit, comparator)]
    records = records_of(points, day(200))
    window = window_of(PLAN, day(100), SCORE)
    made = course_of(records, window, records.days(after=window.since), 4.0, False, 20.0, SCORE)
    made = replace(made, sd=(1.0, 1.0))
    total = concern_of(made, SCORE) * cut_of(SCORE, per_window(made))
    weight = 0.68928 + (0.7731 - 0.68928) * (80 - 61 - 14) / 7  # only its order matters
    assert total == pytest.approx(max(0.0, 1.7 - weight * (owed + 0.8)), abs=0.05)


def test_a_bound_that_is_worse_than_the_line_is_as_bad_as_its_number():
    points = [Point(day(-7), 20.0), Point(day(61), 60.0, ">")]
    records = records_of(points, day(200))
    window = window_of(PLAN, day(100), SCORE)
    made = course_of(records, window, records.days(after=window.since), 4.0, False, 20.0, SCORE)
    assert concern_of(made, SCORE) * cut_of(SCORE, per_window(made)) == pytest.approx(1.7)


@pytest.mark.parametrize(("value", "logarithmic"), [(0.0, False), (0.5, True), (-1.0, False)])
def test_a_value_of_nought_has_no_logarithm(value, logarithmic):
    scattered = replace(SCORE, within_person_sd=None, cv=0.2)
    assert course([(-7, 20.0), (70, value)], scattered).scale.logarithmic is logarithmic


@pytest.mark.parametrize(("judge_from", "concern"), [(96, 0.45), (97, 0.09)])
def test_a_record_of_the_day_from_which_is_judged_counts_as_one_after_the_date(judge_from, concern):
    plan = Plan(START, day(80), judge_from=day(judge_from))
    records = records_of([Point(day(-2), 18.0), Point(day(96), 6.0), Point(day(110), 6.0)], day(111))
    window = window_of(plan, day(111), SCORE)
    made = course_of(records, window, tuple(records.days(after=window.since)), 4.0, False, 18.0, SCORE)
    assert round(concern_of(made, SCORE), 2) == concern
