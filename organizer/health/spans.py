"""What was taken when, as stretches of time that stand beside a course."""

from collections.abc import Iterable

from organizer.health.printed import dose
from organizer.health.series import Span
from organizer.model.entry import Entry

NEVER_TAKEN = frozenset({"not-taken", "intended", "draft", "entered-in-error"})
"""FHIR R4 MedicationStatement and MedicationRequest status (hl7.org/fhir/R4, looked up 2026-11-29)."""
OVER = frozenset({"stopped", "completed"})


def spans_of(medicines: Iterable[Entry]) -> list[Span]:
    """Medicines with a start as spans, each dose a span of its own; what was never taken is none.

    One that is over without a recorded end is a mark at its start: how long it went on isn't said.
    """
    spans = []
    for entry in medicines:
        if entry.happened is None or entry.status in NEVER_TAKEN:
            continue
        start = entry.happened.first_day
        end = entry.ended.last_day if entry.ended else None
        if end is None and entry.status in OVER:
            end = start
        spans.append(Span(entry.title, start, end, dose(entry), entry.id))
    return spans
