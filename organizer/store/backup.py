"""A backup: one file with everything a record needs, checked when it is made and before it is put back.

The file is a zip without compression (what is encrypted doesn't shrink): keys.json, record.db, originals/…, and
manifest.json with each member's size and SHA-256 under a MAC of the record's backup key. It stays encrypted with the
record's own keys, so it may lie on any medium; passphrase and recovery code of the time it was made open it.
"""

import hashlib
import hmac
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from organizer.base.dates import now
from organizer.base.errors import BackupDamagedError, OrganizerError, RecordDamagedError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.model.ids import Sha256, new_id
from organizer.store import database as opening
from organizer.store import keys, originals
from organizer.store.database import Database
from organizer.store.engine import connect
from organizer.store.files import disk_full_said, sync_folder

SUFFIX = ".casebook-backup"
FORMAT = 1
MANIFEST, KEYS, DATABASE = "manifest.json", "keys.json", "record.db"
PARTS = frozenset({MANIFEST, KEYS, DATABASE})
"""What each backup has; by it one is known under any name."""
_OPENED = "other-copy."
_BROKEN = (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError)
STEP = 1 << 20
_MEMBER = re.compile(r"keys\.json|record\.db|originals/[0-9a-f]{2}/[0-9a-f]{62}")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a record holds, to compare a copy with it."""

    entries: int
    originals: int
    operations: int


def make(database: Database, out: Path, progress: Progress) -> Counts:
    """Write a backup to `out`, whole or not at all, and read it back. The record may be in use meanwhile.

    Raises DiskFullError, RecordDamagedError (a damaged record is never copied over a good backup) or Cancelled.
    """
    beside = out.with_name(f".{out.name}.{new_id()[-12:]}.part")
    copy = beside.with_suffix(".db")
    try:
        with disk_full_said():
            counts = _copied(database, copy, progress)
            _packed(database, copy, beside, counts, progress)
            with zipfile.ZipFile(beside) as pack:
                _checked(pack, progress)
            beside.replace(out)
            sync_folder(out.absolute().parent)
    finally:
        for leftover in (beside, copy, Path(f"{copy}-wal"), Path(f"{copy}-shm"), Path(f"{copy}-journal")):
            leftover.unlink(missing_ok=True)
    return counts


def restore(backup: Path, folder: Path, passphrase: str, recovery_code: str, progress: Progress) -> Counts:
    """Put a backup back into a new folder, once every part of it is known to be as it was written.

    Raises BackupDamagedError (naming what is damaged), WrongPassphraseError, OrganizerError where something stands
    at `folder`; nothing is left there then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        there = _("“{name}” is already there.").format(name=folder.name)
        raise OrganizerError(there, _("Choose another name or place."))
    beside = folder.with_name(f".{folder.name}.{new_id()[-12:]}.part")
    try:
        with disk_full_said(), _unpacking(backup) as pack:
            told = _manifest(pack)
            damaged = _checked(pack, progress)
            _unpack(pack, beside, list(told["files"]), progress)
            with _opened_again(beside, passphrase, recovery_code, told, damaged) as record:
                counts = counts_of(record)
        if folder.is_dir():
            folder.rmdir()
        beside.rename(folder)
        sync_folder(folder.absolute().parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return counts


class _Pack:
    """A backup of which documents are read: its table of contents, which may name ten thousand, is read once."""

    def __init__(self, backup: Path, key: bytes) -> None:
        self._backup, self.key = backup, key
        self._opened: zipfile.ZipFile | None = None

    def read(self, sha256: Sha256) -> bytes:
        """A document as it lies there, encrypted."""
        self._opened = self._opened or zipfile.ZipFile(self._backup)
        return self._opened.read(originals.place_within(self.key, sha256))


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
            return originals.unsealed(self.pack.key, self.original, self.pack.read(Sha256(self.sha256)))
        except (*_BROKEN, OSError, RecordDamagedError) as error:
            raise _damaged(_("the document {names}").format(names=f"“{self.name}”")) from error


@contextmanager
def opened(backup: Path, room: Path, passphrase: str, recovery_code: str, progress: Progress) -> Iterator[Database]:
    """A backup's record, to read from until the end of the block, once every part is known to be as it was written.

    Keys and database lie meanwhile, encrypted as they are, in a folder within `room`; the documents stay in the backup
    (see `stored`). Raises BackupDamagedError, WrongPassphraseError, DiskFullError or Cancelled.
    """
    folder = room / f"{_OPENED}{new_id()[-12:]}.part"
    try:
        with disk_full_said(), _unpacking(backup) as pack:
            told = _manifest(pack)
            if _digest(pack, KEYS, told["files"][KEYS]["size"]) != told["files"][KEYS]["sha256"]:
                raise _damaged(_("its keys"))
            _unpack(pack, folder, [KEYS], progress)
            keys.unlock(folder, passphrase, recovery_code)  # before gigabytes are read for a slip of the finger
            _unpack(pack, folder, [DATABASE], progress)
            damaged = _checked(pack, progress)
        with _opened_again(folder, passphrase, recovery_code, told, damaged) as record:
            yield record
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(database: Database) -> None:
    """Remove what was left of reading another copy when the program was cut off."""
    for leftover in database.path.glob(f"{_OPENED}*.part"):
        shutil.rmtree(leftover, ignore_errors=True)


def stored(backup: Path, record: Database) -> list[Stored]:
    """The documents of a backup whose record is opened."""
    pack = _Pack(backup, record.keys.originals)
    return [Stored(one, pack) for one in originals.all_originals(record)]


def looks_like(head: bytes) -> bool:
    """True for the first bytes of a backup (some kB of them), which may be damaged or cut off further on."""
    return head.startswith(b"PK\x03\x04") and head[30:].startswith(KEYS.encode()) and DATABASE.encode() in head


def is_backup(path: Path) -> bool:
    """True for a file that is named as a backup, or is one under another name; it may be damaged."""
    if path.suffix == SUFFIX:
        return True
    try:
        with zipfile.ZipFile(path) as pack:
            return set(pack.namelist()) >= PARTS
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def counts_of(database: Database) -> Counts:
    """How many entries, originals and operations there are."""
    tables = ("entry", "original", "operation")
    return Counts(*(database.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables))  # noqa: S608


def _copied(database: Database, copy: Path, progress: Progress) -> Counts:
    """A consistent copy of the database, opened again and found whole, with the same counts."""
    progress.report(_("Copying the entries"))
    counts = counts_of(database)
    opening.copy_pages(database, copy)
    again = Database(copy.parent, database.data_key, connect(copy, database.keys.database, "ro"), None, read_only=True)
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


def _packed(database: Database, copy: Path, out: Path, counts: Counts, progress: Progress) -> None:
    known = originals.all_originals(database)
    files: dict[str, dict[str, Any]] = {}
    with out.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as pack:
            files["keys.json"] = _add(pack, database.path / "keys.json", "keys.json")
            files["record.db"] = _add(pack, copy, "record.db")
            for number, original in enumerate(known):
                progress.check()
                progress.report(_("Copying documents"), number, len(known))
                originals.read(database, original.sha256)  # a damaged one must not replace a good one in a backup
                path = originals.place(database, original.sha256)
                name = path.relative_to(database.path).as_posix()
                files[name] = _add(pack, path, name)
            pack.writestr(MANIFEST, _signed(database.keys.backup, counts, files))
        stream.flush()
        os.fsync(stream.fileno())


def _add(pack: zipfile.ZipFile, path: Path, name: str) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    with path.open("rb") as stream, pack.open(info, "w", force_zip64=True) as member:
        while chunk := stream.read(STEP):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return {"sha256": digest.hexdigest(), "size": size}


def _signed(key: bytes, counts: Counts, files: dict[str, dict[str, Any]]) -> bytes:
    body = {
        "format": FORMAT,
        "made_at": now().isoformat(timespec="seconds"),
        "entries": counts.entries,
        "originals": counts.originals,
        "operations": counts.operations,
        "files": files,
    }
    return json.dumps(body | {"mac": _mac(key, body)}, indent=1).encode()


def _mac(key: bytes, body: dict[str, Any]) -> str:
    return hmac.digest(key, json.dumps(body, sort_keys=True).encode(), "sha256").hex()


class _unpacking:  # noqa: N801 - used as a context manager only
    """An opened backup; a zip whose own structure is damaged is said plainly."""

    def __init__(self, backup: Path) -> None:
        self._stream: IO[bytes] | None = None
        try:
            self._stream = backup.open("rb")
            self._pack = zipfile.ZipFile(self._stream)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            if self._stream is not None:
                self._stream.close()
            raise _damaged(_("its table of contents")) from error

    def __enter__(self) -> zipfile.ZipFile:
        return self._pack

    def __exit__(self, *_error: object) -> None:
        self._pack.close()
        if self._stream is not None:
            self._stream.close()


def _manifest(pack: zipfile.ZipFile) -> dict[str, Any]:
    try:
        told = json.loads(pack.read(MANIFEST))
        listed = dict(told["files"])
        numbers = [int(told[name]) for name in ("format", "entries", "originals", "operations")]
        named = all(
            _MEMBER.fullmatch(name) and isinstance(one["sha256"], str) and isinstance(one["size"], int)
            for name, one in listed.items()
        )
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise _damaged(_("its list of contents")) from error
    if not named or numbers[0] != FORMAT or not PARTS - {MANIFEST} <= set(listed):
        raise _damaged(_("its list of contents"))
    return dict(told)


def _checked(pack: zipfile.ZipFile, progress: Progress) -> list[str]:
    """The originals that aren't as they were written. Raises BackupDamagedError for keys or database."""
    files: dict[str, Any] = _manifest(pack)["files"]
    damaged = []
    for number, (name, told) in enumerate(files.items()):
        progress.check()
        progress.report(_("Checking the backup"), number, len(files))
        if _digest(pack, name, told["size"]) != told["sha256"]:
            damaged.append(name)
    for name, words in (("keys.json", _("its keys")), ("record.db", _("its database"))):
        if name in damaged:
            raise _damaged(words)
    return damaged


def _digest(pack: zipfile.ZipFile, name: str, size: int) -> str:
    digest, seen = hashlib.sha256(), 0
    try:
        with pack.open(name) as member:
            while chunk := member.read(STEP):
                seen += len(chunk)
                if seen > size:
                    return ""
                digest.update(chunk)
    except (*_BROKEN, OSError):
        return ""
    return digest.hexdigest() if seen == size else ""


def _unpack(pack: zipfile.ZipFile, folder: Path, names: Sequence[str], progress: Progress) -> None:
    files: dict[str, Any] = _manifest(pack)["files"]
    for number, name in enumerate(names):
        progress.check()
        progress.report(_("Putting it back"), number, len(names))
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            stream.writelines(_parts(pack, name, files[name]["size"]))
            stream.flush()
            os.fsync(stream.fileno())
    (folder / "originals").mkdir(exist_ok=True)
    for inside in {(folder / name).parent for name in names}:
        sync_folder(inside)


def _parts(pack: zipfile.ZipFile, name: str, size: int) -> Iterator[bytes]:
    left = size
    try:
        with pack.open(name) as member:
            while left > 0 and (chunk := member.read(min(STEP, left))):
                left -= len(chunk)
                yield chunk
    except _BROKEN:
        return  # a damaged original: named after the keys have opened the list of names


@contextmanager
def _opened_again(
    folder: Path, passphrase: str, recovery_code: str, told: dict[str, Any], damaged: list[str]
) -> Iterator[Database]:
    """Open what was put back: its seal, its pages, its counts, and the names of damaged documents."""
    data_key = keys.unlock(folder, passphrase, recovery_code)
    body = {name: value for name, value in told.items() if name != "mac"}
    if not hmac.compare_digest(_mac(keys.subkeys(data_key).backup, body), str(told.get("mac"))):
        raise _damaged(_("its seal"))
    record = opening.open_record(folder, passphrase, recovery_code)
    try:
        if damaged:
            names = {originals.place(record, one.sha256): one.name for one in originals.all_originals(record)}
            shown = ", ".join(f"“{names.get(folder / name, name)}”" for name in damaged)
            raise _damaged(_("the document {names}").format(names=shown))
        counts = Counts(int(told["entries"]), int(told["originals"]), int(told["operations"]))
        if record.damaged_pages() or counts_of(record) != counts:
            raise _damaged(_("its database"))
        yield record
    finally:
        record.close()


def _damaged(what: str) -> BackupDamagedError:
    return BackupDamagedError(
        _("This backup is damaged: {what}.").format(what=what),
        _("Use an earlier backup, or another copy of this one. Nothing was changed."),
    )
