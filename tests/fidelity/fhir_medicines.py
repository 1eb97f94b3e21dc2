"""Medicines of FHIR R4 in the second reading: what is taken, how, since when, and what the status allows to be said."""

from typing import Any

from tests.fidelity.facts import Expected, Told, among, number, one_of
from tests.fidelity.fhir_elements import chosen, data, first, joined, listed, notes, words

_STATES = {
    "MedicationRequest": {
        "active": {"active"}, "on-hold": {"on-hold"}, "stopped": {"stopped"}, "completed": {"unknown", "completed"},
        "cancelled": {"not-taken"}, "draft": {"intended"}, "entered-in-error": {"entered-in-error"},
        "unknown": {"unknown"},
    },
    "MedicationStatement": {
        "active": {"active"}, "on-hold": {"on-hold"}, "stopped": {"stopped"}, "completed": {"completed", "unknown"},
        "intended": {"intended"}, "not-taken": {"not-taken"}, "entered-in-error": {"entered-in-error"},
        "unknown": {"unknown"},
    },
    "MedicationAdministration": {
        "completed": {"completed"}, "in-progress": {"active"}, "not-done": {"not-taken"}, "stopped": {"stopped"},
        "entered-in-error": {"entered-in-error"},
    },
    "MedicationDispense": {
        "completed": {"unknown"}, "in-progress": {"unknown"}, "declined": {"not-taken"}, "cancelled": {"not-taken"},
        "entered-in-error": {"entered-in-error"},
    },
}  # fmt: skip
"""What each status lets a record say of the taking (value sets of the four resources): a prescription that ran out and
a medicine that was handed over don't say whether it is taken."""


def medicine(file: Any, one: dict[str, Any]) -> dict[str, Expected]:
    """MedicationRequest, -Statement, -Dispense, -Administration."""
    concept = one.get("medicationCodeableConcept") or file.meant(one.get("medicationReference"), one).get("code")
    shown = (one.get("medicationReference") or {}).get("display")
    title = words(concept, lambda told: told["title"]) or words(shown, lambda told: told["title"])
    lines = listed(one.get("dosageInstruction")) or listed(one.get("dosage"))
    return first(
        ("title", title),
        ("status", _state(one)),
        ("happened", _since(one, lines)),
        ("dose", _dose(lines)),
        ("lines", joined([line["text"] for line in lines if line.get("text")], _taken)),
        ("instruction", joined([line.get("patientInstruction") for line in lines], _taken)),
        ("as needed", joined(["as needed"] if any(line.get("asNeededBoolean") for line in lines) else [], _taken)),
        ("route", joined([line["route"] for line in lines if line.get("route")], data("route"))),
        ("reason", joined(one.get("reasonCode"), data("reason"))),
        ("note", notes(one)),
    )


def _taken(told: Told) -> str:
    """All that is said of how it is taken."""
    return " ".join(str(told["data"].get(name) or "") for name in ("dose", "frequency", "note"))


def _state(one: dict[str, Any]) -> Expected | None:
    status = one.get("status")
    if one.get("doNotPerform") is True and status != "entered-in-error":
        return among({"not-taken"}, lambda told: told["status"])
    if one.get("intent") in ("proposal", "plan", "option") and status != "entered-in-error":
        return among({"intended", "unknown", "not-taken"}, lambda told: told["status"])
    allowed = _STATES[one["resourceType"]].get(str(status))
    return among(allowed, lambda told: told["status"]) if allowed else None


def _since(one: dict[str, Any], lines: list[dict[str, Any]]) -> Expected | None:
    """By its own time, by the bounds of its dosage, by the day of the order: any of them."""
    kind, effective = chosen(one, "effective")
    starts = [effective if kind == "DateTime" else effective.get("start", "")] if kind else []
    for line in lines[:1]:
        starts.append(((line.get("timing") or {}).get("repeat") or {}).get("boundsPeriod", {}).get("start", ""))
    starts += [one.get(name, "") for name in ("authoredOn", "whenHandedOver", "whenPrepared")]
    return one_of(starts, lambda told: told["happened"]) if any(starts) else None


def _dose(lines: list[dict[str, Any]]) -> Expected | None:
    """The number of a single line; of several none may stand for the whole."""
    if len(lines) != 1:
        return None
    amounts = [lines[0].get("dose"), lines[0].get("doseQuantity")]
    amounts += [rate.get("doseQuantity") for rate in listed(lines[0].get("doseAndRate"))]
    values = [amount["value"] for amount in amounts if isinstance(amount, dict) and amount.get("value") is not None]
    return number(float(values[0]), data("dose_value")) if values else None
