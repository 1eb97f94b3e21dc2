"""What one cell holds that is no plain number: two blood pressures, stones and pounds, or words for “no value”."""

import re

from organizer.base.figures import plain
from organizer.importing.formats.tables.headings import plain as plain_words
from organizer.importing.formats.tables.headings import spelt_short

_PRESSURE = re.compile(
    r"(\d{2,3})\s*(?:[/\\–-]|[^\W\d]{2,5})\s*(\d{2,3})(?:\s*mm\s*\[?hg\]?)?"
    r"(?:\s*[,;/(@]?\s*(?:[^\W\d]{1,6})?\s*[:=.]?\s*(\d{2,3})\s*(?:bpm|/min|p)?\s*\)?)?",
    re.IGNORECASE,
)
"""`131/84`, `120 over 80`, with the pulse behind it in brackets, after a stroke or after a word for it."""
_SYSTOLIC, _DIASTOLIC, _PULSE = (50, 300), (20, 200), (20, 250)
"""Bounds (mmHg, beats a minute) beyond which a cell is none of a cuff: what no cuff for people shows."""
_SEVERAL = re.compile(r"\s*(?:;|\n|,(?!\s*(?:p|hr|\d{2,3}\s*(?:bpm|$)))|\s{2,})\s*", re.IGNORECASE)
_TWO_UNITS = re.compile(
    r"(\d{1,2})\s*([^\W\d]+|['’′])\.?\s*,?\s*(?:(\d{1,2}(?:\.\d+)?)\s*([^\W\d]+|[\"”″]|''|’’)?\.?)?"
)
"""`11 st 4 lb`, `5' 11"`, `11 stone 4`."""
_STONES_AND_POUNDS = re.compile(r"(\d{1,2})\s*[-:, ]\s*(\d{1,2}(?:\.\d+)?)")
_PARTS, _SMALLER = {"st": 14, "ft": 12}, {"st": "lb", "ft": "in"}
_NO_VALUE = re.compile(r"[-–—_.*/?\s]+|#\w+[/\w]*[!?]?")
"""Dashes and dots, and what a spreadsheet writes for an error."""
_NO_VALUES = frozenset(
    plain_words(words)
    for words in (
        "n/a", "na", "n.a.", "null", "none recorded", "not done", "not tested", "not measured", "not taken",
        "not recorded", "not available", "not performed", "pending", "in progress", "to follow", "awaited", "tbc",
        "tba", "k.A.", "nicht gemessen", "nicht bestimmt", "nicht durchgeführt", "folgt", "ausstehend", "en cours",
        "non fait", "non mesuré", "non réalisé", "à venir", "pendiente", "no realizado", "no medido", "en proceso",
        "in corso", "non eseguito", "не измерялось", "не определялось", "не выполнено", "в работе",
    )
)  # fmt: skip
"""Words that stand where a value isn't, or isn't yet."""


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


def may_be_millimetres(value: float | None, unit: str) -> bool:
    """False for a pressure that is too low for mmHg and says no other unit: people write cmHg (`14,2/8,8`)."""
    return value is None or value >= _DIASTOLIC[0] or unit.casefold() not in ("", "mmhg", "mm[hg]")


def in_two_units(cell: str, unit: str = "") -> tuple[str, str] | None:
    """A weight in stones and pounds in pounds, a height in feet and inches in inches, with its unit; None for others.

    `unit` is what the heading says: below `st lb` a cell may be `11-4`. A stone is 14 pounds, a foot 12 inches.
    """
    parts = _TWO_UNITS.fullmatch(cell.strip())
    if parts is None and plain_words(unit) == "st lb":
        parts = _STONES_AND_POUNDS.fullmatch(cell.strip())
        return _added(parts[1], "st", parts[2]) if parts is not None else None
    if parts is None:
        return None

    larger, smaller = spelt_short(parts[2]), spelt_short(parts[4] or "")
    if (larger, smaller or _SMALLER.get(larger, "")) not in _SMALLER.items():
        return None
    # `11st` alone stays in stones: the pounds may not have been written down.
    if not parts[3] and larger == "st":
        return None
    return _added(parts[1], larger, parts[3] or "0")


def with_rest(cell: str, unit: str, rest: str) -> tuple[str, str] | None:
    """The same from two columns, stones (feet) and the pounds (inches) that go with them; None where they don't."""
    if not re.fullmatch(r"\d{1,2}(?:\.0+)?", cell) or not re.fullmatch(r"\d{1,2}(?:\.\d+)?", rest):
        return None
    return _added(cell, spelt_short(unit), rest)


def _added(larger: str, unit: str, smaller: str) -> tuple[str, str] | None:
    """The sum in the smaller unit; None where so many of them are one more of the larger."""
    parts = _PARTS[unit]
    if float(smaller) >= parts:
        return None
    return plain(round(float(larger) * parts + float(smaller), 2)), _SMALLER[unit]


def says_no_value(cell: str) -> bool:
    """True for words that stand where a value isn't, or isn't yet: `N/A`, `---`, `pending`."""
    return _NO_VALUE.fullmatch(cell.strip()) is not None or plain_words(cell) in _NO_VALUES
