"""CSV: a folder (or a zip) with one table a kind, UTF-8 with a mark, so that spreadsheets read it as it is."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.rows import Row, row
from organizer.model.kinds import KINDS
from organizer.store.files import whole_file, write_whole

AT_ONCE = 1_000  # rows
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """A zip where the name ends so, else a folder; written as it is made."""
    if outgoing.out.suffix == ".zip":
        with whole_file(outgoing.out) as paper, zipfile.ZipFile(paper, "w") as pack:
            return _tables(outgoing, progress, lambda name, pieces: _packed(pack, name, pieces))
    outgoing.out.mkdir()
    return _tables(outgoing, progress, lambda name, pieces: write_whole(outgoing.out / name, pieces))


def _tables(outgoing: Outgoing, progress: Progress, put: Callable[[str, Iterable[bytes]], None]) -> dict[str, int]:
    counts = {}
    for kind in KINDS:
        entries = outgoing.of_kind(kind.name)
        if entries:
            progress.report(_("Writing {name}").format(name=kind.name))
            put(f"{kind.name}.csv", _pieces((row(kind, entry) for entry in entries), progress.check))
            counts[kind.name] = len(entries)
    return counts


def _packed(pack: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    with pack.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as part:
        part.writelines(pieces)


def table(rows: Iterable[Row]) -> bytes:
    """One table. A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection)."""
    return b"".join(_pieces(rows, lambda: None))


def _pieces(rows: Iterable[Row], check: Callable[[], None]) -> Iterator[bytes]:
    left, names = iter(rows), list[str]()
    while some := list(islice(left, AT_ONCE)):
        check()
        paper = io.StringIO()
        writer = csv.DictWriter(paper, names or list(some[0]), lineterminator="\r\n")
        if not names:
            names = list(some[0])
            paper.write("\ufeff")
            writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in row.items()} for row in some)
        yield paper.getvalue().encode("utf-8", "replace")


def harmless(value: str | float | int | None) -> str | float | int | None:
    """The value as a spreadsheet cell that is never run as a formula."""
    runs = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if runs else value


CSV = Export("csv", write)
