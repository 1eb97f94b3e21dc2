"""Text on scans and photos: recognised when the person asks, searchable, laid over the page; never taken as a fact."""

from collections.abc import Sequence
from itertools import chain

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.importing.page_text import text_layer
from organizer.importing.page_text.headings import day_of_picture, day_on, title_of
from organizer.importing.page_text.recognition import (
    available,
    how_to_install,
    in_words,
    languages_to_choose,
    make_sure,
    read_in,
)
from organizer.importing.page_text.scans import recognised_pages, text_of
from organizer.importing.page_text.words_on_page import PageWords, Word
from organizer.model.entry import Changes, Entry
from organizer.model.ids import PersonId, Sha256
from organizer.services.record.records import Record
from organizer.store import change_log, originals, recognised
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.recognised import RecognisedPage

__all__ = ["PageWords", "Word", "available", "how_to_install", "in_words", "languages_to_choose", "read_in"]

MOST_PAGES = 60  # whose text layer is laid over them: further ones would keep the reader waiting


def waiting(record: Record, person: PersonId) -> list[str]:
    """The ids of a person's documents with pages that have no text and that nothing was recognised on yet."""
    return recognised.waiting(record, person)


def waiting_in(record: Record, person: PersonId, sha256: Sha256) -> list[str]:
    """Of these the ids of those that show one file."""
    return [entry.id for entry in reading.many(record, waiting(record, person)) if entry.text("file") == sha256]


def recognise(record: Record, ids: Sequence[str], progress: Progress) -> Changes:
    """Recognise the pages without text of these documents: one operation.

    What was done before a cancel is not kept. Raises RecognitionMissingError where nothing here reads pictures,
    Cancelled, and UnreadableSourceError where nothing was recognised at all.
    """
    make_sure()
    edits = []
    recognitions: list[tuple[str, RecognisedPage]] = []
    for number, document in enumerate(reading.many(record, ids)):
        progress.check()
        progress.report(_("Recognising text in {title}").format(title=document.title), number, len(ids))
        pages = _pages(record, document, progress)
        pages = [page for page in pages if _says_something(page)]
        if not pages:
            continue
        texts = [""] * max((page.number for page in pages), default=1)
        for page in pages:
            texts[page.number - 1] = text_of(page)
            recognitions.append((document.text("file"), _placed(page)))
        edits.append(Replace(_headed(record, document, texts)))
    for sha256, placed in recognitions:
        recognised.put(record, Sha256(sha256), placed)
    if not edits:
        step = _("They are kept. Try sharper scans, 300 dpi and upright.")
        raise UnreadableSourceError(_("No text could be recognised on these pages."), step)
    words = ngettext("Recognised the text of {n} document", "Recognised the text of {n} documents", len(edits))
    if len(edits) < len(ids):
        words += _("; on {missing} nothing could be recognised")
    return change_log.apply(record, words.format(n=len(edits), missing=len(ids) - len(edits)), edits)


def _headed(record: Record, document: Entry, texts: list[str]) -> Entry:
    """The document with its words, and with the title and the day that its first page gives.

    Only in place of what isn't its own: a file's name, the day on which the photograph was taken.
    """
    sha256 = Sha256(document.text("file"))
    page = next(text for text in texts if text)
    name = originals.info(record, sha256).name
    is_named_by_file = document.title == title_of("", "", name)
    title = title_of(page, "", name) if is_named_by_file else document.title
    happened = document.happened
    if happened is None or happened == day_of_picture(originals.read(record, sha256), document.text("media_type")):
        happened = day_on(page) or happened
    return document.having(title=title, happened=happened, data={**document.data, "recognised_texts": texts})


def words_on(record: Record, sha256: Sha256) -> list[PageWords]:
    """The words of a document's pages with their places, in points of a PDF or pixels of a picture.

    Those of a text layer (of the first MOST_PAGES pages), and those that were recognised on pages without one.
    """
    by_number = {page.number: page for page in text_layer.pages_with_text(originals.read(record, sha256), MOST_PAGES)}
    for page in recognised.pages(record, sha256):
        words = [Word(*word) for word in page.words]
        by_number.setdefault(page.number, PageWords(page.number, page.width, page.height, words))
    return [by_number[number] for number in sorted(by_number)]


def _says_something(page: PageWords) -> bool:
    """Whether there is a word on a page: rules and specks that were taken for dashes are none."""
    return any(sign.isalnum() for sign in chain.from_iterable(word.text for word in page.words))


def _pages(record: Record, document: Entry, progress: Progress) -> list[PageWords]:
    texts = document.data.get("page_texts")
    try:
        data = originals.read(record, Sha256(document.text("file")))
        return list(recognised_pages(data, texts if isinstance(texts, list) else [], progress))
    except UnreadableSourceError:
        return []


def _placed(page: PageWords) -> RecognisedPage:
    words = tuple(
        (word.text, *(round(side, 1) for side in (word.x0, word.y0, word.x1, word.y1)), word.confidence or 0.0)
        for word in page.words
    )
    return RecognisedPage(page.number, page.width, page.height, words)  # type: ignore[arg-type]
