"""What a medicine's status says of its being taken: status, intent and “do not perform” weighed together.

| resource | says |
|---|---|
| MedicationStatement | “no longer being taken” is `completed`; converters write it for all: only with an end |
| MedicationRequest | `completed`: what was prescribed has been given; whether it goes on, it doesn’t say |
| MedicationDispense | how the handing over went, not whether it is taken |
| MedicationAdministration | what was given once or over a time |

hl7.org/fhir/R4: value sets medication-statement-status, medicationrequest-status, medicationrequest-intent,
medicationdispense-status, medication-admin-status (looked up 2026-11-29).
"""

from organizer.health.medicines import HANDED_OVER
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.node import Node
from organizer.model.statuses import AnyStatus, Status, status_of

_SAME = frozenset(
    {
        Status.ACTIVE,
        Status.ON_HOLD,
        Status.STOPPED,
        Status.INTENDED,
        Status.NOT_TAKEN,
        Status.ENTERED_IN_ERROR,
        Status.UNKNOWN,
    }
)
_STATUSES = {
    "MedicationStatement": {"draft": Status.INTENDED, "cancelled": Status.NOT_TAKEN},
    "MedicationRequest": {"draft": Status.INTENDED, "cancelled": Status.NOT_TAKEN, "ended": Status.STOPPED},
    "MedicationAdministration": {"in-progress": Status.ACTIVE},
    "MedicationDispense": {"preparation": Status.INTENDED, "cancelled": Status.NOT_TAKEN},
}
_NOT_DONE = frozenset({"not-done", "declined", "not-given"})
_OF_HANDING_OVER = frozenset({"in-progress", "on-hold", "stopped", "completed"})
"""Statuses of a dispense that tell of the pharmacy."""
_PROPOSED = frozenset({"proposal", "plan", "option"})


def taken_status(resource: Node, has_end: bool) -> tuple[AnyStatus, str]:
    """The record's status of a medicine, and the source's own word where the status can't say it, else "".

    `has_end` is True where the resource tells until when it was taken.
    """
    kind, words = fhir.text(resource, "resourceType"), fhir.code(resource.get("status"))
    if words == "entered-in-error":
        return Status.ENTERED_IN_ERROR, ""
    if fhir.text(resource, "doNotPerform") == "true":
        return Status.NOT_TAKEN, "do not perform"
    if words in _NOT_DONE:
        return Status.NOT_TAKEN, words
    intent = fhir.code(resource.get("intent"))
    if intent in _PROPOSED:
        return _proposed(resource, words, intent)
    if words == "completed" and (has_end or kind == "MedicationAdministration"):
        return Status.COMPLETED, ""
    if kind == "MedicationDispense" and words in _OF_HANDING_OVER:
        return Status.UNKNOWN, f"{HANDED_OVER}: {words}"
    if words in _SAME:
        return status_of(words), ""
    return _STATUSES.get(kind, {}).get(words, Status.UNKNOWN), words


def _proposed(resource: Node, status: str, intent: str) -> tuple[Status, str]:
    """What was proposed or planned. A plan that the patient reports is how US Core tells of what one takes unasked
    (hl7.org/fhir/us/core medication-list): whether it is taken stays open."""
    if status == "cancelled":
        return Status.NOT_TAKEN, status
    reported = fhir.text(resource, "reportedBoolean") == "true" or bool(resource.get("reportedReference"))
    if reported or status in ("stopped", "completed"):
        return Status.UNKNOWN, f"{intent}: {status}"
    return Status.INTENDED, intent
