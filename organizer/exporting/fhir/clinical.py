"""Conditions, allergies, side effects, procedures, vaccinations, relatives, visits, devices."""

from typing import Any

from organizer.exporting.fhir import shapes
from organizer.exporting.fhir.neighbours import Neighbours, declared, reasons
from organizer.exporting.fhir.shapes import TERMINOLOGY, Node, Shape
from organizer.model.entry import Entry
from organizer.model.kinds.encounter import VISIT_CLASSES
from organizer.model.links import Role
from organizer.model.statuses import Status, Verification

COURSES = ("active", "recurrence", "relapse", "inactive", "remission", "resolved")
_PAST = ("inactive", "remission", "resolved")
_ALLERGY_COURSES = ("active", "inactive", "resolved")
_CERTAINTIES = ("unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error")
_ALLERGY_CERTAINTIES = ("unconfirmed", "confirmed", "refuted", "entered-in-error")
_CONDITION_LISTS = {"problem list item": "problem-list-item", "encounter diagnosis": "encounter-diagnosis"}
_ALLERGY_GROUPS = ("food", "medication", "environment", "biologic")
_SEVERITIES = ("mild", "moderate", "severe")
_OUTCOMES = ("resolved", "recovering", "ongoing", "resolvedWithSequelae", "fatal", "unknown")
_DONE = (
    "preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown",
)  # fmt: skip
_VISITS = (
    "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown",
)  # fmt: skip
_CLASS_WORDS = {words: code for code, words in VISIT_CLASSES.items()}
_RELATIVES = ("partial", "completed", "entered-in-error", "health-unknown")
_IN_USE = ("active", "inactive", "entered-in-error", "unknown")


def certainty(entry: Entry, allowed: tuple[str, ...]) -> str:
    """The verification status; an entry marked as entered in error says it there, as R4 has it."""
    if entry.status == Status.ENTERED_IN_ERROR:
        return entry.status
    # R4 knows no withdrawal; without any status a reader would take the diagnosis for one that stands.
    sure = Verification.REFUTED if entry.verification == Verification.WITHDRAWN else entry.verification
    return shapes.one_of(sure, allowed, "")


def condition(entry: Entry, others: Neighbours) -> Node:
    """Condition. In error it has no clinical status (con-5); an end needs a status that fits it (con-4)."""
    sure = certainty(entry, _CERTAINTIES)
    course = shapes.one_of(entry.status, COURSES, "") if sure != "entered-in-error" else ""
    shaped: dict[str, Shape] = {
        "recordedDate": shapes.date_time,
        "bodySite": shapes.concepts,
        "severity": shapes.concept,
        "asserter": shapes.named,
        "category": _listed,
        "stage.summary": lambda text: text,
        "note": shapes.notes,
    }
    node = declared(entry, shaped)
    stage = shapes.concept(node.pop("stage.summary", ""))
    rests_on = others.references(entry, Role.RESTS_ON)
    ended = shapes.date_time(entry.ended.text) if entry.ended and course in _PAST else ""
    return {
        "clinicalStatus": shapes.coded(f"{TERMINOLOGY}condition-clinical", course) if course else {},
        "verificationStatus": shapes.coded(f"{TERMINOLOGY}condition-ver-status", sure) if sure else {},
        "code": shapes.concept(entry.title, entry.codes),
        "onsetDateTime": shapes.date_time(entry.happened.text) if entry.happened else "",
        "onsetString": "" if entry.happened else shapes.words(entry.data.get("onset_text")),
        "abatementDateTime": ended,
        "abatementString": shapes.words(entry.data.get("end_text")) if course in _PAST and not ended else "",
        **node,
        "stage": [{"summary": stage}] if stage else [],
        "evidence": [{"detail": rests_on}] if rests_on else [],
    }


def _listed(text: Any) -> list[Node]:
    code = _CONDITION_LISTS.get(text.casefold().replace("-", " ")) if isinstance(text, str) else None
    if code is None:
        return shapes.concepts(text)
    display = code.replace("-", " ").title()
    return [shapes.coded(f"{TERMINOLOGY}condition-category", code, display, text)]


def allergy(entry: Entry, _others: Neighbours) -> Node:
    """AllergyIntolerance. R4 wants a clinical status of all that isn't in error (ait-1): what stands without one in
    a list of allergies counts as current."""
    sure = certainty(entry, _ALLERGY_CERTAINTIES)
    course = "" if sure == "entered-in-error" else shapes.one_of(entry.status, _ALLERGY_COURSES, "active")
    data = entry.data
    severity = shapes.one_of(entry.text("severity"), _SEVERITIES, "")
    reaction = shapes.filled({"manifestation": shapes.concepts(data.get("reaction")), "severity": severity})
    groups = [text for text in entry.text("category").split(", ") if text in _ALLERGY_GROUPS]
    return {
        "clinicalStatus": shapes.coded(f"{TERMINOLOGY}allergyintolerance-clinical", course) if course else {},
        "verificationStatus": shapes.coded(f"{TERMINOLOGY}allergyintolerance-verification", sure) if sure else {},
        "type": shapes.one_of(entry.text("allergy_type"), ("allergy", "intolerance"), ""),
        "category": groups,
        "criticality": shapes.one_of(entry.text("criticality"), ("low", "high", "unable-to-assess"), ""),
        "code": shapes.concept(entry.title, entry.codes),
        "onsetDateTime": shapes.date_time(entry.happened.text) if entry.happened else "",
        "recordedDate": shapes.date_time(data.get("recorded")),
        "note": shapes.notes(data.get("note")),
        "reaction": [reaction] if "manifestation" in reaction else [],
    }


def adverse_event(entry: Entry, others: Neighbours) -> Node:
    """AdverseEvent; severity and outcome only where R4 has a code for them."""
    severity = shapes.one_of(entry.text("severity"), _SEVERITIES, "")
    outcome = shapes.one_of(entry.text("outcome"), _OUTCOMES, "")
    cause = shapes.words(entry.data.get("suspected_cause"))
    suspects = others.references(entry, Role.SUSPECTS, "MedicationStatement", "Procedure", "Device", "Immunization")
    if len(suspects) == 1 and cause:
        suspects[0]["display"] = cause
    elif not suspects:
        suspects = shapes.named_list(cause)
    return {
        "actuality": shapes.one_of(entry.status, ("actual", "potential"), "actual"),
        "event": shapes.concept(entry.title, entry.codes),
        "date": shapes.date_time(entry.happened.text) if entry.happened else "",
        "severity": shapes.coded(f"{TERMINOLOGY}adverse-event-severity", severity) if severity else {},
        "outcome": shapes.coded(f"{TERMINOLOGY}adverse-event-outcome", outcome) if outcome else {},
        "suspectEntity": [{"instance": suspect} for suspect in suspects],
    }


def procedure(entry: Entry, others: Neighbours) -> Node:
    """Procedure, done or planned."""
    shaped: dict[str, Shape] = {
        "bodySite": shapes.concepts,
        "outcome": shapes.concept,
        "complication": shapes.concepts,
        "performer": lambda text: [{"actor": performer} for performer in shapes.named_list(text)],
        "location": shapes.named,
        "note": shapes.notes,
    }
    treated = others.references(entry, Role.TREATS, "Condition", "Observation", "Procedure", "DiagnosticReport")
    span = shapes.period(entry)
    return {
        "status": shapes.one_of(entry.status, _DONE, "unknown"),
        "code": shapes.concept(entry.title, entry.codes),
        "performedDateTime": "" if "end" in span else span.get("start"),
        "performedPeriod": span if "end" in span else {},
        **declared(entry, shaped),
        **reasons(entry, treated),
        "report": others.references(entry, Role.REPORT, "DiagnosticReport", "DocumentReference"),
    }


def immunization(entry: Entry, _others: Neighbours) -> Node:
    """Immunization, given or not."""
    number = entry.text("dose_number")
    shaped: dict[str, Shape] = {
        "lotNumber": shapes.words,
        "manufacturer": shapes.named,
        "performer": lambda text: [{"actor": performer} for performer in shapes.named_list(text)],
        "statusReason": shapes.concept,
        "note": shapes.notes,
    }
    whole = number.isascii() and number.isdecimal() and number[:1] != "0" and len(number) < 9
    dose = {"doseNumberPositiveInt": int(number)} if whole else {"doseNumberString": shapes.words(number)}
    return {
        "status": shapes.one_of(entry.status, ("completed", "entered-in-error", "not-done"), "completed"),
        "vaccineCode": shapes.concept(entry.title, entry.codes) or shapes.absent(),
        **(
            {"occurrenceDateTime": shapes.date_time(entry.happened.text)}
            if entry.happened and shapes.date_time(entry.happened.text)
            else {"occurrenceString": "unknown"}
        ),
        **declared(entry, shaped),
        "protocolApplied": [dose] if whole or shapes.words(number) else [],
    }


def family_history(entry: Entry, _others: Neighbours) -> Node:
    """FamilyMemberHistory: one relative with all illnesses."""
    listed = entry.data.get("conditions") or ([{"title": entry.title}] if shapes.words(entry.title) else [])
    illnesses = []
    for illness in listed:
        coded = shapes.concept(illness.get("title"))
        if coded:
            more = {"onsetString": shapes.words(illness.get("onset")), "note": shapes.notes(illness.get("note"))}
            illnesses.append(shapes.filled({"code": coded, "outcome": shapes.concept(illness.get("outcome")), **more}))
    died = entry.text("deceased")
    return {
        "status": shapes.one_of(entry.status, _RELATIVES, "completed"),
        "relationship": shapes.concept(entry.data.get("relation")) or shapes.absent(),
        "deceasedBoolean": True if died == "yes" else None,
        "deceasedString": shapes.words(died) if died != "yes" else "",
        "note": shapes.notes(entry.data.get("note")),
        "condition": illnesses,
    }


def encounter(entry: Entry, _others: Neighbours) -> Node:
    """Encounter: a visit with whom and where."""
    shaped: dict[str, Shape] = {
        "participant": lambda text: [{"individual": participant} for participant in shapes.named_list(text)],
        "serviceProvider": shapes.named,
        "reasonCode": shapes.concepts,
        "hospitalization.dischargeDisposition": shapes.concept,
    }
    kind = entry.data.get("visit_class")
    node = declared(entry, shaped)
    went_to = node.pop("hospitalization.dischargeDisposition", {})
    return {
        "status": shapes.one_of(entry.status, _VISITS, "unknown"),
        "class": _visit_class(kind if isinstance(kind, str) else ""),
        "type": [concept for concept in [shapes.concept(entry.title, entry.codes)] if concept],
        **node,
        "period": shapes.period(entry),
        "hospitalization": {"dischargeDisposition": went_to} if went_to else {},
    }


def _visit_class(visit_class: str) -> Node:
    if visit_class in VISIT_CLASSES:
        return shapes.coding(f"{TERMINOLOGY}v3-ActCode", visit_class)
    if visit_class in _CLASS_WORDS:
        return shapes.coding(f"{TERMINOLOGY}v3-ActCode", _CLASS_WORDS[visit_class], visit_class)
    return shapes.named(visit_class) or shapes.coding(f"{TERMINOLOGY}v3-NullFlavor", "UNK", "unknown")


def device(entry: Entry, _others: Neighbours) -> Node:
    """Device. R4 says in it neither since when nor where it is worn."""
    shaped: dict[str, Shape] = {
        "manufacturer": shapes.words,
        "modelNumber": shapes.words,
        "serialNumber": shapes.words,
        "lotNumber": shapes.words,
        "udiCarrier": lambda text: shapes.held(text, "carrierHRF"),
        "expirationDate": shapes.date_time,
        "safety": shapes.concepts,
        "note": shapes.notes,
    }
    return {
        "status": shapes.one_of(entry.status, _IN_USE, ""),
        "type": shapes.concept(entry.title, entry.codes),
        **declared(entry, shaped),
    }
