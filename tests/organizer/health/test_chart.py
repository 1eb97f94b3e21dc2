"""Charts: only like is joined with like, a bound is no point like others, and axes hold what they show."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizer.base.i18n import speaking
from organizer.health.chart import (
    ChartData,
    Level,
    axis_of,
    by_medicine,
    chart_of,
    in_lanes,
    joined,
    main_performer,
    month_ticks,
    notes,
    outline,
    shape_of,
)
from organizer.health.series import Point, Range, Series, Span

DAY = date(2026, 3, 1)


def point(days, value, performer="", comparator=""):
    return Point(DAY + timedelta(days=days), value, comparator, f"{value}", performer=performer)


def data(*values, low=None, high=None, **more):
    return ChartData("AST", "U/L", tuple(point(n, value) for n, value in enumerate(values)), Range(low, high), **more)


def pairs(points):
    return [(a.value, b.value) for a, b in joined(points)]


def test_another_laboratory_is_hollow_and_not_joined():
    points = [point(0, 210, "Northfield"), point(20, 148, "St Anne’s"), point(80, 72, "St Anne’s")]
    assert main_performer(points) == "St Anne’s"
    assert [shape_of(each, "St Anne’s") for each in points] == ["other", "dot", "dot"]
    assert pairs(points) == [(148, 72)]


def test_one_laboratory_in_two_spellings_is_one():
    points = [point(0, 1, "North Lab"), point(1, 2, "NORTH  LAB"), point(2, 3, "North Labs")]
    assert [shape_of(each, main_performer(points)) for each in points] == ["dot", "dot", "other"]
    assert pairs(points) == [(1, 2)]


def test_another_laboratory_between_does_not_part_the_main_ones_line():
    assert pairs([point(0, 1, "A"), point(1, 9, "B"), point(2, 2, "A"), point(3, 3)]) == [(1, 2), (2, 3)]


def test_a_bound_is_an_arrow_head_and_parts_the_line():
    points = [point(0, 12), point(20, 0.6, comparator="<"), point(40, 11), point(60, 90, comparator=">=")]
    assert [shape_of(each, "") for each in points] == ["dot", "below", "dot", "above"]
    assert pairs(points) == []


def test_what_is_no_point_like_the_others_is_said_beside():
    assert notes([point(0, 1), point(1, 2)]) == []
    words = " ".join(notes([point(0, 1, "A"), point(1, 2, "A"), point(2, 3, "B"), point(3, 4, "A", "<")]))
    assert "another laboratory" in words
    assert "below what was measurable" in words
    assert "above" not in words


def test_the_goal_lies_on_the_axis():
    axis = axis_of(data(2.9, 1.1, goal=Range(high=0.5)))
    assert axis.low == 0
    assert axis.high >= 2.9


def test_two_neighbouring_values_are_no_cliff_where_a_range_is_printed():
    axis = axis_of(data(22, 24, low=0, high=40))
    assert axis.low == 0
    assert axis.high >= 40
    assert axis.share(24) - axis.share(22) < 0.06


def test_two_neighbouring_values_are_no_cliff_without_a_range():
    axis = axis_of(data(22, 24))
    assert abs(axis.share(24) - axis.share(22)) < 0.5


def test_without_a_range_the_axis_spans_a_fifth_of_the_level():
    flat, moved = axis_of(data(100, 99)), axis_of(data(100, 79))
    assert 20 <= flat.high - flat.low <= 40
    assert moved.share(100) - moved.share(79) > 0.4


def test_between_both_ends_of_a_range_everything_is_at_its_own_scale():
    axis = axis_of(data(7.38, 7.41, low=7.35, high=7.45))
    assert axis.high - axis.low < 0.2


def test_what_fell_does_not_lie_on_the_foot_of_the_picture():
    assert axis_of(data(60, 45)).share(45) > 0.2
    assert axis_of(data(60, 0)).low == 0


def test_an_end_of_the_range_far_from_the_course_stays_beyond_the_axis():
    assert axis_of(data(100, 120, high=319)).high >= 319  # 219 wide; the course needs 24: within ten times
    assert axis_of(data(100, 120, high=341)).high < 341  # 241 wide: beyond ten times


def test_zero_is_the_foot_where_the_lowest_value_is_little_of_the_highest():
    assert axis_of(data(54, 100)).low == 0
    assert axis_of(data(56, 100)).low > 0


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 6)), min_size=1, max_size=9))
def test_every_point_lies_on_the_axis(values):
    axis = axis_of(data(*values))
    slack = max(abs(axis.high - axis.low), 1e-9) * 1e-6
    assert axis.low - slack <= min(values)
    assert max(values) <= axis.high + slack
    assert 2 <= len(axis.ticks) <= 12
    assert all(a < b for a, b in pairwise(axis.ticks))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=3))
def test_no_number_of_a_file_breaks_the_picture(values):
    axis = axis_of(data(*values))
    assert all(0 <= axis.share(value) <= 1 for value in values)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=9))
def test_an_axis_of_values_above_zero_does_not_go_below(values):
    assert axis_of(data(*values)).low >= 0


def test_a_chart_without_points_has_an_axis():
    assert axis_of(data()).low < axis_of(data()).high


@given(st.integers(5, 2_900_000))
def test_months_are_few_and_named(days):
    ticks = month_ticks(DAY, DAY + timedelta(days=days), 9)
    assert len(ticks) <= 9
    assert all(name for _day, name in ticks)


def test_a_month_is_written_in_the_language_without_its_year():
    assert month_ticks(date(2025, 12, 1), date(2026, 3, 1), 9)[0][1] == "Dec"
    assert month_ticks(date(2025, 12, 1), date(2026, 3, 1), 9)[1][1] == "2026"
    with speaking("es"):
        assert month_ticks(date(2025, 12, 1), date(2026, 3, 1), 9)[0][1] == "dic"


def test_an_outline_keeps_both_ends_the_lowest_and_the_highest():
    ends = (point(5001, -3.0), point(5002, 99.0), point(5003, 1.0))
    points = (*(point(n, 5.0 + n % 7) for n in range(5000)), *ends)
    kept = outline(points, 100)
    assert len(kept) <= 100
    assert {kept[0], kept[-1], points[-2], points[-3]} <= set(kept)
    assert {points[0], points[-1]} <= set(kept)
    assert outline(points[:100], 100) == points[:100]


def test_the_course_is_said_with_range_and_goal_as_people_write_them():
    series = Series(
        "789-8", "Erythrocytes", "/uL", (Point(DAY, 4_712_000, "", "4712000"),), range=Range(4_250_000, 5_930_000)
    )
    words = chart_of(series).spoken()
    assert "4712000 /µL" in words
    assert "Range of the laboratory: 4,250,000–5,930,000." in words


def test_overlapping_medicines_stand_in_lanes_of_their_own():
    first, beside, after = (
        Span("A", date(2026, 1, 1), date(2026, 2, 1)), Span("B", date(2026, 1, 15)), Span("A", date(2026, 2, 1)),
    )  # fmt: skip
    assert in_lanes([first, beside, after]) == [[first, after], [beside]]
    assert in_lanes([first, beside, after], most=1) == [[first, after]]


def test_each_medicine_is_one_lane_with_its_steps():
    lanes = by_medicine([Span("A", date(2026, 2, 1)), Span("B", DAY), Span("A", date(2026, 1, 1), date(2026, 2, 1))])
    assert [(lane.name, len(lane.steps)) for lane in lanes] == [("A", 2), ("B", 1)]


def test_the_last_months_are_counted_from_the_newest_result():
    whole = ChartData("X", "", (point(0, 1), point(100, 2), point(200, 3)))
    assert [each.value for each in whole.since(100).points] == [2, 3]
    assert [each.value for each in whole.since(99).points] == [3]


def test_a_part_of_a_chart_holds_its_first_and_its_last_day():
    levels = tuple(Level(DAY + timedelta(days=day), 1.0, 0.0, 2.0) for day in range(4))
    spans = tuple(Span(str(day), DAY + timedelta(days=day), DAY + timedelta(days=day)) for day in range(4))
    part = data(1.0, 2.0, 3.0, 4.0, level=levels, spans=spans).between(DAY + timedelta(days=1), DAY + timedelta(days=2))
    assert [each.value for each in part.points] == [2.0, 3.0]
    assert [(each.when - DAY).days for each in part.level] == [1, 2]
    assert [span.name for span in part.spans] == ["1", "2"]


@pytest.mark.parametrize(
    ("months", "most", "step"),
    [
        (9, 9, 1), (10, 9, 2), (18, 9, 2), (20, 9, 3), (27, 9, 3), (30, 9, 6), (54, 9, 6), (60, 9, 12), (108, 9, 12),
        (120, 9, 24), (216, 9, 24), (240, 9, 60), (540, 9, 60), (600, 9, 120), (1080, 9, 120), (1200, 9, 240),
        (2160, 9, 240), (2400, 9, 600), (5400, 9, 600), (6000, 9, 1200),
    ],
)  # fmt: skip
def test_months_on_an_axis_are_as_many_apart_as_leave_room_for_their_names(months, most, step):
    """From January of a year that all steps divide, so that the first month has a name whatever the step."""
    first = date(1000, 1, 1)
    ticks = month_ticks(first, date(1000 + (months - 1) // 12, (months - 1) % 12 + 1, 1), most)
    assert [(day.year - 1000) * 12 + day.month - 1 for day, _name in ticks] == list(range(0, months, step))
    assert all((name == str(day.year)) is (day.month == 1) for day, name in ticks)


def test_an_axis_without_a_january_begins_with_its_year():
    assert month_ticks(date(2026, 2, 1), date(2026, 4, 1), 9)[0][1] == "Feb 2026"
    assert month_ticks(date(2026, 1, 1), date(2026, 4, 1), 9)[0][1] == "2026"


@pytest.mark.parametrize(("drawn", "count"), [(2_000, 2_000), (2_001, None)])
def test_two_thousand_points_are_drawn_as_they_are(drawn, count):
    points = tuple(point(number, float(number % 7)) for number in range(drawn))
    assert (len(outline(points)) == drawn) is (count is not None)
    assert len(outline(points)) <= 2_000


@pytest.mark.parametrize("count", [0, 1])
def test_few_points_are_joined_with_nothing(count):
    assert joined([point(n, 1) for n in range(count)]) == []
