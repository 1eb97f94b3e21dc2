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
_BLANK = 0.35  # times the line's height: a blank between two words, at the most
_GAP = 1.1  # times the line's height: wider than a blank, even where the model saw none
_GLUED = re.compile(r"[./-]\d{4}(?=\d{2}:\d{2}(?!\d)|\d\d[./-]\d\d[./-]\d\d)|[^\W\d_]:(?=\d{1,4}[./-])")
"""Where the model sees no blank though there is one: behind a day (its time, the next day), and before it (a label)."""


def line_words(line: TextLine, letters: Sequence[Letter]) -> list[Word]:
    """A line's letters parted at blanks and at wide gaps."""
    runs = _runs(line, letters)
    spans = [_span(line, run) for run in runs]
    if not spans:
        return []

    # A line's own ends are known better than its letters'.
    edge = line.length / 2 - line.height * _MARGIN
    spans[0][0], spans[-1][1] = -edge, edge
    for number in range(1, len(runs)):
        if not _is_far(line, runs[number - 1][-1], runs[number][0]):
            _close_up(spans[number - 1], spans[number], _BLANK * line.height)
    return [_word(line, run, *span) for run, span in zip(runs, spans, strict=True)]


def _runs(line: TextLine, letters: Sequence[Letter]) -> list[list[Letter]]:
    """The letters of each word."""
    glued = {match.end() for match in _GLUED.finditer("".join(letter.sign for letter in letters))}
    runs: list[list[Letter]] = [[]]
    before = None
    for number, letter in enumerate(letters):
        parted = number in glued or (before is not None and _is_far(line, before, letter))
        before = letter
        if parted:
            runs.append([])
        if letter.sign.isspace():
            runs.append([])
            continue
        runs[-1].append(letter)
    return [run for run in runs if run]


def _is_far(line: TextLine, before: Letter, after: Letter) -> bool:
    """Whether there is more than a blank between two letters."""
    apart = (after.place - before.place) * line.length
    return apart > _GAP * line.height


def _close_up(before: list[float], after: list[float], blank: float) -> None:
    """Let two words that are parted by a blank stand no farther apart than one."""
    wider = max(0.0, after[0] - before[1] - blank)
    before[1] += wider / 2
    after[0] -= wider / 2


def _span(line: TextLine, run: Sequence[Letter]) -> list[float]:
    """Where a word begins and ends along its line, from the line's middle."""
    first, last = ((run[end].place - 0.5) * line.length - _LATE * line.height for end in (0, -1))
    # A letter is as wide as the steps between them; one alone as half of its height.
    half = (last - first + line.height * _TIGHT) / len(run) / 2
    return [first - half, last + half]


def _word(line: TextLine, run: Sequence[Letter], start: float, end: float) -> Word:
    """A word around its centre, with its own length and height."""
    high = line.height * _TIGHT
    wide = max(end - start, high / 2)
    middle = (start + end) / 2
    x = line.x + middle * math.cos(line.angle)
    y = line.y + middle * math.sin(line.angle)
    text = "".join(letter.sign for letter in run)
    sure = 100 * min(letter.chance for letter in run)
    return Word(text, x - wide / 2, y - high / 2, x + wide / 2, y + high / 2, confidence=round(sure, 1))
