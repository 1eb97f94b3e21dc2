"""Documents turned into pages: opened, made harmless, searched as they will be seen, and blacked out where needed.

What is checked is what is printed: forms and notes are drawn into their pages first, recognised words laid over
scans, and the finished page is looked through. A page that can't be is held back.
"""

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pikepdf
import pypdfium2
from PIL.Image import DecompressionBombError

from organizer.base.apart.ask import ask
from organizer.base.apart.wire import Told
from organizer.base.errors import OrganizerError, UnreadableSourceError
from organizer.base.i18n import _, ngettext
from organizer.base.plain_text import is_mail, shown_text
from organizer.base.progress import Progress
from organizer.health.vocabulary import WordFinder
from organizer.model.entry import Entry
from organizer.packet.exhibits.invisible import with_words
from organizer.packet.exhibits.margins import PageNeeds, needs_of
from organizer.packet.exhibits.pictures import picture_pages
from organizer.packet.exhibits.places import find
from organizer.packet.exhibits.readable import entry_pages, text_pages
from organizer.packet.exhibits.redact import redact, says_any
from organizer.packet.exhibits.sanitise import made_harmless, shows_more_than_its_pages
from organizer.packet.exhibits.source import Source
from organizer.packet.exhibits.unread import held_back, unread_pages
from organizer.packet.facts import Place
from organizer.packet.packet_input import OriginalFile, PacketChoice
from organizer.packet.page import style
from organizer.packet.page.scripts import lost_letters
from organizer.packet.sensitive import words_of

_BYTES_A_SECOND = 3_000
"""About a page of text: each is searched, and drawn anew where a line of it is blacked out."""
FAULTS = (
    OrganizerError, pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError, OSError, ValueError, TypeError,
    LookupError, AttributeError, ArithmeticError, AssertionError, RuntimeError, MemoryError, EOFError, SyntaxError,
    Warning, zlib.error, struct.error, DecompressionBombError,
)  # fmt: skip
"""All that opening or drawing one odd file may raise, in four libraries: it costs that exhibit, never the packet."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A document as pages, with where its entries stand (the exhibit's number is given later).

    `blackened` pairs a page with how many of its lines are black, `held` are the pages that are held back, of `pages`.
    """

    source: Source
    needs: tuple[PageNeeds, ...]
    places: dict[str, Place]
    blackened: tuple[tuple[int, int], ...] = ()
    done: tuple[str, ...] = ()
    held: tuple[int, ...] = ()
    pages: int = 0


class Prepared:
    """Documents that were turned into pages already, so that another choice doesn't do it again.

    Whoever previews keeps one and lets go of it with the preview: it holds the record's own pages.
    """

    def __init__(self, passwords: Mapping[str, str] | None = None) -> None:
        self.passwords = dict(passwords or {})
        self._ready: dict[tuple[object, ...], Ready] = {}

    def of(
        self,
        original: OriginalFile,
        entries: Sequence[Entry],
        title: str,
        choice: PacketChoice,
        is_own_file: bool,
        progress: Progress,
    ) -> Ready:
        """The document as pages, made now or earlier for the same entries. Raises what FAULTS names, Cancelled."""
        password = self.passwords.get(original.sha256, "")
        marks = tuple((e.id, e.title, e.value_text, str(e.happened), e.status, repr(e.data)) for e in entries)
        looked_at = original.sha256 in choice.looked_at
        chosen = (choice.page_size, choice.tick_sensitive, choice.language, looked_at)
        key = (original.sha256, title, chosen, is_own_file, password, hash(marks))
        if key not in self._ready:
            told = (tuple(entries), title, choice, is_own_file, password)
            is_foreign = _is_pdf(original.data) or original.media_type.startswith("image/")
            self._ready[key] = _made_apart(original, *told, progress) if is_foreign else _made_whole(original, *told)
        return self._ready[key]


def _made_apart(
    original: OriginalFile,
    entries: tuple[Entry, ...],
    title: str,
    choice: PacketChoice,
    is_own_file: bool,
    password: str,
    progress: Progress,
) -> Ready:
    """The document as pages, made in the process that reads foreign files."""
    asked = (replace(original, data=b""), entries, title, choice, is_own_file, password)
    answer = ask(
        _made_here, original.data, *asked, name=original.file_name, progress=progress, bytes_a_second=_BYTES_A_SECOND
    )
    told, (pdf,) = answer.told, answer.parts
    places = {str(entry): Place(0, page, top, tuple(map(tuple, boxes))) for entry, page, top, boxes in told["places"]}
    return Ready(
        Source(pdf, tuple(told["removed"]), marks=tuple(map(tuple, told["marks"]))),
        tuple(PageNeeds(*needs) for needs in told["needs"]),
        places,
        tuple(map(tuple, told["blackened"])),
        tuple(told["done"]),
        tuple(told["held"]),
        told["pages"],
    )


def _made_here(
    data: bytes,
    original: OriginalFile,
    entries: tuple[Entry, ...],
    title: str,
    choice: PacketChoice,
    is_own_file: bool,
    password: str,
    _progress: Progress,
) -> Told:
    """The same in that process: what is known of the pages, then a PDF in which nothing acts."""
    style.register_fonts()
    try:
        ready = _made_whole(replace(original, data=data), entries, title, choice, is_own_file, password)
        source = ready.source.finished()
    except MemoryError:
        raise  # the file asks for too much, and what was taken for it can't be told
    except FAULTS as error:
        raise UnreadableSourceError(reason_of(error), "") from error
    fields = {
        "removed": source.removed,
        "marks": source.marks,
        "needs": [(needs.above, needs.below, needs.has_text) for needs in ready.needs],
        "places": [(entry, place.page, place.top, place.boxes) for entry, place in ready.places.items()],
        "blackened": ready.blackened,
        "done": ready.done,
        "held": ready.held,
        "pages": ready.pages,
    }
    return Told(fields, (source.pdf,))


def reason_of(error: Exception) -> str:
    """Why a document can't be shown, in plain words."""
    if isinstance(error, pikepdf.PasswordError):
        return _("It asks for a password: save a copy without one and import that.")
    return str(error) if isinstance(error, OrganizerError) else _("The file is damaged and can’t be shown.")


def _made_whole(
    original: OriginalFile,
    entries: tuple[Entry, ...],
    title: str,
    choice: PacketChoice,
    is_own_file: bool,
    password: str,
) -> Ready:
    with lost_letters() as lost:
        ready = _made_ready(original, entries, title, choice, is_own_file, password)
    unprinted = _("letters that can’t be printed: {letters}").format(letters=" ".join(lost))
    return replace(ready, done=(*ready.done, unprinted)) if lost else ready


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A document as a PDF that acts no more: its bytes, what was done to it and what was taken out, in words."""

    pdf: bytes
    done: tuple[str, ...]
    source: Source

    def changed(self, pdf: bytes, words: str) -> "_Drawn":
        """The same with other bytes, and why."""
        return _Drawn(pdf, (*self.done, words), Source(pdf, self.source.removed))


def _made_ready(
    original: OriginalFile, entries: Sequence[Entry], title: str, choice: PacketChoice, is_own_file: bool, password: str
) -> Ready:
    words = words_of(choice.tick_sensitive)
    if _is_pdf(original.data):
        drawn = opened(original.data, password)
        heard = with_words(drawn.pdf, original.recognised)
        drawn = drawn if heard is drawn.pdf else drawn.changed(heard, _("recognised words laid over it, unseen"))
        return _checked(drawn, original, entries, words, choice)
    if original.media_type.startswith("image/"):
        pictures = picture_pages(original, choice.page_size, entries if original.caption else ())
        placed = _("picture, placed on a page")
        if original.caption:
            placed = _("picture drawn from the scan’s data; what is written within it was not searched")
        done = (placed, *((_("with fewer pixels than it has"),) if pictures.is_smaller else ()))
        return _checked(_Drawn(pictures.pdf, done, Source(pictures.pdf)), original, entries, words, choice)
    if is_own_file and (original.media_type == "text/plain" or is_mail(original.data)):
        pdf = text_pages(original, shown_text(original.data), choice.page_size)
        return _checked(_Drawn(pdf, (_("text, set on pages"),), Source(pdf)), original, entries, words, choice)
    pdf, spots = entry_pages(original, title, entries, choice.page_size)
    ready = _checked(_Drawn(pdf, (_("written out from the data"),), Source(pdf)), original, entries, words, choice)
    places = {text: Place(0, page, top) for text, (page, top) in spots.items()}
    return replace(ready, places=places, needs=(PageNeeds(),) * ready.pages)


def _checked(
    drawn: _Drawn, original: OriginalFile, entries: Sequence[Entry], words: WordFinder | None, choice: PacketChoice
) -> Ready:
    """The pages looked through: what must be black is, and what couldn't be looked through is held back."""
    if words is None:
        return _placed(drawn, entries)
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        pages = list(document)
        texts = [page.get_textpage() for page in pages]
        count = len(pages)
        # A picture drawn from a scan's own data holds no letters, but for devices that write into their pictures.
        is_checked = original.sha256 not in choice.looked_at and (not original.caption or original.may_bear_words)
        held = unread_pages(pages, texts, original.recognised) if is_checked else ()
        says_some = says_any(texts, words)
        if not held and not says_some:
            return _placed_on(drawn, pages, texts, entries)
    finally:
        document.close()
    lines: tuple[tuple[int, int], ...] = ()
    if says_some:
        without = redact(drawn.pdf, words, held)
        lines = without.lines
        drawn = drawn.changed(without.pdf, _redacted_said(lines)) if lines else drawn
    if held:
        drawn = drawn.changed(held_back(drawn.pdf, held), _held_said(held, count))
    ready = _placed(drawn, entries)
    places = {entry: _not_on_a_notice(place, held, ready.pages) for entry, place in ready.places.items()}
    return replace(ready, places=places, blackened=lines, held=held, pages=count)


def _not_on_a_notice(place: Place, held: Sequence[int], pages: int) -> Place:
    """A place without marks where its page is held back; on the only page where all of them are."""
    return replace(place, page=min(place.page, pages), boxes=()) if place.page in held else place


def _placed(drawn: _Drawn, entries: Sequence[Entry]) -> Ready:
    """Where the entries stand on the pages as they are now."""
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        pages = list(document)
        return _placed_on(drawn, pages, [page.get_textpage() for page in pages], entries)
    finally:
        document.close()


def _placed_on(
    drawn: _Drawn,
    pages: Sequence[pypdfium2.PdfPage],
    texts: Sequence[pypdfium2.PdfTextPage],
    entries: Sequence[Entry],
) -> Ready:
    spots = find(texts, entries)
    places = {text: Place(0, spot.page, None, spot.boxes) for text, spot in spots.items()}
    needs = tuple(map(needs_of, pages, (text.count_chars() > 0 for text in texts)))
    return Ready(drawn.source, needs, places, done=drawn.done, pages=len(pages))


def _held_said(held: Sequence[int], count: int) -> str:
    if len(held) == count:
        return _("held back: it could not be searched, and was not released")
    words = ngettext(
        "held back: page {pages} could not be searched, and was not released",
        "held back: pages {pages} could not be searched, and were not released",
        len(held),
    )
    return words.format(pages=", ".join(map(str, held)))


def _redacted_said(lines: Sequence[tuple[int, int]]) -> str:
    pages = [str(page) for page, _count in lines]
    words = ngettext("redacted: page {pages} is a picture", "redacted: pages {pages} are pictures", len(pages))
    return words.format(pages=", ".join(pages))


def opened(data: bytes, password: str = "") -> _Drawn:
    """A PDF made harmless, as it will be seen: as it came where it opens without complaint and draws all it shows
    itself; else as qpdf could recover it, without its password, its forms and notes drawn into its pages.

    Raises pikepdf.PasswordError where it asks for another password, pikepdf.PdfError where nothing can be recovered,
    OrganizerError where it has no pages.
    """
    source = pikepdf.open(io.BytesIO(data), password=password)
    count = len(source.pages)
    if not count:
        raise OrganizerError(_("The file has no pages."), _("Import a complete copy of it."))
    is_damaged = bool(source.get_warnings()) or _pages_shown(data, password) != count
    steps = ((is_damaged, _("repaired, may lack something")), (source.is_encrypted, _("unlocked")))
    done = tuple(words for happened, words in steps if happened)
    as_it_came = not done and not shows_more_than_its_pages(source)
    removed = made_harmless(source)
    if as_it_came:
        return _Drawn(data, (), Source(data, removed, source))
    paper = io.BytesIO()
    source.save(paper, deterministic_id=True, encryption=False)
    return _Drawn(paper.getvalue(), done, Source(paper.getvalue(), removed))


def _pages_shown(data: bytes, password: str) -> int:
    """How many pages pdfium finds: where its page tree counts wrongly, other than qpdf; -1 where it opens none."""
    try:
        document = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError:
        return -1
    count = len(document)
    document.close()
    return count
