"""From entries to what a plan check is given: events, the goal in numbers, its measure, what happened besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from organizer.base.analyte_names import analytes_named
from organizer.base.analytes import analyte_of, converted, same_reading, siblings_of
from organizer.base.dates import parse_date, spoken_day
from organizer.base.i18n import _
from organizer.health.course import Goal, Measure, PlanEvent, Quoted, SideEffect, measures, proposals
from organizer.health.course.due_line import baseline_of
from organizer.health.course.model import Direction, Treatment
from organizer.health.course.series import records_of
from organizer.health.grouping import grouped, same_meaning
from organizer.health.medicines import STANDING, MedicineState, is_medicine, state_of
from organizer.health.series import Series, same_measure
from organizer.health.vocabulary import is_about, speaks_of
from organizer.model.codes import LOINC, Code, MeasureKey, measure_key, measured_loinc
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.services.follow.measures import MeasureSummary

PAIN = "72514-3"
"""LOINC: pain severity 0 to 10; a pain of one place, rated so, has its figures."""
OWN_SCALE = "title:own 0–10"
WEIGHT, HAEMOGLOBIN, BODY_MASS_INDEX = "29463-7", "718-7", "39156-5"
ADULT_WEIGHT_TIMES = 1.6
"""Design judgement: no grown-up weighs 1.6 times as much within four months; pounds told as kilograms are 2.2 times."""
ESA_HIGHEST = 11.5
"""g/dL: KDIGO guideline on anaemia in CKD (2012), 3.5: ESAs not to keep haemoglobin above 11.5 g/dL in adults."""
HEART_FAILURE_DAYS = 3
"""Heart Failure Association of the ESC: more than 2 kg within 3 days is a reason to call."""
LONGEST_NAME = 4
"""Words of a measure's name that are looked for in a goal's title."""
SWITCH_WITHIN = timedelta(days=14)
NEAR_A_RESULT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Besides:
    """Something besides the plan that may lie behind a result: a sentence, and the entry that tells of it."""

    sentence: str
    entry_id: EntryId


def target(goal: Entry | None, found: float | None = None, better: str = "") -> Goal | None:
    """The goal as numbers; a change in percent is resolved against its baseline, or against the one that was `found`
    in the records. None where it has none.

    One exact value (`7 %`) means at most or at least, by the direction in which the measure gets better; where that
    depends, by the side on which the baseline lies.
    """
    if goal is None:
        return None
    low, high, change = (goal.data.get(name) for name in ("target_low", "target_high", "target_change"))
    baseline = goal.data.get("baseline")
    if low is None and high is None and baseline is None:
        baseline = found
    if low is None and high is None and change is not None and baseline is not None:
        aim = baseline * (1 + change / 100)
        return Goal("down" if change < 0 else "up", aim, baseline)
    if low is not None and low == high:
        return Goal(_towards(low, baseline if baseline is not None else found, better), low, baseline)
    if low is not None and high is not None:
        return Goal("within", (low, high), baseline)
    if high is not None:
        return Goal("down", high, baseline)
    return Goal("up", low, baseline) if low is not None else None


def is_exact(goal: Entry | None) -> bool:
    """Whether a goal is written as one value, so that somebody has to say whether it means at most or at least."""
    return (
        goal is not None
        and goal.data.get("target_low") is not None
        and (goal.data["target_low"] == goal.data.get("target_high"))
    )


def _towards(aim: float, start: float | None, better: str) -> Direction:
    if better in ("down", "up"):
        return "down" if better == "down" else "up"
    return "up" if start is not None and start < aim else "down"


def treatment_of(included: Sequence[Entry]) -> Treatment:
    """What kind of treatment a plan holds: a medicine, else a talking therapy among what is done; "" where unsaid."""
    if any(entry.kind == "MedicationStatement" for entry in included):
        return "medicine"
    talking = any(is_about(entry, "psychotherapy") for entry in included)
    return "psychotherapy" if talking else ""


def baseline(series: Series, start: date) -> float | None:
    """The level at a start as the records tell it, in the series' unit; None without records up to it."""
    known = records_of(series.points, start)
    return baseline_of(known, start, start)


def keys_by_name(summaries: Iterable[MeasureSummary]) -> dict[str, MeasureKey]:
    """The keys of the person's series by their titles and by themselves in small letters; the most often measured wins
    a title."""
    found: dict[str, MeasureKey] = {}
    for one in summaries:
        found.setdefault(one.title.casefold(), one.key)
        found.setdefault(one.key.casefold(), one.key)
    return found


def key_of(goal: Entry, keys: Mapping[str, MeasureKey]) -> MeasureKey | None:
    """The key of the goal's own code; else of the series with the measure's name. None for a goal without either.

    A code that no result stands under (one of SNOMED CT, of a panel) gives way to a name that finds results.
    """
    name = goal.text("measure")
    if not goal.codes:
        return key_named(name, keys) if name else _key_in_words(goal.title, keys)
    coded = measure_key([one.identity for one in goal.codes], name)
    if coded.casefold() in keys or siblings_of(measured_loinc(coded)):
        return coded
    named = key_named(name, keys)
    return named if named is not None and named.casefold() in keys else coded


def _key_in_words(title: str, keys: Mapping[str, MeasureKey]) -> MeasureKey | None:
    """The measure of this record that a goal's title speaks of (`HbA1c < 7 %`); None for none and for several."""
    words = title.split()
    parts = [" ".join(words[at : at + length]) for length in range(1, LONGEST_NAME + 1) for at in range(len(words))]
    found = {part.casefold(): keys[part.casefold()] for part in parts if part.casefold() in keys}
    for part in parts:
        named = analytes_named(part)
        key = key_named(part, keys) if len({one.name for one in named}) == 1 else None
        if key is not None and key.casefold() in keys:
            found[part.casefold()] = key
    distinct = {analyte.name if (analyte := analyte_of(key)) else key: key for key in found.values()}
    return next(iter(distinct.values())) if len(distinct) == 1 else None


def key_named(name: str, keys: Mapping[str, MeasureKey]) -> MeasureKey | None:
    """The key of the person's series of that name; else of the published measure of that name, or of the test that
    laboratories print so (`A1c` is HbA1c), of several the one that was measured."""
    if not name or name.casefold() in keys:
        return keys.get(name.casefold())
    published = [measures.key_of(one) for one in measures.every() if one.name.casefold() == name.casefold()]
    printed = [MeasureKey(Code(LOINC, code).key) for code in _codes_named(name)]
    measured = [keys[one.casefold()] for one in [*published, *printed] if one.casefold() in keys]
    named = analytes_named(name)
    measured += [key for title, key in keys.items() if named and analytes_named(title) == named]
    known = [one for one in printed if measures.of_key(one) is not None]
    return next(iter([*measured, *published, *known]), measure_key([], name))


def _codes_named(name: str) -> list[str]:
    """The LOINC codes of the test that a name stands for, its siblings too; none where it may be two tests."""
    named = analytes_named(name)
    if len({one.name for one in named}) != 1:
        return []
    codes = [code.loinc for one in named for code in one.codes if not code.specimen]
    return list(dict.fromkeys([*codes, *(sibling for code in codes for sibling in siblings_of(code))]))


def measure_of(series: Series) -> Measure:
    """The published measure of a series; in another unit where its figures are percentages; own 0–10 scales by their
    shape; else a wide default from the values."""
    known = _published(series.key)
    if known is not None and same_reading(known.unit, series.unit, series.key):
        return known
    if known is not None and known.cv and known.mcid is None and series.unit:
        return _in_unit(known, series)
    values = [point.value for point in series.points]
    own = measures.find(OWN_SCALE)
    small = bool(values) and min(values) >= 0 and max(values) <= 10
    if series.unit in ("{score}", "") and small and _is_own(series):
        rated = measures.find(PAIN) if speaks_of(series.title, "pain") else own
        if rated is not None:
            return replace(rated, code=series.key, name=series.title, unit=series.unit)
    return measures.unknown(series.key, series.unit, values)


def age_of(person: Entry, day: date) -> int | None:
    """A person's age on a day in whole years, None where the birth date isn't known; in doubt the younger."""
    born = parse_date(person.text("birth_date"))
    if born is None:
        return None
    last = born.last_day
    return day.year - last.year - ((day.month, day.day) < (last.month, last.day))


def in_context(
    measure: Measure, treated: Sequence[Entry], medicines: Iterable[Entry], day: date, age: int | None = None
) -> Measure:
    """The measure as it is looked at in a person: weight in heart failure within days, not after weeks; haemoglobin
    beside an erythropoiesis-stimulating agent with an upper end; in a child without what is usual for grown-ups."""
    if measure.adult_limits and age is not None and age < proposals.ADULT:
        return replace(measure, low_limit=None, high_limit=None)
    if measure.code in (*siblings_of(WEIGHT), BODY_MASS_INDEX) and age is not None and age >= proposals.ADULT:
        measure = replace(measure, most_times=ADULT_WEIGHT_TIMES)
    if measure.code in siblings_of(WEIGHT) and any(is_about(entry, "heart-failure") for entry in treated):
        return replace(measure, prompt=True, response_window_days=HEART_FAILURE_DAYS)
    taken = (one for one in medicines if is_medicine(one) and state_of(one, day) in STANDING)
    if measure.code in siblings_of(HAEMOGLOBIN) and any(is_about(one, "esa") for one in taken):
        return replace(measure, high_limit=converted(ESA_HIGHEST, "g/dL", measure.unit, measure.code))
    return measure


def of_same_name(goal: Entry, series: Series, measured: Iterable[MeasureSummary]) -> list[MeasureKey]:
    """The other series that a person would take for the goal's: of the same name or the same printed test under another
    code, or of a sister scale (DAS28 by ESR and by CRP); not where both codes are known to measure different things."""
    known = _published(series.key)
    kin = {code.casefold() for code in known.kin} if known else set()
    names = {goal.text("measure").casefold(), series.title.casefold()} - {""}
    tests = [analytes_named(name) for name in names]
    found = []
    for one in measured:
        named = one.title.casefold() in names or (bool(them := analytes_named(one.title)) and them in tests)
        related = one.key.casefold() in kin
        apart = analyte_of(one.key) is not None and analyte_of(series.key) is not None
        if not same_measure(one.key, series.key) and (related or (named and not apart)):
            found.append(one.key)
    return found


def _in_unit(measure: Measure, series: Series) -> Measure:
    """The measure in the unit of a series: what holds as a share stays, its bounds are converted or left out."""

    def bound(value: float | None) -> float | None:
        return None if value is None else converted(value, measure.unit, series.unit, series.key)

    return replace(
        measure,
        unit=series.unit,
        floor=bound(measure.floor),
        ceiling=bound(measure.ceiling),
        low_limit=bound(measure.low_limit),
        high_limit=bound(measure.high_limit),
        plausible_low=bound(measure.plausible_low),
        plausible_high=bound(measure.plausible_high),
    )


def _published(key: MeasureKey) -> Measure | None:
    """What is known of a measure, whether its laboratory counts it by mass or by amount."""
    siblings = [MeasureKey(Code(LOINC, code).key) for code in siblings_of(key)]
    known = (measures.of_key(one) for one in (key, *siblings))
    return next((one for one in known if one is not None), None)


def _is_own(series: Series) -> bool:
    """A scale that nobody published: without a code, or with one of which no figures are known."""
    return _published(series.key) is None


def events(included: Sequence[Entry], medicines: Sequence[Entry], as_of: date) -> tuple[PlanEvent, ...]:
    """Starts, changes of dose, switches and stops of the plan's medicines, from the spans of the same medicine.

    What is only planned on that day, or was never taken, is no event.
    """
    found: list[PlanEvent] = []
    begun = [span for span in medicines if span.happened and _has_begun(span, as_of)]
    for group in grouped(one for one in included if is_medicine(one)):
        spans = [span for span in begun if same_meaning(span, group)]
        if spans:
            found += [_event(spans[0], "start"), *_dose_changes(spans), *_stop(spans[-1], as_of)]
    return tuple(_switches(sorted(found, key=lambda one: one.when)))


def _has_begun(span: Entry, as_of: date) -> bool:
    return is_medicine(span) and state_of(span, as_of) not in (MedicineState.PLANNED, MedicineState.NEVER_TAKEN)


def side_effect(entry: Entry) -> SideEffect:
    """An adverse event with a day as the check takes it."""
    assert entry.happened is not None
    stopped = bool(entry.data.get("led_to_stop"))
    return SideEffect(entry.happened.first_day, entry.title, entry.text("severity"), stopped, entry.id)


def revision_days(treated: Iterable[Entry], conditions: Sequence[Entry]) -> tuple[date, ...]:
    """The days on which the diagnosis that is treated was revised: each entry that revises an earlier one."""
    by_id = {one.id: one for one in conditions}
    days, seen, waiting = [], set(), [one.id for one in treated]
    while waiting:
        current = by_id.get(waiting.pop())
        if current is None or current.id in seen:
            continue
        seen.add(current.id)
        earlier = [one for one in current.targets(Role.REVISES) if one in by_id]
        later = [one.id for one in conditions if current.id in one.targets(Role.REVISES)]
        if earlier and current.happened:
            days.append(current.happened.first_day)
        waiting += [*earlier, *later]
    return tuple(sorted(days))


def quoted(reports: Iterable[Entry]) -> tuple[Quoted, ...]:
    """Reports with a day and words, to be quoted."""
    return tuple(
        Quoted(one.happened.first_day, words, one.id)
        for one in reports
        if one.happened and (words := one.text("conclusion") or one.text("text"))
    )


def besides(series: Series, included: Sequence[Entry], near: Iterable[Entry], as_of: date) -> tuple[Besides, ...]:
    """What besides the plan may lie behind the latest results: another laboratory, an infection, missed doses."""
    points = [point for point in series.points if point.when <= as_of]
    if not points:
        return ()
    last, found = points[-1], []
    others = {point.performer for point in points[:-1] if point.performer}
    if last.performer and others and last.performer not in others:
        said = _("The last result comes from another laboratory ({place}); laboratories differ a little.")
        found.append(Besides(said.format(place=last.performer), last.entry_id))
    for entry in near:
        day = entry.happened.first_day if entry.happened else None
        recent = day is not None and any(timedelta(0) <= point.when - day <= NEAR_A_RESULT for point in points[-3:])
        if recent and day is not None and is_about(entry, "infection"):
            said = _("{what} on {day} was shortly before a result; illness can change results for a while.")
            found.append(Besides(said.format(what=entry.title, day=spoken_day(day)), entry.id))
    for medicine in included:
        if medicine.status in (Status.ON_HOLD, Status.NOT_TAKEN) or speaks_of(medicine.text("note"), "missed-doses"):
            said = _("{medicine} was paused or doses were missed, as the record says.")
            found.append(Besides(said.format(medicine=medicine.title), medicine.id))
    return tuple({one.sentence: one for one in reversed(found)}.values())[::-1]


def _event(span: Entry, kind: str, no_effect: bool = False) -> PlanEvent:
    day = span.ended.last_day if kind == "stop" and span.ended else span.happened.first_day if span.happened else None
    assert day is not None
    return PlanEvent(day, kind, span.title, span.id, no_effect)  # type: ignore[arg-type]


def _dose_changes(spans: Sequence[Entry]) -> list[PlanEvent]:
    found = []
    for before, after in pairwise(spans):
        old, new = before.data.get("dose_value"), after.data.get("dose_value")
        if old is not None and new is not None and old != new:
            found.append(_event(after, "dose-up" if new > old else "dose-down"))
    return found


def _stop(span: Entry, as_of: date) -> list[PlanEvent]:
    if span.ended is None or state_of(span, as_of) is not MedicineState.ENDED:
        return []
    no_effect = span.text("effect") == "not" or speaks_of(span.text("stop_reason"), "no-effect")
    return [_event(span, "stop", no_effect)]


def _switches(found: Sequence[PlanEvent]) -> Iterable[PlanEvent]:
    """A start within two weeks of another medicine's stop is a switch."""
    stops = [one for one in found if one.kind == "stop"]
    for one in found:
        replaced = any(abs(one.when - stop.when) <= SWITCH_WITHIN and one.what != stop.what for stop in stops)
        yield replace(one, kind="switch") if one.kind == "start" and replaced else one
