"""What a cell says: dates in any order, numbers in either notation, ranges; nothing is guessed from one cell alone."""

import re
from collections.abc import Iterable
from typing import Any

from organizer.base.dates import PartialDate, parse_date, today
from organizer.base.quantities import parse_number

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_WORDED = re.compile(r"(\d{1,2})\.?[ -]([^\W\d]{3,10})\.?,?[ -](\d{4})|([^\W\d]{3,10})\.? (\d{1,2}),? (\d{4})")
_CLOCK = re.compile(
    r"[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen", "feb fév fev", "mar mär mrz maa", "apr avr abr", "may mai mag mei maj", "jun jui giu",
            "jul juil lug", "aug aoû aou ago", "sep set", "oct okt ott out", "nov", "dec dez dic dég déc",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBER = r"[+-]?\d[\d.,'\u00a0\u202f ]*(?:[eE][+-]?\d+)?"
_SPACED = re.compile(r"['\u00a0\u202f ]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:['\u00a0\u202f ]\d{3})+(?:[.,]\d+)?")
_VALUE = re.compile(rf"(<=|>=|<|>|≤|≥)?\s*({_NUMBER})\s*(.*)", re.DOTALL)
_BETWEEN = re.compile(
    rf"[(\[]?\s*({_NUMBER}?)\s*(?:-|–|—|\bto\b|\bbis\b|\.\.\.?|\ba\b|\bà\b)\s*({_NUMBER}?)\s*[)\]]?\s*\D*"
)
_BOUND = re.compile(rf"(<=|>=|<|>|≤|≥)\s*({_NUMBER}?)\s*\D*")
_FLAG = re.compile(r"(?:[*!]+|\(?(?:HH|LL|H|L|A|\+{1,3}|-{1,3})\)?|high|low|abnormal)", re.IGNORECASE)
_UNIT = re.compile(r"(?:%|[^\W\d_]{1,6}|[^\s\d][^\s]{0,15}/[^\s]{1,12}|(?:x ?)?10\S{2,8}/\S{1,6})")


def date_order(cells: Iterable[str]) -> str:
    """`DMY` or `MDY` where at least one date can only be the one and none only the other; else ""."""
    orders = set()
    for cell in cells:
        match = _NUMERIC.match(cell.strip())
        if match and match[2] != ".":
            first, second = int(match[1]), int(match[3])
            orders |= {"DMY"} if first > 12 >= second else {"MDY"} if second > 12 >= first else set()
    return orders.pop() if len(orders) == 1 else ""


def is_ambiguous(cell: str, order: str) -> bool:
    """True for a date whose day and month may be either and where the table doesn't say which."""
    match = _NUMERIC.match(cell.strip())
    if order or match is None or match[2] == ".":
        return False
    return int(match[1]) <= 12 and int(match[3]) <= 12 and match[1] != match[3]


def date_of(cell: str, order: str) -> PartialDate | None:
    """A cell's date with its printed precision and zone; None for what is none or leaves day and month open."""
    text = cell.strip()
    told = parse_date(text)
    if told is not None:
        return told
    for pattern, take in ((_ISO, _iso), (_PACKED, _iso), (_NUMERIC, _numeric), (_WORDED, _worded)):
        match = pattern.match(text)
        if match is not None:
            day = take(match, order)
            rest = text[match.end() :]
            return parse_date(day + _clock(rest)) if day and (not rest.strip() or _CLOCK.fullmatch(rest)) else None
    return None


def _iso(match: re.Match[str], _order: str) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _numeric(match: re.Match[str], order: str) -> str:
    """Points are written day first wherever they are written; otherwise the table's order, or the only possible one."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or order == "DMY" or (not order and (first > 12 or first == second)):
        day, month = first, second
    elif order == "MDY" or second > 12:
        day, month = second, first
    else:
        return ""
    if len(match[4]) == 2:
        year += 2000 if 2000 + year <= today().year else 1900
    return f"{year}-{month:02}-{day:02}"


def _worded(match: re.Match[str], _order: str) -> str:
    day, word, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    month = _MONTHS.get(word.casefold()[:4]) or _MONTHS.get(word.casefold()[:3])
    return f"{year}-{month:02}-{int(day):02}" if month else ""


def _clock(rest: str) -> str:
    """`T14:05:00+01:00` of ` 2:05 PM +0100`; midnight without seconds and zone is a spreadsheet's way to say none."""
    match = _CLOCK.fullmatch(rest)
    if match is None:
        return ""
    hour, half = int(match[1]), (match[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = match[5] or ""
    if zone not in ("", "Z") and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    if hour == 0 and match[2] == "00" and match[3] in (None, "00") and not zone:
        return ""
    return f"T{hour:02}:{match[2]}:{match[3] or '00'}{zone.upper()}"


def decimal_mark(cells: Iterable[str]) -> str:
    """`.` or `,` where numbers show it; "" where none does or they contradict each other."""
    marks = set()
    for cell in cells:
        match = _VALUE.fullmatch(cell.strip())
        if match is None:
            continue
        digits = match[2].strip()
        point, comma = digits.rfind("."), digits.rfind(",")
        if point >= 0 and comma >= 0:
            marks.add("." if point > comma else ",")
        elif max(point, comma) >= 0:
            mark = digits[max(point, comma)]
            whole, _mark, rest = digits.partition(mark)
            if digits.count(mark) == 1 and (len(rest) != 3 or len(whole) > 3 or whole.lstrip("+-") == "0"):
                marks.add(mark)
            elif digits.count(mark) > 1:
                marks.add("," if mark == "." else ".")
    return marks.pop() if len(marks) == 1 else ""


def plain_number(text: str, decimal: str) -> str:
    """A printed number with a decimal point and without thousands marks; "" where the notation leaves it open."""
    digits = text.strip()
    if _SPACED.search(digits):
        if not _GROUPED.fullmatch(digits):
            return ""
        digits = _SPACED.sub("", digits)
    if "," not in digits and (decimal != "," or "." not in digits):
        return digits
    if decimal == ",":
        grouped, _comma, rest = digits.partition(",")
        return _ungrouped(grouped, ".") + (f".{rest}" if rest else "")
    if decimal == ".":
        whole, _point, rest = digits.partition(".")
        return _ungrouped(whole, ",") + (f".{rest}" if rest else "")
    return ""


def _ungrouped(digits: str, mark: str) -> str:
    return digits.replace(mark, "") if re.fullmatch(rf"[+-]?\d{{1,3}}(\{mark}\d{{3}})*", digits) else digits


def value_of(cell: str, decimal: str, unit: str) -> tuple[dict[str, Any], str]:
    """value, value_text, comparator, unit of a cell, and the flag printed behind the number or "".

    Words, and what mixes words and numbers (`1:40`, `3+`, `5-10`), stay as printed and are no number.
    """
    text = " ".join(cell.split())
    match = _VALUE.fullmatch(text)
    if match is not None:
        number = parse_number((match[1] or "") + plain_number(match[2], decimal))
        rest = match[3].strip()
        known = {} if number is None else {
            "value": number.value, "value_text": number.text, "comparator": number.comparator,
        }  # fmt: skip
        if known and not rest:
            return {**known, "unit": unit}, ""
        if known and _FLAG.fullmatch(rest) and " " in text and not rest.startswith("+"):
            return {**known, "unit": unit}, rest.strip("()")
        if known and (rest == unit or (not unit and _UNIT.fullmatch(rest) and " " in text)):
            return {**known, "unit": rest}, ""
    return {"value_text": text, "unit": unit}, ""


def range_of(cell: str, decimal: str) -> dict[str, float]:
    """range_low and range_high of a printed range such as `3,5 - 5,0`, `< 5` or `(0.4–4.0 mU/L)`."""
    text = " ".join(cell.split())
    match = _BETWEEN.fullmatch(text)
    if match is not None:
        ends = [number_of(match[1], decimal), number_of(match[2], decimal)]
        if None not in ends and ends[0] <= ends[1]:  # type: ignore[operator]
            return {"range_low": ends[0], "range_high": ends[1]}  # type: ignore[dict-item]
        return {}
    match = _BOUND.fullmatch(text)
    end = number_of(match[2], decimal) if match else None
    if match is None or end is None:
        return {}
    return {"range_high" if match[1] in ("<", "<=", "≤") else "range_low": end}


def number_of(text: str, decimal: str) -> float | None:
    """A cell’s number without comparator, or None."""
    number = parse_number(plain_number(text, decimal))
    return number.value if number is not None and not number.comparator else None
