"""Words of a photographed or scanned page as they would stand on a flat, upright one.

Nothing but the words' own places is asked: along a line they follow each other, and in a table they stand below each
other. A page that lies on its side, is turned, seen from aside or curled shows in how both directions change over it.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from organizer.importing.page_text.words_on_page import Word

Array = NDArray[Any]

_OVERLAP = 0.4  # heights by which the boxes of neighbours in a line may overlap
_FLAT = 0.6  # heights that a word's centre may stand off its neighbour's
_STEEPEST, _STEP = 0.24, 0.004  # rise of lines to the right: 13°; and the steps it is looked for in
_CHANGES = tuple(sorted((number * 0.02 for number in range(-7, 8)), key=abs))  # of it, from middle to edge
_FITS = 0.13  # heights that a word may stand off where its neighbour says
_BELOW, _ASIDE = 9.0, 1.6  # heights to a word below, and aside of it, that may stand in one column
_CLEARLY, _FEWEST = 1.15, 12  # times as many columns as without, and words in them, to believe in a lean
_PASSES = 4
_MOST_PAIRS = 1000


def levelled(words: Sequence[Word]) -> list[Word]:
    """The same words in the same order; each keeps its length and height around its new place.

    Places have no meaning beyond each other: the page's middle stays where it is, unless it is turned by quarters.
    """
    if len(words) < 2:
        return list(words)
    upright = _upright(words)
    boxes = np.array([(word.x0, word.y0, word.x1, word.y1) for word in upright], float)
    centres = np.stack([boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]], axis=1) / 2
    em = float(np.median(boxes[:, 3] - boxes[:, 1])) or 1.0
    half = np.maximum(np.ptp(centres, axis=0) / 2, em)
    middle = (centres.max(0) + centres.min(0)) / 2
    places = (centres - middle) / half
    widths = (boxes[:, 2] - boxes[:, 0]) / half[0]
    places, rise = _lines_levelled(places, widths, half, em)
    places = _columns_levelled(places, widths, half, em, rise)
    moved = places * half + middle - centres
    return [
        replace(word, x0=word.x0 + x, y0=word.y0 + y, x1=word.x1 + x, y1=word.y1 + y)
        for word, (x, y) in zip(upright, moved.tolist(), strict=True)
    ]


def _upright(words: Sequence[Word]) -> list[Word]:
    """Turned by quarters until words are longer than high, and follow each other to the right."""
    standing = sum(_length(word, upright=False) - _length(word, upright=True) for word in words if len(word.text) > 2)
    first, second = (_turned(words, quarters + (standing > 0)) for quarters in (0, 2))
    return first if _followers(first) >= _followers(second) else second


def _length(word: Word, upright: bool) -> float:
    return word.x1 - word.x0 if upright else word.y1 - word.y0


def _turned(words: Sequence[Word], quarters: int) -> list[Word]:
    turned = list(words)
    for _quarter in range(quarters):
        turned = [replace(word, x0=word.y0, y0=-word.x1, x1=word.y1, y1=-word.x0) for word in turned]
    return turned


def _followers(words: Sequence[Word]) -> int:
    """How many words have the next one to their right, in one line."""
    count = 0
    for word, after in pairwise(words):
        high = max(min(word.y1 - word.y0, after.y1 - after.y0), 1e-6)
        off = abs(after.y0 + after.y1 - word.y0 - word.y1) / 2
        count += after.x0 - word.x1 > -_OVERLAP * high and off < _FLAT * high + _STEEPEST * (after.x0 - word.x1)
    return count


def _lines_levelled(places: Array, widths: Array, half: Array, em: float) -> tuple[Array, float]:
    """Places with their lines level, and the rise of the lines in the page's middle, in its own units."""
    lefts, others = _beside(places, widths, half, em)
    if len(lefts) < _FEWEST:
        return places, 0.0
    u = (places[lefts, 0] + places[others, 0]) / 2
    v = (places[lefts, 1] + places[others, 1]) / 2
    across = (places[others, 0] - places[lefts, 0]) * half[0]
    down = (places[others, 1] - places[lefts, 1]) * half[1]
    fits = _FITS * em
    terms = np.stack([np.ones_like(u), v, u, u * u], axis=1)
    slope = _most_agreeing(across, down, terms, fits, 0.0, _CHANGES)
    for _pass in range(_PASSES):
        near = np.abs(down - across * (terms @ slope)) < fits
        if near.sum() < _FEWEST:
            break
        slope = np.linalg.lstsq(terms[near] * across[near, None], down[near], rcond=None)[0]
    u, v = places[:, 0], places[:, 1]
    level = v.copy()
    for _pass in range(_PASSES):  # the rise depends on where a line would be if it were level
        fallen = slope[0] * u + slope[1] * level * u + slope[2] * u**2 / 2 + slope[3] * u**3 / 3
        level = v - fallen * half[0] / half[1]
    return np.stack([u, level], axis=1), float(slope[0])


def _columns_levelled(places: Array, widths: Array, half: Array, em: float, rise: float) -> Array:
    """Places with their columns upright: by the words that stand below each other, else square to the lines."""
    uppers, others, aside = _below(places, widths, half, em)
    square = -rise
    lean, spread = square, 0.0
    if len(uppers) >= _FEWEST:
        u = (places[uppers, 0] + places[others, 0]) / 2
        down = (places[others, 1] - places[uppers, 1]) * half[1]
        fits = _FITS * em
        lean, spread = _most_agreeing(down, aside, np.stack([np.ones_like(u), u], axis=1), fits, square, ())
        agreeing = int((np.abs(aside - down * (lean + spread * u)) < fits).sum())
        anyway = int((np.abs(aside - down * square) < fits).sum())
        if agreeing < max(_FEWEST, _CLEARLY * anyway):
            lean, spread = square, 0.0
    u, v = places[:, 0], places[:, 1]
    moved = u.copy()
    for _pass in range(_PASSES):
        moved = u - (lean + spread * moved) * v * half[1] / half[0]
    return np.stack([moved, v], axis=1)


def _most_agreeing(
    along: Array, aside: Array, terms: Array, fits: float, around: float, curls: Sequence[float]
) -> Array:
    """The share of each term in the slope by which most pairs stand in one line; of equal ones the least.

    The first term is the slope itself, near `around`; the second its change over the page, the third one of `curls`.
    """
    every = slice(None, None, 1 + len(along) // _MOST_PAIRS)  # of a page full of words some say it as well
    along, aside, terms = along[every], aside[every], terms[every]
    rises = around + np.arange(-_STEEPEST, _STEEPEST, _STEP)
    best, most = np.zeros(terms.shape[1]), 0.0
    for curl in sorted({0.0, *curls}, key=abs):
        for spread in _CHANGES:
            shares = [spread, curl][: terms.shape[1] - 1]
            changes = sum(share * terms[:, number + 1] for number, share in enumerate(shares))
            misses = np.abs(aside[None] - along[None] * (rises[:, None] + changes)) / fits
            scores = np.clip(1 - misses, 0, None).sum(1) - 1e-3 * np.abs(rises)
            number = int(np.argmax(scores))
            if scores[number] > most * (1 + 1e-6):
                best[:] = 0
                best[: len(shares) + 1] = [rises[number], *shares]
                most = float(scores[number])
    return best


def _beside(places: Array, widths: Array, half: Array, em: float) -> tuple[Array, Array]:
    """Pairs of words of which the second is the nearest ones to the right of the first, about as high."""
    lefts, others = [], []
    starts, ends = places[:, 0] - widths / 2, places[:, 0] + widths / 2
    for number in range(len(places)):
        gap = (starts - ends[number]) * half[0]
        off = np.abs(places[:, 1] - places[number, 1]) * half[1]
        steep = off < _FLAT * em + _STEEPEST * np.abs(places[:, 0] - places[number, 0]) * half[0]
        near = np.flatnonzero((gap > -_OVERLAP * em) & steep)
        for other in near[np.argsort(gap[near])[:_LOOKED_AT]]:
            lefts.append(number)
            others.append(other)
    return np.array(lefts, int), np.array(others, int)


_LOOKED_AT = 3
"""Neighbours of a word that are looked at: the nearest may be of the line above."""


def _below(places: Array, widths: Array, half: Array, em: float) -> tuple[Array, Array, Array]:
    """Pairs of words of which the second stands below the first, with how far aside their starts or ends are."""
    uppers, others, asides = [], [], []
    starts, ends = places[:, 0] - widths / 2, places[:, 0] + widths / 2
    for number in range(len(places)):
        down = (places[:, 1] - places[number, 1]) * half[1]
        for edges in (starts, ends):
            aside = (edges - edges[number]) * half[0]
            near = np.flatnonzero((down > em) & (down < _BELOW * em) & (np.abs(aside) < _ASIDE * em))
            uppers += [number] * len(near)
            others += near.tolist()
            asides += aside[near].tolist()
    return np.array(uppers, int), np.array(others, int), np.array(asides, float)
