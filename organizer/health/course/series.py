"""Records as they are judged: in order, none after the day of the check, several of one day as their mean."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isfinite
from operator import le

from organizer.health.series import Point

MOST_DAYS = 300
MOST_A_DAY = 8


@dataclass(frozen=True, slots=True)
class Day:
    """One day with records: their mean in the measure's unit, or (with a comparator) a bound; the records it rests on.

    `text` is the number as printed where the day has one record, else empty.
    """

    when: date
    value: float
    comparator: str | None
    points: tuple[Point, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Records:
    """All usable records up to a day, oldest first; `whens` are their days."""

    points: tuple[Point, ...]
    whens: tuple[date, ...]

    def days(self, after: date | None = None, until: date | None = None, most: int = MOST_DAYS) -> list[Day]:
        """The last `most` days with records later than `after` and not later than `until`, oldest first.

        Looks at days, not at every record, so that a minute-by-minute series costs no more than a diary.
        """
        low = 0 if after is None else bisect_right(self.whens, after)
        high = len(self.whens) if until is None else bisect_right(self.whens, until)
        days: list[Day] = []
        while high > low and len(days) < most:
            begin = bisect_left(self.whens, self.whens[high - 1], low, high)
            day = _day(self.points[begin:high])
            days += [day] if day is not None else []
            high = begin
        return days[::-1]


def records_of(points: Sequence[Point], as_of: date) -> Records:
    """Sorts only where needed; leaves out what is later."""
    whens = [point.when for point in points]
    if not all(map(le, whens, islice(whens, 1, None))):
        points = sorted(points, key=lambda point: point.when)
        whens = [point.when for point in points]
    end = bisect_right(whens, as_of)
    return Records(tuple(points[:end]), tuple(whens[:end]))


def _day(points: Sequence[Point]) -> Day | None:
    """None where no record of the day is a finite number."""
    if len(points) == 1:
        (only,) = points
        return Day(only.when, only.value, only.comparator or None, (only,), only.text) if isfinite(only.value) else None
    shown = tuple(points[:: -(-len(points) // MOST_A_DAY)])
    numbers = [point.value for point in shown if not point.comparator and isfinite(point.value)]
    if numbers:
        return Day(points[0].when, sum(numbers) / len(numbers), None, shown)
    last = points[-1]
    return Day(last.when, last.value, last.comparator, (last,), last.text) if isfinite(last.value) else None
