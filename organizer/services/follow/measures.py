"""One measure over time, with all that a chart of it needs: ranges, goal, therapy spans."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from organizer.base.analytes import analyte_of, converted
from organizer.base.dates import PartialDate
from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _, marked
from organizer.base.units import same_unit, spoken_unit
from organizer.health.course.series import outline
from organizer.model.codes import (
    LOINC,
    TITLE,
    Code,
    MeasureKey,
    code_of,
    measure_key,
    measured_code,
    parsed,
    shown_code,
)
from organizer.model.entry import Entry, Json
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store import tally
from organizer.store.entries import MeasureSummary, Query
from organizer.store.series_keys import UNIT_OF

__all__ = ["MeasureSummary", "outline"]

_FAMILIES = (("mg/dL", "g/dL", "ug/dL", "ng/mL", "pg/mL"), ("mmol/L", "umol/L", "nmol/L", "pmol/L"))
"""By mass and by amount."""
_SCALES = (("%",), ("mmol/mol",))
"""Of HbA1c, by the equation that ties them."""
_FLAGS = {
    "H": marked("High"),
    "HH": marked("Critically high"),
    "L": marked("Low"),
    "LL": marked("Critically low"),
    "A": marked("Abnormal"),
    "AA": marked("Critically abnormal"),
    "N": marked("Normal"),
}
"""terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"""


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One result: `day` as the source wrote it, `when` the first day it may mean, `text` the value in digits.

    `printed` is what the source printed where it printed another unit (`7.0 mmol/L`), else "".
    """

    when: date
    day: PartialDate
    value: float
    text: str
    comparator: str
    low: float | None
    high: float | None
    performer: str
    entry_id: str
    printed: str = ""

    @property
    def spoken(self) -> str:
        """The value's digits; with what was printed where that was another unit: `126 (7.0 mmol/L)`."""
        return f"{self.text} ({self.printed})" if self.printed else self.text


@dataclass(frozen=True, slots=True)
class TherapySpan:
    """A stretch of one medicine at one dose; `end` None: it goes on."""

    label: str
    start: date
    end: date | None
    entry_id: str


@dataclass(frozen=True, slots=True)
class Series:
    """A measure in one unit (the latest's); results in a unit that can't be converted to it are in `other_units`.

    What was converted says so in its point's `printed`.

    `words` are the results that are no numbers. The goal's ends are in the series' unit.
    """

    key: MeasureKey
    title: str
    unit: str
    points: tuple[SeriesPoint, ...] = ()
    words: tuple[Entry, ...] = ()
    other_units: tuple[str, ...] = ()
    range_low: float | None = None
    range_high: float | None = None
    range_text: str = ""
    goal_low: float | None = None
    goal_high: float | None = None
    goal_text: str = ""
    spans: tuple[TherapySpan, ...] = ()

    @property
    def code(self) -> str:
        """Its code without the system, or `title:` and its title: for people, never to compare by."""
        return shown_code(self.key)


def measures(record: Record, person: str) -> list[MeasureSummary]:
    """What was measured of a person, the most often measured first; by mass and by amount is one measure."""
    found: dict[str, MeasureSummary] = {}
    for one in reading.measures(record, person):
        name = _series_name(one.key)
        known = found.get(name)
        found[name] = _joined(known, one) if known else one
    return sorted(found.values(), key=lambda one: -one.count)


def _series_name(key: MeasureKey) -> str:
    """What is equal of two keys is one series: the analyte's name, where it has several codes."""
    analyte = analyte_of(key)
    return analyte.name if analyte else key


def key_of(record: Record, person: str, asked: str) -> MeasureKey:
    """The measure that is meant by a key, a bare code (`1001`), a typed one (`LOINC 2345-7`) or a title.

    Raises InvalidEntryError, which names them, where the person has several measures of that code.
    """
    system, bar, rest = asked.partition("|")
    if asked.startswith(TITLE) or (not system and "|" in rest):
        return MeasureKey(asked)
    if bar and system:
        return MeasureKey(code_of(system, rest).key)

    summaries = reading.measures(record, person)
    wanted = asked.strip().casefold()
    for names in (_keys_and_codes, _titles):
        meant = {_series_name(one.key): one for one in summaries if wanted in names(one)}
        if len(meant) == 1:
            return next(iter(meant.values())).key
        if meant:
            raise _ambiguous(asked, meant.values())
    system, code = parsed(asked)
    return measure_key([code_of(system, code)] if system else [], asked.removeprefix(TITLE))


def _keys_and_codes(summary: MeasureSummary) -> set[str]:
    coded = measured_code(summary.key)
    return {summary.key.casefold(), *({coded.code.casefold(), coded.key.casefold()} if coded else ())}


def _titles(summary: MeasureSummary) -> set[str]:
    return {summary.title.casefold()}


def _ambiguous(asked: str, meant: Iterable[MeasureSummary]) -> InvalidEntryError:
    listed = "; ".join(f"{one.title}: {one.key}" for one in meant)
    return InvalidEntryError(
        _("“{asked}” stands for several measures of this record.").format(asked=asked),
        _("Name the one that you mean in full: {measures}").format(measures=listed),
        "code",
    )


def series(record: Record, person: str, measure: str, unit: str = "") -> Series:
    """A person's results of one measure, oldest first, with ranges as the laboratory printed them last.

    `measure` is its key, or what `key_of` understands. Raises InvalidEntryError where that may be several.
    """
    key = key_of(record, person, measure)
    found = _of_analyte(record, person, key)
    numbers = [entry for entry in found if entry.value is not None and entry.happened is not None]
    unit = unit or (numbers[-1].unit if numbers else "")
    points = [point for point in (_point(entry, key, unit) for entry in numbers) if point is not None]
    ranged = next((one for one in reversed(numbers) if same_unit(one.unit, unit) and _has_range(one)), None)
    ranged = ranged or next((one for one in reversed(numbers) if _has_range(one)), None)
    goal = goal_for(record, person, key)
    return Series(
        key=key,
        title=found[-1].title if found else shown_code(key).removeprefix(TITLE),
        unit=unit,
        points=tuple(points),
        words=tuple(entry for entry in found if entry.value is None),
        other_units=tuple(sorted({one.unit for one in numbers if converted(1.0, one.unit, unit, key) is None})),
        range_low=_end(ranged, "range_low", unit, key),
        range_high=_end(ranged, "range_high", unit, key),
        range_text=ranged.text("range_text") if ranged else "",
        goal_low=_end(goal, "target_low", unit, key),
        goal_high=_end(goal, "target_high", unit, key),
        goal_text=goal.title if goal else "",
        spans=spans_for(record, person, goal),
    )


def chosen_unit(record: Record, key: MeasureKey) -> str:
    """The unit that the person chose for a measure; "" where none was chosen."""
    return record.meta(f"{UNIT_OF}{key}")


def choose_unit(record: Record, key: MeasureKey, unit: str) -> None:
    """Show a measure in this unit from now on; what the sources printed stays as it is."""
    record.set_meta(f"{UNIT_OF}{key}", unit)


def measure_of(entry: Entry) -> MeasureKey | None:
    """The measure that a result belongs to, of a panel its first part's; None for what is no result."""
    if entry.value_text:
        return entry.measure
    return next((key for _place, key, _part in tally.parts_of(entry)), None)


def flag(entry: Entry) -> str:
    """What the laboratory flagged; where it flagged nothing, on which side of its printed range the value lies."""
    said = entry.text("interpretation")
    if said or entry.value is None:
        return _(_FLAGS[said]) if said in _FLAGS else said
    low, high = entry.data.get("range_low"), entry.data.get("range_high")
    if isinstance(low, int | float) and entry.value < low:
        return _("below the printed range")
    if isinstance(high, int | float) and entry.value > high:
        return _("above the printed range")
    return ""


def printed_range(entry: Entry) -> str:
    """The range as printed beside a result; "" where none was."""
    if entry.text("range_text"):
        return entry.text("range_text")
    low, high = (entry.data.get(name) for name in ("range_low", "range_high"))
    if low is None and high is None:
        return ""
    return f"{low:g}–{high:g}" if None not in (low, high) else f"≥ {low:g}" if high is None else f"≤ {high:g}"


def units_for(found: Series) -> tuple[str, ...]:
    """The units that a measure can be read in: its own, and by mass or by amount the one with handy numbers."""
    analyte = analyte_of(found.key)
    if analyte is None or not found.points:
        return (found.unit,) if found.unit else ()
    latest = found.points[-1].value
    units = [found.unit]
    for family in _SCALES if analyte.equation else _FAMILIES:
        if any(same_unit(found.unit, one) for one in family):
            continue
        told = [(one, converted(latest, found.unit, one, found.key)) for one in family]
        handy = [one for one, value in told if value is not None and 1 <= abs(value) < 1000]
        units += handy[:1] or [one for one, value in told if value is not None][:1]
    return tuple(units)


def _end(entry: Entry | None, name: str, unit: str, key: MeasureKey) -> float | None:
    """An end of a range or goal in the series' unit; None where there is none or it can't be told in it."""
    value = entry.data.get(name) if entry else None
    if entry is None or not isinstance(value, int | float):
        return None
    if not entry.unit or same_unit(entry.unit, unit):
        return value
    return converted(float(value), entry.unit, unit, key)


def _joined(known: MeasureSummary, other: MeasureSummary) -> MeasureSummary:
    """Two summaries of one analyte under the code that stands there more often, with the later result's unit."""
    later = max(known, other, key=lambda one: one.last or "")
    return replace(later, key=known.key, category=known.category, count=known.count + other.count)


def told(found: Series) -> dict[str, Json]:
    """A series as JSON."""
    return {
        "code": found.code,
        "measure": found.key,
        "title": found.title,
        "unit": found.unit,
        "points": [
            {
                "when": point.day.text,
                "value": point.value,
                "comparator": point.comparator,
                "printed": point.printed,
                "low": point.low,
                "high": point.high,
                "id": point.entry_id,
            }
            for point in found.points
        ],
        "other_units": list(found.other_units),
    }


def latest(record: Record, person: str, key: MeasureKey, most: int) -> list[Entry]:
    """The last few results of a measure, numbers and words, oldest first."""
    return reading.series(record, person, key, most)


def goal_for(record: Record, person: str, key: MeasureKey) -> Entry | None:
    """The latest goal that names this measure by code or title; None where there is none."""
    goals = reading.find(record, Query(kinds=("Goal",), person=person, include_struck=False))
    return next((goal for goal in goals if aims_at(goal, key)), None)


def aims_at(goal: Entry, key: MeasureKey) -> bool:
    """True when a goal is about that measure: by any of its codes, without one by the measure's title."""
    title = goal.text("measure")
    named = [measure_key([one.identity], title) for one in goal.codes] or [measure_key([], title)]
    return key.casefold() in (one.casefold() for one in named)


def spans_for(record: Record, person: str, goal: Entry | None) -> tuple[TherapySpan, ...]:
    """The medicines of the plans that hold the goal; without a goal the person's medicines of the last plans."""
    plans = reading.linked_to(record, goal.id, "goal") if goal else []
    named = {target for plan in plans for target in plan.targets("includes")}
    titles = {entry.title.casefold() for entry in reading.many(record, named)}
    if not titles:
        return ()
    medicines = reading.find(
        record, Query(kinds=("MedicationStatement",), person=person, order="happened", include_struck=False)
    )
    return tuple(therapy_spans(entry for entry in medicines if entry.title.casefold() in titles))


def therapy_spans(medicines: Iterable[Entry]) -> list[TherapySpan]:
    """Medicines with a start as spans, each dose a span of its own."""
    return [
        TherapySpan(
            " ".join(part for part in (entry.title, entry.text("dose")) if part),
            entry.happened.first_day,
            entry.ended.last_day if entry.ended else None,
            entry.id,
        )
        for entry in medicines
        if entry.happened is not None
    ]


def _of_analyte(record: Record, person: str, key: MeasureKey) -> list[Entry]:
    """All results of the measure, oldest first; those that a laboratory counts by amount beside those by mass."""
    analyte = analyte_of(key)
    if analyte is None:
        return reading.series(record, person, key)
    keys = [MeasureKey(Code(LOINC, one).key) for one in analyte.codes]
    found = [entry for one in keys for entry in reading.series(record, person, one)]
    return sorted(found, key=lambda entry: entry.happened.sort_key if entry.happened else "")


def _point(entry: Entry, key: MeasureKey, unit: str) -> SeriesPoint | None:
    """The result in the series' unit; None where it can't be told in it."""
    value = converted(entry.value or 0.0, entry.unit, unit, key)
    if value is None or entry.happened is None:
        return None
    same = same_unit(entry.unit, unit)
    digits = max(3, sum(sign.isdigit() for sign in entry.value_text))
    ends = (entry.data.get(name) for name in ("range_low", "range_high"))
    low, high = (converted(end, entry.unit, unit, key) if isinstance(end, int | float) else None for end in ends)
    return SeriesPoint(
        when=entry.happened.first_day,
        day=entry.happened,
        value=(entry.value or 0.0) if same else value,
        text=entry.value_text if same else f"{value:.{digits}g}",
        comparator=entry.comparator,
        low=low,
        high=high,
        performer=entry.text("performer"),
        entry_id=entry.id,
        printed="" if same else f"{entry.comparator}{entry.value_text} {spoken_unit(entry.unit)}".strip(),
    )


def _has_range(entry: Entry) -> bool:
    return any(entry.data.get(name) not in (None, "") for name in ("range_low", "range_high", "range_text"))
