"""What a reason may look at, and what it gives. Plain data of one person as of one day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from organizer.base.dates import parse_date
from organizer.health.course import PlanCheck
from organizer.health.series import Point
from organizer.health.titles import plain_title
from organizer.model.entry import Entry

YEAR = timedelta(days=365)
OPEN = ("", "open")
"""Statuses of an option that nobody has decided about."""


@dataclass(frozen=True, slots=True)
class SymptomCourse:
    """A symptom over time, oldest first. `key` is its measure's, in small letters.

    `window_days` is how long a treatment of it is given before it is judged; `upward` says that more is better.
    """

    title: str
    key: str
    readings: tuple[Point, ...]
    window_days: int = 56
    upward: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """All that the reasons look at. `entries` are those of the record except single measurements, struck ones too.

    `measured` are the measures (their keys in small letters) for which a plan has a goal; `changed` gives for a
    diagnosis the days on which its title or certainty was changed by hand; `tested` are the days of laboratory results
    and other findings; `said` are the reasons that the person gave in their own words; `for_whom` is the person's name
    where somebody else writes and asks, "" where the person does.
    """

    entries: tuple[Entry, ...]
    plans: tuple[tuple[Entry, PlanCheck], ...]
    as_of: date
    symptoms: tuple[SymptomCourse, ...] = ()
    measured: frozenset[str] = frozenset()
    changed: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    tested: tuple[date, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    for_whom: str = ""

    def say(self, own: str, for_another: str) -> str:
        """A question as the person asks it, or as somebody asks it for `{person}`; both translated."""
        return for_another.format(person=self.for_whom) if self.for_whom else own

    def of_kind(self, *kinds: str) -> list[Entry]:
        """The facts of these kinds, struck ones left out."""
        return [entry for entry in self.entries if entry.kind in kinds and not entry.struck]

    def find(self, entry_id: str) -> Entry | None:
        """The entry of that id, or None."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason found: its id, a title, a sentence in plain words, ids of the entries it rests on, questions.

    `ask` are diagnoses of which the person has not said yet whether they are serious.
    """

    reason: str
    title: str
    sentence: str
    evidence: tuple[str, ...]
    questions: tuple[str, ...]
    ask: tuple[str, ...] = ()


def recorded(entry: Entry) -> date | None:
    """The first day that the record of it may mean: when it was written down, else when it happened."""
    when = parse_date(entry.text("recorded")[:10]) or entry.happened
    return when.first_day if when else None


def within_year(entry: Entry, as_of: date) -> bool:
    """True for what was recorded in the twelve months before a day."""
    day = recorded(entry)
    return day is not None and as_of - YEAR <= day <= as_of


def due_day(entry: Entry, *names: str) -> date | None:
    """The last day that the first of these date fields may mean; None where none holds a date."""
    for name in names:
        when = entry.date(name)
        if when:
            return when.last_day
    return None


def titles(entries: Iterable[Entry]) -> str:
    """Titles in their order, each once whatever its case."""
    names = map(plain_title, entries)
    return ", ".join({name.casefold(): name for name in names}.values())


def ids(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The ids, each once."""
    return tuple(dict.fromkeys(entry.id for entry in entries))
