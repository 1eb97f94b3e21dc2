"""A plain SQLite file: one table a kind, which opens in Datasette and any other tool."""

from collections.abc import Sequence
from pathlib import Path

from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.exporting.export import Export
from organizer.exporting.rows import by_kind
from organizer.records.entry import Entry
from organizer.store.database import Database
from organizer.store.plain_copy import write_plain


def write(_record: Database, entries: Sequence[Entry], out: Path, progress: Progress) -> dict[str, int]:
    """All entries as tables."""
    tables = by_kind(entries)
    progress.check()
    progress.report(_("Writing {name}").format(name=out.name))
    write_plain(out, tables)
    return {kind: len(rows) for kind, rows in tables.items()}


SQLITE = Export("sqlite", write)
