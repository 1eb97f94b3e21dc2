"""Comparing the opinions and deciding, at the person's word only: the diagnosis revised, an option made a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from organizer.base.dates import parse_date
from organizer.base.errors import InvalidEntryError, OrganizerError
from organizer.base.i18n import _
from organizer.health.opinion.comparison import MARKS, MOST_OPINIONS, ROWS, Opinion, first_opinion, mark_of, opinions
from organizer.health.opinion.options import ROWS as OPTION_ROWS
from organizer.health.opinion.options import OptionRow, OptionTable, side_by_side
from organizer.model.codes import TITLE
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import NO_ENTRY, EntryId, PersonId, new_id
from organizer.model.links import Role
from organizer.services.entries import entries
from organizer.services.opinion import cases
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Add, Replace
from organizer.store.entries import Query

__all__ = ["MARKS", "MOST_OPINIONS", "OPTION_ROWS", "ROWS", "Opinion", "OptionRow", "OptionTable", "mark_of"]


def options(record: Record, person: PersonId) -> OptionTable:
    """The options of a person side by side."""
    found = reading.find(
        record, Query(kinds=("TreatmentOption",), person=person, include_struck=False, order="created")
    )
    return side_by_side(found)


def add_option(record: Record, person: PersonId, title: str, case_id: EntryId = NO_ENTRY, by: str = "") -> Changes:
    """Write an option down, for the diagnoses that the case is about."""
    case = reading.get(record, case_id) if case_id else None
    links = [Link(Role.CASE, case.id), *(Link(Role.FOR, one) for one in case.targets(Role.ABOUT))] if case else []
    fields = {"title": title, "status": "open", "happened": records.as_of(record).isoformat(), "recommended_by": by}
    typed = {name: text for name, text in fields.items() if text}
    return entries.add(record, "TreatmentOption", person, typed, links)


def compared(record: Record, case_id: EntryId) -> list[Opinion]:
    """The opinions of a case; where none is kept yet, the first one as the record tells it, and an empty second one."""
    case = reading.get(record, case_id)
    kept = opinions(case)
    if kept:
        return kept
    conditions = cases.diagnoses(record, case)
    rests = reading.many(record, dict.fromkeys(target for one in conditions for target in one.targets(Role.RESTS_ON)))
    found = reading.find(record, Query(kinds=("TreatmentOption",), person=case.person, include_struck=False))
    by = case.text("specialist")
    day = case.happened.text[:10] if case.happened else ""
    return [first_opinion(case, conditions, found, rests), Opinion(by, day)]


def keep_opinions(record: Record, case_id: EntryId, columns: Sequence[Opinion]) -> Changes:
    """Keep the columns. Raises InvalidEntryError for a day that is none, OrganizerError for more than three."""
    if len(columns) > MOST_OPINIONS:
        raise OrganizerError(_("Three opinions are the most."), _("Begin another case for a further question."))
    for one in columns:
        if one.when and parse_date(one.when) is None:
            raise InvalidEntryError(
                _("“{day}” isn’t a date.").format(day=one.when), _("Write it as 2026-12-03."), "when"
            )
    case = reading.get(record, case_id)
    data = {**case.data, "opinions": [one.told() for one in columns]}
    return change_log.apply(record, _("Wrote down an opinion"), [Replace(case.having(data=data))])


def revise_diagnosis(record: Record, condition: EntryId, fields: Mapping[str, str]) -> Changes:
    """The person says that a diagnosis is seen anew: a new entry revises the old one, which is kept as history.

    Raises InvalidEntryError naming the field, OrganizerError where the old one is no diagnosis.
    """
    old = reading.get(record, condition)
    if old.kind != "Condition":
        raise OrganizerError(_("Only a diagnosis can be revised like this."), _("Choose a diagnosis."))
    day = records.as_of(record).isoformat()
    typed = {"status": "active", "verification": "confirmed", "recorded": day} | dict(fields)
    new = replace(entries.draft("Condition", old.person, typed, [Link(Role.REVISES, old.id)]), id=new_id())
    before = old.having(status="inactive" if old.status in ("", "active") else old.status)
    label = _("Diagnosis revised: {title}").format(title=new.title)
    return change_log.apply(record, label, [Add(new), Replace(before)])


@dataclass(frozen=True, slots=True)
class Decision:
    """What was chosen: an option, the goal's fields as typed (`title`, `measure`, `target_low`…), when it is reviewed.

    `key` is that of the measure where the record has results of it, else "".
    """

    option: str
    review_by: str
    goal: Mapping[str, str]
    key: str = ""
    start: str = ""
    decided_by: str = ""


def decide(record: Record, decision: Decision, case_id: EntryId = NO_ENTRY) -> Changes:
    """The chosen option becomes a treatment plan with a goal and a review date; the other open ones are not chosen.

    One operation; the plan check watches it from then on. Raises InvalidEntryError naming the field.
    """
    option = reading.get(record, EntryId(decision.option))
    treated = option.targets(Role.FOR) or (reading.get(record, case_id).targets(Role.ABOUT) if case_id else ())
    start = decision.start or records.as_of(record).isoformat()
    goal = _goal(option.person, decision, start, treated)
    fields = {
        "title": option.title,
        "happened": start,
        "review_by": decision.review_by,
        "decided_by": decision.decided_by,
        "what": option.text("benefits"),
        "status": "active",
    }
    links = [Link(Role.TREATS, one) for one in treated] + [Link(Role.GOAL, goal.id), Link(Role.OPTION, option.id)]
    typed = {name: text for name, text in fields.items() if text}
    plan = replace(entries.draft("CarePlan", option.person, typed, links), id=new_id())
    label = _("Decided: {option}").format(option=option.title)
    return change_log.apply(record, label, [Add(goal), Add(plan), *_settled(record, option)])


def _goal(person: PersonId, decision: Decision, start: str, treated: Sequence[str]) -> Entry:
    typed = {"status": "active", "happened": start, "due": decision.review_by}
    typed |= {name: text for name, text in decision.goal.items() if text}
    if decision.key and not decision.key.startswith(TITLE):
        typed["code"] = decision.key
    links = [Link(Role.FOR, EntryId(one)) for one in treated]
    return replace(entries.draft("Goal", person, typed, links), id=new_id())


def _settled(record: Record, chosen: Entry) -> list[Replace]:
    """The chosen option says so; open ones for the same diagnosis (or the same case) are not chosen."""
    others = reading.find(record, Query(kinds=("TreatmentOption",), person=chosen.person, include_struck=False))
    ends = {*chosen.targets(Role.FOR), *chosen.targets(Role.CASE)}
    edits = [Replace(chosen.having(status="chosen"))]
    for one in others:
        near = not ends or not (one.targets(Role.FOR) or one.targets(Role.CASE))
        near = near or bool(ends & {*one.targets(Role.FOR), *one.targets(Role.CASE)})
        if one.id != chosen.id and one.status in ("", "open") and near:
            edits.append(Replace(one.having(status="declined")))
    return edits
