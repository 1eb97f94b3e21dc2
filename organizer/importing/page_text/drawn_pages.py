"""Pages without text, drawn to be read: those of a PDF, a picture, the pictures of a fax."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from organizer.base import pictures
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.page_text.contents import media_type_of

POINTS = 72  # an inch
DPI = 300
"""Resolution that a PDF's pages are drawn at, in pixels an inch."""
LONGEST_SIDE = 6_000  # pixels that a page is drawn at


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as a Pillow picture in colour, with the page's own size and how many pixels its unit has.

    The unit is a point for a PDF's page, which `is_paper`, and a pixel of the picture as it is shown for others.
    """

    picture: Any
    width: float
    height: float
    scale: float
    is_paper: bool = False


def drawn_page(data: bytes, number: int) -> DrawnPage:
    """Page `number` (from 0) of a file. Raises UnreadableSourceError for what can't be drawn."""
    if media_type_of(data[:1024]) == "application/pdf":
        return _page_of_pdf(data, number)
    with _opened(data) as opened:
        return _page_of_picture(opened, number)


def count_here(data: bytes, _progress: Progress) -> int:
    """How many pages a file has. Raises UnreadableSourceError for what can't be opened."""
    if media_type_of(data[:1024]) != "application/pdf":
        with _opened(data) as opened:
            return pictures.page_count(opened)
    with _pdf(data) as document:
        return len(document)


def _page_of_pdf(data: bytes, number: int) -> DrawnPage:
    with _pdf(data) as document:
        page = document[number]
        width, height = page.get_size()
        scale = min(DPI / POINTS, LONGEST_SIDE / max(width, height, 1))
        picture = page.render(scale=scale).to_pil().convert("RGB")
        return DrawnPage(picture, width, height, scale, is_paper=True)


@contextmanager
def _pdf(data: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
        try:
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableSourceError(
            _("A page of this PDF can’t be drawn."), _("Print it to a new PDF, then import that.")
        ) from error


def _page_of_picture(opened: Any, number: int) -> DrawnPage:
    pictures.turn_to(opened, number)
    wide = opened.width
    # A camera's JPEG of any size is decoded at a half or a quarter, where that is large enough.
    enough = LONGEST_SIDE / max(opened.size)
    opened.draft("RGB", (int(opened.width * enough), int(opened.height * enough)))
    scale = opened.width / wide
    width, height = pictures.upright_size(opened)
    picture = pictures.on_white(pictures.upright(opened))
    longest = max(picture.size)
    if longest > LONGEST_SIDE * 2:
        picture = picture.reduce(longest // LONGEST_SIDE)
    return DrawnPage(picture, width / scale, height / scale, scale * max(picture.size) / longest)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    try:
        with pictures.opened(data) as opened:
            yield opened
    except pictures.PictureError as error:
        raise UnreadableSourceError(
            _("This picture is damaged or far too large."), _("Save it anew, as JPEG or PNG, then import that.")
        ) from error
