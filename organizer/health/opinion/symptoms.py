"""A symptom that is no lower after the time in which its treatment should show, also where nobody set a goal."""

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from statistics import median

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.health import printed
from organizer.health.medicines import STANDING, MedicineState, is_medicine, state_of
from organizer.health.opinion.same_illness import is_symptom_of
from organizer.health.opinion.view import SymptomCourse, View
from organizer.health.vocabulary import speaks_of
from organizer.model.entry import Entry
from organizer.model.links import Role
from organizer.model.statuses import Status

BEFORE = timedelta(days=90)
LATELY = timedelta(days=180)
"""A course whose last number is older tells nothing of today (design judgement)."""
ENOUGH = 2
"""Numbers needed before the start and after the window: one alone says nothing."""

_PLANS_UNDER_WAY = (Status.NOT_SAID, Status.ACTIVE, Status.COMPLETED, Status.ON_HOLD, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Staying:
    """A symptom that stays: what is said of it and the entries that show it."""

    sentence: str
    evidence: tuple[str, ...]


def no_lower(view: View) -> list[Staying]:
    """Symptoms whose middle value after the response window is no better than that of the 90 days before the start:
    not below it, or (energy, a control test) not above it.

    A symptom that a goal measures is left to the plan check. It is held against the latest treatment that names it;
    one of which the record doesn't say what it is for is not blamed.
    """
    stayings = []
    for course in view.symptoms:
        if course.key in view.measured or f"title:{course.title.casefold()}" in view.measured:
            continue
        for treatment in _treatments(view, course):
            staying = _held_against(course, treatment, view.as_of)
            if staying is not None:
                stayings.append(staying)
                break
    return stayings


def _treatments(view: View, course: SymptomCourse) -> list[Entry]:
    """What may be meant for the symptom and has begun, the latest first."""
    taken = [
        course
        for course in view.of_kind("MedicationStatement", "CarePlan")
        if course.happened and _has_begun(course, view.as_of) and course.happened.first_day <= view.as_of
    ]
    first: dict[tuple[str, str], Entry] = {}
    for entry in sorted(taken, key=attrgetter("day_key")):
        first.setdefault((entry.kind, entry.title.casefold()), entry)
    meant = [entry for entry in first.values() if _meant_for(view, entry, course.title)]
    return sorted(meant, key=attrgetter("day_key"), reverse=True)


def _has_begun(treatment: Entry, as_of: date) -> bool:
    """A medicine that is taken, paused or ran its course (one that was stopped isn't judged), or a plan under way."""
    if treatment.kind != "MedicationStatement":
        return treatment.status in _PLANS_UNDER_WAY
    if not is_medicine(treatment) or treatment.status == Status.STOPPED:
        return False
    return state_of(treatment, as_of) in STANDING | {MedicineState.ENDED}


def _meant_for(view: View, treatment: Entry, symptom: str) -> bool:
    reasons = [treatment.text("reason")]
    if treatment.kind == "CarePlan":
        reasons += [treatment.title, treatment.text("what")]
    treated = [view.find(target) for target in treatment.targets(Role.TREATS)]
    return is_symptom_of(symptom, None, *reasons) or any(is_symptom_of(symptom, entry) for entry in treated if entry)


def _held_against(course: SymptomCourse, treatment: Entry, as_of: date) -> Staying | None:
    assert treatment.happened is not None
    start = treatment.happened.first_day
    from_day = start + timedelta(days=course.window_days)
    if treatment.ended is not None and treatment.ended.last_day < from_day:
        return None  # a week of tablets can't be asked for an effect months later
    until = min(as_of, treatment.ended.last_day) if treatment.ended is not None else as_of
    before = [reading for reading in course.readings if start - BEFORE <= reading.when <= start]
    after = [reading for reading in course.readings if from_day <= reading.when <= until]
    if len(before) < ENOUGH or len(after) < ENOUGH or after[-1].when < as_of - LATELY:
        return None
    then, now = median(point.value for point in before), median(point.value for point in after[-5:])
    upward = course.upward or speaks_of(course.title, "better-when-higher")
    if now > then if upward else now < then:
        return None
    sentence = (
        _("{symptom} is no higher {weeks} weeks after {treatment} began on {day} ({then} before, {now} now).")
        if upward
        else _("{symptom} is no lower {weeks} weeks after {treatment} began on {day} ({then} before, {now} now).")
    )
    words = sentence.format(
        symptom=course.title,
        weeks=(after[-1].when - start).days // 7,
        treatment=treatment.title,
        day=spoken_day(start),
        then=printed.computed(then),
        now=printed.computed(now),
    )
    shown = [*before[-3:], *after[-5:]]
    return Staying(words, (treatment.id, *(point.entry_id for point in shown)))
