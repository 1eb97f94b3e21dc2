"""Source documents: their bytes, their pages as pictures, what was read from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from organizer.base.apart.ask import SITTING, ask, stop
from organizer.base.apart.wire import Answer
from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.page_text.contents import media_type_of
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId, Sha256
from organizer.services.entries import drawn_pages
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store import originals
from organizer.store.originals import Original

__all__ = ["Original"]

LIST, GRID = "list", "grid"
_SHOWN_AS = "documents_shown_as"
_SHORTEST_HASH = 8  # digits of a SHA-256 that name a file


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
    documents: list[Sha256] = []
    for name in wanted:
        begins = len(name) >= _SHORTEST_HASH
        own = [file.sha256 for file in files if name == file.name or (begins and file.sha256.startswith(name))]
        if not own:
            raise OrganizerError(
                _("There is no file “{name}” in this record.").format(name=name),
                _("Write its name as the list of what is held back does."),
            )
        documents += own
    return frozenset(documents)


def entries_from(record: Record, sha256: Sha256, person: PersonId = NOBODY, limit: int | None = None) -> list[Entry]:
    """What was read from a document, of one person where one is named."""
    return reading.from_original(record, sha256, person, limit)


def page_sizes(data: bytes, name: str = "", progress: Progress | None = None) -> list[tuple[float, float]]:
    """Width and height of each page: points of a PDF, pixels of an upright picture, whose fax has several.

    Raises UnreadableSourceError, Cancelled.
    """
    answer = ask(drawn_pages.sizes, data, name=name, progress=progress, idle=SITTING).content
    return [(float(wide), float(high)) for wide, high in answer]


def draw(data: bytes, page: int, scale: float, name: str = "", progress: Progress | None = None) -> PageImage:
    """Page `page` (from 0) at `scale` pixels a point, or a picture at that share of its own size; never larger than a
    screen can use. Raises UnreadableSourceError, Cancelled."""
    return _page(ask(drawn_pages.drawn, data, page, scale, name=name, progress=progress, idle=SITTING))


def draw_first(data: bytes, width: int, height: int, name: str = "") -> PageImage | None:
    """The first page as large as fits into so many pixels; None of what has no pages or can't be drawn."""
    if not has_pages(data):
        return None
    try:
        return _page(ask(drawn_pages.first_within, data, width, height, name=name, idle=SITTING))
    except UnreadableSourceError:
        return None


def _page(answer: Answer) -> PageImage:
    """What was drawn, where it is what it says. Raises UnreadableSourceError."""
    width, height, stride = map(int, answer.content)
    (rows,) = answer.parts
    if min(width, height) < 1 or stride < 4 * width or len(rows) < stride * height:
        raise UnreadableSourceError(_("This page can’t be drawn."), _("Print it to a new PDF, then import that."))
    return PageImage(width, height, stride, rows)


def shown_as(record: Record) -> str:
    """How the person has the files shown: LIST or GRID."""
    return GRID if record.meta(_SHOWN_AS) == GRID else LIST


def show_as(record: Record, way: str) -> None:
    """Show the files as LIST or GRID from now on."""
    record.set_meta(_SHOWN_AS, way)


def has_pages(data: bytes) -> bool:
    """True for a PDF and for a picture, by the first bytes: what can be looked at page by page."""
    media_type = media_type_of(data[:1024])
    return media_type == "application/pdf" or media_type.startswith("image/")


def forget() -> None:
    """End the process that keeps documents for their next page: when a record is closed."""
    stop()
