"""The documents as they came, byte for byte, in one zip with an index of what is in it and what isn't."""

import zipfile
from pathlib import PurePosixPath

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.paths import harmless_name
from organizer.base.progress import Progress
from organizer.exporting.csv_tables import table
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.rows import Row
from organizer.store import originals
from organizer.store.originals import Original

INDEX = "index.csv"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """The documents behind the entries; two of one name are told apart by a number.

    Of one person's documents those that also tell of somebody else stay behind, and the index says so.
    """
    wanted: set[str] = set()
    for entry in outgoing.entries:
        wanted.update(source.document for source in entry.sources)
        wanted.add(entry.text("file"))
        wanted.update(str(attached.get("file")) for attached in entry.data.get("attachments") or ())
    known = [original for original in originals.all_originals(outgoing.record) if original.sha256 in wanted]
    taken, index = {INDEX}, []
    with zipfile.ZipFile(outgoing.out, "x", zipfile.ZIP_DEFLATED) as pack:
        for number, original in enumerate(known):
            progress.check()
            progress.report(_("Writing documents"), number, len(known))
            name, words = "", _("Left out: it also tells of somebody else in this record.")
            if original.sha256 not in outgoing.others_documents:
                name, words = _packed(outgoing, original, pack, taken)
            index.append(_line(original, name, words))
        if index:
            pack.writestr(zipfile.ZipInfo(INDEX, _LONG_AGO), table(index), zipfile.ZIP_DEFLATED)
    return {"DocumentReference": sum(bool(line["file"]) for line in index)}


def _packed(outgoing: Outgoing, original: Original, pack: zipfile.ZipFile, taken: set[str]) -> tuple[str, str]:
    """The name in the zip, and what is to be said; a damaged document doesn't keep the others from going out."""
    try:
        data = originals.read(outgoing.record, original.sha256)
    except OrganizerError as damaged:
        return "", damaged.message
    name = free_name(original.name, taken)
    pack.writestr(zipfile.ZipInfo(name, _LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return name, ""


def _line(original: Original, name: str, remark: str) -> Row:
    return {
        "file": name,
        "name_as_it_came": original.name,
        "type": original.media_type,
        "bytes": original.size,
        "sha256": original.sha256,
        "added": original.added,
        "remark": remark,
    }


def free_name(name: str, taken: set[str]) -> str:
    """The bare name, harmless in any system's folder, with a number where it is taken in any case."""
    bare = harmless_name(name, "document")
    path, number = PurePosixPath(bare), 1
    while (shown := bare if number == 1 else f"{path.stem} ({number}){path.suffix}").casefold() in taken:
        number += 1
    taken.add(shown.casefold())
    return shown


ORIGINALS = Export("originals", write)
