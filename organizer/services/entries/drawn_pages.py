"""Pages of a document drawn, in the process that reads foreign files: see `organizer.base.apart`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from organizer.base import pictures
from organizer.base.apart.wire import Answer
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.base.remembered import remembered
from organizer.importing.page_text.contents import media_type_of

LONGEST_SIDE = 6_000  # pixels of a drawn page: twice what a large screen has
MOST_PAGES = 20_000  # that are offered to be looked at
MOST_PICTURES = 60  # of one file; the packet prints all


def sizes(data: bytes, progress: Progress) -> list[tuple[float, float]]:
    """Width and height of each page: points of a PDF, pixels of an upright picture. Raises UnreadableSourceError."""
    if media_type_of(data[:1024]) != "application/pdf":
        return _picture_sizes(data, progress)
    with _with_plain_errors():
        document = _opened(data)
        return [document.get_page_size(number) for number in range(min(len(document), MOST_PAGES))]


def drawn(data: bytes, page: int, scale: float, _progress: Progress) -> Answer:
    """Page `page` (from 0) at `scale` pixels a point, or of a picture's own: width, height, bytes a row, then rows of
    B, G, R and one byte more. Raises UnreadableSourceError."""
    if media_type_of(data[:1024]) != "application/pdf":
        return _picture(data, page, scale)
    with _with_plain_errors():
        document = _opened(data)
        width, height = document.get_page_size(page)
        scale = min(scale, LONGEST_SIDE / max(width, height, 1))
        bitmap = document[page].render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
    return Answer([bitmap.width, bitmap.height, bitmap.stride], (bytes(bitmap.buffer),))


def first_within(data: bytes, width: int, height: int, progress: Progress) -> Answer:
    """The first page as large as fits into so many pixels, see `drawn`."""
    pages = sizes(data, progress)
    if not pages:
        raise UnreadableSourceError(_("The file has no pages."), _("Import a complete copy of it."))
    wide, high = pages[0]
    return drawn(data, 0, min(width / max(wide, 1), height / max(high, 1)), progress)


@remembered(2)
def _opened(data: bytes) -> Any:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if document.get_formtype():
        # What was filled in is drawn as in a packet: pdfium itself draws it only where a form may be changed.
        answered = _with_answers(data)
        document.close()
        document = pypdfium2.PdfDocument(answered)
    return document


@contextmanager
def _with_plain_errors() -> Iterator[None]:
    """What pdfium says of a document or one of its pages, in words. Raises UnreadableSourceError."""
    import pypdfium2

    try:
        yield
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise UnreadableSourceError(
            _("This PDF can’t be opened."), _("If it asks for a password elsewhere, print it to a new PDF first.")
        ) from error


def _with_answers(data: bytes) -> bytes:
    """A form with its answers drawn into its pages; as it is where another library can't open it."""
    from organizer.packet.exhibits.drawn import opened
    from organizer.packet.exhibits.ready import FAULTS

    try:
        return opened(data).pdf
    except FAULTS:
        return data


def _picture_sizes(data: bytes, progress: Progress) -> list[tuple[float, float]]:
    sizes: list[tuple[float, float]] = []
    try:
        with pictures.opened(data) as picture:
            for number in range(min(pictures.page_count(picture), MOST_PICTURES)):
                progress.check()
                pictures.turn_to(picture, number)
                sizes.append(pictures.upright_size(picture))
    except pictures.PictureError as error:
        raise _unusable(error) from error
    return sizes


def _picture(data: bytes, page: int, scale: float) -> Answer:
    try:
        with pictures.opened(data) as picture:
            pictures.turn_to(picture, page)
            wide, high = pictures.upright_size(picture)
            scale = min(scale, 1.0, LONGEST_SIDE / max(wide, high, 1))
            size = (max(1, round(wide * scale)), max(1, round(high * scale)))
            if picture.format == "JPEG":
                picture.draft("RGB", (max(size), max(size)))  # decoded smaller: no room for all of its pixels
            seen = pictures.on_white(pictures.upright(picture))
    except pictures.PictureError as error:
        raise _unusable(error) from error
    small = seen if seen.size == size else seen.resize(size, reducing_gap=2.0)
    return Answer([*size, 4 * size[0]], (small.tobytes("raw", "BGRX"),))


def _unusable(error: pictures.PictureError) -> UnreadableSourceError:
    if error.is_too_large:
        return UnreadableSourceError(
            _("The picture is far too large to be shown."), _("Save a smaller copy of it, then import that.")
        )
    return UnreadableSourceError(
        _("This picture is damaged or of a kind that can’t be shown here."),
        _("Save it anew, as JPEG or PNG, then import that."),
    )
