"""What a way out is: its name, what it is given, and how it writes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from organizer.base.progress import Progress
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, EntryId, PersonId
from organizer.store.session import Session
from organizer.store.stored import Stored

ReadBack = Callable[[dict[str, Any]], Entry]
"""What our own importer makes of one R4 resource: exporting mustn't know importing, so services hand it over."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An open record, the entries that go out, a path where nothing stands yet, and how FHIR would be read again.

    `person` is whose they are, "" for everybody's. `others_documents` are the originals (SHA-256) that hold entries
    of somebody else: they stay behind when one person's record goes out. `shortened` are the kinds of which the person
    chose to leave entries out: of them nothing is said to be unknown.
    """

    record: Session
    entries: Collection[Entry]
    out: Path
    read_back: ReadBack
    person: PersonId = NOBODY
    others_documents: frozenset[str] = frozenset()
    shortened: frozenset[str] = frozenset()

    def of_kind(self, kind: str) -> Collection[Entry]:
        """Those of one kind."""
        if isinstance(self.entries, Stored):
            return self.entries.of_kind(kind)
        return [entry for entry in self.entries if entry.kind == kind]

    def by_id(self) -> Mapping[EntryId, Entry]:
        """The entries by their ids."""
        if isinstance(self.entries, Stored):
            return self.entries.by_id()
        return {entry.id: entry for entry in self.entries}


@dataclass(frozen=True, slots=True)
class Export:
    """`write` gives what it wrote, counted by kind. It raises DiskFullError or Cancelled; what it began is removed by
    services. `one_person` ways are never about several at once."""

    name: str
    write: Callable[[Outgoing, Progress], dict[str, int]]
    one_person: bool = False
