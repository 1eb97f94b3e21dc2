"""The words of a report's pages: from its text layer, and by recognition where a page has none."""

from io import BytesIO
from typing import Any

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.importing.contents import media_type_of
from organizer.importing.recognition import DPI, recognise_page
from organizer.importing.text_layer import page_words
from organizer.importing.words_on_page import PageWords

_POINTS = 72  # an inch
_LONGEST_SIDE = 6_000  # pixels that a page is drawn at
_FEW = 8  # words: a stamp or a page number on a scan is no text layer


def pages_of(data: bytes, progress: Progress) -> list[PageWords]:
    """The words of each page, in points of a PDF's page or pixels of a picture.

    Raises RecognitionMissingError where a page needs it and it isn't there, UnreadableSourceError, Cancelled.
    """
    if media_type_of(data[:1024]) != "application/pdf":
        return [_picture(data)]
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable() from error
    try:
        return [_page(document, number, progress) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise _unreadable() from error
    finally:
        document.close()


def _page(document: Any, number: int, progress: Progress) -> PageWords:
    progress.check()
    progress.report(_("Reading page {n}").format(n=number + 1), number, len(document))
    page = document[number]
    told = page_words(page, number + 1)
    if len(told.words) > _FEW or not list(page.get_objects(max_depth=1)):
        return told
    width, height = page.get_size()
    scale = min(DPI / _POINTS, _LONGEST_SIDE / max(width, height, 1))
    out = BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(out, "PPM")
    words = [word.scaled(1 / scale) for word in recognise_page(out.getvalue())]
    return PageWords(number + 1, width, height, words)


def _picture(data: bytes) -> PageWords:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _unreadable() from error
    return PageWords(1, width, height, recognise_page(data))


def _unreadable() -> UnreadableSourceError:
    return UnreadableSourceError(
        _("This document can’t be opened to read results from it."),
        _("Print it to a new PDF, or scan it again, then import that."),
    )
