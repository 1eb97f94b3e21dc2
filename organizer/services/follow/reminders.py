"""What is due: visits, to-dos, letters and calls to ask about again, decisions. Shown in the app, sent nowhere."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.model.case import is_case
from organizer.model.entry import Changes, Entry, targets_of
from organizer.model.ids import PersonId
from organizer.model.kinds import find_kind, names
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.entries import Query

AHEAD = timedelta(days=90)
_CLOSED = (Status.COMPLETED, Status.CANCELLED, Status.CHOSEN, Status.DECLINED, Status.REVOKED)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due: what and when (None: some time), of which entry, what can be done about it.

    `kind` is visit, task, ask-again or decide; `overdue` where its day has gone by.
    """

    kind: str
    what: str
    about: str
    when: PartialDate | None
    overdue: bool
    entry: Entry


def reminders(record: Record, person: PersonId, as_of: date | None = None) -> list[Reminder]:
    """What is due within ninety days or overdue, the earliest first, undated to-dos last."""
    day = as_of or records.as_of(record)
    kinds = names(lambda kind: kind.reminder)
    entries = reading.find(record, Query(kinds=kinds, person=person, include_struck=False))
    visited = targets_of((entry for entry in entries if _is_planned(entry, day)), Role.CASE)
    silent = _silent(entries)
    due = list(chain.from_iterable(_of(entry, day) for entry in entries if entry.id not in silent))
    chosen = (entry for entry in entries if entry.status == Status.CHOSEN)
    decided = targets_of(chosen, Role.CASE)
    due = [reminder for reminder in due if reminder.kind != "decide" or reminder.entry.id not in decided]
    # A visit that is written down for a case tells its appointment already.
    due = [reminder for reminder in due if reminder.kind != "visit" or reminder.entry.id not in visited]
    near = [reminder for reminder in due if reminder.when is None or reminder.when.first_day <= day + AHEAD]
    return sorted(
        near,
        key=lambda reminder: (reminder.when is None, reminder.when.sort_key if reminder.when else "", reminder.what),
    )


def _silent(entries: Sequence[Entry]) -> set[str]:
    """Ids of what was asked for in cases that are closed: nobody asks again for it."""
    closed = {entry.id for entry in entries if is_case(entry) and entry.status in _CLOSED}
    asked = [entry for entry in entries if entry.kind == "Communication" or entry.data.get("missing_record")]
    return {entry.id for entry in asked if (cases := set(entry.targets(Role.CASE))) and cases <= closed}


def settle(record: Record, reminder: Reminder) -> Changes:
    """Done with it: a to-do is done, a letter needs no more asking."""
    entry = reminder.entry
    if reminder.kind == "ask-again":
        after = entry.without("follow_up")
        return change_log.apply(record, _("Answered: {title}").format(title=entry.title), [Replace(after)])
    return done(record, entry)


def done(record: Record, task: Entry) -> Changes:
    """A to-do is done; a record that was asked for has come today."""
    after = task.having(status=Status.COMPLETED)
    if task.data.get("missing_record"):
        after = after.having(data={**task.data, "came_on": records.as_of(record).isoformat()})
    return change_log.apply(record, _("Done: {title}").format(title=task.title), [Replace(after)])


def _of(entry: Entry, day: date) -> Iterable[Reminder]:
    if entry.status in _CLOSED:
        return ()
    return _OF_KIND.get(find_kind(entry.kind).reminder, _decision)(entry, day)


def _of_case(case: Entry, day: date) -> Iterator[Reminder]:
    if case.happened and case.happened.last_day >= day:
        yield Reminder("visit", case.title, _joined(case, "specialist", "place"), case.happened, False, case)
    yield from _decision(case, day)


def _of_visit(visit: Entry, day: date) -> Iterator[Reminder]:
    if _is_planned(visit, day) and visit.happened:
        yield Reminder("visit", visit.title, _joined(visit, "provider", "place"), visit.happened, False, visit)


def _of_task(task: Entry, day: date) -> Iterator[Reminder]:
    overdue = task.happened is not None and task.happened.last_day < day
    yield Reminder("task", task.title, task.text("asked_of"), task.happened, overdue, task)


def _of_letter(letter: Entry, day: date) -> Iterator[Reminder]:
    when = letter.date("follow_up")
    if when:
        what = _("Ask again: {title}").format(title=letter.title)
        yield Reminder("ask-again", what, letter.text("with_whom"), when, when.last_day < day, letter)


def _is_planned(visit: Entry, day: date) -> bool:
    return visit.status == Status.PLANNED and visit.happened is not None and visit.happened.last_day >= day


def _decision(entry: Entry, day: date) -> Iterator[Reminder]:
    when = entry.date("decide_by")
    if when:
        what = _("Decide: {title}").format(title=entry.title)
        yield Reminder("decide", what, _joined(entry, "recommended_by"), when, when.last_day < day, entry)


def _joined(entry: Entry, *names: str) -> str:
    return ", ".join(filter(None, map(entry.text, names)))


_OF_KIND: Mapping[str, Callable[[Entry, date], Iterable[Reminder]]] = {
    "case": _of_case,
    "visit": _of_visit,
    "task": _of_task,
    "ask-again": _of_letter,
}
"""What is due of an entry, by the facet that its kind declares; of all others it is a decision."""
