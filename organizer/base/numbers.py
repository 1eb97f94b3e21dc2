"""Numbers as laboratories, portals and people print them: the one reader of values, ranges and their decimal marks.

A comma or a point may part decimals or thousands. Which one it is, a number often shows itself (`1.234,5`, `7.25`);
`1,234` and `25.000` don't: they have two readings, and the caller asks, unless the report's other numbers, the range
beside it, or what was measured leave one. Nothing is guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _
from organizer.base.remembered import remembered

COMPARATORS = ("<", "<=", ">=", ">")
"""Those of FHIR R4's Quantity (hl7.org/fhir/R4/valueset-quantity-comparator.html)."""

Sort = Literal["number", "open", "titer", "range", "words", "nothing"]
Bounds = tuple[float, float]

_SPACE = " \u00a0\u2007\u2009\u202f"
_APOSTROPHE = "'’\u02bc"
_MINUS = str.maketrans("−‒–", "---")
_DIGITS = rf"\d(?:[\d.,{_APOSTROPHE}{_SPACE}]*\d)?"
NUMBER = (
    rf"(?:\d{{1,3}}(?:[{_APOSTROPHE}{_SPACE}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+)"
    r"(?:[.,](?![\w.,]))?(?:[eE][+-]?\d{1,3}(?![\w.,]))?"
)
"""A printed number without its sign, as a regular expression; whether its marks make sense `readings_of` says."""
_SIGNED = re.compile(rf"([+-]?)((?:{_DIGITS}|[.,]\d+)[.,]?)(?:[eE]([+-]?\d{{1,3}}))?")
_GROUPED_BY_SPACE = re.compile(rf"\d{{1,3}}(?:[{_SPACE}]\d{{3}})+|\d{{1,3}}(?:[{_APOSTROPHE}]\d{{3}})+")
_GROUPED_BY_MARK = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")  # last: India's lakhs
_OPEN_LENGTH = 3

_COMPUTERS = re.compile(r"\s*(<=|>=|<|>|≤|≥)?\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*")

_AT_MOST = (
    r"<\s*or\s*=|<=|=<|≤|up ?to|at most|(?:not|no) (?:more|higher|greater) than|not (?:above|over)|"
    r"max(?:imum|imal|\.)?|bis(?: zu)?|höchstens|nicht (?:mehr als|höher als|über)|jusqu['’]?à|au plus|pas plus de|"
    r"hasta|como máximo|como mucho|no (?:más de|mayor (?:de|que)|superior a)|fino a|al massimo|até|tot en met|hoogstens"
)
_BELOW = (
    r"<|«|‹|less than|lower than|below|under|unter|(?:kleiner|weniger|niedriger)(?: als)?|"
    r"inf(?:érieure?|\.)? ?à|moins de|menor (?:de|que|a)|inferior(?:e|es)? a|inf\.? a|(?:por )?debajo de|menos de|"
    r"minore di|meno di|kleiner dan|lager dan|onder"
)
_AT_LEAST = (
    r">\s*or\s*=|>=|=>|≥|at least|(?:not|no) (?:less|lower) than|not (?:below|under)|min(?:imum|\.)?|mindestens|"
    r"wenigstens|nicht (?:weniger als|niedriger als|unter)|ab|au moins|pas moins de|al menos|por lo menos|como mínimo|"
    r"no (?:menos de|menor (?:de|que)|inferior a)|almeno|a partire da"
)
_ABOVE = (
    r">|»|›|greater than|more than|higher than|above|over|über|(?:größer|höher)(?: als)?|mehr als|"
    r"sup(?:érieure?|\.)? ?à|plus de|mayor (?:de|que|a)|superior(?:e|es)? a|sup\.? a|(?:por )?encima de|más de|"
    r"maggiore di|più di|groter dan|hoger dan|boven"
)
_COMPARED = (("<=", _AT_MOST), (">=", _AT_LEAST), ("<", _BELOW), (">", _ABOVE))
SIGN = r"(?:[<>]\s*or\s*=|<=|>=|=<|=>|[<>≤≥«»‹›])"
COMPARISON = rf"(?:{_AT_MOST}|{_AT_LEAST}|{_BELOW}|{_ABOVE})"
"""A comparator in signs or in the words of seven languages, as a regular expression; ignore case."""
DASH = r"(?:-|–|—|−|‐|‑|~|÷|\bto\b|\bbis\b|\ba\b|\bà\b|\band\b|\by\b|\bund\b|\.\.\.?|…)"
"""Between the two ends of a range."""
_VALUE = re.compile(rf"(?P<sign>{COMPARISON})?\s*(?P<number>[+-]?{NUMBER})(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_TITER = re.compile(rf"(?P<sign>{COMPARISON})?\s*(?P<titer>1\s*:\s*\d[\d.,{_SPACE}]*)", re.IGNORECASE)
_RANGE = re.compile(rf"[(\[]?\s*(-?{NUMBER})\s*{DASH}\s*(-?{NUMBER})\s*[)\]]?(?P<rest>[^\d]*|\s.*)", re.IGNORECASE)
_BOUND = re.compile(
    rf"[(\[]?\s*(?P<sign>{COMPARISON})\s*(?P<number>-?{NUMBER})\s*[)\]]?(?P<rest>[^\d]*|\s.*)", re.IGNORECASE
)
_ANOTHER = re.compile(
    rf"\d\s*{DASH}\s*\d|{COMPARISON}\s*\d|\b(?:years?|yrs?|y/?o|months?|jahren?|monate?n?|ans|mois|años|meses)\b",
    re.IGNORECASE,
)
_TIMES_A_POWER = re.compile(r"\s*[x×*·]\s*10(?:[\^*]|\*\*|e)?([+-]?\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)(?!\d)\s*", re.IGNORECASE)


class ComputersNumber(str):
    """A number that a program wrote as a number, not as text: its point parts decimals, whatever stands around it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its comparator. `text` is the number as printed (`1.10`), `value` the number."""

    value: float
    text: str
    comparator: str = ""


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """A printed value as read.

    `digits` is the number as printed but with a decimal point and without thousands marks, "" for what is no number.
    Of an `open` one `readings` holds both, the one with decimals first. `low` and `high` are the ends of a range that
    is a value itself (`0-2`). `rest` is what stands behind the number: a unit, a flag, other words.
    """

    printed: str
    sort: Sort
    comparator: str = ""
    digits: str = ""
    rest: str = ""
    readings: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """The number to calculate with; None for what is none, or open."""
        return float(self.digits) if self.digits else None


@dataclass(frozen=True, slots=True)
class PrintedRange:
    """The ends of a printed range; None for an end that it hasn't. `open` where its marks leave two readings.

    `rest` is what stands behind it: a unit, or for whom it holds.
    """

    low: float | None = None
    high: float | None = None
    open: bool = False
    rest: str = ""


def parse_number(text: str) -> Quantity | None:
    """The number in computers' notation (decimal point, no thousands) that the whole text is; None for others."""
    match = _COMPUTERS.fullmatch(text)
    if match is None or abs(float(match[2])) == float("inf"):
        return None
    return Quantity(float(match[2]), match[2], comparator_of(match[1] or ""))


def comparator_of(printed: str) -> str:
    """FHIR's comparator for a printed one: `≤`, `< or =`, `up to` → `<=`; "" for what is none."""
    bare = " ".join(printed.split())
    for comparator, spellings in _COMPARED:
        if bare and re.fullmatch(spellings, bare, re.IGNORECASE):
            return comparator
    return ""


def readings_of(text: str, decimal: str = "") -> tuple[str, ...]:
    """The numbers that a printed one can be, with a decimal point and without thousands marks; () for what is none.

    Two for `1,234` and `25.000`, the one with decimals first, unless `decimal` says which mark its source uses.
    """
    decimal = "." if isinstance(text, ComputersNumber) else decimal
    match = _SIGNED.fullmatch(text.strip().translate(_MINUS))
    if match is None:
        return ()
    sign, body, exponent = match[1], match[2], f"e{match[3]}" if match[3] else ""
    readings = (body,) if exponent and "," not in body else _bodies(body, decimal)
    return tuple(f"{sign}{reading}{exponent}" for reading in readings if _is_finite(f"{reading}{exponent}"))


def _is_finite(text: str) -> bool:
    try:
        return abs(float(text)) != float("inf")
    except ValueError:
        return False


def _bodies(body: str, decimal: str) -> tuple[str, ...]:
    """The readings of digits with their marks."""
    spaced = _GROUPED_BY_SPACE.match(body)
    if spaced is not None:
        whole, rest = re.sub(r"\D", "", spaced[0]), body[spaced.end() :]
        return (f"{whole}.{rest[1:]}".rstrip("."),) if re.fullmatch(r"(?:[.,]\d*)?", rest) else ()
    if re.search(rf"[{_SPACE}{_APOSTROPHE}]", body):
        return ()
    point, comma = body.rfind("."), body.rfind(",")
    if point < 0 and comma < 0:
        return (body,)
    mark = "." if point > comma else ","
    whole, _mark, decimals = body.rpartition(mark)
    if point >= 0 and comma >= 0:  # the last one parts the decimals
        return (f"{_ungrouped(whole)}.{decimals}",) if _ungrouped(whole) and mark not in whole else ()
    if body.count(mark) > 1:
        return (_ungrouped(body),) if _ungrouped(body) else ()
    return _with_one_mark(whole, mark, decimals, decimal)


def _with_one_mark(whole: str, mark: str, decimals: str, decimal: str) -> tuple[str, ...]:
    as_decimals = f"{whole}.{decimals}" if decimals else whole
    if len(decimals) != _OPEN_LENGTH or not 1 <= len(whole) <= _OPEN_LENGTH or whole.startswith("0"):
        return (as_decimals,)
    if not decimal:
        return as_decimals, whole + decimals
    return (as_decimals,) if decimal == mark else (whole + decimals,)


def _ungrouped(text: str) -> str:
    """Digits without the marks between their groups; "" where these are no groups."""
    return re.sub(r"[.,]", "", text) if text.isdigit() or _GROUPED_BY_MARK.fullmatch(text) else ""


def decimal_mark(texts: Iterable[str]) -> str:
    """`.` or `,` where the numbers in the texts show it; "" where none does or they contradict each other."""
    marks = set()
    for text in texts:
        match = _VALUE.fullmatch(" ".join(text.split()))
        if match is not None:
            marks.add(_mark_shown(match["number"].lstrip("+-")))
    marks.discard("")
    return marks.pop() if len(marks) == 1 else ""


def _mark_shown(number: str) -> str:
    """The decimal mark that one number shows; "" where it has none or leaves it open."""
    by_point, by_comma = readings_of(number, "."), readings_of(number, ",")
    places = [place for place, sign in enumerate(number) if sign in ".,"]
    if not places or not by_point:
        return ""
    if by_point != by_comma:
        return ""
    mark = number[places[-1]]
    thousands = number.count(mark) > 1 or "." not in by_point[0]
    return ("," if mark == "." else ".") if thousands else mark


def read_value(text: str, decimal: str = "", within: Bounds | None = None) -> PrintedValue:
    """A printed value: number, comparator and what stands behind it; a titer, a range or words stay as printed.

    `within` are bounds that settle an open number where just one of its readings lies between them (both inclusive).
    """
    decimal = "." if isinstance(text, ComputersNumber) else decimal
    printed = " ".join(text.translate(_MINUS).split()) if _starts_negative(text) else " ".join(text.split())
    if not printed:
        return PrintedValue("", "nothing")
    titer = _TITER.fullmatch(printed)
    if titer is not None:
        return PrintedValue(printed, "titer", comparator_of(titer["sign"] or ""))
    spread = _RANGE.fullmatch(printed)
    if spread is not None:
        ends = read_range(printed, decimal)
        return PrintedValue(printed, "range", rest=spread["rest"].strip(), low=ends.low, high=ends.high)
    match = _VALUE.fullmatch(printed)
    if match is None:
        return PrintedValue(printed, "words")
    return _number(printed, match, decimal, within)


def _starts_negative(text: str) -> bool:
    return text.lstrip()[:1] in ("−", "–")


def _number(printed: str, match: re.Match[str], decimal: str, within: Bounds | None) -> PrintedValue:
    comparator, rest = comparator_of(match["sign"] or ""), match["rest"].strip()
    readings = settled(readings_of(match["number"], decimal), within)
    # `3+`, `120/80`, `5:30`: what runs on is no number.
    if not readings or re.match(r"[+:_]|\s*/?\s*\d", match["rest"]):
        return PrintedValue(printed, "words")
    power = _TIMES_A_POWER.match(match["rest"])
    if power is not None:
        rest = f"10*{_plain_power(power[1])} {match['rest'][power.end() :]}".strip().replace(" /", "/")
    if len(readings) > 1:
        return PrintedValue(printed, "open", comparator, rest=rest, readings=readings)
    return PrintedValue(printed, "number", comparator, readings[0], rest, readings)


def _plain_power(text: str) -> str:
    return text.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))


def settled(readings: tuple[str, ...], within: Bounds | None) -> tuple[str, ...]:
    """Of two readings the one that lies within the bounds; both where both or neither does."""
    if len(readings) < 2 or within is None:
        return readings
    fitting = tuple(reading for reading in readings if within[0] <= float(reading) <= within[1])
    return fitting if len(fitting) == 1 else readings


@remembered(4096, typed=True)
def read_range(text: str, decimal: str = "", within: Bounds | None = None) -> PrintedRange:
    """Low and high end of a printed range: `3,5 - 5,1`, `< 5`, `> OR = 60`, `up to 5.0 (calc)`, `(0.4–4.0 mU/L)`.

    No ends where there are several ranges (by sex or age), none, or where one end is above the other.
    """
    bare = " ".join(text.split())
    match = _RANGE.fullmatch(bare)
    if match is not None and not _says_more(match["rest"]):
        spread = _between(readings_of(match[1], decimal), readings_of(match[2], decimal), within)
        return replace(spread, rest=match["rest"].strip())
    match = _BOUND.fullmatch(bare)
    if match is None or _says_more(match["rest"]):
        return PrintedRange()
    readings = settled(readings_of(match["number"], decimal), within)
    if len(readings) != 1:
        return PrintedRange(open=len(readings) > 1)
    end, rest = float(readings[0]), match["rest"].strip()
    at_most = comparator_of(match["sign"]) in ("<", "<=")
    return PrintedRange(high=end, rest=rest) if at_most else PrintedRange(low=end, rest=rest)


def _says_more(rest: str) -> bool:
    """What stands behind a range is a unit, or else who it is for: ages, or another range (`M 3-5, F 4-6`)."""
    return _ANOTHER.search(rest) is not None


def _between(lows: tuple[str, ...], highs: tuple[str, ...], within: Bounds | None) -> PrintedRange:
    """The ends of a range; each may settle the other: `3.500 - 10,5` is three and a half only if both can be."""
    pairs = [(float(low), float(high)) for low, high in product(settled(lows, within), settled(highs, within))]
    pairs = [pair for pair in pairs if pair[0] <= pair[1]]
    if len(lows) > 1 and len(highs) > 1:  # of one range both ends are written alike
        alike = [(float(low), float(high)) for low, high in zip(lows, highs, strict=True)]
        pairs = [pair for pair in pairs if pair in alike]
    if len(pairs) == 1:
        return PrintedRange(*pairs[0])
    return PrintedRange(open=len(pairs) > 1)


def two_numbers(text: str, readings: tuple[str, ...] = (), field: str = "") -> InvalidEntryError:
    """Why a typed number isn't taken: it can be two; and how to write the one that is meant."""
    step = _("Write it without the mark that parts thousands.")
    if len(readings) == 2:
        words = _("Write {thousands}; or with one more 0, as {decimals}0, if the mark parts decimals.")
        step = words.format(thousands=readings[1], decimals=readings[0])
    return InvalidEntryError(_("“{text}” can be two numbers.").format(text=text[:40]), step, field)


def printed_precision(text: str) -> float:
    """The worth of the last printed digit: `1.10` → 0.01, `120` → 1, `1.5e3` → 100; 0 for words."""
    number = parse_number(text)
    if number is None:
        return 0.0
    digits, _letter, exponent = number.text.lower().partition("e")
    return float(10.0 ** (int(exponent or 0) - len(digits.partition(".")[2])))
