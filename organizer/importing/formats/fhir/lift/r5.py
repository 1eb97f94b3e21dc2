"""FHIR R5 (5.0) made R4 where an element that matters moved: reading a newer file must not lose what it is about."""

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
    lowered = _medication(resource) if kind.startswith("Medication") and kind != "Medication" else False
    if kind == "MedicationStatement":
        lowered |= _adherence(resource)
    if kind == "AllergyIntolerance":
        lowered |= _manifestations(resource)
    if kind == "Coverage":
        lowered |= rename(resource, insurer="payor")
    lowered |= _reasons(resource)
    if kind == "Encounter":
        lowered |= rename(resource, actualPeriod="period", admission="hospitalization")
        lowered |= recode(resource, "status", {"completed": "finished", "discharged": "finished"})
        classes = fhir.children(resource, "class")
        if isinstance(resource.get("class"), list) and classes:
            coded = fhir.child(classes[0], "coding")
            resource["class"] = {**coded, "display": fhir.concept(classes[0])}
            lowered = True
        for participant in fhir.children(resource, "participant"):
            lowered |= rename(participant, actor="individual")
    if kind == "Procedure":
        lowered |= rename_choice(resource, "occurrence", "performed")
    if kind == "ServiceRequest" and isinstance(fhir.child(resource, "code").get("concept"), dict):
        resource["code"] = resource["code"]["concept"]
        lowered = True
    return lowered


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
