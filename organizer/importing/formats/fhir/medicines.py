"""MedicationStatement, -Request, -Administration, -Dispense: all become medicines of the record."""

from organizer.base.dates import PartialDate
from organizer.health.absence import absence_in, flags
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.medicine_status import status_of
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Coding, Entry

_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}


def medicine(resource: Node, context: Context) -> Entry:
    """Any of the four; what the dosage says in words and numbers, the span from its bounds, period or dates."""
    name, codes = _named(resource, context)
    dosage = fhir.child(resource, "dosage") or fhir.child(resource, "dosageInstruction")
    amount = fhir.child(dosage, "doseAndRate", "doseQuantity") or fhir.child(dosage, "dose") or {}
    amount = amount or fhir.child(dosage, "doseQuantity")
    bounds = fhir.child(dosage, "timing", "repeat", "boundsPeriod")
    _kind, effective = fhir.choice(resource, "effective")
    told = fhir.text(dosage, "text")
    data = {
        "dose": fhir.spoken_quantity(amount) or told or fhir.text(dosage, "patientInstruction"),
        "dose_value": fhir.number(amount.get("value")),
        "dose_unit": fhir.text(amount, "unit") or fhir.text(amount, "code"),
        "frequency": _frequency(dosage) or (told if amount else ""),
        "route": fhir.concept(dosage.get("route")),
        "reason": _reason(resource, context),
        "stop_reason": fhir.concept(resource.get("statusReason")),
        "prescriber": context.spoken(_who(resource), resource),
        "note": fhir.annotations(resource),
    }
    absence = absence_in("MedicationStatement", codes, name)
    ended = fhir.until(bounds or effective or _dispensed(resource)) or _given_once(resource, effective)
    status, source_status = status_of(resource, ended is not None)
    data |= {"source_status": source_status, **flags(absence)}
    treated = fhir.children(resource, "reasonReference")
    first = bounds or effective or _dispensed(resource)
    return Entry(
        "MedicationStatement",
        name,
        codes=codes,
        happened=fhir.when(first) or fhir.when(resource.get("authoredOn")) or fhir.when(resource.get("dateAsserted")),
        ended=ended,
        status="unknown" if absence is not None and status != "entered-in-error" else status,
        data=fhir.filled(data),
        links=tuple(link for one in treated for link in context.link("treats", one)),
    )


def _given_once(resource: Node, effective: object) -> PartialDate | None:
    """The end of what was given at one time: that time."""
    if fhir.text(resource, "resourceType") != "MedicationAdministration" or isinstance(effective, dict):
        return None
    return fhir.when(effective) if fhir.text(resource, "status") == "completed" else None


def _named(resource: Node, context: Context) -> tuple[str, tuple[Coding, ...]]:
    """By concept, by reference to a Medication (contained or in the file), or by the reference's own words."""
    concept = resource.get("medicationCodeableConcept")
    if concept:
        return fhir.concept(concept), fhir.codings(concept)
    reference = fhir.child(resource, "medicationReference")
    found = context.find(reference, resource)
    if found is None:
        return fhir.text(reference, "display"), ()
    coded = found.resource.get("code")
    parts = [fhir.concept(one.get("itemCodeableConcept")) for one in fhir.children(found.resource, "ingredient")]
    return fhir.concept(coded) or fhir.text(reference, "display") or " + ".join(filter(None, parts)), fhir.codings(
        coded
    )


def _frequency(dosage: Node) -> str:
    """The timing in words: its own code's, else “2 × in 1 day”, else times of day."""
    timing = fhir.child(dosage, "timing")
    words = fhir.concept(timing.get("code"))
    if words:
        return words
    repeat = fhir.child(timing, "repeat")
    times, every = fhir.text(repeat, "frequency"), fhir.text(repeat, "period")
    unit = _UNITS.get(fhir.text(repeat, "periodUnit"), "")
    if every and unit:
        spoken = f"{times or '1'} × a {unit}" if every == "1" else f"{times or '1'} × in {every} {unit}s"
    else:
        spoken = ", ".join([*fhir.texts(repeat, "when"), *fhir.texts(repeat, "timeOfDay")])
    needed = dosage.get("asNeededBoolean") is True or bool(dosage.get("asNeededCodeableConcept"))
    return ", ".join(part for part in (spoken, "as needed" if needed else "") if part)


def _reason(resource: Node, context: Context) -> str:
    words = [fhir.concept(one) for one in fhir.children(resource, "reasonCode")]
    words += [context.spoken(one, resource) for one in fhir.children(resource, "reasonReference")]
    return ", ".join(dict.fromkeys(one for one in words if one))


def _who(resource: Node) -> Node:
    return (
        fhir.child(resource, "requester")
        or fhir.child(resource, "informationSource")
        or fhir.child(resource, "performer", "actor")
    )


def _dispensed(resource: Node) -> Node:
    start = fhir.text(resource, "whenHandedOver") or fhir.text(resource, "whenPrepared")
    return {"start": start} if start else {}
