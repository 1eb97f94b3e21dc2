"""The record as a plain SQLite file: one table a kind, readable by any tool, encrypted by nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from organizer.store.engine import Tables, connect_plain

_BATCH = 1_000
Rows = Iterable[Mapping[str, Any]]


def _columns(rows: Rows) -> dict[str, type]:
    """The type of each column by all its values: the first rows alone would make a text of a number that comes late."""
    columns: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            kinds = columns.setdefault(name, set())
            if value is not None:
                kinds.add(type(value))
    return {name: _type_of(types) for name, types in columns.items()}


def _watched(rows: Rows, step: Callable[[], None]) -> Iterator[Mapping[str, Any]]:
    for number, row in enumerate(rows):
        if number % _BATCH == 0:
            step()
        yield row


def _type_of(types: set[type]) -> type:
    if types and types <= {bool, int}:
        return int
    return float if types and types <= {bool, int, float} else str


def write_plain(
    out: Path, tables: Mapping[str, Callable[[], Rows]], step: Callable[[int], None] = lambda _done: None
) -> None:
    """Write tables of rows with a text `id` each and a `person` that leads to table Patient.

    Each table's rows are asked for twice, for their types and to be written, and are never all in memory.

    `step` is called with how many rows are written, every thousand rows; what it raises ends the writing.
    """
    done = 0
    conn = connect_plain(out)
    try:
        # The file is new and gets its name when it is whole: nothing would be gained by waiting for the disk each time.
        conn.execute("PRAGMA synchronous = OFF")
        db = Tables(conn)
        # Table Patient comes first, as all others lead to it, wherever its kind stands.
        for name in sorted(tables, key=lambda table: table != "Patient"):
            rows = tables[name]
            columns = _columns(_watched(rows(), partial(step, done)))
            if not columns:
                continue
            keys = [("person", "Patient", "id")] if name != "Patient" and "Patient" in tables else []
            table: Any = db[name]
            table.create(columns, pk="id", foreign_keys=keys)
            left = iter(rows())
            while batch := list(islice(left, _BATCH)):
                step(done)
                table.insert_all(batch, pk="id", batch_size=_BATCH)
                done += len(batch)
        conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        conn.close()
