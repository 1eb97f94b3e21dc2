"""What of a person's record asks for prompt contact today: gathered from the last weeks, judged in health."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from organizer.health import pregnancy
from organizer.health.attention import DISEASE_DAYS, FLAG_DAYS, Attention, attention
from organizer.health.attention_changes import PEAK_FLOW
from organizer.model.ids import PersonId
from organizer.services.follow import measures as measuring
from organizer.services.follow.plans import PlanReport
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query

__all__ = ["Attention"]

LOOKED_BACK = timedelta(days=FLAG_DAYS + DISEASE_DAYS)
"""Longer than anything that asks for contact stays new, and on its last day long enough to compare it with what was
before."""


def needed(record: Record, person: PersonId, as_of: date | None = None) -> tuple[Attention, ...]:
    """What asks for prompt contact on a day (today where none is given), the newest first."""
    day = as_of or records.as_of(record)
    since = (day - LOOKED_BACK).isoformat()
    lately = Query(person=person, since=since, include_struck=False)
    recent = reading.find(record, replace(lately, kinds=("Observation", "AdverseEvent")))
    dialyses = reading.find(record, replace(lately, kinds=("Procedure",)))
    diagnoses = reading.of_kind(record, person, "Condition")
    entries = measuring.of_codes(record, person, (pregnancy.STATUS, *pregnancy.DUE, *sorted(PEAK_FLOW)))
    born = next((entry.date("birth_date") for entry in reading.many(record, [person])), None)
    known = {entry.id: entry for entry in (*recent, *dialyses, *entries, *diagnoses)}
    return attention(list(known.values()), day, born.first_day if born else None)


def of_plans(alarms: Sequence[Attention], reports: Sequence[PlanReport]) -> list[str]:
    """Prompt-contact sentences of plan checks that the person's own don't say already."""
    sounded = {alarm.id for alarm in alarms}
    more = [report.check.urgent for report in reports if sounded.isdisjoint(report.check.rules)]
    return list(dict.fromkeys(sentence for sentence in more if sentence))


def attention_as_json(matter: Attention) -> dict[str, object]:
    """One of them as JSON."""
    return {
        "id": matter.id,
        "sentence": matter.sentence,
        "when": matter.when.isoformat(),
        "evidence": list(matter.entries),
        "source": matter.source,
        "asks": matter.asks,
    }
