"""CUSUM above a falling due line: the one rule by which a plan is judged.

After Page's cumulative sum (Biometrika 41, 1954) against a line that falls from the start's level to the goal, so that
a slow but good course isn't flagged. Restarted at each change of treatment; silent in the first 60 % of the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp, log, log1p, sqrt

from organizer.health.course.calibration import cut_of
from organizer.health.course.model import Goal, Measure, Plan
from organizer.health.course.series import Day, Records

SILENT_BEFORE = 0.6
LINE_ENDS, LINE_LASTS = 1.15, 0.55
SLACK = 0.8
CLIP_LOW, CLIP_HIGH = -2.0, 2.5
PRIOR_DEGREES = 4
"""What the published scatter is worth. With 20, people who scatter 1.4 times as much were flagged in up to 12 % of good
courses; with 4 in up to 9 %, at the same delay (tests/benchmarks/RESULTS.md)."""
LOG_CV = 0.10
LEAST_WINDOW = 0.5
"""After an increase or another medicine late in a plan the treatment still gets half of the plan's window."""
REDUCED_WINDOW = 0.15
"""A reduction or a stop needs no time to take effect: the goal's date stays."""
DATE_PASSED, FEW_RECORDS, BEYOND = 0.95, 8.0, 2.0
"""Where records are few, two beyond the goal by two scatters after its date are a verdict by themselves."""
EARLY_VISIT = 0.8
"""A visit may come a fifth of the published window early, as appointments do."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Values as they are compared: as printed, or their logarithm where the scatter grows with the value."""

    logarithmic: bool
    floor: float

    def of(self, value: float) -> float:
        """A value on this scale."""
        return log(max(value, self.floor)) if self.logarithmic else value

    def back(self, value: float) -> float:
        """A value of this scale in the measure's unit."""
        return exp(value) if self.logarithmic else value


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch in which a plan is judged: from the start or the last change, over `days`, silent before `opens`.

    `whole` are the days from the plan's start to its review. `reduced`: that change was a lower dose or a stop.
    """

    since: date
    days: int
    opens: date
    whole: int
    reduced: bool = False

    def u(self, day: date) -> float:
        """The share of the window that has passed on a day."""
        return (day - self.since).days / self.days


@dataclass(frozen=True, slots=True)
class Course:
    """The days since the last restart, turned so that down is better, on their scale, as goal, baseline, gap and sd."""

    window: Window
    days: tuple[Day, ...]
    values: tuple[float, ...]
    goal: float
    gap: float
    sd: tuple[float, ...]
    scale: Scale
    sign: float

    def line(self, day: date) -> float:
        """The due line on a day."""
        return self.goal + self.gap * max(0.0, (LINE_ENDS - self.window.u(day)) / LINE_LASTS)


def window_of(plan: Plan, as_of: date, measure: Measure) -> Window:
    """The window on a day: since the plan's start or its last change, until the review.

    The due line is silent before 60 % of it, before `judge_from`, or (without one) before the measure can have
    followed. Measures that a clinician looks at again within days (potassium, INR …) only wait for the last.
    """
    changes = [event for event in plan.events if plan.start < event.when <= as_of]
    since = max((event.when for event in changes), default=plan.start)
    reduced = bool(changes) and all(change.kind in ("dose-down", "stop") for change in changes if change.when == since)
    whole = max(1, (plan.review_by - plan.start).days)
    least = round((REDUCED_WINDOW if reduced else LEAST_WINDOW) * whole)
    days = whole if since == plan.start else max((plan.review_by - since).days, least, 1)
    silent = -int(-SILENT_BEFORE * days // 1)
    followed = 0 if plan.judge_from or reduced else int(EARLY_VISIT * measure.response_window_days)
    waiting = followed if measure.prompt else max(silent, followed)
    earliest = since + timedelta(days=waiting)
    return Window(since, days, max(earliest, plan.judge_from or earliest), whole, reduced)


def baseline_of(records: Records, day: date, opens: date) -> float | None:
    """The mean of the records in the last two intervals before a day, in the measure's unit.

    Without any record before, the first one before the window opens still tells how it was.
    """
    recent = baseline_days(records, day)
    if not recent:
        return next((first.value for first in records.days(after=day, until=opens)[:1]), None)
    return sum(day.value for day in recent) / len(recent)


def baseline_days(records: Records, day: date) -> list[Day]:
    """The records in the last two intervals before a day; no single extreme value becomes a baseline while there are
    others. An interval is the time between two days with records as it usually is."""
    before = records.days(until=day, most=24)
    gaps = sorted((b.when - a.when).days for a, b in pairwise(before))
    usual = gaps[len(gaps) // 2] if gaps else 0
    return [day for day in before if (before[-1].when - day.when).days <= 2 * usual]


def course_of(
    records: Records, window: Window, days: Sequence[Day], target: float, upward: bool, baseline: float, m: Measure
) -> Course:
    """The days since the restart on the scale on which they are judged, each with the scatter known before it."""
    before = records.days(until=window.since, most=24)
    scale = _scale(m, [baseline, target, *(day.value for day in (*before, *days))])
    sign = -1.0 if upward else 1.0
    goal, start = sign * scale.of(target), sign * scale.of(baseline)
    change = change_on(scale, m, baseline)
    values = [sign * scale.of(day.value) for day in (*before, *days)]
    return Course(
        window=window,
        days=tuple(days),
        values=tuple(values[len(before) :]),
        goal=goal,
        gap=max(start - goal, change),
        sd=tuple(personal_sds(_published_sd(m, scale, baseline), values)[len(before) :]),
        scale=scale,
        sign=sign,
    )


def concern_of(course: Course, measure: Measure) -> float:
    """The CUSUM over its cut: 1 and more is a verdict. Records before the window opens don't count."""
    total, last, window = 0.0, None, course.window
    for day, value, sd in zip(course.days, course.values, course.sd, strict=True):
        if day.when >= window.opens:
            z = max(CLIP_LOW, min(CLIP_HIGH, (_seen(day, value, course) - course.line(day.when)) / sd)) - SLACK
            total = max(0.0, total + _weight(day.when, last, measure) * z)
        last = day.when
    if not course.days:
        return 0.0
    pace = per_window(course)
    concern = total / cut_of(measure, pace)
    return max(concern, _beyond(course)) if pace <= FEW_RECORDS else concern


def _beyond(course: Course) -> float:
    """How far both of the last two records lie beyond the goal after its date: 1 at two scatters, 0 for fewer."""
    course_days = zip(course.days, course.values, course.sd, strict=True)
    late = [
        (value - course.goal) / sd / BEYOND
        for day, value, sd in course_days
        if course.window.u(day.when) >= DATE_PASSED and day.when >= course.window.opens and day.comparator is None
    ]
    return max(0.0, min(late[-2:])) if len(late) > 1 else 0.0


def per_window(course: Course) -> float:
    """How many days with records the time from start to review holds at the pace since the restart."""
    passed = (course.days[-1].when - course.window.since).days
    return len(course.days) * course.window.whole / max(1, passed)


def _seen(day: Day, value: float, course: Course) -> float:
    """A bound (`<0.1`) counts as bad only where all that it allows lies above the line, and as good where all of it
    lies below; else as lying on the line."""
    if day.comparator is None:
        return value
    line = course.line(day.when)
    on_the_good_side = day.comparator.startswith("<" if course.sign == 1.0 else ">")
    return min(value, line) if on_the_good_side else max(value, line)


def _weight(day: date, last: date | None, measure: Measure) -> float:
    """Records close together tell less than independent ones."""
    if last is None:
        return 1.0
    r = 0.5 * exp(-(day - last).days / measure.correlation_days)
    return (1 - r) / (1 + r)


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


def change_on(scale: Scale, measure: Measure, level: float) -> float:
    """The smallest change that matters on the scale; without a published one, the reference change value."""
    matters = measure.least_change(level)
    if matters is None:
        return sqrt(2) * 1.96 * _published_sd(measure, scale, level)
    if not scale.logarithmic:
        return matters
    return abs(scale.of(level + matters) - scale.of(level))


def smallest_change(measure: Measure, level: float) -> float:
    """What both matters and is more than scatter, in the measure's unit: the larger of the smallest change that
    matters and the reference change value √2 · 1.96 · SD (Fraser 2001)."""
    plain = Scale(False, 0.0)
    sd = (
        measure.cv * abs(level) if measure.cv and not measure.within_person_sd else _published_sd(measure, plain, level)
    )
    return max(measure.least_change(level) or 0.0, sqrt(2) * 1.96 * sd)


def personal_sds(published: float, values: Sequence[float]) -> list[float]:
    """For each record the scatter known before it: the published one, updated by the person's own second
    differences.

    A second difference of white scatter has six times its variance; a straight course doesn't count as scatter.
    """
    deviations, squares, count = [], 0.0, 0
    for place in range(len(values)):
        deviations.append(sqrt((PRIOR_DEGREES * published**2 + squares) / (PRIOR_DEGREES + count)))
        if place >= 2:
            squares += (values[place] - 2 * values[place - 1] + values[place - 2]) ** 2 / 6
            count += 1
    return deviations


def meets(goal: Goal, value: float) -> bool:
    """True when a value is at the goal or better; of a strict goal only when it is better."""
    low, high = goal.target if isinstance(goal.target, tuple) else (goal.target, goal.target)
    if goal.strict and value == goal.target:
        return False
    if goal.direction == "down":
        return value <= high
    return value >= low if goal.direction == "up" else low <= value <= high
