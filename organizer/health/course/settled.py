"""Whether a result meets a goal, where it may be a bound: `<20` meets one of 50, `<200` leaves it open."""

from collections.abc import Sequence
from math import inf

from organizer.health.course.due_line import meets
from organizer.health.course.model import Goal
from organizer.health.course.series import Day


def settled(goal: Goal, value: float, comparator: str | None) -> bool | None:
    """Whether a result is at the goal or better; None where a bound (`<200` for a goal of 50) leaves it open."""
    if not comparator:
        return meets(goal, value)
    low, high = _ends(goal)
    if comparator.startswith(">"):
        value, low, high = -value, -high, -low  # what lies above, mirrored
    elif low == 0:
        low = -inf  # nothing is less than nothing

    # A bound allows everything below it: all of that lies within the goal, none of it, or some.
    excluded = len(comparator) == 1
    fits = value < high or (value == high and (excluded or not goal.strict))
    if low == -inf and fits:
        return True
    misses = value < low or (value == low and (excluded or goal.strict))
    return False if misses else None


def settled_days(goal: Goal, days: Sequence[Day]) -> list[Day]:
    """The days whose results say whether the goal is met."""
    return [day for day in days if settled(goal, day.value, day.comparator) is not None]


def _ends(goal: Goal) -> tuple[float, float]:
    """The two ends of a goal; infinite where it has none."""
    if isinstance(goal.target, tuple):
        return goal.target
    return (-inf, goal.target) if goal.direction == "down" else (goal.target, inf)
