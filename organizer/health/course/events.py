"""What happened in a plan, and besides it: doses, stops, side effects, revisions, another laboratory, an illness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from operator import attrgetter

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.health.course.model import EventKind, PlanEvent, Quoted, SideEffect, Treatment
from organizer.health.medicines import MedicineState, is_medicine, is_same_medicine, same_medicine, state_of
from organizer.health.series import Point, Series
from organizer.health.titles import plain_title
from organizer.health.vocabulary import is_about, speaks_of
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status

SWITCH_WITHIN = timedelta(days=14)
NEAR_A_RESULT = timedelta(days=30)


def treatment_of(included: Sequence[Entry]) -> Treatment:
    """What kind of treatment a plan holds: a medicine, else a talking therapy among what is done; "" where unsaid."""
    if any(entry.kind == "MedicationStatement" for entry in included):
        return "medicine"
    talking = any(is_about(entry, "psychotherapy") for entry in included)
    return "psychotherapy" if talking else ""


def events(included: Sequence[Entry], medicines: Sequence[Entry], as_of: date) -> tuple[PlanEvent, ...]:
    """Starts, changes of dose, switches and stops of the plan's medicines, from the spans of the same medicine.

    What is only planned on that day, or was never taken, is no event.
    """
    course: list[PlanEvent] = []
    begun = [span for span in medicines if span.happened and _has_begun(span, as_of)]
    for group in same_medicine(included):
        spans = [span for span in begun if is_same_medicine(span, group)]
        if spans:
            course += [_start(spans[0]), *_dose_changes(spans), *_stop(spans[-1], as_of)]
    return tuple(_switches(sorted(course, key=attrgetter("when"))))


def _has_begun(span: Entry, as_of: date) -> bool:
    return is_medicine(span) and state_of(span, as_of) not in (MedicineState.PLANNED, MedicineState.NEVER_TAKEN)


def side_effect(entry: Entry) -> SideEffect:
    """An adverse event with a day as the check takes it."""
    assert entry.happened is not None
    stopped = bool(entry.data.get("led_to_stop"))
    return SideEffect(entry.happened.first_day, plain_title(entry), entry.text("severity"), stopped, entry.id)


def revision_days(treated: Iterable[Entry], conditions: Sequence[Entry]) -> tuple[date, ...]:
    """The days on which the diagnosis that is treated was revised: each entry that revises an earlier one."""
    by_id = {condition.id: condition for condition in conditions}
    earlier = {
        condition.id: [target for target in condition.targets(Role.REVISES) if target in by_id]
        for condition in conditions
    }
    days, met = [], set()
    waiting = [entry.id for entry in treated if entry.id in by_id]

    # From one view of the illness to those that it revises and those that revise it, until all have been met.
    while waiting:
        view = by_id[waiting.pop()]
        if view.id in met:
            continue
        met.add(view.id)
        waiting += earlier[view.id]
        waiting += [later for later, revised in earlier.items() if view.id in revised]
        if earlier[view.id] and view.happened:
            days.append(view.happened.first_day)
    return tuple(sorted(days))


def quoted(reports: Iterable[Entry]) -> tuple[Quoted, ...]:
    """Reports with a day and words, to be quoted."""
    quotes = []
    for report in reports:
        words = report.text("conclusion") or report.text("text")
        if report.happened and words:
            quotes.append(Quoted(report.happened.first_day, words, report.id))
    return tuple(quotes)


def _start(span: Entry, kind: EventKind = "start") -> PlanEvent:
    assert span.happened is not None
    return PlanEvent(span.happened.first_day, kind, span.title, span.id)


def _dose_changes(spans: Sequence[Entry]) -> list[PlanEvent]:
    dosed = [(span, span.data.get("dose_value")) for span in spans]
    changes = []
    for (_before, old), (after, new) in pairwise(dosed):
        if old is None or new is None or old == new:
            continue
        changes.append(_start(after, "dose-up" if new > old else "dose-down"))
    return changes


def _stop(span: Entry, as_of: date) -> list[PlanEvent]:
    if span.ended is None or state_of(span, as_of) is not MedicineState.ENDED:
        return []
    no_effect = span.text("effect") == "not" or speaks_of(span.text("stop_reason"), "no-effect")
    return [PlanEvent(span.ended.last_day, "stop", span.title, span.id, no_effect)]


def _switches(course: Sequence[PlanEvent]) -> Iterable[PlanEvent]:
    """A start within two weeks of another medicine's stop is a switch."""
    stops = [event for event in course if event.kind == "stop"]
    for event in course:
        near = [stop for stop in stops if abs(event.when - stop.when) <= SWITCH_WITHIN]
        replaces = any(stop.what != event.what for stop in near)
        yield replace(event, kind="switch") if event.kind == "start" and replaces else event


@dataclass(frozen=True, slots=True)
class Besides:
    """Something besides the plan that may lie behind a result: a sentence, and the entry that tells of it."""

    sentence: str
    entry_id: EntryId


def besides(series: Series, included: Sequence[Entry], near: Iterable[Entry], as_of: date) -> tuple[Besides, ...]:
    """What besides the plan may lie behind the latest results: another laboratory, an infection, missed doses."""
    points = [point for point in series.points if point.when <= as_of]
    if not points:
        return ()
    circumstances = [*_other_laboratory(points), *_infections(points[-3:], near), *_missed_doses(included)]
    return tuple({circumstance.sentence: circumstance for circumstance in reversed(circumstances)}.values())[::-1]


def _other_laboratory(points: Sequence[Point]) -> Iterable[Besides]:
    last = points[-1]
    others = {point.performer for point in points[:-1] if point.performer}
    if last.performer and others and last.performer not in others:
        sentence = _("The last result comes from another laboratory ({place}); laboratories differ a little.")
        yield Besides(sentence.format(place=last.performer), last.entry_id)


def _infections(points: Sequence[Point], near: Iterable[Entry]) -> Iterable[Besides]:
    sentence = _("{what} on {day} was shortly before a result; illness can change results for a while.")
    for entry in near:
        day = entry.happened.first_day if entry.happened else None
        if day is None or not is_about(entry, "infection"):
            continue
        if any(timedelta(0) <= point.when - day <= NEAR_A_RESULT for point in points):
            yield Besides(sentence.format(what=plain_title(entry), day=spoken_day(day)), entry.id)


def _missed_doses(included: Iterable[Entry]) -> Iterable[Besides]:
    sentence = _("{medicine} was paused or doses were missed, as the record says.")
    for medicine in included:
        paused = medicine.status in (Status.ON_HOLD, Status.NOT_TAKEN)
        if paused or speaks_of(medicine.text("note"), "missed-doses"):
            yield Besides(sentence.format(medicine=plain_title(medicine)), medicine.id)
