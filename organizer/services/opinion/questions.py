"""Questions to bring: suggested from the record, ordered by the person, answered at the visit."""

from organizer.base.errors import OrganizerError
from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.health.opinion.questions import STARRED, suggestions
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import EntryId, PersonId
from organizer.model.links import Role
from organizer.services.entries import entries
from organizer.services.opinion import cases, reasons
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.entries import Query


def ordered(record: Record, person: PersonId) -> list[Entry]:
    """A person's questions as they are asked: the starred ones first, each group in the person's order."""
    found = reading.find(record, Query(kinds=("Question",), person=person, include_struck=False, order="created"))
    return sorted(found, key=lambda one: (not one.data.get("starred"), _place(one)))


def suggested(record: Record, person: PersonId) -> list[tuple[str, str]]:
    """Questions worth bringing that are not written down yet, each with why."""
    options = reading.find(record, Query(kinds=("TreatmentOption",), person=person, include_struck=False))
    orders = reading.find(record, Query(kinds=("ServiceRequest",), person=person, include_struck=False))
    asked = reading.find(record, Query(kinds=("Question",), person=person, include_struck=False))
    return suggestions(reasons.reasons(record, person), options, orders, asked)


def add(record: Record, person: PersonId, title: str, why: str = "") -> Changes:
    """Write a question down, last in the order, for the specialist of the open case."""
    case = cases.open_case(record, person)
    last = max((_place(one) for one in ordered(record, person)), default=0.0)
    fields = {"title": title, "order": plain(last + 1), "why": why, "for_whom": case.text("specialist") if case else ""}
    links = [Link(Role.CASE, case.id)] if case else []
    return entries.add(record, "Question", person, {name: text for name, text in fields.items() if text}, links)


def star(record: Record, question: EntryId, on: bool) -> Changes:
    """Mark a question as one of the three that matter most. Raises OrganizerError for a fourth one."""
    entry = reading.get(record, question)
    starred = [one for one in ordered(record, entry.person) if one.data.get("starred") and one.id != question]
    if on and len(starred) >= STARRED:
        raise OrganizerError(
            _("Three questions are marked already."), _("Take the mark from one of them, then mark this one.")
        )
    return entries.edit(record, question, {"starred": "yes" if on else "no"})


def move(record: Record, question: EntryId, step: int) -> Changes:
    """One place up (−1) or down (+1) among those of its group; at the end it stays."""
    entry = reading.get(record, question)
    starred = bool(entry.data.get("starred"))
    group = [one for one in ordered(record, entry.person) if bool(one.data.get("starred")) == starred]
    place = next(number for number, one in enumerate(group) if one.id == question)
    target = min(max(place + step, 0), len(group) - 1)
    group.insert(target, group.pop(place))
    edits = [
        Replace(one.having(data={**one.data, "order": float(number)}))
        for number, one in enumerate(group, 1)
        if one.data.get("order") != float(number)
    ]
    return change_log.apply(record, _("Changed the order of the questions"), edits)


def answer(record: Record, question: EntryId, text: str) -> Changes:
    """Write an answer down, with today as its day; an empty one takes it back."""
    day = records.as_of(record).isoformat() if text.strip() else ""
    return entries.edit(record, question, {"answer": text, "happened": day})


def _place(question: Entry) -> float:
    order = question.data.get("order")
    return float(order) if isinstance(order, int | float) else 999.0
