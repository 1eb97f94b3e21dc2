"""The file of a backup: a zip whose manifest tells each part's size and SHA-256 under a MAC of the record.

Format 1 holds the documents too: one file is all. In format 2 they lie beside it, in the folder that the manifest names
under `documents`, where the backups of one folder share them (see `shared_documents`).
"""

import hashlib
import hmac
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import orjson

from organizer.base.dates import now
from organizer.base.errors import BackupDamagedError, BackupDocumentsError, LinkRefusedError, RecordTooNewError
from organizer.base.i18n import _, in_quotes, ngettext
from organizer.base.progress import Progress
from organizer.store import keys, originals
from organizer.store.files import own_file, own_folder, plain_errors, sync_folder
from organizer.store.session import Session
from organizer.store.shared_documents import DIGEST, FOLDER, SharedDocuments

SUFFIX = ".casebook-backup"
FORMAT, ALONE = 2, 1
"""The newest format, and that of a backup which holds its documents itself."""
MANIFEST, KEYS, DATABASE = "manifest.json", "keys.json", "record.db"
DOCUMENTS = "documents"
COPY = "copy"
"""Under this name a record, and each backup of it, has the random name of the copy that it is."""
LARGEST_MANIFEST = 64 << 20
"""Bytes: room for some hundred thousand documents."""
PARTS = frozenset({MANIFEST, KEYS, DATABASE})
"""What each backup has; by it one is known under any name."""
BROKEN = (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError)
STEP = 1 << 20
NAMED = 5  # documents that a sentence names; the others are counted
_MEMBER = re.compile(r"keys\.json|record\.db|originals/[0-9a-f]{2}/[0-9a-f]{62}")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a record holds, to compare a copy with it."""

    entries: int
    originals: int
    operations: int


def counts_of(session: Session) -> Counts:
    """How many entries, originals and operations there are."""
    tables = ("entry", "original", "operation")
    return Counts(*(session.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables))  # noqa: S608


def places(session: Session) -> dict[str, originals.Original]:
    """Each document by the name of its part of a backup."""
    key = session.keys.originals
    return {originals.place_within(key, original.sha256): original for original in originals.all_originals(session)}


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


def add_document(
    pack: zipfile.ZipFile, name: str, key: bytes, original: originals.Original, sealed: BinaryIO
) -> dict[str, Any]:
    """Copy a document's encrypted file as it is found to be authentic. Raises RecordDamagedError (naming it)."""
    with _member(pack, name) as member:
        return _authentic(_Heard(sealed, member.write), key, original)


def listed_document(key: bytes, original: originals.Original, sealed: BinaryIO) -> dict[str, Any]:
    """What the manifest says of a document that lies beside the backup, once it is found to be authentic. Raises
    RecordDamagedError (naming it)."""
    return _authentic(_Heard(sealed), key, original)


def add(pack: zipfile.ZipFile, name: str, stream: BinaryIO) -> dict[str, Any]:
    """Copy a file; gives what the manifest says of it."""
    with _member(pack, name) as member:
        heard = _Heard(stream, member.write)
        while heard.read(STEP):
            pass
    return heard.facts()


def _member(pack: zipfile.ZipFile, name: str) -> IO[bytes]:
    return pack.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True)


class _Heard:
    """A stream whose size and digest are taken, and which is written elsewhere, as it is read."""

    def __init__(self, stream: BinaryIO, write: Callable[[bytes], object] = lambda _data: None) -> None:
        self._stream, self._write = stream, write
        self._digest, self._size = hashlib.sha256(), 0

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._digest.update(data)
        self._size += len(data)
        self._write(data)
        return data

    def facts(self) -> dict[str, Any]:
        """Size and SHA-256 of what was read."""
        return {"sha256": self._digest.hexdigest(), "size": self._size}


def _authentic(heard: _Heard, key: bytes, original: originals.Original) -> dict[str, Any]:
    for _chunk in originals.unsealed(key, original, cast(BinaryIO, heard)):
        pass
    return heard.facts()


def signed(key: bytes, copy: str, counts: Counts, files: dict[str, dict[str, Any]], documents: str = "") -> bytes:
    """The manifest of a backup, under the MAC of the record's backup key. `documents` is the folder in which those of
    its documents lie that aren't in it."""
    body = {
        "format": FORMAT if documents else ALONE,
        "made_at": now().isoformat(timespec="microseconds"),
        COPY: copy,
        "entries": counts.entries,
        "originals": counts.originals,
        "operations": counts.operations,
        "files": files,
    } | ({DOCUMENTS: documents} if documents else {})
    return json.dumps(body | {"mac": _mac(key, body)}, indent=1).encode()


def is_sealed(key: bytes, manifest: dict[str, Any]) -> bool:
    """True where a manifest is as the record with this backup key wrote it."""
    body = {name: value for name, value in manifest.items() if name != "mac"}
    return hmac.compare_digest(_mac(key, body), str(manifest.get("mac")))


def _mac(key: bytes, body: dict[str, Any]) -> str:
    return hmac.digest(key, json.dumps(body, sort_keys=True).encode(), "sha256").hex()


class Backup:
    """An opened backup: its list of contents, and each part, wherever it lies.

    The list isn't known to be authentic before `is_sealed` says so. Raises BackupDamagedError, RecordTooNewError.
    """

    def __init__(self, pack: zipfile.ZipFile, place: Path) -> None:
        self._pack, self.place = pack, place
        self.listed = _manifest(pack)
        self.files: dict[str, dict[str, Any]] = self.listed["files"]
        beside = str(self.listed.get(DOCUMENTS, ""))
        self.shared = SharedDocuments(place.parent / beside) if beside else None

    def open(self, name: str) -> IO[bytes]:
        """A part, to be read. Raises what BROKEN names, OSError, LinkRefusedError."""
        if self.shared is not None and name not in PARTS:
            return self.shared.open(self.files[name])
        return self._pack.open(name)

    def lacks(self, name: str) -> bool:
        """True where a part has a file of its own and it isn't there."""
        try:
            self.open(name).close()
        except FileNotFoundError:
            return True
        except (*BROKEN, OSError, LinkRefusedError):
            return False
        return False

    def refuse_without_documents(self) -> None:
        """Raises BackupDocumentsError where the file was taken out of its folder and lies alone: before any secret."""
        documents = len(self.files.keys() - PARTS)
        if self.shared is None or self.shared.folder.is_dir() or not documents:
            return
        words = ngettext(
            "“{name}” is only a part of a backup: its {n} document stands in the folder “{folder}”, which isn’t beside "
            "it.",
            "“{name}” is only a part of a backup: its {n} documents stand in the folder “{folder}”, which isn’t beside "
            "it.",
            documents,
        )
        raise BackupDocumentsError(
            words.format(name=self.place.name, n=documents, folder=self.shared.folder.name),
            _("Copy the whole folder in which the backup was made, and choose the backup in that copy."),
        )


@contextmanager
def unpacking(backup: Path) -> Iterator[Backup]:
    """An opened backup; one whose own structure is damaged is said plainly. Raises BackupDamagedError, DiskError."""
    with plain_errors(backup):
        stream = backup.open("rb")
    with stream:
        try:
            pack = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise damaged(_("its table of contents")) from error
        with pack:
            yield Backup(pack, backup)


def _manifest(pack: zipfile.ZipFile) -> dict[str, Any]:
    """What a backup says that it holds. Raises BackupDamagedError."""
    try:
        with pack.open(MANIFEST) as member:
            raw = member.read(LARGEST_MANIFEST + 1)
        read = orjson.loads(raw) if len(raw) <= LARGEST_MANIFEST else {}
        listed = dict(read["files"])
        beside = read.get(DOCUMENTS)
        fits = all(_fits(name, file) for name, file in listed.items())
        fits = fits and (beside is None or _fits_beside(beside, listed))
        numbers = [read[name] for name in ("format", "entries", "originals", "operations")]
    except (*BROKEN, TypeError, AttributeError, OSError) as error:
        raise damaged(_("its list of contents")) from error
    if fits and type(numbers[0]) is int and numbers[0] > FORMAT:
        raise RecordTooNewError(
            _("This backup was made by a newer Casebook."), _("Put it back with that version. Nothing was changed.")
        )
    if not fits or any(type(number) is not int for number in numbers) or not PARTS - {MANIFEST} <= set(listed):
        raise damaged(_("its list of contents"))
    return dict(read)


def _fits(name: str, listed: Any) -> bool:
    return _MEMBER.fullmatch(name) is not None and isinstance(listed["sha256"], str) and type(listed["size"]) is int


def _fits_beside(beside: Any, listed: dict[str, Any]) -> bool:
    """A folder's name of ours, and digests of which files' names can be made: neither leads anywhere else."""
    return (
        isinstance(beside, str)
        and FOLDER.fullmatch(beside) is not None
        and all(DIGEST.fullmatch(file["sha256"]) for file in listed.values())
    )


def checked(backup: Backup, progress: Progress) -> list[str]:
    """The originals that aren't as they were written. Raises BackupDamagedError for keys or database."""
    harmed = []
    for number, name in enumerate(backup.files):
        progress.check()
        progress.report(_("Checking the backup"), number, len(backup.files))
        if not is_whole(backup, name):
            harmed.append(name)
    for name, words in (("keys.json", _("its keys")), ("record.db", _("its database"))):
        if name in harmed:
            raise damaged(words)
    return harmed


def is_whole(backup: Backup, name: str) -> bool:
    """True where a part can be read and is what the list of contents says."""
    size, sha256 = int(backup.files[name]["size"]), str(backup.files[name]["sha256"])
    digest, seen = hashlib.sha256(), 0
    try:
        with backup.open(name) as part:
            while chunk := part.read(STEP):
                seen += len(chunk)
                if seen > size:
                    return False
                digest.update(chunk)
    except (*BROKEN, OSError, LinkRefusedError):
        return False
    return seen == size and digest.hexdigest() == sha256


def unpack(backup: Backup, folder: Path, names: Sequence[str], progress: Progress) -> None:
    """Write parts to a folder of their own. Raises OSError, Cancelled, BackupDamagedError."""
    for inside in (folder, folder / "originals", *{(folder / name).parent for name in names}):
        own_folder(inside)
    for number, name in enumerate(names):
        progress.check()
        progress.report(_("Putting it back"), number, len(names))
        # The keys stand twice in a record, once in a backup.
        for path in [folder / name, folder / keys.COPY] if name == KEYS else [folder / name]:
            with own_file(path, "xb") as stream:
                stream.writelines(_as_checked(backup, name))
                stream.flush()
                os.fsync(stream.fileno())
    for inside in {(folder / name).parent for name in names}:
        sync_folder(inside)


def _as_checked(backup: Backup, name: str) -> Iterator[bytes]:
    """A part that was checked before; a disk that gives something else the second time isn't believed."""
    listed, digest = backup.files[name], hashlib.sha256()
    left = listed["size"]
    try:
        with backup.open(name) as part:
            while left > 0 and (chunk := part.read(min(STEP, left))):
                left -= len(chunk)
                digest.update(chunk)
                yield chunk
    except BROKEN as error:
        raise damaged(_("a part that was whole before")) from error
    if digest.hexdigest() != listed["sha256"]:
        raise damaged(_("a part that was whole before"))


def damaged(what: str) -> BackupDamagedError:
    """The error for a backup that isn't as it was written."""
    return BackupDamagedError(
        _("This backup is damaged: {what}.").format(what=what),
        _("Use an earlier backup, or another copy of this one. Nothing was changed."),
    )


def documents_lacking(backup: Backup, harmed: Sequence[str], names: Mapping[str, str]) -> BackupDocumentsError:
    """The error for documents of a backup that are missing or damaged; `names` are theirs, as far as they are known."""
    missing = [name for name in harmed if backup.lacks(name)]
    shown = ", ".join(in_quotes(names.get(name, name)) for name in (missing or harmed)[:NAMED])
    more = len(missing or harmed) - NAMED
    if more > 0:
        shown += _(" and {n} more").format(n=more)
    if not missing or backup.shared is None:
        error = damaged(_("the document {names}").format(names=shown))
        return BackupDocumentsError(error.message, error.next_step)
    words = _("This backup isn’t whole: in the folder “{folder}” beside it these documents are missing: {names}.")
    return BackupDocumentsError(
        words.format(folder=backup.shared.folder.name, names=shown),
        _("Use another copy of the folder with the backups, or an earlier backup. Nothing was changed."),
    )
