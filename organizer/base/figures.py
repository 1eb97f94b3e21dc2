"""How a number is written: no exponent, no digits that nobody measured. Values and ranges: organizer.health.printed."""

import re
from collections.abc import Iterable
from decimal import Decimal
from math import floor, isfinite, log10

from organizer.base import writing
from organizer.base.i18n import SOURCE_LANGUAGE, _, language

NARROW_SPACE = "\u202f"
"""Parts groups of three digits where a comma could be taken for a decimal one (BIPM, SI Brochure, 9th edition, 5.4.4,
looked up 2026-11-29)."""
GROUPED_FROM = 5
"""Digits before the point from which on they are grouped: `9000`, `12,500` (the same section of the SI Brochure)."""
MOST_DECIMALS, MOST_FIGURES = 5, 6
"""What a laboratory prints at most: a number with more of both is a computer's, not a measurement's."""
FIGURES_SHOWN = 4
"""Of a computer's number so many figures are for people."""
_EXACT = 12
"""Significant digits that a sum of a few floats holds without the noise of binary fractions (0.1 + 0.2 is 0.3)."""
AS_ENTERED = 15
"""Significant digits that a float holds of a number that was entered (IEEE 754, binary64)."""
_ROUNDED = "≈"
_LEAST, _MOST = 1e-9, 1e15
"""Between these a number is written out; beyond them with a power of ten."""
_DECIMAL = re.compile(r"[+-]?(\d+)\.(\d+)")
_WITH_POINT = re.compile(r"(?<![\d.,])\d+\.\d+(?![\d.,]*\d)")
_WITH_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d*)?[eE][+-]?\d+")
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def plain(value: float, figures: int = _EXACT) -> str:
    """The number written out, ungrouped, with at most so many significant figures: `4250000`, `0.00002`.

    What it writes can be read again as a number, so it also serves forms and files.
    """
    if not isfinite(value):
        return str(value)
    text = format(Decimal(f"{value:.{figures - 1}e}"), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def decimal_sign() -> str:
    """A point or a comma: what the person chose, else what stands between 0 and 5 in the language that is spoken."""
    return writing.chosen().decimal or _("0.5")[1]


def with_sign(text: str, numbers: Iterable[float] | None = None) -> str:
    """A printed text with the decimal sign of the language that is spoken: `3.5–5.1` is `3,5–5,1` in German.

    Only a number that is one of `numbers` (any where none are given) is written so: in `1.200` the point may part
    thousands, and then the text stays.
    """
    if decimal_sign() == ".":
        return text
    known = None if numbers is None else set(numbers)
    return _WITH_POINT.sub(
        lambda match: match[0].replace(".", decimal_sign()) if known is None or float(match[0]) in known else match[0],
        text,
    )


def grouped(value: float, figures: int = _EXACT) -> str:
    """The number as people write it: `4,250,000` in English, `4 250 000` elsewhere; `1.5 × 10⁻¹²` where it is tiny."""
    if not isfinite(value):
        return str(value)
    if value and not _LEAST <= abs(value) < _MOST:
        return _with_power(value, min(figures, FIGURES_SHOWN))
    text = plain(value, figures)
    sign = "-" if text.startswith("-") else ""
    whole, point, decimals = text.removeprefix("-").partition(".")
    if len(whole) >= GROUPED_FROM:
        by_comma = language() == SOURCE_LANGUAGE and decimal_sign() == "."
        whole = f"{int(whole):,}".replace(",", "," if by_comma else NARROW_SPACE)
    return f"{sign}{whole}{decimal_sign() if point else ''}{decimals}"


def brief(value: float) -> str:
    """A computed number for people: four figures, and never fewer than stand before the point."""
    return grouped(value, figures_of(value))


def figures_of(value: float) -> int:
    """How many figures a computed number is given."""
    before = floor(log10(abs(value))) + 1 if value and isfinite(value) else 1
    return max(FIGURES_SHOWN, before)


def sensible(value: float) -> str:
    """A number as it stands in the record, in full; one with a computer's digits in four figures."""
    return brief(value) if _is_noise(plain(value)) else grouped(value)


def readable(text: str) -> str:
    """A value as its source printed it, with the decimal sign of the language; what no laboratory prints is put for
    people.

    `178.899508652893` becomes `≈178.9`, `4.25e+06` becomes `4250000`; `1.10`, `Trace` and `1:40` stay.
    """
    if _WITH_EXPONENT.fullmatch(text) and isfinite(float(text)):
        value = float(text)
        return plain(value) if not value or _LEAST <= abs(value) < _MOST else grouped(value)
    if _is_noise(text):
        return f"{_ROUNDED}{brief(float(text))}"
    return with_sign(text) if _DECIMAL.fullmatch(text) else text


def is_rounded(shown: str) -> bool:
    """Whether a `readable` text is a computer's number, rounded for people."""
    return shown.startswith(_ROUNDED)


def _is_noise(text: str) -> bool:
    """True for more decimals, and more figures, than a laboratory prints."""
    match = _DECIMAL.fullmatch(text)
    if match is None or len(match[2]) <= MOST_DECIMALS:
        return False
    return len(f"{match[1]}{match[2]}".lstrip("0")) > MOST_FIGURES


def _with_power(value: float, figures: int) -> str:
    mantissa, power = f"{value:.{figures - 1}e}".split("e")
    shown = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return f"{with_sign(shown)} × 10{str(int(power)).translate(_SUPERSCRIPT)}"
