"""The record as a plain SQLite file: one table a kind, readable by any tool, encrypted by nothing."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from organizer.store.engine import Tables, connect_plain

_BATCH = 1_000
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


def write_plain(out: Path, tables: Mapping[str, Rows], step: Callable[[int], None] = lambda _done: None) -> None:
    """Write tables of rows with a text `id` each and a `person` that leads to table Patient.

    `step` is called with how many rows are written, every thousand rows; what it raises ends the writing.
    """
    done = 0
    conn = connect_plain(out)
    try:
        # The file is new and gets its name when it is whole: nothing would be gained by waiting for the disk each time.
        conn.execute("PRAGMA synchronous = OFF")
        db = Tables(conn)
        for name, rows in tables.items():
            listed = list(rows)
            if not listed:
                continue
            keys = [("person", "Patient", "id")] if name != "Patient" and "Patient" in tables else []
            table: Any = db[name]
            table.create(_columns(listed), pk="id", foreign_keys=keys)
            for start in range(0, len(listed), _BATCH):
                step(done)
                batch = listed[start : start + _BATCH]
                table.insert_all(batch, pk="id", batch_size=_BATCH)
                done += len(batch)
        conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        conn.close()
