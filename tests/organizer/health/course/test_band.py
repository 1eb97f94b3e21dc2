"""Goals with two ends: by the share of time within, from both sides of each limit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.health.course import Goal, Plan, check_plan, measures
from organizer.health.course.band import STEADY, InBand, in_band
from organizer.health.course.series import records_of
from organizer.health.series import Point

START = date(2026, 1, 5)
PLAN = Plan(START, START + timedelta(days=160))
BAND = Goal("within", (2.0, 3.0))


def days(*values, every=14):
    points = [Point(START + timedelta(days=every * (n + 1)), value) for n, value in enumerate(values)]
    return records_of(points, START + timedelta(days=999)).days()


def verdict(*values, start=1.1):
    points = [Point(START - timedelta(days=4), start)]
    points += [Point(START + timedelta(days=14 * (n + 1)), value) for n, value in enumerate(values)]
    measure = measures.find("6301-6") or measures.unknown("6301-6", "{INR}", [2.5])
    return check_plan(PLAN, BAND, points, points[-1].when + timedelta(days=1), measure=measure)


def test_time_in_range_follows_the_line_between_two_results():
    # Rosendaal's own kind of example: 2.5 to 3.5 in fourteen days is within for half of them.
    assert in_band(days(2.5, 3.5), 2.0, 3.0).share == pytest.approx(0.5)
    assert in_band(days(2.5, 2.5), 2.0, 3.0).share == 1.0
    assert in_band(days(1.0, 1.0), 2.0, 3.0).share == 0.0


def test_beyond_eight_weeks_nothing_is_drawn_between_two_results():
    assert in_band(days(2.5, 3.5, every=56), 2.0, 3.0).share == pytest.approx(0.5)
    assert in_band(days(2.5, 3.5, 3.5, every=57), 2.0, 3.0).share == pytest.approx(1 / 3)


def test_swinging_values_with_a_fine_mean_are_not_on_track():
    said = verdict(1.4, 4.6, 1.4, 4.2, 1.3, 4.5, 1.5)
    assert said.verdict == "not-on-track"
    assert "None of the last 7 results lies within the goal. It is reasonable" in said.sentence


def test_steady_values_are_met_from_wherever_they_began():
    said = verdict(2.2, 2.6, 2.4, 2.8, 2.3, 2.5, 2.6)
    assert said.verdict == "met"
    assert "The last 7 results all lie within the goal." in said.sentence
    assert "The latest results lie within" not in said.sentence


@pytest.mark.parametrize(("every", "time"), [(56, True), (57, False)])
def test_the_share_of_the_time_is_told_where_all_of_it_was_counted(every, time):
    band = in_band(days(3.5, 2.5, 2.5, every=every), 2.0, 3.0)
    assert band.whole is time
    assert in_band(days(2.5, 2.5, every=every), 2.0, 3.0).whole is time


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((4.0, 3.8, 3.7, 3.6, 3.5, 2.9, 2.8), "The last two results lie within the goal, earlier ones didn’t: one"),
        ((4.0, 4.0, 4.0, 2.8, 2.7, 2.6), "The last two results lie within the goal, earlier ones didn’t: one or two"),
    ],
)
def test_a_course_that_has_come_into_the_band_is_said_to_have(values, words):
    said = verdict(*values, start=4.5)
    assert said.verdict == "unclear-so-far"
    assert words in said.sentence


def test_one_result_within_after_many_outside_is_not_enough():
    assert verdict(4.0, 3.8, 3.7, 3.6, 3.5, 2.9, start=4.5).verdict == "not-on-track"


@pytest.mark.parametrize(
    ("values", "way"), [((2.5, 1.5, 1.0, 0.6, 0.5), "below"), ((2.5, 3.5, 5.2, 6.1, 7.0), "above")]
)
def test_the_sentence_names_the_side_on_which_they_lie(values, way):
    said = verdict(*values, start=2.5)
    assert said.verdict == "worsening"
    assert f"The latest results lie {way} the goal." in said.sentence


@given(st.lists(st.floats(0.5, 9.0), min_size=2, max_size=20))
def test_a_share_is_a_share(values):
    assert 0.0 <= in_band(days(*values), 2.0, 3.0).share <= 1.0


def test_coming_down_into_a_band_is_no_worsening():
    points = [Point(START - timedelta(days=4), 12.0)]
    points += [Point(START + timedelta(days=n), value) for n, value in ((56, 9.0), (116, 3.0), (156, 2.5))]
    said = check_plan(PLAN, Goal("within", (0.4, 4.0)), points, points[-1].when, measure=measures.find("3016-3"))
    assert said.verdict in ("met", "on-track", "unclear-so-far")


def at(*pairs):
    """Days with records by the day since the start."""
    points = [Point(START + timedelta(days=day), value) for day, value in pairs]
    return records_of(points, START + timedelta(days=999)).days()


def test_both_ends_of_a_band_lie_within_it():
    assert in_band(at((0, 2.0), (10, 3.0)), 2.0, 3.0) == InBand(2, 2, 1.0)
    assert in_band(at((0, 2.0), (10, 2.0)), 2.0, 3.0) == InBand(2, 2, 1.0)
    assert in_band(at((0, 3.0), (10, 3.0)), 2.0, 3.0) == InBand(2, 2, 1.0)
    assert in_band(at((0, 1.99), (10, 3.01)), 2.0, 3.0).within == 0
    assert in_band(at((0, 2.5)), 2.0, 3.0) is None


@pytest.mark.parametrize(("gap", "share"), [(56, 1 / 4), (57, 1 / 2)])
def test_a_gap_of_eight_weeks_is_drawn_and_no_longer_one(gap, share):
    # On the line from 2.5 to 4.5 a quarter of the days lies within; without a line one of two results does.
    assert in_band(at((0, 2.5), (gap, 4.5)), 2.0, 3.0).share == pytest.approx(share)


def test_one_day_between_two_results_counts():
    assert in_band(at((0, 2.5), (1, 4.5), (2, 4.5)), 2.0, 3.0).share == pytest.approx(0.125)


@pytest.mark.parametrize(("oldest", "count"), [(183, 3), (184, 2)])
def test_results_of_the_last_183_days_count(oldest, count):
    assert in_band(at((200 - oldest, 2.5), (150, 2.5), (200, 2.5)), 2.0, 3.0).count == count


def stood(outside, inside):
    """The verdict where so many of a hundred days lie without the band before the others lie within it."""
    points = [Point(START - timedelta(days=4), 2.5)]
    points += [Point(START + timedelta(days=day), 3.4) for day in (1, 1 + outside)]
    points += [Point(START + timedelta(days=day), 2.5) for day in (2 + outside, 1 + outside + inside)]
    measure = replace(measures.find("6301-6"), response_window_days=7)
    return check_plan(Plan(START, START + timedelta(days=300)), BAND, points, points[-1].when, measure=measure)


@pytest.mark.parametrize(("outside", "inside", "steady"), [(19, 41, True), (23, 41, False)])
def test_a_band_is_kept_from_sixty_five_percent_of_the_time_on(outside, inside, steady):
    assert STEADY == 0.65
    said = stood(outside, inside)
    assert (said.verdict == "met") == steady, said.sentence


@pytest.mark.parametrize(("count", "expected"), [(3, "unclear-so-far"), (4, "not-on-track")])
def test_three_results_just_outside_are_too_few_for_a_share(count, expected):
    points = [Point(START - timedelta(days=4), 2.5)]
    points += [Point(START + timedelta(days=100 + 10 * number), 3.05) for number in range(count)]
    said = check_plan(PLAN, BAND, points, points[-1].when, measure=measures.find("6301-6"))
    assert said.verdict == expected


def test_results_at_the_ends_of_a_band_meet_it():
    assert verdict(2.0, 3.0, 2.0, 3.0, 2.0, 3.0, start=2.5).verdict == "met"


def swung(*pairs):
    """The verdict of results by the day since the start."""
    points = [Point(START - timedelta(days=4), 2.5), *(Point(START + timedelta(days=n), value) for n, value in pairs)]
    return check_plan(PLAN, BAND, points, points[-1].when, measure=measures.find("6301-6")).verdict


def test_exactly_sixty_five_percent_of_the_time_is_steady():
    # 4 to 2 in two days is within for one of them: 1 + 25 of 40 days, then 10 + 3 of 20.
    assert swung((100, 4.0), (113, 4.0), (115, 2.0), (120, 2.0), (140, 2.0)) == "met"
    assert swung((100, 3.25), (104, 3.25), (106, 2.75), (116, 2.75), (118, 3.25), (120, 2.75)) == "on-track"


@pytest.mark.parametrize(("first", "expected"), [(2.4, "met"), (1.0, "unclear-so-far")])
def test_of_three_results_the_share_of_time_counts(first, expected):
    assert swung((100, first), (130, 2.5), (140, 2.6)) == expected


def test_three_results_at_the_ends_after_a_long_time_outside_are_no_alarm():
    assert swung((60, 3.4), (90, 3.4), (120, 3.4), (125, 2.0), (130, 3.0), (135, 2.0)) == "unclear-so-far"
