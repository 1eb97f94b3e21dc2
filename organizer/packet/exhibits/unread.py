"""Pages whose words nobody can look through: scans, photographs, letters drawn as lines, text without its alphabet.

Such a page may say anything. Where sensitive matters stay out it is held back until the person has looked at it.
"""

import ctypes
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from organizer.base.i18n import _
from organizer.packet.page import style
from organizer.packet.page.canvas import new_canvas
from organizer.packet.page.typesetting import Run, Text
from organizer.store.recognised import RecognisedPage

_A_PICTURE = 0.04  # of a page: a letterhead's sign is smaller, a strip of a report isn't
_A_SCAN = 0.5  # of a page
_WORDS_ON_A_PICTURE = 3  # a picture with so many words of text over it was read, or is paper
_FEW_LINES = 6  # drawn lines on a page without letters: rules and frames, no writing
_GARBLED = 0.1  # of a page's letters: so many without a meaning, and the others are no proof
FEW = 12  # words of a fax's header: day, time, both numbers, page
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0b\x0c\x0e-\x1f]")
_SURE = 60.0  # per cent: recognition's own doubt, at the middle word of a page (tesseract's word confidence)
_DEEPEST = 4  # forms within forms; what is drawn deeper within is not looked at, and counts as a picture
_TOP = 160.0  # points from the top of a page held back to its words


def doubtful(page: RecognisedPage) -> bool:
    """Whether what was recognised on a page is more guessed than read: nothing, or with little confidence."""
    sure = sorted(float(word[5]) for word in page.words)
    return not sure or sure[len(sure) // 2] < _SURE


def has_few_words(text: str) -> bool:
    """True for a page without a text of its own: a page number or a fax's header on a scan is none."""
    return len(text.split()) <= FEW


def unread_pages(
    pages: Sequence[pypdfium2.PdfPage],
    texts: Sequence[pypdfium2.PdfTextPage],
    recognised: Sequence[RecognisedPage],
) -> tuple[int, ...]:
    """The numbers (from 1) of the pages that can't be searched, and of those on which words were rather guessed.

    A page that was recognised surely can be searched, whatever pictures it shows beside its words.
    """
    guessed = {page.number for page in recognised if page.words and doubtful(page)}
    read = {page.number for page in recognised if not doubtful(page)}
    return tuple(
        number
        for number, (page, text) in enumerate(zip(pages, texts, strict=True), 1)
        if number in guessed or (number not in read and is_unread(page, text))
    )


def is_unread(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> bool:
    """Whether a page shows something that its text doesn't say."""
    words = str(text.get_text_range())
    if _is_garbled(words, text.count_chars()):
        return True
    whole = page.get_cropbox()
    area = max((whole[2] - whole[0]) * (whole[3] - whole[1]), 1.0)
    pictures, lines = [], 0
    for drawn in _drawn(page):
        if drawn.is_picture:
            pictures.append(_within(drawn.box, whole))
        lines += not drawn.is_picture
    if not words.strip():
        return bool(pictures) or lines > _FEW_LINES
    shares = [(right - left) * (top - bottom) / area for left, bottom, right, top in pictures]
    unsaid = [share for box, share in zip(pictures, shares, strict=True) if _is_silent(box, share, text)]
    return bool(sum(unsaid) >= _A_PICTURE)


def _is_silent(box: tuple[float, float, float, float], share: float, text: pypdfium2.PdfTextPage) -> bool:
    over = text.get_text_bounded(*box) if share > 0 else ""
    return has_few_words(over) if share >= _A_SCAN else len(over.split()) < _WORDS_ON_A_PICTURE


def _is_garbled(words: str, count: int) -> bool:
    """Letters that mean nothing outside of their font: without a code, or in an area for private use."""
    lost = max(count - len(words), 0)  # letters of which pdfium knows no code
    return len(_MEANINGLESS.findall(words)) + lost > max(FEW, _GARBLED * count)


@dataclass(frozen=True, slots=True)
class _Drawn:
    box: tuple[float, float, float, float]
    is_picture: bool


def _within(box: tuple[float, float, float, float], page: Sequence[float]) -> tuple[float, float, float, float]:
    left, bottom = max(box[0], page[0]), max(box[1], page[1])
    return left, bottom, max(min(box[2], page[2]), left), max(min(box[3], page[3]), bottom)


def _drawn(page: pypdfium2.PdfPage) -> Iterator[_Drawn]:
    """The pictures and lines of a page. A picture within a form counts with the form's own outline."""
    left, bottom, right, top = (ctypes.c_float() for _edge in range(4))
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, number)
        kinds = set(_kinds(drawn, 0))
        if not kinds & {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING}:
            continue
        if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            box = (left.value, bottom.value, right.value, top.value)
            yield _Drawn(box, pdfium.FPDF_PAGEOBJ_IMAGE in kinds)


def _kinds(drawn: "pdfium.FPDF_PAGEOBJECT", depth: int) -> Iterator[int]:
    kind = pdfium.FPDFPageObj_GetType(drawn)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield kind
        return
    if depth >= _DEEPEST:
        yield pdfium.FPDF_PAGEOBJ_IMAGE
        return
    for number in range(pdfium.FPDFFormObj_CountObjects(drawn)):
        yield from _kinds(pdfium.FPDFFormObj_GetObject(drawn, number), depth + 1)


def held_back(pdf: bytes, notices: Mapping[int, str]) -> bytes:
    """The document with a page that says so, in these words, in place of each of these pages (from 1); a single one
    where that is all of them."""
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.Pdf.new() as copy:
        shown = range(1, len(source.pages) + 1)
        if len(notices) == len(source.pages):
            notices, shown = {1: notices[1]}, range(1, 2)
        held = sorted(notices)
        sizes = [_size(source.pages[number - 1]) for number in held]
        words = [notices[number] for number in held]
        with pikepdf.open(io.BytesIO(_notices(sizes, words))) as sheets:
            in_place = dict(zip(held, sheets.pages, strict=True))
            for number in shown:
                copy.pages.append(in_place.get(number) or source.pages[number - 1])
            paper = io.BytesIO()
            copy.save(paper, deterministic_id=True)
    return paper.getvalue()


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 180
    return (top - bottom, right - left) if turned else (right - left, top - bottom)


def _notices(sizes: Sequence[tuple[float, float]], words: Sequence[str]) -> bytes:
    paper = io.BytesIO()
    canvas = new_canvas(paper)
    for (width, height), why in zip(sizes, words, strict=True):
        canvas.setPageSize((width, height))
        text = Text([Run(_("Held back"), style.SUBHEADING)], max(width - 2 * style.MARGIN, 72))
        text.draw(canvas, style.MARGIN, height - min(_TOP, height / 3))
        body = Text([Run(why, style.BODY)], max(width - 2 * style.MARGIN, 72))
        body.draw(canvas, style.MARGIN, height - min(_TOP, height / 3) - text.height - 6)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()
