"""The words of a narrative (Narrative.div, XHTML), without scripts, styles and pictures."""

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.node import Node
from organizer.importing.page_text.plain_words import words_of_page


def words_of_narrative(resource: Node) -> str:
    """What a resource's or a section's `text` says, for people; "" where it has none."""
    div = fhir.text(fhir.child(resource, "text"), "div")
    return words_of_page(div.encode("utf-8", "replace"))[1] if div else ""


def written_by_hand(resource: Node) -> str:
    """The narrative where its status says that it holds more than the elements do, else ""."""
    more = fhir.text(fhir.child(resource, "text"), "status") in ("additional", "extensions")
    return words_of_narrative(resource) if more else ""
