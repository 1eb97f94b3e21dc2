"""Which strips of a page must be black: the lines that say something, and what belongs to each.

A sentence goes on over the end of its line; a row of a table over the end of its cell; a result stands behind its name
in larger type, or below it. Geometry alone decides: what a word means is the vocabulary's matter.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import inf

from organizer.packet.exhibits.columns import Cell, Covered, below_names
from organizer.packet.exhibits.page_words import Box, Letter

_MARGIN = 1.5  # points around a line's letters
_APART = 0.4  # points between a bar and the ink of a line that stays
_CELL_GAP = 1.8  # of the line's height: a wider blank parts two cells
_COLUMN_GAP = 0.9  # of the line's height: a blank that may part two columns, if what is below them says so
_NEAR = 0.6  # of a line's height: more room between two lines ends a paragraph or a row
_INDENT = 1.5  # of the line's height
_FULL = 0.82  # of the text's width: a line that reaches so far may go on
_FEW_WORDS = 4  # a line of so few words below a name alone may be its result
_MOST_LINES = 6  # that belong to one place, above and below each
_ENDS = re.compile(r"[.!?;]\s*$")
_ENDS_WITHIN = re.compile(r"[.!?]\s+(?=\S)")
_GOES_ON = re.compile(r"[,:/(&–-]\s*$")


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip along a page's lines: between `low` and `high` (points of the stored page), counted upwards where the
    lines are level, else (`upright`) from left to right. It goes across the whole page, or from `begin` to `end`."""

    low: float
    high: float
    upright: bool
    begin: float = -inf
    end: float = inf

    def touches(self, box: Box) -> bool:
        """Whether it covers a part of a box."""
        left, bottom, right, top = box
        across, along = ((left, right), (bottom, top)) if self.upright else ((bottom, top), (left, right))
        return across[0] < self.high and self.low < across[1] and along[0] < self.end and self.begin < along[1]


@dataclass(slots=True)
class _Line:
    """A line as it reads: its letters by their number, from left to right; edges in the frame of its direction."""

    letters: list[int]
    left: float
    low: float
    right: float
    high: float

    @property
    def height(self) -> float:
        return max(self.high - self.low, 1.0)


class Page:
    """A page's letters in lines, for one direction of reading."""

    def __init__(self, letters: Sequence[Letter], turn: int) -> None:
        self._letters, self.turn = letters, turn
        shown = [n for n, letter in enumerate(letters) if letter.turn == turn and letter.box[2] > letter.box[0]]
        self._boxes = {number: _framed(letters[number].loose, turn) for number in shown}
        self.lines = _in_lines(self._boxes)
        self._right = max((line.right for line in self.lines), default=0.0)
        self._left = min((line.left for line in self.lines), default=0.0)

    def belonging(self, hit: Iterable[int]) -> set[int]:
        """The numbers of the lines that a hit stands on, with those that belong to them."""
        own = set(hit)
        struck = {number for number, line in enumerate(self.lines) if own.intersection(line.letters)}
        numbers = set(struck)
        for number in struck:
            numbers |= self._below(number, own)
            numbers |= self._above(number, own)
        return numbers

    def below(self, hit: Iterable[int]) -> Iterator[Covered]:
        """The results that stand below a name: in its column, or on the lines that follow it."""
        own = set(hit)
        # Of a name that goes on over two lines the result stands below the second.
        for number in sorted(self.belonging(own)):
            yield from below_names(self, number, own)

    def _below(self, number: int, hit: set[int]) -> set[int]:
        tail = self._text(number, after=hit)
        if _ENDS_WITHIN.search(tail):
            return set()
        numbers: set[int] = set()
        at = number
        while at + 1 < len(self.lines) and len(numbers) < _MOST_LINES and self._goes_on(at, at == number):
            at += 1
            numbers.add(at)
            if _ENDS_WITHIN.search(self._text(at)):
                break
        return numbers

    def _above(self, number: int, hit: set[int]) -> set[int]:
        if _ENDS_WITHIN.search(self._text(number, before=hit)):
            return set()
        numbers: set[int] = set()
        at = number
        while at > 0 and len(numbers) < _MOST_LINES and self._goes_on(at - 1, False):
            at -= 1
            numbers.add(at)
            if _ENDS_WITHIN.search(self._text(at)):
                break
        return numbers

    def _goes_on(self, number: int, is_struck: bool) -> bool:
        """Whether the next line belongs to a line: it is near, and one of them shows that the other isn't all."""
        upper, lower = self.lines[number], self.lines[number + 1]
        if upper.low - lower.high > _NEAR * max(lower.height, upper.height) or not _overlap(upper, lower):
            return False
        above, below = self._text(number).strip(), self._text(number + 1).strip()
        if lower.left > upper.left + _INDENT * upper.height and not _ENDS.search(above):
            return True
        if below[:1].islower() or below[:1] in "(),;/+–-" or _GOES_ON.search(above):
            return True
        if _ENDS.search(above):
            return False
        cells, next_cells = self._cells(upper), self._cells(lower)
        is_full = upper.right > self._left + _FULL * (self._right - self._left)
        is_prose = cells == 1 and is_full and len(above.split()) > _FEW_WORDS
        return is_prose or (is_struck and self._is_result_below(cells, next_cells, upper, lower, below))

    def _is_result_below(self, cells: int, next_cells: int, upper: _Line, lower: _Line, below: str) -> bool:
        """What may be the result of a name that stands alone: the cells below it, or a word or two in larger type."""
        if cells == 1 and next_cells > 1:
            return True
        few = len(below.split()) <= _FEW_WORDS and next_cells == 1
        apart = lower.height > 1.15 * upper.height or lower.left > upper.left + 0.5 * upper.height
        return cells == 1 and few and apart

    def _cells(self, line: _Line) -> int:
        boxes = [self._boxes[number] for number in line.letters]
        gaps = (after[0] - before[2] for before, after in pairwise(boxes))
        return 1 + sum(gap > _CELL_GAP * line.height for gap in gaps)

    def _text(self, number: int, after: Iterable[int] = (), before: Iterable[int] = ()) -> str:
        """A line's words, or those behind or before some of its letters."""
        line = self.lines[number].letters
        begun = [place for place, letter in enumerate(line) if letter in set(after)]
        ended = [place for place, letter in enumerate(line) if letter in set(before)]
        chosen = line[max(begun) + 1 if begun else 0 : min(ended) if ended else len(line)]
        return self._spelt(chosen)

    def _spelt(self, chosen: Sequence[int]) -> str:
        spelt: list[str] = []
        for place, number in enumerate(chosen):
            box = self._boxes[number]
            if place and box[0] - self._boxes[chosen[place - 1]][2] > 0.15 * max(box[3] - box[1], 4.0):
                spelt.append(" ")
            spelt.append(self._letters[number].text)
        return "".join(spelt)

    def count(self) -> int:
        """How many lines it has."""
        return len(self.lines)

    def cells(self, number: int) -> list[Cell]:
        """The words of a line that no wide blank parts."""
        line = self.lines[number]
        groups: list[list[int]] = []
        end = -inf
        for letter in line.letters:
            left, _low, right, _high = self._boxes[letter]
            if not groups or left - end > _COLUMN_GAP * line.height:
                groups.append([])
            groups[-1].append(letter)
            end = max(end, right)
        return [self._cell(group) for group in groups]

    def _cell(self, group: Sequence[int]) -> Cell:
        left = min(self._boxes[letter][0] for letter in group)
        right = max(self._boxes[letter][2] for letter in group)
        return Cell(left, right, self._spelt(group), frozenset(group))

    def gap_below(self, number: int) -> float:
        """The room between a line and the next, in heights of the lower of both."""
        upper, lower = self.lines[number], self.lines[number + 1]
        return (upper.low - lower.high) / min(upper.height, lower.height)

    def part(self, covered: Covered, hidden: Collection[int]) -> Strip:
        """The strip that covers a part of a line."""
        whole = self.strip(covered.line, hidden)
        left, right = covered.left - _MARGIN, covered.right + _MARGIN
        begin, end = (left, right) if self.turn in (0, 90) else (-right, -left)
        return replace(whole, begin=begin, end=end)

    def strip(self, number: int, hidden: Collection[int]) -> Strip:
        """The strip that covers a line with the room of its letters, as far as the ink of lines that stay leaves it.

        The line's own ink is always covered.
        """
        line = self.lines[number]
        inner_low, inner_high = self._ink(number)
        low, high = line.low - _MARGIN, line.high + _MARGIN
        if number + 1 < len(self.lines) and number + 1 not in hidden:
            low = min(max(low, self._ink(number + 1)[1] + _APART), inner_low - _APART)
        if number and number - 1 not in hidden:
            high = max(min(high, self._ink(number - 1)[0] - _APART), inner_high + _APART)
        edges = {0: (low, high), 180: (-high, -low), 90: (-high, -low), 270: (low, high)}[self.turn]
        return Strip(*edges, self.turn in (90, 270))

    def _ink(self, number: int) -> tuple[float, float]:
        """The lower and upper edge of a line's ink."""
        boxes = [_framed(self._letters[letter].box, self.turn) for letter in self.lines[number].letters]
        return min(box[1] for box in boxes), max(box[3] for box in boxes)


def _framed(box: Box, turn: int) -> Box:
    """A box turned so that its line runs to the right and the next line lies below."""
    left, bottom, right, top = box
    return {
        0: (left, bottom, right, top),
        90: (bottom, -right, top, -left),
        180: (-right, -top, -left, -bottom),
        270: (-top, left, -bottom, right),
    }[turn]


def _in_lines(boxes: dict[int, Box]) -> list[_Line]:
    """Letters that stand beside each other, whatever their size: from the top of the page to its foot."""
    lines: list[_Line] = []
    for number in sorted(boxes, key=lambda letter: (-(boxes[letter][1] + boxes[letter][3]) / 2, boxes[letter][0])):
        box = boxes[number]
        middle = (box[1] + box[3]) / 2
        line = next((candidate for candidate in lines[-3:] if _is_beside(candidate, box, middle)), None)
        if line is None:
            lines.append(_Line([number], *box))
            continue
        line.letters.append(number)
        line.left, line.right = min(line.left, box[0]), max(line.right, box[2])
        line.low, line.high = min(line.low, box[1]), max(line.high, box[3])
    for line in lines:
        line.letters.sort(key=lambda letter: boxes[letter][0])
    return sorted(lines, key=lambda line: -(line.low + line.high) / 2)


def _is_beside(line: _Line, box: Box, middle: float) -> bool:
    return line.low < middle < line.high or box[1] < (line.low + line.high) / 2 < box[3]


def _overlap(upper: _Line, lower: _Line) -> bool:
    return upper.left < lower.right and lower.left < upper.right


def strips_of(letters: Sequence[Letter], hits: Sequence[Sequence[int]]) -> list[Strip]:
    """The strips that must be black for these hits, each line once."""
    strips: dict[Strip, None] = {}
    hit_letters = set(chain.from_iterable(hits))
    for turn in sorted({letters[number].turn for number in hit_letters}):
        page = Page(letters, turn)
        numbers = set(chain.from_iterable(map(page.belonging, hits)))
        strips |= dict.fromkeys(page.strip(number, numbers) for number in sorted(numbers))
        below = chain.from_iterable(map(page.below, hits))
        parts = dict.fromkeys(part for part in below if part.line not in numbers)
        strips |= dict.fromkeys(page.part(part, numbers) for part in parts)
    return list(strips)
