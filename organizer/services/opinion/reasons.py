"""Reasons for a second opinion: found in the record, set aside by the person, back on new evidence only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain
from typing import Any

import orjson

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.health.course import measures
from organizer.health.opinion.reasons import REASONS
from organizer.health.opinion.subject import Subject
from organizer.health.opinion.unclear import TEST_AFTER, TEST_BEFORE
from organizer.health.opinion.view import Reason, SymptomCourse, View, recorded, within_year
from organizer.health.titles import plain_title
from organizer.health.writer import by_the_person
from organizer.model.case import Case
from organizer.model.entry import Changes, Entry, Json
from organizer.model.ids import NO_ENTRY, EntryId, PersonId
from organizer.model.kinds import names
from organizer.services.follow import measures as measuring
from organizer.services.follow import plans
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.entries import Query

__all__ = ["Reason"]

_KINDS = names(lambda kind: not kind.at_most)
"""What reasons look through: all but the kinds of which there may be very many."""
_FINDINGS = ("DiagnosticReport", "ImagingStudy")
IDS = frozenset(find.__name__.replace("_", "-") for find in REASONS)
"""The ids of all reasons that can be found: each is its function's name."""
_SCALED = ("symptom", "survey")
_NO_CONTENT = ("note", "serious")


@dataclass(frozen=True, slots=True)
class ReasonState:
    """A reason, and the note with which it was set aside (None: it stands), since when (ISO date or "")."""

    reason: Reason
    note: str | None = None
    since: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What reasons are looked for: `diagnoses` of one case, whose id is "" before it is begun."""

    diagnoses: frozenset[EntryId]
    case: EntryId = NO_ENTRY


def reasons(record: Record, person: PersonId, as_of: date | None = None, about: About | None = None) -> list[Reason]:
    """The reasons that the record holds and the person has not set aside, each with its evidence."""
    return [state.reason for state in states(record, person, as_of, about) if state.note is None]


def states(
    record: Record, person: PersonId, as_of: date | None = None, about: About | None = None
) -> list[ReasonState]:
    """All reasons that the record holds; one that was set aside stays so until its evidence is new or has changed.

    Where it is said what they are `about`, those that speak of it, and of no other illness.
    """
    day = as_of or records.as_of(record)
    notes = reading.get(record, person).rows("reason_notes")
    view = _view(record, person, day, notes)
    if about is not None:
        view = _subject(view, about).narrowed()
    raised = [reason for find in REASONS if (reason := find(view)) is not None]
    aside = {note["reason"] for note in notes if note["state"] == "aside"}
    contents = {reason.reason: _contents(record, reason.evidence) for reason in raised if reason.reason in aside}
    return [_state(reason, notes, contents.get(reason.reason, {})) for reason in raised]


def concerning(record: Record, person: PersonId, about: About, listed: Sequence[Entry]) -> list[Entry]:
    """Those of some entries that are of a case, or may be of no other illness (`Subject.concerns`)."""
    # What an entry is for doesn't rest on series and plan checks, which are dear to make.
    entries = reading.find(record, Query(kinds=_KINDS, person=person, order="happened"))
    subject = _subject(View(tuple(entries), (), records.as_of(record)), about)
    return [entry for entry in listed if subject.concerns(entry)]


def _subject(view: View, about: About) -> Subject:
    return Subject(view, about.diagnoses, about.case, _elsewhere(view, about))


def _elsewhere(view: View, about: About) -> frozenset[EntryId]:
    """The diagnoses that the person's other open cases are about."""
    cases = [Case(entry) for entry in view.of_kind("OpinionCase")]
    others = [case.about for case in cases if case.id != about.case and not case.is_closed]
    return frozenset(chain.from_iterable(others))


def set_aside(record: Record, person: PersonId, reason_id: str, note: str, about: About | None = None) -> Changes:
    """Show a reason no more until it rests on something new. Raises NotFoundError where the record doesn't hold it.

    What was set aside of one case stays so when the same reason is set aside of another.
    """
    listed = states(record, person, about=about)
    reason = next((state.reason for state in listed if state.reason.reason == reason_id), None)
    if reason is None:
        raise NotFoundError(_("This reason isn’t in the record any more."), _("Look at the list again."))
    before = [row for row in reading.get(record, person).rows("reason_notes") if _is_aside(row, reason_id)]
    known = [str(text) for text in chain.from_iterable(row["evidence"] for row in before)]
    marks = chain.from_iterable((row.get("content") or {}).items() for row in before)
    contents = {str(name): mark for name, mark in marks}
    line = {
        "reason": reason_id,
        "state": "aside",
        "note": note.strip(),
        "on": records.as_of(record).isoformat(),
        "evidence": list(dict.fromkeys([*known, *reason.evidence])),
        "content": contents | _contents(record, reason.evidence),
    }
    label = _("Set aside: {reason}").format(reason=reason.title)
    return _write(record, person, label, [*_others(record, person, reason_id, "aside"), line])


def bring_back(record: Record, person: PersonId, reason_id: str) -> Changes:
    """Show a reason again that was set aside."""
    return _write(record, person, _("Brought a reason back"), _others(record, person, reason_id, "aside"))


def say(record: Record, person: PersonId, reason_id: str, words: str) -> Changes:
    """The person gives a reason in their own words; empty words take it back."""
    lines = _others(record, person, reason_id, "said")
    if words.strip():
        line = {
            "reason": reason_id,
            "state": "said",
            "note": words.strip(),
            "on": records.as_of(record).isoformat(),
            "evidence": [],
        }
        lines = [*[line for line in lines if line["reason"] != reason_id], line]
    return _write(record, person, _("Said why a second opinion"), lines)


def mark_serious(record: Record, condition: EntryId, serious: bool) -> Changes:
    """The person's answer to whether a diagnosis is serious or life-changing; asked once."""
    entry = reading.get(record, condition)
    label = _("Marked “{title}” as serious") if serious else _("Marked “{title}” as not serious")
    after = entry.having(data={**entry.data, "serious": serious})
    return change_log.apply(record, label.format(title=plain_title(entry)), [change_log.Replace(after)])


def as_json(reason: Reason) -> dict[str, Any]:
    """The reason's part of `check --json`."""
    return asdict(reason)


def _state(reason: Reason, notes: Sequence[Json], now: Mapping[str, str]) -> ReasonState:
    for note in notes:
        if note["state"] == "aside" and note["reason"] == reason.reason and _is_as_it_was(reason, note, now):
            return ReasonState(reason, str(note["note"]), str(note["on"]))
    return ReasonState(reason)


def _is_as_it_was(reason: Reason, note: Json, now: Mapping[str, str]) -> bool:
    """Whether a reason rests on nothing but what it rested on when it was set aside, told as it was then.

    A note of an earlier version knows which entries there were, not what they said.
    """
    then = note.get("content") or {}
    known = set(note["evidence"])
    return all(text in known and then.get(text, now.get(text)) == now.get(text) for text in reason.evidence)


def _contents(record: Record, evidence: Iterable[str]) -> dict[str, str]:
    """A mark of what each entry says, by its id: title, dates, state, value, fields. Notes and the person's own answer
    to whether it is serious are none of it."""
    marks = {}
    for entry in reading.many(record, dict.fromkeys(EntryId(text) for text in evidence)):
        data = {name: value for name, value in entry.data.items() if name not in _NO_CONTENT}
        dates = [when.text if when else "" for when in (entry.happened, entry.ended)]
        facts = [entry.title.casefold(), entry.status, dates, entry.value, entry.value_text, entry.unit, data]
        marks[str(entry.id)] = sha256(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    return marks


def _is_aside(note: Json, reason_id: str) -> bool:
    return (note["reason"], note["state"]) == (reason_id, "aside")


def _others(record: Record, person: PersonId, reason_id: str, state: str) -> list[Json]:
    notes = reading.get(record, person).rows("reason_notes")
    return [note for note in notes if (note["reason"], note["state"]) != (reason_id, state)]


def _write(record: Record, person: PersonId, label: str, notes: Sequence[Json]) -> Changes:
    entry = reading.get(record, person)
    after = entry.having(data={**entry.data, "reason_notes": list(notes)})
    return change_log.apply(record, label, [change_log.Replace(after)])


def _view(record: Record, person: PersonId, day: date, notes: Sequence[Json]) -> View:
    entries = reading.find(record, Query(kinds=_KINDS, person=person, order="happened"))
    reports = plans.check_all(record, person, day)
    conditions = [entry for entry in entries if entry.kind == "Condition"]
    whose = reading.get(record, person)
    return View(
        entries=tuple(entries),
        plans=tuple((report.plan, report.check) for report in reports),
        as_of=day,
        symptoms=tuple(_symptoms(record, person)),
        measured=frozenset(report.series_key.casefold() for report in reports if report.series_key),
        changed={condition.id: days for condition in conditions if (days := _changed(record, condition))},
        tested=tuple(_tested(record, person, conditions, day)),
        for_whom="" if by_the_person(whose, day) else whose.title,
        said={str(note["reason"]): str(note["note"]) for note in notes if note["state"] == "said"},
    )


def _symptoms(record: Record, person: PersonId) -> Iterable[SymptomCourse]:
    listed = [
        summary for summary in measuring.measures(record, person) if summary.category in _SCALED and summary.count >= 2
    ]
    every = measuring.every_series(record, person, [summary.key for summary in listed])
    for summary, series in zip(listed, every, strict=True):
        known = measures.of_key(summary.key)
        if known is None:
            yield SymptomCourse(summary.title, summary.key.casefold(), series.points)
        elif known.better:
            key, window = summary.key.casefold(), known.response_window_days
            yield SymptomCourse(summary.title, key, series.points, window, known.better == "up")


def _changed(record: Record, condition: Entry) -> tuple[date, ...]:
    """The days on which the title or the certainty of a diagnosis was changed in this record."""
    days, after = [], condition
    for revision in change_log.revisions(record, condition.id):
        if revision.entry is None:
            break
        if _view_of(revision.entry) != _view_of(after):
            days.append(date.fromisoformat(revision.made_at[:10]))
        after = revision.entry
    return tuple(days)


def _view_of(condition: Entry) -> tuple[str, str]:
    return condition.title, condition.verification


def _tested(record: Record, person: PersonId, conditions: Sequence[Entry], as_of: date) -> Iterable[date]:
    """Days of reports and, near each diagnosis of the year, of a laboratory result: one is enough to know."""
    for report in reading.find(record, Query(kinds=_FINDINGS, person=person, include_struck=False)):
        if report.happened:
            yield report.happened.first_day
    for condition in conditions:
        day = recorded(condition)
        if day is None or not within_year(condition, as_of):
            continue
        since, until = day - TEST_BEFORE, min(day + TEST_AFTER, as_of + timedelta(days=1))
        query = Query(
            kinds=("Observation",),
            person=person,
            since=since.isoformat(),
            until=until.isoformat(),
            category="laboratory",
            include_struck=False,
            limit=1,
        )
        yield from (entry.happened.first_day for entry in reading.find(record, query) if entry.happened)
