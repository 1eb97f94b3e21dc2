"""Recognised words laid over a scan, unseen: so it can be searched, cited by place, heard, and redacted.

They are drawn in text rendering mode 3 (neither filled nor stroked, ISO 32000-1, 9.3.6), each stretched to its box.
What was recognised is never printed as a fact: it only lies on the page on which it was read.
"""

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from organizer.packet.page import scripts as letters
from organizer.packet.page import style
from organizer.packet.page.typesetting import plain
from organizer.store.recognised import RecognisedPage

_SMALLEST = 2.0  # points: below that a box is noise


def with_words(pdf: bytes, pages: Sequence[RecognisedPage]) -> bytes:
    """The document with each page's recognised words over it; pages that have a text of their own stay as they are."""
    lacking = _without_text(pdf, [page for page in pages if page.words])
    if not lacking:
        return pdf
    style.register_fonts()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in lacking:
            target = document.pages[page.number - 1]
            box = [float(edge) for edge in target.cropbox]
            turned = int(target.obj.get("/Rotate", 0)) % 360
            if turned:
                continue  # the words' places are those of the upright page
            layer = _layer(page, box[2] - box[0], box[3] - box[1])
            with pikepdf.open(io.BytesIO(layer)) as drawn:
                target.add_overlay(drawn.pages[0], pikepdf.Rectangle(*box))
        paper = io.BytesIO()
        document.save(paper, deterministic_id=True)
    return paper.getvalue()


def _without_text(pdf: bytes, pages: Sequence[RecognisedPage]) -> list[RecognisedPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        count = len(document)
        return [
            page
            for page in pages
            if 0 < page.number <= count and document[page.number - 1].get_textpage().count_chars() == 0
        ]
    finally:
        document.close()


def _layer(page: RecognisedPage, width: float, height: float) -> bytes:
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(width, height), invariant=1)
    write_unseen(canvas, page, 0.0, height, width / page.width, height / page.height)
    canvas.save()
    return paper.getvalue()


def write_unseen(canvas: Canvas, page: RecognisedPage, left: float, top: float, across: float, down: float) -> None:
    """Write a page's words with its upper left corner at (left, top); `across` and `down` are points of its unit."""
    for text, x0, y0, x1, y1, _sure in page.words:
        shown, wide, high = plain(str(text)), (x1 - x0) * across, (y1 - y0) * down
        if not shown or wide < _SMALLEST or high < _SMALLEST:
            continue
        natural = letters.width(shown, style.REGULAR, high)
        drawn = canvas.beginText(left + x0 * across, top - y1 * down + high * 0.2)
        drawn.setTextRenderMode(3)  # unseen
        drawn.setHorizScale(100 * wide / natural if natural else 100)
        drawn.setFont(style.REGULAR, high)
        drawn.textOut(shown + " ")
        canvas.drawText(drawn)
