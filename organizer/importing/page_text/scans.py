"""The words that recognition finds on pages without text."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.page_text.contents import media_type_of
from organizer.importing.page_text.recognition import DPI, recognise_page
from organizer.importing.page_text.words_on_page import PageWords, Word

POINTS = 72  # an inch
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 6_000  # pixels that a page is drawn at


def recognised_pages(data: bytes, texts: list[str], progress: Progress) -> Iterator[PageWords]:
    """The words of each page that has no text: points of a PDF's page, pixels of a picture.

    `texts` are a PDF's pages as its text layer has them. A page on which nothing is recognised has no words. Raises
    Cancelled, RecognitionMissingError, and UnreadableSourceError for what can't be drawn.
    """
    if media_type_of(data[:1024]) != "application/pdf":
        yield from _recognised_pictures(data, progress)
        return
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        bare = [number for number in range(len(document)) if number >= len(texts) or not texts[number]]
        for done, number in enumerate(bare):
            progress.check()
            progress.report(_("Recognising text, page {n}").format(n=number + 1), done, len(bare))
            yield _recognised_or_bare(document[number], number + 1)
        document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableSourceError(
            _("A page of this PDF can’t be drawn."), _("Print it to a new PDF, then import that.")
        ) from error


def text_of(page: PageWords) -> str:
    """The words of a page as lines: a new one begins where a word stands left of the one before it."""
    lines: list[list[str]] = []
    before: Word | None = None
    for word in page.words:
        if before is None or word.x0 < before.x0:
            lines.append([])
        lines[-1].append(word.text)
        before = word
    return "\n".join(" ".join(line) for line in lines)


def recognised_page(page: Any, number: int) -> PageWords:
    """The words recognised on an open pypdfium2 page, in points. Raises as `recognise_page`."""
    width, height = page.get_size()
    scale = min(DPI / POINTS, LONGEST_SIDE / max(width, height, 1))
    grey = page.render(scale=scale, grayscale=True).to_pil()
    return PageWords(number, width, height, [word.scaled(1 / scale) for word in recognise_page(_pgm(grey))])


def _recognised_pictures(data: bytes, progress: Progress) -> Iterator[PageWords]:
    """The words on each picture of a file: a fax as TIFF has several."""
    with _opened(data) as opened:
        count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
        for number in range(count):
            progress.check()
            progress.report(_("Recognising text, page {n}").format(n=number + 1), number, count)
            opened.seek(number)
            grey = _upright(opened)
            yield PageWords(number + 1, grey.width, grey.height, recognise_page(_pgm(grey)))


def _recognised_or_bare(page: Any, number: int) -> PageWords:
    try:
        return recognised_page(page, number)
    except UnreadableSourceError:  # this page only: the others are still recognised
        width, height = page.get_size()
        return PageWords(number, width, height, [])


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow warns of pictures that are bombs
            opened = Image.open(BytesIO(data))
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too large")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise _unusable() from error
    with opened:
        yield opened


def _upright(opened: Any) -> Any:
    from PIL import ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return ImageOps.exif_transpose(opened).convert("L")
    except (OSError, ValueError, SyntaxError, EOFError, Warning) as error:
        raise _unusable() from error


def _unusable() -> UnreadableSourceError:
    return UnreadableSourceError(
        _("This picture is damaged or far too large."), _("Save it anew, as JPEG or PNG, then import that.")
    )


def _pgm(grey: Any) -> bytes:
    """The picture as tesseract reads it from its standard input; nothing touches the disk."""
    out = BytesIO()
    grey.save(out, "PPM")
    return out.getvalue()
