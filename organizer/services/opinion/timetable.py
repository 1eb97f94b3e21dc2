"""The days of a case as the record tells them: by when records are needed, when to ask again, the steps in between."""

from datetime import date
from pathlib import Path

from organizer.health.opinion import timing
from organizer.health.opinion.timing import CaseDates, Step
from organizer.model.case import Case
from organizer.services.follow import calendars
from organizer.services.opinion import cases
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store.files import write_whole

__all__ = ["Step"]


def ask_again(record: Record, case: Case | None) -> date:
    """When what is asked for today is asked about again."""
    return timing.ask_again_on(cases.dates(record, case) if case else CaseDates(), records.as_of(record))


def needed_by(record: Record, case: Case | None) -> date | None:
    """By when the records of a case are needed; None where nothing presses."""
    return timing.needed_by(cases.dates(record, case), records.as_of(record)) if case else None


def plan(record: Record, case: Case) -> list[Step]:
    """What is to be done until then, in its order."""
    return timing.plan(cases.dates(record, case), records.as_of(record))


def save(record: Record, case: Case, out: Path) -> None:
    """Write the steps as a calendar file: an event for each that has a day, a to-do for each that has none, or of which
    only the month is known.

    Raises OrganizerError, DiskFullError.
    """
    steps = [(step.key, step.what, None if step.vague else step.day) for step in plan(record, case)]
    write_whole(out, calendars.of_steps(case.entry, steps))
