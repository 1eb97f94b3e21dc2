"""Reading entries: one, many, by query, as a series; never written here (see change_log)."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import orjson

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.model.codes import MeasureKey, shown_code
from organizer.model.entry import Coding, Entry
from organizer.model.ids import NOBODY, EntryId, PersonId, Sha256
from organizer.model.links import Role
from organizer.store.packed import unpack
from organizer.store.rows import COLUMNS, bare_entry, entries_from
from organizer.store.session import Session
from organizer.store.terms import ANY_NUMBERED, NUMBERED, OBSERVATION

_ORDERS = {
    "-happened": "moment DESC, number DESC",
    "happened": "moment = '', moment, number",
    "title": "title COLLATE NOCASE, moment DESC",
    "-title": "title COLLATE NOCASE DESC, moment DESC",
    "kind": "kind, moment DESC",
    "value": "value, moment DESC",
    "-value": "value DESC, moment DESC",
    "created": "substr(id, 1, 13), number",  # the clock of a UUIDv7: a changed entry keeps its place
}
_LATEST = "9999-99"
# Word for word as in the indexes `entry_tagged` and `entry_diary`, but for the kind.
_TAGGED = "json_extract(data, '$.tags') IS NOT NULL"
_DIARY = f"+kind_term = {OBSERVATION} AND json_extract(data, '$.category') IN ('symptom', 'survey')"
"""The sign keeps SQLite from the index over kinds, which lists all results."""
_WRITTEN = "(json_extract(data, '$.category') = 'symptom' OR value IS NOT NULL)"
"""Portals keep smoking and housing as surveys too: what was answered in words is no score of a questionnaire."""
_TEXT = (
    "(title LIKE ? ESCAPE '\\' OR number IN (SELECT number FROM entry_row, json_each(data, '$.tags') AS tag "  # noqa: S608
    f"WHERE {_TAGGED} AND tag.value LIKE ? ESCAPE '\\'))"
)


@dataclass(frozen=True, slots=True)
class Query:
    """Which entries: empty fields ask for nothing. `since` and `until` are partial dates, both inclusive.

    `text` must be in the title or a tag (any case), `diary` asks for symptoms and scores of questionnaires. `order` is
    one of happened, title, kind, value, created; `-` reverses.
    """

    kinds: tuple[str, ...] = ()
    person: PersonId = NOBODY
    since: str = ""
    until: str = ""
    text: str = ""
    category: str = ""
    diary: bool = False
    status: str = ""
    include_struck: bool = True
    order: str = "-happened"
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureSummary:
    """One measure of a person: its key, unit, how many results, the latest's id."""

    key: MeasureKey
    title: str
    unit: str
    category: str
    count: int
    last: str
    latest: str

    @property
    def code(self) -> str:
        """Its code without the system, or `title:` and its title: for people, never to compare by."""
        return shown_code(self.key)


def get(session: Session, entry_id: EntryId) -> Entry:
    """One entry. Raises NotFoundError."""
    entries = many(session, [entry_id])
    if not entries:
        raise NotFoundError(_("This entry isn’t in the record."), _("It may have been removed; look in the history."))
    return entries[0]


def many(session: Session, ids: Iterable[str]) -> list[Entry]:
    """The entries of these ids that exist, in the order of the ids."""
    wanted = list(ids)
    if not wanted:
        return []
    sql = f"SELECT {COLUMNS} FROM entry WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = session.rows(sql, [orjson.dumps(wanted).decode()])
    by_id: dict[str, Entry] = {entry.id: entry for entry in entries_from(session, rows)}
    return [by_id[entry_id] for entry_id in wanted if entry_id in by_id]


def in_turn(session: Session, ids: Sequence[str], at_once: int = 1_000) -> Iterator[Entry]:
    """The entries of these ids that exist, however many: only so many are in memory at once."""
    for begin in range(0, len(ids), at_once):
        yield from many(session, ids[begin : begin + at_once])


def find(session: Session, query: Query) -> list[Entry]:
    """The entries that a query asks for, in its order."""
    where, parameters = _where(query)
    limit = f" LIMIT {int(query.limit)}" if query.limit is not None else ""
    sql = f"SELECT {COLUMNS} FROM entry WHERE {where} ORDER BY {_ORDERS[query.order]}{limit}"  # noqa: S608
    return entries_from(session, session.rows(sql, parameters))


def of_kind(session: Session, person: PersonId, kind: str, order: str = "-happened") -> list[Entry]:
    """A person's entries of one kind that aren't struck; `order` as in Query."""
    return find(session, Query(kinds=(kind,), person=person, include_struck=False, order=order))


def numbers(session: Session, query: Query) -> "array[int]":
    """The numbers of all entries that a query asks for, in its order: eight bytes each, for lists of any length."""
    where, parameters = _where(query)
    sql = f"SELECT number FROM entry WHERE {where} ORDER BY {_ORDERS[query.order]}"  # noqa: S608
    return array("q", (row[0] for row in session.rows(sql, parameters)))


def day_counts(session: Session, person: PersonId, kinds: Sequence[str]) -> list[tuple[str, str, int]]:
    """Kind, day (or month or year, where no more is known) and how many entries, the earliest first; undated left out.

    Read from one index alone, however many entries there are.
    """
    sql = (
        "SELECT (SELECT text FROM term WHERE number = kind_term), substr(moment, 1, 10) AS day, count(*) "  # noqa: S608
        f"FROM entry_row WHERE kind_term IN {ANY_NUMBERED} AND person_term = {NUMBERED} AND moment > '' "
        "GROUP BY kind_term, day ORDER BY day"
    )
    return [(row[0], row[1], row[2]) for row in session.rows(sql, [orjson.dumps(list(kinds)).decode(), person])]


def count(session: Session, query: Query) -> int:
    """How many entries a query asks for."""
    if query == Query(kinds=query.kinds, person=query.person, order=query.order, limit=query.limit):
        by_kind = counts(session, query.person)
        return sum(by_kind.get(kind, 0) for kind in query.kinds or by_kind)
    where, parameters = _where(query)
    return int(session.rows(f"SELECT count(*) FROM entry WHERE {where}", parameters)[0][0])  # noqa: S608


def counts(session: Session, person: PersonId = NOBODY) -> dict[str, int]:
    """How many entries of each kind, of one person or of all."""
    sql = "SELECT kind, sum(count) FROM tally WHERE kind <> '' AND (?1 = '' OR person = ?1) GROUP BY kind"
    return dict(session.rows(sql, [person]))


def series(session: Session, person: PersonId, measure: MeasureKey, latest: int | None = None) -> list[Entry]:
    """A person's observations of one measure, oldest first; struck ones are left out. `latest` asks for the last few.

    A part of a panel (systolic pressure)
    comes as its panel's entry with the part's own title, code, value and unit.
    """
    return _series(session, person, [measure], latest)[measure]


def every_series(session: Session, person: PersonId, measures: Iterable[MeasureKey]) -> dict[MeasureKey, list[Entry]]:
    """The same of several measures, read at once; [] of one that there isn't."""
    return _series(session, person, list(dict.fromkeys(measures)))


def _series(
    session: Session, person: PersonId, measures: Sequence[MeasureKey], latest: int | None = None
) -> dict[MeasureKey, list[Entry]]:
    """The observations of each of the measures; `latest` counts those of all of them."""
    wanted = f"IN ({', '.join('?' * len(measures))})"
    whose = f" AND person_term = {NUMBERED}" if person else ""
    sql = f"""
        SELECT text, id, NULL, moment, entry_row.number FROM term JOIN entry_row ON measure_term = term.number
        WHERE text {wanted} AND measure_term <> 0{whose}
        UNION ALL
        SELECT part.measure, id, place, moment, number FROM part JOIN entry_row ON number = part.entry
        WHERE part.measure {wanted} AND struck = 0{whose}
        ORDER BY 4 DESC, 5 DESC{"" if latest is None else f" LIMIT {int(latest)}"}"""  # noqa: S608
    rows = session.rows(sql, ([*measures, person] if person else [*measures]) * 2)[::-1]
    by_id = {entry.id: entry for entry in many(session, dict.fromkeys(row[1] for row in rows))}
    series: dict[MeasureKey, list[Entry]] = {measure: [] for measure in measures}
    for measure, entry_id, place, *_order in rows:
        entry = by_id[entry_id]
        series[measure].append(entry if place is None else part_of(entry, place))
    return series


def part_of(panel: Entry, place: int) -> Entry:
    """A component of a panel as an observation that keeps the panel's id, time, sources and status."""
    part = panel.data["components"][place]
    fields = {name: value for name, value in part.items() if name.startswith(("range_", "interpretation", "absent"))}
    shared = {name: value for name, value in panel.data.items() if name in ("category", "performer", "method")}
    return replace(
        panel,
        title=part.get("title") or panel.title,
        codes=tuple(Coding(**code) for code in part.get("codes") or ()),
        value=part.get("value"),
        value_text=part.get("value_text") or "",
        comparator=part.get("comparator") or "",
        unit=part.get("unit") or "",
        data=shared | fields,
    )


def measures(session: Session, person: PersonId) -> list[MeasureSummary]:
    """What was measured of a person, the most often measured first; words and numbers alike.

    Title, unit and id are those of the latest.
    """
    rows = session.rows(
        """
        SELECT asked.measure, title, (SELECT text FROM term WHERE number = unit_term),
            json_extract(data, '$.category'), asked.count, moment, id
        FROM tally AS asked JOIN term AS word ON text = asked.measure JOIN entry_row ON entry_row.number =
            (SELECT number FROM entry_row WHERE measure_term = word.number AND measure_term <> 0
             AND person_term = (SELECT number FROM term WHERE text = asked.person)
             ORDER BY moment DESC, number DESC LIMIT 1)
        WHERE asked.person = ?1 AND asked.kind = 'Observation' AND asked.measure <> ''
        UNION ALL
        SELECT measure, title, unit, category, count(*), max(moment), id FROM (
            SELECT part.measure, part.title, part.unit, json_extract(data, '$.category') AS category, moment, id
            FROM part JOIN entry_row ON number = part.entry WHERE struck = 0
            AND person_term = (SELECT number FROM term WHERE text = ?1) AND part.measure IN
                (SELECT measure FROM tally WHERE person = ?1 AND kind = ''))
        GROUP BY measure
        """,  # of a group SQLite takes bare columns from the row of the one max(): sqlite.org/lang_select.html#bareagg
        [person],
    )
    by_key: dict[str, MeasureSummary] = {}
    for row in rows:
        summary, other = (
            MeasureSummary(row[0], row[1], row[2], row[3] or "", row[4], row[5], row[6]),
            by_key.get(row[0]),
        )
        if other:
            later = max(summary, other, key=lambda measure: measure.last)
            summary = replace(later, count=summary.count + other.count)
        by_key[summary.key] = summary
    return sorted(by_key.values(), key=lambda measure: (-measure.count, measure.title))


def tags(session: Session, person: PersonId) -> list[tuple[str, int]]:
    """A person's tags and how many entries bear each, the most used first."""
    sql = (
        "SELECT tag.value, count(*) FROM entry_row, json_each(data, '$.tags') AS tag "  # noqa: S608
        f"WHERE person_term = {NUMBERED} AND {_TAGGED} "
        "GROUP BY tag.value ORDER BY count(*) DESC, tag.value COLLATE NOCASE"
    )
    return [(str(row[0]), int(row[1])) for row in session.rows(sql, [person])]


def linked_to(session: Session, entry_id: EntryId, role: Role | None = None) -> list[Entry]:
    """The entries that link to this one, in one role or in any."""
    rows = session.rows("SELECT entry FROM link WHERE target = ?1 AND (role = ?2 OR ?2 IS NULL)", [entry_id, role])
    return many(session, dict.fromkeys(row[0] for row in rows))


def linking(session: Session, role: Role, person: PersonId = NOBODY) -> list[Entry]:
    """The entries that hold a link in this role, of one person or of all, in the order they came."""
    rows = session.rows(
        "SELECT DISTINCT link.entry FROM link JOIN entry_row ON id = link.entry "
        "WHERE role = ?1 AND (?2 = '' OR person_term = (SELECT number FROM term WHERE text = ?2)) ORDER BY link.entry",
        [role, person],
    )
    return many(session, [row[0] for row in rows])


def by_identifiers(session: Session, identifiers: Iterable[str]) -> dict[str, list[Entry]]:
    """Entries by the names that their source systems gave them."""
    listed = orjson.dumps(list(identifiers)).decode()
    pairs = session.rows(
        "SELECT identifier, id FROM source JOIN entry_row ON number = source.entry WHERE identifier <> '' "
        "AND identifier IN (SELECT value FROM json_each(?))",
        [listed],
    )
    entries = {entry.id: entry for entry in many(session, dict.fromkeys(pair[1] for pair in pairs))}
    by_identifier: dict[str, list[Entry]] = {}
    for identifier, entry_id in pairs:
        by_identifier.setdefault(identifier, []).append(entries[entry_id])
    return by_identifier


def zones_of_days(session: Session) -> dict[tuple[str, str], str]:
    """By performer and day (ISO) the zone (`-0800`) of the first of the day's readings, where they are kept."""
    rows = session.rows(
        "SELECT json_extract(data, '$.performer'), happened, json_extract(data, '$.samples') FROM entry_row "  # noqa: S608
        f"WHERE kind_term = {OBSERVATION} AND length(happened) = 10 AND json_extract(data, '$.samples') IS NOT NULL"
    )
    firsts = ((str(by or ""), day, unpack(samples)[9:14]) for by, day, samples in rows)
    return {(by, day): zone for by, day, zone in firsts if zone[:1] in ("+", "-")}


def on_days(session: Session, days: Iterable[tuple[str, str, str]]) -> list[Entry]:
    """The entries of each (kind, person, day or partial date); an empty day asks for those of any time."""
    listed = orjson.dumps([list(day) for day in days]).decode()
    sql = (
        f"SELECT {COLUMNS} FROM entry WHERE number IN (SELECT number FROM json_each(?) AS asked "  # noqa: S608
        "JOIN entry_row ON kind_term = (SELECT number FROM term WHERE text = asked.value ->> 0) "
        "AND person_term = (SELECT number FROM term WHERE text = asked.value ->> 1) "
        "AND moment >= asked.value ->> 2 AND moment < (asked.value ->> 2) || x'7f')"
    )
    return entries_from(session, session.rows(sql, [listed]))


def from_original(session: Session, sha256: Sha256, person: PersonId = NOBODY, limit: int | None = None) -> list[Entry]:
    """The entries that were read from a document, in the order they were read; of one person where one is named."""
    rows = session.rows(
        "SELECT DISTINCT entry_row.number, id FROM original JOIN source ON source.original = original.number "
        "JOIN entry_row ON entry_row.number = source.entry WHERE sha256 = ?1 "
        "AND (?2 = '' OR person_term = (SELECT number FROM term WHERE text = ?2)) ORDER BY entry_row.number LIMIT ?3",
        [sha256, person, -1 if limit is None else limit],
    )
    return many(session, [row[1] for row in rows])


def latest_of(
    session: Session, wordings: Sequence[int], most: int, since: str = "", until: str = ""
) -> list[tuple[int, str, str, str]]:
    """Number, kind, title and moment of the latest entries of each wording, from one partial date to another."""
    until = _end_of(until) if until else "~"
    return session.rows(
        "SELECT number, kind, title, moment FROM entry WHERE number IN (SELECT one.number FROM json_each(?) AS asked "
        "JOIN entry_row AS one ON one.number IN (SELECT number FROM entry_row WHERE wording = asked.value "
        "AND moment BETWEEN ? AND ? ORDER BY moment DESC LIMIT ?))",
        [orjson.dumps(list(wordings)).decode(), since, until, most],
    )


def numbered(session: Session, numbers: Sequence[int]) -> list[tuple[int, Entry]]:
    """The entries of these numbers, in their order, as far as their own row tells: without sources and links."""
    sql = f"SELECT number, {COLUMNS} FROM entry WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = {row[0]: row[1:] for row in session.rows(sql, [orjson.dumps(list(numbers)).decode()])}
    return [(number, bare_entry(rows[number])) for number in numbers if number in rows]


def ids(session: Session, numbers: Sequence[int]) -> list[EntryId]:
    """The ids of the entries of these numbers, in their order."""
    sql = "SELECT number, id FROM entry_row WHERE number IN (SELECT value FROM json_each(?))"
    by_number = dict(session.rows(sql, [orjson.dumps(list(numbers)).decode()]))
    return [by_number[number] for number in numbers if number in by_number]


def _end_of(until: str) -> str:
    """Sorts after every moment of a partial date."""
    return until + _LATEST[len(until) :] + "\x7f"


def documents_of_others(session: Session, person: PersonId) -> frozenset[str]:
    """The originals (SHA-256) in which entries of somebody else than this person stand written."""
    sql = (
        "SELECT DISTINCT sha256 FROM source JOIN original ON original.number = source.original "
        "JOIN entry_row ON entry_row.number = source.entry "
        "WHERE person_term NOT IN (SELECT number FROM term WHERE text = ?)"
    )
    return frozenset(row[0] for row in session.rows(sql, [person]))


def _where(query: Query) -> tuple[str, list[Any]]:
    tests: list[tuple[Any, ...]] = []
    if query.kinds:
        tests.append(_kinds(query))
    if query.person:
        tests.append((f"person_term = {NUMBERED}", query.person))
    if query.status:
        tests.append(("status = ?", query.status))
    if query.category:
        tests.append(("json_extract(data, '$.category') = ?", query.category))
    if query.since:
        tests.append(("moment >= ?", query.since))
    if query.until:
        tests.append(("moment <> '' AND moment <= ?", _end_of(query.until)))
    if query.text:
        tests.append((_TEXT, *[f"%{_escaped(query.text)}%"] * 2))
    conditions = [test for test, *_parameters in tests] + ([] if query.include_struck else ["struck = 0"])
    if query.diary:
        conditions += [_DIARY, _WRITTEN]
    elif query.kinds and "Observation" not in query.kinds:
        conditions.append(
            f"kind_term <> {OBSERVATION}"
        )  # said beside it: the index over time of what is no result serves
    return " AND ".join(conditions) or "1", list(chain.from_iterable(parameters for _test, *parameters in tests))


def _kinds(query: Query) -> tuple[str, Any]:
    """One kind, or one of several. The sign keeps SQLite from the index over kinds: the latest few of several are read
    from the index over time, not sorted out of all, and a diary has an index of its own."""
    sign = "+" if query.diary or (query.person and query.limit is not None and len(query.kinds) > 1) else ""
    if len(query.kinds) == 1:
        return f"{sign}kind_term = {NUMBERED}", query.kinds[0]
    return f"{sign}kind_term IN {ANY_NUMBERED}", orjson.dumps(query.kinds).decode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
