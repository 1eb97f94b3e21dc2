"""An appointment as a calendar file (RFC 5545): one event, nothing in it but what it needs."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from organizer.base.dates import now
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.files import write_whole

_LONGEST = 73
"""RFC 5545, 3.1: a line is folded at 75 octets; the space that begins the next one counts."""


def save(record: Record, entry_id: EntryId, out: Path) -> None:
    """Write the event of a case or a visit. Raises OrganizerError without a day, DiskFullError."""
    write_whole(out, event(reading.get(record, entry_id)))


def of_steps(entry: Entry, steps: Sequence[tuple[str, str, date | None]]) -> bytes:
    """The steps of a case, each with its key and its day: a whole day as an event, one without a day as a to-do."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Casebook//EN"]
    for key, what, day in steps:
        component = "VEVENT" if day else "VTODO"
        lines += [f"BEGIN:{component}", f"UID:{entry.id}-{key}@casebook", f"DTSTAMP:{now():%Y%m%dT%H%M%SZ}"]
        lines += _times(day, day.isoformat(), None) if day else []
        lines += [f"SUMMARY:{_escaped(what)}", f"DESCRIPTION:{_escaped(entry.title)}", f"END:{component}"]
    lines += ["END:VCALENDAR", ""]
    return "\r\n".join(_folded(line) for line in lines).encode()


def event(entry: Entry) -> bytes:
    """The calendar file of a case or visit: a whole day, or a clock time as the source gave it.

    A time with a zone is told in UTC, one without as a floating time (RFC 5545, 3.3.5).
    """
    when = entry.happened
    if when is None or when.precision not in ("day", "instant"):
        raise OrganizerError(
            _("The appointment has no day yet."), _("Write its day, such as 3 Dec 2026, then try again.")
        )
    whom = entry.text("specialist") or entry.text("provider")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Casebook//EN",
        "BEGIN:VEVENT",
        f"UID:{entry.id}@casebook",
        f"DTSTAMP:{now():%Y%m%dT%H%M%SZ}",
        *_times(when.first_day, when.text, when.instant),
        f"SUMMARY:{_escaped(' – '.join(part for part in (entry.title, whom) if part))}",
    ]
    if entry.text("place"):
        lines.append(f"LOCATION:{_escaped(entry.text('place'))}")
    lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(entry.title)}", "TRIGGER:-P1D", "END:VALARM"]
    lines += ["END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(_folded(line) for line in lines).encode()


def _times(day: date, text: str, instant: datetime | None) -> list[str]:
    if "T" not in text:
        return [
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        ]
    if instant is None:
        start = datetime.fromisoformat(text[:19])
        return [f"DTSTART:{start:%Y%m%dT%H%M%S}", f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%S}"]
    start = instant - (instant.utcoffset() or timedelta())
    return [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}"]


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11: backslash, semicolon, comma and line ends are escaped."""
    for char, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(char, instead)
    return text


def _folded(line: str) -> str:
    """Lines over 75 octets go on in the next one after a space; never within a character."""
    parts, part = [], b""
    for char in line:
        piece = char.encode()
        if len(part) + len(piece) > _LONGEST:
            parts.append(part)
            part = b""
        part += piece
    return "\r\n ".join(data.decode() for data in [*parts, part])
