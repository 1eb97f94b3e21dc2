"""Medicines: whether one is taken, paused, planned, ended or never was; its spans across sources as one course.

Status and dates are weighed together here, once. What no source tells is “not said”, never a guess.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product
from operator import attrgetter

from organizer.base.dates import PartialDate
from organizer.base.i18n import marked
from organizer.base.numbers import NUMBER, readings_of
from organizer.base.units import unit_of
from organizer.health.absence import absence_of
from organizer.health.course_length import is_long_over
from organizer.health.grouping import codes_of, fold, grouped, same_meaning, titles_of
from organizer.health.medicine_names import differ_in_substance
from organizer.health.titles import plain_title
from organizer.model.codes import Code
from organizer.model.entry import Entry, targets_of
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status


class MedicineState(StrEnum):
    """How a medicine stands on a day."""

    CURRENT = "current"
    PAUSED = "paused"
    PLANNED = "planned"
    ENDED = "ended"
    NEVER_TAKEN = "never-taken"
    NOT_SAID = "not-said"


WORDS = {
    MedicineState.CURRENT: marked("taken now"),
    MedicineState.PAUSED: marked("paused"),
    MedicineState.PLANNED: marked("planned, not begun"),
    MedicineState.ENDED: marked("ended"),
    MedicineState.NEVER_TAKEN: marked("not taken"),
    MedicineState.NOT_SAID: marked("not said whether still taken"),
}
STANDING = frozenset({MedicineState.CURRENT, MedicineState.PAUSED, MedicineState.NOT_SAID})
"""Begun, and not said to be over."""

_TAKEN = frozenset({Status.ACTIVE, Status.IN_PROGRESS})
_PAUSED = frozenset({Status.ON_HOLD, Status.SUSPENDED, Status.HELD})
_STOPPED = frozenset({Status.STOPPED, Status.ABORTED, Status.ENDED, Status.DISCONTINUED})
_PLANNED = frozenset({Status.INTENDED, Status.DRAFT, Status.NEW, Status.PREPARATION})
_NEVER = frozenset({Status.NOT_TAKEN, Status.NOT_DONE, Status.CANCELLED, Status.DECLINED})
"""FHIR R4 statuses of MedicationStatement, -Request, -Administration and -Dispense, and HL7 V3 ActStatus
(hl7.org/fhir/R4/valueset-medication-statement-status.html and its like; looked up 2026-11-29). Records of earlier
versions hold some of them as they came."""
_CLEAR = frozenset(
    {Status.NOT_SAID, Status.ACTIVE, Status.ON_HOLD, Status.STOPPED, Status.INTENDED, Status.NOT_TAKEN, Status.UNKNOWN}
)
"""Statuses whose meaning the state says already."""
HANDED_OVER = "dispense"
"""How the word of a source for a status begins where it tells of the handing over (FHIR MedicationDispense)."""
_AMOUNT = re.compile(rf"({NUMBER})\s*([^\W\d_]*%?)")


def state_of(entry: Entry, as_of: date) -> MedicineState:
    """How one span of a medicine stands on a day.

    A past end ends what a source still calls active; of a course that was meant to last so many days, and of which they
    are long over, no source says how it went on. `completed` without an end says how an act went, in many systems
    for every medicine (HL7 C-CDA R1.1 and C32), and is taken as an end only where the person wrote it.
    """
    status = entry.status
    if status in _NEVER:
        return MedicineState.NEVER_TAKEN
    if status in _PLANNED:
        return MedicineState.PLANNED
    if status in _STOPPED or is_over(entry, as_of):
        return MedicineState.ENDED
    if entry.happened is not None and entry.happened.first_day > as_of:
        return MedicineState.PLANNED
    if status in _TAKEN:
        return MedicineState.NOT_SAID if is_long_over(entry, as_of) else MedicineState.CURRENT
    if status in _PAUSED:
        return MedicineState.PAUSED
    if status == "completed" and (_has_begun_to_end(entry, as_of) or _by_the_person(entry)):
        return MedicineState.ENDED
    return MedicineState.NOT_SAID


def was_handed_over(entry: Entry) -> bool:
    """True where a source tells of the pharmacy only: on that day it was handed over, which isn't when it was begun."""
    return entry.text("source_status").startswith(HANDED_OVER)


def is_over(entry: Entry, as_of: date) -> bool:
    """True where the entry's end lies wholly before the day."""
    return entry.ended is not None and entry.ended.last_day < as_of


def _has_begun_to_end(entry: Entry, as_of: date) -> bool:
    return entry.ended is not None and entry.ended.first_day <= as_of


def _by_the_person(entry: Entry) -> bool:
    return entry.reported_by_patient and entry.ended is None


def source_words(entry: Entry) -> str:
    """The source's own word for the status, where the state doesn't say it: `completed`, `ordered`; else ""."""
    words = entry.text("source_status")
    if words:
        return words
    return "" if entry.status in _CLEAR or entry.status in _STOPPED else entry.status


@dataclass(frozen=True, slots=True)
class Course:
    """One medicine over its spans of all sources, oldest first; `state` is how it stands on the day asked for.

    `opposed` is the span that says otherwise than another one, where two sources can't both be right.
    """

    spans: tuple[Entry, ...]
    state: MedicineState
    last: Entry
    standing: tuple[Entry, ...]
    opposed: tuple[Entry, ...] = ()

    @property
    def name(self) -> str:
        """What the leading span calls it."""
        return plain_title(self.last)

    @property
    def also(self) -> tuple[str, ...]:
        """What other sources call it."""
        return tuple(title for title in titles_of(self.spans) if fold(title) != fold(self.name))

    @property
    def current(self) -> bool:
        """True where a source says that it is taken, and none that it ended."""
        return self.state is MedicineState.CURRENT

    @property
    def treated(self) -> set[EntryId]:
        """Ids of the diagnoses that any of its spans treats."""
        return targets_of(self.spans, Role.TREATS)

    @property
    def since(self) -> PartialDate | None:
        """The first day that a span tells."""
        return next((span.happened for span in self.spans if span.happened), None)

    @property
    def until(self) -> PartialDate | None:
        """The end of the leading span, where it has one."""
        return self.last.ended

    @property
    def strengths(self) -> tuple[Entry, ...]:
        """The spans that stand side by side with different doses, the leading one last."""
        entries: list[Entry] = []
        for span in reversed(self.standing):
            if all(doses_differ(span, other) for other in entries):
                entries.append(span)
        return tuple(reversed(entries))


def courses(entries: Iterable[Entry], as_of: date) -> list[Course]:
    """Every medicine among the entries as courses: what was or is taken, and apart from it what is only planned or
    never was. Statements that none is taken, and what is struck, are no medicines."""
    listed: list[Course] = []
    for group in same_medicine(entries):
        parts: dict[str, list[Entry]] = {}
        for span in sorted(group, key=attrgetter("day_key")):
            state = state_of(span, as_of)
            apart = state if state in (MedicineState.PLANNED, MedicineState.NEVER_TAKEN) else "begun"
            parts.setdefault(apart, []).append(span)
        listed += [_course(tuple(spans), as_of) for spans in parts.values()]
    return listed


def same_medicine(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The entries about medicines, those of one medicine together: by code and name, but never two substances."""
    return grouped(filter(is_medicine, entries), differ=_are_two)


def is_same_medicine(span: Entry, group: Sequence[Entry]) -> bool:
    """True where a span is of the medicine that a group is of."""
    return same_meaning(span, group) and not any(_are_two(span, other) for other in group)


def _are_two(medicine: Entry, other: Entry) -> bool:
    return differ_in_substance(medicine.title, other.title)


def one_code_for_two(entries: Iterable[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of medicines of different substances that sources give one and the same code: one of them is wrong."""
    first: dict[Code, Entry] = {}
    pairs: dict[frozenset[str], tuple[Entry, Entry]] = {}
    for entry in filter(is_medicine, entries):
        for code in codes_of(entry):
            other = first.setdefault(code, entry)
            if _are_two(other, entry):
                pairs.setdefault(frozenset((fold(other.title), fold(entry.title))), (other, entry))
    return list(pairs.values())


def is_medicine(entry: Entry) -> bool:
    """True for an entry about a medicine, whatever its state; False for “no medicines” and what is struck."""
    return entry.kind == "MedicationStatement" and not entry.struck and absence_of(entry) is None


def doses_differ(first: Entry, other: Entry) -> bool:
    """True where both spans tell a dose and no amount with its unit is in both: `10 mg daily` and `20 mg daily`."""
    mine, theirs = _amounts(first), _amounts(other)
    return bool(mine) and bool(theirs) and not mine & theirs


def _amounts(span: Entry) -> frozenset[tuple[float, str]]:
    """The amounts that a dose names; of `1,000 mg` both that it can be: only what can't be the same is another dose."""
    value = span.data.get("dose_value")
    if isinstance(value, int | float):
        return frozenset({_amount(float(value), span.text("dose_unit"))})
    amounts = set()
    for number, unit in _AMOUNT.findall(span.text("dose")):
        amounts |= {_amount(float(reading), unit) for reading in readings_of(number)}
    return frozenset(amounts)


def _amount(value: float, unit: str) -> tuple[float, str]:
    """In base units where the unit is known: 0.5 g is 500 mg, and mcg is µg."""
    known = unit_of(unit)
    return (round(value * known.factor, 12), str(known.dimension)) if known else (value, unit.casefold())


_Stated = tuple[Entry, MedicineState]


def _course(spans: tuple[Entry, ...], as_of: date) -> Course:
    stated = [(span, state_of(span, as_of)) for span in spans]
    standing = [span for span in stated if span[1] in STANDING]
    if not standing:
        last, state = max(stated, key=lambda span: _end_key(span[0]))
        return Course(spans, state, last, ())

    standing = [span for span in standing if not _followed(span, standing)]
    over = [span for span, state in stated if state is MedicineState.ENDED]
    opposed = [(span, end) for span, end in product(standing, over) if _says_otherwise(span[0], end)]
    spoken_against = {id(span[0]) for span, _end in opposed}
    free = [span for span in standing if id(span[0]) not in spoken_against]
    for state in (MedicineState.CURRENT, MedicineState.PAUSED, MedicineState.NOT_SAID):
        led = [span for span, own in free if own is state]
        if led:
            return Course(spans, state, led[-1], tuple(span for span, _own in free))

    (span, state), end = opposed[-1]
    if state is MedicineState.NOT_SAID:
        # One source leaves it open, a later one tells the end: that is no contradiction.
        return Course(spans, MedicineState.ENDED, end, ())
    return Course(spans, MedicineState.NOT_SAID, span, (span,), (span, end))


def _followed(stated: _Stated, standing: Sequence[_Stated]) -> bool:
    """True where a later span of the same dose tells a newer state: paused after taken, taken after paused."""
    span, own = stated
    begun = span.happened
    if begun is None:
        return False
    return any(
        state not in (own, MedicineState.NOT_SAID)
        and other.happened is not None
        and other.happened.sort_key > begun.sort_key
        and not doses_differ(span, other)
        for other, state in standing
    )


def _says_otherwise(span: Entry, end: Entry) -> bool:
    """True where one source lets it go on and another lets the same dose end after it began."""
    ends = end.ended or end.happened
    if ends is None or span.happened is None or doses_differ(span, end):
        return False
    if not state_is_stated(end):
        # A mere end may be that of one pack: it is this span's own only where both began on one day.
        same_start = end.happened is not None and end.happened.text[:10] == span.happened.text[:10]
        return same_start and not state_is_stated(span)
    return ends.sort_key > span.happened.sort_key


def state_is_stated(span: Entry) -> bool:
    """True where the source itself says that it is taken, paused or stopped; a mere end may be that of one pack."""
    return span.status in _TAKEN | _PAUSED | _STOPPED and not (span.status in _TAKEN and span.ended is not None)


def _end_key(span: Entry) -> tuple[str, str]:
    end = span.ended or span.happened
    return (end.sort_key if end else "", span.day_key)
