"""The exhibits: every document behind the record, its pages, and on which of them each entry stands."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pikepdf
import pypdfium2

from organizer.base.errors import OrganizerError
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.packet.facts import LeftOut
from organizer.packet.packet_input import OriginalFile, PacketInput
from organizer.packet.readable import entry_pages, picture_page, text_pages
from organizer.records.entry import Entry

_FIRST = {"pathology": 0, "imaging": 1}
_OWN_FILES = ("DocumentReference",)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: exhibit and its page, both from 1; `top` in points from the page's top where known."""

    exhibit: int
    page: int
    top: float | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One document as pages; `pdf` are its bytes as a PDF, before it is sanitised and stamped."""

    number: int
    label: str
    title: str
    author: str
    date: str
    file_name: str
    sha256: str
    media_type: str
    page_count: int
    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExhibitPlan:
    """All exhibits, where each entry stands in them, and what can't be shown."""

    exhibits: tuple[Exhibit, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    def place(self, entry: Entry) -> Place | None:
        """The page on which an entry stands, or None where no document behind it can be shown."""
        return self.places.get(entry.id)


def plan_exhibits(packet: PacketInput, progress: Progress) -> ExhibitPlan:
    """Turn the documents behind a person's entries into exhibits, the reports and letters first.

    Within `choice.since` only; a document that can't be opened is left out and named, never silently.
    """
    entries = [entry for entry in packet.entries if _since(entry, packet.choice.since)]
    behind: dict[str, list[Entry]] = {}
    for entry in entries:
        for document in documents_of(entry):
            behind.setdefault(document, []).append(entry)
    exhibits: list[Exhibit] = []
    places: dict[str, Place] = {}
    left_out: list[LeftOut] = []
    for number, document in enumerate(sorted(behind, key=lambda sha: _order(behind[sha], sha))):
        progress.check()
        progress.report(_("Preparing exhibits"), number, len(behind))
        try:
            original = packet.read_original(document)
            exhibit, found = _exhibit(len(exhibits) + 1, original, behind[document], packet.choice.page_size)
        except (OrganizerError, pikepdf.PdfError, pypdfium2.PdfiumError, OSError) as error:
            left_out.append(LeftOut(_file_name(behind[document], document), _reason(error)))
            continue
        exhibits.append(exhibit)
        for entry_id, place in found.items():
            places.setdefault(entry_id, place)
    return ExhibitPlan(tuple(exhibits), places, tuple(left_out))


def documents_of(entry: Entry) -> Iterable[str]:
    """The documents behind an entry: its own file or attachments first, then where it was read from."""
    own = [entry.text("file")] if entry.kind in _OWN_FILES else []
    own += [str(one.get("file")) for one in entry.data.get("attachments") or ()]
    return dict.fromkeys(one for one in [*own, *(source.document for source in entry.sources)] if one)


def _since(entry: Entry, since: str) -> bool:
    """Undated entries and those that still go on are kept whatever the date."""
    return not since or entry.happened is None or entry.happened.sort_key >= since or entry.status == "active"


def _order(entries: Sequence[Entry], document: str) -> tuple[int, str, str]:
    """Pathology, imaging, letters, then whole portals; each by date."""
    own = [entry for entry in entries if document in (entry.text("file"), *_attached(entry))]
    rank = min((_FIRST.get(entry.text("category"), 2) for entry in own), default=3)
    day = max((entry.happened.sort_key for entry in own if entry.happened), default="")
    return rank, day, document


def _attached(entry: Entry) -> list[str]:
    return [str(one.get("file")) for one in entry.data.get("attachments") or ()]


def _file_name(entries: Sequence[Entry], document: str) -> str:
    names = (source.file_name for entry in entries for source in entry.sources if source.document == document)
    return next(names, entries[0].title)


def _reason(error: Exception) -> str:
    if isinstance(error, pikepdf.PasswordError):
        return _("It asks for a password: save a copy without one and import that.")
    return str(error) if isinstance(error, OrganizerError) else _("The file is damaged and can’t be shown.")


def _exhibit(
    number: int, original: OriginalFile, entries: Sequence[Entry], page_size: str
) -> tuple[Exhibit, dict[str, Place]]:
    named = next((e for e in entries if original.sha256 in (e.text("file"), *_attached(e))), None)
    title = named.title if named else original.file_name
    if original.data.startswith(b"%PDF") or b"%PDF-" in original.data[:1024]:
        pdf = repaired(original.data)
        where = {entry.id: Place(number, page) for entry, page in _found_in(pdf, entries)}
    elif original.media_type.startswith("image/"):
        pdf = picture_page(original, page_size)
        where = {entry.id: Place(number, 1) for entry in entries}
    elif original.media_type == "text/plain" and named is not None:
        pdf = text_pages(original, original.data.decode("utf-8", "replace"), page_size)
        where = {entry.id: Place(number, page) for entry, page in _found_in(pdf, entries)}
    else:
        pdf, spots = entry_pages(original, title, entries, page_size)
        where = {entry_id: Place(number, page, top) for entry_id, (page, top) in spots.items()}
    author = (named.text("author") or named.text("performer")) if named else ""
    day = named.happened.text if named and named.happened else ""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    label = _("Ex {number}").format(number=number)
    made = Exhibit(
        number, label, title, author, day, original.file_name, original.sha256, original.media_type, pages, pdf
    )
    return made, where


def repaired(data: bytes) -> bytes:
    """The same PDF where it opens without complaint; else as qpdf could recover it. Raises pikepdf.PdfError."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        len(opened.pages)
        if not opened.get_warnings() and not opened.is_encrypted:
            return data
        paper = io.BytesIO()
        opened.save(paper, deterministic_id=True)
    return paper.getvalue()


def _found_in(pdf: bytes, entries: Sequence[Entry]) -> list[tuple[Entry, int]]:
    """For each entry the page that holds most of its telling words; the first where none does."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [_words(page.get_textpage().get_text_bounded()) for page in document]
    found = []
    for entry in entries:
        wanted = _words(" ".join([entry.text("conclusion"), entry.text("quote"), entry.title, entry.value_text]))
        told = re.fullmatch(r"page=(\d+)", entry.sources[0].locator) if entry.sources else None
        best = max(range(len(texts)), key=lambda n: (len(wanted & texts[n]), -n)) if texts else 0
        found.append((entry, int(told[1]) if told and 0 < int(told[1]) <= len(texts) else best + 1))
    return found


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}
