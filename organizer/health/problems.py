"""Diagnoses: current, past, ruled out or unsettled; one line for what several sources or views tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from organizer.base.i18n import marked
from organizer.health.absence import absence_of
from organizer.health.grouping import fold, grouped, titles_of
from organizer.health.titles import plain_title
from organizer.health.vocabulary import framed, is_about
from organizer.model.entry import Entry, targets_of
from organizer.model.links import Role
from organizer.model.statuses import AnyVerification, Status, Verification


class ProblemState(StrEnum):
    """How a diagnosis stands on a day."""

    CURRENT = "current"
    PAST = "past"
    REFUTED = "refuted"
    PROVISIONAL = "provisional"
    DIFFERENTIAL = "differential"
    OF_A_RELATIVE = "of-a-relative"
    NOT_SAID = "not-said"


WORDS = {
    ProblemState.CURRENT: marked("current"),
    ProblemState.PAST: marked("past"),
    ProblemState.REFUTED: marked("ruled out"),
    ProblemState.PROVISIONAL: marked("provisional"),
    ProblemState.DIFFERENTIAL: marked("one of several"),
    ProblemState.OF_A_RELATIVE: marked("of a relative"),
    ProblemState.NOT_SAID: marked("not said whether current"),
}
_CLOSED = (ProblemState.PAST, ProblemState.REFUTED, ProblemState.OF_A_RELATIVE)
OPEN = frozenset({state for state in ProblemState if state not in _CLOSED})
"""Not over: current, unsettled, or not said."""

_CURRENT = frozenset({Status.ACTIVE, Status.RECURRENCE, Status.RELAPSE})
_PAST = frozenset({Status.RESOLVED, Status.INACTIVE, Status.REMISSION})
"""FHIR R4 condition-clinical (hl7.org/fhir/R4/valueset-condition-clinical.html; looked up 2026-11-29)."""
_UNSETTLED: Mapping[AnyVerification, ProblemState] = {
    Verification.PROVISIONAL: ProblemState.PROVISIONAL,
    Verification.UNCONFIRMED: ProblemState.PROVISIONAL,
    Verification.DIFFERENTIAL: ProblemState.DIFFERENTIAL,
}
_RANK = {
    ProblemState.CURRENT: 0,
    ProblemState.PROVISIONAL: 1,
    ProblemState.DIFFERENTIAL: 1,
    ProblemState.NOT_SAID: 2,
    ProblemState.PAST: 3,
    ProblemState.REFUTED: 4,
    ProblemState.OF_A_RELATIVE: 5,
}


def state_of(entry: Entry, as_of: date) -> ProblemState:
    """How one telling of a diagnosis stands on a day: ruled out, then over, then how sure, then its course.

    What its own title says counts before its status: lists write `Mother: breast cancer` and `Gout (ruled out)` among
    the rest, and call them active.
    """
    frame = framed(entry.title)
    if entry.struck or "negated" in frame:
        return ProblemState.REFUTED
    if "family" in frame:
        return ProblemState.OF_A_RELATIVE
    if entry.status in _PAST or (entry.ended is not None and entry.ended.last_day < as_of):
        return ProblemState.PAST
    unsettled = _UNSETTLED.get(entry.verification)
    if unsettled is not None:
        return unsettled
    if "uncertain" in frame and entry.verification != Verification.CONFIRMED:
        return ProblemState.PROVISIONAL
    return ProblemState.CURRENT if entry.status in _CURRENT else ProblemState.NOT_SAID


def is_problem(entry: Entry) -> bool:
    """True for a diagnosis, whatever its state; False for “no current problems”."""
    return entry.kind == "Condition" and absence_of(entry) is None


def is_open(entry: Entry, as_of: date) -> bool:
    """True for a diagnosis that isn't known to be over."""
    return state_of(entry, as_of) in OPEN


def is_open_illness(entry: Entry, concept: str, as_of: date) -> bool:
    """True for a diagnosis of that illness which isn't known to be over."""
    return entry.kind == "Condition" and is_open(entry, as_of) and is_about(entry, concept)


@dataclass(frozen=True, slots=True)
class Problem:
    """One diagnosis over all tellings: `entry` leads, `state` is how it stands, `otherwise` says it stands else."""

    entry: Entry
    state: ProblemState
    entries: tuple[Entry, ...]
    otherwise: tuple[Entry, ...] = ()

    @property
    def also(self) -> tuple[str, ...]:
        """What other sources call it."""
        return tuple(title for title in titles_of(self.entries) if fold(title) != fold(plain_title(self.entry)))


def problems(entries: Iterable[Entry], as_of: date) -> list[Problem]:
    """The diagnoses among the entries, one for each group of the same meaning; earlier views that another entry
    revises, what is struck, and statements that there is none are left out. The latest day comes first."""
    conditions = [entry for entry in entries if is_problem(entry) and not entry.struck]
    revised = targets_of(conditions, Role.REVISES)
    living = sorted((entry for entry in conditions if entry.id not in revised), key=attrgetter("day_key"), reverse=True)
    return [_problem(group, as_of) for group in grouped(living)]


def _problem(group: list[Entry], as_of: date) -> Problem:
    lead = min(group, key=lambda entry: _RANK[state_of(entry, as_of)])
    state = state_of(lead, as_of)
    otherwise = tuple(entry for entry in group if state in OPEN and _ended_since(entry, lead, as_of))
    return Problem(lead, state, tuple(group), otherwise)


def _ended_since(entry: Entry, lead: Entry, as_of: date) -> bool:
    """True where another telling says that it is over, and not of an earlier time of the same illness."""
    if state_of(entry, as_of) is not ProblemState.PAST:
        return False
    begun, over = lead.happened, entry.ended
    return begun is None or over is None or over.sort_key > begun.sort_key
