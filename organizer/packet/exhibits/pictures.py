"""Pictures on pages of their own: every page of a fax, upright as the camera noted, smaller where they are huge."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.base import pictures
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.packet.exhibits.invisible import write_unseen
from organizer.packet.exhibits.readable import GAP, TOP, spoken
from organizer.packet.packet_input import OriginalFile
from organizer.packet.page import style
from organizer.packet.page.canvas import new_canvas
from organizer.packet.page.typesetting import Run, Text, plain

_ORIENTATION = 0x0112  # EXIF 2.32, tag of the camera's turn
_AS_THEY_ARE = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr"})  # modes that reportlab keeps
_MOST_BELOW = 5  # lines below a picture with a caption
_MOST_PIXELS = 40_000_000  # as they are: a telephone's photo; more is drawn with fewer
_LONGEST_SIDE = 5000  # pixels of a picture that is drawn with fewer: 450 an inch on paper


@dataclass(frozen=True, slots=True)
class PicturePages:
    """Pages with a picture each, and whether it is smaller than it came."""

    pdf: bytes
    is_smaller: bool = False


def picture_pages(original: OriginalFile, page_size: str, entries: Sequence[Entry] = ()) -> PicturePages:
    """Each picture of a file on a page of its own, whole, never enlarged beyond 150 dots per inch; one with a caption
    to 50. Below the caption stand the entries that were read from the picture's file.

    Raises UnreadableSourceError where it is too large or damaged.
    """
    size = style.PAGE_SIZES[page_size]
    paper = io.BytesIO()
    canvas = new_canvas(paper, size, lang="en")
    canvas.setTitle(plain(original.file_name))
    is_smaller = False
    for number, frame in enumerate(_frames(original.data), 1):
        is_smaller = is_smaller or frame.is_smaller
        _draw(canvas, frame.image, original, number, size, entries)
        canvas.showPage()
    canvas.save()
    return PicturePages(paper.getvalue(), is_smaller)


def _draw(
    canvas: Canvas,
    image: ImageReader,
    original: OriginalFile,
    number: int,
    size: tuple[float, float],
    entries: Sequence[Entry],
) -> None:
    """One picture with the words recognised on it, unseen, and its caption."""
    width, height = size
    pixels_wide, pixels_high = image.getSize()
    free, finest = (height - 300, 50) if original.caption else (height - 160, 150)
    scale = min((width - 72) / pixels_wide, free / pixels_high, 72 / finest)
    drawn = (pixels_wide * scale, pixels_high * scale)
    left = (width - drawn[0]) / 2
    canvas.drawImage(image, left, height - TOP - drawn[1], drawn[0], drawn[1])
    for page in original.recognised:
        if page.number == number:
            write_unseen(canvas, page, left, height - TOP, drawn[0] / page.width, drawn[1] / page.height)
    if original.caption:
        top = height - TOP - drawn[1] - 12
        runs = [Run(original.caption, style.MUTED), *(Run(spoken(entry), style.BODY) for entry in entries)]
        for run in runs[:_MOST_BELOW]:
            text = Text([run], width - 2 * style.MARGIN, 2)
            text.draw(canvas, style.MARGIN, top)
            top -= text.height + GAP


@dataclass(frozen=True, slots=True)
class _Frame:
    image: ImageReader
    is_smaller: bool = False


def _frames(data: bytes) -> Iterator[_Frame]:
    """The pictures of a file: the pages of a fax, else the first. Ordinary ones keep their own compression."""
    try:
        with pictures.opened(data) as photo:
            yield from _pages(photo, data)
    except pictures.PictureError as error:
        raise _too_large() if error.is_too_large else _damaged() from error


def _pages(photo: Image.Image, data: bytes) -> Iterator[_Frame]:
    count, is_huge = pictures.page_count(photo), photo.width * photo.height > _MOST_PIXELS
    if count == 1 and not is_huge and photo.mode in _AS_THEY_ARE:
        yield _Frame(ImageReader(io.BytesIO(_upright(photo, data))))
        return
    for number in range(count):
        pictures.turn_to(photo, number)
        page = pictures.upright(pictures.smaller(photo, _LONGEST_SIDE) if is_huge else photo)
        yield _Frame(ImageReader(page.convert("L") if page.mode in ("1", "L") else pictures.on_white(page)), is_huge)


def _too_large() -> UnreadableSourceError:
    return UnreadableSourceError(
        _("The picture is far too large to be printed."), _("Save a smaller copy of it, then import that.")
    )


def _damaged() -> UnreadableSourceError:
    return UnreadableSourceError(
        _("The file is damaged and can’t be shown."), _("Save it anew, as JPEG or PNG, then import that.")
    )


def _upright(photo: Image.Image, data: bytes) -> bytes:
    """A photograph as it is meant to be seen, where its camera noted a turn; else the bytes as they came."""
    if photo.getexif().get(_ORIENTATION, 1) in (0, 1):
        return data
    paper = io.BytesIO()
    ImageOps.exif_transpose(photo).save(paper, photo.format or "PNG", quality=92)
    return paper.getvalue()
