"""What is true now and what happened once: a filter by date is for events, never for what still stands."""

from datetime import date

from organizer.health import medicines, problems
from organizer.health.medicines import MedicineState
from organizer.model.entry import Entry

_LASTING = frozenset(
    {
        "AllergyIntolerance", "Device", "FamilyMemberHistory", "Patient", "Practitioner", "Organization", "Coverage",
        "OpinionCase", "Question",
    }
)  # fmt: skip
_UNDER_WAY = {
    "CarePlan": frozenset({"completed", "revoked", "entered-in-error"}),
    "Goal": frozenset({"completed", "cancelled", "rejected", "entered-in-error"}),
    "ServiceRequest": frozenset({"completed", "revoked", "entered-in-error"}),
    "Task": frozenset({"completed", "cancelled", "rejected", "failed", "entered-in-error"}),
    "TreatmentOption": frozenset({"chosen", "declined"}),
}
"""Kinds that stand until a status ends them."""


def still_stands(entry: Entry, as_of: date) -> bool:
    """True for what is no event, or an event that isn't over: it belongs to any look at a person's health."""
    if entry.kind in _LASTING:
        return True
    if entry.kind == "Condition":
        return entry.status == "remission" or problems.state_of(entry, as_of) in problems.OPEN
    if entry.kind == "MedicationStatement":
        return medicines.state_of(entry, as_of) in medicines.STANDING | {MedicineState.PLANNED}
    return entry.kind in _UNDER_WAY and entry.status not in _UNDER_WAY[entry.kind]


def within(entry: Entry, since: str, as_of: date) -> bool:
    """True where an entry belongs to a packet from a partial date on ("" for all): what bears no date, what still
    stands, and events of which any part may lie in that time."""
    last = entry.ended or entry.happened
    if not since or last is None or still_stands(entry, as_of):
        return True
    return last.last_day.isoformat() >= since
