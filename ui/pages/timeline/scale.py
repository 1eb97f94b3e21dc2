"""Where days lie on the timeline: a stretch of days over a stretch of pixels, zoomed and moved."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from organizer.base.dates import PartialDate
from organizer.services.entries.timeline import Moment, gathered

SHORTEST, LONGEST = 14.0, 366.0 * 200
LENGTHS = {"years": 4, "months": 7, "days": 10}  # of the partial date that gathers moments
SPANS = {"months": 1096.0, "days": 92.0}  # days in sight; "years" shows all
FEW = 0.05  # of all entries: so many may lie before what shows at first
AT_FIRST, AHEAD = 1096, 366  # days: the most at first, and how far ahead of nearly all a planned one may lie


@dataclass(frozen=True, slots=True)
class Scale:
    """`first` is the ordinal of the day at the left end, `days` how many are in sight."""

    first: float
    days: float

    @property
    def level(self) -> str:
        """By what moments are gathered at this zoom: years, months or days."""
        return "years" if self.days > 6 * 366 else "months" if self.days > 200 else "days"

    @property
    def since(self) -> date:
        """The first day in sight."""
        return _day(self.first)

    @property
    def until(self) -> date:
        """The last day in sight."""
        return _day(self.first + self.days)

    def place(self, ordinal: float, width: float) -> float:
        """How far from the left, in pixels of a width, a day's ordinal lies."""
        return (ordinal - self.first) / self.days * width

    def zoomed(self, factor: float, at: float = 0.5) -> "Scale":
        """Closer (factor below 1) or further away; the day at `at` (0 to 1 of the width) stays where it is."""
        days = min(max(self.days * factor, SHORTEST), LONGEST)
        return Scale(self.first + at * (self.days - days), days)

    def moved(self, share: float) -> "Scale":
        """Moved by a share of what is in sight."""
        return Scale(self.first + share * self.days, self.days)

    def within(self, ends: tuple[date, date]) -> "Scale":
        """Moved back so that something of the record stays in sight."""
        low, high = ends[0].toordinal() - self.days * 0.5, ends[1].toordinal() - self.days * 0.9
        return Scale(max(min(self.first, high), low), self.days)


def fitting(ends: tuple[date, date]) -> Scale:
    """All from one day to the other, with a little room."""
    days = max(ends[1].toordinal() - ends[0].toordinal(), SHORTEST)
    return Scale(ends[0].toordinal() - days * 0.04, min(days * 1.08, LONGEST))


def telling(moments: Sequence[Moment], ends: tuple[date, date]) -> Scale:
    """The stretch to begin with: where nearly all entries lie, at most the last years; what is beyond is a click away.

    A single early entry (an operation in childhood) or one far ahead doesn't make the rest too small to read.
    """
    days = sorted((moment.last_day, moment.count) for moment in moments)
    counted = list(accumulate(count for _day, count in days))
    early = days[bisect_right(counted, counted[-1] * FEW)][0]
    late = days[bisect_left(counted, counted[-1] * (1 - FEW))][0]
    last = min(ends[1], late + timedelta(days=AHEAD))
    return fitting((max(early, last - timedelta(days=AT_FIRST)), last))


def at_level(level: str, ends: tuple[date, date], middle: float) -> Scale:
    """The zoom of a named level around a day; years show everything, at least as wide as years need."""
    if level == "years":
        scale = fitting(ends)
        return scale if scale.level == "years" else Scale(ends[1].toordinal() - 7 * 366, 8 * 366)
    return Scale(middle - SPANS[level] / 2, SPANS[level]).within(ends)


class Lane:
    """The moments of one group, gathered once for each level."""

    def __init__(self, group: str, moments: Sequence[Moment]) -> None:
        self.group = group
        self._moments = [moment for moment in moments if moment.group == group]
        self._levels: dict[str, tuple[list[Moment], list[float]]] = {}

    def at(self, level: str) -> tuple[list[Moment], list[float]]:
        """The moments of a level and the middle of each as an ordinal, both in order."""
        if level not in self._levels:
            moments = gathered(self._moments, LENGTHS[level])
            placed = sorted(((middle(moment.key), moment) for moment in moments), key=lambda pair: pair[0])
            self._levels[level] = ([moment for _place, moment in placed], [place for place, _one in placed])
        return self._levels[level]

    def seen(self, scale: Scale) -> list[tuple[Moment, float]]:
        """What of it is in sight."""
        moments, places = self.at(scale.level)
        low, high = bisect_left(places, scale.first), bisect_right(places, scale.first + scale.days)
        return list(zip(moments[low:high], places[low:high], strict=True))


def middle(key: str) -> float:
    """The middle of a partial date as an ordinal."""
    known = PartialDate(key)
    return (known.first_day.toordinal() + known.last_day.toordinal() + 1) / 2


def _day(ordinal: float) -> date:
    return date.fromordinal(min(max(int(ordinal), 1), date.max.toordinal()))
