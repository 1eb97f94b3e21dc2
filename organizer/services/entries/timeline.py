"""Everything of a person by date: how much on which day, the treatments that ran, and the entries page by page."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from organizer.base.dates import PartialDate
from organizer.base.groups import group_of_each
from organizer.health.series import Span
from organizer.health.spans import spans_of
from organizer.model.entry import Entry
from organizer.model.facets import TIMELINE
from organizer.model.ids import EntryId, PersonId
from organizer.model.kinds import KINDS
from organizer.services.entries.entries import Query
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading


def _groups() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Rows in which no kind stands are left out."""
    members: dict[str, list[str]] = {group: [] for group in TIMELINE}
    for kind in KINDS:
        if kind.timeline:
            members[kind.timeline].append(kind.name)
    return {group: (label, tuple(members[group])) for group, label in TIMELINE.items() if members[group]}


GROUPS = _groups()
"""What the timeline's rows are called and which kinds stand in them, as the kinds declare it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """So many entries of one group within a day, month or year; `key` is the partial date."""

    group: str
    key: str
    count: int

    @property
    def first_day(self) -> date:
        """The first day that it may mean."""
        return PartialDate(self.key).first_day

    @property
    def last_day(self) -> date:
        """The last day that it may mean."""
        return PartialDate(self.key).last_day


@dataclass(frozen=True, slots=True)
class Timeline:
    """Moments by day, the earliest first, and the stretches of treatment."""

    moments: tuple[Moment, ...]
    spans: tuple[Span, ...]

    @property
    def ends(self) -> tuple[date, date] | None:
        """The first and the last day of all that is dated; None where nothing is."""
        days = list(chain.from_iterable((moment.first_day, moment.last_day) for moment in self.moments))
        return (min(days), max(days)) if days else None


def timeline(record: Record, person: PersonId, groups: Sequence[str] = ()) -> Timeline:
    """A person's moments of these groups (none named: all), counted by day, and what was taken when."""
    group_of = group_of_each({group: GROUPS[group][1] for group in groups or GROUPS})
    counts: dict[tuple[str, str], int] = {}
    for kind, day, count in reading.day_counts(record, person, tuple(group_of)):
        place = (day, group_of[kind])
        counts[place] = counts.get(place, 0) + count
    moments = tuple(Moment(group, day, count) for (day, group), count in sorted(counts.items()))
    taken = Query(kinds=("MedicationStatement",), person=person, order="happened", include_struck=False)
    return Timeline(moments, tuple(spans_of(reading.find(record, taken), records.as_of(record))))


def gathered(moments: Sequence[Moment], length: int) -> list[Moment]:
    """The moments of a day put together by year (`length` 4), month (7) or day (10) of their partial date."""
    counts: dict[tuple[str, str], int] = {}
    for moment in moments:
        place = (moment.key[:length], moment.group)
        counts[place] = counts.get(place, 0) + moment.count
    return [Moment(group, key, count) for (key, group), count in counts.items()]


def query(
    person: PersonId, groups: Sequence[str], since: date, until: date, text: str = "", order: str = "-happened"
) -> Query:
    """What asks for the entries of these groups between two days, both inclusive."""
    kinds = tuple(chain.from_iterable(GROUPS[group][1] for group in groups or GROUPS))
    # A year or a month sorts before its first day: from the evening before it is found too.
    before = since.isoformat()
    if since.day == 1:
        before = before[:4] if since.month == 1 else before[:7]
    return Query(kinds=kinds, person=person, since=before, until=until.isoformat(), text=text, order=order)


def numbers(record: Record, asked: Query) -> "array[int]":
    """All entries that a query asks for as numbers, in its order; `page` reads some of them."""
    return reading.numbers(record, asked)


def ids(record: Record, wanted: Sequence[int]) -> list[EntryId]:
    """The ids of the entries of these numbers, in their order; of many without reading the entries."""
    return reading.ids(record, wanted)


def page(record: Record, wanted: Sequence[int]) -> list[Entry]:
    """The entries of these numbers as far as a list shows them: without sources and links."""
    return [entry for _number, entry in reading.numbered(record, wanted)]
