"""Recognised words laid over a scan, unseen: so it can be searched, cited by place, heard, and redacted.

They are drawn in text rendering mode 3 (neither filled nor stroked, ISO 32000-1, 9.3.6), each stretched to its box.
What was recognised is never printed as a fact: it only lies on the page on which it was read.
"""

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from organizer.base import figures
from organizer.packet.exhibits.margins import PageNeeds, upright, widened
from organizer.packet.exhibits.source import contents_of
from organizer.packet.exhibits.unread import is_unread
from organizer.packet.page import scripts as letters
from organizer.packet.page import style
from organizer.packet.page.canvas import new_canvas
from organizer.packet.page.typesetting import plain
from organizer.store.recognised import RecognisedPage

_SMALLEST = 2.0  # points: below that a box is noise


def with_words(pdf: bytes, pages: Sequence[RecognisedPage]) -> bytes:
    """The document with each page's recognised words over it, on its turned pages too.

    Pages that have a text of their own stay as they are; a stamp or a fax's header line is none.
    """
    lacking = _without_text(pdf, [page for page in pages if page.words])
    if not lacking:
        return pdf
    style.register_fonts()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in lacking:
            _lay(document, document.pages[page.number - 1], page)
        paper = io.BytesIO()
        document.save(paper, deterministic_id=True)
    return paper.getvalue()


def _lay(document: pikepdf.Pdf, target: pikepdf.Page, page: RecognisedPage) -> None:
    """Draw a page's words, whose places are those of the page as it is seen, on the page as it is stored."""
    strip = widened(target, PageNeeds())
    with pikepdf.open(io.BytesIO(_layer(page, *strip.seen))) as drawn:
        words = document.copy_foreign(drawn.pages[0].as_form_xobject())
    name = target.add_resource(words, pikepdf.Name.XObject)
    matrix = " ".join(map(figures.plain, upright(strip)))
    before = document.make_stream(b"q\n")
    after = document.make_stream(f"\nQ q {matrix} cm {name} Do Q".encode())
    target.obj["/Contents"] = pikepdf.Array([before, *contents_of(target), after])


def _without_text(pdf: bytes, pages: Sequence[RecognisedPage]) -> list[RecognisedPage]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        count = len(document)
        return [page for page in pages if 0 < page.number <= count and _is_bare(document[page.number - 1])]
    finally:
        document.close()


def _is_bare(page: pypdfium2.PdfPage) -> bool:
    text = page.get_textpage()
    return text.count_chars() == 0 or is_unread(page, text)


def _layer(page: RecognisedPage, width: float, height: float) -> bytes:
    paper = io.BytesIO()
    canvas = new_canvas(paper, (width, height))
    write_unseen(canvas, page, 0.0, height, width / page.width, height / page.height)
    canvas.showPage()  # also where none of its words can be written
    canvas.save()
    return paper.getvalue()


def write_unseen(canvas: Canvas, page: RecognisedPage, left: float, top: float, across: float, down: float) -> None:
    """Write a page's words with its upper left corner at (left, top); `across` and `down` are points of its unit."""
    for text, x0, y0, x1, y1, _sure in page.words:
        shown, wide, high = plain(str(text)), (x1 - x0) * across, (y1 - y0) * down
        if not shown or wide < _SMALLEST or high < _SMALLEST:
            continue
        parts = letters.stretches(shown + " ", style.REGULAR, high)
        natural = sum(part.width for part in parts)
        drawn = canvas.beginText(left + x0 * across, top - y1 * down + high * 0.2)
        drawn.setTextRenderMode(3)  # unseen
        drawn.setHorizScale(100 * wide / natural if natural else 100)
        for part in parts:
            drawn.setFont(part.font, high)
            drawn.textOut(part.text)
        canvas.drawText(drawn)
