"""Words of a page straightened and put into lines, each line cut into cells at its wide gaps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from statistics import median

from organizer.importing.page_text.words_on_page import PageWords, Word

_LOOSE, _TIGHT = 1.2, 0.72  # height of a text layer's box, and of a recognised one, in ems
_CELL_GAP = 0.78  # ems: a wider gap than a monospaced font's single space
_SAME_LEVEL = 0.45  # ems between the centres of words on one line
_STILL_OPEN = 4  # lines of which a next word may be one: those below don't go back further
_RULE = re.compile(r"[.,:;'’·•]|[|¦_\-—–=~.:·•…]{3,}|[|¦_]+|[\[\]{}]")
_LONG, _FEW_SIGNS = 8, 0.5  # letters of a word, and the share of different ones: no word has so few
_LITRE = re.compile(r"(?<=[^\W\d_]/)([dmuµnpf]?)I(?!\w)")  # `mmol/I`: no unit has an I below its stroke
_LEADERS = re.compile(r"(?:\.{3,}|…+|_{3,}|(?:\.\s){2,}\.?)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A word at its place on the straightened page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    word: Word
    raised: bool = False

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand side by side, left to right. `em` is the page's letter size."""

    page: int
    em: float
    spots: tuple[Spot, ...]

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(spot.text for spot in self.spots)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.spots[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return max(spot.x1 for spot in self.spots)

    @property
    def middle(self) -> float:
        """Height of the centre."""
        return median(spot.middle for spot in self.spots)

    @property
    def bold(self) -> bool:
        """True where all of it is bold."""
        return all(spot.word.bold for spot in self.spots)

    def cells(self) -> list[tuple[Spot, ...]]:
        """The words between wide gaps."""
        return cells_of(self.spots, self.em)

    def within(self, left: float, right: float) -> "Line | None":
        """The part of the line whose words have their centre between two x, or None."""
        part = tuple(spot for spot in self.spots if left <= (spot.x0 + spot.x1) / 2 < right)
        return Line(self.page, self.em, part) if part else None


def cells_of(spots: Sequence[Spot], em: float) -> list[tuple[Spot, ...]]:
    """Words left to right cut at wide gaps."""
    cells: list[list[Spot]] = []
    for spot in spots:
        if cells and spot.x0 - cells[-1][-1].x1 <= _CELL_GAP * em:
            cells[-1].append(spot)
        else:
            cells.append([spot])
    return [tuple(cell) for cell in cells]


def text_of(spots: Iterable[Spot]) -> str:
    """The words with single blanks."""
    return " ".join(spot.text for spot in spots)


def lines_of(page: PageWords) -> list[Line]:
    """The lines of a page from top to bottom, without the rules, leaders and specks that recognition took for words."""
    parts = chain.from_iterable(map(_without_leaders, map(_mended, page.words)))
    words = [part for part in parts if not _RULE.fullmatch(part.text)]
    if not words:
        return []
    spots = _straight(words)
    em = _em(spots)
    lines = (Line(page.number, em, _in_order(line)) for line in _on_levels(spots, em))
    return sorted(lines, key=attrgetter("middle"))


def _on_levels(spots: Sequence[Spot], em: float) -> list[list[Spot]]:
    """The words that stand on one level each, from top to bottom."""
    lines: list[list[Spot]] = []
    for spot in sorted(spots, key=attrgetter("middle")):
        line = _line_of(spot, lines[-_STILL_OPEN:], em)
        if line is None:
            lines.append([spot])
        else:
            line.append(spot)
    return lines


def _line_of(spot: Spot, lines: Sequence[list[Spot]], em: float) -> list[Spot] | None:
    """The line on whose level a word stands, the nearest of several; None where it begins a new one."""

    def distance(line: Sequence[Spot]) -> float:
        return abs(_level(line) - spot.middle)

    nearest = min(lines, key=distance, default=None)
    return nearest if nearest is not None and distance(nearest) < _SAME_LEVEL * em else None


def _in_order(line: Sequence[Spot]) -> tuple[Spot, ...]:
    """The words of a line from left to right, raised ones marked."""
    return tuple(_marked(sorted(line, key=attrgetter("x0"))))


def _level(line: Sequence[Spot]) -> float:
    return sum(spot.middle for spot in line) / len(line)


def _em(spots: Sequence[Spot]) -> float:
    heights = [
        (spot.y1 - spot.y0) / (_LOOSE if spot.word.confidence is None else _TIGHT)
        for spot in spots if any(text.isalnum() for text in spot.text)
    ]  # fmt: skip
    return median(heights or [spot.y1 - spot.y0 for spot in spots]) or 1.0


def _mended(word: Word) -> Word:
    """A recognised word without the specks at its ends that were taken for signs (`“mg/dL.`, `107,`)."""
    if word.confidence is None:
        return word
    if not _is_numbered(word.text) and len(word.text) >= _LONG and len(set(word.text)) < _FEW_SIGNS * len(word.text):
        return replace(word, text="....")  # dots that lead from a name to its value
    text = _LITRE.sub(r"\1l", word.text.strip("“”„\"'`´‘’|_~"))
    if "/" in text or _is_numbered(text):
        text = text.rstrip(".,;:")
    return replace(word, text=text or word.text)


def _is_numbered(text: str) -> bool:
    return any(map(str.isdigit, text))


def _without_leaders(word: Word) -> list[Word]:
    """`Glucose......5.2` is two words with dots between them."""
    if not _LEADERS.search(word.text):
        return [word]
    share = (word.x1 - word.x0) / len(word.text)
    parts = []
    for match in re.finditer(r"(?:(?!\.{3,}|…|_{3,}).)+", word.text):
        if match[0].strip(". "):
            x0, x1 = word.x0 + share * match.start(), word.x0 + share * match.end()
            parts.append(Word(match[0].strip(), x0, word.y0, x1, word.y1, word.confidence, word.bold))
    return parts


def _straight(words: Sequence[Word]) -> list[Spot]:
    """Each word at its place on the level page; a text layer's words stand level already."""
    level: Sequence[Word] = words
    if any(word.confidence is not None for word in words):
        from organizer.importing.page_text.level import levelled  # brings numpy, which only pictures need

        level = levelled(words)
    return [
        Spot(word.text, place.x0, place.y0, place.x1, place.y1, word) for word, place in zip(words, level, strict=True)
    ]


def _marked(line: Sequence[Spot]) -> Iterable[Spot]:
    """Small words above or below the level of a text layer's line are marked as raised."""
    tall = max(spot.y1 - spot.y0 for spot in line)
    for spot in line:
        small = spot.y1 - spot.y0 < 0.8 * tall and len(spot.text) <= 3
        if small and spot.word.confidence is None:
            yield Spot(spot.text, spot.x0, spot.y0, spot.x1, spot.y1, spot.word, raised=True)
        else:
            yield spot
