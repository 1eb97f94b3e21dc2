"""What R4 has no resource for: a kind of our own, whose fields are extensions (model/interchange.py)."""

from organizer.exporting.fhir import narrative, shapes
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.shapes import Node
from organizer.model.entry import Entry
from organizer.model.interchange import KIND_SYSTEM
from organizer.model.kinds import find_kind


def basic(entry: Entry, _others: Neighbours) -> Node:
    """Basic: the kind by our own code; all its fields are extensions (model/interchange.py), and words for people."""
    return {
        "code": shapes.coded(KIND_SYSTEM, entry.kind, text=find_kind(entry.kind).label),
        "text": narrative.of_entry(entry),
    }
