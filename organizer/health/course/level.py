"""The level that the records suggest, with its uncertainty: for the picture only, it decides nothing.

A Kalman filter over level and slope (integrated random walk) with the Rauch–Tung–Striebel smoother (AIAA J 3, 1965):
the slope may bend by about one scatter within half a response window.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp, log, log1p, sqrt

from organizer.health.chart import Level
from organizer.health.course.due_line import LOG_CV, personal_sds
from organizer.health.course.model import Measure
from organizer.health.course.series import records_of
from organizer.health.series import Point

STEPS = 48
WIDE = 1.96
MOST_SPREAD = 3.0
"""Scatters of one record. Design judgement: about where the shade is as wide as all that a year of records scatters."""
_Pair = tuple[float, float]
_Spread = tuple[float, float, float]  # the variance of the level, their covariance, the variance of the slope


def level_of(points: Sequence[Point], as_of: date, measure: Measure) -> tuple[Level, ...]:
    """The level from the first record to the last, at each day with records and at some days between.

    Empty for fewer than three days with records, and where these lie so far apart that between them anything may have
    been: a shade wider than MOST_SPREAD scatters of a single record tells nothing. A bound (`<0.1`) counts as its
    number with twice the scatter.
    """
    days = records_of(points, as_of).days()
    if len(days) < 3:
        return ()
    logarithmic = (measure.cv or 0.0) > LOG_CV and all(day.value > 0 for day in days)
    by_day = {day.when: (log(day.value) if logarithmic else day.value, 4.0 if day.comparator else 1.0) for day in days}
    middle = sorted(abs(day.value) for day in days)[len(days) // 2] or 1.0
    cv = measure.cv or 0.1
    sd = sqrt(log1p(cv**2)) if logarithmic else measure.within_person_sd or cv * middle
    sd = personal_sds(sd, [by_day[day.when][0] for day in days])[-1]
    first, last = days[0].when, days[-1].when
    step = max(1, (last - first).days // STEPS)
    grid = sorted({*by_day, *(first + timedelta(days=n) for n in range(0, (last - first).days, step))})
    back = exp if logarithmic else float
    smoothed = _smoothed(grid, by_day, sd, measure.response_window_days / 2)
    if max(spread for _when, _level, spread in smoothed) > MOST_SPREAD * sd:
        return ()
    return tuple(
        Level(when, back(level), back(level - WIDE * spread), back(level + WIDE * spread))
        for when, level, spread in smoothed
    )


def _smoothed(
    grid: Sequence[date], means: dict[date, tuple[float, float]], sd: float, bends: float
) -> list[tuple[date, float, float]]:
    noise = sd * sd / bends**3
    first = means[grid[0]][0]
    state, spread = (first, 0.0), (4 * sd * sd, 0.0, (4 * sd / bends) ** 2)
    filtered: list[tuple[_Pair, _Spread]] = []
    ahead: list[tuple[_Pair, _Spread, float]] = []
    for place, when in enumerate(grid):
        gap = float((when - grid[place - 1]).days) if place else 0.0
        state, spread = _forward(state, spread, gap, noise)
        ahead.append((state, spread, gap))
        if when in means:
            state, spread = _seen(state, spread, *means[when], sd)
        filtered.append((state, spread))
    levels = [(grid[-1], state[0], sqrt(spread[0]))]
    for place in range(len(grid) - 2, -1, -1):
        state, spread = _backward(filtered[place], ahead[place + 1], (state, spread))
        levels.append((grid[place], state[0], sqrt(max(0.0, spread[0]))))
    return levels[::-1]


def _forward(state: _Pair, spread: _Spread, gap: float, noise: float) -> tuple[_Pair, _Spread]:
    (level, slope), (a, b, c) = state, spread
    moved = (a + 2 * gap * b + gap * gap * c + noise * gap**3 / 3, b + gap * c + noise * gap**2 / 2, c + noise * gap)
    return (level + gap * slope, slope), moved


def _seen(state: _Pair, spread: _Spread, value: float, wider: float, sd: float) -> tuple[_Pair, _Spread]:
    (level, slope), (a, b, c) = state, spread
    total = a + wider * sd * sd
    up, along = a / total, b / total
    off = value - level
    return (level + up * off, slope + along * off), (a - up * a, b - up * b, c - along * b)


def _backward(
    here: tuple[_Pair, _Spread], ahead: tuple[_Pair, _Spread, float], later: tuple[_Pair, _Spread]
) -> tuple[_Pair, _Spread]:
    state, spread = here
    gap = ahead[2]
    a, b, c = spread
    p, q, r = ahead[1]
    det = p * r - q * q
    if det <= 0:
        return state, spread
    # gain = spread · transitionᵀ · ahead⁻¹, written out for two by two
    m00, m01, m10, m11 = a + gap * b, b, b + gap * c, c
    g00, g01 = (m00 * r - m01 * q) / det, (m01 * p - m00 * q) / det
    g10, g11 = (m10 * r - m11 * q) / det, (m11 * p - m10 * q) / det
    d0, d1 = later[0][0] - ahead[0][0], later[0][1] - ahead[0][1]
    e, f, h = later[1][0] - p, later[1][1] - q, later[1][2] - r
    made = (
        a + g00 * (g00 * e + g01 * f) + g01 * (g00 * f + g01 * h),
        b + g00 * (g10 * e + g11 * f) + g01 * (g10 * f + g11 * h),
        c + g10 * (g10 * e + g11 * f) + g11 * (g10 * f + g11 * h),
    )
    return (state[0] + g00 * d0 + g01 * d1, state[1] + g10 * d0 + g11 * d1), made
