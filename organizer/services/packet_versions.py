"""Packets that were saved for a case: what was chosen, what it was, when and to whom it was sent."""

import hashlib
from dataclasses import dataclass

from organizer.base.dates import parse_date
from organizer.base.words import SOURCE_LANGUAGE, _
from organizer.packet.packet_input import PacketChoice, PacketResult
from organizer.records.entry import Changes, Entry, Json
from organizer.services import records
from organizer.services.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace


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
    kept = case.data.get("packets") if case else None
    return [dict(row) for row in kept if isinstance(row, dict)] if isinstance(kept, list) else []


def keep(record: Record, case_id: str, chosen: PacketChoice, result: PacketResult, data: bytes) -> Changes:
    """Note with a case that a packet was saved, and with which choice: the next one begins from it."""
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
        },
    }
    return _written(record, case, [*_rows(case), row], _("Saved a packet for “{case}”"))


def mark_sent(record: Record, case_id: str, place: int, whom: str) -> Changes:
    """Note that a version was sent today. Raises IndexError for a version that isn't there."""
    case = reading.get(record, case_id)
    rows = _rows(case)
    rows[place] |= {"sent_to": whom.strip(), "sent_on": records.as_of(record).isoformat()}
    return _written(record, case, rows, _("Sent a packet of “{case}”"))


def _written(record: Record, case: Entry, rows: list[dict[str, Json]], label: str) -> Changes:
    edited = case.having(data={**case.data, "packets": rows})
    return change_log.apply(record, label.format(case=case.title), [Replace(edited)])


def last_choice(case: Entry | None, person: str) -> PacketChoice:
    """The choice of the case's latest version, else the default one."""
    rows = _rows(case)
    kept = rows[-1].get("choice") if rows else None
    if not isinstance(kept, dict):
        return PacketChoice(person, case.id if case else "")
    include = kept.get("include")
    return PacketChoice(
        person,
        case.id if case else "",
        include=tuple(str(one) for one in include) if isinstance(include, list) else None,
        exclude=tuple(str(one) for one in kept.get("exclude") or ()),
        since=str(kept.get("since") or ""),
        page_size=str(kept.get("page_size") or "letter"),
        language=str(kept.get("language") or SOURCE_LANGUAGE),
        tick_sensitive=frozenset(str(one) for one in kept.get("tick") or ()),
    )
