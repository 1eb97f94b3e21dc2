"""What makes a diagnosis unclear: lasting doubt, changes, records that differ, no test behind it."""

from datetime import date, timedelta
from itertools import chain

from organizer.health import problems
from organizer.health.opinion.belonging import same_doctor
from organizer.health.opinion.same_illness import UNSURE
from organizer.health.opinion.serious import is_serious
from organizer.health.opinion.view import YEAR, View, recorded, within_year
from organizer.model.entry import Entry, targets_of
from organizer.model.ids import EntryId
from organizer.model.links import Role
from organizer.model.statuses import Status, Verification

EIGHT_WEEKS = timedelta(weeks=8)
TEST_BEFORE, TEST_AFTER = timedelta(days=365), timedelta(days=60)
MOST_SYMPTOMS = 5


def long_unsure(view: View) -> list[Entry]:
    """Provisional, differential or unconfirmed for more than eight weeks."""
    return [
        entry
        for entry in view.of_kind("Condition")
        if entry.verification in UNSURE
        and problems.is_open(entry, view.as_of)
        and (day := recorded(entry)) is not None
        and view.as_of - day > EIGHT_WEEKS
    ]


def revised(view: View) -> list[Entry]:
    """Illnesses of which the view changed twice or more within twelve months, with all their earlier views."""
    entries: list[Entry] = []
    for views in _chains(view):
        days = set(chain.from_iterable(view.changed.get(entry.id, ()) for entry in views))
        days |= {day for entry in views if entry.targets(Role.REVISES) and (day := recorded(entry))}
        recent = [day for day in days if view.as_of - timedelta(days=365) <= day <= view.as_of]
        if len(recent) >= 2:
            entries += views
    return entries


def replaced(view: View) -> list[Entry]:
    """Diagnoses that followed one another without a link: two or more that were never certain and stand no more, and
    the one that stands now, told within twelve months of one another; in the order of time.

    A cold and a sprain that are over follow one another too: only what was told as unsure, and didn't come to an end
    as an illness does, counts. Doctors of two specialties speak of two illnesses.
    """
    linked = targets_of(view.of_kind("Condition"), Role.REVISES)
    linked |= {entry.id for entry in view.of_kind("Condition") if entry.targets(Role.REVISES)}
    entries = [
        entry for entry in view.entries if entry.kind == "Condition" and entry.id not in linked and recorded(entry)
    ]
    entries.sort(key=lambda entry: recorded(entry) or view.as_of)
    standing = [entry for entry in entries if problems.is_open(entry, view.as_of) and within_year(entry, view.as_of)]
    if not standing:
        return []
    newest = standing[-1]
    until = recorded(newest) or view.as_of
    dropped = [
        entry
        for entry in entries
        if _was_dropped(entry)
        and until - timedelta(days=365) <= (recorded(entry) or until) < until
        and _same_field(view, entry, newest)
    ]
    titles_told = {entry.title.casefold() for entry in (*dropped, newest)}
    return [*dropped, newest] if len(titles_told) > 2 else []


def _was_dropped(condition: Entry) -> bool:
    """Ruled out or withdrawn, or unsure when it was told and not active any more."""
    if condition.verification in (Verification.REFUTED, Verification.WITHDRAWN):
        return True
    return condition.verification in UNSURE and condition.status == Status.INACTIVE


def _same_field(view: View, first: Entry, other: Entry) -> bool:
    """False where both doctors' specialties are known and differ."""
    fields = {field.casefold() for field in (_specialty(view, first), _specialty(view, other)) if field}
    return len(fields) < 2


def _specialty(view: View, condition: Entry) -> str:
    who = condition.text("made_by")
    specialists = (entry for entry in view.of_kind("Practitioner") if same_doctor(entry.title, who))
    return next((entry.text("specialty") for entry in specialists if entry.text("specialty")), "")


def disagreeing(view: View) -> list[Entry]:
    """Diagnoses that one record holds and another one rules out, or that an import found in conflict."""
    conditions = [
        entry for entry in view.entries if entry.kind == "Condition" and entry.status != Status.ENTERED_IN_ERROR
    ]
    entries = [
        condition
        for condition in conditions
        if any(view.find(target) for target in condition.targets(Role.CONFLICTS_WITH))
    ]
    refuted = [condition for condition in conditions if condition.verification == Verification.REFUTED]
    for no in refuted:
        for yes in conditions:
            other = yes.text("made_by") != no.text("made_by")
            same = yes.title.casefold() == no.title.casefold() and not yes.struck
            named = yes.text("made_by") and no.text("made_by")
            if same and other and named and problems.is_open(yes, view.as_of):
                entries += [yes, no]
    return [entry for entry in {entry.id: entry for entry in entries}.values() if within_year(entry, view.as_of)]


def limited_testing(view: View) -> list[Entry]:
    """Diagnoses of weight (serious, or treated by a plan, or a case's subject) without a test or report behind them.

    Any laboratory result, report or examination in the year before or the sixty days after counts as one.
    """
    weighty = targets_of(view.of_kind("CarePlan"), Role.TREATS)
    weighty |= targets_of(view.of_kind("OpinionCase"), Role.ABOUT)
    return [
        entry
        for entry in view.of_kind("Condition")
        if (is_serious(entry) or entry.id in weighty)
        and problems.is_problem(entry)
        and problems.is_open(entry, view.as_of)
        and within_year(entry, view.as_of)
        and not (entry.happened and entry.happened.last_day < view.as_of - YEAR)  # what began long ago was tested then
        and not entry.targets(Role.RESTS_ON)
        and not _tested(view, recorded(entry))
    ]


def overlapping(view: View) -> list[EntryId]:
    """Ids of symptoms that are written down in the last year: they may belong to more than one illness."""
    since = view.as_of - timedelta(days=365)
    shown = [
        course.readings[-1].entry_id
        for course in view.symptoms
        if course.readings and since <= course.readings[-1].when <= view.as_of
    ]
    return shown[:MOST_SYMPTOMS]


def _tested(view: View, day: date | None) -> bool:
    return day is not None and any(day - TEST_BEFORE <= test <= day + TEST_AFTER for test in view.tested)


def _chains(view: View) -> list[list[Entry]]:
    """Each newest view of an illness with those that it revises, newest first."""
    conditions = {entry.id: entry for entry in view.entries if entry.kind == "Condition"}
    earlier = targets_of(conditions.values(), Role.REVISES)
    chains = []
    for entry in conditions.values():
        if entry.id in earlier:
            continue
        views: list[Entry] = []
        waiting = [entry]
        while waiting:
            here = waiting.pop()
            if here in views:
                continue
            views.append(here)
            waiting += [conditions[target] for target in here.targets(Role.REVISES) if target in conditions]
        chains.append(views)
    return chains
