"""What the cells of a row say: its time, a value with its unit and range, and why a cell holds no result."""

import re

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.base.numbers import ComputersNumber, read_range, readings_of
from organizer.base.results import PrintedResult, read_result
from organizer.base.written_dates import date_of, is_day_and_month, is_open, serial_day, unix_time
from organizer.importing.formats.tables.cells import says_no_value
from organizer.importing.formats.tables.mapping import Mapping
from organizer.importing.formats.tables.shown_cells import CellDate

_DOSE_FORMS = frozenset((
    "tablet", "tab", "capsule", "cap", "pill", "puff", "drop", "dose", "patch", "patche", "spray", "sachet",
    "suppository", "lozenge", "tablette", "kapsel", "tropfen", "hub", "hübe", "stück", "comprimido", "cápsula", "gota",
    "pastilla", "comprimé", "gélule", "goutte", "application", "injection", "ampoule",
))  # fmt: skip
_IN_ANOTHER_UNIT = re.compile(r"(\d[\d.,]*\s*[^\s\d()]+)\s*\(\s*\d.*\)")
"""`98.6 °F (37 °C)`, `82.4 kg (181 lb 10.6 oz)`: the same once more in another unit."""
_ABOUT_DATES = re.compile(r"dat(?:e|um)|fecha|lmp|period|regel", re.IGNORECASE)


def words_in(row: list[str], place: int) -> str:
    """The words of a cell in one line; "" where the row has no such column."""
    if not 0 <= place < len(row):
        return ""
    return row[place] if isinstance(row[place], ComputersNumber | CellDate) else " ".join(row[place].split())


def when(written: str, clock: str, order: str) -> tuple[PartialDate | None, str]:
    """The time of a row, from its day and the time in a column of its own; else the reason why it can't be read."""
    happened = date_of(written, order) or serial_day(written) or unix_time(written)
    if happened is not None:
        timed = None
        if clock and happened.precision == "day":
            timed = date_of(f"{happened.text} {_part_of_a_day(clock)}")
        return timed or happened, ""
    if is_open(written, order):
        words = _("“{date}” may be two days: the table doesn’t say in which order day, month and year stand.")
        return None, words.format(date=written)
    if written:
        return None, _("“{date}” isn’t a date that can be read.").format(date=written[:40])
    return None, ""


def _part_of_a_day(clock: str) -> str:
    """A spreadsheet's time that lost its format (`0.5`) as a clock time; others as they are."""
    if not re.fullmatch(r"0?[.,]\d+", clock):
        return clock

    minutes_a_day = 24 * 60
    minutes = round(float(readings_of(clock)[0]) * minutes_a_day)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}" if minutes < minutes_a_day else clock


def no_result(row: list[str], mapping: Mapping, title: str, place: int, unit: str) -> str:
    """Why what stands in a column of results is none; "" where it may be one."""
    if unit.casefold().rstrip("s.") in _DOSE_FORMS:
        return _("“{unit}” is the unit of a dose that was taken, not of a result.").format(unit=unit)
    if says_no_value(row[place]):
        return _("“{cell}” stands where a value isn’t, or isn’t yet.").format(cell=row[place].strip())
    if is_mangled(row[place]) and not _ABOUT_DATES.search(title):
        words = _(
            "“{cell}” looks like a range of which a spreadsheet made a date; only the original tells what it was."
        )
        return words.format(cell=row[place])
    return ""


def note_in(row: list[str], mapping: Mapping) -> str:
    """The note of a row; a dash is none."""
    note = words_in(row, mapping.note)
    return "" if says_no_value(note) else note


def is_mangled(cell: str) -> bool:
    """True for a date in a column of results: `5-10` becomes 10 May when a spreadsheet opens it (`May-10`)."""
    return isinstance(cell, CellDate) or is_day_and_month(cell)


def value_in(row: list[str], mapping: Mapping, place: int, unit: str = "", code: str = "") -> PrintedResult:
    """The result in a cell; `unit` as it stands in a column or heading, `code` the LOINC code of what was measured."""
    ends = range_ends(row, mapping)
    bounds = (ends.get("range_low"), ends.get("range_high"))
    cell = words_in(row, place)
    result = read_result(cell, mapping.decimal, unit, code, bounds)
    if result.value is not None:
        return result

    twice = _IN_ANOTHER_UNIT.fullmatch(cell)
    if twice is None:
        return result
    first = read_result(twice[1], mapping.decimal, unit, code, bounds)
    is_whole = first.value is not None and bool(first.unit)
    return first if is_whole else result


def may_be_two(result: PrintedResult) -> str:
    """Why a number whose mark is open isn't taken."""
    words = _("“{number}” may be {one} or {other}: the table doesn’t say which mark parts the decimals.")
    return words.format(number=result.text, one=result.readings[0], other=result.readings[1])


def range_ends(row: list[str], mapping: Mapping) -> dict[str, float]:
    """The ends of the reference range, as far as they are numbers."""
    cell = printed_range(row, mapping)
    spread = read_range(cell, mapping.decimal)
    ends = {"range_low": spread.low, "range_high": spread.high}
    for name, place in (("range_low", mapping.low), ("range_high", mapping.high)):
        text = words_in(row, place)
        text = text.rstrip(" %") if text.endswith("%") else text
        readings = readings_of(text, mapping.decimal)
        if text:
            ends[name] = float(readings[0]) if len(readings) == 1 else None
    return {name: end for name, end in ends.items() if end is not None}


def printed_range(row: list[str], mapping: Mapping) -> str:
    """The range as printed; one of which a spreadsheet made a date says nothing."""
    return "" if mapping.range >= 0 and is_mangled(words_in(row, mapping.range)) else words_in(row, mapping.range)
