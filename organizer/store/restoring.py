"""A backup read again: put back into a new folder, or opened beside a record that it joins."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

from organizer.base.dates import now
from organizer.base.errors import DiskError, OrganizerError, RecordDamagedError
from organizer.base.i18n import _, in_quotes
from organizer.base.paths import put_in_place, remove_folder
from organizer.base.progress import Progress
from organizer.model.ids import Sha256, new_id
from organizer.store import backup_file, keys, opening, originals
from organizer.store.backup_file import COPY, DATABASE, KEYS, Counts, counts_of, places
from organizer.store.files import ABANDONED, part_of, plain_errors, sync_folder
from organizer.store.session import FILES, LOST, Session

_OPENED = "other-copy."
_ROOM = re.compile(r"other-copy\.[0-9a-f]+\.part")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and the names of documents that were left out since they are damaged or missing."""

    counts: Counts
    left_out: tuple[str, ...] = ()


def restore(
    backup: Path, folder: Path, passphrase: str, recovery_code: str, progress: Progress, leave_out: bool = False
) -> Restored:
    """Put a backup back into a new folder, once every part of it is known to be as it was written.

    With `leave_out` documents that are damaged or missing are left out, and named. Raises BackupDocumentsError (naming
    them), BackupDamagedError (naming what else is damaged), WrongPassphraseError, OrganizerError where something stands
    at `folder`; nothing is left there then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        there = _("“{name}” is already there.").format(name=folder.name)
        raise OrganizerError(there, _("Choose another name or place."))
    beside = part_of(folder)
    try:
        with plain_errors(folder), backup_file.unpacking(backup) as pack:
            if not leave_out:
                pack.refuse_without_documents()
            harmed = backup_file.checked(pack, progress)
            backup_file.unpack(pack, beside, [KEYS, DATABASE], progress)
            with _opened_again(beside, passphrase, recovery_code, pack) as record:
                names = {name: original.name for name, original in places(record).items()}
                harmed += names.keys() - pack.files.keys()
                if harmed and not leave_out:
                    raise backup_file.documents_lacking(pack, harmed, names)
                lacking = {*harmed, KEYS, DATABASE}
                whole = [name for name in pack.files if name not in lacking]
                backup_file.unpack(pack, beside, whole, progress)
                counts = counts_of(record)
                record.set_meta(COPY, new_id())
                record.set_meta(LOST, "")  # what that one lost, this one may have
        if folder.is_dir():
            folder.rmdir()
        put_in_place(beside, folder)
        sync_folder(folder.absolute().parent)
    finally:
        remove_folder(beside, ignore_errors=True)
    return Restored(counts, tuple(names.get(name, name) for name in harmed))


class _Pack:
    """A backup of which documents are read: its table of contents, which may name ten thousand, is read once."""

    def __init__(self, backup: Path, key: bytes) -> None:
        self._backup, self.key = backup, key
        self._opened: backup_file.Backup | None = None

    def open(self, sha256: Sha256) -> IO[bytes]:
        """A document as it lies there, encrypted, to be read."""
        self._opened = self._opened or backup_file.Backup(zipfile.ZipFile(self._backup), self._backup)
        return self._opened.open(originals.place_within(self.key, sha256))


@dataclass(frozen=True, slots=True)
class Stored:
    """A document that lies in a backup, read when it is asked for: ten thousand of them need no room meanwhile."""

    original: originals.Original
    pack: "_Pack" = field(repr=False)

    @property
    def name(self) -> str:
        """Its name as it came."""
        return self.original.name

    @property
    def media_type(self) -> str:
        """Its type."""
        return self.original.media_type

    @property
    def sha256(self) -> str:
        """The SHA-256 of its content, hexadecimal."""
        return self.original.sha256

    @property
    def data(self) -> bytes:
        """Its bytes. Raises BackupDamagedError where they are no longer as they were written."""
        try:
            with self.pack.open(Sha256(self.sha256)) as sealed:
                return b"".join(originals.unsealed(self.pack.key, self.original, cast(BinaryIO, sealed)))
        except (*backup_file.BROKEN, OSError, RecordDamagedError, DiskError) as error:
            raise backup_file.damaged(_("the document {names}").format(names=in_quotes(self.name))) from error


@contextmanager
def opened(backup: Path, place: Path, passphrase: str, recovery_code: str, progress: Progress) -> Iterator[Session]:
    """A backup's record, to read from until the end of the block, once every part is known to be as it was written.

    Keys and database lie meanwhile, encrypted as they are, in a folder within `place`; the documents stay in the backup
    (see `stored`). Raises BackupDamagedError, WrongPassphraseError, DiskFullError or Cancelled.
    """
    folder = place / f"{_OPENED}{new_id()[-12:]}.part"
    try:
        with plain_errors(place), backup_file.unpacking(backup) as pack:
            pack.refuse_without_documents()
            if not backup_file.is_whole(pack, KEYS):
                raise backup_file.damaged(_("its keys"))
            backup_file.unpack(pack, folder, [KEYS], progress)
            keys.unlock(folder, passphrase, recovery_code)  # before gigabytes are read for a slip of the finger
            harmed = backup_file.checked(pack, progress)
            backup_file.unpack(pack, folder, [DATABASE], progress)
        with _opened_again(folder, passphrase, recovery_code, pack) as record:
            names = {name: original.name for name, original in places(record).items()}
            harmed += names.keys() - pack.files.keys()
            if harmed:
                raise backup_file.documents_lacking(pack, harmed, names)
            yield record
    finally:
        remove_folder(folder, ignore_errors=True)


def sweep(session: Session) -> None:
    """Remove what was left of reading another copy when the program was cut off, and of putting this record back."""
    with suppress(OSError):
        for leftover in session.path.iterdir():
            if _ROOM.fullmatch(leftover.name):
                _remove_folder(leftover)
    begun = re.compile(rf"\.{re.escape(session.path.name)}\.[0-9a-f]{{12}}\.part")
    with suppress(OSError):
        for leftover in session.path.parent.iterdir():
            if begun.fullmatch(leftover.name) and now().timestamp() - leftover.lstat().st_mtime > ABANDONED:
                _remove_folder(leftover)


def _remove_folder(folder: Path) -> None:
    """A folder that we made: with keys or a database of a record in it, or nothing yet; never through a link."""
    inside = {path.name for path in folder.iterdir()} if folder.is_dir() and not folder.is_symlink() else {""}
    if inside <= {*FILES, "originals"}:
        remove_folder(folder, ignore_errors=True)


def stored(backup: Path, record: Session) -> list[Stored]:
    """The documents of a backup whose record is opened."""
    pack = _Pack(backup, record.keys.originals)
    return [Stored(original, pack) for original in originals.all_originals(record)]


@contextmanager
def _opened_again(folder: Path, passphrase: str, recovery_code: str, pack: backup_file.Backup) -> Iterator[Session]:
    """Open what was put back: its seal, its pages, its counts."""
    listed = pack.listed
    data_key = keys.unlock(folder, passphrase, recovery_code)
    if not backup_file.is_sealed(keys.subkeys(data_key).backup, listed):
        raise backup_file.damaged(_("its seal"))
    record = opening.open_record(folder, passphrase, recovery_code)
    try:
        counts = Counts(int(listed["entries"]), int(listed["originals"]), int(listed["operations"]))
        if record.damaged_pages() or counts_of(record) != counts:
            raise backup_file.damaged(_("its database"))
        yield record
    finally:
        record.close()
