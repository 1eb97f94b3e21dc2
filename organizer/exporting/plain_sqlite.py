"""A plain SQLite file for Datasette and any other tool: a table a kind, beside them parts, links and sources."""

from collections.abc import Callable, Iterable
from functools import partial

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.rows import Row, links, parts, rows_of, sources
from organizer.model.kinds import KINDS
from organizer.store.plain_copy import write_plain


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """All entries as tables; what is counted are the kinds."""
    kinds = {kind.name: outgoing.of_kind(kind.name) for kind in KINDS}
    kinds = {name: entries for name, entries in kinds.items() if entries}
    tables: dict[str, Callable[[], Iterable[Row]]] = {name: partial(rows_of, name, kinds[name]) for name in kinds}
    beside = {"part": parts, "link": links, "source": sources}
    tables |= {name: partial(rows, outgoing.entries) for name, rows in beside.items()}

    def step(done: int) -> None:
        progress.check()
        progress.report(_("Writing tables"), done)

    write_plain(outgoing.out, tables, step)
    return {name: len(entries) for name, entries in kinds.items()}


SQLITE = Export("sqlite", write)
