"""The entries of a query one after the other, for what goes through all of them: a million are never in memory."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import orjson

from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.store import entries as reading
from organizer.store.entries import Query
from organizer.store.rows import COLUMNS, entries_from
from organizer.store.session import Session

AT_ONCE = 1_000
KEPT = 10_000  # entries at hand that others refer to


class Stored(Collection[Entry]):
    """What a query asks for, in its order, read a thousand at a time; as it is when it is gone through."""

    def __init__(self, session: Session, query: Query) -> None:
        self._session, self._query = session, query
        self._numbers = reading.numbers(session, query)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, entry: object) -> bool:
        return isinstance(entry, Entry) and entry.id in self.by_id()

    def __iter__(self) -> Iterator[Entry]:
        sql = f"SELECT number, {COLUMNS} FROM entry WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608
        for start in range(0, len(self._numbers), AT_ONCE):
            wanted = list(self._numbers[start : start + AT_ONCE])
            rows = {row[0]: row[1:] for row in self._session.rows(sql, [orjson.dumps(wanted).decode()])}
            yield from entries_from(self._session, [rows[number] for number in wanted if number in rows])

    def of_kind(self, kind: str) -> "Stored":
        """Those of one kind."""
        return Stored(self._session, replace(self._query, kinds=(kind,)))

    def by_id(self) -> Mapping[EntryId, Entry]:
        """The same by their ids."""
        return _ById(self._session, self._query.person, len(self))


class _ById(Mapping[EntryId, Entry]):
    """Entries looked up one by one; of one person where one is named."""

    def __init__(self, session: Session, person: PersonId, count: int) -> None:
        self._session, self._person, self._count = session, person, count
        self._known: dict[str, Entry | None] = {}

    def __getitem__(self, entry_id: EntryId) -> Entry:
        if entry_id not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            stored = next(iter(reading.many(self._session, [entry_id])), None)
            self._known[entry_id] = stored if stored and self._person in ("", stored.person) else None
        entry = self._known[entry_id]
        if entry is None:
            raise KeyError(entry_id)
        return entry

    def __iter__(self) -> Iterator[EntryId]:
        return (entry.id for entry in Stored(self._session, Query(person=self._person)))

    def __len__(self) -> int:
        return self._count
