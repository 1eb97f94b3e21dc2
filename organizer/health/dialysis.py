"""Whether somebody is on dialysis: then creatinine rises between two sessions, and that is no acute injury."""

from collections.abc import Sequence
from datetime import date, timedelta

from organizer.health import problems
from organizer.health.vocabulary import is_about
from organizer.model.entry import Entry

_DIALYSIS, _TRANSPLANT = "dialysis", "transplant-state"
_SESSION = timedelta(days=31)
"""A session of dialysis so long ago tells of dialysis now: there are several a week (design judgement)."""


def is_on_dialysis(entries: Sequence[Entry], as_of: date) -> bool:
    """Whether a current diagnosis says so, or a session of the last month; not where a transplant is current, whose
    creatinine matters more than anybody's. KDIGO 2012, section 2.1, is about kidneys that work."""
    illnesses = [entry for entry in entries if entry.kind == "Condition" and problems.is_open(entry, as_of)]
    if any(is_about(entry, _TRANSPLANT) for entry in illnesses):
        return False
    sessions = [entry for entry in entries if entry.kind == "Procedure" and _is_recent(entry, as_of)]
    return any(is_about(entry, _DIALYSIS) for entry in (*illnesses, *sessions))


def _is_recent(entry: Entry, as_of: date) -> bool:
    day = entry.happened
    return entry.is_fact and day is not None and timedelta(0) <= as_of - day.first_day <= _SESSION
