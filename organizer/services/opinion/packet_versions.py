"""Packets that were saved for a case: what was chosen, what it was, when and to whom it was sent.

The next packet for the same specialist begins with those choices, in another case too.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from organizer.base.dates import parse_date
from organizer.base.i18n import SOURCE_LANGUAGE, _
from organizer.health.grouping import fold
from organizer.model.case import Case, PacketWish, SavedPacket
from organizer.model.entry import Changes
from organizer.model.ids import EntryId, PersonId
from organizer.packet.packet_input import OWN_LISTS, PacketChoice, PacketResult
from organizer.services.opinion import cases
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.entries import Query


def in_words(packet: SavedPacket) -> str:
    """`39 pages, saved 24 Nov 2026, sent to Dr Osei on 25 Nov 2026`."""
    words = _("{pages} pages, saved {day}").format(pages=packet.pages, day=_spoken(packet.saved_on))
    if not packet.sent_on:
        return words
    sent = _("sent to {whom} on {day}").format(whom=packet.sent_to or _("somebody"), day=_spoken(packet.sent_on))
    return f"{words}, {sent}"


def _spoken(text: str) -> str:
    when = parse_date(text)
    return when.spoken() if when else text


def keep(record: Record, case_id: EntryId, chosen: PacketChoice, result: PacketResult, data: bytes) -> Changes:
    """Note with a case that a packet was saved, and with which choice: the next for the same specialist begins so."""
    case = cases.case_of(record, case_id)
    packet = SavedPacket(
        records.as_of(record).isoformat(),
        result.pages,
        case.specialist,
        case.specialty,
        hashlib.sha256(data).hexdigest()[:12],
        PacketWish(
            chosen.include,
            chosen.exclude,
            chosen.since,
            chosen.page_size,
            chosen.language,
            tuple(sorted(chosen.tick_sensitive)),
            tuple(sorted(chosen.whole)),
            tuple(sorted(chosen.looked_at)),
        ),
    )
    label = _("Saved a packet for “{case}”").format(case=case.title)
    return change_log.apply(record, label, [Replace(case.saved(packet))])


def mark_sent(record: Record, case_id: EntryId, place: int, whom: str) -> Changes:
    """Note that the packet at that place (from 0) was sent today. Raises IndexError for one that isn't there."""
    case = cases.case_of(record, case_id)
    sent = case.sent(place, whom.strip(), records.as_of(record).isoformat())
    label = _("Sent a packet of “{case}”").format(case=case.title)
    return change_log.apply(record, label, [Replace(sent)])


@dataclass(frozen=True, slots=True)
class Beginning:
    """The choice that a packet begins with, and in words where it comes from ("" for the usual one)."""

    choice: PacketChoice
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A saved packet with its case."""

    case: Case
    packet: SavedPacket

    @property
    def specialist(self) -> str:
        """For whom it was meant, to compare by."""
        return fold(self.packet.specialist)


def beginning(record: Record, case: Case | None, person: PersonId) -> Beginning:
    """The choice of the latest packet for the case's specialist, in this case or another; else for the same field.

    Sensitive matters stay ticked only for the same specialist and person, the period only in the same case: what was
    told to one is no consent to tell another.
    """
    if case is None:
        return Beginning(PacketChoice(person))

    earlier = _earlier_packets(record)
    specialist = fold(case.specialist)
    of_this_case = [packet for packet in earlier if packet.case.id == case.id]
    own = [packet for packet in of_this_case if not specialist or packet.specialist == specialist]
    same = [packet for packet in earlier if specialist and packet.specialist == specialist]
    field = [packet for packet in earlier if case.specialty and packet.packet.specialty == case.specialty]
    for packets, words in (
        (own, ""),
        (same, _("It begins with what you chose for {whom} on {day}.")),
        (field, _("It begins with what you chose for the same field on {day}.")),
    ):
        if packets:
            last = packets[-1]
            same_reader = person == last.case.person and packets is not field
            spoken = words.format(whom=case.specialist, day=_spoken(last.packet.saved_on))
            return Beginning(_again(last, case, person, same_reader), spoken)
    return Beginning(PacketChoice(person, case.id))


def last_saved(record: Record, case: Case | None, today: date) -> str:
    """The day (ISO) of the latest packet before today that was saved for the case's specialist; "" where none was."""
    specialist = fold(case.specialist) if case else ""
    if case is None or not specialist:
        return ""
    same = [
        earlier
        for earlier in _earlier_packets(record)
        if earlier.specialist == specialist and earlier.case.person == case.person
    ]
    days = [earlier.packet.saved_on for earlier in same]
    return max((day for day in days if day < today.isoformat()), default="")


def _earlier_packets(record: Record) -> list[_Earlier]:
    """The packets saved for any case of this record, the oldest first."""
    earlier: list[_Earlier] = []
    for entry in reading.find(record, Query(kinds=("OpinionCase",))):
        case = Case(entry)
        earlier += [_Earlier(case, packet) for packet in case.packets]
    return sorted(earlier, key=lambda version: version.packet.saved_on)


def _again(earlier: _Earlier, case: Case, person: PersonId, same_reader: bool) -> PacketChoice:
    wish = earlier.packet.wish
    return PacketChoice(
        person,
        case.id,
        include=wish.include,
        exclude=wish.exclude,
        since=wish.since if earlier.case.id == case.id else "",
        page_size=wish.page_size or "letter",
        language=wish.language or SOURCE_LANGUAGE,
        tick_sensitive=frozenset(wish.tick if same_reader else ()),
        whole=OWN_LISTS if wish.whole is None else frozenset(wish.whole),
        looked_at=frozenset(wish.looked_at if same_reader else ()),
    )
