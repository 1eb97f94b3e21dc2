"""What is said before (and after) the due line can speak: little change at a published checkpoint, worse than the
start or than the best level that was held, and a goal that its date has found unmet.

The due line is late: on the visits of trials and practices (weeks 0, 2, 4, 6, 8) it is mute until the end. These
three statements look at the last two records only, and each has its margin of scatter. How often they are wrong is
told by `make benchmark-courses` and `make benchmark-detection`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, isfinite, log, sqrt

from organizer.health.course.bounds import at_best, at_worst
from organizer.health.course.due_line import (
    FEW_RECORDS,
    Course,
    Window,
    baseline_days,
    change_on,
    smallest_change,
)
from organizer.health.course.model import Checkpoint, Measure, Plan
from organizer.health.course.rules.rule import Situation
from organizer.health.course.series import Day

PAIR = 2
VISIT_EARLY = 0.9
"""A visit at nine tenths of a checkpoint's time is that visit: appointments move by some days."""
ABOVE_START = 1.96
"""Standard errors by which two records lie above the start: one in forty by chance."""
UNMET = 1.6
"""Scatters by which the records around and after a goal's date lie beyond it."""
UNMET_IN_A_DIARY = 1.7
"""The same in a diary, whose many pairs would tell every twelfth of those who end well (pain, simulated)."""
AROUND_THE_DATE = 0.85
UNMET_ALONE = 2.0
"""The same where there is one record only since the window opened."""
DIARY_DAYS = 10
"""Records further apart than this, as they usually are, are visits and no diary (design judgement)."""
GENERAL_SHARE, GENERAL_LAST, GENERAL_PART = 0.10, 0.20, 0.5
IN_A_DIARY = 0.4
"""Where there are records every few days, the due line speaks; a checkpoint only of half of its share. Without this
every tenth of those who end well in a diary was told (simulated, tests/benchmarks/RESULTS.md)."""
A_LOOK = 3.0
"""Records within a third of the correlation time are one look: three bad days running are one bad spell, and told
every seventh of those who end well (a daily diary of pain, tests/benchmarks/unseen.py)."""


@dataclass(frozen=True, slots=True)
class LittleChange:
    """A checkpoint that was reached with little change: after how many days, and by what share it got better."""

    checkpoint: Checkpoint
    days: int
    share: float


def little_change(situation: Situation, upward: bool, target: float) -> LittleChange | None:
    """Whether the last records since the last change are hardly better than the start at a checkpoint.

    None before the checkpoint, without two numbers, where the start lies within scatter of the goal, and where the
    last record alone has moved.
    """
    baseline = situation.baseline
    numbers = [day for day in situation.after if day.comparator is None]
    if baseline is None or len(numbers) < PAIR or situation.after[-1].comparator is not None:
        return None

    sign = -1.0 if upward else 1.0
    way = sign * (baseline - target)
    if way < smallest_change(situation.measure, baseline) / 2:
        return None

    passed = (numbers[-1].when - situation.window.since).days
    better = sign * (baseline - _mean(recent_days(numbers, situation.measure)))
    better_last = sign * (baseline - numbers[-1].value)
    few = _few(numbers, situation.window)
    for checkpoint in checkpoints_of(situation.measure, situation.plan):
        reference = way if checkpoint.of == "way" else abs(baseline - (situation.measure.floor or 0.0))
        strictness = 1.0 if few else IN_A_DIARY
        hardly = better < strictness * checkpoint.share * reference
        hardly_last = better_last < strictness * checkpoint.last * reference
        if passed >= _due(checkpoint, situation, few) and hardly and hardly_last:
            return LittleChange(checkpoint, passed, better / reference)
    return None


def _due(checkpoint: Checkpoint, situation: Situation, few: bool) -> float:
    """From which day on a checkpoint speaks: its own, and its part of the plan's length."""
    part = 0.0 if situation.measure.prompt else checkpoint.part
    return max(checkpoint.day, ceil(part * situation.window.days)) * (VISIT_EARLY if few else 1.0)


def checkpoints_of(measure: Measure, plan: Plan) -> Sequence[Checkpoint]:
    """The published checkpoints for the plan's kind of treatment; without any a general one at the measure's window.

    The general one is design judgement: less than a tenth of the way at half of the plan's length.
    """
    known = [checkpoint for checkpoint in measure.checkpoints if checkpoint.treatment == plan.treatment]
    known = known or [checkpoint for checkpoint in measure.checkpoints if not checkpoint.treatment]
    general = Checkpoint(measure.response_window_days, GENERAL_SHARE, GENERAL_LAST, GENERAL_PART, "way")
    return known or measure.checkpoints or (general,)


def worse_than_start(situation: Situation, course: Course, begin: float) -> bool:
    """Whether the last two records (three in a diary) are worse than the start, and their mean by more than scatter;
    or two of them each by what matters and is more than scatter.

    `begin` is the start in the measure's unit, for a band the nearer end of it where the start lies within. The margin
    grows with the number of looks, so that a diary isn't alarmed by its thirtieth pair of values.
    """
    values = at_best(course)
    if len(values) < PAIR:
        return False
    start = course.sign * course.scale.of(begin)
    sd = _scatter(course)
    matters = change_on(course.scale, situation.measure, begin)

    plainly = max(matters, sqrt(2) * _looked(1.96, len(values)) * sd)
    if min(values[-PAIR:]) - start >= plainly:
        return True

    looks = in_looks(course, situation.measure)
    return any(_run_is_worse(some, looks, situation, start, matters) for some in (course, looks))


def _run_is_worse(course: Course, looks: Course, situation: Situation, start: float, matters: float) -> bool:
    """Whether a run of records is above the start, and its mean by more than scatter: records of one look count as
    one, however many they are."""
    values, run = at_best(course), _in_a_row(course)
    last = values[-run:]
    if len(last) < run:
        return False
    since = course.days[-run].when
    apart = sum(look.when >= since for look in looks.days)
    error = _scatter(course) * sqrt(1 / apart + 1 / _starts(situation))
    margin = max(_looked(ABOVE_START, len(looks.days)) * error, matters / 2)
    return min(last) > start and sum(last) / run - start > margin


def in_looks(course: Course, measure: Measure) -> Course:
    """The course with records that lie too close together to tell more than one joined into their mean.

    Joined from the last record backwards, each time within a third of the measure's correlation time; a bound (`<20`)
    stays by itself. A look has the day and the scatter of its last record. What a clinician looks at again within
    days (potassium, INR) isn't joined.
    """
    if measure.prompt:
        return course
    span = measure.correlation_days / A_LOOK
    looks: list[list[int]] = []
    for place in reversed(range(len(course.days))):
        if looks and _is_same_look(course.days[looks[-1][0]], course.days[place], span):
            looks[-1].append(place)
        else:
            looks.append([place])
    looks.reverse()
    if len(looks) == len(course.days):
        return course
    return replace(
        course,
        days=tuple(course.days[look[0]] for look in looks),
        values=tuple(sum(course.values[place] for place in look) / len(look) for look in looks),
        sd=tuple(course.sd[look[0]] for look in looks),
    )


def _is_same_look(later: Day, earlier: Day, span: float) -> bool:
    """Whether two records are numbers that lie less than `span` days apart."""
    is_near = (later.when - earlier.when).days < span
    return is_near and later.comparator is None and earlier.comparator is None


def _in_a_row(course: Course) -> int:
    """How many records in a row speak: two where there are visits, three in a diary."""
    return PAIR if _few(course.days, course.window) else PAIR + 1


def _few(days: Sequence[Day], window: Window) -> bool:
    """Whether there are visits, as trials and practices have them, and no diary: a handful a window, or a fortnight
    and more between them."""
    if len(days) < PAIR:
        return True
    passed = max(1, (days[-1].when - window.since).days)
    gaps = sorted((later.when - earlier.when).days for earlier, later in pairwise(days))
    apart = gaps[len(gaps) // 2] > DIARY_DAYS
    return apart or len(days) * window.whole / passed <= FEW_RECORDS


def _scatter(course: Course) -> float:
    """The scatter of the last record: the person's own only in a diary, where it can be told from a change."""
    few = _few(course.days, course.window)
    return course.sd[0] if few else course.sd[-1]


def _starts(situation: Situation) -> int:
    """How many records the start rests on; one that was given counts as one."""
    if situation.goal is not None and situation.goal.baseline is not None:
        return 1
    days = baseline_days(situation.records, situation.plan.start)
    span = situation.measure.correlation_days / A_LOOK
    apart = sum((later.when - earlier.when).days >= span for earlier, later in pairwise(days))
    return 1 + apart


def _looked(quantile: float, records: int) -> float:
    """A quantile for one look, widened for as many looks as there are pairs of records: √(q² + 2 ln n).

    The tail of a normal distribution falls as exp(−q²/2), so n looks at this width err about as often as one at `q`.
    """
    return sqrt(quantile**2 + 2 * log(max(1.0, records / PAIR)))


def worse_than_best(situation: Situation, course: Course, begin: float) -> bool:
    """Whether the last two records are both worse than the best level that was held, by what matters and is seen.

    The best level is the lowest mean of two records in a row that came before them, and better than the start by half
    of that; so neither a single lucky value nor a level that was never left counts. Where there are few records, one
    laboratory value that met the goal counts by itself, if the last two rise and lie beyond the goal by a scatter.
    """
    course = in_looks(course, situation.measure)
    run = _in_a_row(course)
    values = at_worst(course)
    if len(values) < PAIR + 1:
        return False
    start = course.sign * course.scale.of(begin)
    last = min(at_best(course)[-run:])
    earlier = values[:-1] if len(values) == PAIR + 1 else values[:-run]
    if situation.direction == "within" and last <= course.goal:
        return False  # within a band nothing is worse than anything

    pairs = [(a + b) / PAIR for a, b in pairwise(earlier)] or [earlier[0]]
    bests = [(min(pairs), len(pairs))]
    risen = values[-run:] == sorted(values[-run:]) and last - course.goal >= _scatter(course)
    sure = situation.measure.cv is not None  # of a laboratory value one is enough, of a rating it isn't
    visits, reached = _few(course.days, course.window), min(earlier) <= course.goal
    if all((sure, visits, reached, risen)):
        bests.append((min(earlier), len(earlier)))
    return any(_is_lost(situation, course, best, looks, start, last) for best, looks in bests)


def _is_lost(situation: Situation, course: Course, best: float, looks: int, start: float, last: float) -> bool:
    """Whether a level that was reached, better than the start by half of what is seen, is lost by what is seen."""
    level = course.scale.back(course.sign * best)
    seen = sqrt(2) * _looked(1.96, looks) * _scatter(course)
    change = max(change_on(course.scale, situation.measure, level), seen)
    return best < start - change / 2 and last >= best + change


def plainly_lost(situation: Situation, course: Course, begin: float) -> bool:
    """Whether the last record alone is worse than the start by what matters, or without that by one scatter."""
    values = at_best(course)
    start = course.sign * course.scale.of(begin)
    matters = situation.measure.least_change(begin)
    margin = _scatter(course) if matters is None else change_on(course.scale, situation.measure, begin)
    return bool(values) and values[-1] - start >= margin


def turning(course: Course) -> bool:
    """Whether the last record alone is beyond the goal, and worse than the best one before it by more than scatter.

    One record is no verdict; but a course that may just have turned isn't called on track.
    """
    values = at_best(course)
    if len(values) < PAIR:
        return False
    beyond = values[-1] > course.goal
    return beyond and values[-1] - min(at_worst(course)[:-1]) >= sqrt(2) * 1.96 * _scatter(course)


def unmet_by_its_date(situation: Situation, course: Course) -> bool:
    """Whether the date has passed and the records around and after it lie beyond the goal by more than scatter.

    All of them count, not the last pair anew at each visit: so a goal that was met isn't lost to one bad fortnight.
    """
    if situation.as_of < situation.plan.review_by:
        return False
    numbers = at_best(course)
    if not numbers:
        return False
    earlier = sum(course.window.u(day.when) < AROUND_THE_DATE for day in course.days)
    late = numbers[min(earlier, max(0, len(numbers) - PAIR)) :]
    sd = _scatter_at(late[-1], situation, course)
    if len(late) < PAIR:
        return (late[-1] - course.goal) / sd >= UNMET_ALONE
    run = _in_a_row(course)
    margin = UNMET if _few(course.days, course.window) else UNMET_IN_A_DIARY
    return min(late[-run:]) > course.goal and (sum(late) / len(late) - course.goal) / sd >= margin


def _scatter_at(value: float, situation: Situation, course: Course) -> float:
    """The scatter at a value: of a measure that scatters by a share of itself as much less as it is lower."""
    sd, measure, start = course.sd[-1], situation.measure, situation.baseline
    by_share = measure.cv is not None and not measure.within_person_sd and not course.scale.logarithmic
    if not by_share or not start or not isfinite(value):
        return sd
    return sd * abs(course.scale.back(course.sign * value) / start)


def recent_days(days: Sequence[Day], measure: Measure) -> list[Day]:
    """The last records: those within the correlation time of the last one, and two at least where there are two."""
    last = days[-1].when
    near = [day for day in days if (last - day.when).days <= measure.correlation_days]
    return list(near if len(near) >= PAIR else days[-PAIR:])


def _mean(days: Sequence[Day]) -> float:
    return sum(day.value for day in days) / len(days)
