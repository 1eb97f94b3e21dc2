"""A backup: one file with everything a record needs, checked when it is made and before it is put back.

The file is a zip without compression (what is encrypted doesn't shrink): keys.json, record.db, originals/…, and
manifest.json with each member's size and SHA-256 under a MAC of the record's backup key. It stays encrypted with the
record's own keys, so it may lie on any medium; passphrase and recovery code of the time it was made open it.

Whose a backup is tells that MAC, whatever its name: see `made_by`. A record that was put back is another copy from
then on (`copy` in the manifest), so that two people who share a folder for the backups of their two copies keep both.
"""

import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from organizer.base.dates import now
from organizer.base.errors import (
    DiskError,
    LinkRefusedError,
    OrganizerError,
    RecordDamagedError,
)
from organizer.base.i18n import _
from organizer.base.paths import put_in_place, remove_folder
from organizer.base.progress import Progress
from organizer.model.ids import Sha256, new_id
from organizer.store import backup_file, keys, opening, originals
from organizer.store.backup_file import COPY, DATABASE, KEYS, MANIFEST, SUFFIX, Counts, is_backup, looks_like
from organizer.store.engine import connect
from organizer.store.files import (
    ABANDONED,
    own_file,
    part_of,
    refuse_special,
    remove_leftover,
    said_plainly,
    sweep_parts,
    sync_folder,
)
from organizer.store.session import FILES, LOST, Session, copy_pages

__all__ = ["COPY", "SUFFIX", "Counts", "is_backup", "looks_like"]

_OPENED = "other-copy."
_ROOM = re.compile(r"other-copy\.[0-9a-f]+\.part")


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that was written and read back: where, and what it holds."""

    path: Path
    counts: Counts


def make(session: Session, out: Path, progress: Progress, replace: bool = True) -> Written:
    """Write a backup to `out`, whole or not at all, and read it back. The record may be in use meanwhile.

    Keys and documents are found to be authentic as they are copied. Without `replace` a file that stands at `out`
    stays, and the backup gets the next free name (“… 2”). Raises DiskFullError, DiskError, RecordDamagedError (a
    damaged record is never copied over a good backup) or Cancelled.
    """
    refuse_special(out)
    sweep_parts(out)
    beside = part_of(out)
    copy = beside.with_suffix(".db")
    try:
        with said_plainly(out):
            counts = _copied(session, copy, progress)
            _packed(session, copy, beside, counts, progress)
            with zipfile.ZipFile(beside) as pack:
                backup_file.checked(pack, progress)
            place = out if replace else _reserved(out)
            beside.replace(place)
            sync_folder(out.absolute().parent)
    finally:
        for leftover in (beside, copy, Path(f"{copy}-wal"), Path(f"{copy}-shm"), Path(f"{copy}-journal")):
            remove_leftover(leftover)
    return Written(place, counts)


def _reserved(out: Path) -> Path:
    """The first free name like `out`, held by an empty file until the backup takes its place."""
    place, number = out, 1
    while True:
        try:
            own_file(place, "xb").close()
        except (FileExistsError, LinkRefusedError):
            number += 1
            place = out.with_name(f"{out.stem} {number}{out.suffix}")
        else:
            return place


def made_by(session: Session, backup: Path) -> datetime | None:
    """When this very copy of the record wrote that backup; None for any other file, whatever its name.

    Known by the manifest's MAC under the record's own key, and by the name of the copy that it vouches for.
    """
    try:
        with own_file(backup) as stream, zipfile.ZipFile(stream) as pack:
            manifest = backup_file.manifest(pack)
        moment = datetime.fromisoformat(str(manifest["made_at"]))
    except (*backup_file.BROKEN, OSError, OrganizerError):
        return None
    own = backup_file.is_sealed(session.keys.backup, manifest) and manifest.get(COPY) == session.meta(COPY) != ""
    return moment if own and moment.tzinfo is not None else None


def restore(backup: Path, folder: Path, passphrase: str, recovery_code: str, progress: Progress) -> Counts:
    """Put a backup back into a new folder, once every part of it is known to be as it was written.

    Raises BackupDamagedError (naming what is damaged), WrongPassphraseError, OrganizerError where something stands
    at `folder`; nothing is left there then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        there = _("“{name}” is already there.").format(name=folder.name)
        raise OrganizerError(there, _("Choose another name or place."))
    beside = part_of(folder)
    try:
        with said_plainly(folder), backup_file.unpacking(backup) as pack:
            manifest = backup_file.manifest(pack)
            damaged = backup_file.checked(pack, progress)
            backup_file.unpack(pack, beside, list(manifest["files"]), progress)
            with _opened_again(beside, passphrase, recovery_code, manifest, damaged) as record:
                counts = counts_of(record)
                record.set_meta(COPY, new_id())
                record.set_meta(LOST, "")  # what that one lost, this one may have
        if folder.is_dir():
            folder.rmdir()
        put_in_place(beside, folder)
        sync_folder(folder.absolute().parent)
    finally:
        remove_folder(beside, ignore_errors=True)
    return counts


class _Pack:
    """A backup of which documents are read: its table of contents, which may name ten thousand, is read once."""

    def __init__(self, backup: Path, key: bytes) -> None:
        self._backup, self.key = backup, key
        self._opened: zipfile.ZipFile | None = None

    def open(self, sha256: Sha256) -> IO[bytes]:
        """A document as it lies there, encrypted, to be read."""
        self._opened = self._opened or zipfile.ZipFile(self._backup)
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
            raise backup_file.damaged(_("the document {names}").format(names=f"“{self.name}”")) from error


@contextmanager
def opened(backup: Path, place: Path, passphrase: str, recovery_code: str, progress: Progress) -> Iterator[Session]:
    """A backup's record, to read from until the end of the block, once every part is known to be as it was written.

    Keys and database lie meanwhile, encrypted as they are, in a folder within `room`; the documents stay in the backup
    (see `stored`). Raises BackupDamagedError, WrongPassphraseError, DiskFullError or Cancelled.
    """
    folder = place / f"{_OPENED}{new_id()[-12:]}.part"
    try:
        with said_plainly(place), backup_file.unpacking(backup) as pack:
            manifest = backup_file.manifest(pack)
            if backup_file.digest_of(pack, KEYS, manifest["files"][KEYS]["size"]) != manifest["files"][KEYS]["sha256"]:
                raise backup_file.damaged(_("its keys"))
            backup_file.unpack(pack, folder, [KEYS], progress)
            keys.unlock(folder, passphrase, recovery_code)  # before gigabytes are read for a slip of the finger
            backup_file.unpack(pack, folder, [DATABASE], progress)
            damaged = backup_file.checked(pack, progress)
        with _opened_again(folder, passphrase, recovery_code, manifest, damaged) as record:
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


def counts_of(session: Session) -> Counts:
    """How many entries, originals and operations there are."""
    tables = ("entry", "original", "operation")
    return Counts(*(session.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables))  # noqa: S608


def _copied(session: Session, copy: Path, progress: Progress) -> Counts:
    """A consistent copy of the database, opened again and found whole, with the same counts."""
    progress.report(_("Copying the entries"))
    counts = counts_of(session)
    copy_pages(session, copy)
    again = Session(copy.parent, session.data_key, connect(copy, session.keys.database, "ro"), None, read_only=True)
    try:
        problems = again.damaged_pages()
        if problems:
            raise RecordDamagedError(
                _("The record is damaged, so no backup was made of it."),
                _("Restore your latest backup into a new folder."),
            )
        if counts_of(again) != counts:
            counts = counts_of(again)  # something was saved while the copy was made; the copy is what counts
    finally:
        again.close()
    return counts


def _packed(session: Session, copy: Path, out: Path, counts: Counts, progress: Progress) -> None:
    known = originals.all_originals(session)
    files: dict[str, dict[str, Any]] = {}
    with own_file(out, "xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as pack:
            proven = BytesIO(keys.proven_bytes(session.path, session.data_key))
            files[KEYS] = backup_file.add(pack, KEYS, proven)
            with own_file(copy) as pages:
                files[DATABASE] = backup_file.add(pack, DATABASE, pages)
            for number, original in enumerate(known):
                progress.check()
                progress.report(_("Copying documents"), number, len(known))
                name = originals.place_within(session.keys.originals, original.sha256)
                with originals.opened_file(session, original) as sealed:
                    key = session.keys.originals
                    files[name] = backup_file.add_document(pack, name, key, original, sealed)
            data = backup_file.signed(session.keys.backup, session.meta(COPY), counts, files)
            pack.writestr(MANIFEST, data)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _opened_again(
    folder: Path, passphrase: str, recovery_code: str, manifest: dict[str, Any], damaged: list[str]
) -> Iterator[Session]:
    """Open what was put back: its seal, its pages, its counts, and the names of damaged documents."""
    data_key = keys.unlock(folder, passphrase, recovery_code)
    if not backup_file.is_sealed(keys.subkeys(data_key).backup, manifest):
        raise backup_file.damaged(_("its seal"))
    record = opening.open_record(folder, passphrase, recovery_code)
    try:
        if damaged:
            names = {
                originals.place(record, original.sha256): original.name for original in originals.all_originals(record)
            }
            shown = ", ".join(f"“{names.get(folder / name, name)}”" for name in damaged)
            raise backup_file.damaged(_("the document {names}").format(names=shown))
        counts = Counts(int(manifest["entries"]), int(manifest["originals"]), int(manifest["operations"]))
        if record.damaged_pages() or counts_of(record) != counts:
            raise backup_file.damaged(_("its database"))
        yield record
    finally:
        record.close()
