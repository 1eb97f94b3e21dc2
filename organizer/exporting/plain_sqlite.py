"""A plain SQLite file for Datasette and any other tool: a table a kind, beside them parts, links and sources."""

from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.rows import by_kind, links, parts, sources
from organizer.store.plain_copy import write_plain


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """All entries as tables; what is counted are the kinds."""
    kinds = by_kind(outgoing.entries)
    beside = {"part": parts, "link": links, "source": sources}
    tables = kinds | {name: rows(outgoing.entries) for name, rows in beside.items()}
    total = sum(map(len, tables.values()))

    def step(done: int) -> None:
        progress.check()
        progress.report(_("Writing tables"), done, total)

    write_plain(outgoing.out, tables, step)
    return {kind: len(rows) for kind, rows in kinds.items()}


SQLITE = Export("sqlite", write)
