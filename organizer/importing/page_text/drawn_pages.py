"""Pages without text, drawn to be read: those of a PDF, a picture, the pictures of a fax."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.importing.page_text.contents import media_type_of

POINTS = 72  # an inch
DPI = 300
"""Resolution that a PDF's pages are drawn at, in pixels an inch."""
MOST_PIXELS = 60_000_000
_ORIENTATION = 0x0112  # of Exif 2.32, 4.6.4
LONGEST_SIDE = 6_000  # pixels that a page is drawn at


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as a Pillow picture in colour, with the page's own size and how many pixels its unit has.

    The unit is a point for a PDF's page and a pixel of the picture as it is shown for others. `count` is how many
    pages the file has.
    """

    picture: Any
    width: float
    height: float
    scale: float
    count: int


def drawn_page(data: bytes, number: int) -> DrawnPage:
    """Page `number` (from 0) of a file. Raises UnreadableSourceError for what can't be drawn."""
    if media_type_of(data[:1024]) == "application/pdf":
        return _page_of_pdf(data, number)
    with _opened(data) as opened:
        return _picture(opened, number)


def count_of(data: bytes) -> int:
    """How many pages a file has. Raises UnreadableSourceError for what can't be opened."""
    if media_type_of(data[:1024]) != "application/pdf":
        with _opened(data) as opened:
            return _frames(opened)
    with _pdf(data) as document:
        return len(document)


def _page_of_pdf(data: bytes, number: int) -> DrawnPage:
    with _pdf(data) as document:
        page = document[number]
        width, height = page.get_size()
        scale = min(DPI / POINTS, LONGEST_SIDE / max(width, height, 1))
        picture = page.render(scale=scale).to_pil().convert("RGB")
        return DrawnPage(picture, width, height, scale, len(document))


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


def _picture(opened: Any, number: int) -> DrawnPage:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            opened.seek(number)
            wide = opened.width
            # A camera's JPEG of any size is decoded at a half or a quarter, where that is large enough.
            enough = LONGEST_SIDE / max(opened.size)
            opened.draft("RGB", (int(opened.width * enough), int(opened.height * enough)))
            if opened.width * opened.height > MOST_PIXELS:
                raise ValueError("too large")
            shrunk = opened.width / wide
            upright = _upright(opened)
    except (OSError, ValueError, SyntaxError, EOFError, Warning) as error:
        raise _unusable() from error
    return DrawnPage(upright, upright.width / shrunk, upright.height / shrunk, shrunk, _frames(opened))


def _upright(opened: Any) -> Any:
    """The picture as it is shown: turned as the camera says."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }  # fmt: skip
    turn = turns.get(opened.getexif().get(_ORIENTATION))
    picture = _on_white(opened)
    return picture if turn is None else picture.transpose(turn)


def _on_white(opened: Any) -> Any:
    """The picture in colour; where it is transparent there is paper."""
    from PIL import Image

    if opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info:
        colours = opened.convert("RGBA")
        paper = Image.new("RGBA", colours.size, "white")
        return Image.alpha_composite(paper, colours).convert("RGB")
    if opened.mode.startswith(("I", "F")):
        return _in_bytes(opened).convert("RGB")
    return opened.convert("RGB")


def _in_bytes(opened: Any) -> Any:
    """A picture of more than 256 shades of grey in those."""
    darkest, lightest = opened.getextrema()
    factor = 255 / max(lightest - darkest, 1e-9)
    return opened.convert("F").point(lambda shade: shade * factor - darkest * factor).convert("L")


def _frames(opened: Any) -> int:
    """A fax as TIFF has several pages; what moves has one."""
    return getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures that may be bombs, and refuses those twice as large.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(data))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unusable() from error
    with opened:
        yield opened


def _unusable() -> UnreadableSourceError:
    return UnreadableSourceError(
        _("This picture is damaged or far too large."), _("Save it anew, as JPEG or PNG, then import that.")
    )
