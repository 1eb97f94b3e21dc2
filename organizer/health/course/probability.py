"""The probability of holding the goal after the review: a logistic curve over the last level.

It is calibrated by simulation for each measure and given only where it was; no person is ever shown it as a number.
Before the review it isn't given: on shapes of course that were left out it was off by up to 0.056 there
(tests/benchmarks/RESULTS.md), and no verdict rests on it.
"""

from organizer.health.course.calibration import curve_of
from organizer.health.course.due_line import Course
from organizer.health.course.rules.rule import Situation

RECENT = 2


def probability(situation: Situation, course: Course) -> float | None:
    """Between 0 and 1; None before the review, without records since the last change or for a measure that was not
    calibrated."""
    if not course.days or course.window.u(situation.as_of) < 1.0:
        return None
    curve = curve_of(situation.measure, after=True)
    if curve is None:
        return None
    return curve.chance(features(course.values, course.goal, course.gap, course.sd[-1], 1.0))


def features(values: tuple[float, ...], goal: float, gap: float, sd: float, u: float) -> tuple[float, ...]:
    """What the curve sees: the way that is left as a share of the gap and in scatters, the last change, the time."""
    recent = values[-RECENT:]
    left = sum(recent) / len(recent) - goal
    share = max(-1.0, min(2.0, left / gap))
    scatters = max(-4.0, min(6.0, left / sd))
    moved = max(-1.0, min(1.0, (recent[-1] - recent[0]) / gap))
    return (1.0, share, scatters, moved, u, u * share, u * scatters)
