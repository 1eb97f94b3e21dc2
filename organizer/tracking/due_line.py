"""CUSUM above a falling due line: the one rule by which a plan is judged.

After Page's cumulative sum (Biometrika 41, 1954) against a line that falls from the start's level to the goal, so that
a slow but good course isn't flagged. Restarted at each change of dose; silent in the first 60 % of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, log, log1p, sqrt

from organizer.tracking.model import Goal, Measure, Plan, Point

SILENT_BEFORE = 0.6
LINE_ENDS, LINE_LASTS = 1.15, 0.55
SLACK = 0.8
CLIP_LOW, CLIP_HIGH = -2.0, 2.5
PRIOR_DEGREES = 20
LOG_CV = 0.10


@dataclass(frozen=True, slots=True)
class Scale:
    """Values as they are compared: as printed, or their logarithm where the scatter grows with the value."""

    logarithmic: bool
    floor: float

    def of(self, value: float) -> float:
        """A value on this scale."""
        return log(max(value, self.floor)) if self.logarithmic else value


@dataclass(frozen=True, slots=True)
class Course:
    """A series after the last restart, turned so that down is better, on its scale.

    `goal`, `baseline`, `gap` and `sd` are on the scale; `window` are the days from the restart to the review.
    """

    since: date
    window: int
    points: tuple[tuple[date, float, float, Point], ...]  # day, value on the scale, its highest possible, the record
    goal: float
    baseline: float
    gap: float
    sd: float
    scale: Scale

    def u(self, day: date) -> float:
        """The share of the window that has passed on a day."""
        return (day - self.since).days / self.window

    def line(self, day: date) -> float:
        """The due line on a day."""
        return self.goal + self.gap * max(0.0, (LINE_ENDS - self.u(day)) / LINE_LASTS)


def restart_of(plan: Plan, as_of: date) -> date:
    """The day from which the window counts: the plan's start or its last change of dose or medicine."""
    changes = [event.when for event in plan.events if event.kind in ("dose-up", "dose-down", "switch")]
    return max([plan.start, *(day for day in changes if plan.start < day <= as_of and day < plan.review_by)])


def baseline_of(points: Sequence[Point], start: date, goal: Goal, measure: Measure) -> float | None:
    """The goal's own baseline; else the mean of the records in the last two intervals before the start.

    No single extreme value becomes a baseline while there are others. An interval is the time between two records as
    it usually is; without any record before it, one in the first week after it still tells how it was.
    """
    if goal.baseline is not None:
        return goal.baseline
    soon = min(7, measure.response_window_days // 4)
    before = [point for point in points if point.when <= start]
    before = before or [point for point in points if (point.when - start).days <= soon][:1]
    if not before:
        return None
    gaps = sorted((b.when - a.when).days for a, b in pairwise(before))
    usual = gaps[len(gaps) // 2] if gaps else 0
    last = before[-1].when
    recent = [point.value for point in before if (last - point.when).days <= 2 * usual]
    return sum(recent) / len(recent)


def course_of(
    plan: Plan, target: float, upward: bool, baseline: float, points: Sequence[Point], measure: Measure, as_of: date
) -> Course:
    """The records since the restart on the scale on which they are judged."""
    scale = _scale(measure, [baseline, target, *(point.value for point in points)])
    sign = -1.0 if upward else 1.0
    since = restart_of(plan, as_of)
    change = _smallest_change(measure, scale, baseline)
    goal, start = sign * scale.of(target), sign * scale.of(baseline)
    told = [(point.when, sign * scale.of(point.value), _highest(point, sign, scale), point) for point in points]
    judged = tuple(one for one in told if one[0] > since)
    return Course(
        since=since,
        window=max(1, (plan.review_by - since).days),
        points=judged,
        goal=goal,
        baseline=start,
        gap=max(start - goal, change),
        sd=personal_sd(_published_sd(measure, scale, baseline), [one[1] for one in told]),
        scale=scale,
    )


def _scale(measure: Measure, values: Sequence[float]) -> Scale:
    positive = [value for value in values if value > 0]
    logarithmic = (measure.cv or 0.0) > LOG_CV and len(positive) == len(values)
    return Scale(logarithmic, min(positive, default=1.0) / 10)


def _published_sd(measure: Measure, scale: Scale, level: float) -> float:
    """The scatter on the scale; on the logarithmic one √ln(1 + CV²) (Fraser, Biological Variation, 2001)."""
    if scale.logarithmic and measure.cv:
        return sqrt(log1p(measure.cv**2))
    if measure.within_person_sd:
        return measure.within_person_sd
    return (measure.cv or 0.1) * (abs(level) or 1.0)


def _smallest_change(measure: Measure, scale: Scale, level: float) -> float:
    """The smallest change that matters on the scale; without a published one, the reference change value."""
    if measure.mcid is None:
        return sqrt(2) * 1.96 * _published_sd(measure, scale, level)
    if not scale.logarithmic:
        return measure.mcid
    return abs(scale.of(level + measure.mcid) - scale.of(level)) if level > 0 else measure.mcid


def smallest_change(measure: Measure, level: float) -> float:
    """What both matters and is more than scatter, in the measure's unit: the larger of the smallest change that
    matters and the reference change value √2 · 1.96 · SD (Fraser 2001)."""
    plain = Scale(False, 0.0)
    sd = (
        measure.cv * abs(level) if measure.cv and not measure.within_person_sd else _published_sd(measure, plain, level)
    )
    return max(measure.mcid or 0.0, sqrt(2) * 1.96 * sd)


def personal_sd(published: float, values: Sequence[float]) -> float:
    """The published scatter, worth 20 degrees of freedom, updated by the person's own second differences.

    A second difference of white scatter has six times its variance; a straight course doesn't count as scatter.
    """
    differences = [a - 2 * b + c for a, b, c in zip(values, values[1:], values[2:], strict=False)]
    squares = sum(difference**2 for difference in differences) / 6
    return sqrt((PRIOR_DEGREES * published**2 + squares) / (PRIOR_DEGREES + len(differences)))


def _highest(point: Point, sign: float, scale: Scale) -> float:
    """The worst that a censored value may be: `<0.1` is at most 0.1; `>20` has no upper end."""
    opens = point.comparator in ((">", ">=") if sign > 0 else ("<", "<="))
    return float("inf") if opens else sign * scale.of(point.value)


def concern_of(course: Course, measure: Measure, as_of: date) -> float:
    """The CUSUM over its cut: 1 and more is a verdict. Before 60 % of the window no record counts."""
    total, last = 0.0, None
    for day, value, highest, _point in course.points:
        if course.u(day) < SILENT_BEFORE or day > as_of:
            last = day
            continue
        line = course.line(day)
        # A bound speaks only where all that it allows lies on one side of the line.
        seen = value if highest == value or value > line else min(value, line)
        z = max(CLIP_LOW, min(CLIP_HIGH, (seen - line) / course.sd)) - SLACK
        total = max(0.0, total + _weight(day, last, measure) * z)
        last = day
    return total / measure.cut


def _weight(day: date, last: date | None, measure: Measure) -> float:
    """Records close together tell less than independent ones."""
    if last is None:
        return 1.0
    r = 0.5 * exp(-(day - last).days / measure.correlation_days)
    return (1 - r) / (1 + r)
