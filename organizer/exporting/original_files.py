"""The documents as they came, byte for byte, in one zip."""

import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.exporting.export import Export
from organizer.records.entry import Entry
from organizer.store import originals
from organizer.store.database import Database


def write(record: Database, entries: Sequence[Entry], out: Path, progress: Progress) -> dict[str, int]:
    """The documents behind the entries; two of one name are told apart by a number."""
    wanted = {source.document for entry in entries for source in entry.sources}
    wanted |= {entry.text("file") for entry in entries}
    wanted |= {str(one.get("file")) for entry in entries for one in entry.data.get("attachments") or ()}
    known = [one for one in originals.all_originals(record) if one.sha256 in wanted]
    taken: set[str] = set()
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as pack:
        for number, one in enumerate(known):
            progress.check()
            progress.report(_("Writing documents"), number, len(known))
            name = _free(one.name, taken)
            pack.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), originals.read(record, one.sha256))
    return {"DocumentReference": len(known)}


def _free(name: str, taken: set[str]) -> str:
    """The bare name, harmless in any folder, with a number where it is taken."""
    bare = PurePosixPath(name.replace("\\", "/")).name.lstrip(".") or "document"
    path, number = PurePosixPath(bare), 1
    while (shown := bare if number == 1 else f"{path.stem} ({number}){path.suffix}") in taken:
        number += 1
    taken.add(shown)
    return shown


ORIGINALS = Export("originals", write)
