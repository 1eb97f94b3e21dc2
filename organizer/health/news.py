"""What is new, changed, stopped or resolved since a day, for somebody who knew the rest: by the days that sources tell.

What came into the record later but tells of an earlier day, or of none, is new to that reader too: it is named as new
in the record, with its own day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from organizer.base.dates import PartialDate
from organizer.base.i18n import marked
from organizer.health.allergies import Allergy, AllergyState
from organizer.health.medicines import Course, MedicineState, doses_differ
from organizer.health.problem_order import is_circumstance
from organizer.health.problems import OPEN, Problem
from organizer.model.entry import Entry


class Change(StrEnum):
    """What happened to something since."""

    NEW = "new"
    RECORDED = "recorded"
    STARTED = "started"
    CHANGED = "changed"
    STOPPED = "stopped"
    RESOLVED = "resolved"


WORDS = {
    Change.NEW: marked("new"),
    Change.RECORDED: marked("new in my record"),
    Change.STARTED: marked("started"),
    Change.CHANGED: marked("dose changed"),
    Change.STOPPED: marked("stopped or ended"),
    Change.RESOLVED: marked("past now"),
}


@dataclass(frozen=True, slots=True)
class News:
    """One change: what happened to what, and the entries that tell it, the telling one first."""

    change: Change
    title: str
    entries: tuple[Entry, ...]


def of_problems(problems: Iterable[Problem], since: date) -> list[News]:
    """Diagnoses that began, or were over, after the day."""
    changes = []
    for problem in problems:
        if is_circumstance(problem.entry):
            continue
        over = [entry for entry in problem.entries if _after(entry.ended, since)]
        if over and problem.state not in OPEN:
            changes.append(News(Change.RESOLVED, problem.entry.title, tuple(over[:1])))
        elif _is_new(problem.entries, since):
            changes.append(News(Change.NEW, problem.entry.title, (problem.entry,)))
        elif problem.state in OPEN and recorded_later(problem.entries, since):
            changes.append(News(Change.RECORDED, problem.entry.title, (problem.entry,)))
    return changes


def of_medicines(courses: Iterable[Course], since: date) -> list[News]:
    """Medicines that were begun, changed or ended after the day; what is only planned is none of it."""
    changes = []
    for course in courses:
        if course.state in (MedicineState.PLANNED, MedicineState.NEVER_TAKEN):
            continue
        last = course.last
        if course.state is MedicineState.ENDED:
            if _after(last.ended, since):
                changes.append(News(Change.STOPPED, course.name, (last,)))
        elif _after(course.since, since):
            changes.append(News(Change.STARTED, course.name, (last,)))
        elif _after(last.happened, since) and any(doses_differ(span, last) for span in course.spans):
            before = [span for span in course.spans if doses_differ(span, last)]
            changes.append(News(Change.CHANGED, course.name, (last, before[-1])))
        elif recorded_later(course.spans, since):
            changes.append(News(Change.RECORDED, course.name, (last,)))
    return changes


def of_allergies(allergies: Iterable[Allergy], since: date) -> list[News]:
    """Allergies that are known since after the day."""
    active = [allergy for allergy in allergies if allergy.state is AllergyState.ACTIVE]
    changes = []
    for allergy in active:
        if _is_new(allergy.entries, since):
            changes.append(News(Change.NEW, allergy.entry.title, (allergy.entry,)))
        elif recorded_later(allergy.entries, since):
            changes.append(News(Change.RECORDED, allergy.entry.title, (allergy.entry,)))
    return changes


def recorded_later(tellings: Iterable[Entry], since: date) -> bool:
    """True where all that tells of something came into the record after the day."""
    days = [source.recorded_at[:10] for entry in tellings for source in entry.sources]
    return bool(days) and all(day > since.isoformat() for day in days)


def _is_new(tellings: Sequence[Entry], since: date) -> bool:
    """True where tellings have days, and all of them lie after the day."""
    days = [entry.happened for entry in tellings if entry.happened is not None]
    return bool(days) and all(_after(day, since) for day in days)


def _after(when: PartialDate | None, since: date) -> bool:
    """True where a partial date lies wholly after the day: of `2026` nobody knows."""
    return when is not None and when.first_day > since
