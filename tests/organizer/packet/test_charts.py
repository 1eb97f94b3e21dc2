"""Charts: only like is joined with like, and axes hold what they show."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from organizer.packet.page.charts import amount
from organizer.packet.page.scales import (
    ChartData,
    ChartPoint,
    joined_segments,
    main_performer,
    make_scale,
    month_ticks,
)

DAY = date(2026, 3, 1)


def point(days: int, value: float, performer: str = "", censored: bool = False) -> ChartPoint:
    return ChartPoint(DAY + timedelta(days=days), value, f"{value}", performer, censored)


def test_another_laboratory_is_not_joined():
    points = [point(0, 210, "Northfield"), point(20, 148, "St Anne’s"), point(80, 72, "St Anne’s")]
    assert main_performer(points) == "St Anne’s"
    assert [(a.value, b.value) for a, b in joined_segments(points)] == [(148, 72)]


def test_a_value_below_the_limit_of_detection_is_not_joined():
    points = [point(0, 0.1, censored=True), point(20, 0.4), point(40, 0.5)]
    assert [(a.value, b.value) for a, b in joined_segments(points)] == [(0.4, 0.5)]


def test_the_goal_lies_on_the_axis():
    scale = make_scale(ChartData("g/g", (point(0, 2.9), point(9, 1.1)), DAY, goal_high=0.5))
    assert scale.low == 0
    assert scale.high >= 2.9


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 6)), min_size=1, max_size=9))
def test_every_point_lies_on_the_axis(values):
    scale = make_scale(ChartData("", tuple(point(n, value) for n, value in enumerate(values)), DAY))
    slack = max(abs(scale.high - scale.low), 1e-9) * 1e-6
    assert scale.low - slack <= min(values)
    assert max(values) <= scale.high + slack
    assert 2 <= len(scale.ticks) <= 12


@given(st.integers(5, 20000))
def test_months_are_few_and_named(days):
    ticks = month_ticks(DAY, DAY + timedelta(days=days), 9)
    assert len(ticks) <= 9
    assert all(name for _day, name in ticks)


def test_a_dose_is_shortened_to_its_amount():
    assert amount("30 mg once a day") == "30 mg"
    assert amount("one tablet") == "one tablet"
