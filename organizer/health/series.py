"""One measure over time: its results in one unit, what stays out of it, its range, its goal, the treatments beside."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.base.analytes import analyte_of, converted, same_reading
from organizer.base.dates import PartialDate
from organizer.base.figures import brief, grouped, is_rounded, readable
from organizer.base.units import with_unit
from organizer.health.grouping import fold
from organizer.health.named_code import code_by_name
from organizer.health.sides import LEFT, RIGHT, side_of
from organizer.model.codes import TITLE, MeasureKey, shown_code
from organizer.model.entry import Entry, Json
from organizer.model.ids import NO_ENTRY, EntryId

DECIDE_THE_UNIT = 5
"""So many of the latest results decide in which unit a series is told: one stray report doesn't turn it around."""
FEWEST_FIGURES = 3
"""Significant figures of a converted value at least; more where its source printed more."""


@dataclass(frozen=True, slots=True)
class Range:
    """A reference range or a goal: its ends in the series' unit (None: open), `text` as its source printed it."""

    low: float | None = None
    high: float | None = None
    text: str = ""

    @property
    def ends(self) -> tuple[float, ...]:
        """The ends that there are, the lower first."""
        return tuple(end for end in (self.low, self.high) if end is not None)

    def side_of(self, value: float, comparator: str = "") -> str:
        """`below` or `above` where the value is surely beyond an end, else ""; `<100` isn't surely above 60."""
        surely_lower, surely_higher = comparator == "<", comparator == ">"
        low, high = self.low, self.high
        if low is not None and not comparator.startswith(">") and (value < low or (surely_lower and value == low)):
            return "below"
        if high is not None and not comparator.startswith("<") and (value > high or (surely_higher and value == high)):
            return "above"
        return ""


NO_RANGE = Range()
_TAKEN_ON_EITHER = frozenset({"8480-6", "8462-4", "8867-4", "59408-5", "2708-6", "8310-5"})
"""LOINC of blood pressure, pulse, oxygen saturation, temperature: an arm or a finger is only where they are taken."""
NO_MEASURE = MeasureKey("")


@dataclass(frozen=True, slots=True)
class Point:
    """One result. With a comparator (`<0.1`) `value` is a bound, not a number.

    `when` is the first day that it may mean, `day` the date as the source wrote it; `text` the value's digits in the
    series' unit; `printed` the source's own value with its unit where that is another one (`7.0 mmol/L`), else "";
    `range` the one printed beside it, in the series' unit; `side` of the body `left` or `right`, where the source says.
    """

    when: date
    value: float
    comparator: str = ""
    text: str = ""
    entry_id: EntryId = NO_ENTRY
    performer: str = ""
    day: PartialDate | None = None
    range: Range = NO_RANGE
    printed: str = ""
    side: str = ""

    @property
    def written_day(self) -> PartialDate:
        """The date as the source wrote it; where none is given the day itself."""
        return self.day or PartialDate(self.when.isoformat())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one medicine at one dose; `end` None: it goes on, or (`end_known` False) nobody says until when."""

    name: str
    start: date
    end: date | None = None
    dose: str = ""
    entry_id: EntryId = NO_ENTRY
    end_known: bool = True

    @property
    def label(self) -> str:
        """Name and dose."""
        return f"{self.name} {self.dose}".strip()


@dataclass(frozen=True, slots=True)
class Series:
    """A measure in one unit, oldest first.

    `other_units` are the results in a unit that can't be converted to it, `words` those that are no numbers, `undated`
    numbers of which no source gives the day.
    `unit_chosen` is True where somebody asked for the unit, else it is the one that the sources print.
    """

    key: MeasureKey = NO_MEASURE
    title: str = ""
    unit: str = ""
    points: tuple[Point, ...] = ()
    words: tuple[Entry, ...] = ()
    other_units: tuple[Entry, ...] = ()
    undated: tuple[Entry, ...] = ()
    range: Range = NO_RANGE
    goal: Range = NO_RANGE
    spans: tuple[Span, ...] = ()
    unit_chosen: bool = False

    @property
    def code(self) -> str:
        """Its code without the system, or `title:` and its title: for people, never to compare by."""
        return shown_code(self.key)

    def newer_in_other_units(self, as_of: date | None = None) -> tuple[Entry, ...]:
        """Results up to a day that are newer than the latest point but in a unit that can't be converted."""
        return newer_than(self.points, self.other_units, as_of)


def newer_than(points: Sequence[Point], results: Sequence[Entry], as_of: date | None = None) -> tuple[Entry, ...]:
    """The results later than every point, as far as both are not later than a day."""
    last = max((point.when for point in points if as_of is None or point.when <= as_of), default=None)
    return tuple(
        entry
        for entry in results
        if entry.happened is not None
        and (last is None or entry.happened.first_day > last)
        and (as_of is None or entry.happened.first_day <= as_of)
    )


def series_of(
    key: MeasureKey, results: Sequence[Entry], unit: str = "", goal: Entry | None = None, spans: Iterable[Span] = ()
) -> Series:
    """The series of a measure from its results, oldest first; `unit` "" for the one in which it is printed.

    By its `key` the measure's units are converted. What was entered in error or never measured is no part of it.
    """
    results = [entry for entry in results if entry.is_fact]
    numbers = [entry for entry in results if entry.value is not None and entry.happened is not None]
    units = [entry.unit for entry in numbers]
    code = code_by_name(key, [*units, unit])
    shown_unit = unit or leading_unit(units, code)
    points, others = [], []
    ranges: dict[tuple[Json, ...], Range] = {}
    for entry in numbers:
        point = _point(entry, code, shown_unit, ranges)
        if point is None:
            others.append(entry)
        else:
            points.append(point)
    return Series(
        key=key,
        title=results[-1].title if results else shown_code(key).removeprefix(TITLE),
        unit=shown_unit,
        points=tuple(points),
        words=tuple(entry for entry in results if entry.value is None),
        other_units=tuple(others),
        undated=tuple(entry for entry in results if entry.value is not None and entry.happened is None),
        range=_latest_range(numbers, main_performer(points), code, shown_unit),
        goal=_goal(goal, code, shown_unit),
        spans=tuple(spans),
        unit_chosen=bool(unit),
    )


def same_measure(first: MeasureKey, other: MeasureKey) -> bool:
    """True where results of both keys are one series: the same code or title, or two codes of one analyte."""
    if first.casefold() == other.casefold():
        return True
    analyte = analyte_of(first)
    return analyte is not None and analyte == analyte_of(other)


def are_of_both(points: Sequence[Point], code: str) -> bool:
    """Whether some results of a LOINC code are of the left and some of the right side, where that means two things."""
    if code in _TAKEN_ON_EITHER:
        return False
    return {LEFT, RIGHT} <= {point.side for point in points}


def main_performer(points: Sequence[Point]) -> str:
    """The laboratory of most points (the later one where two have as many); "" when none is named."""
    spellings = Counter(point.performer for point in reversed(points) if point.performer)
    counts: Counter[str] = Counter()
    for name, count in spellings.items():
        counts[fold(name)] += count
    if not counts:
        return ""
    most = counts.most_common(1)[0][0]
    return next(name for name in spellings if fold(name) == most)


def same_laboratory(performer: str, other: str) -> bool:
    """True where both name the same laboratory, however they are spaced and capitalised, or one isn't named."""
    return not performer or not other or performer == other or fold(performer) == fold(other)


def leading_unit(units: Sequence[str], key: MeasureKey = NO_MEASURE) -> str:
    """The unit in which most of the latest results are printed, the later one where two are printed as often."""
    latest = list(reversed(units[-DECIDE_THE_UNIT:]))
    if not latest:
        return ""
    return max(latest, key=lambda unit: sum(_alike(unit, other, key) for other in latest))


def _alike(unit: str, other: str, key: MeasureKey) -> bool:
    """True where a number of the measure means the same in both: mmol/mol isn't mg/g, though both are a thousandth."""
    return unit == other or same_reading(unit, other, key)


def _point(entry: Entry, key: MeasureKey, unit: str, ranges: dict[tuple[Json, ...], Range]) -> Point | None:
    """The result in the series' unit; None where it can't be told in it.

    Few different `ranges` stand beside very many results: each is converted once and shared.
    """
    assert entry.happened is not None
    assert entry.value is not None
    same = _alike(entry.unit, unit, key)
    value = entry.value if same else converted(entry.value, entry.unit, unit, key)
    if value is None:
        return None
    text = readable(entry.value_text)
    get = entry.data.get
    beside = (get("range_low"), get("range_high"), get("range_text"), entry.unit)
    if beside not in ranges:
        ranges[beside] = _range(range_beside(entry), entry.unit, unit, key)
    return Point(
        when=entry.happened.first_day,
        value=value,
        comparator=entry.comparator,
        text=text if same else _worked_out(value, text, entry.value_text),
        entry_id=entry.id,
        performer=entry.text("performer"),
        day=entry.happened,
        range=ranges[beside],
        printed="" if same else with_unit(f"{entry.comparator}{text}", entry.unit),
        side=side_of(f"{entry.title} {entry.text('body_site')}"),
    )


def _worked_out(value: float, shown: str, printed: str) -> str:
    """A converted value: of a computer's number it has no more figures than that is shown with itself."""
    return brief(value) if is_rounded(shown) else grouped(value, _figures(printed))


def _figures(text: str) -> int:
    """The significant figures of a converted value: as many as were printed, and a few at least."""
    digits = "".join(sign for sign in text if sign.isdigit()).lstrip("0")
    return max(FEWEST_FIGURES, min(len(digits), 6))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def range_beside(entry: Entry) -> Range:
    """The range as printed beside a result, in the result's own unit."""
    low, high = (_number(entry.data.get(name)) for name in ("range_low", "range_high"))
    return Range(low, high, entry.text("range_text"))


def _range(printed: Range, unit: str, shown_unit: str, key: MeasureKey) -> Range:
    """A range in the series' unit; where it was printed in another one, its text says in which."""
    if _alike(unit, shown_unit, key):
        return printed
    low, high = printed.low, printed.high
    return Range(
        None if low is None else converted(low, unit, shown_unit, key),
        None if high is None else converted(high, unit, shown_unit, key),
        with_unit(printed.text, unit) if printed.text else "",
    )


def _latest_range(numbers: Sequence[Entry], main: str, key: MeasureKey, unit: str) -> Range:
    """The range that was printed last: by the laboratory of most results and in the series' own unit, if there is one.

    Else the last in its unit, else the last of all.
    """
    in_unit = of_all = None
    for entry in reversed(numbers):
        if not _has_range(entry):
            continue
        of_all = of_all or entry
        if _alike(entry.unit, unit, key):
            in_unit = in_unit or entry
            if same_laboratory(entry.text("performer"), main):
                return _range(range_beside(entry), entry.unit, unit, key)
    last = in_unit or of_all
    return _range(range_beside(last), last.unit, unit, key) if last else NO_RANGE


def _has_range(entry: Entry) -> bool:
    return any(entry.data.get(name) not in (None, "") for name in ("range_low", "range_high", "range_text"))


def _goal(goal: Entry | None, key: MeasureKey, unit: str) -> Range:
    """The goal's ends in the series' unit, its title as text; an end that can't be told in the unit is None."""
    if goal is None:
        return NO_RANGE
    low, high = (_number(goal.data.get(name)) for name in ("target_low", "target_high"))
    ends = _range(Range(low, high), goal.unit or unit, unit, key)
    return Range(ends.low, ends.high, goal.title)
