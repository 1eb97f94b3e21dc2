"""Which results a doctor should see first: an order, no judgement of the illness.

Flags and ranges are those that the laboratory printed. In turn: what it marked as critical; what a goal is set for;
what the field or the case looks at first; what it marked as abnormal; what changed beyond its scatter; the newest. The
alphabet decides nothing before all of that is equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from organizer.base.dates import PartialDate
from organizer.health import result_words
from organizer.health.attention import is_critical
from organizer.health.course import measures
from organizer.health.course.model import Measure
from organizer.health.series import range_beside
from organizer.health.specialties import NOT_ASKED_FOR, Profile
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry

ABNORMAL = frozenset({"H", "L", "A", "HU", "LU", "HH", "LL", "AA", ">", "<", "U", "D", "POS", "DET", "R", "RR", "ABN"})
"""Codes of HL7 v3 ObservationInterpretation that mean abnormal, positive, detected, resistant or reactive
(terminology.hl7.org/CodeSystem/v3-ObservationInterpretation; looked up 2026-11-29), and ABN of HL7 v2 senders."""
_ABNORMAL_WORDS = frozenset({"high", "low", "abnormal", "positive", "detected", "reactive", "resistant"})
OLD = timedelta(days=730)
"""Design judgement: a flag two years older than the newest result tells of another time."""
CHANGED = 2.77
"""√2 × 1.96 within-person standard deviations: the reference change value (Fraser, Biological Variation, 2001)."""
IN_WORDS = frozenset({"", "laboratory", "imaging", "procedure", "exam", "vital-signs"})
"""Categories whose results in words are results, and none said (typed by hand): `Never smoked` is none."""


class Tier(IntEnum):
    """Why a measure stands where it does, the weightiest first."""

    CRITICAL = 0
    GOAL = 1
    LEADING = 2
    ABNORMAL_ASKED_FOR = 3
    ABNORMAL = 4
    ASKED_FOR = 5
    CHANGED = 6
    OTHER = 7
    NOTHING_FOUND = 8


@dataclass(frozen=True, slots=True, order=True)
class Weight:
    """How early a measure is told; the smaller the earlier. `place` is its rank in the field, `age` its days."""

    tier: Tier
    place: int
    is_alone: bool
    age: int
    title: str


def weight(key: MeasureKey, results: Sequence[Entry], goal: bool, profile: Profile, newest: date | None) -> Weight:
    """The weight of a measure by its results (facts, oldest first, one at least).

    `goal` says whether one is set for it, `newest` is the day of the record's newest result (None: no
    matter).
    """
    last = results[-1]
    place = profile.rank(key, last.title)
    tier = _tier(key, results, goal, place < NOT_ASKED_FOR, place < profile.lead)
    age = _age(last.happened, newest)

    # An old flag is a fact of its time: it leads no more.
    if age >= OLD.days and tier in (Tier.CRITICAL, Tier.ABNORMAL):
        tier = Tier.OTHER
    return Weight(tier, place, len(results) < 2, max(age, 0), last.title.casefold())


def _age(happened: PartialDate | None, newest: date | None) -> int:
    """Days before the newest result; a result without a day counts as old."""
    if happened is None:
        return OLD.days
    return (newest - happened.last_day).days if newest else 0


def _tier(key: MeasureKey, results: Sequence[Entry], goal: bool, asked: bool, leads: bool) -> Tier:
    last = results[-1]
    if is_no_reading(last):
        return Tier.NOTHING_FOUND
    if is_critical(last):
        return Tier.CRITICAL
    if goal:
        return Tier.GOAL
    if leads:
        return Tier.LEADING
    if is_abnormal(last):
        return Tier.ABNORMAL_ASKED_FOR if asked else Tier.ABNORMAL
    if asked:
        return Tier.ASKED_FOR
    if says_nothing_found(last):
        return Tier.NOTHING_FOUND
    return Tier.CHANGED if has_changed(key, results) else Tier.OTHER


def is_abnormal(entry: Entry) -> bool:
    """Whether the laboratory flagged a result, or printed a range that it lies outside of."""
    flag = entry.text("interpretation").strip()
    if flag:
        in_words = not _ABNORMAL_WORDS.isdisjoint(flag.casefold().split())
        return flag in ABNORMAL or in_words or is_critical(entry)
    if entry.value is not None:
        return bool(range_beside(entry).side_of(entry.value, entry.comparator))
    return is_result_in_words(entry) and entry.text("category") == "laboratory" and not says_nothing_found(entry)


def is_result_in_words(entry: Entry) -> bool:
    """Whether an entry is a result that is no number: a culture, a titer, a mutation, a receptor's state."""
    if entry.kind != "Observation" or entry.value is not None or not entry.value_text.strip():
        return False
    return entry.text("category") in IN_WORDS or bool(entry.text("interpretation"))


def says_nothing_found(entry: Entry) -> bool:
    """Whether a result in words says that nothing was found: `Negative`, `No growth`."""
    return entry.value is None and result_words.says_nothing_found(entry.value_text)


def is_no_reading(entry: Entry) -> bool:
    """Whether a vital sign is nought, as systems fill in what nobody measured: nobody lives with it."""
    return entry.text("category") == "vital-signs" and entry.value == 0


def has_changed(key: MeasureKey, results: Sequence[Entry]) -> bool:
    """Whether the latest number differs from the first in its unit by more than a person's own scatter explains.

    A measure of which no scatter is published gets a wide one.
    """
    last = results[-1]
    if last.value is None or last.comparator:
        return False
    in_its_unit = [entry for entry in results if entry.unit == last.unit and not entry.comparator]
    values = [entry.value for entry in in_its_unit if entry.value is not None]
    if len(values) < 2:
        return False
    scatter = _scatter(measures.of_key(key), last.unit, values[0])
    return scatter > 0 and abs(values[-1] - values[0]) > CHANGED * scatter


def _scatter(known: Measure | None, unit: str, value: float) -> float:
    """The standard deviation of a person's own values around one, as published or by a share of it."""
    if known is None:
        return measures.DEFAULT_CV * abs(value)
    published = known.within_person_sd if known.unit == unit else None
    return published or (known.cv or measures.DEFAULT_CV) * abs(value)
