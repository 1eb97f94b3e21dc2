"""How an entry stands: the words of its status and of how sure a diagnosis or an allergy is.

A word that isn't here is kept as a file brings it. Which of them a kind's form offers, its declaration tells; what they
mean for the person (current, paused, past, ruled out) is told in `organizer.health`.
"""

from enum import StrEnum
from typing import NewType


class Status(StrEnum):
    """The statuses of all kinds, in FHIR R4's words (hl7.org/fhir/R4: request-status, event-status,
    medication-statement-status, encounter-status, condition-clinical, observation-status, diagnostic-report-status,
    document-reference-status, goal-status, task-status) and a few of our own (`chosen`, `declined`, `open`).
    """

    NOT_SAID = ""
    ACCEPTED = "accepted"
    ACTIVE = "active"
    AMENDED = "amended"
    APPENDED = "appended"
    ARRIVED = "arrived"
    AVAILABLE = "available"
    CANCELLED = "cancelled"
    CHOSEN = "chosen"
    COMPLETED = "completed"
    CORRECTED = "corrected"
    CURRENT = "current"
    DECLINED = "declined"
    DRAFT = "draft"
    ENTERED_IN_ERROR = "entered-in-error"
    FAILED = "failed"
    FINAL = "final"
    FINISHED = "finished"
    IN_PROGRESS = "in-progress"
    INACTIVE = "inactive"
    INTENDED = "intended"
    NO_SHOW = "noshow"
    NOT_DONE = "not-done"
    NOT_TAKEN = "not-taken"
    ON_HOLD = "on-hold"
    ON_LEAVE = "onleave"
    OPEN = "open"
    PARTIAL = "partial"
    PLANNED = "planned"
    PREPARATION = "preparation"
    PRELIMINARY = "preliminary"
    PROPOSED = "proposed"
    RECURRENCE = "recurrence"
    REFUTED = "refuted"
    REGISTERED = "registered"
    REJECTED = "rejected"
    RELAPSE = "relapse"
    REMISSION = "remission"
    REQUESTED = "requested"
    RESOLVED = "resolved"
    REVOKED = "revoked"
    STOPPED = "stopped"
    SUPERSEDED = "superseded"
    TRIAGED = "triaged"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"

    # HL7 V3 ActStatus and the like, as records of earlier versions hold them.
    ABORTED = "aborted"
    BOOKED = "booked"
    DISCONTINUED = "discontinued"
    ENDED = "ended"
    HELD = "held"
    NEW = "new"
    SUSPENDED = "suspended"


class Verification(StrEnum):
    """How sure a diagnosis or an allergy is (FHIR R4 condition-ver-status, allergyintolerance-verification); that its
    doctor has withdrawn a diagnosis is ours."""

    NOT_SAID = ""
    CONFIRMED = "confirmed"
    DIFFERENTIAL = "differential"
    ENTERED_IN_ERROR = "entered-in-error"
    PROVISIONAL = "provisional"
    REFUTED = "refuted"
    UNCONFIRMED = "unconfirmed"
    WITHDRAWN = "withdrawn"


UnknownStatus = NewType("UnknownStatus", str)
"""A status that another program wrote: kept as it came, and of no meaning to this one."""
UnknownVerification = NewType("UnknownVerification", str)
"""The same of how sure something is."""

AnyStatus = Status | UnknownStatus
AnyVerification = Verification | UnknownVerification

_STATUSES = {status.value: status for status in Status}
_VERIFICATIONS = {verification.value: verification for verification in Verification}


def status_of(text: str) -> AnyStatus:
    """The status of that word; a word that is none stays as it is."""
    known = _STATUSES.get(text)
    return UnknownStatus(text) if known is None else known


def verification_of(text: str) -> AnyVerification:
    """How sure something is by that word; a word that is none stays as it is."""
    known = _VERIFICATIONS.get(text)
    return UnknownVerification(text) if known is None else known
