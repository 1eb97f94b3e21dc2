"""What of a chart is seen: days that never leave the whole, means where results crowd, what is laid over."""

from dataclasses import replace
from datetime import date, timedelta
from statistics import fmean

import pytest

from organizer.health.chart import ChartData, axis_of
from organizer.health.chart_view import (
    LEAST_DAYS,
    Days,
    crowded,
    last_days,
    length_for,
    on_one_axis,
    stretches,
    view_of,
    whole_days,
)
from organizer.health.series import Point, Range, Span

FIRST = date(2024, 1, 1)
WHOLE = Days(FIRST, date(2025, 12, 31))


def points(values, step=1, performer="", comparator=""):
    return tuple(
        Point(FIRST + timedelta(days=step * n), value, comparator, f"{value}", f"entry-{n}", performer)
        for n, value in enumerate(values)
    )


def chart(values, unit="mg/dL", title="Glucose", **more):
    return ChartData(title, unit, points(values, **more))


def test_looking_closer_keeps_what_is_looked_at_in_its_place():
    closer = WHOLE.zoomed(2, 0.25, WHOLE)
    day = FIRST + timedelta(days=round(WHOLE.length * 0.25))
    assert closer.length == pytest.approx(WHOLE.length / 2, abs=1)
    assert closer.share(day) == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("about", [0.0, 0.3, 1.0])
def test_nothing_beyond_the_whole_is_shown_however_it_is_turned(about):
    assert WHOLE.zoomed(0.1, about, WHOLE) == WHOLE
    near = WHOLE.zoomed(4, about, WHOLE)
    for days in (near.moved(9, WHOLE), near.moved(-9, WHOLE), near.zoomed(0.5, 1 - about, WHOLE)):
        assert WHOLE.first <= days.first < days.last <= WHOLE.last


def test_nobody_looks_closer_than_two_weeks_and_a_shorter_whole_stays_whole():
    assert WHOLE.zoomed(10_000, 0.5, WHOLE).length == LEAST_DAYS
    short = Days(FIRST, FIRST + timedelta(days=9))
    assert short.zoomed(3, 0.5, short) == short


def test_days_move_only_where_a_day_is_out_of_sight():
    near = Days(FIRST, FIRST + timedelta(days=30))
    assert near.holding(near.last, WHOLE) == near
    there = near.holding(date(2025, 6, 1), WHOLE)
    assert there.share(date(2025, 6, 1)) == pytest.approx(0.5, abs=0.05)


def test_a_day_at_either_end_is_in_sight():
    seen = Days(FIRST + timedelta(days=100), FIRST + timedelta(days=200))
    assert seen.holding(seen.first, WHOLE) == seen.holding(seen.last, WHOLE) == seen
    assert seen.holding(seen.last + timedelta(days=1), WHOLE) != seen


def test_the_last_days_are_counted_from_the_newest_result_and_reach_to_the_end():
    data = chart([5.0] * 100)
    whole = whole_days(data)
    assert last_days(data, 30, whole) == Days(data.points[-1].when - timedelta(days=30), whole.last)
    assert last_days(data, 9999, whole) == whole


def test_results_crowd_from_more_than_two_on_two_pixels():
    assert not crowded(600, 600)
    assert crowded(601, 600)


def test_where_results_crowd_their_monthly_means_stand_between_the_lowest_and_the_highest():
    data = chart([100 + (n * 37) % 90 for n in range(731)])
    view = view_of(data, whole_days(data), 300)
    assert view.length == "month"
    assert not view.points
    by_month = {}
    for point in data.points:
        by_month.setdefault((point.when.year, point.when.month), []).append(point.value)
    expected = [(fmean(values), min(values), max(values), len(values)) for values in by_month.values()]
    for each, numbers in zip(view.means, expected, strict=True):
        assert (each.mean, each.low, each.high, each.count) == pytest.approx(numbers)
    assert "mean of each month; the band reaches from lowest to highest" in view.spoken()
    assert "731 results" in view.spoken()
    assert view.means[0].in_words("mg/dL").startswith("Jan 2024: mean 1")
    assert view.means[0].in_words("mg/dL").endswith("31 results")


def test_with_room_for_each_every_result_is_drawn_and_no_mean_is_spoken_of():
    data = chart([100 + n % 9 for n in range(300)])
    view = view_of(data, whole_days(data), 300)
    assert len(view.points) == 300
    assert not view.means
    assert "mean" not in view.spoken()


def test_what_is_no_number_of_the_same_laboratory_goes_into_no_mean():
    own = points([5.0] * 400, performer="North Lab")
    bounds = tuple(
        Point(FIRST + timedelta(days=n), 900.0, "<", "900", f"bound-{n}", "North Lab") for n in range(0, 300, 100)
    )
    other = (Point(FIRST + timedelta(days=7), 77.0, "", "77", "else", "South Lab"),)
    data = ChartData("CRP", "mg/L", tuple(sorted((*own, *bounds, *other), key=lambda point: point.when)))
    view = view_of(data, whole_days(data), 200)
    assert {each.mean for each in view.means} == {5.0}
    assert sum(each.count for each in view.means) == 400
    assert sorted(view.shapes) == ["below", "below", "below", "other"]


@pytest.mark.parametrize(
    ("days", "room", "length"),
    [
        (60, 240, "day"),
        (61, 240, "week"),
        (420, 240, "week"),
        (421, 240, "month"),
        (1824, 240, "month"),
        (1825, 240, "year"),
        (36_525, 399, "year"),
    ],
)
def test_a_mean_is_of_the_shortest_stretch_that_has_four_pixels(days, room, length):
    assert length_for(Days(FIRST, FIRST + timedelta(days=days)), room) == length


def test_weeks_begin_on_monday_and_months_end_on_their_last_day():
    data = points([1.0] * 60)
    assert [(each.first.isoformat(), each.last.isoformat()) for each in stretches(data, "week")][:2] == [
        ("2024-01-01", "2024-01-07"),
        ("2024-01-08", "2024-01-14"),
    ]
    assert [each.last.isoformat() for each in stretches(data, "month")][:2] == ["2024-01-31", "2024-02-29"]


def test_two_blood_pressures_share_an_axis_and_what_lies_far_apart_or_has_another_unit_does_not():
    upper, lower = chart([130.0, 144], "mm[Hg]"), chart([80.0, 92], "mmHg")
    assert on_one_axis(upper, lower)
    view = view_of(upper, whole_days(upper, lower), 500, lower)
    assert view.shares_axis
    assert view.axis.low <= 80
    assert view.axis.high >= 144
    assert view.axis == view.beside.axis
    assert not on_one_axis(chart([140.0], "mmol/L"), chart([4.1], "mmol/L"))
    assert on_one_axis(chart([30.0]), chart([10.0]))
    assert not on_one_axis(chart([30.1]), chart([10.0]))
    assert on_one_axis(chart([0.0]), chart([0.0]))
    assert on_one_axis(chart([0.3]), chart([0.1]))
    assert not on_one_axis(chart([-0.5]), chart([-1.0]))
    assert not on_one_axis(chart([130.0], "mm[Hg]"), chart([80.0], "kg"))


def test_what_is_laid_over_has_its_own_axis_and_is_told_as_not_joined():
    weight, sugar = chart([80.0, 84.0], "kg", "Weight"), chart([5.0, 9.0], "mmol/L")
    view = view_of(weight, whole_days(weight, sugar), 500, sugar)
    assert view.axis == axis_of(weight, 4)
    assert view.beside.axis == axis_of(sugar, 4)
    assert "Laid over, not joined: Glucose: 2 results" in view.spoken()


def test_the_axis_of_six_months_of_scatter_is_no_cliff():
    data = ChartData("Albumin", "g/dL", points([3.0, 2.98, 3.02, 3.01], step=40), Range(text="as printed"))
    view = view_of(data, last_days(data, 183, whole_days(data)), 500)
    assert abs(view.axis.share(3.02) - view.axis.share(2.98)) < 0.1


@pytest.mark.parametrize(("names", "undrawn"), [("ABC", ""), ("ABCD", "not drawn: D"), ("ABCDE", "not drawn: D, E")])
def test_medicines_without_room_for_a_lane_are_named(names, undrawn):
    spans = tuple(Span(name, FIRST + timedelta(days=n)) for n, name in enumerate(names))
    assert view_of(replace(chart([5, 6, 7]), spans=spans), WHOLE, 400).undrawn() == undrawn
