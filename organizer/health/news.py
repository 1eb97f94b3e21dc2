"""What is new, changed, stopped or resolved since a day, for somebody who knew the rest: by the days that sources tell.

What came into the record later but tells of an earlier day, or of none, is new to that reader too: it is named as new
in the record, with its own day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import marked
from organizer.health.allergies import Allergy, AllergyState
from organizer.health.medicines import Course, MedicineState, doses_differ
from organizer.health.problem_order import is_circumstance
from organizer.health.problems import OPEN, Problem
from organizer.health.titles import plain_title
from organizer.model.entry import Entry

_NOT_TAKEN = (MedicineState.PLANNED, MedicineState.NEVER_TAKEN)


class Change(StrEnum):
    """What happened to something since."""

    NEW = "new"
    RECORDED = "recorded"
    STARTED = "started"
    CHANGED = "changed"
    STOPPED = "stopped"
    RESOLVED = "resolved"
    NONE = ""


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


_TOLD_OF_OPEN_ONES = frozenset({Change.NEW, Change.RECORDED})
_TOLD_OF_PAST_ONES = frozenset({Change.NEW})
"""A past illness that comes into the record late is no news of its own."""


def of_problems(problems: Iterable[Problem], since: date) -> list[News]:
    """Diagnoses that began, or were over, after the day; open ones too that came into the record after it."""
    changes: list[News] = []
    for problem in problems:
        if not is_circumstance(problem.entry):
            changes += _of_problem(problem, since)
    return changes


def _of_problem(problem: Problem, since: date) -> list[News]:
    """What happened to one diagnosis, if anything did."""
    title, is_open = plain_title(problem.entry), problem.state in OPEN
    over = [entry for entry in problem.entries if _after(entry.ended, since)]
    if over and not is_open:
        return [News(Change.RESOLVED, title, tuple(over[:1]))]

    change = _appearance(problem.entries, since)
    shown = _TOLD_OF_OPEN_ONES if is_open else _TOLD_OF_PAST_ONES
    news = News(change, title, (problem.entry,))
    return [news] if change in shown else []


def of_medicines(courses: Iterable[Course], since: date) -> list[News]:
    """Medicines that were begun, changed or ended after the day; what is only planned is none of it."""
    taken = [course for course in courses if course.state not in _NOT_TAKEN]
    changes = (_of_course(course, since) for course in taken)
    return list(filter(None, changes))


def _of_course(course: Course, since: date) -> News | None:
    """What happened to one medicine, or None."""
    last = course.last
    if course.state is MedicineState.ENDED:
        is_news = _after(last.ended, since)
        return News(Change.STOPPED, course.name, (last,)) if is_news else None
    if _after(course.since, since):
        return News(Change.STARTED, course.name, (last,))

    before = [span for span in course.spans if doses_differ(span, last)]
    if before and _after(last.happened, since):
        return News(Change.CHANGED, course.name, (last, before[-1]))

    is_late = recorded_later(course.spans, since)
    return News(Change.RECORDED, course.name, (last,)) if is_late else None


def of_allergies(allergies: Iterable[Allergy], since: date) -> list[News]:
    """Allergies that are known, or recorded, since after the day."""
    changes: list[News] = []
    for allergy in allergies:
        change = _appearance(allergy.entries, since)
        if change is not Change.NONE and allergy.state is AllergyState.ACTIVE:
            changes.append(News(change, plain_title(allergy.entry), (allergy.entry,)))
    return changes


def _appearance(tellings: Sequence[Entry], since: date) -> Change:
    """Whether something is new by its own days, by the days on which it came into the record, or not at all."""
    if _is_new(tellings, since):
        return Change.NEW
    return Change.RECORDED if recorded_later(tellings, since) else Change.NONE


def recorded_later(tellings: Iterable[Entry], since: date) -> bool:
    """True where all that tells of something came into the record after the day."""
    days = [source.recorded_at[:10] for source in chain.from_iterable(entry.sources for entry in tellings)]
    return bool(days) and all(day > since.isoformat() for day in days)


def _is_new(tellings: Sequence[Entry], since: date) -> bool:
    """True where tellings have days, and all of them lie after the day."""
    days = [entry.happened for entry in tellings if entry.happened is not None]
    return bool(days) and all(_after(day, since) for day in days)


def _after(when: PartialDate | None, since: date) -> bool:
    """True where a partial date lies wholly after the day: of `2026` nobody knows."""
    return when is not None and when.first_day > since
