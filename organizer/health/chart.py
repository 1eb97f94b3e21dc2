"""What a picture of a measure shows, in the window as on paper, and the axes that hold it.

docs/decisions/no-chart-library.md: results of another laboratory aren't joined, a `<0.1` isn't a point like others, the
range is the one that the laboratory printed.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import Literal, Protocol, TypeVar

from organizer.base.dates import PartialDate, spoken_day
from organizer.base.i18n import _
from organizer.health import printed
from organizer.health.series import NO_RANGE, Point, Range, Series, Span, main_performer, same_laboratory
from organizer.health.titles import plain_measure

MOST_DRAWN = 2_000  # more than a screen or a page has dots for
LEAST_SPAN = 0.2
"""An axis spans so much of the level at least: 22 beside 24 is no cliff."""
WIDEST = 10.0
"""An end of the range that would make the axis so many times as long as the course needs stays beyond it."""
TINY, HUGE = 1e-100, 1e100
"""Beyond these is no measurement, in whatever unit."""
FROM_ZERO = 0.55
"""Where the lowest value is less than this of the highest, the axis begins at zero."""
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12_000, 120_000)
"""Months from one name on the axis to the next."""
Shape = Literal["dot", "other", "below", "above"]
"""A full dot; another laboratory's, hollow; a bound (`<0.6`, `>90`): a hollow arrow head that points beyond it."""


class HasValue(Protocol):
    """Anything with a number in the measure's unit."""

    @property
    def value(self) -> float:
        """The number."""


Valued = TypeVar("Valued", bound=HasValue)


@dataclass(frozen=True, slots=True)
class Level:
    """The level on a day, and between which values it lies 95 times in 100; in the chart's unit."""

    when: date
    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day, in few words."""

    when: date
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One medicine and its dose steps, the earliest first."""

    name: str
    steps: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """All that one chart shows; values, range and goal in `unit` (UCUM).

    `until` is the day up to which the record goes (None: the last result's), `goal_day` the day by which the goal is
    due; `unit_chosen` as in the series.
    """

    title: str
    unit: str
    points: tuple[Point, ...]
    range: Range = NO_RANGE
    goal: Range = NO_RANGE
    spans: tuple[Span, ...] = ()
    level: tuple[Level, ...] = ()
    marks: tuple[Mark, ...] = ()
    until: date | None = None
    goal_day: date | None = None
    unit_chosen: bool = False

    def label(self, point: Point) -> str:
        """A result in words: with its unit, and with what was printed where that was another one."""
        words = printed.value_asked if self.unit_chosen else printed.value
        return words(point, self.unit)

    def since(self, days: int) -> "ChartData":
        """The same, with the last so many days only, counted from the newest result."""
        if not self.points:
            return self
        return self.between(self.points[-1].when - timedelta(days=days), date.max)

    def between(self, first: date, last: date) -> "ChartData":
        """The same, with what lies within these days only, both included."""
        return replace(
            self,
            points=tuple(point for point in self.points if first <= point.when <= last),
            level=tuple(level for level in self.level if first <= level.when <= last),
            spans=tuple(span for span in self.spans if _overlaps(span, first, last)),
        )

    def spoken(self) -> str:
        """The chart in a few sentences with its numbers."""
        if not self.points:
            return _("{title}: no numbers").format(title=self.title)
        first, last = self.points[0], self.points[-1]
        course = _("{title}: {n} results, from {first} on {first_day} to {last} on {last_day}.").format(
            title=self.title,
            n=len(self.points),
            first=self.label(first),
            first_day=spoken_day(first.when),
            last=self.label(last),
            last_day=spoken_day(last.when),
        )
        lowest, highest = (end(self.points, key=lambda point: point.value) for end in (min, max))
        reach = _("Lowest {low}, highest {high}.").format(low=self.label(lowest), high=self.label(highest))
        marks = [f"{'; '.join(words)}." for words in [notes(self.points, self.spans)] if words]
        return " ".join([course, reach, *self._limits(), *marks])

    def _limits(self) -> list[str]:
        """The printed range and the goal in words, as far as there are any."""
        words = []
        if self.range.ends:
            words.append(_("Range of the laboratory: {ends}.").format(ends=printed.range_text(self.range)))
        if self.goal.high is not None:
            words.append(_("Goal: at most {value}.").format(value=printed.limit(self.goal.high)))
        if self.goal.low is not None:
            words.append(_("Goal: at least {value}.").format(value=printed.limit(self.goal.low)))
        return words


def _overlaps(span: Span, first: date, last: date) -> bool:
    return span.start <= last and (span.end is None or span.end >= first)


def chart_of(series: Series) -> ChartData:
    """The chart of a whole series."""
    return ChartData(
        title=plain_measure(series.title, series.key),
        unit=series.unit,
        points=series.points,
        range=series.range,
        goal=series.goal,
        spans=series.spans,
        unit_chosen=series.unit_chosen,
    )


def shape_of(point: Point, main: str) -> Shape:
    """How a point is drawn; one of an unnamed laboratory is taken for the main one's."""
    if point.comparator:
        return "below" if point.comparator.startswith("<") else "above"
    return "dot" if same_laboratory(point.performer, main) else "other"


def joined(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """Neighbours that a line may join: numbers of the main laboratory with no bound of it between them."""
    return [(points[start], points[end]) for start, end in joined_places(points)]


def joined_places(points: Sequence[Point]) -> list[tuple[int, int]]:
    """The same as places in the sequence."""
    main = main_performer(points)
    own = [at for at, point in enumerate(points) if same_laboratory(point.performer, main)]
    return [(at, after) for at, after in pairwise(own) if not points[at].comparator and not points[after].comparator]


def notes(points: Sequence[Point], spans: Sequence[Span] = ()) -> list[str]:
    """What must be said beside a chart: which of its marks are no points, and no bars, like the others."""
    main = main_performer(points)
    shapes = {shape_of(point, main) for point in points}
    strangers = any(not same_laboratory(point.performer, main) for point in points)
    words = []
    if strangers:
        words.append(_("hollow: another laboratory, not joined"))
    if "below" in shapes:
        words.append(_("▽: below what was measurable, not joined"))
    if "above" in shapes:
        words.append(_("△: above what was measurable, not joined"))
    if any(not span.end_known for span in spans):
        words.append(_("dashed: not said until when it was taken"))
    return words


def outline(points: Sequence[Valued], most: int = MOST_DRAWN) -> tuple[Valued, ...]:
    """What a picture of a long series needs: of each stretch the lowest and the highest, in order, and both ends.

    All of them where they are no more than `most`.
    """
    if len(points) <= most:
        return tuple(points)
    length = -(-2 * len(points) // (most - 2))
    places = {0, len(points) - 1}
    for start in range(0, len(points), length):
        stretch = range(start, min(start + length, len(points)))
        places.add(min(stretch, key=lambda at: points[at].value))
        places.add(max(stretch, key=lambda at: points[at].value))
    return tuple(points[at] for at in sorted(places))


@dataclass(frozen=True, slots=True)
class Axis:
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

    def share(self, value: float) -> float:
        """Where a value lies: 0 at the foot, 1 at the top; what is beyond stays at the edge."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def axis_of(data: ChartData, about: int = 3) -> Axis:
    """An axis of about so many steps that holds all points, the level, the goal and, if near, the printed range.

    A course that hardly moves isn't blown up to the whole height: the axis spans the range, or a fifth of the level.
    """
    values = [point.value for point in data.points] + list(data.goal.ends)
    values += chain.from_iterable((level.low, level.high) for level in data.level)
    # A slip in a file may be any float; arithmetic at both ends of their range fails.
    values = [min(max(value, -HUGE), HUGE) for value in values if abs(value) > TINY or value == 0]
    low, high = (min(values), max(values)) if any(values) else (0.0, 1.0)
    positive = low >= 0
    least = max(abs(low), abs(high)) * LEAST_SPAN
    near = [end for end in data.range.ends if _reach(low, high, end) <= WIDEST * max(high - low, least)]
    lowest, low, high = low, min([low, *near]), max([high, *near])

    # Between the two ends of a range everything is at its own scale, be it pH or sodium.
    missing = least - (high - low) if len(near) < 2 else 0.0
    if missing > 0:
        low, high = low - missing / 2, high + missing / 2
    if positive and low < FROM_ZERO * high:
        low = 0.0
    ticks = _ticks(low, high, about, data.range.low)
    if ticks[0] == lowest > 0:  # what fell to the foot of a picture looks as if it were gone
        ticks.insert(0, 2 * ticks[0] - ticks[1])
    return Axis(tuple(ticks))


def _reach(low: float, high: float, end: float) -> float:
    """How long the axis would be with an end of the range on it."""
    return max(high, end) - min(low, end)


def _ticks(low: float, high: float, about: int, range_low: float | None) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`; one more where the range would begin at the top."""
    step = _nice((high - low or abs(high) or 1.0) / about)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    if range_low is not None and abs(range_low - last * step) < step * 1e-6:
        last += 1
    decimals = max(0, 2 - math.floor(math.log10(step)))
    return [round(number * step, decimals) for number in range(first, last + 1)]


def _nice(raw: float) -> float:
    """The next step of 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)


def padded(first: date, last: date) -> tuple[date, date]:
    """A little room at both ends; a single day gets a month."""
    margin = max(15 if first == last else 3, (last - first).days // 25)
    return max(first, date(2, 1, 1)) - timedelta(days=margin), min(last, date(9990, 1, 1)) + timedelta(days=margin)


def month_ticks(first: date, last: date, most: int) -> list[tuple[date, str]]:
    """First days of months between two days, evenly spaced and at most `most` (2 at least), with their short names.

    A January is named by its year; where there is none the first name has its year. Where no month begins between the
    two days, these themselves.
    """
    numbers = range(first.year * 12 + first.month - 1, min(last.year * 12 + last.month, 9999 * 12 + 12))
    inside = [number for number in numbers if first <= _month(number) <= last]
    step = next(step for step in MONTH_STEPS if sum(number % step == 0 for number in inside) <= most)
    ticks = [_month(number) for number in inside if number % step == 0]
    if not ticks:
        return [(first, spoken_day(first)), (last, PartialDate(last.isoformat()).spoken_without_year())]
    named = [(tick, _tick_name(tick, step)) for tick in ticks]
    if not any(tick.month == 1 or step >= 12 for tick in ticks):
        named[0] = (ticks[0], PartialDate(ticks[0].isoformat()[:7]).spoken())
    return named


def _month(number: int) -> date:
    """The first day of a month, counted from the year 0."""
    return date(number // 12, number % 12 + 1, 1)


def _tick_name(tick: date, step: int) -> str:
    if step >= 12 or tick.month == 1:
        return str(tick.year)
    return PartialDate(tick.isoformat()[:7]).spoken_without_year()


def in_lanes(spans: Iterable[Span], most: int = 3) -> list[list[Span]]:
    """Spans that overlap stand in lanes of their own, at most so many."""
    lanes: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: span.start):
        free = next((lane for lane in lanes if lane[-1].end is not None and lane[-1].end <= span.start), None)
        if free is not None:
            free.append(span)
        elif len(lanes) < most:
            lanes.append([span])
    return lanes


def by_medicine(spans: Iterable[Span]) -> tuple[Lane, ...]:
    """Each medicine a lane, its dose steps in order; the medicine that began first comes first."""
    grouped: dict[str, list[Span]] = {}
    for span in sorted(spans, key=lambda span: span.start):
        grouped.setdefault(span.name, []).append(span)
    return tuple(Lane(name, tuple(steps)) for name, steps in grouped.items())
