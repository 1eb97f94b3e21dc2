"""The letters of a line parted into words, each with its place on the picture."""

import math
import re
from collections.abc import Sequence

from organizer.importing.page_text.built_in.letters import Letter
from organizer.importing.page_text.built_in.line_finder import TextLine
from organizer.importing.page_text.words_on_page import Word

# Of a found line's height: the letters themselves as tesseract boxes them, the paper before and behind them, and how
# far behind its centre the model tells a letter. Measured on drawn text of 18 to 60 pixels.
_TIGHT, _MARGIN, _LATE = 0.52, 0.14, 0.045
_GAP = 1.1  # times the line's height: wider than a blank, even where the model saw none
_GLUED = re.compile(r"[./-]\d{4}(?=\d{2}:\d{2}(?!\d))|[^\W\d_]:(?=\d{1,4}[./-])")
"""Where the model sees no blank though there is one: between day and time, between a label and its day."""


def line_words(line: TextLine, letters: Sequence[Letter]) -> list[Word]:
    """A line's letters parted at blanks and at wide gaps."""
    runs: list[list[Letter]] = [[]]
    glued = {match.end() for match in _GLUED.finditer("".join(letter.sign for letter in letters))}
    for number, letter in enumerate(letters):
        before = runs[-1][-1] if runs[-1] else None
        wide = before is not None and (letter.place - before.place) * line.length > _GAP * line.height
        if letter.sign.isspace() or wide or number in glued:
            runs.append([])
        if not letter.sign.isspace():
            runs[-1].append(letter)
    runs = [run for run in runs if run]
    return [_word(line, run, run is runs[0], run is runs[-1]) for run in runs]


def _word(line: TextLine, run: Sequence[Letter], is_first: bool, is_last: bool) -> Word:
    """A word around its letters' centres; a line's own ends are known better than those."""
    high, edge = line.height * _TIGHT, line.length / 2 - line.height * _MARGIN
    first, last = ((run[end].place - 0.5) * line.length - _LATE * line.height for end in (0, -1))
    half = ((last - first) / (len(run) - 1) if len(run) > 1 else high) / 2
    start, end = -edge if is_first else first - half, edge if is_last else last + half
    middle, wide = (start + end) / 2, max(end - start, half)
    x, y = line.x + middle * math.cos(line.angle), line.y + middle * math.sin(line.angle)
    text = "".join(letter.sign for letter in run)
    sure = 100 * min(letter.chance for letter in run)
    return Word(text, x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, confidence=round(sure, 1))
