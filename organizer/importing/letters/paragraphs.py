"""A letter's words in their order, each with what the page tells beside it: where a line and a paragraph begin."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from organizer.importing.lab_reports.lines import Line, Spot
from organizer.importing.lab_reports.model import Place
from organizer.importing.letters.strengths import STRENGTH
from organizer.importing.page_text.words_on_page import PageWords, Word

MARK = re.compile(r"(?:\(?\d{1,2}[.)]|[-–—•*·►▪●○‣]|[a-h][.)])")
_FOOT = re.compile(r"(?:page|seite|página|pag\.?)\s*\d+(?:\s*(?:of|von|de|/)\s*\d+)?", re.IGNORECASE)
_GLUED_HEADING = re.compile(r"([^\W\d_][^\W_]{2,}\.?(?:\(\w+\))?:)([^\W_].*|\(.+)")
_GLUED_MARK = re.compile(r"([•►▪●○‣*·–—-]|\d{1,2}[.)])([^\W\d_].+)")
_GOES_ON = re.compile(r"[,&]$|\b(?:and|or|with|und|oder|mit|y|o|con|et|ou|avec)$", re.IGNORECASE)
_FULL = 0.88
"""Share of the widest line: lines so wide are those of a paragraph that goes on."""
_NEARLY = 0.75
_LONG = 0.55
_FULL_PAIRS = 2
_WORDS = 8
"""Of a line: so many are a paragraph's, whatever stands around it."""
_NAME_AND_STRENGTH = 5  # words
_SENTENCE_END = re.compile(r"[^\W\d_]{5,}\. ")
"""A full stop behind a word that is no abbreviation."""
_GAP = 1.7
"""Of the page's usual step from line to line: a wider one is an empty line."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the letter.

    `line` numbers its line within the letter; `begins` that line; `starts` a paragraph, so that what stands before it
    doesn't go on; `gap` says that the lines before it stand apart.
    """

    spot: Spot
    page: int
    line: int
    begins: bool
    starts: bool = False
    gap: bool = False

    @property
    def text(self) -> str:
        """The word as printed."""
        return self.spot.text


@dataclass(frozen=True, slots=True)
class Item:
    """What stands for itself: words one after the other."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words with single blanks; a word that was parted at a line's end is whole again."""
        text = ""
        for token in self.tokens:
            if token.begins and text.endswith("-") and not text.endswith(" -") and token.text[:1].islower():
                text = text[:-1] + token.text
            else:
                text = f"{text} {token.text}" if text else token.text
        return text

    @property
    def place(self) -> Place:
        """The box around its words, on the page where it begins."""
        page = self.tokens[0].page
        return Place.around(page, [token.spot for token in self.tokens if token.page == page])


def with_colons(page: PageWords) -> PageWords:
    """A page on which a colon or semicolon that stands alone, as in French, belongs to the word before it."""
    words: list[Word] = []
    for word in page.words:
        before = words[-1] if words else None
        if word.text in (":", ";") and before is not None and _beside(before, word):
            words[-1] = replace(before, text=f"{before.text}{word.text}", x1=word.x1)
        else:
            words.append(word)
    return replace(page, words=words)


def _beside(before: Word, word: Word) -> bool:
    height = before.y1 - before.y0
    return abs(before.y0 - word.y0) < height and 0 <= word.x0 - before.x1 < height


def paragraphs_of(pages: Iterable[Sequence[Line]], is_heading: Callable[[str], bool]) -> Iterator[list[Token]]:
    """The letter's paragraphs; a line of a list is one of its own, and so is a line that is a heading."""
    number = 0
    paragraph: list[Token] = []
    for page in pages:
        lines = [line for line in page if not _FOOT.fullmatch(line.text.strip())]
        measure = _Measure(lines)
        before: Line | None = None
        for line in lines:
            starts = before is None or not measure.goes_on(before, line) or is_heading(line.text)
            tokens = list(_tokens(line, number, starts, before is not None and measure.stand_apart(before, line)))
            if starts and paragraph:
                yield paragraph
                paragraph = []
            paragraph += tokens
            before, number = line, number + 1
    if paragraph:
        yield paragraph


def _tokens(line: Line, number: int, starts: bool, gap: bool) -> Iterator[Token]:
    spots = list(chain.from_iterable(_parted(spot, is_first=spot is line.spots[0]) for spot in line.spots))
    for place, spot in enumerate(spots):
        yield Token(spot, line.page, number, place == 0, starts and place == 0, gap and place == 0)


def _parted(spot: Spot, is_first: bool) -> list[Spot]:
    """`Diagnosis:Asthma`, `•Asthma` and `1.Asthma` are two words each."""
    match = (_GLUED_MARK.fullmatch(spot.text) if is_first else None) or _GLUED_HEADING.fullmatch(spot.text)
    if match is None or match[2].startswith("//"):
        return [spot]
    cut = spot.x0 + (spot.x1 - spot.x0) * len(match[1]) / len(spot.text)
    return [replace(spot, text=match[1], x1=cut), *_parted(replace(spot, text=match[2], x0=cut), is_first=False)]


class _Measure:
    """How wide and how far apart a page's lines stand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._left = min((line.x0 for line in lines), default=0.0)
        self._right = max((line.x1 for line in lines), default=0.0)
        full = self._left + _FULL * (self._right - self._left)
        self._has_paragraphs = sum(a.x1 > full and b.x1 > full for a, b in pairwise(lines)) >= _FULL_PAIRS
        steps = sorted(b.middle - a.middle for a, b in pairwise(lines))
        self._step = steps[len(steps) // 3] if steps else 0.0

    def stand_apart(self, before: Line, line: Line) -> bool:
        """Whether an empty line lies between them."""
        return line.middle - before.middle > _GAP * self._step

    def goes_on(self, before: Line, line: Line) -> bool:
        """Whether a line goes on with the one before it: it had no room for the next word, or that is no beginning."""
        is_mark = MARK.fullmatch(line.spots[0].text) is not None
        if (is_mark and len(line.spots) > 1) or self.stand_apart(before, line):
            return False
        first = line.spots[0]
        if before.text.endswith("-") and not before.text.endswith(" -") and first.text[:1].islower():
            return True
        if not self._has_paragraphs and first.text[:1].isalpha() and all(map(_lists_a_medicine, (before, line))):
            return False  # two lines of a list of medicines
        if first.text[:1].islower() or first.text[:1] in "(/":
            return self._is_long(before)
        is_label = first.text.endswith(":") and not before.spots[-1].text.isupper()
        if is_label or (len(before.cells()) > 1 and len(line.cells()) > 1):
            return False  # rows of a table, or what has a label of its own
        if before.text.endswith(","):
            return self._is_full(before, first)
        return bool(_GOES_ON.search(before.text)) or self._is_full(before, first)

    def _is_long(self, before: Line) -> bool:
        """Whether a line is so long that one in small letters may go on with it; in lists items begin so, too."""
        return before.x1 > self._left + _LONG * (self._right - self._left)

    def _is_full(self, before: Line, first: Spot) -> bool:
        needed = first.x1 - first.x0 + 0.5 * before.em
        is_wide = before.x1 > self._left + _NEARLY * (self._right - self._left)
        may_end = self._has_paragraphs or len(before.spots) >= _WORDS
        return may_end and is_wide and before.x1 + needed > self._right - 0.02 * (self._right - self._left)


def _lists_a_medicine(line: Line) -> bool:
    """Whether a line begins with a name and a strength, and ends no sentence before it."""
    text = " ".join(spot.text for spot in line.spots[:_NAME_AND_STRENGTH])
    return STRENGTH.search(text) is not None and _SENTENCE_END.search(text) is None
