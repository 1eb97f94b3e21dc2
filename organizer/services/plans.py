"""Is the plan working? – each treatment plan of a person against its goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from organizer.base.dates import parse_date
from organizer.base.quantities import spoken_unit
from organizer.base.words import _, marked
from organizer.records.entry import Entry
from organizer.services import measures as measuring
from organizer.services import records
from organizer.services.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query
from organizer.tracking import Goal, Plan, PlanCheck, PlanEvent, Point, SideEffect, check_plan, measures

__all__ = ["PlanCheck"]

_WORDS = {
    "met": (marked("Goal met"), "good"),
    "on-track": (marked("On track"), "good"),
    "not-on-track": (marked("Goal not met by its date"), "caution"),
    "worsening": (marked("Getting worse"), "caution"),
    "too-early": (marked("Too early to say"), "info"),
    "not-enough-data": (marked("Not enough data"), "info"),
    "unclear-so-far": (marked("Unclear so far"), "info"),
    "no-goal": (marked("No goal yet"), "neutral"),
}
_DROPPED = ("revoked", "entered-in-error", "draft")
_REVIEW_WINDOWS = 3  # without a review date: so many response windows after the start


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan, one of its goals, and how the goal stands; `tone` is good, caution, info or neutral."""

    plan: Entry
    goal: Entry | None
    medicine: str
    review_by: str
    check: PlanCheck
    verdict_words: str
    tone: str
    current: str
    series_code: str


def check_plans(record: Record, person: str, as_of: date | None = None) -> list[PlanReport]:
    """Each plan of a person against each of its goals, as of a day (the record's own where None)."""
    day = as_of or records.as_of(record)
    facts = Query(person=person, include_struck=False, order="happened")
    plans = [one for one in _kind(record, facts, "CarePlan") if one.status not in _DROPPED]
    medicines = _kind(record, facts, "MedicationStatement")
    effects = [one for one in _kind(record, facts, "AdverseEvent") if one.happened]
    reports = []
    for plan in plans:
        goals = [one for one in reading.many(record, plan.targets("goal")) if not one.struck]
        included = reading.many(record, plan.targets("includes"))
        mine = [one for one in effects if _concerns(record, one, included)]
        aims: list[Entry | None] = [*goals] or [None]
        reports += [_report(record, person, plan, aim, included, medicines, mine, day) for aim in aims]
    return reports


def plan_told(report: PlanReport) -> dict[str, Any]:
    """The plan's part of `check --json`."""
    check = report.check
    return {
        "plan": report.plan.title,
        "goal": report.goal.title if report.goal else None,
        "verdict": check.verdict,
        "also": list(check.also),
        "urgent": check.urgent,
        "evidence": [one.entry_id for one in check.evidence],
        "sentence": check.sentence,
        "probability": check.probability,
        "review_by": report.review_by,
        "rules": list(check.rules),
    }


def _kind(record: Record, query: Query, kind: str) -> list[Entry]:
    return reading.find(
        record,
        Query(kinds=(kind,), person=query.person, include_struck=query.include_struck, order=query.order),
    )


def _report(
    record: Record,
    person: str,
    plan: Entry,
    goal: Entry | None,
    included: Sequence[Entry],
    medicines: Sequence[Entry],
    effects: Sequence[Entry],
    day: date,
) -> PlanReport:
    code = _code_of(goal) if goal else ""
    series = measuring.series(record, person, code, goal.unit) if goal and code else measuring.Series("", "", "")
    points = [
        Point(one.when, one.value, one.comparator or None, one.low, one.high, one.entry_id, one.text)
        for one in series.points
    ]
    known = measures.find(code)
    measure = (
        known if known and known.unit == series.unit else measures.unknown(code, series.unit, [p.value for p in points])
    )
    start = plan.happened or (goal.happened if goal else None) or parse_date(day.isoformat())
    assert start is not None
    due = parse_date((goal.text("due") if goal else "") or plan.text("review_by"))
    review = due.last_day if due else start.first_day + timedelta(days=_REVIEW_WINDOWS * measure.response_window_days)
    judge_from = parse_date(plan.text("judge_from"))
    window = Plan(
        start.first_day,
        review,
        judge_from.first_day if judge_from else None,
        tuple(_events(included, medicines)),
        plan.title,
    )
    check = check_plan(
        window, _target(goal), points, day, measure=measure, side_effects=[_side_effect(one) for one in effects]
    )
    words, tone = _WORDS[check.verdict]
    latest = series.points[-1] if series.points else None
    return PlanReport(
        plan=plan,
        goal=goal,
        medicine=", ".join(dict.fromkeys(one.title for one in included if one.kind == "MedicationStatement")),
        review_by=review.isoformat(),
        check=check,
        verdict_words=_(words),
        tone=tone,
        current=f"{latest.comparator}{latest.text} {spoken_unit(series.unit)}".strip() if latest else "",
        series_code=code,
    )


def _code_of(goal: Entry) -> str:
    return goal.code or (f"title:{goal.text('measure')}" if goal.text("measure") else "")


def _target(goal: Entry | None) -> Goal | None:
    """The goal as numbers; a change in percent is resolved against its baseline. None where it has none."""
    if goal is None:
        return None
    low, high, change = (goal.data.get(name) for name in ("target_low", "target_high", "target_change"))
    baseline = goal.data.get("baseline")
    if low is None and high is None and change is not None and baseline is not None:
        target = baseline * (1 + change / 100)
        return Goal("down" if change < 0 else "up", target, baseline)
    if low is not None and high is not None:
        return Goal("within", (low, high), baseline)
    if high is not None:
        return Goal("down", high, baseline)
    return Goal("up", low, baseline) if low is not None else None


def _events(included: Sequence[Entry], medicines: Sequence[Entry]) -> list[PlanEvent]:
    """Dose changes of the plan's medicines, from the spans of the same medicine."""
    events = []
    for title in dict.fromkeys(one.title.casefold() for one in included):
        spans = [one for one in medicines if one.title.casefold() == title and one.happened]
        for before, after in pairwise(spans):
            old, new = before.data.get("dose_value"), after.data.get("dose_value")
            if old is None or new is None or old == new or after.happened is None:
                continue
            kind = "dose-up" if new > old else "dose-down"
            events.append(PlanEvent(after.happened.first_day, kind, after.title, after.id))  # type: ignore[arg-type]
    return events


def _concerns(record: Record, effect: Entry, included: Sequence[Entry]) -> bool:
    """A side effect speaks about the plans of the medicine that it is put down to; of all where nobody said."""
    named = [one.title for one in reading.many(record, effect.targets("suspects"))]
    cause = " ".join([*named, effect.text("suspected_cause")]).casefold()
    return not cause.strip() or any(one.title.casefold().split()[0] in cause for one in included if one.title)


def _side_effect(entry: Entry) -> SideEffect:
    assert entry.happened is not None
    stopped = bool(entry.data.get("led_to_stop"))
    return SideEffect(entry.happened.first_day, entry.title, entry.text("severity"), stopped, entry.id)
