"""Which R4 resource a kind becomes, and the resource of one entry with all that the record says of it."""

from collections.abc import Callable
from dataclasses import replace

from organizer.exporting.export import ReadBack
from organizer.exporting.fhir import clinical, measured, people, planning, shapes
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.shapes import Node
from organizer.model import interchange
from organizer.model.entry import Entry, Link
from organizer.model.kinds import find_kind

Writer = Callable[[Entry, Neighbours], Node]

WRITERS: dict[str, Writer] = {
    "Patient": people.patient,
    "Condition": clinical.condition,
    "Observation": measured.observation,
    "DiagnosticReport": measured.diagnostic_report,
    "ImagingStudy": measured.imaging_study,
    "MedicationStatement": clinical.medicine,
    "Procedure": clinical.procedure,
    "ServiceRequest": planning.service_request,
    "Device": clinical.device,
    "AllergyIntolerance": clinical.allergy,
    "AdverseEvent": clinical.adverse_event,
    "Immunization": clinical.immunization,
    "FamilyMemberHistory": clinical.family_history,
    "Encounter": clinical.encounter,
    "Practitioner": people.practitioner,
    "Organization": people.organization,
    "Coverage": people.coverage,
    "Communication": planning.communication,
    "CarePlan": planning.care_plan,
    "Goal": planning.goal,
    "DocumentReference": planning.document_reference,
    "Task": planning.task,
    "Basic": planning.basic,
}
"""By the name that a kind declares as its `fhir`; importing/formats/fhir/resources.py reads what each writes."""
_OWNED_BY = {
    "AllergyIntolerance": "patient",
    "Immunization": "patient",
    "FamilyMemberHistory": "patient",
    "Device": "patient",
    "Coverage": "beneficiary",
    "Task": "for",
}
_OWNED_BY_NOBODY = ("Practitioner", "Organization")


def native(entry: Entry, others: Neighbours) -> Node:
    """The entry in R4's own elements: a resource that stands without the record, and says no more than R4 can."""
    mapping = find_kind(entry.kind).fhir
    node: Node = {"resourceType": mapping, "id": entry.id}
    node |= shapes.filled(WRITERS[mapping](entry, others))

    if entry.kind not in ("Patient", *_OWNED_BY_NOBODY):
        owner = others.entries.get(entry.person)
        node[_OWNED_BY.get(entry.kind, "subject")] = shapes.reference(owner) if owner else {"display": "unknown"}
    return node


def resource(entry: Entry, others: Neighbours, read_back: ReadBack) -> Node:
    """The entry with all that the record says: what a reader wouldn't find in R4's elements, as extensions."""
    node = native(entry, others)
    prefixed = [
        Link(one.role, interchange.ID_PREFIX + one.target) for one in entry.links if one.target in others.entries
    ]
    told = replace(entry, links=tuple(prefixed))
    extensions = interchange.differences(told, read_back(node)) + interchange.source_extensions(entry.sources)
    owner = others.entries.get(entry.person)
    if entry.kind in _OWNED_BY_NOBODY and owner:
        extensions.append({"url": interchange.PERSON, "valueReference": shapes.reference(owner)})
    document = next((one.document for one in entry.sources if one.document), "")
    meta = shapes.filled({"source": interchange.ORIGINAL + document if document else "", "tag": [interchange.WHOLE]})
    head = {"resourceType": node.pop("resourceType"), "id": node.pop("id"), "meta": meta, "extension": extensions}
    return shapes.filled({**head, **node})
