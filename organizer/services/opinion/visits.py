"""The visit of a case: its entry in the record, the answers, how it felt, and what was decided."""

from collections.abc import Mapping

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import EntryId
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.services.entries import entries
from organizer.services.follow import reminders
from organizer.services.opinion import cases, deciding
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading

FELT = ("had_time", "understood", "priorities")
_OVER = (Status.CANCELLED, Status.ENTERED_IN_ERROR)


def visit_of(record: Record, case_id: EntryId) -> Entry | None:
    """The visit of a case: the one that names it, else the one of its day (and its specialist, where it says who)."""
    case = cases.case_of(record, case_id)
    visits = reading.of_kind(record, case.person, "Encounter")
    visits = [visit for visit in visits if visit.status not in _OVER]
    named = next((visit for visit in visits if case_id in visit.targets(Role.CASE)), None)
    if named is not None or case.appointment is None:
        return named
    day = case.appointment.text[:10]
    who = case.specialist.casefold()
    return next((visit for visit in visits if _same_visit(visit, day, who)), None)


def _same_visit(visit: Entry, day: str, who: str) -> bool:
    with_whom = visit.text("provider").casefold()
    same_day = visit.happened is not None and visit.happened.text[:10] == day
    # Where nobody is named, it may be anybody: "" is in every name.
    return same_day and (who in with_whom or with_whom in who)


def write(record: Record, case_id: EntryId, fields: Mapping[str, str]) -> Changes:
    """Write of the visit what was decided, or how it felt; where the record has no such visit yet it is made.

    Raises InvalidEntryError naming the field.
    """
    visit = visit_of(record, case_id)
    if visit is not None:
        return entries.edit(record, visit.id, fields)
    case = cases.case_of(record, case_id)
    day = case.appointment.text if case.appointment else records.as_of(record).isoformat()
    typed = {
        "title": _("Second opinion"),
        "happened": day,
        "provider": case.specialist,
        "place": case.place,
        "status": "planned",
    }
    links = [Link(Role.CASE, case_id), *(Link(Role.ABOUT, entry_id) for entry_id in case.about)]
    filled = {name: text for name, text in (typed | dict(fields)).items() if text}
    return entries.add(record, "Encounter", case.person, filled, links)


def finish(record: Record, case_id: EntryId) -> Changes:
    """The visit has taken place."""
    return write(record, case_id, {"status": "finished"})


def decided(record: Record, case_id: EntryId, what: str, kind: str) -> Changes:
    """Something that was decided: a to-do of the case, a further option, or a plan that is proposed.

    Raises InvalidEntryError for an empty text or another kind.
    """
    case = cases.case_of(record, case_id)
    if kind == "task":
        fields = {"title": what, "status": "requested"}
        return entries.add(record, "Task", case.person, fields, [Link(Role.CASE, case_id)])
    if kind == "option":
        return deciding.add_option(record, case.person, what, case_id, case.specialist)
    if kind == "plan":
        links = [Link(Role.CASE, case_id), *(Link(Role.TREATS, entry_id) for entry_id in case.about)]
        fields = {"title": what, "status": "draft", "decided_by": case.specialist}
        typed = {name: text for name, text in fields.items() if text}
        return entries.add(record, "CarePlan", case.person, typed, links)
    raise InvalidEntryError(_("This can’t be decided here."), _("Choose to do, option or plan."), "kind")


def tasks(record: Record, case_id: EntryId) -> list[Entry]:
    """The to-dos of a case that are not done yet."""
    linked = reading.linked_to(record, case_id, Role.CASE)
    return [
        entry for entry in linked if entry.kind == "Task" and entry.status not in (Status.COMPLETED, Status.CANCELLED)
    ]


def outcome(record: Record, case_id: EntryId) -> list[tuple[str, str]]:
    """What was decided at a case's visit, each with what it became: to-dos, plans, the option that was chosen, and what
    is written of it.

    A to-do that asks for records is none, and an option that somebody named is not decided by that.
    """
    visit = visit_of(record, case_id)
    words = visit.text("decided") if visit is not None else ""

    # A line each, as the person wrote them.
    lines = [(_("Decided"), line) for line in words.splitlines() if line.strip()]

    linked = reading.linked_to(record, case_id, Role.CASE)
    became = [(_became(entry), entry.title) for entry in linked if not entry.struck]
    return lines + [line for line in became if line[0]]


def _became(entry: Entry) -> str:
    """What an entry of a case is of what was decided, in words; "" where it is none."""
    if entry.status == Status.CHOSEN:
        return _("Chosen")

    is_to_do = entry.kind == "Task" and not entry.data.get("missing_record")
    # The plan that an option became is told by the option.
    is_plan = entry.kind == "CarePlan" and not entry.targets(Role.OPTION)
    return _(find_kind(entry.kind).label) if is_to_do or is_plan else ""


def done(record: Record, task: EntryId) -> Changes:
    """A to-do is done."""
    return reminders.done(record, reading.get(record, task))
