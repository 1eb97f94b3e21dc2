"""Goals made easy: what a diagnosis or a medicine calls for, with its source; and scales of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from organizer.base.errors import InvalidEntryError
from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.health import medicines as medicine_states
from organizer.health import pregnancy, problems
from organizer.health.course import aims, measures, proposals
from organizer.health.course.bounds_in_words import is_strict
from organizer.health.course.goal_words import WordedTarget
from organizer.health.course.sentences import BASELINE_FIGURES
from organizer.health.series import same_measure
from organizer.health.vocabulary import concepts_of
from organizer.model.codes import MeasureKey
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import PersonId, new_id
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.services.entries import entries
from organizer.services.follow import measures as measuring
from organizer.services.follow.measures import MeasureSummary
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Add, Edit, Replace

__all__ = ["WordedTarget"]

MOST = 4
NAMED_MEASURES = 20


@dataclass(frozen=True, slots=True)
class ProposedGoal:
    """A goal to begin with: `fields` fill the form of a Goal; `because` is the diagnosis or medicine; `source` where
    the target was published."""

    title: str
    because: Entry
    source: str
    fields: Mapping[str, str]


def propose(record: Record, person: PersonId, as_of: date | None = None) -> list[ProposedGoal]:
    """What the current diagnoses and medicines call for, no goal is set for and the latest result doesn't meet yet; at
    most four. None for a person whose age isn't known: targets are for grown-ups, or for children."""
    day = as_of or records.as_of(record)
    return _proposed(record, person, day, measures.age_of(reading.get(record, person), day))


def wants_birth_date(record: Record, person: PersonId, as_of: date | None = None) -> bool:
    """Whether goals would be proposed if only the birth date were known, and told of a grown-up."""
    day = as_of or records.as_of(record)
    unknown = measures.age_of(reading.get(record, person), day) is None
    return unknown and bool(_proposed(record, person, day, proposals.ADULT))


def _proposed(record: Record, person: PersonId, day: date, age: int | None) -> list[ProposedGoal]:
    stated = [entry for entry in reading.of_kind(record, person, "Condition") if problems.is_problem(entry)]
    conditions = [entry for entry in stated if problems.is_open(entry, day)]
    medicines = [
        medicine for medicine in reading.of_kind(record, person, "MedicationStatement") if _is_taken(medicine, day)
    ]
    keys = aims.keys_by_name(measuring.measures(record, person))
    stated = measuring.of_codes(record, person, (pregnancy.STATUS, *pregnancy.DUE))
    state = _person_state(reading.get(record, person), age, [*conditions, *medicines], day, stated)
    goals = reading.of_kind(record, person, "Goal")
    aimed = {goal.text("measure").casefold() for goal in goals}
    aimed |= {key.casefold() for goal in goals if (key := aims.key_of(goal, keys))}
    proposed_goals = []
    for proposal in proposals.every():
        key = aims.key_named(proposal.measure, keys)
        if key is None or not aimed.isdisjoint({proposal.measure.casefold(), key.casefold()}):
            continue
        because = _because(record, proposal, conditions, medicines) if proposal.is_for(state) else None
        if because is None:
            continue
        aimed |= {proposal.measure.casefold(), key.casefold()}
        if _is_open(record, person, proposal, key, day):
            fields = _fields(record, person, proposal, key, day)
            proposed_goals.append(ProposedGoal(proposal.title, because, proposal.source, fields))
    return proposed_goals[:MOST]


def _is_taken(medicine: Entry, day: date) -> bool:
    """Taken or paused on a day, as far as sources say; what a source calls completed isn't asked about."""
    return medicine_states.state_of(medicine, day) in medicine_states.STANDING and medicine.status != Status.COMPLETED


def _person_state(
    person: Entry, age: int | None, current: Sequence[Entry], day: date, facts: Sequence[Entry]
) -> proposals.PersonState:
    """What proposals ask of a person; `told` are the observations that tell of a pregnancy."""
    states = frozenset().union(*(concepts_of(entry, proposals.hindrances()) for entry in current))
    if pregnancy.is_pregnant(facts, day):
        states |= {"pregnancy"}
    return proposals.PersonState(age, person.text("sex"), states)


def _is_open(record: Record, person: PersonId, proposal: proposals.Proposal, key: MeasureKey, day: date) -> bool:
    """Whether the latest result up to the day leaves it open: what is reached already is nobody's goal, nor is one that
    is for a level which nobody measured."""
    points = measuring.series(record, person, key, proposal.unit).points
    latest = [point.value for point in points if point.when <= day][-1:]
    if proposal.from_value is not None and (not latest or latest[0] < proposal.from_value):
        return False
    return not any(proposal.is_met_by(value) for value in latest)


def accept(record: Record, person: PersonId, goal: ProposedGoal) -> Changes:
    """Write a proposed goal as it is, tied to its diagnosis and to a running plan for it (one undoable step)."""
    links = [Link(Role.FOR, goal.because.id)] if goal.because.kind == "Condition" else []
    made = entries.draft("Goal", person, goal.fields, links).having(id=new_id())
    held = next((plan for plan in reading.of_kind(record, person, "CarePlan") if _is_for(plan, goal.because)), None)
    edits: list[Edit] = [Add(made)]
    if held is not None:
        edits.append(Replace(held.having(links=(*held.links, Link(Role.GOAL, made.id)))))
    return change_log.apply(record, _("Set the goal “{title}”").format(title=made.title), edits)


def accept_worded(record: Record, goal: Entry, target: WordedTarget) -> Changes:
    """Give a goal in words the number that its words name (one undoable step); the words stay."""
    fields, words = target.fields, goal.text("target_text")
    if words and is_strict(words) == target.strict:
        fields.pop("target_text", None)
    elif words and "target_text" in fields:
        fields["target_text"] = f"{words} ({fields['target_text']})"
    return entries.edit(record, goal.id, fields)


def own_scale(what: str, at_most: int, day: date, weeks: int = 12) -> dict[str, str]:
    """The fields of a goal that matters to the person, on a scale of 0 to 10 of their own."""
    return {
        "title": what,
        "measure": what,
        "target_high": str(at_most),
        "unit": "{score}",
        "happened": day.isoformat(),
        "due": (day + timedelta(weeks=weeks)).isoformat(),
        "status": "active",
    }


def chosen_measure(record: Record, person: PersonId, name: str) -> MeasureSummary:
    """The measure of the record that somebody means by a name, a code or a printed name of the test (A1c is HbA1c).

    Raises InvalidEntryError that names the person's measures where none is meant, or several are.
    """
    measured = measuring.measures(record, person)
    key = aims.key_named(name, aims.keys_by_name(measured))
    meant = [summary for summary in measured if key is not None and same_measure(summary.key, key)]
    if not meant:
        exact = measuring.key_of(record, person, name)
        meant = [summary for summary in measured if same_measure(summary.key, exact)]
    if len({summary.title.casefold() for summary in meant}) == 1:
        return meant[0]
    names = ", ".join(summary.title for summary in (meant or measured)[:NAMED_MEASURES])
    raise InvalidEntryError(
        _("“{said}” is none of the measures in this record.").format(said=name),
        _("Name one of these: {names}").format(names=names) if names else _("Add a result of it first."),
        "measure",
    )


def set_goal(record: Record, person: PersonId, fields: Mapping[str, str], measure: MeasureSummary | None) -> Changes:
    """Write a goal for a measure of the record, in the unit in which its results are printed where none is given.

    Raises InvalidEntryError where a number or a date can't be read.
    """
    day = records.as_of(record).isoformat()
    about = {"measure": measure.title, "unit": fields.get("unit") or measure.unit} if measure else {}
    values = {**fields, **about, "happened": fields.get("happened") or day, "status": Status.ACTIVE.value}
    made = entries.draft("Goal", person, {name: text for name, text in values.items() if text}).having(id=new_id())
    return change_log.apply(record, _("Set the goal “{title}”").format(title=made.title), [Add(made)])


def _is_for(plan: Entry, because: Entry) -> bool:
    tied = {*plan.targets(Role.TREATS), *plan.targets(Role.INCLUDES)}
    return plan.status in (Status.ACTIVE, Status.NOT_SAID) and because.id in tied


def _because(
    record: Record, proposal: proposals.Proposal, conditions: Sequence[Entry], medicines: Sequence[Entry]
) -> Entry | None:
    """The diagnosis, else the medicine, that calls for it."""
    for entry in conditions:
        if proposal.is_called_for_by(entry):
            return entry
    for entry in medicines:
        treated = reading.many(record, entry.targets(Role.TREATS))
        if proposal.is_called_for_by(entry, [entry.text("reason"), *(illness.title for illness in treated)]):
            return entry
    return None


def _fields(
    record: Record, person: PersonId, proposal: proposals.Proposal, key: MeasureKey, day: date
) -> dict[str, str]:
    fields = {
        "title": proposal.title,
        "measure": proposal.measure,
        "unit": proposal.unit,
        "happened": day.isoformat(),
        "due": (day + timedelta(weeks=proposal.weeks)).isoformat(),
        "status": "active",
        "note": proposal.source,
    }
    numbers = {"target_low": proposal.low, "target_high": proposal.high, "target_change": proposal.change}
    fields |= {name: plain(value) for name, value in numbers.items() if value is not None}
    baseline = aims.baseline(measuring.series(record, person, key, proposal.unit), day)
    return fields | ({"baseline": plain(baseline, BASELINE_FIGURES)} if baseline is not None else {})
