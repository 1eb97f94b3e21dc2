"""Where a plan stands: the rules' words first, then data, time, course – in the order of the design."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from organizer.base.i18n import _
from organizer.health import printed
from organizer.health.course import sentences
from organizer.health.course.due_line import (
    Course,
    baseline_of,
    concern_of,
    course_of,
    meets,
    smallest_change,
    window_of,
)
from organizer.health.course.model import Evidence, Goal, Measure, Plan, PlanCheck, Quoted, SideEffect, Verdict
from organizer.health.course.probability import probability
from organizer.health.course.rules import RULES
from organizer.health.course.rules.rule import Situation
from organizer.health.course.series import Day, records_of
from organizer.health.course.turn import turn_of
from organizer.health.series import Point
from organizer.model.entry import Entry

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
    reports: Sequence[Quoted] = (),
    other_units: Sequence[Entry] = (),
) -> PlanCheck:
    """Compare records with a goal; all values in the measure's unit.

    Pure: the same input gives the same answer, and no clock is read. Records after `as_of` don't count.
    `side_effects`, `diagnosis_revisions` and `reports` are those of the plan's person; what they say stands beside the
    verdict. `other_units` are results in a unit that can't be converted to the measure's: where the newest are among
    them, there is no verdict.
    """
    situation = replace(
        _situation(plan, goal, points, as_of, measure),
        side_effects=tuple(side_effects),
        diagnosis_revisions=tuple(diagnosis_revisions),
        reports=tuple(reports),
        other_units=tuple(other_units),
    )
    spoken = [(rule, said) for rule in RULES if (said := rule.speaks(situation)) is not None]
    judged = _judged(situation, any(said.excuses for _rule, said in spoken))
    also = tuple(dict.fromkeys(said.also for _rule, said in spoken if said.also))
    urgent = [said.sentence for _rule, said in spoken if said.urgent]
    extra = [said.sentence for _rule, said in spoken if not said.urgent and said.sentence]
    return replace(
        judged,
        also=tuple(name for name in also if name != "above-start" or judged.verdict == "too-early"),
        urgent=" ".join(dict.fromkeys(urgent)) or None,
        brief=judged.sentence,
        sentence=" ".join([judged.sentence, *extra, _(sentences.CAVEAT)]),
        evidence=_united([*judged.evidence, *(one for _rule, said in spoken for one in said.evidence)]),
        rules=tuple(dict.fromkeys([*judged.rules, *(rule.id for rule, _said in spoken)])),
        questions=tuple(dict.fromkeys([*judged.questions, *(said.question for _r, said in spoken if said.question)])),
    )


def _situation(plan: Plan, goal: Goal | None, points: Sequence[Point], as_of: date, measure: Measure) -> Situation:
    records = records_of(points, as_of)
    window = window_of(plan, as_of, measure)
    baseline = goal.baseline if goal and goal.baseline is not None else None
    if goal and baseline is None:
        baseline = baseline_of(records, plan.start, window.opens)
    after = tuple(records.days(after=window.since))
    return Situation(plan, goal, records, after, window, as_of, measure, baseline)


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a goal (down to it, or up to it) and how the course stands to it."""

    course: Course
    concern: float
    upward: bool


def _judged(situation: Situation, excused: bool) -> PlanCheck:
    goal, after, baseline = situation.goal, situation.after, situation.baseline
    if goal is None:
        return _answer("no-goal", situation)
    if baseline is None or situation.unread:
        return _answer("not-enough-data", situation)
    sides = _sides(situation, goal, baseline)
    worst = max(sides, key=lambda side: side.concern)
    chance = probability(situation, worst.course) if goal.direction != "within" else None
    verdict, turned = _verdict(situation, goal, baseline, sides, worst)
    if verdict == "worsening" and excused:
        verdict, turned = "unclear-so-far", None
    quiet = verdict in ("too-early", "unclear-so-far")
    shown = min(worst.concern, 0.99) if quiet else worst.concern
    return replace(_answer(verdict, situation, turned), concern=shown, probability=chance if after else None)


def _verdict(
    situation: Situation, goal: Goal, baseline: float, sides: Sequence[_Side], worst: _Side
) -> tuple[Verdict, date | None]:
    after = situation.after
    if situation.early:
        return "too-early", None
    if worst.concern >= 1:
        return _not_well(situation, worst, baseline)
    if len(after) < ENOUGH:
        return "not-enough-data", None
    recent = recent_days(after, situation.measure)
    level = sum(day.value for day in recent) / len(recent)
    if meets(goal, level) and meets(goal, recent[-1].value):
        return "met", None
    if all(_at_line(side, level, situation) for side in sides):
        return "on-track", None
    return "unclear-so-far", None


def _sides(situation: Situation, goal: Goal, baseline: float) -> list[_Side]:
    low, high = goal.target if isinstance(goal.target, tuple) else (goal.target, goal.target)
    wanted = {"down": [(high, False)], "up": [(low, True)], "within": [(high, False), (low, True)]}[goal.direction]
    sides = []
    for target, upward in wanted:
        start = max(baseline, target) if not upward else min(baseline, target)
        begin = start if goal.direction == "within" else baseline
        course = course_of(
            situation.records, situation.window, situation.after, target, upward, begin, situation.measure
        )
        sides.append(_Side(course, concern_of(course, situation.measure), upward))
    return sides


def recent_days(days: Sequence[Day], measure: Measure) -> list[Day]:
    """The last records: those within the correlation time of the last one, and two at least where there are two."""
    last = days[-1].when
    near = [day for day in days if (last - day.when).days <= measure.correlation_days]
    return list(near if len(near) >= ENOUGH else days[-ENOUGH:])


def _at_line(side: _Side, level: float, situation: Situation) -> bool:
    return side.course.sign * side.course.scale.of(level) <= side.course.line(situation.as_of)


def _not_well(situation: Situation, side: _Side, baseline: float) -> tuple[Verdict, date | None]:
    """Worsening where the last two records are worse than the start, or than the best level, by what matters."""
    sign = -1.0 if side.upward else 1.0
    after = [day for day in side.course.days if day.comparator is None]
    values = [sign * day.value for day in after]
    change = smallest_change(situation.measure, baseline)
    if len(values) < ENOUGH:
        return "not-on-track", None
    pairs = [(a + b) / 2 for a, b in pairwise(values)]
    best = min(pairs[:-1], default=sign * baseline)
    seen_twice = min(values[-2:])
    turned = seen_twice >= best + change and best < sign * baseline - change / 2
    if seen_twice < sign * baseline + change and not turned:
        return "not-on-track", None
    return "worsening", turn_of([day.when for day in after], values) if turned else None


def _answer(verdict: Verdict, situation: Situation, turned: date | None = None) -> PlanCheck:
    shown = [point for point in situation.records.points[-MOST_EVIDENCE:] if point.entry_id]
    unit = situation.measure.unit
    evidence = [Evidence(point.entry_id, sentences.point(point, unit)) for point in shown]
    evidence += [Evidence(entry.id, printed.with_day(entry)) for entry in situation.unread[-MOST_EVIDENCE:]]
    return PlanCheck(
        verdict=verdict,
        sentence=sentences.sentence(verdict, situation, turned),
        evidence=tuple(evidence),
        rules=("no-goal",) if verdict == "no-goal" else ("due-line",),
        questions=sentences.questions(verdict),
        would_change=sentences.would_change(verdict, situation),
    )


def _united(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each entry once, with all that it shows."""
    shows: dict[str, list[str]] = {}
    for one in evidence:
        said = shows.setdefault(one.entry_id, [])
        if one.shows not in said:
            said.append(one.shows)
    return tuple(Evidence(entry_id, "; ".join(said)) for entry_id, said in shows.items())
