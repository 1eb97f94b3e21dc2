"""What is drawn of a chart in a stretch of days: point by point, or where they crowd as means between low and high.

The rules of what is joined, hollow or an arrow head, and of the axes, are those of `organizer.health.chart`.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from statistics import median
from typing import Literal

from organizer.base.dates import PartialDate, spoken_day
from organizer.base.i18n import _, ngettext
from organizer.base.units import same_unit, spoken_unit
from organizer.health import printed
from organizer.health.chart import (
    Axis,
    ChartData,
    Shape,
    axis_of,
    in_lanes,
    joined_places,
    outline,
    padded,
    shape_of,
)
from organizer.health.series import Point, main_performer

LEAST_DAYS = 14
"""Nobody looks closer: results are known by their day."""
NO_DAYS = (date(2000, 1, 1), date(2001, 1, 1))
"""What a chart without results spans."""
ALIKE = 3
"""Two measures share an axis where the middle one of the higher results is at most so many times the other's."""
A_STRETCH = 4
"""A mean needs so many pixels."""
STEPS = 4
"""Steps of the vertical axis, about."""
Length = Literal["day", "week", "month", "year"]
_DAYS_OF: tuple[tuple[Length, float], ...] = (("day", 1), ("week", 7), ("month", 30.4), ("year", 365.25))


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days that is looked at, both ends included."""

    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days lie between its ends, 1 at least."""
        return max(1, (self.last - self.first).days)

    def share(self, day: date) -> float:
        """Where a day lies: 0 at the first, 1 at the last; less or more beyond them."""
        return (day - self.first).days / self.length

    def zoomed(self, factor: float, about: float, whole: "Days") -> "Days":
        """Seen `factor` times as large, with what lies at the share `about` staying there; never beyond `whole`."""
        length = round(min(max(self.length / factor, LEAST_DAYS), whole.length))
        return _placed(self.first.toordinal() + round((self.length - length) * about), length, whole)

    def moved(self, share: float, whole: "Days") -> "Days":
        """Moved on by a share of its length, back where it is negative; it stops at the ends of `whole`."""
        return _placed(self.first.toordinal() + round(self.length * share), self.length, whole)

    def holding(self, day: date, whole: "Days") -> "Days":
        """Moved so that a day lies in its middle, where it doesn't lie within already."""
        return self if self.first <= day <= self.last else self.moved(self.share(day) - 0.5, whole)


def _placed(start: int, length: int, whole: Days) -> Days:
    """So many days from an ordinal on, moved so that they stand out at neither end of the whole."""
    if length >= whole.length:
        return whole
    start = min(max(start, whole.first.toordinal()), whole.last.toordinal() - length)
    return Days(date.fromordinal(start), date.fromordinal(start + length))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The results of one laboratory in a day, week, month or year: their mean, the lowest and the highest."""

    first: date
    last: date
    mean: float
    low: float
    high: float
    count: int

    @property
    def when(self) -> date:
        """Its middle."""
        return self.first + (self.last - self.first) / 2

    def in_words(self, unit: str) -> str:
        """In words, with what the numbers are."""
        shown = spoken_unit(unit)
        mean, low, high = (printed.computed(value) for value in (self.mean, self.low, self.high))
        words = ngettext(
            "{days}: mean {mean} {unit}, lowest {low}, highest {high}, {n} result",
            "{days}: mean {mean} {unit}, lowest {low}, highest {high}, {n} results",
            self.count,
        )
        sentence = words.format(
            days=_days(self.first, self.last), mean=mean, unit=shown, low=low, high=high, n=self.count
        )
        return " ".join(sentence.split()).replace(" ,", ",")


@dataclass(frozen=True, slots=True)
class View:
    """What is drawn: `points` one by one with their shapes and joins, else `means` of each `length`.

    `data` holds all that lies within the days; `beside` is what is laid over and never joined, read at the same axis
    (`shares_axis`) or at one of its own.
    """

    data: ChartData
    days: Days
    axis: Axis
    points: tuple[Point, ...] = ()
    shapes: tuple[Shape, ...] = ()
    joined: tuple[tuple[int, int], ...] = ()
    means: tuple[Stretch, ...] = ()
    length: Length | None = None
    beside: "View | None" = None
    shares_axis: bool = False

    def spoken(self) -> str:
        """The chart in sentences: its course, what is averaged, what is laid over."""
        words = [self.data.spoken(), self.averages()]
        if self.beside is not None:
            words += [_("Laid over, not joined:"), self.beside.data.spoken(), self.beside.averages()]
        return " ".join(part for part in words if part)

    def averages(self) -> str:
        """That means are drawn and what their band is; "" where each result is."""
        words = {
            None: "",
            "day": _("So many results are drawn as the mean of each day; the band reaches from lowest to highest."),
            "week": _("So many results are drawn as the mean of each week; the band reaches from lowest to highest."),
            "month": _("So many results are drawn as the mean of each month; the band reaches from lowest to highest."),
            "year": _("So many results are drawn as the mean of each year; the band reaches from lowest to highest."),
        }
        return words[self.length]

    def undrawn(self) -> str:
        """Which medicines of these days no lane has room for; "" where all are drawn."""
        drawn = set(chain.from_iterable(in_lanes(self.data.spans)))
        names = dict.fromkeys(span.name for span in self.data.spans if span not in drawn)
        return _("not drawn: {medicines}").format(medicines=", ".join(names)) if names else ""

    def span(self) -> str:
        """From which day to which it goes, in words."""
        return _days(self.days.first, self.days.last)


def whole_days(data: ChartData, beside: ChartData | None = None) -> Days:
    """All days of which a chart tells, the goal's too, with a little room at both ends."""
    days = [point.when for point in chain.from_iterable(chart.points for chart in (data, beside) if chart is not None)]
    if not days:
        return Days(*NO_DAYS)
    return Days(*padded(min(days), max([*days, *([data.goal_day] if data.goal_day else [])])))


def last_days(data: ChartData, days: int, whole: Days) -> Days:
    """The last so many days, counted from the newest result, up to the end of the whole."""
    if not data.points:
        return whole
    first = data.points[-1].when - timedelta(days=days)
    return Days(max(first, whole.first), whole.last)


def view_of(data: ChartData, days: Days, width: float, beside: ChartData | None = None) -> View:
    """What is drawn within the days where the plot is `room` pixels wide."""
    seen = data.between(days.first, days.last)
    other = beside.between(days.first, days.last) if beside is not None else None
    own = _drawn(seen, days, width)
    if other is None:
        return own
    over = _drawn(other, days, width)
    shared = beside is not None and on_one_axis(data, beside)
    if shared:
        axis = axis_of(replace(seen, points=(*seen.points, *other.points)), STEPS)
        own, over = replace(own, axis=axis), replace(over, axis=axis)
    return replace(own, beside=over, shares_axis=shared)


def on_one_axis(first: ChartData, other: ChartData) -> bool:
    """True where two measures have one unit and levels alike: beside sodium potassium would lie flat on the foot."""
    if not same_unit(first.unit, other.unit) or not first.points or not other.points:
        return False
    low, high = sorted(median(point.value for point in chart.points) for chart in (first, other))
    return 0 <= high <= ALIKE * low


def _drawn(data: ChartData, days: Days, width: float) -> View:
    axis, main = axis_of(data, STEPS), main_performer(data.points)
    shapes = [shape_of(point, main) for point in data.points]
    plain = [point for point, shape in zip(data.points, shapes, strict=True) if shape == "dot"]
    if not crowded(len(plain), width) or data.level:
        points = outline(data.points)
        joins = [] if data.level else joined_places(points)
        return View(data, days, axis, points, tuple(shape_of(point, main) for point in points), tuple(joins))

    # What is no number like the others goes into no mean: it stands for itself.
    others = outline([point for point, shape in zip(data.points, shapes, strict=True) if shape != "dot"])
    length = length_for(days, width)
    kinds = tuple(shape_of(point, main) for point in others)
    return View(data, days, axis, others, kinds, means=stretches(plain, length), length=length)


def crowded(results: int, width: float) -> bool:
    """True where two neighbouring pixels have more than two results: no eye tells them apart."""
    return results > max(width, 1)


def length_for(days: Days, width: float) -> Length:
    """The shortest stretch of which each has a few pixels."""
    fits = (length for length, in_days in _DAYS_OF if days.length / in_days * A_STRETCH <= width)
    return next(fits, "year")


def stretches(points: Sequence[Point], length: Length) -> tuple[Stretch, ...]:
    """The results, oldest first, by calendar days, weeks from Monday, months or years; those without any are absent."""
    grouped: dict[date, list[float]] = {}
    for point in points:
        grouped.setdefault(_begin(point.when, length), []).append(point.value)
    return tuple(
        Stretch(first, _end(first, length), sum(values) / len(values), min(values), max(values), len(values))
        for first, values in grouped.items()
    )


def _begin(day: date, length: Length) -> date:
    if length == "week":
        return day - timedelta(days=day.weekday())
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[length]


def _end(first: date, length: Length) -> date:
    if length == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    if length == "year":
        return first.replace(month=12, day=31)
    return first + timedelta(days=6 if length == "week" else 0)


def _days(first: date, last: date) -> str:
    """Days in words: a month or a year by its name, else from one to another."""
    if first == last:
        return spoken_day(first)
    for length, cut in (("month", 7), ("year", 4)):
        if first == _begin(first, length) and last == _end(first, length):  # type: ignore[arg-type]
            return PartialDate(first.isoformat()[:cut]).spoken()
    return _("{first} to {last}").format(first=spoken_day(first), last=spoken_day(last))
