"""What one cell holds that is no plain number: two blood pressures, stones and pounds, or words for “no value”."""

import re

from organizer.base.figures import plain
from organizer.importing.formats.tables.headings import spelt_short

_PRESSURE = re.compile(
    r"(\d{2,3})\s*(?:/|\\|-|–|over|auf|sur|sobre|zu)\s*(\d{2,3})(?:\s*mm\s*\[?hg\]?)?"
    r"(?:\s*[,;/(@]?\s*(?:p(?:ulse|uls|ouls)?|hr|puls|bpm)?\s*[:=.]?\s*(\d{2,3})\s*(?:bpm|/min|p)?\s*\)?)?",
    re.IGNORECASE,
)
_SYSTOLIC, _DIASTOLIC, _PULSE = (50, 300), (20, 200), (20, 250)
"""Bounds (mmHg, beats a minute) beyond which a cell is none of a cuff: what no cuff for people shows."""
_SEVERAL = re.compile(r"\s*(?:;|\n|,(?!\s*(?:p|hr|\d{2,3}\s*(?:bpm|$)))|\s{2,})\s*", re.IGNORECASE)
_STONES = re.compile(
    r"(\d{1,2})\s*(?:st|stones?)\b\.?(?:\s*,?\s*(\d{1,2}(?:\.\d+)?)\s*(?:lbs?|pounds?)?\.?)?", re.IGNORECASE
)
_STONES_AND_POUNDS = re.compile(r"(\d{1,2})\s*(?:st)?\s*[-:, ]\s*(\d{1,2}(?:\.\d+)?)\s*(?:lbs?)?", re.IGNORECASE)
_FEET = re.compile(
    r"(\d)\s*(?:ft|feet|foot|['’′])\.?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:in|inch|inches|\"|”|″|''|’’)?\.?)?", re.IGNORECASE
)
_POUNDS_A_STONE, _INCHES_A_FOOT = 14, 12
_NO_VALUE = re.compile(
    r"[-–—_.*/?\s]+|n/?a|n\.\s?a\.?|#n/?a|#value!|#div/0!|null|none recorded|"
    r"not (?:done|tested|measured|taken|recorded|available|performed)|"
    r"pending|in progress|to follow|awaited|tbc|tba|k\.?\s?a\.?|nicht (?:gemessen|bestimmt|"
    r"durchgeführt)|folgt|ausstehend|en cours|non (?:fait|mesuré|réalisé)|à venir|pendiente|no (?:realizado|medido)|"
    r"en proceso|in corso|non eseguito|не (?:измерялось|определялось|выполнено)|в работе",
    re.IGNORECASE,
)


def pressures_in(cell: str) -> list[tuple[str, str, str]]:
    """Systolic, diastolic and pulse ("" for none) of each reading in a cell: `131/84 (70)`, `128/80; 130/82`.

    [] where anything in it is no such reading.
    """
    readings = []
    for part in _SEVERAL.split(cell.strip()):
        match = _PRESSURE.fullmatch(part.strip())
        if match is None or not _may_be_pressure(*match.groups()):
            return []
        readings.append((match[1], match[2], match[3] or ""))
    return readings


def _may_be_pressure(systolic: str, diastolic: str, pulse: str | None) -> bool:
    upper, lower = int(systolic), int(diastolic)
    beats = int(pulse) if pulse else _PULSE[0]
    return (
        _SYSTOLIC[0] <= upper <= _SYSTOLIC[1]
        and _DIASTOLIC[0] <= lower <= _DIASTOLIC[1]
        and lower < upper
        and _PULSE[0] <= beats <= _PULSE[1]
    )


def in_two_units(cell: str, unit: str = "") -> tuple[str, str] | None:
    """A weight in stones and pounds in pounds, a height in feet and inches in inches, with its unit; None for others.

    `unit` is what the heading says: below `st lb` a cell may be `11-4`. A stone is 14 pounds, a foot 12 inches.
    """
    feet = _FEET.fullmatch(cell.strip())
    if feet is not None and float(feet[2] or 0) < _INCHES_A_FOOT:
        return _sum(feet[1], _INCHES_A_FOOT, feet[2]), "in"
    stones = _STONES.fullmatch(cell.strip())
    if stones is None and re.fullmatch(r"st\W*lbs?", unit.strip(), re.IGNORECASE):
        stones = _STONES_AND_POUNDS.fullmatch(cell.strip())
    # `11st` alone stays in stones: the pounds may not have been written down.
    if stones is not None and stones[2] and float(stones[2]) < _POUNDS_A_STONE:
        return _sum(stones[1], _POUNDS_A_STONE, stones[2]), "lb"
    return None


def with_rest(cell: str, unit: str, rest: str) -> tuple[str, str] | None:
    """The same from two columns, stones (feet) and the pounds (inches) that go with them; None where they don't."""
    most, smaller = (_POUNDS_A_STONE, "lb") if spelt_short(unit) == "st" else (_INCHES_A_FOOT, "in")
    if not re.fullmatch(r"\d{1,2}(?:\.0+)?", cell) or not re.fullmatch(r"\d{1,2}(?:\.\d+)?", rest):
        return None
    return (_sum(cell, most, rest), smaller) if float(rest) < most else None


def _sum(larger: str, parts: int, smaller: str | None) -> str:
    return plain(round(float(larger) * parts + float(smaller or 0), 2))


def says_no_value(cell: str) -> bool:
    """True for words that stand where a value isn't, or isn't yet: `N/A`, `---`, `pending`."""
    return _NO_VALUE.fullmatch(cell.strip()) is not None
