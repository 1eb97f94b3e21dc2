"""A printed result: its number with comparator, unit and flag, or the words that it is."""

import re
from dataclasses import dataclass
from typing import Any

from organizer.base.analytes import analyte_of
from organizer.base.numbers import Bounds, PrintedValue, read_value
from organizer.base.remembered import remembered
from organizer.base.units import is_bare, is_unit, same_unit

_LETTERS = r"(?:H{1,2}|L{1,2}|A{1,2}|N|CH|CL)"
_WORDS = r"(?i:high|low|abnormal|critical|normal|hoch|niedrig|erhöht|erniedrigt|haut|bas|élevé|alto|bajo)"
_FLAG = re.compile(rf"[(\[]?(?:{_LETTERS}\*?|{_WORDS}|[*!]{{1,3}}|[↑↓▲▼⬆⬇]{{1,3}})[)\]]?")
"""A flag behind a number. Letters are capitals: `7.5 h` are hours."""
_NO_MORE_THAN_A_NOTE = re.compile(r"\((?:calc(?:ulated)?\.?|berechnet|ber\.|calculé|calculado)\)", re.IGNORECASE)
_LIKE_A_UNIT = re.compile(r"(?:%|[^\W\d_]{1,6}|[^\s\d]\S{0,15}/\S{1,12}|10\S{2,8}/\S{1,6})")
_LITRES = "L"
_FAR = 10.0
"""A number that may be a thousandfold of another is told by which of them lies within so many times the range."""


@dataclass(frozen=True, slots=True)
class PrintedResult:
    """`value` is None for words and for what is open: then `readings` holds the two numbers that it can be.

    `text` is the number's digits, else the words as printed; `unit` and `flag` as printed, "" where there is none.
    """

    text: str
    value: float | None = None
    comparator: str = ""
    unit: str = ""
    flag: str = ""
    readings: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """As an entry's fields; without a number the words and the unit alone."""
        if self.value is None:
            return {"value_text": self.text, "unit": self.unit} if self.unit else {"value_text": self.text}
        return {"value": self.value, "value_text": self.text, "comparator": self.comparator, "unit": self.unit}


@remembered(16_384, typed=True)
def read_result(
    text: str, decimal: str = "", unit: str = "", code: str = "", ends: tuple[float | None, float | None] = (None, None)
) -> PrintedResult:
    """A result as printed; `unit` is the one that stands apart from it, `code` the LOINC code of what was measured.

    `ends` are those of the reference range beside it: they tell a flag from litres (`3.2 L`).
    """
    analyte = analyte_of(code) if code else None
    usual = analyte.usual if analyte and is_bare(unit) else None
    value = read_value(text, decimal, usual or _about(ends))
    if value.sort not in ("number", "open"):
        return _in_words(value, unit)
    behind = _behind(value, unit, analyte.units if analyte else (), ends)
    if behind is None:
        return _in_words(value, unit)
    if value.sort == "open":
        return PrintedResult(value.printed, unit=behind[0], flag=behind[1], readings=value.readings)
    return PrintedResult(value.digits, value.value, value.comparator, *behind)


def _in_words(value: PrintedValue, unit: str) -> PrintedResult:
    """A result that is no number: words alone (`negative`, `calculated`) have no unit, and what brings one of its own
    (`98 µmol/l` below mg/dl) hasn't that of its column."""
    last = value.printed.rpartition(" ")[2]
    has_its_own = is_unit(last) and not same_unit(last, unit)
    is_measured = any(map(str.isdigit, value.printed)) and not has_its_own
    return PrintedResult(value.printed, unit=unit if is_measured else "")


def _about(ends: tuple[float | None, float | None]) -> Bounds | None:
    """Bounds far around a reference range: 25.000 beside 150–400 isn't twenty-five thousand."""
    low, high = ends
    if low is None or high is None or low <= 0:
        return None
    return low / _FAR, high * _FAR


def _behind(
    value: PrintedValue, unit: str, units: tuple[str, ...], ends: tuple[float | None, float | None]
) -> tuple[str, str] | None:
    """Unit and flag that stand behind a number; None where it is neither, so that the whole is words."""
    rest = _NO_MORE_THAN_A_NOTE.sub("", value.rest).strip()
    if not rest or rest == unit:
        return unit, ""
    if rest == _LITRES and not unit:
        return _flag_or_litres(value, units, ends)
    if _FLAG.fullmatch(rest):
        return unit, rest.strip("()[]")
    first, _blank, last = rest.rpartition(" ")
    if first and _FLAG.fullmatch(last):
        return _as_unit(first, unit, last.strip("()[]"))
    first, _blank, last = rest.partition(" ")
    if last and _FLAG.fullmatch(first):
        return _as_unit(last, unit, first.strip("()[]"))
    return _as_unit(rest, unit, "")


def _as_unit(printed: str, unit: str, flag: str) -> tuple[str, str] | None:
    if unit:
        return (unit, flag) if printed == unit or same_unit(printed, unit) else None
    return (printed, flag) if is_unit(printed) or _LIKE_A_UNIT.fullmatch(printed) else None


def _flag_or_litres(
    value: PrintedValue, units: tuple[str, ...], ends: tuple[float | None, float | None]
) -> tuple[str, str] | None:
    """`L` is low or litres: what was measured or the range beside it tells; else the whole stays words."""
    if _LITRES in units:
        return _LITRES, ""
    low, _high = ends
    if units or (low is not None and value.value is not None and value.value < low):
        return "", _LITRES
    return (_LITRES, "") if low is not None else None
