"""Lines taken out of a document's pages for good: such a page becomes a picture in which they are blacked out.

Text and pixels are gone, not covered: nothing of the page's own text, fonts or pictures is kept. The words beside the
bars are laid over the picture, unseen, so that they can still be searched and heard.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from organizer.health.vocabulary import WordFinder
from organizer.packet.exhibits.bars import Strip, strips_of
from organizer.packet.exhibits.invisible import write_unseen
from organizer.packet.exhibits.page_words import Box, Letter, hits, letters_of, says
from organizer.packet.page.canvas import new_canvas
from organizer.store.recognised import Placed, RecognisedPage

DOTS = 200  # an inch: what a fax machine's finest mode shows, and enough to read 6-point print
MOST_DOTS = 5000  # of a page's longer side: a sheet of A2 as finely, a poster more coarsely
_BLANK = Letter(" ", (0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0), 0)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A document without some lines: its bytes, and how many lines were taken out of which pages (from 1)."""

    pdf: bytes
    lines: tuple[tuple[int, int], ...]


def says_any(texts: Iterable[pypdfium2.PdfTextPage], words: WordFinder) -> bool:
    """Whether any page says one of the words: most documents don't, and need no second look."""
    return any(says(text.get_text_range(), words) for text in texts)


def redact(pdf: bytes, words: WordFinder, besides: Collection[int] = ()) -> Redacted:
    """Take out each line of text that says one of the words, with what belongs to it, but for the pages `besides`.

    Pages that can't be searched are another matter (`unread.py`).
    """
    document = pypdfium2.PdfDocument(pdf)
    pictures: dict[int, Picture] = {}
    lines = []
    try:
        for number, page in enumerate(document):
            text = page.get_textpage()
            has_words = number + 1 not in besides and says(text.get_text_range(), words)
            letters = letters_of(text) if has_words else []
            text.close()
            strips = strips_of(letters, hits(letters, words))
            if strips:
                pictures[number] = _blackened(page, strips, number + 1, letters, words)
                lines.append((number + 1, len(strips)))
            page.close()
    finally:
        document.close()
    return Redacted(_with_pictures(pdf, pictures) if pictures else pdf, tuple(lines))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is seen with its bars, as a JPEG; its size in points; the words that stand beside the bars."""

    jpeg: bytes
    size: tuple[float, float]
    words: RecognisedPage


def _blackened(
    page: pypdfium2.PdfPage, strips: Sequence[Strip], number: int, letters: Sequence[Letter], words: WordFinder
) -> Picture:
    """The page as it is seen, as a JPEG with the lines black from edge to edge."""
    turned = page.get_rotation()
    left, bottom, right, top = page.get_cropbox()
    page.set_rotation(0)
    scale = min(DOTS / 72, MOST_DOTS / max(right - left, top - bottom, 1.0))
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for strip in strips:
        pen.rectangle([edge * scale for edge in _edges(strip, (left, bottom, right, top))], fill="black")
    if turned:
        picture = picture.rotate(-turned, expand=True)
        page.set_rotation(turned)
    paper = io.BytesIO()
    picture.save(paper, "JPEG", quality=80, dpi=(DOTS, DOTS))
    size = page.get_size()
    beside = _words_beside(letters, strips)
    seen = tuple(_seen_word(word, (left, bottom, right, top), turned) for word in beside)
    safe = seen if not says(" ".join(str(word[0]) for word in seen), words) else ()
    return Picture(paper.getvalue(), size, RecognisedPage(number, size[0], size[1], safe))


def _edges(strip: Strip, page: Box) -> tuple[float, float, float, float]:
    """A strip's edges on its page, in points from the upper left corner."""
    left, bottom, right, top = page
    if strip.upright:
        begin, end = max(strip.begin, bottom), min(strip.end, top)
        return strip.low - left, top - end, strip.high - left, top - begin
    begin, end = max(strip.begin, left), min(strip.end, right)
    return begin - left, top - strip.high, end - left, top - strip.low


def _words_beside(letters: Sequence[Letter], strips: Sequence[Strip]) -> Iterator[tuple[str, Box]]:
    """The words of a page that no strip touches, each with its box on the stored page."""
    word: list[Letter] = []
    for letter in (*letters, _BLANK):
        has_ink = letter.text.isprintable() and not letter.text.isspace() and letter.box[2] > letter.box[0]
        if has_ink and not any(strip.touches(letter.box) for strip in strips):
            word.append(letter)
            continue
        if word:
            left, bottom, right, top = zip(*(letter.loose for letter in word), strict=True)
            yield "".join(letter.text for letter in word), (min(left), min(bottom), max(right), max(top))
        word = []


def _seen_word(word: tuple[str, Box], page: Box, turned: int) -> Placed:
    """A word with its box on the page as it is seen, from the upper left corner down."""
    text, (x0, y0, x1, y1) = word
    left, bottom, right, top = page
    seen = {
        90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: (top - y1, right - x1, top - y0, right - x0),
    }.get(turned, (x0 - left, top - y1, x1 - left, top - y0))
    return (text, *seen, 100.0)


def _with_pictures(pdf: bytes, pictures: dict[int, Picture]) -> bytes:
    drawn = io.BytesIO()
    canvas = new_canvas(drawn)
    for picture in pictures.values():
        width, height = picture.size
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(picture.jpeg)), 0, 0, width, height)
        write_unseen(canvas, picture.words, 0.0, height, 1.0, 1.0)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.open(drawn) as sheets, pikepdf.Pdf.new() as made:
        places = {number: place for place, number in enumerate(pictures)}
        for number, page in enumerate(source.pages):
            made.pages.append(sheets.pages[places[number]] if number in places else page)
        paper = io.BytesIO()
        made.save(paper, deterministic_id=True)
    return paper.getvalue()
