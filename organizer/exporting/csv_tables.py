"""CSV: a folder (or a zip) with one table a kind, UTF-8 with a mark, so that spreadsheets read it as it is."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence

from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.rows import Row, by_kind
from organizer.store.files import write_whole

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """A zip where the name ends so, else a folder."""
    tables, out = by_kind(outgoing.entries), outgoing.out
    files = {}
    for kind, rows in tables.items():
        progress.check()
        progress.report(_("Writing {name}").format(name=kind))
        files[f"{kind}.csv"] = table(rows)
    if out.suffix == ".zip":
        paper = io.BytesIO()
        with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as pack:
            for name, data in files.items():
                pack.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
        write_whole(out, paper.getvalue())
    else:
        out.mkdir()
        for name, data in files.items():
            write_whole(out / name, data)
    return {kind: len(rows) for kind, rows in tables.items()}


def table(rows: Sequence[Row]) -> bytes:
    """One table. A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection)."""
    paper = io.StringIO()
    writer = csv.DictWriter(paper, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + paper.getvalue().encode("utf-8", "replace")


def harmless(value: str | float | int | None) -> str | float | int | None:
    """The value as a spreadsheet cell that is never run as a formula."""
    runs = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if runs else value


CSV = Export("csv", write)
