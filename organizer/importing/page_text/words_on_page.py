"""Words of a page with the place of each: what a text layer or recognition gives, and what readers of pages are given.

All lengths of one page are in one unit, its own: points (1/72 inch) for a PDF, pixels for a picture; the origin is the
page's top left corner and y grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its box; `confidence` (0–100) is recognition's own, None where a text layer gave the word.

    `bold` is True only where the text layer's font says so.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None
    bold: bool = False

    def scaled(self, factor: float) -> "Word":
        """The same word on a page of another unit: pixels at 300 dpi times 72/300 are points."""
        return replace(self, x0=self.x0 * factor, y0=self.y0 * factor, x1=self.x1 * factor, y1=self.y1 * factor)


@dataclass(frozen=True, slots=True)
class PageWords:
    """One page: `number` from 1, its size, its words in the order that their source gave."""

    number: int
    width: float
    height: float
    words: Sequence[Word]
