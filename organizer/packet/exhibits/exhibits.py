"""The exhibits: every document behind the record, its pages, and on which of them each entry stands."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
import pypdfium2

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.health.vocabulary import WordFinder
from organizer.model.entry import Entry
from organizer.model.ids import Sha256
from organizer.packet.exhibits.invisible import with_words
from organizer.packet.exhibits.margins import PageNeeds, needs_of
from organizer.packet.exhibits.places import find
from organizer.packet.exhibits.readable import entry_pages, picture_page, text_pages
from organizer.packet.exhibits.redact import redact, says_any
from organizer.packet.exhibits.source import Source
from organizer.packet.facts import LeftOut, Place
from organizer.packet.packet_input import OriginalFile, PacketChoice, PacketInput
from organizer.packet.sensitive import words_of

_FIRST = {"pathology": 0, "imaging": 1}
_OWN_FILES = ("DocumentReference",)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One document as pages: `source` before they are stamped, `needs` what each of its pages needs,
    `done` what was done to it in words."""

    number: int
    label: str
    title: str
    author: str
    date: str
    file_name: str
    sha256: Sha256
    media_type: str
    page_count: int
    source: Source = field(repr=False)
    needs: tuple[PageNeeds, ...] = ()
    done: tuple[str, ...] = ()

    @property
    def made(self) -> str:
        """What was done to it, in words; that it is as it was where nothing was."""
        taken = (_("active parts taken out"),) if self.source.removed else ()
        return "; ".join((*self.done, *taken)) or _("as it is")


@dataclass(frozen=True, slots=True)
class ExhibitPlan:
    """All exhibits, where each entry stands in them, and what can't be shown."""

    exhibits: tuple[Exhibit, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    def place(self, entry: Entry) -> Place | None:
        """The page on which an entry stands, or None where no document behind it can be shown."""
        return self.places.get(entry.id)


def plan_exhibits(packet: PacketInput, progress: Progress, kept: "Prepared | None" = None) -> ExhibitPlan:
    """Turn the documents behind a person's entries into exhibits, the reports and letters first.

    Within `choice.since` only; a document that can't be opened is left out and named, never silently.
    """
    kept = kept or Prepared()
    entries = packet.entries
    behind: dict[str, list[Entry]] = {}
    instead = _instead(packet)
    for entry in entries:
        own = packet.key_images.get(entry.id) or (instead.get(one, one) for one in documents_of(entry))
        for document in dict.fromkeys(own):
            behind.setdefault(document, []).append(entry)
    exhibits: list[Exhibit] = []
    places: dict[str, Place] = {}
    left_out = [_further_images(entry, packet.key_images[entry.id]) for entry in entries if _has_more(packet, entry)]
    for number, document in enumerate(sorted(behind, key=lambda sha: _order(behind[sha], sha))):
        progress.check()
        progress.report(_("Preparing exhibits"), number, len(behind))
        try:
            original = packet.read_original(document)
            exhibit, found, blackened = _exhibit(len(exhibits) + 1, original, behind[document], packet.choice, kept)
        except (OrganizerError, pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError, OSError) as error:
            left_out.append(LeftOut(_file_name(behind[document], document), _reason(error)))
            continue
        exhibits.append(exhibit)
        left_out += [_blackened_said(exhibit, page, lines) for page, lines in blackened]
        for entry_id, place in found.items():
            places.setdefault(entry_id, place)
    return ExhibitPlan(tuple(exhibits), places, tuple(left_out))


def _instead(packet: PacketInput) -> dict[str, str]:
    """For each image that isn't shown the one that is: whatever else was read from it stands there."""
    studies = [entry for entry in packet.entries if entry.id in packet.key_images]
    shown = {one for entry in studies for one in packet.key_images[entry.id]}
    return {
        document: packet.key_images[entry.id][0]
        for entry in studies
        for document in documents_of(entry)
        if document not in shown
    }


def _has_more(packet: PacketInput, entry: Entry) -> bool:
    shown = packet.key_images.get(entry.id)
    return shown is not None and bool(set(documents_of(entry)) - set(shown))


def _further_images(entry: Entry, shown: Sequence[str]) -> LeftOut:
    more = len(set(documents_of(entry)) - set(shown))
    words = ngettext("{n} further image, kept by me", "{n} further images, kept by me", more)
    return LeftOut(entry.title, words.format(n=more))


def _blackened_said(exhibit: Exhibit, page: int, lines: int) -> LeftOut:
    what = ngettext("{exhibit} p {page}: {n} line", "{exhibit} p {page}: {n} lines", lines)
    return LeftOut(
        what.format(exhibit=exhibit.label, page=page, n=lines),
        _("blacked out: it touches a sensitive matter that isn’t ticked"),
    )


def documents_of(entry: Entry) -> Iterable[str]:
    """The documents behind an entry: its own file or attachments first, then where it was read from."""
    own = [entry.text("file")] if entry.kind in _OWN_FILES else []
    own += [str(one.get("file")) for one in entry.data.get("attachments") or ()]
    return dict.fromkeys(one for one in [*own, *(source.document for source in entry.sources)] if one)


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
    return next((name for name in names if name), entries[0].title)


def _reason(error: Exception) -> str:
    if isinstance(error, pikepdf.PasswordError):
        return _("It asks for a password: save a copy without one and import that.")
    return str(error) if isinstance(error, OrganizerError) else _("The file is damaged and can’t be shown.")


def _exhibit(
    number: int, original: OriginalFile, entries: Sequence[Entry], choice: PacketChoice, kept: "Prepared"
) -> tuple[Exhibit, dict[str, Place], tuple[tuple[int, int], ...]]:
    named = next((e for e in entries if original.sha256 in (e.text("file"), *_attached(e))), None)
    title = named.title if named else original.file_name
    ready = kept.of(original, entries, title, choice, named is not None)
    author = (named.text("author") or named.text("performer")) if named else ""
    day = named.happened.text if named and named.happened else ""
    label = _("Ex {number}").format(number=number)
    made = Exhibit(
        number,
        label,
        title,
        author,
        day,
        original.file_name,
        original.sha256,
        original.media_type,
        len(ready.needs),
        ready.source,
        ready.needs,
        ready.done,
    )
    return made, {one: replace(place, exhibit=number) for one, place in ready.places.items()}, ready.blackened


@dataclass(frozen=True, slots=True)
class _Ready:
    """A document as pages, with where its entries stand (the exhibit's number is given later)."""

    source: Source
    needs: tuple[PageNeeds, ...]
    places: dict[str, Place]
    blackened: tuple[tuple[int, int], ...] = ()
    done: tuple[str, ...] = ()


class Prepared:
    """Documents that were turned into pages already, so that another choice doesn't do it again.

    Whoever previews keeps one and lets go of it with the preview: it holds the record's own pages.
    """

    def __init__(self, passwords: Mapping[str, str] | None = None) -> None:
        self.passwords = dict(passwords or {})
        self._ready: dict[tuple[object, ...], _Ready] = {}

    def of(
        self,
        original: OriginalFile,
        entries: Sequence[Entry],
        title: str,
        choice: PacketChoice,
        is_own_file: bool,
    ) -> _Ready:
        """The document as pages, made now or earlier for the same entries."""
        password = self.passwords.get(original.sha256, "")
        marks = tuple((e.id, e.title, e.value_text, str(e.happened), e.status, repr(e.data)) for e in entries)
        chosen = (choice.page_size, choice.tick_sensitive, choice.language)
        key = (original.sha256, title, chosen, is_own_file, password, hash(marks))
        if key not in self._ready:
            self._ready[key] = _made_ready(original, entries, title, choice, is_own_file, password)
        return self._ready[key]


def _made_ready(
    original: OriginalFile, entries: Sequence[Entry], title: str, choice: PacketChoice, is_own_file: bool, password: str
) -> _Ready:
    page_size, words = choice.page_size, words_of(choice.tick_sensitive)
    if original.data.startswith(b"%PDF") or b"%PDF-" in original.data[:1024]:
        pdf, done = repaired(original.data, password)
        heard = with_words(pdf, original.recognised)
        done += (_("recognised words laid over it, unseen"),) if heard is not pdf else ()
        return _searched(heard, entries, words, done)
    if original.media_type.startswith("image/"):
        pdf = picture_page(original, page_size, entries if original.caption else ())
        placed = _("picture drawn from the scan’s data") if original.caption else _("picture, placed on a page")
        return _searched(pdf, entries, words, (placed,))
    if original.media_type == "text/plain" and is_own_file:
        pdf = text_pages(original, original.data.decode("utf-8", "replace"), page_size)
        return _searched(pdf, entries, words, (_("text, set on pages"),))
    pdf, spots = entry_pages(original, title, entries, page_size)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        count = len(opened.pages)
    places = {one: Place(0, page, top) for one, (page, top) in spots.items()}
    return _Ready(Source(pdf), (PageNeeds(),) * count, places, done=(_("written out from the data"),))


def _searched(
    pdf: bytes, entries: Sequence[Entry], words: WordFinder | None, done: tuple[str, ...] = ()
) -> _Ready:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = list(document)
        texts = [page.get_textpage() for page in pages]
        if words is not None and says_any(texts, words):
            blackened = redact(pdf, words)
            return replace(
                _searched(blackened.pdf, entries, None, (*done, _redacted_said(blackened.lines))),
                blackened=blackened.lines,
            )
        spots = find(texts, entries)
        places = {one: Place(0, spot.page, None, spot.boxes) for one, spot in spots.items()}
        needs = tuple(map(needs_of, pages, (text.count_chars() > 0 for text in texts)))
        return _Ready(Source(pdf), needs, places, done=done)
    finally:
        document.close()


def _redacted_said(lines: Sequence[tuple[int, int]]) -> str:
    pages = [str(page) for page, _count in lines]
    words = ngettext("redacted: page {pages} is a picture", "redacted: pages {pages} are pictures", len(pages))
    return words.format(pages=", ".join(pages))


def repaired(data: bytes, password: str = "") -> tuple[bytes, tuple[str, ...]]:
    """The same PDF where it opens without complaint; else as qpdf could recover it, without its password.

    Gives what was done to it in words, too.

    Raises pikepdf.PasswordError where it asks for another password, pikepdf.PdfError where nothing can be recovered.
    """
    with pikepdf.open(io.BytesIO(data), password=password) as opened:
        if not opened.pages:
            raise OrganizerError(_("The file has no pages."), _("Import a complete copy of it."))
        steps = ((bool(opened.get_warnings()), _("repaired, may lack something")), (opened.is_encrypted, _("unlocked")))
        done = tuple(words for happened, words in steps if happened)
        if not done:
            return data, done
        paper = io.BytesIO()
        opened.save(paper, deterministic_id=True)
    return paper.getvalue(), done
