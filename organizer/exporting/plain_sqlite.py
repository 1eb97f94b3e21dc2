"""A plain SQLite file: one table a kind, which opens in Datasette and any other tool."""

from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.rows import by_kind
from organizer.store.plain_copy import write_plain


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """All entries as tables."""
    tables, out = by_kind(outgoing.entries), outgoing.out
    progress.check()
    progress.report(_("Writing {name}").format(name=out.name))
    write_plain(out, tables)
    return {kind: len(rows) for kind, rows in tables.items()}


SQLITE = Export("sqlite", write)
