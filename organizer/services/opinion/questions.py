"""Questions to bring: suggested from the record, ordered by the person, answered at the visit."""

from organizer.base.errors import OrganizerError
from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.health.opinion.questions import STARRED, suggestions
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import NO_ENTRY, EntryId, PersonId
from organizer.model.links import Role
from organizer.services.entries import entries
from organizer.services.opinion import cases, reasons
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.entries import Query


def ordered(record: Record, person: PersonId, case_id: EntryId = NO_ENTRY) -> list[Entry]:
    """The questions of a case as they are asked, without a case all of a person: the starred ones first, each group in
    the person's order."""
    if case_id:
        questions = cases.questions_of(record, cases.case_of(record, case_id))
    else:
        questions = reading.of_kind(record, person, "Question", "created")
    return sorted(questions, key=lambda entry: (not entry.data.get("starred"), _place(entry)))


def suggested(record: Record, person: PersonId, case_id: EntryId = NO_ENTRY) -> list[tuple[str, str]]:
    """Questions worth bringing to a case (or anywhere) that aren't written down for it yet, each with why."""
    case = cases.only_case(record, person, case_id)
    query = Query(kinds=("TreatmentOption",), person=person, include_struck=False)
    options = cases.options_of(record, case) if case else reading.find(record, query)
    orders = reading.of_kind(record, person, "ServiceRequest")
    about = cases.about_of(record, case) if case else None
    raised = reasons.reasons(record, person, about=about)
    if about is not None and orders:
        orders = reasons.concerning(record, person, about, orders)
    return suggestions(raised, options, orders, ordered(record, person, case_id))


def add(record: Record, person: PersonId, title: str, why: str = "", case_id: EntryId = NO_ENTRY) -> Changes:
    """Write a question down, last in the order, for the specialist of the case (the only open one if none is named)."""
    case = cases.only_case(record, person, case_id)
    last = max((_place(entry) for entry in ordered(record, person)), default=0.0)
    fields = {"title": title, "order": plain(last + 1), "why": why, "for_whom": case.specialist if case else ""}
    links = [Link(Role.CASE, case.id)] if case else []
    return entries.add(record, "Question", person, {name: text for name, text in fields.items() if text}, links)


def star(record: Record, question: EntryId, on: bool) -> Changes:
    """Mark a question as one of its case's three that matter most. Raises OrganizerError for a fourth one."""
    starred = [entry for entry in _beside(record, reading.get(record, question)) if entry.data.get("starred")]
    if on and len([entry for entry in starred if entry.id != question]) >= STARRED:
        raise OrganizerError(
            _("Three questions are marked already."), _("Take the mark from one of them, then mark this one.")
        )
    return entries.edit(record, question, {"starred": "yes" if on else "no"})


def move(record: Record, question: EntryId, step: int) -> Changes:
    """One place up (−1) or down (+1) among those of its case and group; at the end it stays."""
    entry = reading.get(record, question)
    starred = bool(entry.data.get("starred"))
    group = [question for question in _beside(record, entry) if bool(question.data.get("starred")) == starred]
    place = next(number for number, asked in enumerate(group) if asked.id == question)
    target = min(max(place + step, 0), len(group) - 1)
    group.insert(target, group.pop(place))
    edits = [
        Replace(question.having(data={**question.data, "order": float(number)}))
        for number, question in enumerate(group, 1)
        if question.data.get("order") != float(number)
    ]
    return change_log.apply(record, _("Changed the order of the questions"), edits)


def _beside(record: Record, question: Entry) -> list[Entry]:
    """The questions of the same case, itself among them, as they are asked."""
    for case in cases.cases(record, question.person):
        questions = ordered(record, question.person, case.id)
        if any(entry.id == question.id for entry in questions):
            return questions
    return ordered(record, question.person)


def answer(record: Record, question: EntryId, text: str) -> Changes:
    """Write an answer down, with today as its day; an empty one takes it back."""
    day = records.as_of(record).isoformat() if text.strip() else ""
    return entries.edit(record, question, {"answer": text, "happened": day})


def _place(question: Entry) -> float:
    order = question.data.get("order")
    return float(order) if isinstance(order, int | float) else 999.0
