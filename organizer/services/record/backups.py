"""Backups of a record: made, listed, thinned out, put back."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from organizer.base.dates import now, spoken_day
from organizer.base.errors import AlreadyThereError, OrganizerError
from organizer.base.i18n import _
from organizer.base.paths import remove
from organizer.base.progress import Progress
from organizer.model.ids import new_id
from organizer.services.record.records import Record, with_suffix
from organizer.store import backup, restoring
from organizer.store.backup import SUFFIX, Counts
from organizer.store.files import write_whole

__all__ = ["SUFFIX", "Counts"]

DAILY, WEEKLY, MONTHLY = 7, 4, 12
LAST, FOLDER, FILE = "last_backup", "backup_folder", "backup_file"
_ROTATED = re.compile(r".* \d{4}-\d\d-\d\d \d{4}(?: \d+)?")
CHANGES = "backup_commits"
"""Under this name the record keeps how many changes it had when it was backed up last."""
OLD_AFTER, FEW_CHANGES = 30, 5
"""Days after which a backup is old; changes that a new record, or its backup itself, makes anyway."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and read back: its file, what it holds, older ones that were thinned out; in a folder
    also how many backups of this record there are now, and what they take together, in bytes."""

    path: Path
    counts: Counts
    removed: tuple[Path, ...] = ()
    number: int = 1
    size: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """A record that was put back: its folder, what it holds, documents that had to be left out."""

    place: Path
    counts: Counts
    left_out: tuple[str, ...] = ()


def make(record: Record, out: Path, progress: Progress, replace: bool = True) -> Made:
    """Write a backup: to a file, which holds everything; or into a folder, where several share their documents.

    In a folder they have a folder of their own, under the record's name and the time; older ones are thinned out, and
    nothing is ever replaced: where a name is taken, the backup gets the next free one. Raises AlreadyThereError where
    `out` is a file and `replace` is false, DiskFullError, DiskError, RecordDamagedError or Cancelled; an older backup
    is only removed once this one is verified.
    """
    if not out.is_dir() and not replace:
        refuse_replacing(out)
    if not record.read_only and not record.meta(backup.COPY):
        record.set_meta(backup.COPY, new_id())
    if not out.is_dir():
        written = backup.make(record, out, progress)
        _remember(record, written.path)
        return Made(written.path, written.counts, size=written.path.stat().st_size)
    home = backup.home_of(record, out, _("{name} backups").format(name=record.path.stem))
    path = home / f"{record.path.stem} {now().astimezone():%Y-%m-%d %H%M}{SUFFIX}"
    shared = backup.documents_beside(record, home)
    try:
        written = backup.make(record, path, progress, replace=False, shared=shared)
    finally:
        _remove_unused(home, shared.folder)
    _explain(home)
    _remember(record, written.path)
    if not record.read_only and str(out) != record.meta(FOLDER):
        record.set_meta(FOLDER, str(out))
    removed = _thin_out(record, out, home, written.path, progress)
    backup.sweep_documents(record, home)
    sizes = [file.stat().st_size for file in home.rglob("*") if file.is_file()]
    return Made(written.path, written.counts, removed, len(list(home.glob(f"*{SUFFIX}"))), sum(sizes))


def _remember(record: Record, file: Path) -> None:
    """Keep within the record which backup is its newest."""
    if record.read_only:
        return
    record.set_meta(LAST, now().isoformat(timespec="seconds"))
    record.set_meta(FILE, str(file.absolute()))
    record.set_meta(CHANGES, record.meta("commits"))


def _remove_unused(home: Path, documents: Path) -> None:
    """A first backup that didn't come to its end leaves no empty folders. Those of a record without documents stay:
    by their name the place is known again."""
    if any(home.glob(f"*{SUFFIX}")):
        return
    for folder in (documents, home):
        with suppress(OSError):
            folder.rmdir()


def _explain(home: Path) -> None:
    """A text beside the backups for whoever finds them, which is written once."""
    words = _(
        "This folder has the backups of one record of Casebook. They are encrypted.\n\n"
        "Move or copy it as a whole: each backup needs the folder beside it whose name begins with “documents”.\n\n"
        "To put one back, choose “Put a backup back…” in Casebook, then the file with the latest day in this folder."
    )
    file = home / _("About this folder.txt")
    if not os.path.lexists(file):
        write_whole(file, f"{words}\n".encode())


def refuse_replacing(out: Path) -> None:
    """Raises AlreadyThereError where something stands at `out`."""
    if os.path.lexists(out):
        raise AlreadyThereError(
            _("“{name}” is already there.").format(name=out.name), _("Choose another name, or say that it may go.")
        )


def reminder(record: Record, today: date) -> str:
    """A sentence where it is time for a backup: the last one is older than 30 days, or there is none though there is
    something to lose, and something was saved since. "" where all is well."""
    try:
        changed = int(record.meta("commits") or 0) - int(record.meta(CHANGES) or 0)
        moment = last_backup(record)
    except (OrganizerError, ValueError):
        return ""
    if changed <= FEW_CHANGES or record.meta("sample") == "yes":
        return ""
    if not moment:
        return _("No backup of this record was made yet. Make one, best on another disk.")
    day = datetime.fromisoformat(moment).astimezone().date()
    if (today - day).days <= OLD_AFTER:
        return ""
    return _("The last backup is of {day}, and the record has changed since. Make a new one.").format(
        day=spoken_day(day)
    )


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


def restore(
    file: Path, folder: Path, passphrase: str, recovery_code: str, progress: Progress, leave_out: bool = False
) -> Restored:
    """Put a backup back into a new folder; with `leave_out` without the documents of it that are damaged or missing.

    Raises BackupDocumentsError (where `leave_out` would help), BackupDamagedError, WrongPassphraseError, OrganizerError
    where something stands there already.
    """
    place = with_suffix(folder)
    restored = restoring.restore(file, place, passphrase, recovery_code, progress, leave_out)
    return Restored(place, restored.counts, restored.left_out)


def to_keep(moments: Iterable[datetime]) -> set[datetime]:
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


def _thin_out(record: Record, out: Path, home: Path, newest: Path, progress: Progress) -> tuple[Path, ...]:
    """Remove this record's own older backups that rotation doesn't keep; other files are never touched.

    They lie in `home`; those made before it had a folder of its own, in `out` around it, under a name with the time.
    Which are its own, and of when, tells what the record itself has signed in them, never a name alone.
    """
    progress.report(_("Looking at older backups"))
    by_moment: dict[datetime, Path] = {}
    earlier = [path for path in out.glob(f"*{SUFFIX}") if _ROTATED.fullmatch(path.stem)]
    for path in sorted({*earlier, *home.glob(f"*{SUFFIX}")}):
        moment = backup.made_by(record, path)
        if moment is not None and path != newest:
            by_moment.setdefault(moment.astimezone(), path)
    kept_moments = to_keep([*by_moment, now().astimezone()])
    gone = tuple(path for moment, path in by_moment.items() if moment not in kept_moments)
    for path in gone:
        with suppress(OSError):  # it stays then, which harms nobody
            remove(path)
    return tuple(path for path in gone if not path.exists())
