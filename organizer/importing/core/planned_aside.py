"""What an import has planned and no longer holds in memory: found by name, by id and by day, as in the record."""

from collections.abc import Callable, Container, Iterable, Sequence
from itertools import chain

from organizer.importing.core.pages import Desk, Shelf
from organizer.importing.core.sameness import day_of
from organizer.model.entry import Entry, Source
from organizer.model.ids import EntryId

_AT_ONCE = 1_000
"""Entries between two steps: some ten milliseconds."""
Day = tuple[str, str, str]
"""Kind, person and day (or month, or year) of entries that may be the same fact; "" for those of any time."""


class PlannedAside:
    """Planned entries, each in its last state."""

    def __init__(self, desk: Desk) -> None:
        self._shelf: Shelf[Entry] = Shelf(desk)
        self._of_this_file: list[int] = []

    def put(self, entries: Sequence[Entry], of_this_file: Container[str], step: Callable[[], None]) -> None:
        """Lay entries down; those of this file are found by their days from the next file on. `step` is called now
        and then; it may raise."""
        for begin in range(0, len(entries), _AT_ONCE):
            step()
            names: list[tuple[str, int]] = []
            for entry in entries[begin : begin + _AT_ONCE]:
                place = self._shelf.put(entry)
                identifiers = {source.identifier for source in entry.sources} - {""}
                names += [(name, place) for name in (_by_id(entry.id), *identifiers)]
                if entry.id in of_this_file:
                    self._of_this_file.append(place)
                else:
                    names += [(name, place) for name in _by_days(entry)]
            self._shelf.name(names)

    def next_file(self) -> None:
        """What the last file brought may be the same fact as what the next one tells."""
        for place in self._of_this_file:
            self._shelf.name((name, place) for name in _by_days(self._shelf.at(place)))
        self._of_this_file.clear()

    def states(self, ids: Sequence[EntryId]) -> dict[EntryId, Entry]:
        """The last states of those of these entries that lie here."""
        if not len(self._shelf):
            return {}
        wanted = set(ids)
        entries = self._shelf.find([_by_id(entry_id) for entry_id in wanted])
        return {entry.id: entry for entry in entries if entry.id in wanted}

    def named(self, identifiers: Sequence[str]) -> dict[str, list[Entry]]:
        """By these names of sources the entries that came by them, each in its last state."""
        by_name: dict[str, list[Entry]] = {}
        if not len(self._shelf):
            return by_name
        wanted = set(identifiers)
        met = {entry.id: entry for entry in self._shelf.find(identifiers)}
        for entry in self.states(list(met)).values():
            for identifier in {source.identifier for source in entry.sources} & wanted:
                by_name.setdefault(identifier, []).append(entry)
        return by_name

    def on_days(self, days: Iterable[Day]) -> list[Entry]:
        """The entries of earlier files of each (kind, person, day or partial date)."""
        if not len(self._shelf):
            return []
        ids = {entry.id for entry in self._shelf.find([_by_day(day) for day in days])}
        return list(self.states(list(ids)).values())


def _by_id(entry_id: str) -> str:
    return f"id {entry_id}"


def _by_day(day: Day) -> str:
    return "day " + "|".join(day)


def _by_days(entry: Entry) -> list[str]:
    """The days that ask for an entry: that of its time, the month and the year; "" for what is the same at any time."""
    day = day_of(entry)
    if day is None:
        return []
    return [_by_day((entry.kind, entry.person, part)) for part in dict.fromkeys((day, day[:7], day[:4]))]


class FurtherSources:
    """The sources that an import brings for entries that are known, by entry, until they are joined."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._joined: dict[str, list[Source]] = {}
        self._documents: dict[str, set[str]] = {}
        self._shelf: Shelf[tuple[str, Source]] = Shelf(desk)
        self._taken: set[int] = set()

    def join(self, entry: Entry, source: Source) -> None:
        """One entry, one more source; the same document's is not added twice."""
        documents = self._documents.get(entry.id)
        if documents is None:
            brought = (further.document for further in self._from_aside([entry.id]).get(entry.id, ()))
            documents = self._documents[entry.id] = {*(source.document for source in entry.sources), *brought}
        if source.document not in documents:
            documents.add(source.document)
            self._joined.setdefault(entry.id, []).append(source)

    def stands_in(self, entry: Entry, document: str) -> bool:
        """Whether an entry was read from that document, in this import or before."""
        documents = self._documents.get(entry.id)
        if documents:
            return document in documents
        brought = self._from_aside([entry.id]).get(entry.id, ())
        return any(source.document == document for source in chain(entry.sources, brought))

    def stands_in_too(self, entry: Entry) -> None:
        """A new state of an entry has its own sources."""
        if entry.id in self._documents:
            self._documents[entry.id].update(source.document for source in entry.sources)

    def put_aside(self) -> None:
        """Hold no more in memory."""
        names = []
        for entry_id, sources in self._joined.items():
            names += [(entry_id, self._shelf.put((entry_id, source))) for source in sources]
        self._shelf.name(names)
        self._joined.clear()
        self._documents.clear()

    def look_up(self, ids: Sequence[str]) -> None:
        """Fetch what lies aside for these entries and wasn't taken yet."""
        fresh = [entry_id for entry_id in dict.fromkeys(ids) if hash(entry_id) not in self._taken]
        for entry_id, sources in self._from_aside(fresh).items():
            self._joined[entry_id] = [*sources, *self._joined.get(entry_id, ())]
            self._taken.add(hash(entry_id))

    def taken(self, entry_id: str) -> list[Source]:
        """The further sources of an entry; they are given once."""
        return self._joined.pop(entry_id, [])

    def _from_aside(self, ids: Sequence[str]) -> dict[str, list[Source]]:
        sources: dict[str, list[Source]] = {}
        if not len(self._shelf):
            return sources
        wanted = set(ids)
        for entry_id, source in self._shelf.find(ids):
            if entry_id in wanted:
                sources.setdefault(entry_id, []).append(source)
        return sources
