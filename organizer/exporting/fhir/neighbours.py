"""What the writers of single kinds share: the other entries that go out with one, and the fields as declared."""

from collections.abc import Mapping
from dataclasses import dataclass

from organizer.exporting.fhir import shapes
from organizer.exporting.fhir.shapes import Node, Shape
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.kinds import find_kind
from organizer.model.links import Role


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The entries of one export by id: a reference leads to one of them or is not written."""

    entries: Mapping[EntryId, Entry]

    def linked(self, entry: Entry, role: Role, *kinds: str) -> list[Entry]:
        """The entries that it is linked to in a role, of the kinds that R4 allows there (none named: any)."""
        entries = [self.entries[target] for target in entry.targets(role) if target in self.entries]
        return [entry for entry in entries if not kinds or entry.kind in kinds]

    def references(self, entry: Entry, role: Role, *kinds: str) -> list[Node]:
        """References to them."""
        return [shapes.reference(neighbour) for neighbour in self.linked(entry, role, *kinds)]


def declared(entry: Entry, shaped: Mapping[str, Shape]) -> Node:
    """The entry's fields at the R4 elements that their declaration names, each in the shape given for its element."""
    kind, node = find_kind(entry.kind), {}
    for field in kind.fields:
        if field.fhir in shaped:
            node[field.fhir] = shaped[field.fhir](kind.value(entry, field))
    return shapes.filled(node)


def reasons(entry: Entry, treated: list[Node]) -> Node:
    """reasonReference, and reasonCode where the record's words say more than the names of what is referred to."""
    spoken = ", ".join(dict.fromkeys(str(reference["display"]) for reference in treated))
    return {
        "reasonReference": treated,
        "reasonCode": [] if treated and entry.text("reason") == spoken else shapes.concepts(entry.data.get("reason")),
    }
