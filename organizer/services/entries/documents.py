"""Source documents: their bytes, their pages as pictures, what was read from them."""

import atexit
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId, Sha256
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store import originals
from organizer.store.originals import Original

__all__ = ["Original"]

_SHORTEST_HASH = 8  # digits of a SHA-256 that name a file
_PDFIUM = Lock()  # pdfium is not made for two threads at once


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page: `data` are `height` rows of `stride` bytes, each pixel B, G, R, A."""

    width: int
    height: int
    stride: int
    data: bytes


def original(record: Record, sha256: Sha256) -> bytes:
    """The document as it came, byte for byte. Raises NotFoundError, RecordDamagedError."""
    return originals.read(record, sha256)


def info(record: Record, sha256: Sha256) -> Original:
    """Name, type, size of a document. Raises NotFoundError."""
    return originals.info(record, sha256)


def all_documents(record: Record, person: PersonId) -> list[Original]:
    """The files from which at least one entry of the person was read, in the order they came."""
    return originals.all_originals(record, person)


def named(record: Record, person: PersonId, names: Iterable[str]) -> frozenset[Sha256]:
    """The person's files that have one of these names, or whose SHA-256 begins so (with eight digits and more).

    Raises OrganizerError for a name that no file has.
    """
    wanted = tuple(names)
    files = all_documents(record, person) if wanted else []
    found: list[Sha256] = []
    for name in wanted:
        begins = len(name) >= _SHORTEST_HASH
        own = [file.sha256 for file in files if name == file.name or (begins and file.sha256.startswith(name))]
        if not own:
            raise OrganizerError(
                _("There is no file “{name}” in this record.").format(name=name),
                _("Write its name as the list of what is held back does."),
            )
        found += own
    return frozenset(found)


def entries_from(record: Record, sha256: Sha256, person: PersonId = NOBODY, limit: int | None = None) -> list[Entry]:
    """What was read from a document, of one person where one is named."""
    return reading.from_original(record, sha256, person, limit)


def pdf_pages(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points. Raises UnreadableSourceError."""
    with _PDFIUM:
        document = _opened(data)
        return [document.get_page_size(number) for number in range(len(document))]


def render_pdf(data: bytes, page: int, scale: float) -> PageImage:
    """Page `page` (from 0) at `scale` pixels a point. Raises UnreadableSourceError."""
    with _PDFIUM:
        bitmap = _opened(data)[page].render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def forget() -> None:
    """Close the documents that were kept open for their next page: when a record is closed."""
    with _PDFIUM:
        _opened.cache_clear()


@cache
def _pdfium() -> Any:
    import pypdfium2

    atexit.register(_opened.cache_clear)  # pdfium wants every document closed before its own end
    return pypdfium2


@lru_cache(maxsize=4)
def _opened(data: bytes) -> Any:
    pypdfium2 = _pdfium()
    try:
        document = pypdfium2.PdfDocument(data)
        if document.get_formtype():
            # What was filled in is drawn as in a packet: pdfium itself draws it only where a form may be changed.
            answered = _with_answers(data)
            document.close()
            document = pypdfium2.PdfDocument(answered)
        return document
    except pypdfium2.PdfiumError as error:
        raise UnreadableSourceError(
            _("This PDF can’t be opened."), _("If it asks for a password elsewhere, print it to a new PDF first.")
        ) from error


def _with_answers(data: bytes) -> bytes:
    """A form with its answers drawn into its pages; as it is where another library can't open it."""
    from organizer.packet.exhibits.exhibits import FAULTS
    from organizer.packet.exhibits.prepared import opened

    try:
        return opened(data).pdf
    except FAULTS:
        return data
