"""The words of a PDF's text layer with their places, as its own fonts wrote them; recognised pages come elsewhere."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from organizer.base.apart.ask import SITTING, ask
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.page_text.words_on_page import PageWords, Word

_FINE = 100  # device units a point, so that whole numbers are fine enough
_BOLD = 600  # FPDFText_GetFontWeight: 400 regular, 700 bold
_GAP = 0.22  # of a character's height: wider than any letter spacing, narrower than a space


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool

    @property
    def height(self) -> float:
        return self.y1 - self.y0


def page_words(page: Any, number: int) -> PageWords:
    """Words of an open pypdfium2 page, in points from the top left of the page as it is shown (turned, cropped).

    A word ends at a space, at a gap, and where the size or the line changes: a raised footnote mark is a word of its
    own. Raises pypdfium2.PdfiumError for a page that can't be read.
    """
    width, height = page.get_size()
    letters = list(_letters(page, width, height))
    return PageWords(number, width, height, [_word(run) for run in _runs(letters)])


def text_layers(data: bytes, most: int | None = None, progress: Progress | None = None) -> list[PageWords]:
    """The words of each page of a PDF, or of its first ones; read in a process of its own.

    Raises UnreadableSourceError for one that is damaged or locked, Cancelled.
    """
    pages = ask(_text_layers_here, data, most, progress=progress, idle=SITTING).content
    return [
        PageWords(number, float(wide), float(high), [_word_of(*word) for word in words])
        for number, (wide, high, words) in enumerate(pages, 1)
    ]


def _word_of(text: object, x0: float, y0: float, x1: float, y1: float, bold: object) -> Word:
    return Word(str(text), float(x0), float(y0), float(x1), float(y1), bold=bool(bold))


def pages_with_text(data: bytes, most: int) -> list[PageWords]:
    """The first pages of a PDF that have a text layer; none for what is no PDF, is damaged or locked."""
    if b"%PDF-" not in data[:1024]:
        return []
    try:
        return [page for page in text_layers(data, most) if page.words]
    except UnreadableSourceError:
        return []


def _text_layers_here(data: bytes, most: int | None, progress: Progress) -> list[Any]:
    """The same in the process that reads: of each page its size, and its words with their places and weight."""
    import pypdfium2

    pages = []
    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document) if most is None else min(len(document), most)):
            progress.report(_("Reading page {n}").format(n=number + 1), number, len(document))
            page = page_words(document[number], number + 1)
            words = [(word.text, word.x0, word.y0, word.x1, word.y1, word.bold) for word in page.words]
            pages.append((page.width, page.height, words))
        document.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableSourceError(
            _("This document can’t be opened to read results from it."),
            _("Print it to a new PDF, or scan it again, then import that."),
        ) from error
    return pages


def _letters(page: Any, width: float, height: float) -> Iterator[_Letter | None]:
    """Each character with its loose box (font height, so that a line's words stand level); None for a break."""
    from pypdfium2 import raw

    layer = page.get_textpage()
    box = raw.FS_RECTF()
    for index in range(layer.count_chars()):
        code = raw.FPDFText_GetUnicode(layer, index)
        text = chr(code) if code < 0x110000 else ""
        if not text.strip("\x00\ufffe\uffff") or text.isspace():
            yield None
            continue
        if not raw.FPDFText_GetLooseCharBox(layer, index, box):
            continue
        x0, y0 = _shown(raw, page, width, height, box.left, box.top)
        x1, y1 = _shown(raw, page, width, height, box.right, box.bottom)
        bold = raw.FPDFText_GetFontWeight(layer, index) >= _BOLD or _bold_by_name(raw, layer, index)
        yield _Letter("-" if code == 2 else text, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), bold)


def _shown(raw: Any, page: Any, width: float, height: float, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own coordinates as it is shown: y down, the page's turn and crop box minded."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * _FINE), round(height * _FINE), 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _bold_by_name(raw: Any, layer: Any, index: int) -> bool:
    """Many fonts carry their weight in their name only (`Inter-Bold`)."""
    name, flags = ctypes.create_string_buffer(96), ctypes.c_int()
    raw.FPDFText_GetFontInfo(layer, index, name, 96, flags)
    data = name.value.lower()
    return b"bold" in data or b"heavy" in data or b"black" in data


def _runs(letters: list[_Letter | None]) -> Iterator[list[_Letter]]:
    run: list[_Letter] = []
    for letter, following in pairwise([*letters, None]):
        if letter is not None:
            run.append(letter)
        if run and (letter is None or following is None or _apart(letter, following)):
            yield run
            run = []


def _apart(first: _Letter, other: _Letter) -> bool:
    size = max(first.height, other.height)
    resized = min(first.height, other.height) < 0.85 * size
    moved = abs(first.y1 - other.y1) > 0.12 * size or other.x0 < first.x0 - 0.2 * size
    return resized or moved or other.x0 - first.x1 > _GAP * size


def _word(run: list[_Letter]) -> Word:
    box = (
        min(letter.x0 for letter in run),
        min(letter.y0 for letter in run),
        run[-1].x1,
        max(letter.y1 for letter in run),
    )
    telling = [letter for letter in run if letter.text.isalnum()] or run
    return Word("".join(letter.text for letter in run), *box, bold=all(letter.bold for letter in telling))
