"""Composition, List, CareTeam: what they say themselves beside the entries that they gather."""

from collections.abc import Iterator

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.narrative import words_of_narrative
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Entry, without_empty
from organizer.model.statuses import Status


def documents(resource: Node, context: Context) -> list[tuple[str, Entry]]:
    """The document as its author wrote it; none where it is a table of contents without words."""
    entry = _composition(resource, context)
    return [("", entry)] if entry.text("text") else []


def _composition(resource: Node, context: Context) -> Entry:
    """Every section's title and words, to be read and searched."""
    authors = (context.spoken(author, resource) for author in fhir.children(resource, "author"))
    parts = [words_of_narrative(resource), *_sections(resource)]
    data = {
        "document_type": fhir.concept(resource.get("type")),
        "author": ", ".join(dict.fromkeys(name for name in authors if name)),
        "place": context.spoken(fhir.child(resource, "custodian"), resource),
        "text": "\n\n".join(part for part in parts if part),
    }
    return Entry(
        "DocumentReference",
        fhir.text(resource, "title") or fhir.concept(resource.get("type")) or "Document",
        codes=fhir.codings(resource.get("type")),
        happened=fhir.when(resource.get("date")),
        status={"entered-in-error": Status.ENTERED_IN_ERROR}.get(fhir.text(resource, "status"), Status.CURRENT),
        data=without_empty(data),
    )


def _sections(resource: Node) -> list[str]:
    """Each section, and those within it: its title, its words, and why it is empty."""
    parts = []
    waiting = fhir.children(resource, "section")[::-1]
    while waiting:
        section = waiting.pop()
        title = fhir.text(section, "title") or fhir.concept(section.get("code"))
        words = words_of_narrative(section)
        empty = "" if words else fhir.concept(section.get("emptyReason"))
        if words or empty:
            parts.append("\n".join(part for part in (title, words, empty) if part))
        waiting += fhir.children(section, "section")[::-1]
    return parts


def listed(resource: Node, context: Context) -> Entry | None:
    """A list as a document, where it says more than the entries of the file that it points at; else None."""
    items = [(fhir.child(entry, "item"), fhir.concept(entry.get("flag"))) for entry in fhir.children(resource, "entry")]
    strange = [(item, flag) for item, flag in items if context.find(item, resource) is None]
    named = [(context.spoken(item, resource), flag) for item, flag in strange]
    lines = [" – ".join(filter(None, (name, flag))) for name, flag in named if name]
    empty, note = fhir.concept(resource.get("emptyReason")), fhir.annotations(resource)
    if not (strange or empty or note):
        return None
    data = {
        "document_type": fhir.concept(resource.get("code")),
        "author": context.spoken(fhir.child(resource, "source"), resource),
        "text": "\n".join(part for part in (*lines, empty, words_of_narrative(resource)) if part),
        "note": note,
    }
    return Entry(
        "DocumentReference",
        fhir.text(resource, "title") or fhir.concept(resource.get("code")) or "List",
        codes=fhir.codings(resource.get("code")),
        happened=fhir.when(resource.get("date")),
        status={"entered-in-error": Status.ENTERED_IN_ERROR, "retired": Status.SUPERSEDED}.get(
            fhir.text(resource, "status"), Status.CURRENT
        ),
        data=without_empty(data),
    )


def members(resource: Node, context: Context) -> list[tuple[str, Entry]]:
    """The people of a care team whom only the team names, with their part in it."""
    entries = []
    for number, participant in enumerate(fhir.children(resource, "participant"), start=1):
        member = fhir.child(participant, "member")
        known = context.find(member, resource)
        name = context.spoken(member, resource)
        kind = _kind_of_member(member)
        if not name or not kind or (known is not None and known.identifier):
            continue  # read by itself, or nobody who cares is named
        number_of = fhir.text(fhir.child(member, "identifier"), "value")
        data = {
            "role": fhir.concept(participant.get("role")),
            "organization": context.spoken(fhir.child(participant, "onBehalfOf"), resource),
            "note": f"NPI {number_of}" if len(number_of) == 10 and number_of.isdecimal() else number_of,
        }
        status = Status.INACTIVE if fhir.text(resource, "status") == "inactive" else Status.NOT_SAID
        entries.append((f"participant={number}", Entry(kind, name, data=without_empty(data), status=status)))
    return entries


def _kind_of_member(member: Node) -> str:
    """The kind of the entry for a member: the patient and their relatives are in the team, too, and are none."""
    named = fhir.text(member, "type") or fhir.text(member, "reference").rpartition("/")[0].rpartition("/")[2]
    return {"": "Practitioner", "Practitioner": "Practitioner", "PractitionerRole": "Practitioner",
            "Organization": "Organization"}.get(named, "")  # fmt: skip


_DATES = (
    "date", "dateTime", "effectiveDateTime", "identifiedDateTime", "identifiedPeriod", "period", "createdDateTime",
    "created", "dateWritten", "issued", "effectivePeriod", "occurrenceDateTime",
)  # fmt: skip
_LABELS = {
    "ClinicalImpression": "Clinical impression",
    "DetectedIssue": "Detected issue",
    "Flag": "Alert",
    "Media": "Picture",
    "NutritionOrder": "Nutrition order",
    "RiskAssessment": "Risk assessment",
    "VisionPrescription": "Vision prescription",
}
_IN_WORDS = ("text", "display", "description", "summary", "detail", "rationale", "valueString", "title")
_NOT_SAID = frozenset({"subject", "patient", "encounter", "identifier", "meta", "text", "contained", "extension"})


def in_words(resource: Node, context: Context) -> Entry:
    """A resource that the record has no kind for, but that tells of the person: a document of its words."""
    kind = fhir.text(resource, "resourceType")
    document = context.attach(fhir.child(resource, "content"), kind) if kind == "Media" else None
    sha256, media_type = (document.sha256, document.media_type) if document else ("", "")
    lines = list(dict.fromkeys(_element_words(resource)))
    spoken = fhir.text(resource, "description") or fhir.text(resource, "summary")
    title = spoken or fhir.concept(resource.get("code")) or next(iter(lines), "") or words_of_narrative(resource)
    # What is only a risk or an alert must not look like a diagnosis.
    first_line = next(iter(title.splitlines()), "")
    named = f"{_LABELS.get(kind, kind)}: {first_line}"[:120] if first_line else ""
    data = {
        "document_type": kind,
        "file": sha256,
        "media_type": media_type,
        "text": words_of_narrative(resource) or "\n".join(lines),
        "note": fhir.annotations(resource),
    }
    days = (fhir.when(resource.get(name)) for name in _DATES)
    status = {"entered-in-error": Status.ENTERED_IN_ERROR, "inactive": Status.SUPERSEDED}.get(
        fhir.text(resource, "status"), Status.CURRENT
    )
    return Entry(
        "DocumentReference",
        named,
        codes=fhir.codings(resource.get("code")),
        happened=next((day for day in days if day), None),
        status=status,
        data=without_empty(data),
    )


def _element_words(resource: Node) -> Iterator[str]:
    """The words of its elements, in their order, without those that name the person or the system."""
    waiting: list[object] = [{name: value for name, value in resource.items() if name not in _NOT_SAID}]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield from (fhir.text(node, name) for name in _IN_WORDS if fhir.text(node, name))
            waiting += reversed(node.values())
        elif isinstance(node, list):
            waiting += reversed(node)
