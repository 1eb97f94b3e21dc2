"""What is new in a person's record: what the last import brought, and what changed since the last visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, ngettext
from organizer.health import news
from organizer.health.allergies import Allergy
from organizer.health.medicines import Course
from organizer.health.news import Change, News
from organizer.health.problems import Problem
from organizer.health.titles import plain_measure
from organizer.model.entry import Entry
from organizer.model.ids import PersonId
from organizer.model.statuses import Status
from organizer.services.entries.entries import counted
from organizer.services.record.records import Record
from organizer.store import added
from organizer.store import entries as reading
from organizer.store.entries import MeasureSummary, Query

MOST_CHANGES = 5
MOST_NAMED = 3
_NOT_HELD = frozenset({Status.PLANNED, Status.CANCELLED, Status.ENTERED_IN_ERROR, Status.PROPOSED})
MOST_KINDS = 5
MOST_VISITS = 50
"""The latest, among which the last one that took place on a known day is looked for."""


@dataclass(frozen=True, slots=True)
class Recent:
    """`brought` says what the last import brought, "" where there was none; `visit` the last visit, or None; `changes`
    are those since it, each with its entry and what happened, `of` how many there are; `results` names newer ones."""

    brought: str = ""
    visit: Entry | None = None
    changes: tuple[tuple[Entry, str], ...] = ()
    of: int = 0
    results: str = ""

    @property
    def is_empty(self) -> bool:
        """True where there is nothing new to tell."""
        return not (self.brought or self.changes or self.results)


NOTHING_NEW = Recent()


def recent(
    record: Record,
    person: PersonId,
    day: date,
    problems: Sequence[Problem],
    courses: Sequence[Course],
    allergies: Sequence[Allergy],
    summaries: Sequence[MeasureSummary],
) -> Recent:
    """What is new as of a day; the diagnoses, medicines, allergies and measures are the person's own."""
    visit = _last_visit(record, person, day)
    brought = _brought(record, person)
    if visit is None or visit.happened is None:
        return Recent(brought)
    since = visit.happened.last_day
    changes = [
        *news.of_medicines(courses, since),
        *news.of_problems(problems, since),
        *news.of_allergies(allergies, since),
    ]
    # What only came into the record since then is told as what the import brought.
    dated = [change for change in changes if change.change is not Change.RECORDED]
    return Recent(
        brought, visit, tuple(map(_change, dated[:MOST_CHANGES])), len(dated), _results(summaries, since, day)
    )


def _last_visit(record: Record, person: PersonId, day: date) -> Entry | None:
    """The latest visit that took place before the day, on a day that is known."""
    query = Query(("Encounter",), person, until=day.isoformat(), include_struck=False, limit=MOST_VISITS)
    held = (visit for visit in reading.find(record, query) if visit.status not in _NOT_HELD)
    known = (visit for visit in held if visit.happened is not None and visit.happened.precision in ("day", "instant"))
    return next((visit for visit in known if visit.happened and visit.happened.last_day < day), None)


def _brought(record: Record, person: PersonId) -> str:
    last = added.last_import(record, person)
    if last is None:
        return ""
    kinds = sorted(last.kinds.items(), key=lambda kind: -kind[1])
    listed = [(kind, count) for kind, count in kinds if kind != "Patient"]
    what = counted(dict(listed[:MOST_KINDS])) or last.label
    if len(listed) > MOST_KINDS:
        more = sum(count for _kind, count in listed[MOST_KINDS:])
        what = ngettext("{what} and {n} more entry", "{what} and {n} more entries", more).format(what=what, n=more)
    return _("{day}: {what}").format(day=PartialDate(last.made_at[:10]).spoken(), what=what)


def _change(change: News) -> tuple[Entry, str]:
    return change.entries[0], _(news.WORDS[change.change])


def _results(summaries: Sequence[MeasureSummary], since: date, day: date) -> str:
    """The measures with a result after the visit, the latest first; "" for none."""
    first, last = since.isoformat(), day.isoformat()
    newer = [summary for summary in summaries if summary.last and first < summary.last[:10] <= last]
    if not newer:
        return ""
    newer.sort(key=lambda summary: summary.last or "", reverse=True)
    names = ", ".join(plain_measure(summary.title, summary.key) for summary in newer[:MOST_NAMED])
    words = ngettext("{n} measure has a newer result: {names}", "{n} measures have newer results: {names}", len(newer))
    return words.format(n=len(newer), names=f"{names} …" if len(newer) > MOST_NAMED else names)
