"""Medicines."""

from organizer.exporting.fhir import shapes
from organizer.exporting.fhir.neighbours import Neighbours, declared, reasons
from organizer.exporting.fhir.shapes import Node, Shape
from organizer.model.entry import Entry
from organizer.model.links import Role

_TAKEN = (
    "active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken",
)  # fmt: skip


def medicine(entry: Entry, others: Neighbours) -> Node:
    """MedicationStatement with dose and timing in words and, where known, in numbers."""
    shaped: dict[str, Shape] = {
        "informationSource": shapes.named,
        "statusReason": shapes.concepts,
        "note": shapes.notes,
    }
    treated = others.references(entry, Role.TREATS, "Condition", "Observation", "DiagnosticReport")
    dosage = _dosage(entry)
    return {
        "status": shapes.one_of(entry.status, _TAKEN, "unknown"),
        "medicationCodeableConcept": shapes.concept(entry.title, entry.codes) or shapes.absent(),
        "effectivePeriod": shapes.period(entry),
        **declared(entry, shaped),
        **reasons(entry, treated),
        "dosage": [dosage] if dosage else [],
    }


def _dosage(entry: Entry) -> Node:
    data = entry.data
    dose, often = shapes.words(data.get("dose")), shapes.words(data.get("frequency"))
    amount = shapes.simple(data.get("dose_value"), entry.text("dose_unit"))
    spoken = ", ".join(part for part in (dose, often) if part) if amount and often else "" if amount else dose
    return shapes.filled(
        {
            "text": spoken,
            "timing": {"code": {"text": often}} if often else {},
            "route": shapes.concept(data.get("route")),
            "doseAndRate": [{"doseQuantity": amount}] if amount else [],
        }
    )
