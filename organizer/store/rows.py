"""An Entry as rows of the tables and back; its JSON for the change log."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

import orjson

from organizer.base.dates import PartialDate
from organizer.base.remembered import remembered
from organizer.model.entry import Coding, Entry, Link, Source
from organizer.model.ids import Sha256
from organizer.model.links import role_of
from organizer.model.statuses import status_of
from organizer.store import tally, wordings
from organizer.store.packed import packed, unpacked
from organizer.store.session import Session
from organizer.store.terms import numbered

COLUMNS = (
    "id, person, kind, title, code, codes, happened, moment, ended, value, value_text, comparator, unit, status, "
    "struck, data"
)
"""What an entry is made of, as the view `entry` shows it."""
STORED = (
    "id, person_term, kind_term, title, code_term, codes_term, happened, ended, value, value_text, comparator, "
    "unit_term, status, struck, data"
)
"""The same as table `entry_row` holds it."""
_A_TERM = r"(SELECT text FROM term WHERE term.number = \g<0>)"
SHOWN = re.sub(r"\w+_term", _A_TERM, STORED.replace("ended", "substr(happened, 1, 19), ended"))
"""COLUMNS from a table with the columns STORED."""
_INSERT = f"INSERT INTO entry_row (number, {STORED}, wording, measure_term) VALUES ({', '.join('?' * 18)})"  # noqa: S608


def _stored(entry: Entry, code_words: tuple[str, str], terms: Mapping[str, int]) -> tuple[Any, ...]:
    """The columns of an entry in the order of STORED."""
    shown, listed = code_words
    return (
        entry.id,
        terms[entry.person],
        terms[entry.kind],
        entry.title,
        terms[shown],
        terms[listed],
        entry.happened.text if entry.happened else None,
        entry.ended.text if entry.ended else None,
        entry.value,
        entry.value_text,
        entry.comparator,
        terms[entry.unit],
        str(entry.status),
        int(entry.struck),
        orjson.dumps(packed(entry.data), default=dict).decode(),
    )


@remembered(4_096)
def _code_words(codes: tuple[Coding, ...]) -> tuple[str, str]:
    """The promoted code, for whoever looks at the tables, and all codes with their systems and words as JSON."""
    listed = orjson.dumps([[code.system, code.code, code.display] for code in codes]).decode()
    return Entry("", "", codes=codes).code, listed


SOURCE = "sha256, locator, identifier, version, name, recorded_by, term.text"
"""What a source is made of, beside tables `original` and `term`, whose word says when it was recorded."""


def entries_from(session: Session, rows: Sequence[Sequence[Any]]) -> list[Entry]:
    """Entries of rows of `COLUMNS`, with their sources and links, in the same order."""
    if not rows:
        return []
    ids = [row[0] for row in rows]
    sources, links = _sources(session, ids), _links(session, ids)
    return [bare_entry(row, tuple(sources.get(row[0], ())), tuple(links.get(row[0], ()))) for row in rows]


def bare_entry(row: Sequence[Any], sources: tuple[Source, ...] = (), links: tuple[Link, ...] = ()) -> Entry:
    """The entry of a row of `COLUMNS`."""
    return Entry(
        id=row[0],
        person=row[1],
        kind=row[2],
        title=row[3],
        codes=tuple(Coding(*code) for code in orjson.loads(row[5])) if row[5] != "[]" else (),
        happened=PartialDate(row[6]) if row[6] else None,
        ended=PartialDate(row[8]) if row[8] else None,
        value=row[9],
        value_text=row[10],
        comparator=row[11],
        unit=row[12],
        status=status_of(row[13]),
        data=unpacked(orjson.loads(row[15])),
        sources=sources,
        links=links,
    )


def _sources(session: Session, ids: list[str]) -> dict[str, list[Source]]:
    sources: dict[str, list[Source]] = {}
    sql = (
        f"SELECT id, {SOURCE} FROM entry_row JOIN source ON source.entry = entry_row.number "  # noqa: S608
        "LEFT JOIN original ON original.number = original JOIN term ON term.number = recorded_term "
        "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY source.entry, place"
    )
    for entry, *fields in session.rows(sql, [orjson.dumps(ids).decode()]):
        sources.setdefault(entry, []).append(source_of(fields))
    return sources


def source_of(row: Sequence[Any]) -> Source:
    """The source of a row of `SOURCE`."""
    document, *fields = row
    return Source(Sha256(document or ""), *(field or "" for field in fields))


def _links(session: Session, ids: list[str]) -> dict[str, list[Link]]:
    links: dict[str, list[Link]] = {}
    sql = "SELECT entry, role, target FROM link WHERE entry IN (SELECT value FROM json_each(?)) ORDER BY entry, place"
    for entry, role, target in session.rows(sql, [orjson.dumps(ids).decode()]):
        links.setdefault(entry, []).append(Link(role_of(role), target))
    return links


@dataclass(slots=True)
class Met:
    """The numbers of wordings and of terms that a transaction has looked up: none of them is taken away meanwhile."""

    texts: dict[wordings.Text, int] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)


def insert(
    session: Session,
    entries: Sequence[Entry],
    numbers: Mapping[str, int] | None = None,
    met: Met | None = None,
) -> None:
    """Write entries with sources, links and search words. Must run within `session.write()`.

    `numbers` are the places in the record's order of those that were there before, by id; the others come last.
    `met` is what the transaction has looked up so far.
    """
    conn, known = session.conn, numbers or {}
    last = count(max(next_number(session), *(number + 1 for number in known.values()), 1))
    placed = [(known.get(entry.id) or next(last), entry) for entry in entries]
    originals = _originals(session, entries)
    met = met or Met()
    worded = wordings.assign(conn, entries, met.texts)
    measures = [tally.measure_of(entry) for entry in entries]
    code_words = [_code_words(entry.codes) for entry in entries]
    terms = numbered(conn, _words(entries, measures).union(*code_words), met.terms)
    conn.executemany(
        _INSERT,
        [
            (number, *_stored(entry, codes, terms), words, terms[measure] if measure else 0)
            for (number, entry), codes, words, measure in zip(placed, code_words, worded, measures, strict=True)
        ],
    )
    conn.executemany(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        list(chain.from_iterable(_source_rows(entry, number, originals, terms) for number, entry in placed)),
    )
    conn.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?)",
        list(chain.from_iterable(map(_link_rows, entries))),
    )
    conn.executemany(
        "INSERT INTO part VALUES (?, ?, ?, ?, ?)",
        list(chain.from_iterable(_part_rows(entry, number) for number, entry in placed if "components" in entry.data)),
    )
    tally.came(conn, entries, measures)


def _link_rows(entry: Entry) -> Iterator[tuple[object, ...]]:
    for place, link in enumerate(entry.links):
        yield entry.id, place, link.role, link.target


def _part_rows(entry: Entry, number: int) -> Iterator[tuple[object, ...]]:
    for place, measure, part in tally.parts_of(entry):
        yield number, place, measure, part.get("title") or "", part.get("unit") or ""


def _words(entries: Sequence[Entry], measures: Sequence[str]) -> set[str]:
    """What of these entries is kept once, beside their codes."""
    words = {entry.person for entry in entries} | {entry.kind for entry in entries} | {entry.unit for entry in entries}
    words.update(filter(None, measures))
    for entry in entries:
        for source in entry.sources:
            words.add(source.recorded_at)
    return words


def _originals(session: Session, entries: Sequence[Entry]) -> dict[str, int]:
    """The numbers of the documents that the entries' sources name."""
    wanted = {source.document for source in chain.from_iterable(entry.sources for entry in entries) if source.document}
    if not wanted:
        return {}
    sql = "SELECT sha256, number FROM original WHERE sha256 IN (SELECT value FROM json_each(?))"
    return dict(session.conn.execute(sql, [orjson.dumps(list(wanted)).decode()]).fetchall())


def next_number(session: Session) -> int:
    """The number that the next new entry gets: beyond all that there are and all that an operation added.

    No operation's span ends after that of a later one.
    """
    sql = (
        "SELECT max((SELECT coalesce(max(number), 0) FROM entry_row), "
        "coalesce((SELECT last FROM operation ORDER BY number DESC LIMIT 1), 0))"
    )
    return int(session.conn.execute(sql).fetchone()[0]) + 1


def _source_rows(
    entry: Entry, number: int, originals: Mapping[str, int], terms: Mapping[str, int]
) -> list[tuple[Any, ...]]:
    return [
        (
            number,
            place,
            originals[source.document] if source.document else None,
            source.locator,
            source.identifier,
            source.version,
            source.recorded_by,
            terms[source.recorded_at],
        )
        for place, source in enumerate(entry.sources)
    ]


def delete(session: Session, ids: Sequence[str]) -> dict[str, int]:
    """Take entries out with sources, links and search words; gives their numbers by id.

    Must run within `session.write()`.
    """
    listed = orjson.dumps(list(ids)).decode()
    sql = "SELECT id, number, wording FROM entry_row WHERE id IN (SELECT value FROM json_each(?))"
    rows = session.conn.execute(sql, [listed]).fetchall()
    numbers = [row[1] for row in rows]
    tally.leave(session.conn, numbers)
    chosen = orjson.dumps(numbers).decode()
    session.conn.execute("DELETE FROM entry_row WHERE number IN (SELECT value FROM json_each(?))", [chosen])
    wordings.forget(session.conn, (row[2] for row in rows))
    return {row[0]: row[1] for row in rows}


def to_json(entry: Entry) -> str:
    """All of an entry, for the change log."""
    return orjson.dumps(entry, option=orjson.OPT_PASSTHROUGH_SUBCLASS, default=_plain).decode()


def _plain(value: Any) -> Any:
    return dict(value)


def from_json(text: str) -> Entry:
    """The entry that `to_json` wrote."""
    fields = orjson.loads(text)
    for name in ("happened", "ended"):
        fields[name] = PartialDate(fields[name]["text"]) if fields[name] else None
    fields["codes"] = tuple(Coding(**code) for code in fields["codes"])
    fields["sources"] = tuple(Source(**source) for source in fields["sources"])
    fields["links"] = tuple(Link(role_of(link["role"]), link["target"]) for link in fields["links"])
    return Entry(**fields)
