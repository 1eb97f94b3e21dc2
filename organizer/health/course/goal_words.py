"""The number that a goal's words name (`HbA1c below 7 %`), with its measure, for a person to accept.

Only what leaves one reading is proposed: one number or one range, of one measure, in a unit that goes with it. A
condition (`call if above 85`), a change (`lose 5 kg`), two targets and what may be two numbers stay words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log

from organizer.base import units
from organizer.base.analytes import Analyte, analyte_of, converted, unit_as
from organizer.base.figures import plain
from organizer.base.i18n import _, marked
from organizer.health import printed
from organizer.health.course import aims, measures
from organizer.health.course.bounds_in_words import Bound, bound_in, goes_on
from organizer.health.course.model import Measure
from organizer.health.series import NO_MEASURE, Series, same_measure
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry

FAR = 30.0
"""Design judgement: a number without a unit that lies further from every result is hardly meant in their unit."""

_NO_UNITS = frozenset(("in", "a", "at", "an", "am", "as", "h", "o", "y"))
"""Words that UCUM takes for units."""
_LONGEST_UNIT = 3  # words
_ROUNDING = 1e-9

_ONE_ENDED = {
    (True, True): marked("{measure} below {number}"),
    (True, False): marked("{measure} above {number}"),
    (False, True): marked("{measure} at {number} or lower"),
    (False, False): marked("{measure} at {number} or higher"),
}
"""By whether the number itself is left out, and whether it is the upper end."""


@dataclass(frozen=True, slots=True)
class WordedTarget:
    """A goal's number as its words name it: `low` and `high` in `unit` (UCUM, as printed where it has no code).

    `strict`: its own number doesn't meet it. `unit_named` False: the words name none, and it is that of the results.
    """

    key: MeasureKey
    measure: str
    low: float | None
    high: float | None
    unit: str
    strict: bool = False
    unit_named: bool = True

    @property
    def spoken(self) -> str:
        """For people: `HbA1c: below 7 %`."""
        low, high = self.low, self.high
        if low is None or high is None:
            end, pattern = high or low or 0.0, _ONE_ENDED[self.strict, low is None]
            number = units.with_unit(printed.limit(end), self.unit)
            words = _(pattern).format(measure=self.measure, number=number)
        else:
            last = units.with_unit(printed.limit(high), self.unit)
            pattern = _("{measure} between {low} and {high}")
            words = pattern.format(measure=self.measure, low=printed.limit(low), high=last)
        if self.unit_named:
            return words
        return _("{goal} (the words name no unit: this is that of the results)").format(goal=words)

    @property
    def fields(self) -> dict[str, str]:
        """As a goal's form has them; `target_text` only says that the number itself is left out."""
        ends = {"target_low": self.low, "target_high": self.high}
        fields = {name: plain(end) for name, end in ends.items() if end is not None}
        if self.strict:
            sign = "<" if self.low is None else ">"
            fields["target_text"] = units.with_unit(f"{sign}{next(iter(fields.values()))}", self.unit)
        return {"measure": self.measure, "unit": self.unit, **fields}


def worded_target(goal: Entry, keys: Mapping[str, MeasureKey], series: Series) -> WordedTarget | None:
    """The target that a goal's words name; None where they name none, or may mean more than one.

    `keys` are the person's series by name (`aims.keys_by_name`), `series` that of the goal, empty where it has none.
    """
    key = series.key or aims.key_in_words(goal.title, keys)
    if not key:
        return None
    meant = aims.key_in_words(goal.title, keys)
    if meant and not same_measure(meant, key):
        return None

    aimed = _aimed(goal, key, series, keys)
    bounds = {bound_in(goal.text("target_text")), bound_in(goal.title)} - {None}
    targets = {_target(bound, aimed) for bound in bounds if bound is not None}
    return targets.pop() if len(targets) == 1 else None


@dataclass(frozen=True, slots=True)
class _Aimed:
    """The measure of a goal: its name, what is known of it, the unit of its results and how high they are.

    `analytes` is the one that it is, or none; `keys` the person's series by name.
    """

    key: MeasureKey
    name: str
    known: Measure
    unit: str
    levels: tuple[float, ...]
    analytes: tuple[Analyte, ...]
    keys: Mapping[str, MeasureKey]

    def possible(self, readings: Sequence[str], unit: str) -> list[float]:
        """Those readings of a number that can be right at all."""
        return [float(reading) for reading in readings if self._can_be(float(reading), unit)]

    def _can_be(self, value: float, unit: str) -> bool:
        level = converted(value, unit, self.known.unit, self.key)
        return level is not None and self.known.plausible(level)

    def distance(self, end: float, unit: str) -> float:
        """How far a number, meant in a unit, lies from the nearest result: the logarithm of their ratio."""
        value = converted(end, unit, self.unit, self.key)
        if not value:
            return FAR
        return min((abs(log(abs(value) / level)) for level in self.levels), default=FAR)

    def is_near(self, end: float) -> bool:
        """Whether a number without a unit is meant in that of the results: it lies near them, and nearer than it would
        in any other unit of the measure (`LDL below 3` isn't meant in mg/dL)."""
        own = self.distance(end, self.unit)
        others = chain.from_iterable(analyte.units for analyte in self.analytes)
        return own <= log(FAR) and all(own <= self.distance(end, other) + _ROUNDING for other in others)


def _aimed(goal: Entry, key: MeasureKey, series: Series, keys: Mapping[str, MeasureKey]) -> _Aimed:
    known, unit = measures.measure_of(series), series.unit
    if not series.points:
        known = measures.published(key) or measures.unknown(key, "", [])
        unit = known.unit
    names = filter(None, (goal.text("measure"), known.name, series.title))
    meant = [name for name in names if same_measure(aims.key_named(name, keys) or NO_MEASURE, key)]
    levels = tuple(abs(point.value) for point in series.points if point.value)
    analytes = tuple(filter(None, (analyte_of(key),)))
    return _Aimed(key, next(iter(meant), key), known, unit, levels, analytes, keys)


def _target(bound: Bound, aimed: _Aimed) -> WordedTarget | None:
    code, behind = _unit(bound, aimed)
    unit = code or aimed.unit
    if _has_number(bound.before, aimed) or _has_number(behind, aimed):
        return None
    if not code and not _may_lack_its_unit(bound, behind, aimed):
        return None

    lows, highs = aimed.possible(bound.lows, unit), aimed.possible(bound.highs, unit)
    ends = [*lows, *highs]
    if [len(lows), len(highs)] != [bool(bound.lows), bool(bound.highs)] or ends != sorted(set(ends)):
        return None
    is_named = bool(code) or units.is_bare(unit)
    if not is_named and not all(map(aimed.is_near, ends)):
        return None
    low, high = next(iter(lows), None), next(iter(highs), None)
    return WordedTarget(aimed.key, aimed.name, low, high, unit, bound.strict, is_named)


def _unit(bound: Bound, aimed: _Aimed) -> tuple[str, str]:
    """The unit that the words name, "" for none, and what stands behind it."""
    if bound.inner:
        return unit_as(bound.inner, aimed.analytes), bound.behind
    words = bound.behind.split()
    for count in range(min(len(words), _LONGEST_UNIT), 0, -1):
        text = " ".join(words[:count]).strip(".,;:()")
        code = unit_as(text, aimed.analytes)
        if code and text.casefold() not in _NO_UNITS:
            return code, " ".join(words[count:])
    return "", bound.behind


def _may_lack_its_unit(bound: Bound, behind: str, aimed: _Aimed) -> bool:
    """Whether a number without a unit may be one of the measure: it counts nothing else, and results have a unit, or
    the measure has none."""
    return not bound.inner and goes_on(behind) and (bool(aimed.levels) or units.is_bare(aimed.unit))


def _has_number(text: str, aimed: _Aimed) -> bool:
    """Whether a number stands in words beside the one that is meant, other than in a measure's name (`A1c`)."""
    return any(re.search(r"\d", word) for word in aims.words_beside_names(text, aimed.keys))
