"""The record as a plain SQLite file: one table a kind, readable by any tool, encrypted by nothing."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from organizer.store.engine import Tables, connect_plain

Rows = Iterable[Mapping[str, Any]]


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
            table.insert_all(listed, pk="id", foreign_keys=keys, alter=True)
        conn.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        conn.close()
