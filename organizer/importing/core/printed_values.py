"""What a value that came as words says: a number with its unit where the text is all about one, else the words."""

import re
from typing import Any

from organizer.base.quantities import parse_number
from organizer.base.units import unit_of

_NUMBER_AND_UNIT = re.compile(r"([<>]?=?[≤≥]?\s*[+-]?\d[\d.]*)\s*([^\d\s.,:].*)")


def printed_value(text: str) -> dict[str, Any]:
    """value, value_text, comparator and unit of `44 mL/min`, `>60`, `4.7`; `2 colonies`, `1:40` and `7,000` stay words.

    A comma may part thousands or decimals, so a number with one is left as it is printed.
    """
    shown = text.strip()
    number, unit = shown, ""
    match = _NUMBER_AND_UNIT.fullmatch(shown)
    if match is not None and unit_of(match[2]) is not None:
        number, unit = match[1], match[2]
    told = parse_number(number)
    if told is None:
        return {"value_text": shown} if shown else {}
    return {"value": told.value, "value_text": told.text, "comparator": told.comparator, "unit": unit}
