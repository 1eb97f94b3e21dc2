"""A letter's lines under its headings.

A heading is a line, or the beginning of one up to a colon, that stands in resources/letters.json; a line that only
looks like one (few words and a colon, or all in capitals) ends the section before it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from organizer.importing.lab_reports.lines import Line, text_of
from organizer.importing.letters.items import Item, Token, is_mark, items_of
from organizer.importing.letters.phrases import OTHER, TEXT, farewells, headings, plain

_MOST_HEADING_WORDS = 6
_MOST_KNOWN_WORDS = 8  # of a heading that is known
_SHORTEST_CAPITALS = 4  # letters
_FOOT = re.compile(r"(?:page|seite|página|pag\.?)\s*\d+(?:\s*(?:of|von|de|/)\s*\d+)?", re.IGNORECASE)
_SURE = 4  # letters of a farewell that may have more behind it: `cc` begins many words


@dataclass(slots=True)
class Section:
    """What stands below a heading. `sort` is one of phrases.py; `heading` as printed, "" before the first."""

    sort: str
    heading: str = ""
    tokens: list[Token] = field(default_factory=list)

    def items(self) -> list[Item]:
        """What stands for itself in it."""
        return items_of(self.tokens, self.sort)


@dataclass(frozen=True, slots=True)
class _Heading:
    """The sort of section that it opens, its words, and how many of its line's words it takes."""

    sort: str
    words: str
    width: int


def sections_of(lines: Iterable[Line]) -> list[Section]:
    """The sections in the order of the letter; what stands before the first heading is text."""
    sections = [Section(TEXT)]
    for number, line in enumerate(lines):
        if _FOOT.fullmatch(line.text.strip()):
            continue
        heading = _farewell(line) or _known(line) or _alone(line) or _in_capitals(line)
        if heading is None:
            sections[-1].tokens += _tokens(line, number, 0)
        else:
            sections.append(Section(heading.sort, heading.words))
            sections[-1].tokens += _tokens(line, number, heading.width)
    return [section for section in sections if section.tokens]


def _tokens(line: Line, number: int, start: int) -> list[Token]:
    """The words of a line from one of them on."""
    return [Token(spot, line.page, number, place == 0) for place, spot in enumerate(line.spots[start:])]


def _farewell(line: Line) -> _Heading | None:
    """A letter's end closes what stands before it."""
    bare = plain(line.text)
    beginnings = tuple(phrase for phrase in farewells() if len(phrase) > _SURE)
    is_farewell = bare in farewells() or bare.startswith(beginnings)
    return _Heading(OTHER, line.text, len(line.spots)) if is_farewell else None


def _known(line: Line) -> _Heading | None:
    """The longest beginning of a line that is a heading of the file: the whole line, or up to a colon."""
    whole = len(line.spots)
    for count in range(min(whole, _MOST_KNOWN_WORDS), 0, -1):
        words = text_of(line.spots[:count])
        is_closed = count == whole or words.endswith(":")
        if is_closed and plain(words) in headings():
            return _Heading(headings()[plain(words)], words.rstrip(": "), count)
    return None


def _alone(line: Line) -> _Heading | None:
    """A line that looks like a heading: few words that end with a colon, or all in capitals; a list's mark begins
    none."""
    width, text = len(line.spots), line.text
    if width > _MOST_HEADING_WORDS or is_mark(line.spots[0].text):
        return None
    looks_like_one = text.endswith(":") or _is_title(text)
    return _Heading(OTHER, text.rstrip(": "), width) if looks_like_one else None


def _in_capitals(line: Line) -> _Heading | None:
    """Words in capitals up to a colon, with more behind it."""
    first = line.spots[:_MOST_HEADING_WORDS]
    width = next((width for width, spot in enumerate(first, 1) if spot.text.endswith(":")), 0)
    words = text_of(first[:width])
    return _Heading(OTHER, words, width) if _is_capital(words) else None


def _is_title(text: str) -> bool:
    """All in capitals, and neither a short word nor a number with its unit."""
    return _is_capital(text) and len(text) > _SHORTEST_CAPITALS and not any(map(str.isdigit, text))


def _is_capital(text: str) -> bool:
    """No small letter, and some of the others."""
    letters = list(filter(str.isalpha, text))
    return len(letters) >= _SHORTEST_CAPITALS and all(map(str.isupper, letters))
