"""Goals that can hardly be meant, as a number in another unit: asked about, never called met or missed."""

from collections.abc import Sequence

from organizer.health.course.model import Goal, Measure
from organizer.health.series import Point


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
