"""Is the plan working? – each treatment plan of a person against its goals."""

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import Any

from organizer.health import printed
from organizer.health.course import PlanCheck
from organizer.health.course.events import Besides
from organizer.health.course.measures import age_of
from organizer.health.course.outside import NEW
from organizer.health.course.report import PlanFacts, PlanReport, named_alike, own_goals, plans_with_goals, report_on
from organizer.health.series import Series
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.model.links import Role
from organizer.services.follow import measures as measuring
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query

__all__ = ["Besides", "PlanCheck", "PlanReport"]

_LINKS = (Role.GOAL, Role.INCLUDES, Role.TREATS, Role.FOR, Role.SUSPECTS)
"""The roles in which plans, goals and side effects refer to what a check looks at."""


def check_plans(record: Record, person: PersonId, as_of: date | None = None) -> list[PlanReport]:
    """Each plan of a person against each of its goals, as of a day (the record's own where None)."""
    facts = _facts(record, person, as_of)
    return [_report(record, person, facts, plan, goal) for plan, goal in plans_with_goals(facts)]


def check_all(record: Record, person: PersonId, as_of: date | None = None) -> list[PlanReport]:
    """Every plan and every goal without one, as all windows and commands show them."""
    facts = _facts(record, person, as_of)
    pairs = [*plans_with_goals(facts), *((goal, goal) for goal in own_goals(facts))]
    return [_report(record, person, facts, plan, goal) for plan, goal in pairs]


def _facts(record: Record, person: PersonId, as_of: date | None) -> PlanFacts:
    """All that a check looks at but the results, read at once."""
    day = as_of or records.as_of(record)
    plans = reading.of_kind(record, person, "CarePlan", "happened")
    goals = reading.of_kind(record, person, "Goal", "happened")
    effects = [effect for effect in reading.of_kind(record, person, "AdverseEvent", "happened") if effect.happened]
    return PlanFacts(
        day,
        age_of(reading.get(record, person), day),
        plans,
        goals,
        reading.of_kind(record, person, "MedicationStatement", "happened"),
        effects,
        reading.find(record, Query(kinds=("Condition",), person=person, order="happened")),
        reading.of_kind(record, person, "DiagnosticReport", "happened"),
        measuring.measures(record, person),
        _linked(record, [*plans, *goals, *effects]),
        reading.find(
            record, Query(kinds=("Observation",), person=person, since=(day - NEW).isoformat(), include_struck=False)
        ),
    )


def _linked(record: Record, holders: Iterable[Entry]) -> dict[EntryId, Entry]:
    links = chain.from_iterable(entry.links for entry in holders)
    targets = dict.fromkeys(link.target for link in links if link.role in _LINKS)
    return {entry.id: entry for entry in reading.many(record, targets)}


def _report(record: Record, person: PersonId, facts: PlanFacts, plan: Entry, goal: Entry | None) -> PlanReport:
    key = facts.key_of(goal)
    series = measuring.series(record, person, key, goal.unit) if goal and key else Series()
    most = printed.NAMED_AT_MOST + 1
    elsewhere = [measuring.latest(record, person, other, most) for other in named_alike(facts, goal, series)]
    return report_on(facts, plan, goal, series, list(chain.from_iterable(elsewhere)))


def as_json(report: PlanReport) -> dict[str, Any]:
    """The plan's part of `check --json`."""
    check = report.check
    return {
        "plan": report.plan.title,
        "goal": report.goal.title if report.goal else None,
        "verdict": check.verdict,
        "label": report.verdict_words,
        "also": list(check.also),
        "urgent": check.urgent,
        "evidence": [evidence.entry_id for evidence in check.evidence],
        "sentence": check.sentence,
        "probability": check.probability,
        "review_by": report.review_by,
        "rules": list(check.rules),
    }
