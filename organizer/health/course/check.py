"""Where a plan stands, in the order of the design: what can't be used, worse, not met, little change, met, on track.

Each statement lives in a module of its own (early, band, due_line, rules); here is their order and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, product

from organizer.base.i18n import _
from organizer.health import printed
from organizer.health.course import early, sentences
from organizer.health.course.band import LEAST, STEADY, in_band
from organizer.health.course.beyond import beyond_usual
from organizer.health.course.bounds import is_better_bound
from organizer.health.course.doubt import goal_is_doubtful, parted
from organizer.health.course.due_line import (
    Course,
    baseline_of,
    concern_of,
    course_of,
    meets,
    smallest_change,
    window_of,
)
from organizer.health.course.early import recent_days
from organizer.health.course.judgement import DUE_LINE, OPEN_BOUND, TWO_SIDES, Judgement
from organizer.health.course.model import Evidence, Goal, Measure, Plan, PlanCheck, Quoted, SideEffect, Verdict
from organizer.health.course.probability import probability
from organizer.health.course.rules import RULES
from organizer.health.course.rules.records import WORSE_THAN_AT_START
from organizer.health.course.rules.rule import Situation
from organizer.health.course.rules.waiting import RESPONSE_WINDOW
from organizer.health.course.series import Day, records_of
from organizer.health.course.settled import settled, settled_days
from organizer.health.course.turn import turn_of
from organizer.health.series import Point, are_of_both
from organizer.model.entry import Entry
from organizer.model.ids import EntryId

ENOUGH = 2
MOST_EVIDENCE = 12
NO_LONGER_MET = "no-longer-met"


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
    elsewhere: Sequence[Entry] = (),
    undated: Sequence[Entry] = (),
    words: Sequence[Entry] = (),
    outside: Sequence[Entry] = (),
) -> PlanCheck:
    """Compare records with a goal; all values in the measure's unit.

    Pure: the same input gives the same answer, and no clock is read. Records after `as_of` don't count.
    `side_effects`, `diagnosis_revisions` and `reports` are those of the plan's person; what they say stands beside the
    verdict. `other_units` are results in a unit that can't be converted to the measure's, `elsewhere` results of the
    same name under another code: where the newest are among them, there is no verdict. `undated` are results without a
    day, `words` those that are no number; `outside` other results, outside what is usual. Values that can hardly be
    right are asked about, not judged.
    """
    likely, doubtful = parted(points, measure)
    situation = replace(
        _situation(plan, goal, likely, as_of, measure),
        side_effects=tuple(side_effects),
        diagnosis_revisions=tuple(diagnosis_revisions),
        reports=tuple(reports),
        other_units=tuple(other_units),
        doubtful=tuple(doubtful),
        elsewhere=tuple(elsewhere),
        undated=tuple(undated),
        words=tuple(words),
        outside=tuple(outside),
    )
    statements = {rule: statement for rule in RULES if (statement := rule.speaks(situation)) is not None}
    excused = any(statement.excuses for statement in statements.values())
    if excused:
        statements.pop(WORSE_THAN_AT_START, None)
    spoken = list(statements.values())
    judged = _judged(situation, excused, any(statement.rising for statement in spoken))

    fitting = [statement for statement in spoken if statement.fits(judged.verdict)]
    extra = [statement.sentence for statement in fitting if statement.sentence and not statement.urgent]
    urgent = [statement.sentence for statement in spoken if statement.urgent]
    waits = statements.get(RESPONSE_WINDOW)
    return replace(
        judged,
        also=_each_once(statement.also for statement in spoken),
        waits=waits.sentence if waits in fitting else "",
        urgent=" ".join(dict.fromkeys(urgent)) or None,
        brief=judged.sentence,
        sentence=sentences.joined([judged.sentence, *extra, _(sentences.CAVEAT)]),
        evidence=_united([*judged.evidence, *chain.from_iterable(statement.evidence for statement in spoken)]),
        rules=_each_once([*judged.rules, *_lost(situation, judged), *(rule.id for rule in statements)]),
        questions=_each_once([*judged.questions, *(statement.question for statement in spoken)]),
    )


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _lost(situation: Situation, judged: PlanCheck) -> list[str]:
    """That a goal was met by its date and is no longer, as a rule of its own: another thing than never met."""
    return [NO_LONGER_MET] if judged.verdict == "not-on-track" and sentences.was_met(situation) else []


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
    target: float
    begin: float


def _judged(situation: Situation, excused: bool, rising: bool) -> PlanCheck:
    goal, baseline = situation.goal, situation.baseline
    if goal is None:
        return _answer(Judgement("no-goal", rule="no-goal"), situation)
    unusable = _unusable(situation, goal)
    if unusable or baseline is None:
        return _answer(Judgement("not-enough-data", rule=unusable or DUE_LINE), situation)

    sides = _sides(situation, goal, baseline)
    worst = max(sides, key=lambda side: side.concern)
    chance = probability(situation, worst.course) if goal.direction != "within" and situation.after else None
    if situation.old and len(situation.after) >= ENOUGH:
        return _answer(Judgement("not-enough-data", rule="old"), situation)

    judgement = _bad(situation, sides, worst) or _good(situation, goal, sides, rising)
    if judgement.verdict == "worsening" and excused:
        # A dip that is known and lies within the goal still meets it.
        otherwise = _good(situation, goal, sides, rising=False)
        judgement = otherwise if otherwise.verdict == "met" else Judgement("unclear-so-far")
    alarm = judgement.verdict in ("not-on-track", "worsening")
    shown = max(worst.concern, 1.0) if alarm else min(worst.concern, 0.99)
    return replace(_answer(judgement, situation), concern=shown, probability=chance)


def _unusable(situation: Situation, goal: Goal) -> str:
    """What keeps the results from being compared with the goal, as the id of a rule; "" where nothing does."""
    hindrances = {
        "goal-doubtful": goal_is_doubtful(goal, situation.records.points, situation.measure),
        "other-unit": bool(situation.unread),
        "other-code": bool(situation.newer_elsewhere),
        "in-words": bool(situation.newer_words),
        "doubtful": bool(situation.newer_doubtful),
        TWO_SIDES: are_of_both(situation.records.points[-MOST_EVIDENCE:], situation.measure.code),
    }
    return next((rule for rule, hinders in hindrances.items() if hinders), "")


def _bad(situation: Situation, sides: Sequence[_Side], worst: _Side) -> Judgement | None:
    """What asks for another look, the gravest first; None where nothing does."""
    for side in sides:
        if turned := _worse(situation, side):
            return turned
    if not situation.early and worst.concern >= 1 and not _one_is_out(situation):
        return Judgement("not-on-track", upward=worst.upward)
    overdue = next((side for side in sides if early.unmet_by_its_date(situation, side.course)), None)
    if overdue is not None:
        return Judgement("not-on-track", upward=overdue.upward, rule="date-passed")
    if situation.goal is None or situation.goal.direction == "within":
        return _out_of_band(situation)
    for side in sides:
        little = early.little_change(situation, side.upward, side.target)
        if little is not None and early.plainly_lost(situation, side.course, side.begin):
            return Judgement("not-on-track", little=little, upward=side.upward, rule="little-change")
        if little is not None:
            return Judgement("little-change", little=little, upward=side.upward, rule="little-change")
    return None


def _one_is_out(situation: Situation) -> bool:
    """Whether of a goal with two ends only the last result lies outside, or not even that: one is no verdict."""
    goal = situation.goal
    if goal is None or goal.direction != "within":
        return False
    return any(settled(goal, day.value, day.comparator) is not False for day in situation.after[-ENOUGH:])


def _worse(situation: Situation, side: _Side) -> Judgement | None:
    """Worse than the start, or than the best level, by more than scatter: at any time."""
    if early.worse_than_start(situation, side.course, side.begin):
        return Judgement("worsening", upward=side.upward, rule="worse-than-start")
    course = _before_and_after(situation, side)
    if early.worse_than_best(situation, course, side.begin):
        is_whole = all(day.comparator is None for day in course.days)
        days = [day for day in (course if is_whole else side.course).days if day.comparator is None]
        sign = -1.0 if side.upward else 1.0
        turned = turn_of([day.when for day in days], [sign * day.value for day in days])
        return Judgement("worsening", turned, upward=side.upward, rule="worse-than-best")
    return None


def _before_and_after(situation: Situation, side: _Side) -> Course:
    """The course whose best level may be lost: after a lower dose or a stop, and before the goal's date, what was
    reached before it counts too. After more of a treatment, or another one, only what came since."""
    is_open = situation.as_of < situation.plan.review_by
    if not situation.window.reduced or not is_open:
        return side.course
    days = situation.records.days(after=situation.plan.start)
    window = replace(situation.window, since=situation.plan.start)
    return course_of(situation.records, window, days, side.target, side.upward, side.begin, situation.measure)


def _good(situation: Situation, goal: Goal, sides: Sequence[_Side], rising: bool) -> Judgement:
    """What is left where nothing speaks against the plan."""
    after = situation.after
    if len(after) < ENOUGH:
        return Judgement("too-early" if situation.early else "not-enough-data")
    if goal.direction == "within":
        return _within(situation, goal)
    recent = recent_days(after, situation.measure)
    settling = settled_days(goal, recent)
    is_open = recent[-1] not in settling or len(settling) < ENOUGH
    if not is_open and _meets_it(goal, settling):
        limit = beyond_usual(situation, recent[-1])
        if limit is not None:
            return Judgement("unclear-so-far", rule="beyond-usual", limit=limit)
        return Judgement("met")
    if rising:
        return Judgement("worsening", rule="rule-speaks")
    quiet: Verdict = "too-early" if situation.early else "unclear-so-far"
    rule = OPEN_BOUND if is_open else DUE_LINE
    if situation.as_of >= situation.plan.review_by:
        return Judgement(quiet, rule=rule)
    level = _level(recent)
    fits = not any(early.turning(side.course) for side in sides)
    fits = fits and not _lost_all(situation, goal, recent[-1].value) and not _may_be_worse(recent, sides)
    moved = all(_moved(side, level, situation) for side in sides)
    on_the_way = all(_on_the_way(side, level, recent) for side in sides)
    if fits and on_the_way and (moved or not situation.early):
        return Judgement("on-track")
    return Judgement(quiet, rule=rule)


def _level(days: Sequence[Day]) -> float:
    return sum(day.value for day in days) / len(days)


def _meets_it(goal: Goal, days: Sequence[Day]) -> bool:
    """Whether days that say so meet the goal: their mean, and the last of them."""
    last = days[-1]
    return meets(goal, _level(days)) and settled(goal, last.value, last.comparator) is True


def _may_be_worse(days: Sequence[Day], sides: Sequence[_Side]) -> bool:
    """Whether a result is a bound that allows anything worse."""
    bounds = [day for day in days if day.comparator is not None]
    return any(not is_better_bound(*pair) for pair in product(bounds, (side.course for side in sides)))


def _on_the_way(side: _Side, level: float, recent: Sequence[Day]) -> bool:
    """Whether some days have come as far as the straight way from the start to the goal at the review: their level as
    far as the way in their middle, and the last of them but for one scatter, so that a course that flattens hasn't."""
    course = side.course

    def far_enough(value: float, passed: float, slack: float) -> bool:
        way = course.goal + course.gap * (1 - min(1.0, passed))
        return course.sign * course.scale.of(value) <= way + slack

    passed = [course.window.u(day.when) for day in recent]
    middle = sum(passed) / len(passed)
    return far_enough(level, middle, 0.0) and far_enough(recent[-1].value, passed[-1], course.sd[-1])


def _moved(side: _Side, level: float, situation: Situation) -> bool:
    """Whether the level is better than the start by what matters and is more than scatter."""
    if situation.baseline is None:
        return False
    sign = -1.0 if side.upward else 1.0
    return sign * (situation.baseline - level) >= smallest_change(situation.measure, situation.baseline)


def _lost_all(situation: Situation, goal: Goal, value: float) -> bool:
    """Whether the last value is no better than the start and doesn't meet the goal: no course that fits."""
    if situation.baseline is None or meets(goal, value):
        return False
    return value >= situation.baseline if goal.direction == "down" else value <= situation.baseline


def _within(situation: Situation, goal: Goal) -> Judgement:
    """A goal with two ends: by the share of the time within it."""
    assert isinstance(goal.target, tuple)
    low, high = goal.target
    settling = settled_days(goal, situation.after)
    if any(day not in settling for day in situation.after[-ENOUGH:]):
        return Judgement("too-early" if situation.early else "unclear-so-far", rule=OPEN_BOUND)
    band = in_band(settling, low, high)
    last = [low <= day.value <= high for day in situation.after[-ENOUGH:]]
    if band is None:
        return Judgement("not-enough-data")
    if all(last) and (band.count < LEAST or band.share >= STEADY):
        return Judgement("met", rule="share-in-range")
    quiet: Verdict = "too-early" if situation.early else "unclear-so-far"
    return Judgement("on-track" if last[-1] and band.share >= STEADY else quiet, rule="share-in-range")


def _out_of_band(situation: Situation) -> Judgement | None:
    """Less than the published share of the time within a band, once there are enough results."""
    goal = situation.goal
    if goal is None or situation.early or not isinstance(goal.target, tuple):
        return None
    low, high = goal.target
    band = in_band(settled_days(goal, situation.after), low, high)
    if band is None or band.count <= LEAST or band.share >= STEADY:
        return None
    # Who has just come into the range was out of it all the time before: that is no reason to worry.
    if all(low <= day.value <= high for day in situation.after[-ENOUGH:]):
        return None
    return Judgement("not-on-track", rule="share-in-range")


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
        sides.append(_Side(course, concern_of(course, situation.measure), upward, target, begin))
    return sides


def _answer(judgement: Judgement, situation: Situation) -> PlanCheck:
    shown = [point for point in situation.records.points[-MOST_EVIDENCE:] if point.entry_id]
    unit = situation.measure.unit
    evidence = [Evidence(point.entry_id, sentences.point(point, unit)) for point in shown]
    uncompared = [*situation.unread, *situation.newer_elsewhere, *situation.newer_words]
    evidence += [Evidence(entry.id, printed.with_day(entry)) for entry in uncompared[-MOST_EVIDENCE:]]
    doubtful = [point for point in situation.newer_doubtful if point.entry_id]
    evidence += [Evidence(point.entry_id, sentences.point(point, unit)) for point in doubtful]
    verdict = judgement.verdict
    return PlanCheck(
        verdict=verdict,
        sentence=sentences.sentence(judgement, situation),
        judged=sentences.judged(judgement, situation),
        evidence=tuple(evidence),
        rules=(judgement.rule,),
        questions=sentences.questions(verdict),
        would_change=sentences.would_change(judgement, situation),
    )


def _united(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each entry once, with all that it shows."""
    shows: dict[str, list[str]] = {}
    for shown in evidence:
        known = shows.setdefault(shown.entry_id, [])
        if shown.shows not in known:
            known.append(shown.shows)
    return tuple(Evidence(EntryId(entry_id), "; ".join(known)) for entry_id, known in shows.items())
