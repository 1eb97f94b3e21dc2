"""Every write is one operation that can be undone and redone, also after a restart.

For each entry that an operation changed or removed the log keeps the state that is *not* in the record now: the one
before it, or, once undone, the one after. Undo and redo are the same swap. What came before is also the history of a
diagnosis. What an operation added is known by its numbers and is put aside while it is undone (see `added`); an older
Casebook wrote it into the log too.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from organizer.base.dates import now
from organizer.base.errors import NotFoundError, NothingToUndoError
from organizer.base.i18n import _
from organizer.model.entry import Changes, Entry
from organizer.model.ids import EntryId, PersonId, new_id, person_id
from organizer.store import added, originals
from organizer.store import entries as reading
from organizer.store.bulk import Bulk
from organizer.store.rows import Met, delete, from_json, insert, next_number, to_json
from organizer.store.session import Session

NAMED_ENTRIES = 1_000
BATCH = 1_000  # so that whoever watches hears of it, and can stop it, several times a second


@dataclass(frozen=True, slots=True)
class Add:
    """A new entry; without an id it gets one."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Replace:
    """The new state of the entry of the same id."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Remove:
    """An entry is taken out (undo brings it back)."""

    entry_id: EntryId


Edit = Add | Replace | Remove


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of the history: its number, label, when it was made (ISO, UTC), whether it is undone."""

    number: int
    label: str
    made_at: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier state of an entry, and the operation that ended it (`entry` None: it wasn't there yet)."""

    label: str
    made_at: str
    entry: Entry | None


def apply(
    session: Session,
    label: str,
    edits: Iterable[Edit],
    check: Callable[[int], None] = lambda _done: None,
    documents: Iterable[originals.Original] = (),
) -> Changes:
    """Write edits in one transaction as one operation; what was undone before can't be redone after it.

    `documents` are entered in the same transaction; their files were kept before (see `originals.keep`).

    `check` is called now and then with the number of edits done; what it raises takes everything back. The edits are
    taken as they come, so that a million of them need not be in memory at once.
    Raises NotFoundError where an edit names an entry that isn't there; nothing is written then.
    """
    touched = _Touched()
    left, done = iter(edits), 0
    with Bulk(session.conn) as bulk, session.write():
        originals.enter(session, documents)
        added.forget(session)
        first = next_number(session)
        number = session.conn.execute(
            "INSERT INTO operation (label, made_at, first, last) VALUES (?, ?, ?, ?)",
            [label, now().isoformat(timespec="seconds"), first, first - 1],
        ).lastrowid
        while batch := list(islice(left, BATCH)):
            bulk.expect(done, first, all(isinstance(edit, Add) for edit in batch))
            touched.note(_write(session, number, first, batch, bulk.met))
            done += len(batch)
            check(done)
        bulk.finish()
        check(done)
        session.conn.execute("UPDATE operation SET last = ? WHERE number = ?", [next_number(session) - 1, number])
    return touched.changes(label, number)


def undo(session: Session) -> Changes:
    """Take the last operation back. Raises NothingToUndoError."""
    return _swap(session, next_undo(session), undone=True)


def redo(session: Session) -> Changes:
    """Bring the operation back that was undone last. Raises NothingToUndoError."""
    return _swap(session, next_redo(session), undone=False)


def next_undo(session: Session) -> Operation | None:
    """The operation that `undo` would take back."""
    return _operation(session, "undone = 0 ORDER BY number DESC")


def next_redo(session: Session) -> Operation | None:
    """The operation that `redo` would bring back."""
    return _operation(session, "undone = 1 ORDER BY number")


def history(session: Session) -> list[Operation]:
    """All operations, the latest first."""
    rows = session.rows("SELECT number, label, made_at, undone FROM operation ORDER BY number DESC")
    return [Operation(row[0], row[1], row[2], bool(row[3])) for row in rows]


def revisions(session: Session, entry_id: EntryId) -> list[Revision]:
    """The earlier states of an entry, the latest first."""
    rows = session.rows(
        "SELECT label, made_at, other, operation FROM change JOIN operation ON operation.number = change.operation "
        "WHERE entry = ?1 AND undone = 0 UNION "
        "SELECT label, made_at, NULL, operation.number FROM entry_row AS entry JOIN operation "
        "ON entry.number BETWEEN first AND last WHERE id = ?1 AND undone = 0 ORDER BY 4 DESC",
        [entry_id],
    )
    return [Revision(label, made_at, from_json(other) if other else None) for label, made_at, other, _n in rows]


def former_states(session: Session) -> dict[str, list[Entry]]:
    """The states that entries had before they were changed or removed, by the entry's id, the latest first."""
    rows = session.rows(
        "SELECT entry, other FROM change JOIN operation ON operation.number = change.operation "
        "WHERE undone = 0 AND other IS NOT NULL ORDER BY operation DESC"
    )
    states: dict[str, list[Entry]] = {}
    for entry_id, other in rows:
        states.setdefault(entry_id, []).append(from_json(other))
    return states


def _operation(session: Session, which: str) -> Operation | None:
    rows = session.rows(f"SELECT number, label, made_at, undone FROM operation WHERE {which} LIMIT 1")  # noqa: S608
    return Operation(rows[0][0], rows[0][1], rows[0][2], bool(rows[0][3])) if rows else None


def _write(session: Session, number: int, first: int, edits: Sequence[Edit], met: Met) -> list[Entry]:
    """One batch of edits; gives the entries touched. What this operation itself added has the number `first` or more
    and needs no state from before."""
    new = [_with_id(edit.entry) for edit in edits if isinstance(edit, Add)]
    replaced = [edit.entry for edit in edits if isinstance(edit, Replace)]
    removed = [edit.entry_id for edit in edits if isinstance(edit, Remove)]
    before = _states(session, [entry.id for entry in replaced] + removed) if replaced or removed else {}
    numbers = delete(session, list(before)) if before else {}
    insert(session, [*new, *replaced], numbers, met)
    _log(session, number, [entry for entry in before.values() if numbers[entry.id] < first], numbers)
    return [*new, *replaced, *(before[entry_id] for entry_id in removed)]


def _with_id(entry: Entry) -> Entry:
    if entry.id and entry.person:
        return entry
    entry_id = entry.id or new_id()
    person = entry.person or (entry_id if entry.kind == "Patient" else "")
    return replace(entry, id=entry_id, person=person_id(person))


def _states(session: Session, ids: list[EntryId]) -> dict[EntryId, Entry]:
    states = {entry.id: entry for entry in reading.many(session, ids)}
    if len(states) < len(set(ids)):
        raise NotFoundError(_("An entry to change isn’t in the record any more."), _("Look again, then repeat it."))
    return states


def _log(session: Session, operation: int, states: Iterable[Entry], numbers: Mapping[str, int]) -> None:
    # An entry that one operation touches twice keeps the state from before the operation.
    session.conn.executemany(
        "INSERT OR IGNORE INTO change VALUES (?, ?, ?, ?)",
        [(operation, entry.id, to_json(entry), numbers[entry.id]) for entry in states],
    )


def _swap(session: Session, operation: Operation | None, undone: bool) -> Changes:
    if operation is None:
        what = _("There is nothing to undo.") if undone else _("There is nothing to redo.")
        raise NothingToUndoError(what, _("Everything is as it was."))
    touched = _Touched()
    with Bulk(session.conn) as bulk, session.write():
        done, swapped = 0, ""
        while changes := _changes(session, operation.number, swapped):
            touched.note(_swap_batch(session, operation.number, changes))
            done, swapped = done + len(changes), changes[-1][0]
            bulk.grow(done)
        move_added = _put_aside if undone else _bring_back
        move_added(session, operation.number, bulk, touched)
        session.conn.execute("UPDATE operation SET undone = ? WHERE number = ?", [int(undone), operation.number])
    return touched.changes(operation.label, operation.number)


def _put_aside(session: Session, number: int, bulk: Bulk, touched: "_Touched") -> None:
    span = added.numbers_of(session, number)
    ids = added.first_ids(session, span, NAMED_ENTRIES)
    if ids:
        touched.note_counted(added.put_aside(session, span, bulk), ids)


def _bring_back(session: Session, number: int, bulk: Bulk, touched: "_Touched") -> None:
    span, done = added.numbers_of(session, number), 0
    for entries in added.brought_back(session, span, BATCH):
        bulk.expect(done, span.first, only_new=True)
        insert(session, list(entries.values()), {entry.id: place for place, entry in entries.items()}, bulk.met)
        touched.note(list(entries.values()))
        done += len(entries)
    bulk.finish()


def _changes(session: Session, number: int, after: str) -> list[Any]:
    """The next of the states that an operation put aside: of a million not all in memory at once."""
    sql = "SELECT entry, other, number FROM change WHERE operation = ? AND entry > ? ORDER BY entry LIMIT ?"
    return session.rows(sql, [number, after, BATCH])


def _swap_batch(session: Session, number: int, rows: Sequence[Any]) -> list[Entry]:
    present = {entry.id: entry for entry in reading.many(session, [row[0] for row in rows])}
    numbers = delete(session, list(present))
    back = [from_json(other) for _entry_id, other, _number in rows if other]
    # One that was removed and added again in the same operation has had two numbers.
    insert(session, back, numbers | {entry_id: place for entry_id, _other, place in rows if place})
    session.conn.executemany(
        "UPDATE change SET other = ?, number = ? WHERE operation = ? AND entry = ?",
        [
            (
                to_json(present[entry_id]) if entry_id in present else None,
                numbers.get(entry_id, place),
                number,
                entry_id,
            )
            for entry_id, _other, place in rows
        ],
    )
    return list({entry.id: entry for entry in [*present.values(), *back]}.values())


class _Touched:
    """What an operation touched, told without keeping a million entries in memory."""

    def __init__(self) -> None:
        self._kinds: dict[str, int] = {}
        self._persons: set[PersonId] = set()
        self._ids: list[EntryId] = []

    def note(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._kinds[entry.kind] = self._kinds.get(entry.kind, 0) + 1
            self._persons.add(entry.person)
        self._ids += [entry.id for entry in entries[: NAMED_ENTRIES - len(self._ids)]]

    def note_counted(self, counts: Mapping[tuple[PersonId, str], int], ids: Sequence[EntryId]) -> None:
        for (person, kind), count in counts.items():
            self._kinds[kind] = self._kinds.get(kind, 0) + count
            self._persons.add(person)
        self._ids += ids[: NAMED_ENTRIES - len(self._ids)]

    def changes(self, label: str, number: int) -> Changes:
        return Changes(label, self._kinds, frozenset(self._persons), tuple(self._ids), number)
