"""What an export of a record wrote (records/interchange.py): its Basic resources, and its files."""

from organizer.importing.core.format import EmbeddedFile
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.node import Node
from organizer.importing.page_text.contents import decoded
from organizer.model.entry import Entry
from organizer.model.interchange import KIND_SYSTEM
from organizer.model.kinds import names

_KINDS = frozenset(names(lambda kind: kind.fhir == "Basic"))


def kind_of(resource: Node) -> str:
    """Which of our kinds a Basic is, or "" for another program's."""
    codes = (coding.code for coding in fhir.codings(resource.get("code")) if coding.system == KIND_SYSTEM)
    return next((code for code in codes if code in _KINDS), "")


def without_files(resource: Node, context: Context) -> Node:
    """The resource without the bytes of its files, which are kept as they are: what they say, the fields tell."""
    held = fhir.children(resource, "presentedForm")
    held += [fhir.child(content, "attachment") for content in fhir.children(resource, "content")]
    for attachment in held:
        data = decoded(fhir.text(attachment, "data")) if fhir.text(attachment, "data") else None
        if data is not None:
            name = fhir.text(attachment, "title") or fhir.text(resource, "resourceType")
            context.embedded.append(EmbeddedFile(name, fhir.text(attachment, "contentType"), data))
        attachment.pop("data", None)
    return resource


def basic(resource: Node, _context: Context) -> Entry:
    """The kind alone: its fields are extensions."""
    return Entry(kind_of(resource))
