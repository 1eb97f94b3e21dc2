"""What an operation added: while it is undone its rows are put aside by SQL itself, till brought back or overtaken.

So a million results are undone without making an object of any. They are written anew when they are brought back:
with the series and search words of that time.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from organizer.model.entry import Entry, Link, Source
from organizer.model.ids import EntryId, PersonId
from organizer.model.links import role_of
from organizer.store import tally, wordings
from organizer.store.bulk import Bulk
from organizer.store.rows import SHOWN, SOURCE, STORED, bare_entry, source_of
from organizer.store.session import Session

_OPERATIONS = "number > coalesce((SELECT number FROM operation WHERE undone = 0 ORDER BY number DESC LIMIT 1), 0)"
"""What is undone are always the last operations."""
_TABLES = {"undone_entry": "number", "undone_source": "entry", "undone_link": "entry"}
"""Where the rows of undone entries lie, and the column with their entry's number."""
_AT_ONCE = 10_000
"""Numbers whose rows are deleted by one statement: till its end SQLite keeps in memory what it would take back."""
_SOURCE = "entry, place, original, locator, identifier, version, recorded_by, recorded_term"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of the entries that an operation added, both inclusive; none where `last` is below `first`."""

    first: int
    last: int


def numbers_of(session: Session, operation: int) -> Numbers:
    """The numbers that an operation gave to what it added."""
    (row,) = session.conn.execute("SELECT first, last FROM operation WHERE number = ?", [operation]).fetchall()
    return Numbers(row[0], row[1])


def first_ids(session: Session, span: Numbers, most: int) -> list[EntryId]:
    """The ids of the first `most` entries that the record holds of a span now."""
    sql = "SELECT id FROM entry_row WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?"
    return [row[0] for row in session.conn.execute(sql, [span.first, span.last, most])]


def put_aside(session: Session, span: Numbers, bulk: Bulk) -> Counter[tuple[PersonId, str]]:
    """Take the entries of a span out of the record, to be brought back; gives how many by person and kind.

    Must run within `session.write()`.
    """
    conn, within = session.conn, [span.first, span.last]
    gone = tally.leave_span(conn, *within)
    bulk.expect_less(gone.total())
    words = conn.execute("SELECT DISTINCT wording FROM entry_row WHERE number BETWEEN ? AND ?", within).fetchall()

    columns = f"number, {STORED}"
    conn.execute(f"INSERT INTO undone_entry SELECT {columns} FROM entry_row WHERE number BETWEEN ? AND ?", within)  # noqa: S608
    conn.execute(f"INSERT INTO undone_source SELECT {_SOURCE} FROM source WHERE entry BETWEEN ? AND ?", within)  # noqa: S608
    conn.execute(
        "INSERT INTO undone_link SELECT number, place, role, target FROM link JOIN entry_row ON id = link.entry "
        "WHERE number BETWEEN ? AND ?",
        within,
    )
    for first in range(span.first, span.last + 1, _AT_ONCE):
        some = [first, min(first + _AT_ONCE - 1, span.last)]
        conn.execute("DELETE FROM source WHERE entry BETWEEN ? AND ?", some)
        conn.execute("DELETE FROM entry_row WHERE number BETWEEN ? AND ?", some)
    bulk.finish()  # whether a wording is still used an index tells, which may have been set aside
    wordings.forget(conn, (row[0] for row in words))
    return gone


def brought_back(session: Session, span: Numbers, at_once: int) -> Iterator[dict[int, Entry]]:
    """The entries that were put aside, by their numbers, so many at once; gone from there when all are taken."""
    after = span.first - 1
    while batch := _batch(session, after, span.last, at_once):
        yield batch
        after = max(batch)
    _drop(session, span)


def _drop(session: Session, span: Numbers) -> None:
    ((least, most),) = session.conn.execute("SELECT min(number), max(number) FROM undone_entry").fetchall()
    is_all = least is None or (span.first <= least and most <= span.last)
    for table, number in _TABLES.items():
        # SQLite empties a table as a whole where no condition is named.
        which = "" if is_all else f"WHERE {number} BETWEEN {span.first} AND {span.last}"
        session.conn.execute(f"DELETE FROM {table} {which}")  # noqa: S608


def _batch(session: Session, after: int, last: int, at_once: int) -> dict[int, Entry]:
    rows = session.conn.execute(
        f"SELECT number, {SHOWN} FROM undone_entry WHERE number > ? AND number <= ? ORDER BY number LIMIT ?",  # noqa: S608
        [after, last, at_once],
    ).fetchall()
    if not rows:
        return {}
    within = [rows[0][0], rows[-1][0]]
    sources: dict[int, list[Source]] = {}
    sql = (
        f"SELECT entry, {SOURCE} FROM undone_source LEFT JOIN original ON original.number = original "  # noqa: S608
        "JOIN term ON term.number = recorded_term WHERE entry BETWEEN ? AND ? ORDER BY entry, place"
    )
    for number, *fields in session.conn.execute(sql, within):
        sources.setdefault(number, []).append(source_of(fields))
    links: dict[int, list[Link]] = {}
    sql = "SELECT entry, role, target FROM undone_link WHERE entry BETWEEN ? AND ? ORDER BY entry, place"
    for number, role, target in session.conn.execute(sql, within):
        links.setdefault(number, []).append(Link(role_of(role), target))
    return {row[0]: bare_entry(row[1:], tuple(sources.get(row[0], ())), tuple(links.get(row[0], ()))) for row in rows}


def forget(session: Session) -> None:
    """Let go of all that is undone: it can't be brought back any more. Must run within `session.write()`."""
    undone = session.conn.execute(f"DELETE FROM operation WHERE {_OPERATIONS}").rowcount  # noqa: S608
    for table in _TABLES if undone else ():
        session.conn.execute(f"DELETE FROM {table}")  # noqa: S608


@dataclass(frozen=True, slots=True)
class LastImport:
    """The latest operation that brought entries from files: its label, when (ISO instant), and how many entries of each
    kind it brought of a person; none are counted where they are too many."""

    label: str
    made_at: str
    kinds: dict[str, int]


MOST_COUNTED = 20_000
"""Entries of an operation that are counted by kind: of more its label tells the number."""


def last_import(session: Session, person: PersonId) -> LastImport | None:
    """The latest import that is not undone, where it brought something of that person; else None."""
    rows = session.rows(
        "SELECT label, made_at, first, last FROM operation WHERE undone = 0 AND EXISTS (SELECT 1 FROM source "
        "WHERE entry BETWEEN first AND last AND original IS NOT NULL) ORDER BY number DESC LIMIT 1"
    )
    for label, made_at, first, last in rows:
        numbers = [first, last, person]
        within = "number BETWEEN ? AND ? AND person_term = (SELECT number FROM term WHERE text = ?)"
        if last - first >= MOST_COUNTED:
            is_there = session.rows(f"SELECT 1 FROM entry_row WHERE {within} LIMIT 1", numbers)  # noqa: S608
            return LastImport(label, made_at, {}) if is_there else None
        kinds = session.rows(
            f"SELECT term.text, count(*) FROM entry_row JOIN term ON term.number = kind_term WHERE entry_row.{within} "  # noqa: S608
            "GROUP BY kind_term",
            numbers,
        )
        return LastImport(label, made_at, dict(kinds)) if kinds else None
    return None
