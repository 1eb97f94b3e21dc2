"""Reasons to look twice at a proposal: what is open, unknown, badly recognised, or contradicts itself."""

import re
from collections.abc import Iterable, Sequence

from organizer.base.analyte_names import NamedAnalyte
from organizer.base.i18n import _
from organizer.base.numbers import parse_number, readings_of
from organizer.base.units import is_unit
from organizer.importing.lab_reports.model import BOLD, Proposal
from organizer.importing.lab_reports.reading import Facts
from organizer.importing.lab_reports.rows import Result, Row
from organizer.importing.lab_reports.values import Read, sort_of

_LEAST_SURE = 80  # of 100: below it tesseract's own doubt outweighs the rest
_FAR = 6.0  # times the range's end: a point that was lost makes ten
_BARE = frozenset(("", "1", "{ratio}", "L/L"))
"""Units that need not be printed: shares and ratios."""
MISREAD_DASH = re.compile(r"[\[(]?(\d+)[.,](\d+)[\])]?")
"""A range of one number is none: recognition took the dash between its ends for a point."""
_HIGH = re.compile(r"[(\[]?(?:H{1,2}|CH|high|hoch|erhöht|haut|élevé|alto|[↑▲]+|\+{1,3})[)\]]?\*?", re.IGNORECASE)
_LOW = re.compile(r"[(\[]?(?:L{1,2}|CL|low|niedrig|erniedrigt|bas|bajo|[↓▼]+|-{1,3})[)\]]?\*?", re.IGNORECASE)


def doubts_of(
    one: Proposal, row: Row, result: Result, read: Read, analytes: Sequence[NamedAnalyte], facts: Facts
) -> tuple[str, ...]:
    """The sentences that speak against a proposal; () where none does."""
    doubts = [
        *_of_the_row(one, row, result, read, analytes),
        *_of_the_unit(one, analytes),
        *_of_the_range(one, facts),
    ]
    if facts.recognised:
        doubts += _of_recognition(one, row, result)
        doubts += [] if analytes else [_("Casebook doesn’t know this name.")]
    return tuple(dict.fromkeys(doubts))


def _of_the_row(one: Proposal, row: Row, result: Result, read: Read, analytes: Sequence[NamedAnalyte]) -> Iterable[str]:
    if row.doubtful or result.values > 1:
        yield _("Several numbers stand in this row.")
    if not read.sure:
        yield _("The comma or point in the value may part thousands or decimals.")
    measured = one.unit and (one.range_text or row.ends)
    if not analytes and not measured and not _is_word_beside_another(one):
        yield _("Casebook doesn’t know this name.")
    if not read.numeric and one.unit and one.low is not None:
        yield _("The value is no number, though its range is.")


def _is_word_beside_another(one: Proposal) -> bool:
    """`Non Reactive`, where `Non Reactive` is expected: what a table says so of is a result, whatever its name."""
    return sort_of(one.value) == "word" and sort_of(one.range_text) == "word"


def _of_the_unit(one: Proposal, analytes: Sequence[NamedAnalyte]) -> Iterable[str]:
    of_it = [code for analyte in analytes for code in analyte.codes if code.specimen == one.specimen]
    known = [unit for code in of_it for unit in code.units]
    if parse_number(one.value) is None or not known:
        return
    if one.unit and is_unit(one.printed_unit) and not any(code.has_unit(one.unit) for code in of_it):
        yield _("The unit is unusual for this test.")
    if one.unit in ("/uL", "/mm3") and "." in one.value:
        yield _("The unit is unusual for this test.")  # cells are counted whole: a power of ten was lost
    if not one.unit and not _BARE & set(known):
        yield _("No unit stands in this row.")


def _of_the_range(one: Proposal, facts: Facts) -> Iterable[str]:
    number = parse_number(one.value)
    if number is None:
        return
    value, flag = number.value, one.flag
    above = one.high is not None and value > one.high
    below = one.low is not None and value < one.low
    if _HIGH.fullmatch(flag) and (below or (one.high is not None and value < one.high)):
        yield _("The flag says high, the range says otherwise.")
    if _LOW.fullmatch(flag) and (above or (one.low is not None and value > one.low)):
        yield _("The flag says low, the range says otherwise.")
    if (above or below) and facts.recognised and facts.flagged and not flag:
        yield _("The value is outside its range, but no flag was read.")
    if flag and flag != BOLD and not (above or below) and facts.recognised and None not in (one.low, one.high):
        yield _("A flag was read, though the value is within its range.")
    if facts.recognised and _far(value, one):
        yield _("The value is far outside its range.")


def _far(value: float, one: Proposal) -> bool:
    if one.high and value > _FAR * one.high:
        return True
    return bool(one.low) and one.low is not None and value < one.low / _FAR


def _of_recognition(one: Proposal, row: Row, result: Result) -> Iterable[str]:
    sure = [spot.word.confidence for spot in result.spots if spot.word.confidence is not None]
    if sure and min(sure) < _LEAST_SURE:
        yield _("The value was hard to read.")
    if (
        re.search(r"[^\d.,<>=≤≥ ]", one.printed)
        and parse_number(one.value) is None
        and any(c.isdigit() for c in one.printed)
    ):
        yield _("The value was hard to read.")
    if one.low is not None or one.high is not None:
        if _decimals(one.printed) not in _decimals_around(row):
            yield _("The value has more or fewer decimals than its range.")
        unsure = min((s.word.confidence or 0 for s in row.range_spots), default=100) < _LEAST_SURE - 30
        if unsure or MISREAD_DASH.fullmatch(row.range_text):
            yield _("The range was hard to read.")


def _decimals(printed: str) -> int:
    readings = readings_of(re.sub(r"[^\d.,]", "", printed)) or ("",)
    return len(readings[0].partition(".")[2])


def _decimals_around(row: Row) -> set[int]:
    """Decimals of the ends of the range, and those one fewer or more of small ends printed without any."""
    texts = row.ends or tuple(re.findall(r"\d+(?:[.,]\d+)?", row.range_text))
    numbers = {_decimals(text) for text in texts if text}
    return numbers or {0}
