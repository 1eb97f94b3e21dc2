"""What was read off a kept page meets what the record has: a new entry, or a second source of one that is there."""

from collections.abc import Sequence
from itertools import chain

from organizer.importing.core.format import Draft
from organizer.importing.core.matching import Matcher
from organizer.importing.core.plan import PlannedItem
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId, Sha256
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.change_log import Add, Replace


def joined(record: Record, entries: Sequence[Entry], person: PersonId, sha256: Sha256) -> list[PlannedItem]:
    """Decide for entries of one document, each with its source, what becomes of them; nothing is written."""
    matcher = Matcher(record)
    drafts = [Draft(entry) for entry in entries]
    matcher.prepare(drafts, [person] * len(drafts), sha256)
    decided = [
        matcher.decide(draft, person, draft.entry.sources[0], str(number)) for number, draft in enumerate(drafts)
    ]
    return matcher.with_joined(decided)


def known_places(record: Record, sha256: Sha256, identifiers: Sequence[str]) -> frozenset[int]:
    """The places in `identifiers` of what the record has already from this document."""
    sources = chain.from_iterable(entry.sources for entry in reading.from_original(record, sha256))
    there = {source.identifier for source in sources}
    return frozenset(place for place, identifier in enumerate(identifiers) if identifier in there)


def edits_of(items: Sequence[PlannedItem]) -> dict[EntryId, Add | Replace]:
    """What is to be written, once an entry: the last decision about it holds."""
    return {
        item.entry.id: Add(item.entry) if item.verdict in ("new", "conflict") else Replace(item.entry)
        for item in items
        if item.writes
    }
