"""The words that recognition finds on pages without text."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from organizer.base.apart.ask import TooMuchError, ask
from organizer.base.apart.wire import Answer
from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.page_text import recognition
from organizer.importing.page_text.drawn_pages import POINTS, count_here, drawn_page
from organizer.importing.page_text.tesseract import recognise_page
from organizer.importing.page_text.words_on_page import PageWords, Word

_SECONDS, _MEMORY = 60, 3 << 30
"""Processor time and address space for reading one page; it takes some five seconds and half a gigabyte of memory."""
_AN_INCH, _FEWEST_PIXELS = 132, 640
"""Pixels to an inch of paper at which lines are looked for: an A4 page gets the most; and the fewest of a page."""


def recognised_pages(data: bytes, texts: Sequence[str], progress: Progress) -> Iterator[PageWords]:
    """The words of each page that has no text: points of a PDF's page, pixels of a picture.

    `texts` are a PDF's pages as its text layer has them. A page on which nothing is recognised has no words. Raises
    Cancelled, RecognitionMissingError, and UnreadableSourceError for what can't be drawn.
    """
    recognition.make_sure()
    read = _read_apart if recognition.is_built_in() else _read_by_tesseract
    count = len(texts) or int(ask(count_here, data, progress=progress).content)
    bare = [number for number in range(count) if number >= len(texts) or not texts[number]]
    for done, number in enumerate(bare):
        progress.check()
        progress.report(_("Recognising text, page {n}").format(n=number + 1), done, len(bare))
        yield read(data, number, progress, is_alone=len(bare) == 1)


def text_of(page: PageWords) -> str:
    """The words of a page as lines: a new one begins where a word stands left of the one before it."""
    from organizer.importing.page_text.level import levelled  # brings numpy, which only pictures need

    lines: list[list[str]] = []
    before: Word | None = None
    for word, place in zip(page.words, levelled(page.words), strict=True):
        if before is None or place.x0 < before.x0:
            lines.append([])
        lines[-1].append(word.text)
        before = place
    return "\n".join(" ".join(line) for line in lines)


def page_here(data: bytes, number: int, _progress: Progress) -> dict[str, Any]:
    """Page `number` (from 0) read by the models in this process: its size, and its words as lists."""
    import numpy as np

    from organizer.importing.page_text.built_in.reader import LONGEST, words_on

    drawn = drawn_page(data, number)
    inches = max(drawn.width, drawn.height) / POINTS if drawn.is_paper else 0
    longest = min(LONGEST, max(_FEWEST_PIXELS, round(inches * _AN_INCH))) if inches else LONGEST
    words = [word.scaled(1 / drawn.scale) for word in words_on(np.asarray(drawn.picture), longest)]
    placed = [[word.text, word.x0, word.y0, word.x1, word.y1, word.confidence] for word in words]
    return {"width": drawn.width, "height": drawn.height, "words": placed}


def _read_apart(data: bytes, number: int, progress: Progress, is_alone: bool) -> PageWords:
    try:
        answer = ask(page_here, data, number, progress=progress, seconds=_SECONDS, memory=_MEMORY).content
    except TooMuchError:
        raise
    except UnreadableSourceError:
        if is_alone:
            raise
        return PageWords(number + 1, 1, 1, [])  # this page only: the others are still read
    words = [Word(str(text), x0, y0, x1, y1, sure) for text, x0, y0, x1, y1, sure in answer["words"]]
    return PageWords(number + 1, float(answer["width"]), float(answer["height"]), words)


def _read_by_tesseract(data: bytes, number: int, progress: Progress, is_alone: bool) -> PageWords:
    answer = ask(_pgm_here, data, number, progress=progress, memory=_MEMORY)
    width, height, scale = map(float, answer.content)
    try:
        words = [word.scaled(1 / scale) for word in recognise_page(answer.parts[0])]
    except UnreadableSourceError:
        if is_alone:
            raise
        words = []
    return PageWords(number + 1, width, height, words)


def _pgm_here(data: bytes, number: int, _progress: Progress) -> Answer:
    """Page `number` (from 0) as tesseract reads it from its standard input, in a format that asks nothing of a decoder;
    nothing touches the disk."""
    drawn = drawn_page(data, number)
    out = BytesIO()
    drawn.picture.convert("L").save(out, "PPM")
    return Answer([drawn.width, drawn.height, drawn.scale], (out.getvalue(),))
