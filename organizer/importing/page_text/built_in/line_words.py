"""The letters of a line parted into words, each with its place on the picture."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from organizer.importing.page_text.built_in.letters import Letter
from organizer.importing.page_text.built_in.line_finder import TextLine
from organizer.importing.page_text.words_on_page import Word

# Of a found line's height: the letters themselves as tesseract boxes them, the paper before and behind them, and how
# far behind its centre the model tells a letter. Measured on drawn text of 18 to 60 pixels.
_TIGHT, _MARGIN, _LATE = 0.52, 0.14, 0.045
_BLANK = 0.35  # times the line's height: a blank between two words, at the most
_GAP = 1.1  # times the line's height: wider than a blank, even where the model saw none
_GLUED = re.compile(r"[./-]\d{4}(?=\d{2}:\d{2}(?!\d)|\d\d[./-]\d\d[./-]\d\d)|[^\W\d_]:(?=\d{1,4}[./-])")
"""Where the model sees no blank though there is one: behind a day (its time, the next day), and before it (a label)."""


def line_words(line: TextLine, letters: Sequence[Letter]) -> list[Word]:
    """A line's letters parted at blanks and at wide gaps."""
    runs = _runs(line, letters)
    spans = [_span(line, run) for run in runs]
    if spans:
        # A line's own ends are known better than its letters'.
        edge = line.length / 2 - line.height * _MARGIN
        spans[0][0], spans[-1][1] = -edge, edge
    for (before, after), (left, right) in zip(pairwise(spans), pairwise(runs), strict=True):
        is_blank = (right[0].place - left[-1].place) * line.length <= _GAP * line.height
        wider = after[0] - before[1] - _BLANK * line.height
        if is_blank and wider > 0:
            before[1] += wider / 2
            after[0] -= wider / 2
    return [_word(line, run, start, end) for run, (start, end) in zip(runs, spans, strict=True)]


def _runs(line: TextLine, letters: Sequence[Letter]) -> list[list[Letter]]:
    runs: list[list[Letter]] = [[]]
    glued = {match.end() for match in _GLUED.finditer("".join(letter.sign for letter in letters))}
    for number, letter in enumerate(letters):
        before = runs[-1][-1] if runs[-1] else letter
        is_far = (letter.place - before.place) * line.length > _GAP * line.height
        if letter.sign.isspace() or is_far or number in glued:
            runs.append([])
        if not letter.sign.isspace():
            runs[-1].append(letter)
    return [run for run in runs if run]


def _span(line: TextLine, run: Sequence[Letter]) -> list[float]:
    """Where a word begins and ends along its line, from the line's middle."""
    first, last = ((run[end].place - 0.5) * line.length - _LATE * line.height for end in (0, -1))
    half = ((last - first) / (len(run) - 1) if len(run) > 1 else line.height * _TIGHT) / 2
    return [first - half, last + half]


def _word(line: TextLine, run: Sequence[Letter], start: float, end: float) -> Word:
    high, middle = line.height * _TIGHT, (start + end) / 2
    wide = max(end - start, high / 2)
    x, y = line.x + middle * math.cos(line.angle), line.y + middle * math.sin(line.angle)
    text = "".join(letter.sign for letter in run)
    sure = 100 * min(letter.chance for letter in run)
    return Word(text, x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, confidence=round(sure, 1))
