"""CarePlan, Goal, ServiceRequest, Task, Communication, DocumentReference; Basic, where R4 has no resource."""

from collections.abc import Mapping

from organizer.exporting.fhir import shapes
from organizer.exporting.fhir.neighbours import Neighbours, declared, reasons
from organizer.exporting.fhir.results import attachment
from organizer.exporting.fhir.shapes import TERMINOLOGY, Node, Shape
from organizer.model.entry import Entry, Json
from organizer.model.links import Role

_PLANNED = ("draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown")
_DETAILS = (
    "not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled", "stopped", "unknown",
    "entered-in-error",
)  # fmt: skip
_AIMED = (
    "proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled", "entered-in-error", "rejected",
)  # fmt: skip
_INTENTS = (
    "proposal", "plan", "directive", "order", "original-order", "reflex-order", "filler-order", "instance-order",
    "option",
)  # fmt: skip
_TASKS = (
    "draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress", "on-hold",
    "failed", "completed", "entered-in-error",
)  # fmt: skip
_STATUSES = (
    "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown",
)  # fmt: skip
_MEDIA = {
    "call": ("PHONE", "telephone"),
    "letter": ("MAILWRIT", "mail"),
    "message": ("ELECTRONIC", "electronic data"),
    "visit": ("FACE", "face-to-face"),
}
"""HL7 v3 ParticipationMode."""


def care_plan(entry: Entry, others: Neighbours) -> Node:
    """CarePlan: what is done as activities, what it treats and aims at as references."""
    shaped: dict[str, Shape] = {
        "title": shapes.words,
        "description": shapes.words,
        "author": shapes.named,
        "category": shapes.concepts,
        "note": shapes.notes,
    }
    done = others.references(entry, Role.INCLUDES, "MedicationStatement", "Procedure", "ServiceRequest", "Task")
    allowed = [
        reference
        for reference in done
        if others.entries[reference["reference"].rpartition(":")[2]].kind in ("ServiceRequest", "Task")
    ]
    named = {reference["display"] for reference in allowed}
    activities = []
    for activity in entry.data.get("activities") or ():
        words = shapes.words(activity.get("title"))
        if words and words not in named:
            status = shapes.one_of(activity.get("status") or "", _DETAILS, "unknown")
            activities.append({"detail": {"status": status, "description": words}})
    return {
        "status": shapes.one_of(entry.status, _PLANNED, "unknown"),
        "intent": "plan",
        **declared(entry, shaped),
        "period": shapes.period(entry),
        "addresses": others.references(entry, Role.TREATS, "Condition"),
        "goal": others.references(entry, Role.GOAL, "Goal"),
        "activity": activities + [{"reference": reference} for reference in allowed],
    }


def goal(entry: Entry, others: Neighbours) -> Node:
    """Goal with its target as numbers or words, by when."""
    data = entry.data
    ends = {
        "low": shapes.simple(data.get("target_low"), entry.unit),
        "high": shapes.simple(data.get("target_high"), entry.unit),
    }
    detail = shapes.filled(_beyond(ends, data) or _detail(ends, data))
    measure = shapes.concept(data.get("measure"), entry.codes)
    if detail and not measure:
        measure = shapes.concept(entry.title) or shapes.absent()
    target = shapes.filled({"measure": measure, **detail, "dueDate": shapes.date(data.get("due"))})
    return {
        "lifecycleStatus": shapes.one_of(entry.status, _AIMED, "active"),
        "description": shapes.concept(entry.title) or shapes.absent(),
        "startDate": shapes.date(entry.happened.text) if entry.happened else "",
        "target": [target] if target else [],
        "addresses": others.references(
            entry, Role.FOR, "Condition", "Observation", "MedicationStatement", "ServiceRequest"
        ),
        "note": shapes.notes(data.get("note")),
    }


def _detail(ends: Mapping[str, Node], data: Mapping[str, Json]) -> Node:
    """The target as its ends; without one as its words."""
    if any(ends.values()):
        return {"detailRange": shapes.filled(ends)}
    return {"detailString": shapes.words(data.get("target_text"))}


def _beyond(ends: Mapping[str, Node], data: Mapping[str, Json]) -> Node:
    """A target that its own number doesn't meet (`<7 %`); nothing for every other."""
    words = str(data.get("target_text") or "").strip()
    end = ends["high"] if words.startswith("<") else ends["low"]
    if not end or words[:1] not in ("<", ">") or words[1:2] == "=" or (ends["low"] and ends["high"]):
        return {}
    return {"detailQuantity": {**end, "comparator": words[0]}}


def service_request(entry: Entry, others: Neighbours) -> Node:
    """ServiceRequest: an order or a referral."""
    shaped: dict[str, Shape] = {
        "authoredOn": shapes.date_time,
        "requester": shapes.named,
        "performer": shapes.named_list,
        "note": shapes.notes,
    }
    treated = others.references(entry, Role.FOR, "Condition", "Observation", "DiagnosticReport", "DocumentReference")
    return {
        "status": shapes.one_of(entry.status, _PLANNED, "unknown"),
        "intent": shapes.one_of(entry.text("intent"), _INTENTS, "order"),
        "code": shapes.concept(entry.title, entry.codes),
        "occurrenceDateTime": shapes.date_time(entry.data.get("planned")),
        **declared(entry, shaped),
        **reasons(entry, treated),
    }


def task(entry: Entry, _others: Neighbours) -> Node:
    """Task: something to do, by when."""
    due = shapes.date_time(entry.happened.text) if entry.happened else ""
    shaped: dict[str, Shape] = {"description": shapes.words, "authoredOn": shapes.date_time, "owner": shapes.named}
    return {
        "status": shapes.one_of(entry.status, _TASKS, "requested"),
        "intent": "plan",
        **declared(entry, shaped),
        "restriction": {"period": {"end": due}} if due else {},
        "note": shapes.notes(entry.data.get("note")),
    }


def communication(entry: Entry, _others: Neighbours) -> Node:
    """Communication: a call, a letter, a message."""
    medium = _MEDIA.get(entry.text("medium"))
    shaped: dict[str, Shape] = {
        "topic": shapes.concept,
        "sent": shapes.date_time,
        "recipient": shapes.named_list,
        "identifier": lambda text: shapes.held(text, "value"),
        "payload": lambda text: shapes.held(text, "contentString"),
        "note": shapes.notes,
    }
    return {
        "status": shapes.one_of(entry.status, _STATUSES, "unknown"),
        "medium": [shapes.coded(f"{TERMINOLOGY}v3-ParticipationMode", *medium)] if medium else [],
        **declared(entry, shaped),
    }


def document_reference(entry: Entry, _others: Neighbours) -> Node:
    """DocumentReference; the file itself is filled in where the bundle is written."""
    shaped: dict[str, Shape] = {
        "description": shapes.words,
        "date": shapes.instant,
        "author": shapes.named_list,
        "custodian": shapes.named,
    }
    happened = entry.happened.text if entry.happened else ""
    described = attachment({"media_type": entry.data.get("media_type"), "title": entry.title})
    creation = "" if shapes.instant(happened) else shapes.date_time(happened)
    return {
        "status": shapes.one_of(entry.status, ("current", "superseded", "entered-in-error"), "current"),
        "type": shapes.concept(entry.data.get("document_type"), entry.codes),
        **declared(entry, shaped),
        "content": [{"attachment": shapes.filled({**described, "creation": creation})}],
    }
