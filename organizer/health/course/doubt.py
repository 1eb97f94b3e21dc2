"""Numbers that can hardly be right: values of a series, and goals in another unit than theirs.

They lie outside of what can be, or are many times their neighbours: 3.4 mg/dL among LDL values of 130 is 3.4 mmol/L,
8.8 kg among 90 is a slip of the pen. They are asked about, never judged.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain, pairwise
from math import inf, isfinite
from operator import attrgetter

from organizer.health.course.model import Goal, Measure
from organizer.health.series import Point

NEIGHBOURS_DAYS = 120
"""Days within which values are compared where nobody published an interval: a newborn doesn't double its weight in
them (design judgement)."""


def parted(points: Sequence[Point], measure: Measure) -> tuple[list[Point], list[Point]]:
    """The points that may be judged, and those that are asked about, the oldest first; what is no number is neither."""
    numbers = [point for point in points if isfinite(point.value)]
    outside = _outside(numbers, measure)
    odd = [*outside, *_slips(_without(numbers, outside), measure)]
    if not odd:
        return numbers, []  # series of a device have very many values
    likely = _without(numbers, odd)
    return likely, sorted(_without(numbers, likely), key=attrgetter("when"))


def _without(points: Sequence[Point], others: Sequence[Point]) -> list[Point]:
    """The points that aren't these very ones: two may be alike."""
    left_out = set(map(id, others))
    return [point for point in points if id(point) not in left_out]


def _outside(points: Sequence[Point], measure: Measure) -> list[Point]:
    """The values that no body can have; a bound (`<2`) is no value."""
    values = [point for point in points if not point.comparator]
    return [point for point in values if not measure.plausible(point.value)]


def _slips(points: Sequence[Point], measure: Measure) -> list[Point]:
    """Among the last values those that lie apart from most of them by more than any body changes.

    Of two groups as large as each other the earlier one is believed.
    """
    factor = measure.most_times
    values = [point for point in points if point.value > 0 and not point.comparator]
    if factor is None or not values:
        return []
    span = timedelta(days=2 * (measure.interval_days or NEIGHBOURS_DAYS // 2))
    last = max(values, key=attrgetter("when")).when
    recent = [point for point in values if last - point.when <= span]

    groups = _apart(sorted(recent, key=attrgetter("value")), factor)
    groups.sort(key=_first_day)
    groups.remove(max(groups, key=len))  # the first of them that are as large
    return list(chain.from_iterable(groups))


def _first_day(points: Sequence[Point]) -> date:
    return min(points, key=attrgetter("when")).when


def _apart(ordered: Sequence[Point], factor: float) -> list[list[Point]]:
    """Values in their order as groups: a new one begins where a value is more than so many times the one before."""
    groups = [[ordered[0]]]
    for lower, point in pairwise(ordered):
        if point.value > factor * lower.value:
            groups.append([])
        groups[-1].append(point)
    return groups


def goal_is_doubtful(goal: Goal, points: Sequence[Point], measure: Measure) -> bool:
    """Whether a goal can hardly be meant: no result can be so, or all are further from it than any body changes.

    HbA1c of at most 53 % is 53 mmol/mol, LDL of at most 1.8 mg/dL is 1.8 mmol/L.
    """
    ends = goal.target if isinstance(goal.target, tuple) else (goal.target,)
    if not all(map(measure.plausible, ends)):
        return True
    factor = measure.most_times or inf
    values = [point.value for point in points if point.value > 0]
    low, high = min(values, default=0.0) / factor, max(values, default=inf) * factor
    return any(end > 0 and not low <= end <= high for end in ends)
