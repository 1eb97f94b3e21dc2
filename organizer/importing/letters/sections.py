"""A letter's lines under its headings, and each section cut into its items.

A heading is a line, or the beginning of one up to a colon, that stands in resources/letters.json; a line that only
looks like one (few words and a colon, or all in capitals) ends the section before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from organizer.importing.lab_reports.lines import Line, Spot
from organizer.importing.lab_reports.model import Place
from organizer.importing.letters.phrases import ALLERGIES, OTHER, PLAN, TEXT, farewells, headings, plain

_MOST_HEADING_WORDS = 6
_MARK = re.compile(r"(?:\(?\d{1,2}[.)]|[-–—•*·►▪●○‣]|[a-h][.)])")
_FOOT = re.compile(r"(?:page|seite|página|pag\.?)\s*\d+(?:\s*(?:of|von|de|/)\s*\d+)?", re.IGNORECASE)
_INLINE_NUMBER = re.compile(r"\d{1,2}[.)]")
_GOES_ON = re.compile(r"[,;&]$|\b(?:and|or|with|und|oder|mit|y|o|con|et|ou|avec)$", re.IGNORECASE)
_SURE = 4  # letters of a farewell that may have more behind it: `cc` begins many words
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
    """What stands for itself in a section: its words."""

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
        spots = [token.spot for token in self.tokens if token.page == self.tokens[0].page]
        return Place(
            self.tokens[0].page,
            min(spot.x0 for spot in spots),
            min(spot.y0 for spot in spots),
            max(spot.x1 for spot in spots),
            max(spot.y1 for spot in spots),
        )


@dataclass(slots=True)
class Section:
    """What stands below a heading. `sort` is one of phrases.py; `heading` as printed, "" before the first."""

    sort: str
    heading: str = ""
    tokens: list[Token] = field(default_factory=list)

    def items(self) -> list[Item]:
        """Cut at its marks where it has any, else at its lines, and where a single line lists several at its commas."""
        marked = [place for place, token in enumerate(self.tokens) if token.begins and _MARK.fullmatch(token.text)]
        if marked:
            items = _parts(self.tokens, marked)
        else:
            items = _parts(self.tokens, [n for n in range(len(self.tokens)) if self._begins_an_item(n)])
        if self.sort == PLAN:
            return items
        is_list = len(items) == 1 or self.sort == ALLERGIES
        return [part for item in items for part in _apart(item, is_list)]

    def _begins_an_item(self, place: int) -> bool:
        token = self.tokens[place]
        if not token.begins:
            return False
        before = self.tokens[place - 1].text if place else ""
        goes_on = token.text[:1].islower() or token.text[:1] in "(/" or bool(_GOES_ON.search(before))
        return not goes_on and not (before.endswith("-") and len(before) > 1)


def sections_of(lines: Iterable[Line]) -> list[Section]:
    """The sections in the order of the letter; what stands before the first heading is text."""
    sections = [Section(TEXT)]
    for number, line in enumerate(lines):
        if _FOOT.fullmatch(line.text.strip()):
            continue
        if _is_farewell(line.text):
            sections.append(Section(OTHER, line.text))
            continue
        sort, heading, rest = _heading(line)
        if sort:
            sections.append(Section(sort, heading))
        sections[-1].tokens += [
            Token(spot, line.page, number, place == 0) for place, spot in enumerate(line.spots[rest:])
        ]
    return [section for section in sections if section.tokens]


def _is_farewell(text: str) -> bool:
    bare = plain(text)
    return bare in farewells() or any(bare.startswith(phrase) for phrase in farewells() if len(phrase) > _SURE)


def _heading(line: Line) -> tuple[str, str, int]:
    """The sort of a line's heading ("" for none), its words, and how many of the line's words it takes."""
    spots = line.spots
    for count in range(min(len(spots), _MOST_HEADING_WORDS + 2), 0, -1):
        text = " ".join(spot.text for spot in spots[:count])
        is_whole = count == len(spots)
        if (is_whole or text.endswith(":")) and plain(text) in headings():
            return headings()[plain(text)], text.rstrip(": "), count
    if _looks_like_one(line):
        return OTHER, line.text.rstrip(": "), len(spots)
    colon = next((place for place, spot in enumerate(spots[:_MOST_HEADING_WORDS]) if spot.text.endswith(":")), None)
    if colon is not None and _is_capital(" ".join(spot.text for spot in spots[: colon + 1])):
        return OTHER, " ".join(spot.text for spot in spots[: colon + 1]), colon + 1
    return "", "", 0


def _looks_like_one(line: Line) -> bool:
    """Few words that end with a colon, or all in capitals; a list's mark begins none."""
    words_of_it = line.spots
    if len(words_of_it) > _MOST_HEADING_WORDS or _MARK.fullmatch(words_of_it[0].text):
        return False
    return line.text.endswith(":") or (_is_capital(line.text) and len(line.text) > 4 and not _has_digits(line.text))


def _is_capital(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and all(sign.isupper() for sign in letters)


def _has_digits(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _parts(tokens: Sequence[Token], starts: Sequence[int]) -> list[Item]:
    """The tokens cut before each start; what stands before the first one is an item too."""
    cuts = sorted({0, *starts, len(tokens)})
    pieces = [tokens[a:b] for a, b in pairwise(cuts)]
    return [Item(tuple(bare)) for piece in pieces if (bare := _without_mark(piece))]


def _without_mark(tokens: Sequence[Token]) -> Sequence[Token]:
    return tokens[1:] if tokens and _MARK.fullmatch(tokens[0].text) else tokens


def _apart(item: Item, is_list: bool) -> list[Item]:
    """An item that is a list itself: with numbers or semicolons within it, or short parts between commas, where it is
    all that its section says: `Hypertension, essential` in a line among others is one thing."""
    tokens = item.tokens
    numbered = [
        n for n, token in enumerate(tokens) if n and _INLINE_NUMBER.fullmatch(token.text) and _ends(tokens[n - 1])
    ]
    if numbered:
        return [part for piece in _parts(tokens, numbered) for part in _apart(piece, is_list=False)]
    ends = [n + 1 for n, token in enumerate(tokens) if token.text.endswith(";")]
    if not ends and is_list and tokens[0].line == tokens[-1].line:
        ends = _listed(tokens)
    return _parts(tokens, ends) if ends else [item]


def _ends(token: Token) -> bool:
    """Whether a sentence or an item may end here: a number behind it is a mark, `stage 2.` is none."""
    return token.text.endswith((".", ";", ":", ","))


def _listed(tokens: Sequence[Token]) -> list[int]:
    """Where a line that lists short things is cut: behind its commas; nowhere where one of the parts is a sentence."""
    depth = 0
    ends = []
    for place, token in enumerate(tokens):
        depth += token.text.count("(") - token.text.count(")")
        if token.text.endswith(",") and depth <= 0 and not token.text[:-1].isdigit():
            ends.append(place + 1)
    cuts = [0, *ends, len(tokens)]
    parts = [tokens[a:b] for a, b in pairwise(cuts)]
    names = [any(sign.isalpha() for token in part for sign in token.text) for part in parts]
    return ends if ends and all(names) and max(map(len, parts)) <= _MOST_LISTED_WORDS else []
