"""FHIR R5 (5.0) made R4 where an element that matters moved: reading a newer file must not lose what it is about."""

from collections.abc import Callable
from functools import partial
from itertools import chain

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.lift.shapes import recode, rename, rename_choice
from organizer.importing.formats.fhir.node import Node


def lower(resource: Node) -> bool:
    """Make an R5 resource R4 in place; False where it has nothing of R5."""
    kind = fhir.text(resource, "resourceType")
    if kind == "MedicationUsage":
        # What R5's ballots called the statement.
        resource["resourceType"] = kind = "MedicationStatement"
    lowered = _reasons(resource)
    if kind != "Medication" and kind.startswith("Medication"):
        lowered |= _medication(resource)
    own = _OF_TYPE.get(kind)
    return own(resource) or lowered if own is not None else lowered


def _encounter(resource: Node) -> bool:
    lowered = rename(resource, actualPeriod="period", admission="hospitalization")
    lowered |= recode(resource, "status", {"completed": "finished", "discharged": "finished"})
    classes = fhir.children(resource, "class")
    if isinstance(resource.get("class"), list) and classes:
        coded = fhir.child(classes[0], "coding")
        resource["class"] = {**coded, "display": fhir.concept(classes[0])}
        lowered = True
    for participant in fhir.children(resource, "participant"):
        lowered |= rename(participant, actor="individual")
    return lowered


def _service_request(resource: Node) -> bool:
    """What is asked for is a CodeableReference."""
    concept = fhir.child(resource, "code").get("concept")
    if not isinstance(concept, dict):
        return False
    resource["code"] = concept
    return True


_TAKING = {
    "taking": "active",
    "taking-as-directed": "active",
    "taking-not-as-directed": "active",
    "on-hold": "on-hold",
    "on-hold-as-directed": "on-hold",
    "on-hold-not-as-directed": "on-hold",
    "stopped": "stopped",
    "stopped-as-directed": "stopped",
    "stopped-not-as-directed": "stopped",
    "not-taking": "not-taken",
}
"""R5's adherence codes (hl7.org/fhir/R5/valueset-medication-statement-adherence.html), as R4's status."""


def _adherence(resource: Node) -> bool:
    """Whether it is taken stands in `adherence`; the status says only that it was recorded."""
    if resource.get("status") != "recorded":
        return False
    codes = [coding.code for coding in fhir.codings(fhir.child(resource, "adherence", "code"))]
    resource["status"] = next((_TAKING[code] for code in codes if code in _TAKING), "unknown")
    return True


def _manifestations(resource: Node) -> bool:
    """A manifestation is a CodeableReference."""
    lowered = False
    for reaction in fhir.children(resource, "reaction"):
        felt = fhir.children(reaction, "manifestation")
        if any(isinstance(manifestation.get("concept"), dict) for manifestation in felt):
            reaction["manifestation"] = [manifestation.get("concept", manifestation) for manifestation in felt]
            lowered = True
    return lowered


def _medication(resource: Node) -> bool:
    """`medication` is a CodeableReference: a concept or a reference."""
    medication = resource.get("medication")
    if not isinstance(medication, dict):
        return False
    lowered = False
    for name, later in (("concept", "medicationCodeableConcept"), ("reference", "medicationReference")):
        if isinstance(medication.get(name), dict):
            resource.setdefault(later, medication[name])
            lowered = True
    if lowered:
        del resource["medication"]
    return lowered


def _reasons(resource: Node) -> bool:
    reasons = fhir.children(resource, "reason")
    values = list(chain.from_iterable(fhir.children(reason, "value") for reason in reasons)) or reasons
    concepts = [value["concept"] for value in values if isinstance(value.get("concept"), dict)]
    references = [value["reference"] for value in values if isinstance(value.get("reference"), dict)]
    if not concepts and not references:
        return False
    del resource["reason"]
    if concepts:
        resource.setdefault("reasonCode", concepts)
    if references:
        resource.setdefault("reasonReference", references)
    return True


_OF_TYPE: dict[str, Callable[[Node], bool]] = {
    "MedicationStatement": _adherence,
    "AllergyIntolerance": _manifestations,
    "Coverage": partial(rename, insurer="payor"),
    "Encounter": _encounter,
    "Procedure": partial(rename_choice, old="occurrence", new="performed"),
    "ServiceRequest": _service_request,
}
"""What else moved, by the type of the resource."""
