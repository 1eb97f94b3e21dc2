"""The resources of a summary: R4 as elsewhere, with what the IPS profiles ask for beyond it, and words for people."""

from organizer.base.identifiers import derived_id
from organizer.exporting.fhir import narrative, shapes
from organizer.exporting.fhir.ips_sections import ABSENT_UNKNOWN, Section, as_it_stands, statement
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.resources import native, owner_element
from organizer.exporting.fhir.shapes import TERMINOLOGY, Node
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind

_PROFILE = "http://hl7.org/fhir/uv/ips/StructureDefinition/{kind}-uv-ips"
_ACTIVE = shapes.coded(f"{TERMINOLOGY}condition-clinical", "active", "Active")
_ALLERGY_ACTIVE = shapes.coded(f"{TERMINOLOGY}allergyintolerance-clinical", "active", "Active")


def summarised(entry: Entry, others: Neighbours) -> Node:
    """The resource of an entry with what its IPS profile demands: a time or why there is none, a status, a name."""
    entry = as_it_stands(entry)
    node = native(entry, others)
    _completed(node)
    code, display = statement(entry)
    if code:
        name = "medicationCodeableConcept" if entry.kind == "MedicationStatement" else "code"
        others_in_words = [coding for coding in node[name].get("coding", []) if coding.get("system") != ABSENT_UNKNOWN]
        node[name] = {**node[name], "coding": [shapes.coding(ABSENT_UNKNOWN, code, display), *others_in_words]}
    head = {"resourceType": node.pop("resourceType"), "id": node.pop("id")}
    if find_kind(entry.kind).ips:
        head["meta"] = {"profile": [_PROFILE.format(kind=entry.kind)]}
    return {**head, "text": narrative.of_entry(entry), **node}


def _completed(node: Node) -> None:
    kind = node["resourceType"]
    if kind == "Patient" and "birthDate" not in node:
        node["_birthDate"] = shapes.absent()
    elif kind == "Condition":
        # IPS demands a clinical status, and R4 has none for “nobody says”.
        node.setdefault("clinicalStatus", shapes.absent())
        node["category"] = [shapes.coded(f"{TERMINOLOGY}condition-category", "problem-list-item", "Problem List Item")]
    elif kind == "MedicationStatement":
        node.setdefault("effectivePeriod", shapes.absent())
    elif kind == "Procedure" and not node.keys() & {"performedDateTime", "performedPeriod"}:
        node["performedPeriod"] = shapes.absent()
    elif kind in ("Observation", "DiagnosticReport"):
        _examined(node)


def _examined(node: Node) -> None:
    if not node.keys() & {"effectiveDateTime", "effectivePeriod"}:
        node["effectivePeriod"] = shapes.absent()
    node.setdefault("performer", [shapes.absent()])
    if node["resourceType"] == "DiagnosticReport":
        return
    values = node.keys() & {"valueQuantity", "valueString", "component", "hasMember", "dataAbsentReason"}
    missing = shapes.coded(f"{TERMINOLOGY}data-absent-reason", "unknown", "Unknown")
    if not values:
        node["dataAbsentReason"] = missing
    for part in node.get("component", []):
        if not part.keys() & {"valueQuantity", "valueString", "dataAbsentReason"}:
            part["dataAbsentReason"] = missing


def absent_statement(section: Section, patient: Entry) -> Node:
    """The statement that nothing is known about it – not that there is none."""
    code = shapes.coded(ABSENT_UNKNOWN, *section.absent)
    node: Node = {owner_element(section.kind): shapes.reference(patient)}
    if section.kind == "MedicationStatement":
        node |= {
            "status": "unknown",
            "medicationCodeableConcept": code,
            "effectivePeriod": shapes.absent("not-applicable"),
        }
    else:
        active = _ALLERGY_ACTIVE if section.kind == "AllergyIntolerance" else _ACTIVE
        node |= {"clinicalStatus": active, "code": code}

    return {
        "resourceType": section.kind,
        "id": derived_id(patient.id, f"nothing known: {section.kind}"),
        "meta": {"profile": [_PROFILE.format(kind=section.kind)]},
        "text": narrative.of_words(section.absent[1]),
        **node,
    }


def device_use(entry: Entry, patient: Entry) -> Node:
    """Since when a device is used, and where: R4 says it beside the device."""
    span = shapes.period(entry)
    return shapes.filled(
        {
            "resourceType": "DeviceUseStatement",
            "id": derived_id(entry.id, "use"),
            "text": narrative.of_entry(entry),
            "status": "completed" if "end" in span else "active",
            "subject": shapes.reference(patient),
            "timingPeriod": span or shapes.absent(),
            "device": shapes.reference(entry),
            "bodySite": shapes.concept(entry.data.get("place")),
        }
    )
