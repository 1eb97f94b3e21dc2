"""Diagnoses with what each rests on and what it was before: earlier views, and changes in this record."""

from dataclasses import dataclass

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health.absence import absence_of
from organizer.health.problems import ProblemState, state_of
from organizer.model.entry import Entry, targets_of
from organizer.model.ids import EntryId, PersonId
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.entries import Query

_TELLING = ("title", "status", "verification", "severity", "stage", "happened", "ended")


_STANDINGS = {
    ProblemState.REFUTED: "ruled-out",
    ProblemState.OF_A_RELATIVE: "of-a-relative",
    ProblemState.PAST: "past",
    ProblemState.NOT_SAID: "not-said",
}
"""Under which heading a diagnosis stands; all else is current, with how sure it is beside it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a diagnosis was before: when (as spoken, or ""), in words, and the entry where it is one."""

    when: str
    words: str
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`standing` is current, not-said, past, ruled-out, or stated (that there is none); `history` the latest first."""

    entry: Entry
    standing: str
    rests_on: tuple[Entry, ...]
    history: tuple[Step, ...]


def diagnoses(record: Record, person: PersonId) -> list[Diagnosis]:
    """A person's diagnoses, the latest first; one that a later one revises stands in the later one's history."""
    entries = reading.find(record, Query(kinds=("Condition",), person=person))
    by_id = {entry.id: entry for entry in entries}
    revised = targets_of((entry for entry in entries if not entry.struck), Role.REVISES)
    return [_diagnosis(record, entry, by_id) for entry in entries if entry.id not in revised or entry.struck]


def _diagnosis(record: Record, entry: Entry, by_id: dict[EntryId, Entry]) -> Diagnosis:
    state = state_of(entry, records.as_of(record))
    standing = _STANDINGS.get(state, "current")
    if absence_of(entry) is not None and not entry.struck:
        standing = "stated"
    rests_on = tuple(reading.many(record, list(entry.targets(Role.RESTS_ON))))
    return Diagnosis(entry, standing, rests_on, (*_changes(record, entry), *_earlier(entry, by_id)))


def _earlier(entry: Entry, by_id: dict[EntryId, Entry]) -> list[Step]:
    """The views that this one revises, and those that they revised."""
    steps: list[Step] = []
    seen = {entry.id}
    waiting = list(entry.targets(Role.REVISES))
    while waiting:
        revision = by_id.get(waiting.pop(0))
        if revision is None or revision.id in seen:
            continue
        seen.add(revision.id)
        when = revision.happened.spoken() if revision.happened else ""
        steps.append(Step(when, _("Was called: {words}").format(words=_in_short(revision)), revision))
        waiting += revision.targets(Role.REVISES)
    return steps


def _changes(record: Record, entry: Entry) -> list[Step]:
    """What was changed in this record, as far as it says something of the illness."""
    kind, after, steps = find_kind("Condition"), entry, []
    for revision in change_log.revisions(record, entry.id):
        before = revision.entry
        if before is None:
            continue
        lines = []
        for field in (kind.field(name) for name in _TELLING):
            was, now = (kind.show(revision, field) if field else "" for revision in (before, after))
            if field and was != now:
                change = _("{what}: {before} → {now}")
                lines.append(change.format(what=_(field.label), before=was or _("not said"), now=now or _("not said")))
        if lines:
            day = PartialDate(revision.made_at[:10]).spoken()
            steps.append(Step(day, _("Changed in this record: {words}").format(words=" · ".join(lines))))
        after = before
    return steps


def _in_short(entry: Entry) -> str:
    kind = find_kind("Condition")
    fields = (kind.field(name) for name in ("title", "verification", "made_by", "place"))
    return " · ".join(shown for shown in (kind.show(entry, field) for field in fields if field) if shown)
