"""The newest other results that lie outside what is usual: a goal that is met says nothing of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter

from organizer.base.analytes import converted, siblings_of
from organizer.health.course.measures import find
from organizer.health.key_results import is_abnormal
from organizer.health.series import Range
from organizer.model.codes import measured_loinc
from organizer.model.entry import Entry

NEW = timedelta(days=31)
"""A result of a month ago still stands beside a verdict of today (design judgement)."""
_RECENT = range(NEW.days + 1)
_WATCHED = (
    "2823-3",  # potassium
    "2951-2",  # sodium
    "2160-0",  # creatinine
    "33914-3",  # eGFR
    "718-7",  # haemoglobin
    "777-3",  # platelets
    "751-8",  # neutrophils
    "6690-2",  # leucocytes
    "17861-6",  # calcium
    "3016-3",  # TSH
    "1742-6",  # ALT
    "1920-8",  # AST
    "1975-2",  # bilirubin
    "2157-6",  # creatine kinase
    "14334-7",  # lithium
    "6301-6",  # INR
    "2345-7",  # glucose
)
"""LOINC of what treatments are watched by (design judgement)."""


def outside_usual(results: Iterable[Entry], day: date, goal_code: str, is_grown: bool) -> list[Entry]:
    """The newest result of each watched test within a month, where it lies outside; the goal's own measure left out.

    Outside is what the laboratory flagged or printed a range for; of a grown-up also what lies beyond published ends.
    """
    numbers = (entry for entry in results if _is_number_of_now(entry, day))
    newest = {_alike(measured_loinc(entry.measure)): entry for entry in sorted(numbers, key=attrgetter("day_key"))}
    watched = {_alike(code): code for code in _WATCHED}
    watched.pop(_alike(goal_code), None)
    of_now = [(newest[codes], code) for codes, code in watched.items() if codes in newest]
    return [entry for entry, code in of_now if is_abnormal(entry) or (is_grown and _is_beyond_published(entry, code))]


def _is_number_of_now(entry: Entry, day: date) -> bool:
    if entry.happened is None or entry.value is None:
        return False
    return entry.is_fact and (day - entry.happened.first_day).days in _RECENT


def _alike(code: str) -> frozenset[str]:
    """The codes of what a code measures."""
    return frozenset((code, *siblings_of(code)))


def _is_beyond_published(entry: Entry, code: str) -> bool:
    """Whether a number surely lies beyond the published ends of what is usual."""
    measure = find(code)
    value = converted(entry.value or 0.0, entry.unit, measure.unit, code) if measure else None
    if measure is None or value is None:
        return False
    usual = Range(measure.low_limit, measure.high_limit)
    return measure.plausible(value) and bool(usual.side_of(value, entry.comparator))
