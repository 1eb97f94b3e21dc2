"""Which of a person's entries a packet is made of: all, or the latest of those kinds of which there are too many."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from organizer.base.figures import grouped
from organizer.base.i18n import _
from organizer.health.standing import still_stands, within
from organizer.model.entry import Entry, targets_of
from organizer.model.ids import PersonId
from organizer.model.kinds import KINDS, find_kind
from organizer.model.links import Role
from organizer.packet.facts import LeftOut
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query

MOST = {kind.name: kind.at_most for kind in KINDS if kind.at_most}
"""Nobody reads more, no portal takes more pages; a million results would fill the memory before the first page."""


@dataclass(frozen=True, slots=True)
class PacketEntries:
    """The entries, the latest first, and what stays in the record with how many."""

    entries: list[Entry]
    left_out: tuple[LeftOut, ...]


def of_person(record: Record, person: PersonId, since: str = "") -> PacketEntries:
    """What a packet of the person may show, from a partial date on ("" = all).

    What bears no date, and what is no event of its day but still stands (an allergy, an open diagnosis, a medicine
    that runs), is always there.
    """
    day = records.as_of(record)
    counts = reading.counts(record, person)
    large = [kind for kind, most in MOST.items() if counts.get(kind, 0) > most]
    if not large:
        return PacketEntries(_later(reading.find(record, Query(person=person)), since, day), ())
    entries = reading.find(record, Query(tuple(kind for kind in counts if kind not in large), person))
    for kind in large:
        entries += reading.find(record, Query((kind,), person, limit=MOST[kind]))
    entries.sort(key=attrgetter("day_key"), reverse=True)
    return PacketEntries(_later(entries, since, day), tuple(_older_ones(kind, counts[kind]) for kind in large))


def _later(entries: list[Entry], since: str, day: date) -> list[Entry]:
    entry_ids = {entry.id for entry in entries if within(entry, since, day)}
    # What an open diagnosis or the case rests on belongs to it, however old it is.
    standing = [entry for entry in entries if entry.id in entry_ids and still_stands(entry, day)]
    entry_ids |= targets_of(standing, Role.RESTS_ON) | targets_of(standing, Role.EVIDENCE)
    return [entry for entry in entries if entry.id in entry_ids]


def _older_ones(kind: str, count: int) -> LeftOut:
    words = _("The latest {n} of {of} are looked at; the older ones stay in the record.")
    return LeftOut(_(find_kind(kind).plural), words.format(n=grouped(MOST[kind]), of=grouped(count)))
