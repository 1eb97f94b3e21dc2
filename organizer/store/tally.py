"""How many entries there are of each person, kind and measure, kept as they come and go: a page never counts them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import orjson

from organizer.model.codes import MeasureKey, code_of, measure_key
from organizer.model.entry import Entry, Json
from organizer.model.ids import PersonId

Key = tuple[PersonId, str, str]  # person, kind, measure; the parts of panels stand under no kind


def measure_of(entry: Entry) -> str:
    """By what an observation's results are a series (see records.codes.measure_key); "" for what is no result."""
    if entry.kind != "Observation" or not entry.value_text or entry.struck:
        return ""
    return entry.measure


def parts_of(entry: Entry) -> list[tuple[int, MeasureKey, Json]]:
    """Place, measure and content of the parts of a panel that have a value: each is a measure of its own."""
    return [
        (place, part_measure(part), part)
        for place, part in enumerate(entry.data.get("components") or ())
        if part.get("value_text")
    ]


def part_measure(part: Json) -> MeasureKey:
    """The key of a part of a panel."""
    codes = [code_of(str(coding.get("system") or ""), str(coding["code"])) for coding in part.get("codes") or ()]
    return measure_key(codes, str(part.get("title") or ""))


def came(conn: Any, entries: Sequence[Entry], measures: Sequence[str]) -> None:
    """Count entries that were written, with their measures. Must run within their transaction."""
    counted: Counter[Key] = Counter(
        (entry.person, entry.kind, measure) for entry, measure in zip(entries, measures, strict=True)
    )
    for entry in entries:
        if "components" in entry.data and not entry.struck:
            counted.update((entry.person, "", measure) for _place, measure, _part in parts_of(entry))
    _change(conn, counted, 1)


def leave(conn: Any, numbers: Sequence[int]) -> None:
    """Count entries that are about to be deleted. Must run within their transaction."""
    _leave(conn, "IN (SELECT value FROM json_each(?1))", [orjson.dumps(list(numbers)).decode()])


def leave_span(conn: Any, first: int, last: int) -> "Counter[tuple[PersonId, str]]":
    """The same for the entries of these numbers and all between them; gives how many by person and kind."""
    gone = _leave(conn, "BETWEEN ?1 AND ?2", [first, last])
    counted: Counter[tuple[PersonId, str]] = Counter()
    for (person, kind, _measure), count in gone.items():
        if kind:
            counted[person, kind] += count
    return counted


def _leave(conn: Any, which: str, parameters: list[Any]) -> "Counter[Key]":
    words = "(SELECT text FROM term WHERE term.number = {})"
    person, kind, measure = (words.format(column) for column in ("person_term", "kind_term", "measure_term"))
    rows = conn.execute(
        f"SELECT {person}, {kind}, coalesce({measure}, ''), count(*) FROM entry_row WHERE number {which} "  # noqa: S608
        f"GROUP BY person_term, kind_term, measure_term UNION ALL SELECT {person}, '', part.measure, count(*) "
        f"FROM part JOIN entry_row ON number = part.entry WHERE part.entry {which} AND struck = 0 "
        "GROUP BY person_term, part.measure",
        parameters,
    ).fetchall()
    gone = Counter({(row[0], row[1], row[2]): row[3] for row in rows})
    _change(conn, gone, -1)
    return gone


def _change(conn: Any, counted: "Counter[Key]", sign: int) -> None:
    conn.executemany(
        "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(*key, sign * count) for key, count in counted.items()],
    )
    if sign < 0:
        conn.execute("DELETE FROM tally WHERE count = 0")
