"""One measure over time, with all that a chart of it needs: ranges, goal, therapy spans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from organizer.base import terms, writing
from organizer.base.analytes import analyte_of, converted
from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _, marked
from organizer.base.units import same_unit, unit_of
from organizer.health import printed
from organizer.health.course import aims
from organizer.health.series import Point, Series, Span, range_beside, same_measure, series_of
from organizer.health.spans import spans_of
from organizer.model.codes import (
    LOINC,
    TITLE,
    Code,
    MeasureKey,
    code_of,
    measure_key,
    measured_code,
    parsed,
)
from organizer.model.entry import Entry, Json, targets_of
from organizer.model.ids import PersonId
from organizer.model.links import Role
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store import tally
from organizer.store.entries import MeasureSummary, Query
from organizer.store.series_keys import UNIT_OF

__all__ = ["MeasureSummary"]

_FAMILIES = (("mg/dL", "g/dL", "ug/dL", "ng/mL", "pg/mL"), ("mmol/L", "umol/L", "nmol/L", "pmol/L"))
"""By mass and by amount."""
_SCALES = (("%",), ("mmol/mol",))
_FAMILY = {
    family: (*concentrations, *scale)
    for family, concentrations, scale in zip(("mass", "amount"), _FAMILIES, _SCALES, strict=True)
}
"""Of HbA1c, by the equation that ties them."""
_PAIRS = {"8480-6": "8462-4", "8462-4": "8480-6"}
"""LOINC of systolic and diastolic blood pressure."""
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


def measures(record: Record, person: PersonId) -> list[MeasureSummary]:
    """What was measured of a person, the most often measured first; by mass and by amount is one measure."""
    by_name: dict[str, MeasureSummary] = {}
    for measure in reading.measures(record, person):
        name = series_name(measure.key)
        known = by_name.get(name)
        by_name[name] = _joined(known, measure) if known else measure
    return sorted(by_name.values(), key=lambda summary: -summary.count)


def series_name(key: MeasureKey) -> str:
    """What is equal of two keys is one series: the analyte's name, where it has several codes."""
    analyte = analyte_of(key)
    return analyte.name if analyte else key


def key_of(record: Record, person: PersonId, asked: str) -> MeasureKey:
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
        meant = {series_name(summary.key): summary for summary in summaries if wanted in names(summary)}
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
    listed = "; ".join(f"{summary.title}: {summary.key}" for summary in meant)
    return InvalidEntryError(
        _("“{asked}” stands for several measures of this record.").format(asked=asked),
        _("Name the one that you mean in full: {measures}").format(measures=listed),
        "code",
    )


def series(record: Record, person: PersonId, measure: str, unit: str = "") -> Series:
    """A person's results of one measure, oldest first, with goal and spans; in `unit` or else the one printed.

    `measure` is its key, or what `key_of` understands. Raises InvalidEntryError where that may be several.
    """
    key = key_of(record, person, measure)
    goal = _goal_among(reading.of_kind(record, person, "Goal"), key)
    return series_of(key, _of_analyte(record, person, key), unit, goal, _spans_for(record, person, goal))


def every_series(record: Record, person: PersonId, keys: Sequence[MeasureKey]) -> Iterator[Series]:
    """The series of several measures by their keys, in the units printed; goals and results are read once for all."""
    goals = reading.of_kind(record, person, "Goal")
    results = reading.every_series(record, person, chain.from_iterable(map(_counted_under, keys)))
    for key in keys:
        goal = _goal_among(goals, key)
        entries = _in_time(results[counted] for counted in _counted_under(key))
        yield series_of(key, entries, "", goal, _spans_for(record, person, goal))


def chosen_unit(record: Record, key: MeasureKey) -> str:
    """The unit that the person chose for a measure; "" where none was chosen."""
    return record.meta(f"{UNIT_OF}{key}")


def preferred_unit(record: Record, series: Series) -> str:
    """The unit in which a person wants a measure: the one chosen for it, else that of the family chosen for all; ""
    for the one that the sources print."""
    own = chosen_unit(record, series.key)
    family = _FAMILY.get(writing.chosen().units, ())
    if not own and (not family or _is_of(series.unit, family)):
        return ""
    units = units_for(series)
    return own if own in units else next((unit for unit in units if unit in family), "")


def _is_of(unit: str, family: Iterable[str]) -> bool:
    """Whether a unit counts as the family does: `g/L` by mass as `mg/dL`."""
    mine = unit_of(unit)
    theirs = filter(None, map(unit_of, family))
    return mine is not None and any(mine.dimension == other.dimension for other in theirs)


def result_shown(record: Record, key: MeasureKey, latest: Entry) -> str:
    """A result of a measure in the unit that the person wants, the source's own beside it where that is another one."""
    own = series_of(key, [latest])
    unit = preferred_unit(record, own)
    points = series_of(key, [latest], unit).points if unit else ()
    return printed.value_asked(points[0], unit) if points else latest.spoken_value()


def choose_unit(record: Record, key: MeasureKey, unit: str) -> None:
    """Show a measure in this unit from now on; what the sources printed stays as it is."""
    record.set_meta(f"{UNIT_OF}{key}", unit)


def measured_with(key: MeasureKey) -> str:
    """The key of what is always measured with it: of a blood pressure the other number; "" where nothing is."""
    coded = measured_code(key)
    other = _PAIRS.get(coded.code, "") if coded else ""
    return Code(LOINC, other).key if other else ""


def series_beside(record: Record, person: PersonId, key: MeasureKey, unit: str) -> Series:
    """A series to lay over another one: in its unit where the numbers can be told in it, else in their own."""
    own = series(record, person, key)
    if same_unit(own.unit, unit) or not unit:
        return own
    in_its_unit = series(record, person, key, unit)
    return in_its_unit if in_its_unit.points and not in_its_unit.other_units else own


def measure_of(entry: Entry) -> MeasureKey | None:
    """The measure that a result belongs to, of a panel its first part's; None for what is no result."""
    if entry.value_text:
        return entry.measure
    return next((key for _place, key, _part in tally.parts_of(entry)), None)


def flag(entry: Entry) -> str:
    """What the laboratory flagged; where it flagged nothing, on which side of its printed range the value lies."""
    words = entry.text("interpretation")
    if words or entry.value is None:
        return _(_FLAGS[words]) if words in _FLAGS else terms.shown(words)
    side = range_beside(entry).side_of(entry.value, entry.comparator)
    return {"below": _("below the printed range"), "above": _("above the printed range")}.get(side, "")


def units_for(series: Series) -> tuple[str, ...]:
    """The units that a measure can be read in: its own, and by mass or by amount the one with handy numbers."""
    analyte = analyte_of(series.key)
    if analyte is None or not series.points:
        return (series.unit,) if series.unit else ()
    latest = series.points[-1].value
    units = [series.unit]
    for family in _SCALES if analyte.equation else _FAMILIES:
        if any(same_unit(series.unit, text) for text in family):
            continue
        converted_values = [(text, converted(latest, series.unit, text, series.key)) for text in family]
        handy = [text for text, value in converted_values if value is not None and 1 <= abs(value) < 1000]
        units += handy[:1] or [text for text, value in converted_values if value is not None][:1]
    return tuple(units)


def _joined(known: MeasureSummary, other: MeasureSummary) -> MeasureSummary:
    """Two summaries of one analyte under the code that stands there more often, with the later result's unit."""
    later = max(known, other, key=lambda summary: summary.last or "")
    return replace(later, key=known.key, category=known.category, count=known.count + other.count)


def as_json(series: Series) -> dict[str, Json]:
    """A series as JSON: what can't be converted to its unit with its own unit and day."""
    return {
        "code": series.code,
        "measure": series.key,
        "title": series.title,
        "unit": series.unit,
        "points": [_point_as_json(point) for point in series.points],
        "other_units": sorted({entry.unit for entry in series.other_units}),
        "in_other_units": [_other_as_json(entry) for entry in series.other_units],
        "undated": [_other_as_json(entry) for entry in series.undated],
    }


def _point_as_json(point: Point) -> dict[str, Json]:
    return {
        "when": point.written_day.text,
        "value": point.value,
        "comparator": point.comparator,
        "printed": point.printed,
        "low": point.range.low,
        "high": point.range.high,
        "id": point.entry_id,
    }


def _other_as_json(entry: Entry) -> dict[str, Json]:
    return {
        "when": entry.happened.text if entry.happened else "",
        "value": entry.value,
        "comparator": entry.comparator,
        "unit": entry.unit,
        "id": entry.id,
    }


def latest(record: Record, person: PersonId, key: MeasureKey, most: int) -> list[Entry]:
    """The last few results of a measure, numbers and words, oldest first; of all codes that measure the same."""
    return _of_analyte(record, person, key, most)[-most:]


def of_codes(record: Record, person: PersonId, codes: Iterable[str]) -> list[Entry]:
    """A person's results under these LOINC codes, numbers and words."""
    keys = [MeasureKey(Code(LOINC, code).key) for code in codes]
    return list(chain.from_iterable(reading.series(record, person, key) for key in keys))


def _goal_among(goals: Iterable[Entry], key: MeasureKey) -> Entry | None:
    """The first of the goals, the latest first, that names this measure by code or title; None where there is none."""
    return next((goal for goal in goals if aims_at(goal, key)), None)


def aims_at(goal: Entry, key: MeasureKey) -> bool:
    """True when a goal is about that measure: by a code of it or one that measures the same, else by a name of it."""
    meant = aims.key_of(goal, {key.casefold(): key})
    return meant is not None and same_measure(meant, key)


def _spans_for(record: Record, person: PersonId, goal: Entry | None) -> tuple[Span, ...]:
    """The medicines of the plans that hold the goal; without a goal the person's medicines of the last plans."""
    plans = reading.linked_to(record, goal.id, Role.GOAL) if goal else []
    named = targets_of(plans, Role.INCLUDES)
    titles = {entry.title.casefold() for entry in reading.many(record, named)}
    if not titles:
        return ()
    medicines = reading.find(
        record, Query(kinds=("MedicationStatement",), person=person, order="happened", include_struck=False)
    )
    return tuple(spans_of((entry for entry in medicines if entry.title.casefold() in titles), records.as_of(record)))


def _of_analyte(record: Record, person: PersonId, key: MeasureKey, most: int | None = None) -> list[Entry]:
    """All results of the measure, oldest first; those that a laboratory counts by amount beside those by mass.

    With `most` at least the latest so many.
    """
    if most is None:
        return _in_time(reading.every_series(record, person, _counted_under(key)).values())
    return _in_time(reading.series(record, person, counted, most) for counted in _counted_under(key))


def _counted_under(key: MeasureKey) -> list[MeasureKey]:
    """The keys under which results of a measure stand: of an analyte all of its codes."""
    analyte = analyte_of(key)
    return [MeasureKey(Code(LOINC, code).key) for code in analyte.codes] if analyte else [key]


def _in_time(results: Iterable[list[Entry]]) -> list[Entry]:
    """Results of several keys together, oldest first."""
    return sorted(chain.from_iterable(results), key=attrgetter("day_key"))
