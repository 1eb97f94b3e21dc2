"""FHIR R5 (5.0) made R4 where an element that matters moved: reading a newer file must not lose what it is about."""

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.lift.shapes import rename, rename_choice
from organizer.importing.formats.fhir.node import Node


def lower(resource: Node) -> bool:
    """Make an R5 resource R4 in place; False where it has nothing of R5."""
    kind = fhir.text(resource, "resourceType")
    lowered = _medication(resource) if kind.startswith("Medication") and kind != "Medication" else False
    lowered |= _reasons(resource)
    if kind == "Encounter":
        lowered |= rename(resource, actualPeriod="period", admission="hospitalization")
        classes = fhir.children(resource, "class")
        if isinstance(resource.get("class"), list) and classes:
            coded = fhir.child(classes[0], "coding")
            resource["class"] = {**coded, "display": fhir.concept(classes[0])}
            lowered = True
        for one in fhir.children(resource, "participant"):
            lowered |= rename(one, actor="individual")
    if kind == "Procedure":
        lowered |= rename_choice(resource, "occurrence", "performed")
    if kind == "ServiceRequest" and isinstance(fhir.child(resource, "code").get("concept"), dict):
        resource["code"] = resource["code"]["concept"]
        lowered = True
    return lowered


def _medication(resource: Node) -> bool:
    """`medication` is a CodeableReference: a concept or a reference."""
    told = resource.get("medication")
    if not isinstance(told, dict):
        return False
    lowered = False
    for name, later in (("concept", "medicationCodeableConcept"), ("reference", "medicationReference")):
        if isinstance(told.get(name), dict):
            resource.setdefault(later, told[name])
            lowered = True
    if lowered:
        del resource["medication"]
    return lowered


def _reasons(resource: Node) -> bool:
    reasons = fhir.children(resource, "reason")
    values = [value for one in reasons for value in fhir.children(one, "value")] or reasons
    concepts = [one["concept"] for one in values if isinstance(one.get("concept"), dict)]
    references = [one["reference"] for one in values if isinstance(one.get("reference"), dict)]
    if not concepts and not references:
        return False
    del resource["reason"]
    if concepts:
        resource.setdefault("reasonCode", concepts)
    if references:
        resource.setdefault("reasonReference", references)
    return True
