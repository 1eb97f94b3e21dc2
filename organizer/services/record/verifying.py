"""Is every page and every document as it was written?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from organizer.base.dates import parse_date
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.model.ids import Sha256
from organizer.model.kinds import find_kind
from organizer.services.record.backups import what_to_restore
from organizer.services.record.records import Record
from organizer.store import damage, keys, originals, session
from organizer.store import entries as reading

NAMED = 5  # entries that a sentence names; the others are counted


@dataclass(slots=True)
class Verified:
    """What was read, and each problem in a sentence with what to do; `lost` changes were saved and are missing, until
    the person says that they were looked after."""

    ok: bool = True
    entries: int = 0
    originals: int = 0
    checked_bytes: int = 0
    problems: list[str] = field(default_factory=list)
    lost: int = 0


def verify(record: Record, progress: Progress) -> Verified:
    """Read every page of the database and every original, and name what damage touches; nothing is changed."""
    verified = Verified()
    progress.report(_("Reading the entries"))
    verified.problems += keys.problems(record.path, record.data_key)
    verified.problems += _database(record)
    try:
        verified.entries = reading.count(record, reading.Query())
        known = originals.all_originals(record)
    except OrganizerError as error:
        verified.problems.append(str(error))
        known = []
    for number, original in enumerate(known):
        progress.check()
        progress.report(_("Reading documents"), number, len(known))
        try:
            originals.check(record, original)
            verified.checked_bytes += original.size
        except OrganizerError as error:
            parts = (error.message, _resting_on(record, original.sha256), error.next_step, what_to_restore(record))
            verified.problems.append(" ".join(part for part in parts if part))
    verified.originals, verified.lost = len(known), _lost(record)
    verified.checked_bytes += record.size()
    verified.ok = not verified.problems
    return verified


def _database(record: Record) -> list[str]:
    """What is wrong with the database, which entries that touches, which backup has them."""
    problems = record.damaged_pages()
    missing = _missing(record)
    if not problems:
        return missing
    lost = [_named(kind, "", moment) for kind, moment in damage.unreadable(record)]
    touched = _("Every entry can still be read.")
    if lost:
        touched = _("What can’t be read any more: {names}.").format(names=_listed(lost, len(lost)))
    step = what_to_restore(record)
    return [*(f"{problem} {step}" for problem in problems), f"{touched} {step}", *missing]


def settle_lost(record: Record) -> None:
    """The person has compared and entered again what was missing: it is told no more. Raises DiskError."""
    record.set_meta(session.LOST, "0")


def _lost(record: Record) -> int:
    """How many changes were saved and lost, noticed when the record was opened."""
    try:
        return record.lost_before()
    except OrganizerError:
        return 0


def _missing(record: Record) -> list[str]:
    lost = _lost(record)
    step = _("Compare with a backup of that time, and enter them again.")
    return [f"{session.lost_in_words(lost)} {step}"] if lost else []


def _resting_on(record: Record, sha256: Sha256) -> str:
    """Which entries were read from a document."""
    try:
        entries = reading.from_original(record, sha256)
    except OrganizerError:
        return ""
    names = [
        _named(entry.kind, entry.title, entry.happened.text if entry.happened else "") for entry in entries[:NAMED]
    ]
    return _("These were read from it and stay: {names}.").format(names=_listed(names, len(entries))) if entries else ""


def _named(kind: str, title: str, moment: str) -> str:
    """`Test result “Creatinine”, 7 Mar 2019`."""
    day = parse_date(moment[:10])
    words = f"{_(find_kind(kind).label)} “{title}”" if title else _(find_kind(kind).label)
    return f"{words}, {day.spoken()}" if day else words


def _listed(names: Sequence[str], of: int) -> str:
    more = of - len(names[:NAMED])
    words = "; ".join(names[:NAMED])
    return words + (_(" and {n} more").format(n=more) if more else "")
