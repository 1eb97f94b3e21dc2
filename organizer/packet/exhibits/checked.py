"""The pages of a document looked through as they will be seen: what must be black is, what may not go out is held back.

A page that can't be searched may say anything, and a page that names another patient isn't the person's to give away:
both wait until the person has looked at them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pypdfium2

from organizer.base.i18n import _, ngettext
from organizer.model.entry import Entry
from organizer.packet.exhibits.drawn import Drawn
from organizer.packet.exhibits.margins import needs_of
from organizer.packet.exhibits.pages_of_others import pages_of_others
from organizer.packet.exhibits.places import find
from organizer.packet.exhibits.ready import Ready, Wanted
from organizer.packet.exhibits.redact import redact, says_any
from organizer.packet.exhibits.unread import held_back, unread_pages
from organizer.packet.facts import Place

Pages = Sequence[pypdfium2.PdfPage]
Texts = Sequence[pypdfium2.PdfTextPage]


@dataclass(frozen=True, slots=True)
class _Findings:
    """What keeps pages from being printed as they are: `unread` and `others` (with whom they name), and whether a
    line says what is to stay private."""

    unread: tuple[int, ...]
    others: dict[int, str]
    says_some: bool

    @property
    def held(self) -> tuple[int, ...]:
        """The pages that are held back, in their order."""
        return tuple(sorted({*self.unread, *self.others}))


def checked(drawn: Drawn, wanted: Wanted) -> Ready:
    """The pages with black bars and notices where they are needed, and where the entries stand on them."""
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        pages = list(document)
        texts = [page.get_textpage() for page in pages]
        count = len(pages)
        findings = _findings(pages, texts, wanted)
        if not findings.held and not findings.says_some:
            return _placed_on(drawn, pages, texts, wanted.entries)
    finally:
        document.close()

    lines: tuple[tuple[int, int], ...] = ()
    if findings.says_some and wanted.words is not None:
        without = redact(drawn.pdf, wanted.words, findings.held)
        lines = without.lines
        drawn = drawn.changed(without.pdf, _redacted_in_words(lines)) if lines else drawn
    if findings.held:
        drawn = _with_notices(drawn, findings, count)

    ready = _placed(drawn, wanted.entries)
    places = {entry: _not_on_a_notice(place, findings.held, ready.pages) for entry, place in ready.places.items()}
    others = tuple(sorted(findings.others.items()))
    return replace(ready, places=places, blackened=lines, held=findings.held, others=others, pages=count)


def _findings(pages: Pages, texts: Texts, wanted: Wanted) -> _Findings:
    """What the pages say, and which of them nobody can look through."""
    words, original = wanted.words, wanted.original
    # A picture drawn from a scan's own data holds no letters, but for devices that write into their pictures.
    may_hide_words = not original.caption or original.may_bear_words
    is_searched = words is not None and not wanted.is_looked_at and may_hide_words
    unread = unread_pages(pages, texts, original.recognised) if is_searched else ()

    # Pages that were written out from data name nobody but the person.
    is_asked = not wanted.is_looked_at and not original.caption and (wanted.is_own_file or wanted.is_foreign)
    spoken = [str(text.get_text_range()) for text in texts] if is_asked else []
    says_some = words is not None and says_any(texts, words)
    return _Findings(unread, pages_of_others(spoken, wanted.person), says_some)


def _with_notices(drawn: Drawn, findings: _Findings, count: int) -> Drawn:
    """The document with a page that says why in place of each that is held back."""
    unread = _(
        "Not shown: this page is a picture whose words were not read, so it could not be checked for what is to stay "
        "private. The patient keeps the original and can be asked for it."
    )
    others = _("Not shown: this page names another person. The patient keeps the original and can be asked for it.")
    notices = {number: others if number in findings.others else unread for number in findings.held}
    words = [_held_in_words(findings.unread, count)] if findings.unread else []
    words += [_others_in_words(findings.others, count)] if findings.others else []
    return drawn.changed(held_back(drawn.pdf, notices), "; ".join(words))


def _held_in_words(unread: Sequence[int], count: int) -> str:
    whole = _("held back: it could not be searched, and was not released")
    some = ngettext(
        "held back: page {pages} could not be searched, and was not released",
        "held back: pages {pages} could not be searched, and were not released",
        len(unread),
    )
    return _of_pages(unread, count, whole, some)


def _others_in_words(others: Collection[int], count: int) -> str:
    """For the index, which goes out: not whom they name."""
    whole = _("held back: it names another person, and was not released")
    some = ngettext(
        "held back: page {pages} names another person, and was not released",
        "held back: pages {pages} name another person, and were not released",
        len(others),
    )
    return _of_pages(sorted(others), count, whole, some)


def _of_pages(numbers: Sequence[int], count: int, whole: str, some: str) -> str:
    """The sentence of a whole document where all its pages are meant, else that of some of them, with their numbers."""
    return whole if len(numbers) == count else some.format(pages=", ".join(map(str, numbers)))


def _redacted_in_words(lines: Sequence[tuple[int, int]]) -> str:
    pages = [str(page) for page, _count in lines]
    words = ngettext("redacted: page {pages} is a picture", "redacted: pages {pages} are pictures", len(pages))
    return words.format(pages=", ".join(pages))


def _not_on_a_notice(place: Place, held: Collection[int], pages: int) -> Place:
    """A place without marks where its page is held back; on the only page where all of them are."""
    return replace(place, page=min(place.page, pages), boxes=()) if place.page in held else place


def _placed(drawn: Drawn, entries: Sequence[Entry]) -> Ready:
    """Where the entries stand on the pages as they are now."""
    document = pypdfium2.PdfDocument(drawn.pdf)
    try:
        pages = list(document)
        return _placed_on(drawn, pages, [page.get_textpage() for page in pages], entries)
    finally:
        document.close()


def _placed_on(drawn: Drawn, pages: Pages, texts: Texts, entries: Sequence[Entry]) -> Ready:
    """Where the entries stand on pages that are open, and what the pages need."""
    spots = find(texts, entries)
    places = {text: Place(0, spot.page, None, spot.boxes) for text, spot in spots.items()}
    needs = tuple(map(needs_of, pages, (text.count_chars() > 0 for text in texts)))
    return Ready(drawn.source, needs, places, done=drawn.done, pages=len(pages))
