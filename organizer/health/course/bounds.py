"""Results below or above what was measured (`<20`, `>2000`): as good as they may be, and as bad."""

from math import inf

from organizer.health.course.due_line import Course
from organizer.health.course.series import Day


def at_best(course: Course) -> list[float]:
    """Each record as good as it may be: a bound on the better side (`<20` where less is better) may be anything
    better, one on the worse side is its number at least."""
    return [
        -inf if is_better_bound(day, course) else value for day, value in zip(course.days, course.values, strict=True)
    ]


def at_worst(course: Course) -> list[float]:
    """Each record as bad as it may be: a bound on the better side is its number at most, one on the worse side may be
    anything worse."""
    return [
        inf if day.comparator is not None and not is_better_bound(day, course) else value
        for day, value in zip(course.days, course.values, strict=True)
    ]


def is_better_bound(day: Day, course: Course) -> bool:
    """Whether a day has a bound, on the side on which it gets better."""
    better = "<" if course.sign == 1.0 else ">"  # 1 where less is better, else −1
    return day.comparator is not None and day.comparator.startswith(better)
