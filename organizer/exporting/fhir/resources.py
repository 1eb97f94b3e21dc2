"""Which R4 resource a kind becomes, and the resource of one entry with all that the record says of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from organizer.exporting.export import ReadBack
from organizer.exporting.fhir import clinical, medicines, own, people, planning, results, shapes
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.shapes import Node
from organizer.model import interchange
from organizer.model.entry import Entry, Link
from organizer.model.ids import EntryId
from organizer.model.kinds import find_kind

Write = Callable[[Entry, Neighbours], Node]


@dataclass(frozen=True, slots=True)
class Writer:
    """How an entry becomes a resource: its elements, and the element that says whose it is ("" = it is nobody's)."""

    write: Write
    owner: str = "subject"


WRITERS: dict[str, Writer] = {
    "Patient": Writer(people.patient, owner=""),
    "Condition": Writer(clinical.condition),
    "Observation": Writer(results.observation),
    "DiagnosticReport": Writer(results.diagnostic_report),
    "ImagingStudy": Writer(results.imaging_study),
    "MedicationStatement": Writer(medicines.medicine),
    "Procedure": Writer(clinical.procedure),
    "ServiceRequest": Writer(planning.service_request),
    "Device": Writer(clinical.device, owner="patient"),
    "AllergyIntolerance": Writer(clinical.allergy, owner="patient"),
    "AdverseEvent": Writer(clinical.adverse_event),
    "Immunization": Writer(clinical.immunization, owner="patient"),
    "FamilyMemberHistory": Writer(clinical.family_history, owner="patient"),
    "Encounter": Writer(clinical.encounter),
    "Practitioner": Writer(people.practitioner, owner=""),
    "Organization": Writer(people.organization, owner=""),
    "Coverage": Writer(people.coverage, owner="beneficiary"),
    "Communication": Writer(planning.communication),
    "CarePlan": Writer(planning.care_plan),
    "Goal": Writer(planning.goal),
    "DocumentReference": Writer(planning.document_reference),
    "Task": Writer(planning.task, owner="for"),
    "Basic": Writer(own.basic),
}
"""By the name that a kind declares as its `fhir`. What `clinical.condition` writes here, `clinical.condition` of
importing/formats/fhir reads: the two folders have the same files and functions."""


def owner_element(kind: str) -> str:
    """The element that refers to the person whose entry it is; "" where R4 has none."""
    return WRITERS[find_kind(kind).fhir].owner


def native(entry: Entry, others: Neighbours) -> Node:
    """The entry in R4's own elements: a resource that stands without the record, and says no more than R4 can."""
    mapping = find_kind(entry.kind).fhir
    node: Node = {"resourceType": mapping, "id": entry.id}
    node |= shapes.filled(WRITERS[mapping].write(entry, others))

    element = owner_element(entry.kind)
    if element:
        owner = others.entries.get(entry.person)
        node[element] = shapes.reference(owner) if owner else {"display": "unknown"}
    return node


def resource(entry: Entry, others: Neighbours, read_back: ReadBack) -> Node:
    """The entry with all that the record says: what a reader wouldn't find in R4's elements, as extensions."""
    node = native(entry, others)
    prefixed = [
        Link(link.role, EntryId(interchange.ID_PREFIX + link.target))
        for link in entry.links
        if link.target in others.entries
    ]
    stated = replace(entry, links=tuple(prefixed))
    extensions = interchange.differences(stated, read_back(node)) + interchange.source_extensions(entry.sources)
    owner = others.entries.get(entry.person)
    if owner and owner.id != entry.id and not owner_element(entry.kind):
        extensions.append({"url": interchange.PERSON, "valueReference": shapes.reference(owner)})
    document = next((source.document for source in entry.sources if source.document), "")
    meta = shapes.filled({"source": interchange.ORIGINAL + document if document else "", "tag": [interchange.WHOLE]})
    head = {"resourceType": node.pop("resourceType"), "id": node.pop("id"), "meta": meta, "extension": extensions}
    return shapes.filled({**head, **node})
