"""Composition, List, CareTeam: what they say themselves beside the entries that they gather."""

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.narrative import words_of_narrative
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Entry


def composition(resource: Node, context: Context) -> Entry:
    """The document as its author wrote it: every section's title and words, to be read and searched."""
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
        status={"entered-in-error": "entered-in-error"}.get(fhir.text(resource, "status"), "current"),
        data=fhir.filled(data),
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
    lines, is_told = [], True
    for entry in fhir.children(resource, "entry"):
        item = fhir.child(entry, "item")
        known = context.find(item, resource) is not None
        is_told = is_told and known
        line = context.spoken(item, resource)
        if line and not known:
            lines.append(f"{line} – {fhir.concept(entry.get('flag'))}" if fhir.concept(entry.get("flag")) else line)
    empty, note = fhir.concept(resource.get("emptyReason")), fhir.annotations(resource)
    if is_told and not empty and not note:
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
        status={"entered-in-error": "entered-in-error", "retired": "superseded"}.get(
            fhir.text(resource, "status"), "current"
        ),
        data=fhir.filled(data),
    )


def members(resource: Node, context: Context) -> list[tuple[str, Entry]]:
    """The people of a care team whom only the team names, with their part in it."""
    found = []
    for number, participant in enumerate(fhir.children(resource, "participant"), start=1):
        member = fhir.child(participant, "member")
        known = context.find(member, resource)
        name = context.spoken(member, resource)
        if not name or (known is not None and known.identifier):
            continue  # read by itself, or nobody is named
        number_of = fhir.text(fhir.child(member, "identifier"), "value")
        data = {
            "role": fhir.concept(participant.get("role")),
            "organization": context.spoken(fhir.child(participant, "onBehalfOf"), resource),
            "note": f"NPI {number_of}" if len(number_of) == 10 and number_of.isdecimal() else number_of,
        }
        status = "inactive" if fhir.text(resource, "status") == "inactive" else ""
        found.append((f"participant={number}", Entry("Practitioner", name, data=fhir.filled(data), status=status)))
    return found
