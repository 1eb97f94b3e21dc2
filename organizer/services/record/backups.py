"""Backups of a record: made, listed, thinned out, put back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from organizer.base.dates import now, spoken_day
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.services.record.records import Record, with_suffix
from organizer.store import backup
from organizer.store.backup import SUFFIX, Counts

__all__ = ["SUFFIX", "Counts"]

DAILY, WEEKLY, MONTHLY = 7, 4, 12
LAST, FOLDER, FILE = "last_backup", "backup_folder", "backup_file"
_STAMP = re.compile(r" (\d{4}-\d{2}-\d{2} \d{4})$")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and read back: its file, what it holds, older ones that were thinned out."""

    path: Path
    counts: Counts
    removed: tuple[Path, ...] = ()


def make(record: Record, out: Path, progress: Progress) -> Made:
    """Write a backup to a file, or into a folder under the record's name and the time, where older ones are thinned.

    Raises DiskFullError, RecordDamagedError or Cancelled; an older backup is only removed once this one is verified.
    """
    in_folder = out.is_dir()
    path = out / f"{record.path.stem} {now().astimezone():%Y-%m-%d %H%M}{SUFFIX}" if in_folder else out
    counts = backup.make(record, path, progress)
    if not record.read_only:
        record.set_meta(LAST, now().isoformat(timespec="seconds"))
        record.set_meta(FILE, str(path.absolute()))
        if in_folder and str(out) != record.meta(FOLDER):
            record.set_meta(FOLDER, str(out))
    removed = _thin_out(out, record.path.stem, path) if in_folder else ()
    return Made(path, counts, removed)


def last_backup(record: Record) -> str:
    """When a backup was made last (ISO, UTC); "" for never."""
    return record.meta(LAST)


def what_to_restore(record: Record) -> str:
    """Which backup to put back when something is damaged: the newest that was written and read back."""
    try:
        moment, file = last_backup(record), Path(record.meta(FILE))
    except OrganizerError:
        moment, file = "", Path()
    if not moment:
        return _("Restore your latest backup into a new folder.")
    day = spoken_day(datetime.fromisoformat(moment).astimezone().date())
    if not file.is_file():
        return _("Restore your backup of {day} into a new folder.").format(day=day)
    return _("Restore the backup “{name}” of {day} into a new folder.").format(name=file.name, day=day)


def usual_folder(record: Record) -> Path | None:
    """The folder of the last backup that went into one, kept inside the record; None where there was none."""
    name = record.meta(FOLDER)
    return Path(name) if name else None


def restore(file: Path, folder: Path, passphrase: str, recovery_code: str, progress: Progress) -> tuple[Path, Counts]:
    """Put a backup back into a new folder; gives the folder and what it holds.

    Raises BackupDamagedError, WrongPassphraseError, OrganizerError where something stands there already.
    """
    place = with_suffix(folder)
    return place, backup.restore(file, place, passphrase, recovery_code, progress)


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Of the times of backups those that are kept: the newest of each of the last 7 days, 4 weeks and 12 months
    that have one. The newest of all is always among them."""
    newest_first = sorted(moments, reverse=True)
    chosen: set[datetime] = set()
    for most, span in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        spans: dict[str, datetime] = {}
        for moment in newest_first:
            spans.setdefault(moment.strftime(span), moment)
        chosen |= set(list(spans.values())[:most])
    return chosen


def _thin_out(folder: Path, name: str, newest: Path) -> tuple[Path, ...]:
    """Remove this record's own older backups that rotation doesn't keep; other files are never touched."""
    found = {}
    for path in folder.glob(f"*{SUFFIX}"):
        stamp = _STAMP.search(path.stem)
        if stamp and path.stem[: stamp.start()] == name:
            found[datetime.strptime(stamp[1], "%Y-%m-%d %H%M")] = path  # noqa: DTZ007 - a file's name has no zone
    gone = tuple(path for moment, path in found.items() if moment not in kept(found) and path != newest)
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
