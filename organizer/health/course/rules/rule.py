"""What a rule is: an id, a citation, and a small function that looks at a situation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.health.course.due_line import Window
from organizer.health.course.model import Direction, Evidence, Goal, Measure, Plan, Quoted, SideEffect, Verdict
from organizer.health.course.series import Day, Records
from organizer.health.result_words import results_in_words
from organizer.health.series import Point, newer_than
from organizer.model.entry import Entry

OLD_AFTER = 2
MOST_QUIET = 91
"""Days between two results where nobody published an interval: a quarter (design judgement)."""


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a rule may look at: `records` up to `as_of`, `after` the days since the window's beginning, `baseline`
    the level at the plan's start (None where unknown); `other_units` results that can't be compared with the goal,
    `elsewhere` those of the same name under another code, `undated` those of which no source gives the day, `words`
    those that are no number; `outside` the newest other results that lie outside what is usual."""

    plan: Plan
    goal: Goal | None
    records: Records
    after: tuple[Day, ...]
    window: Window
    as_of: date
    measure: Measure
    baseline: float | None
    side_effects: tuple[SideEffect, ...] = ()
    diagnosis_revisions: tuple[date, ...] = ()
    reports: tuple[Quoted, ...] = ()
    other_units: tuple[Entry, ...] = ()
    doubtful: tuple[Point, ...] = ()
    elsewhere: tuple[Entry, ...] = ()
    undated: tuple[Entry, ...] = ()
    words: tuple[Entry, ...] = ()
    outside: tuple[Entry, ...] = ()

    @property
    def direction(self) -> Direction | None:
        """Where the goal aims; None without one."""
        return self.goal.direction if self.goal else None

    @property
    def newer_elsewhere(self) -> tuple[Entry, ...]:
        """The newest results, where they stand under another name or code than those that are judged."""
        return newer_than(self.records.points, self.elsewhere, self.as_of)

    @property
    def unread(self) -> tuple[Entry, ...]:
        """The newest results, where they are in a unit that can't be converted to the measure's."""
        return newer_than(self.records.points, self.other_units, self.as_of)

    @property
    def newer_words(self) -> tuple[Entry, ...]:
        """The newest results, where they are words: `not detected` behind numbers."""
        if not self.records.points:
            return ()
        return newer_than(self.records.points, results_in_words(self.words), self.as_of)

    @property
    def newer_doubtful(self) -> tuple[Point, ...]:
        """Values that can hardly be right and are newer than the last one that can."""
        last = self.records.whens[-1] if self.records.whens else None
        return tuple(
            point for point in self.doubtful if point.when <= self.as_of and (last is None or point.when > last)
        )

    @property
    def old(self) -> bool:
        """Whether the last result is older than twice the measure's interval."""
        interval = self.measure.interval_days or max(MOST_QUIET, self.measure.response_window_days)
        last = self.records.whens[-1] if self.records.whens else None
        return last is not None and (self.as_of - last).days > OLD_AFTER * interval

    @property
    def early(self) -> bool:
        """Whether it is too early for a verdict."""
        return self.as_of < self.window.opens


@dataclass(frozen=True, slots=True)
class Statement:
    """What a rule says: a sentence, whether it comes before everything else, what stands beside the verdict.

    `excuses`: a worsening has a known, harmless reason and is not called one. `rising`: what it says goes against the
    plan, so that the course isn't called on track beside it. `only_with` are the verdicts that it may stand beside.
    """

    sentence: str
    urgent: bool = False
    also: str = ""
    evidence: tuple[Evidence, ...] = ()
    question: str = ""
    excuses: bool = False
    rising: bool = False
    only_with: tuple[Verdict, ...] = ()

    def fits(self, verdict: Verdict) -> bool:
        """Whether the sentence may stand beside a verdict."""
        return not self.only_with or verdict in self.only_with


@dataclass(frozen=True, slots=True)
class Rule:
    """`citation` is where the rule was published; `speaks` gives None where it has nothing to say."""

    id: str
    citation: str
    speaks: Callable[[Situation], Statement | None]


def evidence_of(points: Iterable[Point], shows: str) -> tuple[Evidence, ...]:
    """The entries of some records, each with what it shows."""
    return tuple(Evidence(point.entry_id, shows) for point in points if point.entry_id)


def per_year(days: Sequence[Day], of: Callable[[float], float] = float) -> float:
    """The slope a year of a straight line through at least two days (least squares), of the values or of `of` them."""
    first = days[0].when
    times = [(day.when - first).days / 365.25 for day in days]
    values = [of(day.value) for day in days]
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    spread = sum((time - middle) ** 2 for time in times)
    pairs = zip(times, values, strict=True)
    return sum((time - middle) * (value - mean) for time, value in pairs) / spread if spread else 0.0
