"""What was judged, before it is put in words."""

from dataclasses import dataclass
from datetime import date

from organizer.health.course.early import LittleChange
from organizer.health.course.model import Verdict

DUE_LINE = "due-line"
OPEN_BOUND = "open-bound"
"""The rule by which a result such as `<200` says nothing of a goal of 50."""
TWO_SIDES = "two-sides"
"""The rule by which results of both eyes aren't compared with one goal."""
"""The rule that judges by the straight way from the start to the goal."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what its sentence needs.

    `turned` is the day since which it goes the wrong way; `little` the checkpoint that was reached; `upward` the side
    of the goal that speaks (True: the values are too low); `rule` which statement spoke; `limit` the end of what is
    usual that a result lies beyond, in the measure's unit.
    """

    verdict: Verdict
    turned: date | None = None
    little: LittleChange | None = None
    upward: bool | None = None
    rule: str = DUE_LINE
    limit: float | None = None
