"""Packets that were saved for a case: what was chosen, what it was, when and to whom it was sent.

The next packet for the same specialist begins with those choices, in another case too.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from organizer.base.dates import parse_date
from organizer.base.i18n import SOURCE_LANGUAGE, _
from organizer.health.grouping import fold
from organizer.model.entry import Changes, Entry, Json
from organizer.model.ids import EntryId, PersonId
from organizer.packet.packet_input import OWN_LISTS, PacketChoice, PacketResult
from organizer.services.record import records
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.entries import Query


@dataclass(frozen=True, slots=True)
class Version:
    """A packet as it was saved: its place in the list from 0, its day and pages, and where it went."""

    place: int
    saved_on: str
    pages: int
    sent_to: str
    sent_on: str

    def said(self) -> str:
        """`39 pages, saved 24 Nov 2026, sent to Dr Osei on 25 Nov 2026`."""
        words = _("{pages} pages, saved {day}").format(pages=self.pages, day=_spoken(self.saved_on))
        if not self.sent_on:
            return words
        sent = _("sent to {whom} on {day}").format(whom=self.sent_to or _("somebody"), day=_spoken(self.sent_on))
        return f"{words}, {sent}"


def _spoken(text: str) -> str:
    when = parse_date(text)
    return when.spoken() if when else text


def versions(case: Entry | None) -> list[Version]:
    """The versions of a case, the oldest first."""
    return [
        Version(
            place,
            str(row.get("saved_on", "")),
            int(row.get("pages") or 0),
            str(row.get("sent_to", "")),
            str(row.get("sent_on", "")),
        )
        for place, row in enumerate(_rows(case))
    ]


def _rows(case: Entry | None) -> list[dict[str, Json]]:
    return [dict(row) for row in case.rows("packets")] if case else []


def keep(record: Record, case_id: EntryId, chosen: PacketChoice, result: PacketResult, data: bytes) -> Changes:
    """Note with a case that a packet was saved, and with which choice: the next for the same specialist begins so."""
    case = reading.get(record, case_id)
    row: dict[str, Json] = {
        "saved_on": records.as_of(record).isoformat(),
        "pages": result.pages,
        "fingerprint": hashlib.sha256(data).hexdigest()[:12],
        "choice": {
            "include": list(chosen.include) if chosen.include is not None else None,
            "exclude": list(chosen.exclude),
            "since": chosen.since,
            "page_size": chosen.page_size,
            "language": chosen.language,
            "tick": sorted(chosen.tick_sensitive),
            "whole": sorted(chosen.whole),
            "looked_at": sorted(chosen.looked_at),
        },
        "specialist": case.text("specialist"),
        "specialty": case.text("specialty"),
    }
    return _written(record, case, [*_rows(case), row], _("Saved a packet for “{case}”"))


def mark_sent(record: Record, case_id: EntryId, place: int, whom: str) -> Changes:
    """Note that a version was sent today. Raises IndexError for a version that isn't there."""
    case = reading.get(record, case_id)
    rows = _rows(case)
    rows[place] |= {"sent_to": whom.strip(), "sent_on": records.as_of(record).isoformat()}
    return _written(record, case, rows, _("Sent a packet of “{case}”"))


def _written(record: Record, case: Entry, rows: list[dict[str, Json]], label: str) -> Changes:
    edited = case.having(data={**case.data, "packets": rows})
    return change_log.apply(record, label.format(case=case.title), [Replace(edited)])


@dataclass(frozen=True, slots=True)
class Beginning:
    """The choice that a packet begins with, and in words where it comes from ("" for the usual one)."""

    choice: PacketChoice
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A saved packet's row with its case, the specialist and the field that it was meant for."""

    case: Entry
    row: Mapping[str, Json]
    specialist: str
    specialty: str

    @property
    def chosen(self) -> Mapping[str, Json]:
        """What was chosen for it."""
        choice = self.row.get("choice")
        return choice if isinstance(choice, Mapping) else {}


def beginning(record: Record, case: Entry | None, person: PersonId) -> Beginning:
    """The choice of the latest packet for the case's specialist, in this case or another; else for the same field.

    Sensitive matters stay ticked only for the same specialist and person, the period only in the same case: what was
    told to one is no consent to tell another.
    """
    if case is None:
        return Beginning(PacketChoice(person))
    kept = _all_kept(record)
    specialist, specialty = fold(case.text("specialist")), case.text("specialty")
    own = [one for one in kept if one.case.id == case.id and (one.specialist == specialist or not specialist)]
    same = [one for one in kept if specialist and one.specialist == specialist]
    field = [one for one in kept if specialty and one.specialty == specialty]
    for found, words in (
        (own, ""),
        (same, _("It begins with what you chose for {whom} on {day}.")),
        (field, _("It begins with what you chose for the same field on {day}.")),
    ):
        if found:
            last = found[-1]
            told = person == last.case.person and found is not field
            day = _spoken(str(last.row.get("saved_on", "")))
            said = words.format(whom=case.text("specialist"), day=day)
            return Beginning(_again(last, case, person, told), said)
    return Beginning(PacketChoice(person, case.id))


def last_saved(record: Record, case: Entry | None, today: date) -> str:
    """The day (ISO) of the latest packet before today that was saved for the case's specialist; "" where none was."""
    specialist = fold(case.text("specialist")) if case else ""
    if case is None or not specialist:
        return ""
    same = [one for one in _all_kept(record) if one.specialist == specialist and one.case.person == case.person]
    days = [str(one.row.get("saved_on", "")) for one in same]
    return max((day for day in days if day < today.isoformat()), default="")


def _all_kept(record: Record) -> list[_Kept]:
    """The packets saved for any case of this record, the oldest first."""
    found = []
    for case in reading.find(record, Query(kinds=("OpinionCase",))):
        for row in _rows(case):
            whom, field = row.get("specialist", case.text("specialist")), row.get("specialty", case.text("specialty"))
            found.append(_Kept(case, row, fold(str(whom)), str(field)))
    return sorted(found, key=lambda one: str(one.row.get("saved_on", "")))


def _again(kept: _Kept, case: Entry, person: PersonId, told: bool) -> PacketChoice:
    chosen = kept.chosen
    include, whole = chosen.get("include"), chosen.get("whole")
    return PacketChoice(
        person,
        case.id,
        include=tuple(str(one) for one in include) if isinstance(include, list) else None,
        exclude=_strings(chosen.get("exclude")),
        since=str(chosen.get("since") or "") if kept.case.id == case.id else "",
        page_size=str(chosen.get("page_size") or "letter"),
        language=str(chosen.get("language") or SOURCE_LANGUAGE),
        tick_sensitive=frozenset(_strings(chosen.get("tick")) if told else ()),
        whole=frozenset(_strings(whole)) if isinstance(whole, list) else OWN_LISTS,
        looked_at=frozenset(_strings(chosen.get("looked_at")) if told else ()),
    )


def _strings(value: Json) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()
