"""The kept keys of series, made anew where a record was written under other rules or another table of systems.

The key of a measure (model.codes.measure_key) stands in `entry`, `part` and `tally`, and in the
names of the units that a person chose. The history keeps whole entries: what is undone or redone gets its key then.
"""

from collections.abc import Iterable
from functools import lru_cache

import orjson

from organizer.model.codes import LOINC, Code, MeasureKey, code_of, is_loinc_code, measure_key, promoted, table_mark
from organizer.store import tally
from organizer.store.engine import Tables

MARK = "code systems"
"""The name in `meta` of the mark of the table of systems under which the keys were made."""
UNIT_OF = "unit of "
"""Begins the names in `meta` of the units that a person chose, before the measure's key."""
_CODES = "(SELECT text FROM term WHERE term.number = codes_term)"


def stale(db: Tables) -> bool:
    """Whether the keys were made under another table of systems than the one that is shipped now."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", [MARK]).fetchone()
    return row is None or row[0] != table_mark()


def renew(db: Tables) -> None:
    """Make all keys anew. Must run within a transaction."""
    # Of a million results most are like another; what is remembered goes with the connection.
    for name, function in (("key_of_entry", _key_of_entry), ("promoted_code", _promoted_code)):
        db.conn.create_function(name, -1, lru_cache(maxsize=4_096)(function), deterministic=True)
    db.conn.create_function("key_of_part", 1, _key_of_part, deterministic=True)
    _rename_units(db)

    # The index would be written twice for each result.
    (index,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'entry_series'").fetchone()
    db.execute("DROP INDEX entry_series")
    several = "(SELECT number FROM term WHERE CASE WHEN json_valid(text) THEN json_array_length(text) > 1 END)"
    for column, word, which in (
        ("measure_term", f"key_of_entry({_CODES}, title)", "measure_term <> 0"),
        ("code_term", f"promoted_code({_CODES})", f"codes_term IN {several}"),
    ):
        db.execute(f"INSERT OR IGNORE INTO term (text) SELECT DISTINCT {word} FROM entry_row WHERE {which}")  # noqa: S608
        number = f"(SELECT number FROM term WHERE text = {word})"  # noqa: S608
        db.execute(f"UPDATE entry_row SET {column} = {number} WHERE {which}")  # noqa: S608
    db.execute(index)
    db.execute(
        "UPDATE part SET measure = key_of_part((SELECT json_extract(data, '$.components[' || part.place || ']') "
        "FROM entry_row WHERE number = part.entry))"
    )

    db.execute("DELETE FROM tally")
    db.execute("INSERT INTO tally SELECT person, kind, measure, count(*) FROM entry GROUP BY 1, 2, 3")
    db.execute(
        "INSERT INTO tally SELECT person, '', part.measure, count(*) FROM part JOIN entry ON number = part.entry "
        "WHERE struck = 0 GROUP BY 1, 3"
    )
    db.execute("REPLACE INTO meta VALUES (?, ?)", [MARK, table_mark()])


def _rename_units(db: Tables) -> None:
    """A unit chosen for a key holds for all that the key becomes: for a bare code for each system that has it."""
    rows = db.execute("SELECT name, value FROM meta WHERE substr(name, 1, ?) = ?", [len(UNIT_OF), UNIT_OF]).fetchall()
    for name, unit in rows:
        before = name.removeprefix(UNIT_OF)
        after = _become(db, before) or ([f"{LOINC}|{before}"] if is_loinc_code(before) else [before])
        db.execute("DELETE FROM meta WHERE name = ?", [name])
        for key in after:
            db.execute("REPLACE INTO meta VALUES (?, ?)", [f"{UNIT_OF}{key}", unit])


def _become(db: Tables, before: str) -> list[str]:
    rows = db.execute(
        f"SELECT DISTINCT key_of_entry({_CODES}, title) FROM entry_row "  # noqa: S608
        "WHERE measure_term <> 0 AND measure_term = (SELECT number FROM term WHERE text = ?1) UNION "
        "SELECT DISTINCT key_of_part(json_extract(data, '$.components[' || part.place || ']')) "
        "FROM part JOIN entry_row ON number = part.entry WHERE part.measure = ?1",
        [before],
    )
    return [row[0] for row in rows.fetchall()]


def _codes(text: str) -> Iterable[Code]:
    return [code_of(coding[0], coding[1]) for coding in orjson.loads(text)]


def _key_of_entry(codes: str, title: str) -> MeasureKey:
    return measure_key(_codes(codes), title)


def _key_of_part(part: str) -> MeasureKey:
    return tally.part_measure(orjson.loads(part))


def _promoted_code(codes: str) -> str:
    first = promoted(_codes(codes))
    return next((coding[1] for coding in orjson.loads(codes) if code_of(coding[0], coding[1]) == first), "")
