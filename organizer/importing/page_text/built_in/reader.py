"""A picture of a page → its words with their places, whichever way up it lies."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from organizer.importing.page_text.built_in.legible import chance_of, is_gibberish, is_read
from organizer.importing.page_text.built_in.letters import read_lines
from organizer.importing.page_text.built_in.line_finder import TextLine, lines_on
from organizer.importing.page_text.built_in.line_words import line_words
from organizer.importing.page_text.words_on_page import Word

Array = NDArray[Any]

LONGEST = 1536
"""Pixels of a page's longer side at which its lines are looked for; their letters are read from all of its pixels."""
_ASKED, _PART, _SURELY = 5, 10, 0.93  # of the longest lines, times their height, show which way is up, at once or both
_MOST_UNREAD = 0.5  # of all lines by length: so much that wasn't read, and the page is in another script
_SIDEWAYS = 0.6  # of all length: so much of it standing, and the page lies on its side


def words_on(picture: Array, longest: int = 0) -> list[Word]:
    """The words of a picture (height × width × 3, of bytes) line by line, in its pixels, each with its confidence.

    Lines are looked for at `longest` pixels of its longer side (LONGEST where none are given).
    A word's box has its own length and height around its centre, also on a page that isn't level.
    """
    height, width = picture.shape[:2]
    first_lines = lines_on(picture, longest or LONGEST)
    quarters, lines, page = _upright(picture, first_lines, _quarters(first_lines))
    if _is_upside_down(page, lines):
        quarters, lines, page = _upright(picture, first_lines, quarters + 2)

    ordered = _in_rows(lines)
    words: list[Word] = []
    unread = 0.0
    for line, letters in zip(ordered, read_lines(page, ordered), strict=True):
        if is_read(line, letters):
            words += line_words(line, letters)
        else:
            unread += line.length
    if unread > _MOST_UNREAD * sum(line.length for line in lines) or is_gibberish(words):
        return []
    return [_placed(word, quarters, width, height) for word in words]


def _upright(picture: Array, lines: Sequence[TextLine], quarters: int) -> tuple[int, list[TextLine], Array]:
    """The quarters, and lines and picture turned by them against the clock."""
    height, width = picture.shape[:2]
    turned = [line.turned(quarters, width, height) for line in lines]
    return quarters, turned, np.ascontiguousarray(np.rot90(picture, quarters))


def _quarters(lines: Sequence[TextLine]) -> int:
    standing = sum(line.length for line in lines if abs(line.angle) > math.pi / 4)
    return 1 if standing > _SIDEWAYS * sum(line.length for line in lines) else 0


def _is_upside_down(page: Array, lines: Sequence[TextLine]) -> bool:
    asked = sorted(lines, key=lambda line: line.length / max(line.height, 1), reverse=True)[:_ASKED]
    asked = [replace(line, length=min(line.length, _PART * line.height)) for line in asked]
    upright = _read_well(page, asked, is_turned=False)
    return upright < _SURELY and _read_well(page, asked, is_turned=True) > upright


def _read_well(page: Array, lines: Sequence[TextLine], is_turned: bool) -> float:
    return chance_of(list(chain.from_iterable(read_lines(page, lines, is_turned))))


def _in_rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """From top to bottom, and within a row from left to right, as the page lies."""
    lean = float(np.median([line.angle for line in lines])) if lines else 0.0

    def down(line: TextLine) -> float:
        return line.y * math.cos(lean) - line.x * math.sin(lean)

    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=down):
        if rows and down(line) - down(rows[-1][0]) < line.height / 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    level = [sorted(row, key=lambda line: line.x) for row in rows]
    return list(chain.from_iterable(level))


def _placed(word: Word, quarters: int, width: int, height: int) -> Word:
    """A word of the turned page on the picture (of that size) as it was given."""
    x0, y0, x1, y1 = word.x0, word.y0, word.x1, word.y1
    if quarters % 2:
        width, height = height, width
    for _quarter in range(quarters % 4):
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        width, height = height, width
    return Word(word.text, x0, y0, x1, y1, word.confidence)
