"""A FHIR R4 bundle of type collection: the record, or one person's part of it, that comes in again as it was."""

from collections import Counter
from collections.abc import Iterator

from organizer.base.dates import now
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.fhir.files import packed, with_files
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.resources import resource
from organizer.model.ids import new_id
from organizer.model.interchange import ID_PREFIX
from organizer.store.files import write_whole


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """One resource an entry, written as it is made: a record with many files is never whole in memory."""
    counts: Counter[str] = Counter()
    write_whole(outgoing.out, _pieces(outgoing, progress, counts))
    return dict(counts)


def _pieces(outgoing: Outgoing, progress: Progress, counts: Counter[str]) -> Iterator[bytes]:
    name = new_id()
    head = {
        "resourceType": "Bundle",
        "id": name,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"{ID_PREFIX}{name}"},
        "type": "collection",
        "timestamp": now().isoformat(timespec="seconds"),
    }
    yield packed(head)[:-1]
    others = Neighbours(outgoing.by_id())
    for number, entry in enumerate(outgoing.entries):
        if number % 100 == 0:
            progress.check()
            progress.report(_("Writing entries"), number, len(outgoing.entries))
        node = with_files(resource(entry, others, outgoing.read_back), entry, outgoing)
        counts[node["resourceType"]] += 1
        yield b',"entry":[\n' if number == 0 else b",\n"
        yield packed({"fullUrl": ID_PREFIX + entry.id, "resource": node})
    yield b"\n]}\n" if outgoing.entries else b"}\n"


FHIR = Export("fhir", write)
