"""The file of a backup: a zip whose manifest tells each member's size and SHA-256 under a MAC of the record."""

import hashlib
import hmac
import json
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson

from organizer.base.dates import now
from organizer.base.errors import BackupDamagedError, RecordTooNewError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.store import keys, originals
from organizer.store.files import own_file, own_folder, said_plainly, sync_folder

SUFFIX = ".casebook-backup"
FORMAT = 1
MANIFEST, KEYS, DATABASE = "manifest.json", "keys.json", "record.db"
COPY = "copy"
"""Under this name a record, and each backup of it, has the random name of the copy that it is."""
LARGEST_MANIFEST = 64 << 20
"""Bytes: room for some hundred thousand documents."""
PARTS = frozenset({MANIFEST, KEYS, DATABASE})
"""What each backup has; by it one is known under any name."""
BROKEN = (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError)
STEP = 1 << 20
_MEMBER = re.compile(r"keys\.json|record\.db|originals/[0-9a-f]{2}/[0-9a-f]{62}")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a record holds, to compare a copy with it."""

    entries: int
    originals: int
    operations: int


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
    with _Member(pack, name, sealed) as member:
        for _chunk in originals.unsealed(key, original, cast(BinaryIO, member)):
            pass
    return member.told()


def add(pack: zipfile.ZipFile, name: str, stream: BinaryIO) -> dict[str, Any]:
    """Copy a file; gives what the manifest says of it."""
    with _Member(pack, name, stream) as member:
        while member.read(STEP):
            pass
    return member.told()


class _Member:
    """A stream that is written to a member of the pack as it is read."""

    def __init__(self, pack: zipfile.ZipFile, name: str, stream: BinaryIO) -> None:
        self._member = pack.open(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True)
        self._stream, self._digest, self._size = stream, hashlib.sha256(), 0

    def read(self, size: int) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self._digest.update(data)
        self._size += len(data)
        self._member.write(data)
        return data

    def told(self) -> dict[str, Any]:
        """Size and SHA-256 of what was written."""
        return {"sha256": self._digest.hexdigest(), "size": self._size}

    def __enter__(self) -> "_Member":
        return self

    def __exit__(self, *_error: object) -> None:
        self._member.close()


def signed(key: bytes, copy: str, counts: Counts, files: dict[str, dict[str, Any]]) -> bytes:
    """The manifest of a backup, under the MAC of the record's backup key."""
    body = {
        "format": FORMAT,
        "made_at": now().isoformat(timespec="microseconds"),
        COPY: copy,
        "entries": counts.entries,
        "originals": counts.originals,
        "operations": counts.operations,
        "files": files,
    }
    return json.dumps(body | {"mac": _mac(key, body)}, indent=1).encode()


def is_sealed(key: bytes, manifest: dict[str, Any]) -> bool:
    """True where a manifest is as the record with this backup key wrote it."""
    body = {name: value for name, value in manifest.items() if name != "mac"}
    return hmac.compare_digest(_mac(key, body), str(manifest.get("mac")))


def _mac(key: bytes, body: dict[str, Any]) -> str:
    return hmac.digest(key, json.dumps(body, sort_keys=True).encode(), "sha256").hex()


@contextmanager
def unpacking(backup: Path) -> Iterator[zipfile.ZipFile]:
    """An opened backup; a zip whose own structure is damaged is said plainly. Raises BackupDamagedError, DiskError."""
    with said_plainly(backup):
        stream = backup.open("rb")
    with stream:
        try:
            pack = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise damaged(_("its table of contents")) from error
        with pack:
            yield pack


def manifest(pack: zipfile.ZipFile) -> dict[str, Any]:
    """What a backup says that it holds; not yet known to be authentic (see `is_sealed`). Raises BackupDamagedError."""
    try:
        with pack.open(MANIFEST) as member:
            raw = member.read(LARGEST_MANIFEST + 1)
        read = orjson.loads(raw) if len(raw) <= LARGEST_MANIFEST else {}
        listed = dict(read["files"])
        fits = all(_fits(name, file) for name, file in listed.items())
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


def checked(pack: zipfile.ZipFile, progress: Progress) -> list[str]:
    """The originals that aren't as they were written. Raises BackupDamagedError for keys or database."""
    files: dict[str, Any] = manifest(pack)["files"]
    harmed = []
    for number, (name, facts) in enumerate(files.items()):
        progress.check()
        progress.report(_("Checking the backup"), number, len(files))
        if digest_of(pack, name, facts["size"]) != facts["sha256"]:
            harmed.append(name)
    for name, words in (("keys.json", _("its keys")), ("record.db", _("its database"))):
        if name in harmed:
            raise damaged(words)
    return harmed


def digest_of(pack: zipfile.ZipFile, name: str, size: int) -> str:
    """The SHA-256 of a member of this many bytes, hexadecimal; "" where it has another size or can't be read."""
    digest, seen = hashlib.sha256(), 0
    try:
        with pack.open(name) as member:
            while chunk := member.read(STEP):
                seen += len(chunk)
                if seen > size:
                    return ""
                digest.update(chunk)
    except (*BROKEN, OSError):
        return ""
    return digest.hexdigest() if seen == size else ""


def unpack(pack: zipfile.ZipFile, folder: Path, names: Sequence[str], progress: Progress) -> None:
    """Write members to a folder of their own. Raises OSError, Cancelled."""
    files: dict[str, Any] = manifest(pack)["files"]
    for inside in (folder, folder / "originals", *{(folder / name).parent for name in names}):
        own_folder(inside)
    for number, name in enumerate(names):
        progress.check()
        progress.report(_("Putting it back"), number, len(names))
        # The keys stand twice in a record, once in a backup.
        for path in [folder / name, folder / keys.COPY] if name == KEYS else [folder / name]:
            with own_file(path, "xb") as stream:
                stream.writelines(_parts(pack, name, files[name]["size"]))
                stream.flush()
                os.fsync(stream.fileno())
    for inside in {(folder / name).parent for name in names}:
        sync_folder(inside)


def _parts(pack: zipfile.ZipFile, name: str, size: int) -> Iterator[bytes]:
    left = size
    try:
        with pack.open(name) as member:
            while left > 0 and (chunk := member.read(min(STEP, left))):
                left -= len(chunk)
                yield chunk
    except BROKEN:
        return  # a damaged original: named after the keys have opened the list of names


def damaged(what: str) -> BackupDamagedError:
    """The error for a backup that isn't as it was written."""
    return BackupDamagedError(
        _("This backup is damaged: {what}.").format(what=what),
        _("Use an earlier backup, or another copy of this one. Nothing was changed."),
    )
