"""Where a goal isn't called met though its number is reached: the result lies past what is usual, on the far side.

A goal with one end says how far at least, not how far at most: 78 mm Hg isn't better than 125, a haemoglobin of 14 with
an ESA isn't better than 11, platelets of 960 aren't better than 200.
"""

from organizer.health.course.rules.rule import Situation
from organizer.health.course.series import Day


def beyond_usual(situation: Situation, day: Day) -> float | None:
    """The end of what is usual that a day's result lies beyond, in the measure's unit; None where it lies beyond none.

    Published ends come first; else the end of the range that the laboratory printed beside the result, where it isn't
    so that more (or less) is always better. An end that the goal itself lies beyond doesn't count: somebody wants it.
    """
    goal = situation.goal
    if goal is None or goal.direction == "within" or isinstance(goal.target, tuple):
        return None
    down = goal.direction == "down"
    for end in _ends(situation, day, goal.target, down):
        wanted = end >= goal.target if down else end <= goal.target
        beyond = day.value < end if down else day.value > end
        if beyond and not wanted:
            return end
    return None


def _ends(situation: Situation, day: Day, target: float, down: bool) -> list[float]:
    """The lower ends for a goal downwards, the upper ones for one upwards."""
    measure = situation.measure
    published = measure.low_limit if down else measure.high_limit
    share = target * (1 - measure.most_beyond) if down and measure.most_beyond is not None else None
    printed = day.points[-1].range
    beside = None if measure.better == situation.direction else printed.low if down else printed.high
    return [end for end in (share, published, beside) if end is not None]
