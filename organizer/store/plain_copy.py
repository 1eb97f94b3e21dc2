"""The record as a plain SQLite file: one table a kind, readable by any tool, encrypted by nothing."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from organizer.store.engine import Tables, connect_plain

Rows = Iterable[Mapping[str, Any]]


def _columns(rows: list[Mapping[str, Any]]) -> dict[str, type]:
    """The type of each column by all its values: the first rows alone would make a text of a number that comes late."""
    found: dict[str, set[type]] = {name: set() for name in rows[0]}
    for row in rows:
        for name, value in row.items():
            if value is not None:
                found[name].add(type(value))
    return {name: _type_of(types) for name, types in found.items()}


def _type_of(types: set[type]) -> type:
    if types and types <= {bool, int}:
        return int
    return float if types and types <= {bool, int, float} else str


def write_plain(out: Path, tables: Mapping[str, Rows], person_key: str = "person") -> None:
    """Write tables of rows with a text `id` each; `person_key` names the column that leads to table Patient."""
    conn = connect_plain(out)
    try:
        db = Tables(conn)
        for name, rows in tables.items():
            listed = list(rows)
            if not listed:
                continue
            keys = [(person_key, "Patient", "id")] if name != "Patient" and "Patient" in tables else []
            table: Any = db[name]
            table.create(_columns(listed), pk="id", foreign_keys=keys)
            table.insert_all(listed, pk="id")
        conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        conn.close()
