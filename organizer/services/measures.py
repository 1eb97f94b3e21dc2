"""One measure over time, with all that a chart of it needs: ranges, goal, therapy spans."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from organizer.base.analytes import analyte_of, converted
from organizer.base.dates import PartialDate
from organizer.base.quantities import spoken_unit
from organizer.base.units import same_unit
from organizer.records.entry import Entry, Json
from organizer.services.records import Record
from organizer.store import entries as reading
from organizer.store.entries import MeasureSummary, Query

__all__ = ["MeasureSummary"]


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

    code: str
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


def measures(record: Record, person: str) -> list[MeasureSummary]:
    """What was measured of a person, the most often measured first; by mass and by amount is one measure."""
    found: dict[str, MeasureSummary] = {}
    for one in reading.measures(record, person):
        analyte = analyte_of(one.code)
        name = analyte.name if analyte else one.code
        known = found.get(name)
        found[name] = _joined(known, one) if known else one
    return sorted(found.values(), key=lambda one: -one.count)


def series(record: Record, person: str, code: str, unit: str = "") -> Series:
    """A person's results of one measure, oldest first, with ranges as the laboratory printed them last."""
    found = _of_analyte(record, person, code)
    numbers = [entry for entry in found if entry.value is not None and entry.happened is not None]
    unit = unit or (numbers[-1].unit if numbers else "")
    points = [point for point in (_point(entry, code, unit) for entry in numbers) if point is not None]
    ranged = next((one for one in reversed(numbers) if same_unit(one.unit, unit) and _has_range(one)), None)
    goal = goal_for(record, person, code)
    ours = goal is not None and (not goal.unit or same_unit(goal.unit, unit))
    return Series(
        code=code,
        title=found[-1].title if found else code.removeprefix("title:"),
        unit=unit,
        points=tuple(points),
        words=tuple(entry for entry in found if entry.value is None),
        other_units=tuple(sorted({one.unit for one in numbers if converted(1.0, one.unit, unit, code) is None})),
        range_low=ranged.data.get("range_low") if ranged else None,
        range_high=ranged.data.get("range_high") if ranged else None,
        range_text=ranged.text("range_text") if ranged else "",
        goal_low=goal.data.get("target_low") if goal and ours else None,
        goal_high=goal.data.get("target_high") if goal and ours else None,
        goal_text=goal.title if goal else "",
        spans=spans_for(record, person, goal),
    )


def _joined(known: MeasureSummary, other: MeasureSummary) -> MeasureSummary:
    """Two summaries of one analyte under the code that stands there more often, with the later result's unit."""
    later = max(known, other, key=lambda one: one.last or "")
    return replace(later, code=known.code, category=known.category, count=known.count + other.count)


def told(found: Series) -> dict[str, Json]:
    """A series as JSON."""
    return {
        "code": found.code,
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


def latest(record: Record, person: str, code: str, most: int) -> list[Entry]:
    """The last few results of a measure, numbers and words, oldest first."""
    return reading.series(record, person, code, most)


def goal_for(record: Record, person: str, code: str) -> Entry | None:
    """The latest goal that names this measure by code or title; None where there is none."""
    goals = reading.find(record, Query(kinds=("Goal",), person=person, include_struck=False))
    return next((goal for goal in goals if measures_code(goal, code)), None)


def measures_code(goal: Entry, code: str) -> bool:
    """True when a goal is about the measure of that code (or `title:` and its title)."""
    if goal.codes:
        return any(coding.code == code for coding in goal.codes)
    return code.casefold() == f"title:{goal.text('measure')}".casefold()


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


def _of_analyte(record: Record, person: str, code: str) -> list[Entry]:
    """All results of the measure, oldest first; those that a laboratory counts by amount beside those by mass."""
    analyte = analyte_of(code)
    if analyte is None:
        return reading.series(record, person, code)
    found = [entry for one in analyte.codes for entry in reading.series(record, person, one)]
    return sorted(found, key=lambda entry: entry.happened.sort_key if entry.happened else "")


def _point(entry: Entry, code: str, unit: str) -> SeriesPoint | None:
    """The result in the series' unit; None where it can't be told in it."""
    value = converted(entry.value or 0.0, entry.unit, unit, code)
    if value is None or entry.happened is None:
        return None
    same = same_unit(entry.unit, unit)
    digits = max(3, sum(sign.isdigit() for sign in entry.value_text))
    ends = (entry.data.get(name) for name in ("range_low", "range_high"))
    low, high = (converted(end, entry.unit, unit, code) if isinstance(end, int | float) else None for end in ends)
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
