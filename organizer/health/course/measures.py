"""How a series is looked at: by the published figures of resources/measures.json, by its own, and in this person."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from statistics import median
from typing import Any

from organizer.base.analytes import converted, same_reading, siblings_of
from organizer.base.resource_files import read_resource
from organizer.health.course import proposals
from organizer.health.course.model import Checkpoint, Measure
from organizer.health.dialysis import is_on_dialysis
from organizer.health.medicines import STANDING, is_medicine, state_of
from organizer.health.named_code import code_by_name
from organizer.health.series import Series
from organizer.health.vocabulary import is_about, speaks_of
from organizer.model.codes import LOINC, TITLE, Code, MeasureKey, measured_loinc
from organizer.model.entry import Entry

DEFAULT_CV = 0.15
"""For a measure that nobody described: wider than most laboratory tests (EFLM CVi of the listed ones: median 8 %)."""
PAIN = "72514-3"
"""LOINC: pain severity 0 to 10; a pain of one place, rated so, has its figures."""
OWN_SCALE = "title:own 0–10"
WEIGHT, HAEMOGLOBIN, BODY_MASS_INDEX, CREATININE = "29463-7", "718-7", "39156-5", "2160-0"
ADULT_WEIGHT_TIMES = 1.6
"""Design judgement: no grown-up weighs 1.6 times as much within four months; pounds told as kilograms are 2.2 times."""
ESA_HIGHEST = 11.5
"""g/dL: KDIGO guideline on anaemia in CKD (2012), in Front Med 8 (2021) 642296, table 1: ESAs keep haemoglobin at 11.5
g/dL at most in adults (looked up 2026-11-29)."""
HEART_FAILURE_DAYS = 3
"""Heart Failure Association of the ESC, heartfailurematters.org: more than 2 kg within 3 days is a reason to call
(looked up 2026-11-29)."""

_BOUNDS = ("floor", "ceiling", "low_limit", "high_limit", "plausible_low", "plausible_high")
"""Figures that are values of the measure itself, in its unit."""


def find(code: str) -> Measure | None:
    """The measure of a LOINC code, or of `title:` and a plain name where there is no code; else None."""
    return _all().get(code.casefold())


def of_key(key: MeasureKey) -> Measure | None:
    """The measure of a record's series: by LOINC, by its title where it has no code; another system's is unknown."""
    return find(measured_loinc(key) or (key if key.startswith(TITLE) else ""))


def key_of(measure: Measure) -> MeasureKey:
    """By what a record knows the results of a described measure."""
    return MeasureKey(measure.code if measure.code.startswith(TITLE) else Code(LOINC, measure.code).key)


def every() -> tuple[Measure, ...]:
    """All described measures, one for each of their codes."""
    return tuple(_all().values())


def is_name(name: str) -> bool:
    """Whether a described measure is called so."""
    return name.casefold() in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(chain.from_iterable((measure.name.casefold(), *measure.also) for measure in every()))


def unknown(code: str, unit: str, values: list[float]) -> Measure:
    """A wide default from the series' own level: scatter 15 %, the smallest change that matters twice that.

    Its sentence says that no published figures are used.
    """
    level = abs(median(values)) if values else 1.0
    scale = level or max((abs(value) for value in values), default=1.0) or 1.0
    return Measure(
        code=code, unit=unit, within_person_sd=DEFAULT_CV * scale, mcid=2 * DEFAULT_CV * scale, source="own scatter"
    )


@cache
def _all() -> dict[str, Measure]:
    table = read_resource("measures.json")
    measures = {}
    for listed in table["measures"]:
        cited = {name: table["shared"].get(figure.get("shared"), figure) for name, figure in listed["figures"].items()}
        figures = {name: figure["value"] for name, figure in cited.items()}
        source = "; ".join(dict.fromkeys(figure["source"] for figure in cited.values()))
        for code in listed["codes"]:
            measures[code.casefold()] = Measure(
                code=code,
                unit=listed["unit"],
                name=listed["name"],
                source=source,
                codes=tuple(listed["codes"]),
                better=listed.get("better", ""),
                prompt=listed.get("prompt", False),
                adult_limits=listed.get("adult_limits", False),
                kin=tuple(listed.get("kin", ())),
                also=tuple(listed.get("also", ())),
                checkpoints=tuple(Checkpoint(**checkpoint) for checkpoint in listed.get("checkpoints", ())),
                **figures,
            )
    return measures


def measure_of(series: Series) -> Measure:
    """The published measure of a series; in another unit where its figures are percentages; own 0–10 scales by their
    shape; else a wide default from the values."""
    known = published(code_by_name(series.key, [series.unit]))
    if known is None:
        own = _own_scale(series)
        if own is not None:
            return own
    elif same_reading(known.unit, series.unit, series.key):
        return known
    elif known.cv and known.mcid is None and series.unit:
        return _in_unit(known, series)
    return unknown(series.key, series.unit, [point.value for point in series.points])


def _own_scale(series: Series) -> Measure | None:
    """A scale of 0 to 10 that nobody published, by its shape: as pain is rated, or as anything else is; else None."""
    values = [point.value for point in series.points]
    small = bool(values) and min(values) >= 0 and max(values) <= 10
    if not small or series.unit not in ("{score}", ""):
        return None
    rated = _all()[PAIN if speaks_of(series.title, "pain") else OWN_SCALE]
    return replace(rated, code=series.key, name=series.title, unit=series.unit)


def age_of(person: Entry, day: date) -> int | None:
    """A person's age on a day in whole years, None where the birth date isn't known; in doubt the younger."""
    born = person.date("birth_date")
    if born is None:
        return None
    last = born.last_day
    return day.year - last.year - ((day.month, day.day) < (last.month, last.day))


def in_context(
    measure: Measure, treated: Sequence[Entry], medicines: Iterable[Entry], day: date, age: int | None = None
) -> Measure:
    """The measure as it is looked at in a person: weight in heart failure within days, not after weeks; haemoglobin
    beside an erythropoiesis-stimulating agent with an upper end; in a child without what is usual for grown-ups."""
    is_grown = None if age is None else age >= proposals.ADULT
    is_weight = measure.code in siblings_of(WEIGHT)
    if is_grown is False and measure.adult_limits:
        return replace(measure, low_limit=None, high_limit=None)

    if is_grown and (is_weight or measure.code == BODY_MASS_INDEX):
        measure = replace(measure, most_times=ADULT_WEIGHT_TIMES)
    if is_weight and any(is_about(entry, "heart-failure") for entry in treated):
        return replace(measure, prompt=True, response_window_days=HEART_FAILURE_DAYS)
    if measure.code in siblings_of(CREATININE) and is_on_dialysis(treated, day):
        return replace(measure, swings=True)
    if measure.code in siblings_of(HAEMOGLOBIN) and _is_given_esa(medicines, day):
        return replace(measure, high_limit=converted(ESA_HIGHEST, "g/dL", measure.unit, measure.code))
    return measure


def _is_given_esa(medicines: Iterable[Entry], day: date) -> bool:
    """Whether an erythropoiesis-stimulating agent is taken on a day."""
    agents = (medicine for medicine in medicines if is_medicine(medicine) and is_about(medicine, "esa"))
    return any(state_of(agent, day) in STANDING for agent in agents)


def _in_unit(measure: Measure, series: Series) -> Measure:
    """The measure in the unit of a series: what holds as a share stays, its bounds are converted or left out."""
    bounds = {name: getattr(measure, name) for name in _BOUNDS}
    in_unit: dict[str, Any] = {
        name: None if bound is None else converted(bound, measure.unit, series.unit, series.key)
        for name, bound in bounds.items()
    }
    return replace(measure, unit=series.unit, **in_unit)


def published(key: MeasureKey) -> Measure | None:
    """What is known of a measure, whether its laboratory counts it by mass or by amount."""
    siblings = [MeasureKey(Code(LOINC, code).key) for code in siblings_of(key)]
    known = (of_key(sibling) for sibling in (key, *siblings))
    return next((measure for measure in known if measure is not None), None)
