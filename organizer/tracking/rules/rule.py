"""What a rule is: an id, a citation, and a small function that looks at a situation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from organizer.tracking.due_line import Window
from organizer.tracking.model import Evidence, Goal, Measure, Plan, SideEffect
from organizer.tracking.series import Day, Records


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a rule may look at: `records` up to `as_of`, `after` the days since the window's beginning, `baseline`
    the level at the plan's start (None where unknown)."""

    plan: Plan
    goal: Goal | None
    records: Records
    after: tuple[Day, ...]
    window: Window
    as_of: date
    measure: Measure
    baseline: float | None
    side_effects: tuple[SideEffect, ...]
    diagnosis_revisions: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says: a sentence, whether it comes before everything else, what stands beside the verdict."""

    sentence: str
    urgent: bool = False
    also: str = ""
    evidence: tuple[Evidence, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """`citation` is where the rule was published; `speaks` gives None where it has nothing to say."""

    id: str
    citation: str
    speaks: Callable[[Situation], Said | None]
