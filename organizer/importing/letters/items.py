"""The words of a section cut into its items: at marks, at lines, and where a line is a list itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from organizer.importing.lab_reports.lines import Spot
from organizer.importing.lab_reports.model import Place
from organizer.importing.letters.phrases import ALLERGIES, PLAN

_MARK = re.compile(r"(?:\(?\d{1,2}[.)]|[-–—•*·►▪●○‣]|[a-h][.)])")
_INLINE_NUMBER = re.compile(r"\d{1,2}[.)]")
_PARTED = re.compile(r"(?<! )-\Z")
_GOES_ON = re.compile(r"[,;&]$|.-$|\b(?:and|or|with|und|oder|mit|y|o|con|et|ou|avec)$", re.IGNORECASE)
_MOST_LISTED_WORDS = 6
"""Words of each part of a line that is a list with commas: longer parts are a sentence's."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, with its line: number within the letter, whether it begins that line."""

    spot: Spot
    page: int
    line: int
    begins: bool

    @property
    def text(self) -> str:
        """The word as printed."""
        return self.spot.text


@dataclass(frozen=True, slots=True)
class Item:
    """What stands for itself in a section: its words, at least one."""

    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        """The words with single blanks; a word that was parted at a line's end is whole again."""
        first, *others = self.tokens
        text = first.text
        for token in others:
            is_rest = token.begins and token.text[:1].islower() and _PARTED.search(text)
            text = text[:-1] + token.text if is_rest else f"{text} {token.text}"
        return text

    @property
    def place(self) -> Place:
        """The box around its words, on the page where it begins."""
        page = self.tokens[0].page
        return Place.around(page, [token.spot for token in self.tokens if token.page == page])


def is_mark(word: str) -> bool:
    """Whether a word is what items of a list begin with: a number, a letter, a dot or a dash."""
    return _MARK.fullmatch(word) is not None


def items_of(tokens: Sequence[Token], sort: str) -> list[Item]:
    """Cut at marks where there are any, else at lines, and where a single line lists several at its commas.

    `sort` is that of their section: allergies are short, and stand several in a line; what is planned is whole
    sentences.
    """
    items = _parts(tokens, _at_marks(tokens) or _at_lines(tokens))
    if sort == PLAN:
        return items
    is_list = len(items) == 1 or sort == ALLERGIES
    return list(chain.from_iterable(_apart(item, is_list) for item in items))


def _at_marks(tokens: Sequence[Token]) -> list[int]:
    """Where lines begin with a mark."""
    return [place for place in _line_starts(tokens) if is_mark(tokens[place].text)]


def _at_lines(tokens: Sequence[Token]) -> list[int]:
    """Where lines begin that don't go on from the one before."""
    words = _words(tokens)
    before = ["", *words]
    return [place for place in _line_starts(tokens) if not _goes_on(before[place], words[place])]


def _line_starts(tokens: Sequence[Token]) -> list[int]:
    """Where lines begin."""
    return [place for place, token in enumerate(tokens) if token.begins]


def _words(tokens: Sequence[Token]) -> list[str]:
    """The words as printed."""
    return [token.text for token in tokens]


def _goes_on(before: str, word: str) -> bool:
    """Whether a line that begins with a word goes on from the last word before."""
    first = word[:1]
    return first.islower() or first in "(/" or _GOES_ON.search(before) is not None


def _parts(tokens: Sequence[Token], starts: Sequence[int]) -> list[Item]:
    """The tokens cut before each start; what stands before the first one is an item too."""
    cuts = sorted({0, *starts, len(tokens)})
    pieces = (_without_mark(tokens[start:end]) for start, end in pairwise(cuts))
    return [Item(tuple(piece)) for piece in pieces if piece]


def _without_mark(tokens: Sequence[Token]) -> Sequence[Token]:
    """An item without the number, letter or sign that it begins with; there is at least one word."""
    return tokens[1:] if is_mark(tokens[0].text) else tokens


def _apart(item: Item, is_list: bool) -> list[Item]:
    """An item that is a list itself: with numbers or semicolons within it, or short parts between commas, where it is
    all that its section says: `Hypertension, essential` in a line among others is one thing."""
    tokens = item.tokens
    numbered = _at_numbers(tokens)
    if numbered:
        parts = _parts(tokens, numbered)
        return list(chain.from_iterable(_apart(part, is_list=False) for part in parts))

    ends = [place for place, token in enumerate(tokens, 1) if token.text.endswith(";")]
    is_one_line = tokens[0].line == tokens[-1].line
    if is_list and is_one_line and not ends:
        ends = _at_commas(tokens)
    return _parts(tokens, ends) if ends else [item]


def _at_numbers(tokens: Sequence[Token]) -> list[int]:
    """Where a number stands behind the end of a sentence or an item: it is a mark; `stage 2.` is none."""
    ended = [place for place, token in enumerate(tokens[:-1], 1) if token.text.endswith((".", ";", ":", ","))]
    return [place for place in ended if _INLINE_NUMBER.fullmatch(tokens[place].text)]


def _at_commas(tokens: Sequence[Token]) -> list[int]:
    """Where a line that lists short things is cut: behind its commas; nowhere where one of the parts is a sentence."""
    depth = 0
    ends = []
    for place, token in enumerate(tokens, 1):
        depth += token.text.count("(") - token.text.count(")")
        bare = token.text.removesuffix(",")
        is_end = bare != token.text and not bare.isdigit()
        if is_end and depth <= 0:
            ends.append(place)

    parts = [tokens[start:end] for start, end in pairwise([0, *ends, len(tokens)])]
    return ends if all(map(_is_short_name, parts)) else []


def _is_short_name(tokens: Sequence[Token]) -> bool:
    """Whether words are few, and not numbers alone."""
    has_letters = any(map(str.isalpha, "".join(_words(tokens))))
    return has_letters and len(tokens) <= _MOST_LISTED_WORDS
