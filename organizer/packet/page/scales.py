"""What a chart shows, and the axes that hold it: points, lanes, marks; only like is joined with like."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from organizer.base.dates import PartialDate


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One result: its day, its number, its text as printed (with comparator), and who measured it."""

    when: date
    value: float
    label: str
    performer: str = ""
    censored: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A medicine above the chart: its name and its dose steps (words, first day, last day or None = goes on)."""

    name: str
    steps: tuple[tuple[str, date, date | None], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day, written above the plot with a small triangle."""

    when: date
    text: str


@dataclass(frozen=True, slots=True)
class ChartData:
    """All that one chart shows; values, range and goal are in `unit`."""

    unit: str
    points: tuple[ChartPoint, ...]
    until: date
    range_low: float | None = None
    range_high: float | None = None
    range_text: str = ""
    goal_low: float | None = None
    goal_high: float | None = None
    goal_text: str = ""
    goal_due: date | None = None
    lanes: tuple[Lane, ...] = ()
    marks: tuple[Mark, ...] = ()


def main_performer(points: Sequence[ChartPoint]) -> str:
    """The laboratory of most points (the later one where two have as many); "" when none is named."""
    named = [point.performer for point in points if point.performer]
    counts = Counter(reversed(named))
    return counts.most_common(1)[0][0] if counts else ""


def joined_segments(points: Sequence[ChartPoint]) -> list[tuple[ChartPoint, ChartPoint]]:
    """Neighbours that a line may join: numbers of the main laboratory (an unnamed one is taken for it)."""
    main = main_performer(points)
    like = [point for point in points if not is_hollow(point, main)]
    return list(pairwise(like))


def is_hollow(point: ChartPoint, main: str) -> bool:
    """True for a point that is set apart: of another laboratory than the main one, or beyond a limit of detection."""
    return point.censored or bool(point.performer and point.performer != main)


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers of the vertical axis, lowest first, evenly spaced."""

    ticks: tuple[float, ...]

    @property
    def low(self) -> float:
        """The lowest number shown."""
        return self.ticks[0]

    @property
    def high(self) -> float:
        """The highest number shown."""
        return self.ticks[-1]


def make_scale(data: ChartData) -> Scale:
    """An axis that holds all points and the goal, and the range's edges where these are near."""
    values = [point.value for point in data.points]
    values += [goal for goal in (data.goal_low, data.goal_high) if goal is not None]
    low, high = min(values), max(values)
    span = max(high - low, abs(high) * 0.1, 1e-9)
    for edge in (data.range_low, data.range_high):
        if edge is not None and low - span <= edge <= high + span:
            low, high = min(low, edge), max(high, edge)
    if 0 <= low < 0.55 * high:
        low = 0.0
    step = _nice((high - low or abs(high) or 1.0) / 3)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    if data.range_low is not None and abs(data.range_low - last * step) < step * 1e-6:
        last += 1
    return Scale(tuple(round(number * step, 10) for number in range(first, last + 1)))


def _nice(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)


def month_ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """First days of months between two days, evenly spaced and at most `most`, with their short names."""
    months = [
        date(number // 12, number % 12 + 1, 1)
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    inside = [month for month in months if first <= month <= last]
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 240):
        ticks = [month for month in inside if (month.year * 12 + month.month - 1) % step == 0]
        if len(ticks) <= most:
            return [(tick, _tick_name(tick, step)) for tick in ticks]
    return []


def _tick_name(tick: date, step: int) -> str:
    if step >= 12 or tick.month == 1:
        return str(tick.year)
    return PartialDate(tick.isoformat()[:7]).spoken()[:-5]
