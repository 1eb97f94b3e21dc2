"""Comparing the opinions and deciding, at the person's word only: the diagnosis revised, an option made a plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from organizer.base.dates import PartialDate, parse_date
from organizer.base.errors import InvalidEntryError, NotFoundError, OrganizerError
from organizer.base.i18n import _
from organizer.health.opinion.belonging import same_doctor
from organizer.health.opinion.comparison import (
    COMPARED_WITH,
    MARKS,
    ROWS,
    WHICH,
    mark_of,
    of_nobody,
    with_options,
    without_options,
)
from organizer.health.opinion.families import is_same_diagnosis
from organizer.health.opinion.opinions_of_record import opinions_of_record
from organizer.health.opinion.options import ROWS as OPTION_ROWS
from organizer.health.opinion.options import OptionRow, OptionTable, side_by_side, uneven_chances
from organizer.health.titles import plain_title
from organizer.model.case import MOST_OPINIONS, Case, Opinion
from organizer.model.codes import TITLE
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import NO_ENTRY, EntryId, PersonId, new_id
from organizer.model.links import Role
from organizer.model.statuses import Status, Verification
from organizer.model.weighing import (
    AGAINST,
    FOR,
    Chance,
    chance_typed,
    chances_of,
    reasons_of,
    with_chances,
    with_weight,
)
from organizer.services.entries import entries
from organizer.services.opinion import cases
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Add, Replace
from organizer.store.entries import Query

__all__ = [
    "AGAINST",
    "COMPARED_WITH",
    "FOR",
    "MARKS",
    "MOST_OPINIONS",
    "OPTION_ROWS",
    "ROWS",
    "WHICH",
    "Opinion",
    "OptionRow",
    "OptionTable",
    "chance_typed",
    "chances_of",
    "mark_of",
    "reasons_of",
    "uneven_chances",
]

SETTLED = (Verification.REFUTED, Verification.WITHDRAWN)
"""What a person can say of a diagnosis that is seen anew; else it stays as it was told."""


def options(record: Record, person: PersonId, case_id: EntryId = NO_ENTRY) -> OptionTable:
    """The options of a case side by side; without a case, all of a person."""
    if case_id:
        return side_by_side(cases.options_of(record, cases.case_of(record, case_id)))
    listed = reading.of_kind(record, person, "TreatmentOption", "created")
    return side_by_side(listed)


def add_option(record: Record, person: PersonId, title: str, case_id: EntryId = NO_ENTRY, by: str = "") -> Changes:
    """Write an option down, for the diagnoses that the case is about."""
    case = cases.case_of(record, case_id) if case_id else None
    links = [Link(Role.CASE, case.id), *(Link(Role.FOR, entry_id) for entry_id in case.about)] if case else []
    fields = {"title": title, "status": "open", "happened": records.as_of(record).isoformat(), "recommended_by": by}
    typed = {name: text for name, text in fields.items() if text}
    return entries.add(record, "TreatmentOption", person, typed, links)


def add_chance(record: Record, option: EntryId, chance: Chance) -> Changes:
    """Write a chance down beside those that an option has."""
    entry = reading.get(record, option)
    after = with_chances(entry, [*chances_of(entry), chance])
    return change_log.apply(record, _("Wrote down a chance: {option}").format(option=entry.title), [Replace(after)])


def remove_chance(record: Record, option: EntryId, place: int) -> Changes:
    """Take the chance at that place (from 0) away. Raises IndexError for one that isn't there."""
    entry = reading.get(record, option)
    left = list(chances_of(entry))
    left.pop(place)
    label = _("Removed a chance: {option}").format(option=entry.title)
    return change_log.apply(record, label, [Replace(with_chances(entry, left))])


def weigh(record: Record, option: EntryId, side: str, reason: str, weight: int | None) -> Changes:
    """Say how much a reason matters, from 0 to 5; None takes it back. Raises InvalidEntryError."""
    entry = reading.get(record, option)
    after = with_weight(entry, side, reason, weight)
    return change_log.apply(record, _("Weighed a reason: {option}").format(option=entry.title), [Replace(after)])


def compared(record: Record, case_id: EntryId) -> list[Opinion]:
    """The opinions of a case; where none is kept yet, those of the first doctor and of the specialist as the record
    tells them. Options stand in the column of the doctor who recommended them, and in no other."""
    case = cases.case_of(record, case_id)
    listed = cases.options_of(record, case)
    if case.opinions:
        return [with_options(opinion, listed) for opinion in case.opinions]
    conditions = [*cases.diagnoses(record, case), *_ruled_out(record, case)]
    rests = reading.many(
        record, dict.fromkeys(chain.from_iterable(condition.targets(Role.RESTS_ON) for condition in conditions))
    )
    today = PartialDate(records.as_of(record).isoformat())
    return opinions_of_record(case, conditions, listed, rests, today)


def _ruled_out(record: Record, case: Case) -> list[Entry]:
    """What a doctor ruled out of what the case is about: that is an opinion too."""
    meant = cases.diagnoses(record, case)
    known = reading.find(record, Query(kinds=("Condition",), person=case.person))
    refuted = [entry for entry in known if entry.verification == Verification.REFUTED and entry not in meant]
    return [entry for entry in refuted if any(is_same_diagnosis(entry, condition) for condition in meant)]


def options_of_nobody(record: Record, case_id: EntryId) -> list[Entry]:
    """The options of a case that stand in no opinion's column, since nobody in it is named for them."""
    listed = cases.options_of(record, cases.case_of(record, case_id))
    return of_nobody(listed, compared(record, case_id))


def options_named(record: Record, case_id: EntryId) -> list[Entry]:
    """The options that the case's specialist named and that are still open."""
    case = cases.case_of(record, case_id)
    options = [option for option in cases.options_of(record, case) if option.status in (Status.NOT_SAID, Status.OPEN)]
    return [option for option in options if same_doctor(option.text("recommended_by"), case.specialist)]


def keep_opinions(record: Record, case_id: EntryId, columns: Sequence[Opinion]) -> Changes:
    """Keep the columns, of the options only what differs from those of the case.

    Raises InvalidEntryError for a day that is none, OrganizerError for more than three.
    """
    if len(columns) > MOST_OPINIONS:
        raise OrganizerError(_("Three opinions are the most."), _("Begin another case for a further question."))
    for column in columns:
        if column.when and parse_date(column.when) is None:
            raise InvalidEntryError(
                _("“{day}” isn’t a date.").format(day=column.when), _("Write it as 2026-12-03."), "when"
            )
    case = cases.case_of(record, case_id)
    listed = cases.options_of(record, case)
    own = [without_options(column, listed) for column in columns]
    return change_log.apply(record, _("Wrote down an opinion"), [Replace(case.compared(own))])


def note_opinion(record: Record, case_id: EntryId, place: int, typed: Mapping[str, str], noted: Opinion) -> Changes:
    """Write of the opinion at that place (from 0) what it said and how the person marks it; other rows stay.

    Of `noted` whose it is, its day and its marks are taken, each where it is given. Raises NotFoundError for a row or a
    mark that the comparison doesn't have, InvalidEntryError for a day.
    """
    rows, known = {row for row, _label in ROWS}, {mark for mark, _label in MARKS}
    given = [*noted.marks.items(), *noted.marks_second.items()]
    asked = [(row, rows) for row in (*typed, *dict(given))] + [(mark, known) for _row, mark in given]
    for name, names in asked:
        if name not in names:
            listed = ", ".join(sorted(filter(None, names)))
            raise NotFoundError(
                _("The comparison has no “{name}”.").format(name=name), _("Use one of: {names}.").format(names=listed)
            )
    columns = [*compared(record, case_id)]
    columns += [Opinion()] * (place + 1 - len(columns))
    before = columns[place]
    columns[place] = Opinion(
        noted.by or before.by,
        noted.when or before.when,
        {**before.said, **typed},
        {**before.marks, **noted.marks},
        {**before.marks_second, **noted.marks_second},
    )
    return keep_opinions(record, case_id, columns)


@dataclass(frozen=True, slots=True)
class EarlierView:
    """What becomes of a diagnosis that is seen anew: `state` is refuted or withdrawn, by whom and on which day.

    "" leaves it as it was told at its time; that a newer view exists doesn't make it wrong.
    """

    state: str = ""
    by: str = ""
    on: str = ""


def revise_diagnosis(
    record: Record, condition: EntryId, fields: Mapping[str, str], earlier: EarlierView | None = None
) -> Changes:
    """The person says that a diagnosis is seen anew: a new entry revises the old one, which is kept as history.

    How sure the new one is, by whom and when stands in `fields` (`verification`, `made_by`, `recorded`); what isn't
    given there stays unsaid, a typed title confirms nothing. The old one is ruled out or withdrawn only where
    `earlier` says so. The open cases that are about the old one are about the new one from now on.

    Raises InvalidEntryError naming the field, OrganizerError where the old one is no diagnosis.
    """
    old = reading.get(record, condition)
    if old.kind != "Condition":
        raise OrganizerError(_("Only a diagnosis can be revised like this."), _("Choose a diagnosis."))
    typed = {"status": "active"} | {name: text for name, text in fields.items() if text}
    new = replace(entries.draft("Condition", old.person, typed, [Link(Role.REVISES, old.id)]), id=new_id())
    edits: list[change_log.Edit] = [Add(new)]
    if earlier is not None and earlier.state:
        edits.append(Replace(_settled_view(old, earlier)))
    edits += [Replace(_about_instead(case.entry, old.id, new.id)) for case in _open_cases_about(record, old)]
    label = _("Diagnosis revised: {title}").format(title=plain_title(new))
    return change_log.apply(record, label, edits)


def _settled_view(old: Entry, earlier: EarlierView) -> Entry:
    if earlier.state not in SETTLED:
        raise InvalidEntryError(
            _("“{state}” doesn’t say what became of a diagnosis.").format(state=earlier.state),
            _("Use one of: {states}.").format(states=", ".join(SETTLED)),
            "verification",
        )
    if earlier.on and parse_date(earlier.on) is None:
        raise InvalidEntryError(
            _("“{day}” isn’t a date.").format(day=earlier.on), _("Write it as 2026-12-03."), "settled_on"
        )
    fields = {"verification": earlier.state, "settled_by": earlier.by, "settled_on": earlier.on}
    return old.having(data={**old.data, **{name: text for name, text in fields.items() if text}})


def _open_cases_about(record: Record, condition: Entry) -> list[Case]:
    return [case for case in cases.open_cases(record, condition.person) if condition.id in case.about]


def _about_instead(case: Entry, old: EntryId, new: EntryId) -> Entry:
    links = [link for link in case.links if (link.role, link.target) not in ((Role.ABOUT, old), (Role.ABOUT, new))]
    return case.having(links=(*links, Link(Role.ABOUT, new)))


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


def decide(record: Record, decision: Decision, case_id: EntryId = NO_ENTRY) -> Changes:
    """The chosen option becomes a treatment plan with a goal and a review date; the other open ones are not chosen.

    The plan is by whoever recommended the option, where that is said. One operation; the plan check watches it from
    then on. Raises InvalidEntryError naming the field, also for a review that was due before the plan begins.
    """
    option = reading.get(record, EntryId(decision.option))
    case = cases.case_of(record, case_id) if case_id else None
    treated = option.targets(Role.FOR) or (case.about if case else ())
    start = decision.start or records.as_of(record).isoformat()
    review, begins = parse_date(decision.review_by), parse_date(start)
    if review is not None and begins is not None and review.last_day < begins.first_day:
        words = _("{day} is before the plan begins.").format(day=review.spoken())
        raise InvalidEntryError(words, _("Choose a later day for the review."), "review_by")
    goal = _goal(option.person, decision, start, treated)
    fields = {
        "title": option.title,
        "happened": start,
        "review_by": decision.review_by,
        "decided_by": option.text("recommended_by"),
        "status": "active",
    }
    links = [Link(Role.TREATS, entry_id) for entry_id in treated] + [
        Link(Role.GOAL, goal.id),
        Link(Role.OPTION, option.id),
    ]
    links += [Link(Role.CASE, case.id)] if case else []
    typed = {name: text for name, text in fields.items() if text}
    plan = replace(entries.draft("CarePlan", option.person, typed, links), id=new_id())
    label = _("Decided: {option}").format(option=option.title)
    return change_log.apply(record, label, [Add(goal), Add(plan), *_settled(record, option, case)])


def _goal(person: PersonId, decision: Decision, start: str, treated: Sequence[str]) -> Entry:
    typed = {"status": "active", "happened": start, "due": decision.review_by}
    typed |= {name: text for name, text in decision.goal.items() if text}
    if decision.key and not decision.key.startswith(TITLE):
        typed["code"] = decision.key
    links = [Link(Role.FOR, EntryId(text)) for text in treated]
    return replace(entries.draft("Goal", person, typed, links), id=new_id())


def _settled(record: Record, chosen: Entry, case: Case | None) -> list[Replace]:
    """The chosen option says so; the other open ones of the same case are not chosen.

    Without a case, those for the same diagnosis; where the chosen one names none, those that name none either.
    """
    if case is not None:
        others = cases.options_of(record, case)
    else:
        query = Query(kinds=("TreatmentOption",), person=chosen.person, include_struck=False)
        others = [entry for entry in reading.find(record, query) if _same_choice(entry, chosen)]
    open_ones = [other for other in others if other.id != chosen.id and other.status in (Status.NOT_SAID, Status.OPEN)]
    return [
        Replace(chosen.having(status=Status.CHOSEN)),
        *(Replace(entry.having(status=Status.DECLINED)) for entry in open_ones),
    ]


def _same_choice(option: Entry, chosen: Entry) -> bool:
    mine = {*chosen.targets(Role.FOR), *chosen.targets(Role.CASE)}
    theirs = {*option.targets(Role.FOR), *option.targets(Role.CASE)}
    return bool(mine & theirs) if mine or theirs else True
