"""What is true now and what happened once: a filter by date is for events, never for what still stands."""

from datetime import date

from organizer.health import medicines, problems
from organizer.health.medicines import MedicineState
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind
from organizer.model.statuses import Status


def still_stands(entry: Entry, as_of: date) -> bool:
    """True for what is no event, or an event that isn't over: it belongs to any look at a person's health."""
    kind = find_kind(entry.kind)
    if kind.lasting:
        return True
    if entry.kind == "Condition":
        return entry.status == Status.REMISSION or problems.is_open(entry, as_of)
    if entry.kind == "MedicationStatement":
        return medicines.state_of(entry, as_of) in medicines.STANDING | {MedicineState.PLANNED}
    return bool(kind.ended_by) and entry.status not in kind.ended_by


def within(entry: Entry, since: str, as_of: date) -> bool:
    """True where an entry belongs to a packet from a partial date on ("" for all): what bears no date, what still
    stands, and events of which any part may lie in that time."""
    last = entry.ended or entry.happened
    if not since or last is None or still_stands(entry, as_of):
        return True
    return last.last_day.isoformat() >= since
