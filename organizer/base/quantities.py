"""Numbers as printed: digits kept, comparator apart."""

import re
from dataclasses import dataclass

COMPARATORS = ("<", "<=", ">=", ">")
_NUMBER = re.compile(r"\s*(<=|>=|<|>|≤|≥)?\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*")
_SAME = {"≤": "<=", "≥": ">="}
# UCUM's case-sensitive codes whose print symbol is another, and how its tables write powers of ten and areas
# (https://ucum.org/ucum, tables 3–22: column "print").
_PRINTED = (
    ("mm[Hg]", "mmHg"), ("10*", "10^"), ("[degF]", "°F"), ("Cel", "°C"), ("[lb_av]", "lb"), ("[oz_av]", "oz"),
    ("[in_i]", "in"), ("[ft_i]", "ft"), ("m2", "m²"),
)  # fmt: skip
_MICRO = re.compile(r"(?<![A-Za-z\[{])u(?=(?:g|mol|L|l|m|s|U|\[)(?![a-z]))")
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its comparator and unit. `text` is the number as printed (`1.10`), `value` the number."""

    value: float
    text: str
    unit: str = ""
    comparator: str = ""

    def spoken(self) -> str:
        """For people: `<0.1 g/g`."""
        return f"{self.comparator}{self.text} {spoken_unit(self.unit)}".strip()


def spoken_unit(unit: str) -> str:
    """A UCUM code as people write it: `mm[Hg]` → `mmHg`, `umol/L` → `µmol/L`, `10*3/uL` → `10³/µL`.

    A score has no unit to write (`{score}` → empty); other notes in braces and brackets stay without them.
    """
    for code, printed in _PRINTED:
        unit = unit.replace(code, printed)
    unit = re.sub(r"10\^(-?\d+)", lambda power: "10" + power[1].translate(_SUPERSCRIPT), unit)
    unit = _MICRO.sub("µ", unit)
    if unit.lower() in ("{score}", "{scores}", "1"):
        return ""
    return re.sub(r"[\[\]{}]", "", unit).replace("_", " ")


def parse_number(text: str) -> Quantity | None:
    """The number with an optional comparator that the whole text is, or None for words and mixtures (`1:40`)."""
    match = _NUMBER.fullmatch(text)
    if match is None or abs(float(match[2])) == float("inf"):
        return None
    comparator = _SAME.get(match[1] or "", match[1] or "")
    return Quantity(float(match[2]), match[2], comparator=comparator)


def printed_number(value: float) -> str:
    """A number without needless digits: `7.0` → `7`."""
    return f"{value:.10g}"


def printed_precision(text: str) -> float:
    """The worth of the last printed digit: `1.10` → 0.01, `120` → 1, `1.5e3` → 100; 0 for words."""
    number = parse_number(text)
    if number is None:
        return 0.0
    digits, _letter, exponent = number.text.lower().partition("e")
    return float(10.0 ** (int(exponent or 0) - len(digits.partition(".")[2])))
