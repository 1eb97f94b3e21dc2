"""Numbers that can hardly be right: values of a series, and goals in another unit than theirs.

They lie outside of what can be, or are many times their neighbours: 3.4 mg/dL among LDL values of 130 is 3.4 mmol/L,
8.8 kg among 90 is a slip of the pen. They are asked about, never judged.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from math import isfinite

from organizer.health.course.model import Goal, Measure
from organizer.health.series import Point

NEIGHBOURS_DAYS = 120
"""Days within which values are compared where nobody published an interval: a newborn doesn't double its weight in
them (design judgement)."""


def parted(points: Sequence[Point], measure: Measure) -> tuple[list[Point], list[Point]]:
    """The points that may be judged, and those that are asked about, the oldest first; what is no number is neither."""
    low, high = measure.plausible_ends
    numbers = [point for point in points if isfinite(point.value)]
    outside = [point for point in numbers if not low <= point.value <= high and not point.comparator]
    if not outside and measure.most_times is None:
        return numbers, []  # series of a device have very many values
    odd = {id(point) for point in outside}
    odd |= {id(point) for point in _slips([point for point in numbers if id(point) not in odd], measure)}
    doubtful = sorted((point for point in numbers if id(point) in odd), key=lambda point: point.when)
    return [point for point in numbers if id(point) not in odd], doubtful


def _slips(points: Sequence[Point], measure: Measure) -> list[Point]:
    """Among the last values those that lie apart from most of them by more than any body changes.

    Of two groups as large as each other the earlier one is believed.
    """
    factor = measure.most_times
    values = [point for point in points if not point.comparator and point.value > 0]
    if factor is None or not values:
        return []
    span = timedelta(days=2 * (measure.interval_days or NEIGHBOURS_DAYS // 2))
    last = max(point.when for point in values)
    ordered = sorted((point for point in values if last - point.when <= span), key=lambda point: point.value)
    groups = [[ordered[0]]]
    for point in ordered[1:]:
        if point.value > factor * groups[-1][-1].value:
            groups.append([])
        groups[-1].append(point)
    believed = max(groups, key=lambda group: (len(group), -min(point.when for point in group).toordinal()))
    return list(chain.from_iterable(group for group in groups if group is not believed))


def goal_is_doubtful(goal: Goal, points: Sequence[Point], measure: Measure) -> bool:
    """Whether a goal can hardly be meant: no result can be so, or all are further from it than any body changes.

    HbA1c of at most 53 % is 53 mmol/mol, LDL of at most 1.8 mg/dL is 1.8 mmol/L.
    """
    ends = goal.target if isinstance(goal.target, tuple) else (goal.target,)
    if not all(measure.plausible(end) for end in ends):
        return True
    values = [point.value for point in points if point.value > 0]
    factor = measure.most_times
    if factor is None or not values:
        return False
    low, high = min(values) / factor, max(values) * factor
    return any(end > 0 and not low <= end <= high for end in ends)
