"""Is the plan working? – each treatment plan of a person against its goals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked
from organizer.base.units import spoken_unit
from organizer.health import printed, problems
from organizer.health.chart import Level
from organizer.health.course import Plan, PlanCheck, check_plan
from organizer.health.course.check import NO_LONGER_MET
from organizer.health.course.level import level_of
from organizer.health.series import Series
from organizer.health.vocabulary import is_about
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.services.follow import measures as measuring
from organizer.services.follow import plan_inputs
from organizer.services.follow.measures import MeasureSummary
from organizer.services.follow.plan_inputs import Besides
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query

__all__ = ["Besides", "PlanCheck"]

_WORDS = {
    "met": (marked("Goal met"), "good"),
    "on-track": (marked("On track"), "good"),
    "little-change": (marked("Little change so far"), "caution"),
    "not-on-track": (marked("Not on the way to the goal"), "caution"),
    "worsening": (marked("Getting worse"), "caution"),
    "too-early": (marked("Too early to say"), "info"),
    "not-enough-data": (marked("Not enough data"), "info"),
    "unclear-so-far": (marked("Unclear so far"), "info"),
    "no-goal": (marked("No goal yet"), "neutral"),
}
_DATE_PASSED = marked("Goal not met by its date")
_NO_LONGER_MET = marked("Goal no longer met")
_PAUSED = marked("Paused")
_ENDED = marked("Plan ended")
_IN_WORDS = marked("Goal in words")
PAUSED, ENDED = "paused", "ended"
"""Rules by which nothing is said of how a plan works."""
_DROPPED = (Status.REVOKED, Status.ENTERED_IN_ERROR, Status.DRAFT)
_OVER = (Status.COMPLETED, Status.CANCELLED, Status.REJECTED, Status.ENTERED_IN_ERROR)
_REVIEW_WINDOWS = 3  # without a review date: so many response windows after the start


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan, one of its goals, and how the goal stands; `tone` is good, caution, info or neutral.

    A goal that no plan holds stands for itself: `plan` is then the goal's entry. `series` is the one that was
    judged, in the goal's unit, `level` what it suggests, in the same.
    """

    plan: Entry
    goal: Entry | None
    medicine: str
    review_by: str
    check: PlanCheck
    verdict_words: str
    tone: str
    current: str
    series_key: MeasureKey | None
    series: Series
    level: tuple[Level, ...] = ()
    besides: tuple[Besides, ...] = ()


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the record holds besides the plan itself."""

    medicines: Sequence[Entry]
    effects: Sequence[Entry]
    conditions: Sequence[Entry]
    reports: Sequence[Entry]
    keys: Mapping[str, MeasureKey]  # a measure's name in small letters → the key of its series
    measured: Sequence[MeasureSummary]
    age: int | None


def check_plans(record: Record, person: PersonId, as_of: date | None = None) -> list[PlanReport]:
    """Each plan of a person against each of its goals, as of a day (the record's own where None)."""
    day = as_of or records.as_of(record)
    facts = _facts(record, person, day)
    reports = []
    for plan, goals in _plans_with_goals(record, person).values():
        aims: list[Entry | None] = [*goals] or [None]
        reports += [_report(record, person, plan, aim, facts, day) for aim in aims]
    return reports


def check_own_goals(record: Record, person: PersonId, as_of: date | None = None) -> list[PlanReport]:
    """Each goal that no plan holds, such as one of a source, or what matters to the person on a scale of their own."""
    day = as_of or records.as_of(record)
    facts = _facts(record, person, day)
    held = {goal.id for _plan, goals in _plans_with_goals(record, person).values() for goal in goals}
    return [
        _report(record, person, goal, goal, facts, day)
        for goal in reading.of_kind(record, person, "Goal", "happened")
        if goal.id not in held and goal.status not in _OVER
    ]


def _plans_with_goals(record: Record, person: PersonId) -> dict[EntryId, tuple[Entry, list[Entry]]]:
    """The plans under way with their goals: those that a plan names; for a plan that names none, those that no other
    plan holds and that are for what it treats."""
    plans = [plan for plan in reading.of_kind(record, person, "CarePlan", "happened") if plan.status not in _DROPPED]
    named = {target for plan in plans for target in plan.targets(Role.GOAL)}
    goals = reading.of_kind(record, person, "Goal", "happened")
    free = [goal for goal in goals if goal.id not in named and goal.status not in _OVER]
    found = {}
    for plan in plans:
        goals = [one for one in reading.many(record, plan.targets(Role.GOAL)) if not one.struck]
        treated = _names_of(record, plan, Role.TREATS)
        goals = goals or [one for one in free if treated & _names_of(record, one, Role.FOR)]
        found[plan.id] = (plan, goals)
    return found


def _names_of(record: Record, entry: Entry, role: Role) -> set[str]:
    """What an entry is linked to by a role, by id and by title: two sources tell one illness under two ids."""
    linked = reading.many(record, entry.targets(role))
    return {one.id for one in linked} | {one.title.casefold() for one in linked if one.title}


def check_all(record: Record, person: PersonId, as_of: date | None = None) -> list[PlanReport]:
    """Every plan and every goal without one, as all windows and commands show them."""
    return [*check_plans(record, person, as_of), *check_own_goals(record, person, as_of)]


def plan_told(report: PlanReport) -> dict[str, Any]:
    """The plan's part of `check --json`."""
    check = report.check
    return {
        "plan": report.plan.title,
        "goal": report.goal.title if report.goal else None,
        "verdict": check.verdict,
        "label": report.verdict_words,
        "also": list(check.also),
        "urgent": check.urgent,
        "evidence": [one.entry_id for one in check.evidence],
        "sentence": check.sentence,
        "probability": check.probability,
        "review_by": report.review_by,
        "rules": list(check.rules),
    }


def _facts(record: Record, person: PersonId, day: date) -> _Facts:
    measured = measuring.measures(record, person)
    return _Facts(
        reading.of_kind(record, person, "MedicationStatement", "happened"),
        [one for one in reading.of_kind(record, person, "AdverseEvent", "happened") if one.happened],
        reading.find(record, Query(kinds=("Condition",), person=person, order="happened")),
        reading.of_kind(record, person, "DiagnosticReport", "happened"),
        plan_inputs.keys_by_name(measured),
        measured,
        plan_inputs.age_of(reading.get(record, person), day),
    )


def _report(record: Record, person: PersonId, plan: Entry, goal: Entry | None, facts: _Facts, day: date) -> PlanReport:
    key = plan_inputs.key_of(goal, facts.keys) if goal else None
    series = measuring.series(record, person, key, goal.unit) if goal and key else Series()
    measure = plan_inputs.measure_of(series)
    included = reading.many(record, plan.targets(Role.INCLUDES))
    effects = [one for one in facts.effects if _concerns(record, one, included)] if included else []
    treated = reading.many(record, [*plan.targets(Role.TREATS), *(goal.targets(Role.FOR) if goal else ())])
    current = [one for one in facts.conditions if problems.is_open(one, day)]
    measure = plan_inputs.in_context(measure, [plan, *treated, *current], facts.medicines, day, facts.age)
    window = _window(plan, goal, included, facts, day, measure.response_window_days)
    aim = plan_inputs.target(goal, plan_inputs.baseline(series, window.start), measure.better)
    check = check_plan(
        window,
        aim,
        series.points,
        day,
        measure=measure,
        side_effects=[plan_inputs.side_effect(one) for one in effects],
        diagnosis_revisions=plan_inputs.revision_days(treated, facts.conditions),
        reports=plan_inputs.quoted(facts.reports) if _is_cancer(plan, treated) else (),
        other_units=series.other_units,
        elsewhere=_elsewhere(record, person, goal, series, facts),
        undated=series.undated,
    )
    check = _at_rest(check, plan, goal, included)
    words, tone = _words_of(check, window.dated and day >= window.review_by)
    if goal is not None and aim is None:
        words, check = _IN_WORDS, _in_words(check, goal)
    elif goal is not None and key is None:
        check = _of_what(check)
    elif plan_inputs.is_exact(goal):
        check = _asking(check, goal)
    elif aim is not None and {aim.direction, measure.better} == {"down", "up"}:
        check = _aimed_otherwise(check, measure.better)
        words, tone = _WORDS[check.verdict]
    return PlanReport(
        plan=plan,
        goal=goal,
        medicine=", ".join(dict.fromkeys(one.title for one in included if one.kind == "MedicationStatement")),
        review_by=window.review_by.isoformat() if window.dated else "",
        check=check,
        verdict_words=_(words),
        tone=tone,
        current=_current(series, day),
        series_key=key,
        series=series,
        level=level_of(series.points, day, measure),
        besides=plan_inputs.besides(series, included, [*facts.conditions, *facts.effects], day),
    )


def _words_of(check: PlanCheck, over: bool) -> tuple[str, str]:
    """The label of a check and its tone; `over` once the goal's date has passed."""
    for rule, label in ((PAUSED, _PAUSED), (ENDED, _ENDED)):
        if check.rules[0] == rule:
            return label, "neutral"
    words, tone = _WORDS[check.verdict]
    if check.verdict == "not-on-track" and over:
        words = _NO_LONGER_MET if NO_LONGER_MET in check.rules else _DATE_PASSED
    return words, tone


def _at_rest(check: PlanCheck, plan: Entry, goal: Entry | None, included: Sequence[Entry]) -> PlanCheck:
    """Of a plan that is paused or over the numbers are told, but nothing is said of how it works.

    A met goal stays met; prompt contact is told in any case.
    """
    medicines = [one for one in included if one.kind == "MedicationStatement"]
    held = bool(medicines) and all(one.status == Status.ON_HOLD for one in medicines)
    statuses = {plan.status, goal.status if goal else ""}
    if check.verdict in ("met", "no-goal"):
        return check
    if Status.COMPLETED in statuses:
        rule, said = ENDED, _("This plan is over, so nothing is said about how it works.")
    elif Status.ON_HOLD in statuses or held:
        rule, said = PAUSED, _("This plan is paused, so the numbers don’t tell how it works.")
    else:
        return check
    # what was judged gives way; the numbers and what stands beside them stay
    sentence = check.sentence.replace(check.judged, said) if check.judged else f"{check.sentence} {said}"
    return replace(
        check,
        verdict="unclear-so-far",
        concern=min(check.concern, 0.99),
        sentence=sentence,
        brief=check.brief.replace(check.judged, said) if check.judged else said,
        rules=(rule, *check.rules[1:]),
        questions=(),
        would_change="",
    )


def _elsewhere(record: Record, person: PersonId, goal: Entry | None, series: Series, facts: _Facts) -> list[Entry]:
    """The latest results of the same name under another code than those of the series."""
    if goal is None or not series.key:
        return []
    others = plan_inputs.of_same_name(goal, series, facts.measured)
    return [one for key in others for one in measuring.latest(record, person, key, printed.NAMED_AT_MOST + 1)]


def _in_words(check: PlanCheck, goal: Entry) -> PlanCheck:
    """Of a goal without a number: what it says, and what is missing for a verdict."""
    sentence = _("The goal is written in words: “{goal}”. It can’t be compared with results.")
    said = sentence.format(goal=goal.text("target_text") or goal.title)
    return replace(check, sentence=said, brief=said, questions=(_("By which number would we see that it is reached?"),))


def _of_what(check: PlanCheck) -> PlanCheck:
    """Of a goal that names no measure: that nothing is compared with it, and why."""
    said = _("The goal doesn’t say which measurement it is about, so nothing can be compared with it.")
    asked = _("Which measurement is this goal about?")
    return replace(check, sentence=said, brief=said, judged=said, questions=(asked,))


def _asking(check: PlanCheck, goal: Entry | None) -> PlanCheck:
    """Of a goal that is one value: the question whether the way in which it is read is what was meant."""
    aim = f"{printed.number(goal.data['target_low'])} {spoken_unit(goal.unit)}".strip() if goal else ""
    asked = _("The goal is written as {value} exactly. Is a result beyond it, on the better side, meant as well?")
    return replace(check, questions=(asked.format(value=aim), *check.questions))


def _aimed_otherwise(check: PlanCheck, better: str) -> PlanCheck:
    """Of a goal that aims where results are usually worse: the question, and nothing said that rests on its aim."""
    asked = _against(better)
    if check.verdict in ("met", "not-enough-data", "too-early") or check.rules[0] == "beyond-usual":
        return replace(check, questions=(asked, *check.questions))
    return replace(
        check,
        verdict="unclear-so-far",
        also=(),
        concern=min(check.concern, 0.99),
        sentence=check.sentence.replace(check.judged, asked),
        brief=check.brief.replace(check.judged, asked),
        judged=asked,
        rules=("aim-asked", *check.rules[1:]),
        questions=(asked,),
        would_change="",
    )


def _against(better: str) -> str:
    """The question about a goal that aims where results are usually worse."""
    if better == "down":
        return _("The goal asks for more, though less is usually better here: is that what was meant?")
    return _("The goal asks for less, though more is usually better here: is that what was meant?")


def _current(series: Series, day: date) -> str:
    """The newest result up to the day with its unit; "" where there is none."""
    newer = series.newer_in_other_units(day)
    if newer:
        return newer[-1].spoken_value()
    latest = next((point for point in reversed(series.points) if point.when <= day), None)
    return printed.value_asked(latest, series.unit) if latest else ""


def _window(plan: Entry, goal: Entry | None, included: Sequence[Entry], facts: _Facts, day: date, window: int) -> Plan:
    start = plan.happened or (goal.happened if goal else None) or parse_date(day.isoformat())
    assert start is not None
    due = parse_date((goal.text("due") if goal else "") or plan.text("review_by"))
    dated = due is not None and due.last_day > start.first_day
    review = due.last_day if due and dated else start.first_day + timedelta(days=_REVIEW_WINDOWS * window)
    judge_from = parse_date(plan.text("judge_from"))
    return Plan(
        start.first_day,
        review,
        judge_from.first_day if judge_from else None,
        plan_inputs.events(included, facts.medicines, day),
        " ".join([plan.title, *dict.fromkeys(one.title for one in included)]),
        plan_inputs.treatment_of(included or [plan]),
        dated,
    )


def _is_cancer(plan: Entry, treated: Iterable[Entry]) -> bool:
    """Whether the plan or what it treats is a growth: its reports are then quoted beside the numbers."""
    return any(is_about(entry, "cancer", "tumour") for entry in (plan, *treated))


def _concerns(record: Record, effect: Entry, included: Sequence[Entry]) -> bool:
    """A side effect speaks about the plans of the medicine that it is put down to; of all where nobody said."""
    named = [one.title for one in reading.many(record, effect.targets(Role.SUSPECTS))]
    cause = " ".join([*named, effect.text("suspected_cause")]).casefold()
    return not cause.strip() or any(one.title.casefold().split()[0] in cause for one in included if one.title)
