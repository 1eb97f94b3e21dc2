"""Where a plan stands: the rules' words first, then data, time, course – in the order of the design."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from organizer.tracking import sentences
from organizer.tracking.due_line import (
    SILENT_BEFORE,
    Course,
    baseline_of,
    concern_of,
    course_of,
    restart_of,
    smallest_change,
)
from organizer.tracking.model import Evidence, Goal, Measure, Plan, PlanCheck, Point, SideEffect, Verdict
from organizer.tracking.rules import RULES
from organizer.tracking.rules.rule import Situation
from organizer.tracking.turn import turn_of

ENOUGH = 2
MOST_EVIDENCE = 12


def check_plan(
    plan: Plan,
    goal: Goal | None,
    points: Sequence[Point],
    as_of: date,
    *,
    measure: Measure,
    side_effects: Sequence[SideEffect] = (),
    diagnosis_revisions: Sequence[date] = (),
) -> PlanCheck:
    """Compare records with a goal; all values in the measure's unit.

    Pure: the same input gives the same answer, and no clock is read. Records after `as_of` don't count.
    `side_effects` and `diagnosis_revisions` are those of the plan's person; they stand beside the verdict. The
    probability is None: it isn't calibrated yet, and an uncalibrated one would be a guess.
    """
    known = sorted((point for point in points if point.when <= as_of), key=lambda point: point.when)
    baseline = baseline_of(known, plan.start, goal, measure) if goal else None
    situation = Situation(
        plan, goal, tuple(known), as_of, measure, baseline, tuple(side_effects), tuple(diagnosis_revisions)
    )
    judged = _judged(situation)
    spoken = [(rule, said) for rule in RULES if (said := rule.speaks(situation)) is not None]
    also = tuple(dict.fromkeys(said.also for _rule, said in spoken if said.also))
    urgent = next((said.sentence for _rule, said in spoken if said.urgent), None)
    extra = [said.sentence for _rule, said in spoken if not said.urgent and said.sentence]
    return replace(
        judged,
        also=tuple(name for name in also if name != "above-start" or judged.verdict == "too-early"),
        urgent=urgent,
        sentence=" ".join([judged.sentence, *extra]),
        evidence=tuple(dict.fromkeys([*judged.evidence, *(one for _rule, said in spoken for one in said.evidence)])),
        rules=tuple(dict.fromkeys([*judged.rules, *(rule.id for rule, _said in spoken)])),
        questions=tuple(dict.fromkeys([*judged.questions, *(said.question for _r, said in spoken if said.question)])),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """One side of a goal (down to it, or up to it) and how the course stands to it."""

    course: Course
    concern: float
    upward: bool
    target: float


def _judged(situation: Situation) -> PlanCheck:
    goal, plan, points = situation.goal, situation.plan, situation.points
    if goal is None:
        return _answer("no-goal", situation, 0.0)
    since = restart_of(plan, situation.as_of)
    after = [point for point in points if point.when > since]
    u = (situation.as_of - since).days / max(1, (plan.review_by - since).days)
    early = u < SILENT_BEFORE or (plan.judge_from is not None and situation.as_of < plan.judge_from)
    if situation.baseline is None or (not early and len(after) < ENOUGH):
        return _answer("not-enough-data", situation, 0.0)
    sides = _sides(situation, goal, situation.baseline)
    worst = max(sides, key=lambda side: side.concern)
    if early:
        return _answer("too-early", situation, worst.concern)
    if worst.concern >= 1:
        return _answer(*_not_well(situation, worst, situation.baseline))
    recent = recent_points(after, situation.measure)
    level = sum(point.value for point in recent) / len(recent)
    if len(recent) >= ENOUGH and meets(goal, level) and meets(goal, recent[-1].value):
        return _answer("met", situation, worst.concern)
    if all(_at_line(side, level, situation) for side in sides):
        return _answer("on-track", situation, worst.concern)
    return _answer("unclear-so-far", situation, worst.concern)


def _sides(situation: Situation, goal: Goal, baseline: float) -> list[_Judged]:
    low, high = goal.target if isinstance(goal.target, tuple) else (goal.target, goal.target)
    wanted = {"down": [(high, False)], "up": [(low, True)], "within": [(high, False), (low, True)]}[goal.direction]
    sides = []
    for target, upward in wanted:
        start = max(baseline, target) if not upward else min(baseline, target)
        begin = start if goal.direction == "within" else baseline
        course = course_of(situation.plan, target, upward, begin, situation.points, situation.measure, situation.as_of)
        sides.append(_Judged(course, concern_of(course, situation.measure, situation.as_of), upward, target))
    return sides


def recent_points(points: Sequence[Point], measure: Measure) -> list[Point]:
    """The last records: those within the correlation time of the last one, and two at least where there are two."""
    last = points[-1].when
    near = [point for point in points if (last - point.when).days <= measure.correlation_days]
    return list(near if len(near) >= ENOUGH else points[-ENOUGH:])


def meets(goal: Goal, value: float) -> bool:
    """True when a value is at the goal or better."""
    low, high = goal.target if isinstance(goal.target, tuple) else (goal.target, goal.target)
    if goal.direction == "down":
        return value <= high
    return value >= low if goal.direction == "up" else low <= value <= high


def _at_line(side: _Judged, level: float, situation: Situation) -> bool:
    on_scale = side.course.scale.of(level) * (-1.0 if side.upward else 1.0)
    return on_scale <= side.course.line(situation.as_of)


def _not_well(situation: Situation, side: _Judged, baseline: float) -> tuple[Verdict, Situation, float, date | None]:
    """Worsening where the last two records are worse than the start, or than the best level, by what matters."""
    sign = -1.0 if side.upward else 1.0
    after = [point for _day, _value, _highest, point in side.course.points if point.comparator is None]
    values = [sign * point.value for point in after]
    change = smallest_change(situation.measure, baseline)
    if len(values) < ENOUGH:
        return "not-on-track", situation, side.concern, None
    pairs = [(a + b) / 2 for a, b in pairwise(values)]
    best = min(pairs[:-1], default=sign * baseline)
    seen_twice = min(values[-2:])
    turned = seen_twice >= best + change and best < sign * baseline - change / 2
    if seen_twice < sign * baseline + change and not turned:
        return "not-on-track", situation, side.concern, None
    return "worsening", situation, side.concern, turn_of([point.when for point in after], values) if turned else None


def _answer(verdict: Verdict, situation: Situation, concern: float, turned: date | None = None) -> PlanCheck:
    shown = [point for point in situation.points if point.entry_id][-MOST_EVIDENCE:]
    unit = situation.measure.unit
    evidence = tuple(Evidence(point.entry_id or "", sentences.point(point, unit)) for point in shown)
    return PlanCheck(
        verdict=verdict,
        concern=concern,
        sentence=sentences.sentence(verdict, situation, turned),
        evidence=evidence,
        rules=("no-goal",) if verdict == "no-goal" else ("due-line",),
        questions=sentences.questions(verdict),
    )
