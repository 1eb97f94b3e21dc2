"""Lines taken out of a document's pages for good: such a page becomes a picture in which they are blacked out.

Text and pixels are gone, not covered: nothing of the page's own text, fonts or pictures is kept.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from organizer.health.vocabulary import WordFinder

DOTS = 200  # an inch: what a fax machine's finest mode shows, and enough to read 6-point print
_MARGIN = 1.5  # points around a line's letters


@dataclass(frozen=True, slots=True)
class Redacted:
    """A document without some lines: its bytes, and how many lines were taken out of which pages (from 1)."""

    pdf: bytes
    lines: tuple[tuple[int, int], ...]


def says_any(texts: Iterable[pypdfium2.PdfTextPage], words: WordFinder) -> bool:
    """Whether any page says one of the words: most documents don't, and need no second look."""
    return any(words.search(text.get_text_range()) for text in texts)


def redact(pdf: bytes, words: WordFinder) -> Redacted:
    """Take out each line of text that says one of the words. A page without a text layer can't be searched."""
    document = pypdfium2.PdfDocument(pdf)
    pictures: dict[int, tuple[bytes, tuple[float, float]]] = {}
    lines = []
    try:
        for number, page in enumerate(document):
            boxes = _lines(page, words)
            if boxes:
                pictures[number] = (_blackened(page, boxes), page.get_size())
                lines.append((number + 1, len(boxes)))
            page.close()
    finally:
        document.close()
    return Redacted(_with_pictures(pdf, pictures) if pictures else pdf, tuple(lines))


def _lines(page: pypdfium2.PdfPage, words: WordFinder) -> list[tuple[float, float]]:
    """The lower and upper edge of each line that says one of the words, in points of the stored page."""
    text = page.get_textpage()
    edges = []
    for hit in words.finditer(text.get_text_range()):
        for number in range(text.count_rects(hit.start, hit.end - hit.start)):
            _left, bottom, _right, top = text.get_rect(number)
            edges.append((bottom - _MARGIN, top + _MARGIN))
    text.close()
    return _joined(sorted(edges))


def _joined(edges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for bottom, top in edges:
        if joined and bottom <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(top, joined[-1][1]))
        else:
            joined.append((bottom, top))
    return joined


def _blackened(page: pypdfium2.PdfPage, lines: list[tuple[float, float]]) -> bytes:
    """The page as it is seen, as a JPEG with the lines black from edge to edge."""
    turned = page.get_rotation()
    left, _bottom, right, top = page.get_cropbox()
    page.set_rotation(0)
    scale = DOTS / 72
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for low, high in lines:
        pen.rectangle((0, (top - high) * scale, (right - left) * scale, (top - low) * scale), fill="black")
    if turned:
        picture = picture.rotate(-turned, expand=True)
        page.set_rotation(turned)
    paper = io.BytesIO()
    picture.save(paper, "JPEG", quality=80, dpi=(DOTS, DOTS))
    return paper.getvalue()


def _with_pictures(pdf: bytes, pictures: dict[int, tuple[bytes, tuple[float, float]]]) -> bytes:
    drawn = io.BytesIO()
    canvas = Canvas(drawn, invariant=1)
    for jpeg, (width, height) in pictures.values():
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.open(drawn) as sheets, pikepdf.Pdf.new() as made:
        places = {number: place for place, number in enumerate(pictures)}
        for number, page in enumerate(source.pages):
            made.pages.append(sheets.pages[places[number]] if number in places else page)
        paper = io.BytesIO()
        made.save(paper, deterministic_id=True)
    return paper.getvalue()
