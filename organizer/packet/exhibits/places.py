"""On which page of a PDF an entry stands, and where on it: the words themselves, found in the page's text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import pypdfium2

from organizer.model.entry import Entry
from organizer.packet.facts import Box

_LOCATOR = re.compile(r"page=(\d+)(?:&box=([\d.]+),([\d.]+),([\d.]+),([\d.]+))?")
_FIRST_WORDS = 8
_MOST_BOXES = 12


@dataclass(frozen=True, slots=True)
class PlaceOfEntry:
    """The page of an entry, from 1, and the boxes around its words (points of the stored page); () where unknown."""

    page: int
    boxes: tuple[Box, ...] = ()


def find(pages: Sequence[pypdfium2.PdfTextPage], entries: Sequence[Entry]) -> dict[str, PlaceOfEntry]:
    """For each entry the page its locator names, else the page that holds most of its telling words.

    A page without a text of its own (a scan) can't be searched: there the locator decides, else the first page.
    """
    texts: list[set[str]] = []
    by_entry: dict[str, PlaceOfEntry] = {}
    for entry in entries:
        named, boxes = _by_locator(entry)
        number = named
        if not 0 < number <= len(pages):
            texts = texts or [_words(page.get_text_bounded()) for page in pages]
            number = _likeliest(entry, texts)
        if not boxes or number != named:
            boxes = _boxes(pages[number - 1], entry) if pages else ()
        by_entry[entry.id] = PlaceOfEntry(number, boxes)
    return by_entry


def _by_locator(entry: Entry) -> tuple[int, tuple[Box, ...]]:
    """The page that its locator names (0 for none), and the box on it."""
    match = _LOCATOR.fullmatch(entry.sources[0].locator) if entry.sources else None
    if match is None:
        return 0, ()
    page, *edges = match.groups()
    if edges[0] is None:
        return int(page), ()
    x0, y0, x1, y1 = map(float, edges)
    return int(page), ((x0, y0, x1, y1),)


def _likeliest(entry: Entry, texts: Sequence[set[str]]) -> int:
    wanted = _words(" ".join([entry.text("conclusion"), entry.text("quote"), entry.title, entry.value_text]))
    return max(range(len(texts)), key=lambda n: (len(wanted & texts[n]), -n)) + 1 if texts else 1


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}


def _boxes(page: pypdfium2.PdfTextPage, entry: Entry) -> tuple[Box, ...]:
    """Around the quoted words, else around the title in the line that also holds the value."""
    quotes = (entry.text("quote"), entry.text("conclusion"))
    wordings = chain.from_iterable((quote, " ".join(quote.split()[:_FIRST_WORDS])) for quote in quotes)
    quoted = next(filter(None, (_hits(page, words, 1) for words in wordings)), None)
    if quoted is not None:
        return quoted[0][:_MOST_BOXES]

    hits = _hits(page, entry.title, 40)
    if not entry.value_text:
        return hits[0][:_MOST_BOXES] if hits else ()
    for hit in hits:
        value = _beside(page, hit[0], entry.value_text)
        if value is not None:
            return (*hit[:2], value)
    return ()


def _hits(page: pypdfium2.PdfTextPage, words: str, most: int) -> list[tuple[Box, ...]]:
    """Each occurrence of the words as the boxes of its lines, from the page's top."""
    flat = " ".join(words.split()).rstrip(".")
    if len(flat) < 3:
        return []
    searcher = page.search(flat)
    hits: list[tuple[Box, ...]] = []
    while len(hits) < most and (hit := searcher.get_next()) is not None:
        hits.append(tuple(page.get_rect(n) for n in range(page.count_rects(*hit))))
    searcher.close()
    return [boxes for boxes in hits if boxes]


def _beside(page: pypdfium2.PdfTextPage, box: Box, value: str) -> Box | None:
    """The value's box in the line of `box`, at its right; None where the line doesn't hold it."""
    middle, high = (box[1] + box[3]) / 2, max(box[3] - box[1], 6.0)
    searcher = page.search(value, match_whole_word=True)
    best = None
    while (hit := searcher.get_next()) is not None:
        if page.count_rects(*hit) == 1:
            rect: Box = page.get_rect(0)
            same_line = abs((rect[1] + rect[3]) / 2 - middle) < high * 0.7
            if same_line and rect[0] >= box[2] - 1 and (best is None or rect[0] < best[0]):
                best = rect
    searcher.close()
    return best
