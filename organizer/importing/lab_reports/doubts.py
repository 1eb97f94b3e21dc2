"""Reasons to look twice at a proposal: what is open, unknown, badly recognised, or contradicts itself.

A doubt is a question with its sentence: a line in one of the tuples below.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from organizer.base.analyte_names import NamedAnalyte, ReportedCode
from organizer.base.i18n import _, marked
from organizer.base.numbers import parse_number, readings_of
from organizer.base.units import is_unit
from organizer.health.vocabulary.contexts import Surroundings
from organizer.health.vocabulary.spelling import words_of
from organizer.importing.lab_reports.columns import tells_an_earlier_result
from organizer.importing.lab_reports.model import BOLD, Proposal
from organizer.importing.lab_reports.reading import Facts
from organizer.importing.lab_reports.rows import Result, Row
from organizer.importing.lab_reports.values import Read, sort_of

_LEAST_SURE = 80  # of 100: below it tesseract's own doubt outweighs the rest
_LEAST_SURE_OF_A_RANGE = 50
_FAR = 6.0  # times the range's end: a point that was lost makes ten
_BARE = frozenset(("", "1", "{ratio}", "L/L"))
"""Units that need not be printed: shares and ratios."""
_COUNTED_WHOLE = ("/uL", "/mm3")
MISREAD_DASH = re.compile(r"[\[(]?(\d+)[.,](\d+)[\])]?")
"""A range of one number is none: recognition took the dash between its ends for a point."""
_HIGH = re.compile(r"[(\[]?(?:H{1,2}|CH|high|hoch|erhöht|haut|élevé|alto|[↑▲]+|\+{1,3})[)\]]?\*?", re.IGNORECASE)
_LOW = re.compile(r"[(\[]?(?:L{1,2}|CL|low|niedrig|erniedrigt|bas|bajo|[↓▼]+|-{1,3})[)\]]?\*?", re.IGNORECASE)
_NO_PART_OF_A_NUMBER = re.compile(r"[^\d.,<>=≤≥ ]")


@dataclass(frozen=True)
class RowRead:
    """A proposal beside all that it was read from; `analytes` are those that its name may mean."""

    proposal: Proposal
    row: Row
    result: Result
    read: Read
    analytes: Sequence[NamedAnalyte]
    facts: Facts

    @cached_property
    def value(self) -> float | None:
        """The number that was read; None for words."""
        number = parse_number(self.proposal.value)
        return number.value if number is not None else None

    @property
    def is_above(self) -> bool:
        """Whether the number lies above its range."""
        return _is_more(self.value, self.proposal.high)

    @property
    def is_below(self) -> bool:
        """Whether the number lies below its range."""
        return _is_more(self.proposal.low, self.value)

    @property
    def is_ranged(self) -> bool:
        """Whether a range stands in the row, in numbers or in words."""
        return bool(self.proposal.range_text or self.row.ends)

    @property
    def has_an_end(self) -> bool:
        """Whether the range has an end that is a number."""
        return (self.proposal.low, self.proposal.high) != (None, None)

    @cached_property
    def codes(self) -> list[ReportedCode]:
        """What may be measured in this specimen."""
        codes = chain.from_iterable(analyte.codes for analyte in self.analytes)
        return [code for code in codes if code.specimen == self.proposal.specimen]

    @cached_property
    def known_units(self) -> set[str]:
        """The units in which it is reported; none of what isn't known, or is no number."""
        if self.value is None:
            return set()
        return set(chain.from_iterable(code.units for code in self.codes))


Doubt = tuple[Callable[[RowRead], bool], str]  # the question, and the sentence where its answer is yes


def doubts_of(reading: RowRead) -> tuple[str, ...]:
    """The sentences that speak against a proposal; () where none does."""
    doubts = [*_answered(OF_ANY_ROW, reading)]
    if reading.facts.recognised:
        doubts += _answered(OF_RECOGNITION, reading)
    return tuple(dict.fromkeys(doubts))


def _answered(doubts: Sequence[Doubt], reading: RowRead) -> Iterator[str]:
    return (_(sentence) for holds, sentence in doubts if holds(reading))


def _is_more(number: float | None, than: float | None) -> bool:
    """Whether both are there and the first is the larger one."""
    if number is None or than is None:
        return False
    return number > than


def _has_several_numbers(reading: RowRead) -> bool:
    return reading.row.doubtful or reading.result.values > 1


def _has_an_open_mark(reading: RowRead) -> bool:
    return not reading.read.sure


def _is_of_nothing_known(reading: RowRead) -> bool:
    """A name that nobody knows, beside which nothing says that it is a result."""
    is_measured = bool(reading.proposal.unit) and reading.is_ranged
    hints = (reading.analytes, is_measured, _is_word_beside_another(reading.proposal))
    return not any(hints)


def _is_of_a_relative(reading: RowRead) -> bool:
    """`Father’s Hb` on a sheet of prenatal tests."""
    name = reading.proposal.name
    begins, _ends = Surroundings(name, words_of(name)).at_the_edges()
    return "family" in begins


def _is_an_earlier_result(reading: RowRead) -> bool:
    return tells_an_earlier_result(reading.proposal.name)


def _is_word_beside_another(proposal: Proposal) -> bool:
    """`Non Reactive`, where `Non Reactive` is expected: what a table says so of is a result, whatever its name."""
    return sort_of(proposal.value) == sort_of(proposal.range_text) == "word"


def _is_word_with_a_range_of_numbers(reading: RowRead) -> bool:
    is_word = not reading.read.numeric
    return is_word and bool(reading.proposal.unit) and reading.proposal.low is not None


def _has_an_unusual_unit(reading: RowRead) -> bool:
    """A unit in which this isn't reported."""
    unit = reading.proposal.unit
    if not unit or not reading.known_units or not is_unit(reading.proposal.printed_unit):
        return False
    return not any(code.has_unit(unit) for code in reading.codes)


def _lost_a_power_of_ten(reading: RowRead) -> bool:
    """Cells are counted whole."""
    is_counted = reading.proposal.unit in _COUNTED_WHOLE and bool(reading.known_units)
    return is_counted and "." in reading.proposal.value


def _lacks_its_unit(reading: RowRead) -> bool:
    needs_unit = bool(reading.known_units) and not _BARE & reading.known_units
    return needs_unit and not reading.proposal.unit


def _is_flagged_high_though_it_is_not(reading: RowRead) -> bool:
    if _HIGH.fullmatch(reading.proposal.flag) is None:
        return False
    return _is_more(reading.proposal.high, reading.value) or reading.is_below


def _is_flagged_low_though_it_is_not(reading: RowRead) -> bool:
    if _LOW.fullmatch(reading.proposal.flag) is None:
        return False
    return _is_more(reading.value, reading.proposal.low) or reading.is_above


OF_ANY_ROW: tuple[Doubt, ...] = (
    (_has_several_numbers, marked("Several numbers stand in this row.")),
    (_has_an_open_mark, marked("The comma or point in the value may part thousands or decimals.")),
    (_is_of_nothing_known, marked("Casebook doesn’t know this name.")),
    (_is_of_a_relative, marked("The name speaks of somebody else.")),
    (_is_an_earlier_result, marked("The name speaks of an earlier result, whose day isn’t told.")),
    (_is_word_with_a_range_of_numbers, marked("The value is no number, though its range is.")),
    (_has_an_unusual_unit, marked("The unit is unusual for this test.")),
    (_lost_a_power_of_ten, marked("The unit is unusual for this test.")),
    (_lacks_its_unit, marked("No unit stands in this row.")),
    (_is_flagged_high_though_it_is_not, marked("The flag says high, the range says otherwise.")),
    (_is_flagged_low_though_it_is_not, marked("The flag says low, the range says otherwise.")),
)


def _lacks_the_flag_that_others_have(reading: RowRead) -> bool:
    is_outside = reading.is_above or reading.is_below
    return is_outside and reading.facts.flagged and not reading.proposal.flag


def _is_flagged_within_its_range(reading: RowRead) -> bool:
    ends = (reading.value, reading.proposal.low, reading.proposal.high)
    is_within = None not in ends and not reading.is_above and not reading.is_below
    return is_within and reading.proposal.flag not in ("", BOLD)


def _is_far_outside_its_range(reading: RowRead) -> bool:
    """Six times beyond an end that isn't 0."""
    value, low, high = reading.value, reading.proposal.low, reading.proposal.high
    if value is None:
        return False
    is_far_above = bool(high) and value > _FAR * (high or 0)
    return is_far_above or (bool(low) and value < (low or 0) / _FAR)


def _was_hard_to_read(reading: RowRead) -> bool:
    """Letters that recognition wasn't sure of, or signs among digits that are in no number."""
    confidences = [spot.word.confidence for spot in reading.result.spots if spot.word.confidence is not None]
    if min(confidences, default=100) < _LEAST_SURE:
        return True
    printed = reading.proposal.printed
    has_a_digit = any(map(str.isdigit, printed))
    return has_a_digit and reading.value is None and _NO_PART_OF_A_NUMBER.search(printed) is not None


def _has_other_decimals_than_its_range(reading: RowRead) -> bool:
    return reading.has_an_end and _decimals(reading.proposal.printed) not in _decimals_around(reading.row)


def _has_a_range_that_was_hard_to_read(reading: RowRead) -> bool:
    if not reading.has_an_end:
        return False
    confidences = (spot.word.confidence or 0 for spot in reading.row.range_spots)
    is_unsure = min(confidences, default=100) < _LEAST_SURE_OF_A_RANGE
    return is_unsure or MISREAD_DASH.fullmatch(reading.row.range_text) is not None


def _has_an_unknown_name(reading: RowRead) -> bool:
    return not reading.analytes


OF_RECOGNITION: tuple[Doubt, ...] = (
    (_lacks_the_flag_that_others_have, marked("The value is outside its range, but no flag was read.")),
    (_is_flagged_within_its_range, marked("A flag was read, though the value is within its range.")),
    (_is_far_outside_its_range, marked("The value is far outside its range.")),
    (_was_hard_to_read, marked("The value was hard to read.")),
    (_has_other_decimals_than_its_range, marked("The value has more or fewer decimals than its range.")),
    (_has_a_range_that_was_hard_to_read, marked("The range was hard to read.")),
    (_has_an_unknown_name, marked("Casebook doesn’t know this name.")),
)


def _decimals(printed: str) -> int:
    """How many decimals a number has as printed."""
    readings = readings_of(re.sub(r"[^\d.,]", "", printed)) or ("",)
    return len(readings[0].partition(".")[2])


def _decimals_around(row: Row) -> set[int]:
    """Decimals of the ends of the range."""
    texts = row.ends or tuple(re.findall(r"\d+(?:[.,]\d+)?", row.range_text))
    numbers = {_decimals(text) for text in texts if text}
    return numbers or {0}
