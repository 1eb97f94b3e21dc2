"""The words of a report's pages: from its text layer, and by recognition where a page has none."""

from collections.abc import Iterable

from organizer.base.progress import Progress
from organizer.importing.page_text.contents import media_type_of
from organizer.importing.page_text.scans import recognised_pages
from organizer.importing.page_text.text_layer import text_layers
from organizer.importing.page_text.words_on_page import PageWords

_FEW = 8  # words: a stamp or a page number on a scan is no text layer


def pages_of(data: bytes, recognised: Iterable[PageWords], progress: Progress) -> list[PageWords]:
    """The words of each page, in points of a PDF's page or pixels of a picture.

    `recognised` are pages on which words were recognised before; others without text are recognised now. Raises
    RecognitionMissingError where a page needs it and it isn't there, UnreadableSourceError, Cancelled.
    """
    known = {page.number: page for page in recognised if page.words}
    pages = {page.number: page for page in _text_layers(data, progress)} | known
    texts = [" " if len(pages[number].words) > _FEW else "" for number in sorted(pages)]
    if not all(texts):
        pages |= {page.number: page for page in recognised_pages(data, texts, progress) if page.words}
    return [pages[number] for number in sorted(pages)]


def _text_layers(data: bytes, progress: Progress) -> list[PageWords]:
    """A PDF's pages with the words of their text layers; a picture is one page without words."""
    if media_type_of(data[:1024]) != "application/pdf":
        return [PageWords(1, 1, 1, [])]
    return text_layers(data, progress=progress)
