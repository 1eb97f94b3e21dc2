"""The timeline's events: what is dated and tells the course of things, and which of them weigh most."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from organizer.base.dates import PartialDate
from organizer.base.i18n import _
from organizer.health import printed
from organizer.health import problems as health
from organizer.health.grouping import grouped
from organizer.health.medicines import MedicineState, was_handed_over
from organizer.health.titles import plain_title
from organizer.health.vocabulary import is_about
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.kinds import find_kind, names
from organizer.model.links import Role
from organizer.model.statuses import Status
from organizer.packet.contents.chosen import case_conditions, is_aside, is_circumstance, problems
from organizer.packet.contents.courses import courses, treatments
from organizer.packet.contents.measured import is_asked_for, measured
from organizer.packet.contents.section import Context, asked_once

_WEIGHTY = 2
"""The problems that weigh most belong to the course of things, whether or not a case names them."""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated line of the timeline; `weight` decides what stays where room is short."""

    when: PartialDate
    text: str
    who: str
    entries: tuple[Entry, ...]
    weight: int


@asked_once
def events(context: Context) -> Sequence[Event]:
    """Everything dated that tells the course of things up to the packet's day, oldest first."""
    last = context.packet.as_of.isoformat()
    every = [*_findings(context), *_medicine_events(context), *_goal_events(context), *_result_events(context)]
    past = [event for event in every if event.when.text[:10] <= last and context.usable(event.entries)]
    unique: dict[tuple[str, str], Event] = {}
    for event in sorted(past, key=lambda event: -event.weight):
        unique.setdefault((event.when.text[:10], event.text.casefold()), event)
    return sorted(unique.values(), key=_in_time)


def _in_time(event: Event) -> tuple[str, int, str]:
    """Of one day what weighs most first, then by the source's own title: the same order in every language."""
    return event.when.sort_key, -event.weight, event.entries[0].title


def _findings(context: Context) -> Iterable[Event]:
    linked = case_conditions(context)
    again = _repeated(context)
    standing = [problem for problem in problems(context) if problem.state in health.OPEN]
    weighty = {problem.entry.id for problem in standing[:_WEIGHTY]}
    for entry in context.of_kind(*names(lambda kind: kind.weight)):
        weight = _weight(entry, linked, context.packet.as_of)
        weight = 7 if weight and entry.id in weighty and weight < 7 else weight
        if weight and entry.happened is not None and entry.id not in again:
            who = find_kind(entry.kind).author_and_place(entry)
            yield Event(entry.happened, _event_text(entry), who, (entry,), weight)


def _repeated(context: Context) -> set[str]:
    """Ids of diagnoses that another source tells of the same day under the same meaning, and more precisely or first.

    The same illness on another day is another event.
    """
    again: set[str] = set()
    for group in grouped(entry for entry in context.of_kind("Condition") if not entry.text("quote")):
        days: list[str] = []
        for entry in sorted(group, key=lambda entry: -len(_day(entry))):
            if any(other.startswith(_day(entry)) for other in days):
                again.add(entry.id)
            days.append(_day(entry))
    return again


def _day(entry: Entry) -> str:
    return entry.happened.text[:10] if entry.happened else ""


def _weight(entry: Entry, linked: frozenset[EntryId], as_of: date) -> int:
    """How much an entry tells of the course of things: its kind's weight, more where it is about the case."""
    usual = find_kind(entry.kind).weight
    if entry.kind == "Observation":
        return usual if entry.text("category") == "symptom" and entry.value is None else 0
    if entry.kind == "DiagnosticReport":
        return usual if _is_an_event(entry) else 0
    if entry.kind == "Condition":
        return _weight_of_problem(entry, usual, linked, as_of)

    # What is only planned has not told anything yet; what keeps the papers in order tells nothing.
    if entry.status in (Status.PLANNED, Status.PREPARATION) or is_about(entry, "clerical"):
        return 0
    if linked.intersection(entry.targets(Role.TREATS)):
        return 8
    is_going_on = entry.kind == "Procedure" and entry.status == Status.IN_PROGRESS
    return usual + 2 if is_going_on else usual


def _is_an_event(report: Entry) -> bool:
    """Whether a report tells of something that was found; an EEG or a nerve test has no group of its own."""
    group = report.text("category")
    is_concluded = bool(report.text("conclusion")) and group != "laboratory"
    return is_concluded or group in ("imaging", "pathology", "genetics")


def _weight_of_problem(problem: Entry, usual: int, linked: frozenset[EntryId], as_of: date) -> int:
    if not health.is_problem(problem) or is_circumstance(problem):
        return 0
    if problem.id in linked:
        return 9
    is_open = health.state_of(problem, as_of) in health.OPEN
    return usual if is_open and not is_aside(problem) else usual - 1


def _event_text(entry: Entry) -> str:
    if entry.kind == "Condition" and entry.text("quote"):
        return _("Told “{diagnosis}”").format(diagnosis=plain_title(entry))
    value = entry.spoken_value() if entry.kind == "Observation" else ""
    return f"{plain_title(entry)}: {value}" if value else plain_title(entry)


def _medicine_events(context: Context) -> Iterable[Event]:
    near = {course.name for course in treatments(context)[:6]}
    # What is planned hasn't begun, and what was never taken never did.
    not_begun = (MedicineState.PLANNED, MedicineState.NEVER_TAKEN)
    for course in [course for course in courses(context) if course.state not in not_begun]:
        weight = 5 if course.name in near else 2
        first, last = course.spans[0], course.last
        if first.happened is not None:
            text = _beginning(first).format(medicine=course.name)
            yield Event(first.happened, text, first.text("prescriber"), (first,), weight)

        was_stopped = course.state is MedicineState.ENDED and last.status == Status.STOPPED
        if was_stopped and last.ended is not None:
            text = _("Stopped {medicine}").format(medicine=course.name)
            yield Event(last.ended, text, last.text("prescriber"), (last,), weight - 1)


def _beginning(span: Entry) -> str:
    """What the first day of a medicine tells: that it was begun, handed over by a pharmacy, or given that day."""
    if was_handed_over(span):
        return _("{medicine} was handed over")
    is_of_one_day = span.ended is not None and span.ended == span.happened
    return _("{medicine} was given") if is_of_one_day else _("Started {medicine}")


def _goal_events(context: Context) -> Iterable[Event]:
    for entry in context.of_kind("Goal"):
        due = entry.date("due")
        if due is not None:
            yield Event(due, _("Goal date: {goal}").format(goal=entry.title), "", (entry,), 5)


def _result_events(context: Context) -> Iterable[Event]:
    """The results that weigh most: of the first both ends, of two more the latest."""
    telling = [result for result in measured(context) if result.series.goal.text or is_asked_for(context, result)]
    ends = [(result, len(result.points) - 1, 4 - number) for number, result in enumerate(telling[:3])]
    if ends and ends[0][1] > 0:
        ends.insert(0, (telling[0], 0, 4))
    for result, place, weight in ends:
        entry = result.entries[place]
        if entry.happened is not None:
            value = printed.short(result.points[place], result.series.unit)
            yield Event(entry.happened, f"{result.title} {value}", entry.text("performer"), (entry,), weight)


def weightiest(listed: Sequence[Event], count: int) -> list[int]:
    """The places in the list of the `count` events of most weight, newer ones first among equals; in their order."""
    ranked = sorted(
        range(len(listed)), key=lambda place: (listed[place].weight, listed[place].when.sort_key), reverse=True
    )
    return sorted(ranked[:count])
