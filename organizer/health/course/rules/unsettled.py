"""A plan that is changed again and again, a diagnosis that keeps changing."""

from datetime import date, timedelta

from organizer.base.i18n import _
from organizer.health.course.model import EventKind, Evidence, PlanEvent
from organizer.health.course.rules.rule import Rule, Situation, Statement
from organizer.health.course.settled import settled

SIX_MONTHS, YEAR = timedelta(days=183), timedelta(days=365)


def _events(situation: Situation, since: date, *kinds: EventKind) -> list[PlanEvent]:
    """What happened in the plan from a day until the day of the check."""
    past = [event for event in situation.plan.events if since <= event.when <= situation.as_of]
    return [event for event in past if event.kind in kinds]


def _changed_often(situation: Situation) -> Statement | None:
    changes = _events(situation, situation.as_of - SIX_MONTHS, "dose-up", "switch")
    stops = [stop for stop in _events(situation, date.min, "stop") if stop.no_effect]
    if situation.goal is None or (len(changes) < 3 and len(stops) < 2):
        return None
    last = situation.after[-2:]
    if last and all(settled(situation.goal, day.value, day.comparator) for day in last):
        return None
    changed = _("The treatment was changed {n} times in six months for this goal.").format(n=len(changes))
    stopped = _("{n} treatments for this goal were stopped because they didn’t help.").format(n=len(stops))
    sentence = changed if len(changes) >= 3 else stopped
    shown = changes or stops
    return Statement(
        sentence,
        also="plan-changed-often",
        evidence=tuple(Evidence(event.entry_id, event.what or event.kind) for event in shown if event.entry_id),
        question=_("What is the plan if this change doesn’t help either?"),
    )


def _unsettled(situation: Situation) -> Statement | None:
    recent = [day for day in situation.diagnosis_revisions if situation.as_of - YEAR <= day <= situation.as_of]
    if len(recent) < 2:
        return None
    sentence = _("The diagnosis was revised {n} times in twelve months.").format(n=len(recent))
    return Statement(
        sentence, also="diagnosis-unsettled", question=_("How sure is the diagnosis, and what would settle it?")
    )


PLAN_CHANGED_OFTEN = Rule(
    "plan-changed-often",
    "Design judgement: three increases or switches for one goal in six months, or two stopped for lack of effect; a "
    "planned reduction is no such change",
    _changed_often,
)
DIAGNOSIS_UNSETTLED = Rule(
    "diagnosis-unsettled",
    "Balogh et al. (eds.), Improving Diagnosis in Health Care, National Academies 2015, on working diagnoses; "
    "two revisions in a year is our threshold for asking",
    _unsettled,
)
