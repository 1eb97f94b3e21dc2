"""A case: one question to one or more specialists, its checklist, what was asked for and what came of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.health.opinion.checklist import ASKED, HAVE, LINKED, MISSING, SPARED, Item, checklist, notes
from organizer.health.opinion.checklist_rows import Gathered
from organizer.health.opinion.letters import REMIND_AFTER
from organizer.health.opinion.serious import is_serious
from organizer.health.problems import OPEN, state_of
from organizer.model.entry import Changes, Entry, Json, Link
from organizer.model.ids import NO_ENTRY, EntryId, PersonId, new_id
from organizer.model.kinds import names
from organizer.model.links import Role
from organizer.services.entries import entries
from organizer.services.opinion import reasons
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Add, Replace
from organizer.store.entries import Query

__all__ = ["ASKED", "HAVE", "LINKED", "MISSING", "SPARED", "Item"]

_NOT_SINGLE = names(lambda kind: kind.name != "Observation")
MOST_RESULTS = 2_000


def cases(record: Record, person: PersonId) -> list[Entry]:
    """A person's cases, the open ones first, each group newest first."""
    found = reading.find(record, Query(kinds=("OpinionCase",), person=person, include_struck=False, order="created"))
    found.reverse()
    return sorted(found, key=lambda one: one.status == "completed")


def open_case(record: Record, person: PersonId) -> Entry | None:
    """The case that is worked on, or None."""
    return next((one for one in cases(record, person) if one.status != "completed"), None)


def begin(record: Record, person: PersonId, fields: Mapping[str, str]) -> Changes:
    """Begin a case from what the record holds: its reasons, and the diagnoses that these rest on."""
    found = reasons.reasons(record, person)
    evidence = dict.fromkeys(one for reason in found for one in reason.evidence)
    about = [one for one in reading.many(record, evidence) if one.kind == "Condition" and not one.struck]
    links = [Link(Role.ABOUT, one.id) for one in about] + [Link(Role.EVIDENCE, EntryId(one)) for one in evidence]
    typed = {"title": _("Second opinion"), "status": "active", "reasons": "\n".join(one.reason for one in found)}
    return entries.add(record, "OpinionCase", person, typed | dict(fields), links)


def diagnoses(record: Record, case: Entry) -> list[Entry]:
    """The diagnoses that a case is about; where it names none, the current serious ones."""
    named = [one for one in reading.many(record, case.targets(Role.ABOUT)) if not one.struck]
    if named:
        return named
    query = Query(kinds=("Condition",), person=case.person, include_struck=False)
    day = records.as_of(record)
    found = [entry for entry in reading.find(record, query) if is_serious(entry)]
    return [entry for entry in found if state_of(entry, day) in OPEN]


def name_diagnosis(record: Record, case_id: EntryId, condition: EntryId) -> Changes:
    """The case is about this diagnosis too. Raises InvalidEntryError, NotFoundError."""
    return entries.link(record, case_id, Role.ABOUT, condition)


def begun(record: Record, person: PersonId) -> list[str]:
    """The ids of the steps that hold something already."""
    case = open_case(record, person)
    if case is None:
        return []
    counts = reading.counts(record, person)
    held = {
        "reasons": bool(case.data.get("reasons")),
        "case": bool(case.text("why") and case.text("specialist")),
        "gather": bool(notes(case)),
        "insurance": bool(counts.get("Coverage")),
        "options": bool(counts.get("TreatmentOption")),
        "questions": bool(counts.get("Question")),
        "compare": bool(case.data.get("opinions")),
    }
    return [step for step, holds in held.items() if holds]


def fill(record: Record, entry_id: EntryId, fields: Mapping[str, str]) -> Changes:
    """Write typed fields of any entry on the way. Raises InvalidEntryError naming the field."""
    return entries.edit(record, entry_id, fields)


def gather(record: Record, case_id: EntryId, specialty: str = "") -> list[Item]:
    """The checklist of a case, self-filled; the case's own field unless one is named."""
    case = reading.get(record, case_id)
    return checklist(gathered(record, case.person, case), specialty or case.text("specialty"))


def gathered(record: Record, person: PersonId, case: Entry | None) -> Gathered:
    """What a checklist looks through: all kinds but single numbers, and a year of laboratory results."""
    day = records.as_of(record)
    found = reading.find(record, Query(kinds=_NOT_SINGLE, person=person))
    since = (day - timedelta(days=365)).isoformat()
    observed = Query(kinds=("Observation",), person=person, since=since, include_struck=False, limit=MOST_RESULTS)
    found += reading.find(record, observed)
    return Gathered(reading.get(record, person), case, tuple(found), day)


def tick(record: Record, case_id: EntryId, row: str, state: str, entry_id: EntryId = NO_ENTRY) -> Changes:
    """Say of a row that it is linked to an entry, had, spared, or (MISSING) as the record alone tells."""
    case = reading.get(record, case_id)
    line: dict[str, Json] = {"row": row, "state": state}
    if entry_id:
        other = reading.get(record, entry_id)
        if other.person != case.person:
            raise NotFoundError(_("This entry is another person’s."), _("Choose one of this person’s entries."))
        line["entry"] = entry_id
    kept = [one for one in notes(case) if one.get("row") != row]
    after = _with(case, "gathered", kept if state == MISSING else [*kept, line])
    return change_log.apply(record, _("Changed the checklist"), [Replace(after)])


def ask(record: Record, case_id: EntryId, rows: Mapping[str, str], whom: str) -> Changes:
    """Rows (id and label) were asked for today: one to-do each, due in 30 days, and the rows say so."""
    case = reading.get(record, case_id)
    day = records.as_of(record)
    kept = [one for one in notes(case) if one.get("row") not in rows]
    edits: list[change_log.Edit] = []
    for row, label in rows.items():
        typed = {
            "title": label,
            "happened": (day + REMIND_AFTER).isoformat(),
            "asked_on": day.isoformat(),
            "asked_of": whom,
            "missing_record": "yes",
            "status": "in-progress",
        }
        task = replace(entries.draft("Task", case.person, typed, [Link(Role.CASE, case_id)]), id=new_id())
        edits.append(Add(task))
        kept.append({"row": row, "state": ASKED, "task": task.id})
    label = _("Asked {whom} for records").format(whom=whom)
    return change_log.apply(record, label, [*edits, Replace(_with(case, "gathered", kept))])


def close(record: Record, case_id: EntryId) -> Changes:
    """Close a case; nothing of it is lost, and another one can begin."""
    return entries.edit(record, case_id, {"status": "completed"})


def _with(entry: Entry, name: str, value: Json) -> Entry:
    return entry.having(data={**entry.data, name: value})
