"""Numbers as printed: digits kept, comparator apart."""

import re
from dataclasses import dataclass

COMPARATORS = ("<", "<=", ">=", ">")
_NUMBER = re.compile(r"\s*(<=|>=|<|>|≤|≥)?\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*")
_SAME = {"≤": "<=", "≥": ">="}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its comparator and unit. `text` is the number as printed (`1.10`), `value` the number."""

    value: float
    text: str
    unit: str = ""
    comparator: str = ""


def parse_number(text: str) -> Quantity | None:
    """The number with an optional comparator that the whole text is, or None for words and mixtures (`1:40`)."""
    match = _NUMBER.fullmatch(text)
    if match is None or abs(float(match[2])) == float("inf"):
        return None
    comparator = _SAME.get(match[1] or "", match[1] or "")
    return Quantity(float(match[2]), match[2], comparator=comparator)


def printed_precision(text: str) -> float:
    """The worth of the last printed digit: `1.10` → 0.01, `120` → 1, `1.5e3` → 100; 0 for words."""
    number = parse_number(text)
    if number is None:
        return 0.0
    digits, _letter, exponent = number.text.lower().partition("e")
    return float(10.0 ** (int(exponent or 0) - len(digits.partition(".")[2])))
