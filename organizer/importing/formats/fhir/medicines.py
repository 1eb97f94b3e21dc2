"""MedicationStatement, -Request, -Administration, -Dispense: all become medicines of the record."""

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health.absence import absence_in, flags
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.dosage import bounds_of, how_taken, lines_of
from organizer.importing.formats.fhir.medicine_status import taken_status
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Coding, Entry, without_empty
from organizer.model.links import Role
from organizer.model.statuses import Status


def medicine(resource: Node, context: Context) -> Entry:
    """Any of the four; what the dosage says in words and numbers, the span from its bounds, period or dates."""
    name, codes = _named(resource, context)
    lines = lines_of(resource)
    taken = how_taken(lines)
    bounds = bounds_of(lines)
    _kind, effective = fhir.choice(resource, "effective")
    notes = [str(taken.pop("note")), _supplied(resource), fhir.annotations(resource)]
    data = {
        **taken,
        "reason": _reason(resource, context),
        "stop_reason": fhir.concept(resource.get("statusReason")),
        "prescriber": context.spoken(_who(resource), resource),
        "note": "\n".join(note for note in notes if note),
    }
    absence = absence_in("MedicationStatement", codes, name)
    taken_over = bounds or effective or _dispensed(resource)
    ended = fhir.until(taken_over) or _given_once(resource, effective)
    status, source_status = taken_status(resource, ended is not None)
    data |= {"source_status": source_status, **flags(absence)}
    treated = fhir.children(resource, "reasonReference")
    return Entry(
        "MedicationStatement",
        name,
        codes=codes,
        happened=fhir.when(taken_over) or fhir.when(resource.get("authoredOn")),
        ended=ended,
        status=Status.UNKNOWN if absence is not None and status != Status.ENTERED_IN_ERROR else status,
        data=without_empty(data),
        links=tuple(context.links(Role.TREATS, treated)),
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
    located = context.find(reference, resource)
    if located is None:
        return fhir.text(reference, "display"), ()
    coded = located.resource.get("code")
    parts = [
        fhir.concept(ingredient.get("itemCodeableConcept"))
        for ingredient in fhir.children(located.resource, "ingredient")
    ]
    return fhir.concept(coded) or fhir.text(reference, "display") or " + ".join(filter(None, parts)), fhir.codings(
        coded
    )


def _supplied(resource: Node) -> str:
    """How much was handed over at a time, and for how long that lasts."""
    amount, days = fhir.spoken_quantity(resource.get("quantity")), fhir.spoken_quantity(resource.get("daysSupply"))
    if amount and days:
        return _("Handed over: {amount}, for {days}").format(amount=amount, days=days)
    return _("Handed over: {amount}").format(amount=amount) if amount else ""


def _reason(resource: Node, context: Context) -> str:
    words = list(map(fhir.concept, fhir.children(resource, "reasonCode")))
    words += [context.spoken(reference, resource) for reference in fhir.children(resource, "reasonReference")]
    return ", ".join(dict.fromkeys(filter(None, words)))


def _who(resource: Node) -> Node:
    return (
        fhir.child(resource, "requester")
        or fhir.child(resource, "informationSource")
        or fhir.child(resource, "performer", "actor")
    )


def _dispensed(resource: Node) -> Node:
    start = fhir.text(resource, "whenHandedOver") or fhir.text(resource, "whenPrepared")
    return {"start": start} if start else {}
