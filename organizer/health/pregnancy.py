"""Whether somebody is pregnant on a day, as far as the record says: by a current diagnosis, or by an observation."""

from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter

from organizer.base.dates import parse_date
from organizer.health import problems
from organizer.health.vocabulary import speaks_of
from organizer.model.codes import measured_loinc
from organizer.model.entry import Entry

STATUS = "82810-3"
"""LOINC: Pregnancy status, as the International Patient Summary uses it."""
DUE = frozenset({"11778-8", "11779-6", "11780-4"})
"""LOINC: Delivery date estimated, by whatever method."""
LONGEST = timedelta(days=294)
"""WHO, ICD-10, volume 2: post-term from 42 completed weeks on; a status says nothing of the year after."""
OVERDUE = timedelta(days=14)
"""The same two weeks after the day that was estimated."""
_YES = frozenset({"yes", "sí", "si", "ja", "oui", "la15173-0", "77386006"})
"""Words and codes (LOINC answer, SNOMED CT) for a status without a display of its own."""


def is_pregnant(entries: Sequence[Entry], as_of: date) -> bool:
    """Whether a current diagnosis says so, or the latest of the observations that tell of it and are new enough.

    A diagnosis that nobody ended says nothing any more once it is older than any pregnancy: lists keep them for years.
    """
    statements = [entry for entry in entries if _tells(entry) and entry.happened and entry.happened.first_day <= as_of]
    latest = max(statements, key=attrgetter("day_key"), default=None)
    if latest is not None and _says_so(latest, as_of):
        return True
    return any(
        problems.is_open_illness(entry, "pregnancy", as_of) and not _is_long_ago(entry, as_of) for entry in entries
    )


def _is_long_ago(entry: Entry, as_of: date) -> bool:
    """Whether a pregnancy that nobody ended began longer ago than any lasts."""
    begun = entry.happened
    return begun is not None and as_of - begun.last_day > LONGEST


def _tells(entry: Entry) -> bool:
    return entry.kind == "Observation" and measured_loinc(entry.measure) in {STATUS, *DUE}


def _says_so(entry: Entry, as_of: date) -> bool:
    if _is_long_ago(entry, as_of):
        return False
    if measured_loinc(entry.measure) in DUE:
        due = parse_date(entry.value_text)
        return due is not None and as_of <= due.last_day + OVERDUE
    words = entry.value_text.strip()
    return words.casefold() in _YES or speaks_of(words, "pregnancy")
