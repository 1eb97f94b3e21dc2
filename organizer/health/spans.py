"""What was taken when, as stretches of time that stand beside a course."""

from collections.abc import Iterable
from datetime import date

from organizer.health.medicines import MedicineState, is_medicine, state_of
from organizer.health.printed import dose
from organizer.health.series import Span
from organizer.model.entry import Entry

_NOT_BEGUN = frozenset({MedicineState.PLANNED, MedicineState.NEVER_TAKEN})


def spans_of(medicines: Iterable[Entry], as_of: date) -> list[Span]:
    """Medicines that have begun by a day, each dose a span of its own; what was never taken is none.

    One that is over without a recorded end is a mark at its start: how long it went on isn't said. One of which nobody
    says whether it is still taken has no end that is known.
    """
    spans = []
    for entry in medicines:
        state = state_of(entry, as_of)
        if entry.happened is None or not is_medicine(entry) or state in _NOT_BEGUN:
            continue
        start = entry.happened.first_day
        end = entry.ended.last_day if entry.ended else None
        if end is None and state is MedicineState.ENDED:
            end = start
        unsaid = end is None and state is MedicineState.NOT_SAID
        spans.append(Span(entry.title, start, end, dose(entry), entry.id, end_known=not unsaid))
    return spans
