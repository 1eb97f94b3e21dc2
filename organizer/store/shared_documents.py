"""The documents that the backups of a record in one folder share: each is there once, as restic and borg keep them.

    Health record backups/
        Health record 2026-11-25 1840.casebook-backup     keys, database, and a list of the documents
        documents-0123456789abcdef/ab/cdef…               the documents, encrypted as they lie in the record
        About this folder.txt

A document's file is named by the SHA-256 of what is encrypted. Salt and key make that another one in each record, so
that nobody recognises a document that they know, and any damage shows without a key. The name of the folder is under
the record's own key and that of its copy: what lies in it is of this copy alone, wherever folders are put together.
"""

import hashlib
import hmac
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from organizer.base.errors import RecordDamagedError
from organizer.base.i18n import _
from organizer.base.paths import remove
from organizer.store.files import ABANDONED, own_file, own_folder, refuse_link, remove_abandoned, write_whole

FOLDER = re.compile(r"documents-[0-9a-f]{16}")
DIGEST = re.compile(r"[0-9a-f]{64}")
STEP = 1 << 20
_INSIDE, _FILE = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{62}|\.[0-9a-f]{62}\.[0-9a-f]{12}\.part")

Listed = dict[str, Any]
"""What the list of a backup says of a document: `sha256` of its encrypted file, hexadecimal, and `size` in bytes."""


def folder_name(backup_key: bytes, copy: str) -> str:
    """Under which name the documents of this copy of a record lie beside its backups."""
    return f"documents-{hmac.digest(backup_key, f'documents of {copy}'.encode(), 'sha256')[:8].hex()}"


def home_in(out: Path, name: str, called: str) -> Path:
    """The folder for a copy's backups within `out`: the one that has its documents, else a new one, made here.

    `out` itself where that is the one. `called` is how a new one is called; what bears that name already stays as it
    is. Raises OSError.
    """
    if _is_folder(out / name):
        return out
    for place in sorted(out.iterdir()):
        if _is_folder(place) and _is_folder(place / name):
            return place
    home, number = out / called, 1
    while True:
        try:
            home.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
            home = out / f"{called} {number}"
        else:
            return home


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_file(path: Path, size: int) -> bool:
    try:
        known = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(known.st_mode) and known.st_size == size


@dataclass(slots=True)
class SharedDocuments:
    """The documents in one such folder. `written` are the files that were new since this was made."""

    folder: Path
    written: list[Path] = field(default_factory=list)

    def keep(self, document: Listed, copy_from: Callable[[], BinaryIO]) -> None:
        """Have a document here: what is there in its size is counted on, and is yet to be read (see `check`)."""
        place = self._place(document)
        if not _is_file(place, document["size"]):
            self.write(document, copy_from)
            return
        with suppress(OSError):  # another person's file: they may touch it
            os.utime(place)  # nobody takes it for forgotten while this backup is being made

    def write(self, document: Listed, copy_from: Callable[[], BinaryIO]) -> None:
        """Write a document, durably, whatever stands in its place. Raises RecordDamagedError where its file in the
        record is no longer the one that was listed."""
        place = self._place(document)
        own_folder(self.folder)
        refuse_link(place.parent)
        own_folder(place.parent)
        with copy_from() as stream:
            write_whole(place, _as_listed(document, stream))
        self.written.append(place)

    def open(self, document: Listed) -> BinaryIO:
        """The encrypted file of a document. Raises OSError where it is missing, LinkRefusedError."""
        place = self._place(document)
        refuse_link(self.folder)
        refuse_link(place.parent)
        return own_file(place)

    def take_back(self) -> None:
        """Remove what was written for a backup that didn't come to its end."""
        for place in self.written:
            remove(place, missing_ok=True)
        for folder in {place.parent for place in self.written}:
            if not any(folder.iterdir()):
                folder.rmdir()
        self.written.clear()
        if self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def sweep(self, needed: set[str]) -> None:
        """Remove the documents whose digest no backup here needs, once nobody has counted on them for a day.

        Only what bears our own names where we put it; no link is followed.
        """
        if not _is_folder(self.folder):
            return
        for inside in sorted(self.folder.iterdir()):
            if not (_INSIDE.fullmatch(inside.name) and _is_folder(inside)):
                continue
            for path in sorted(inside.iterdir()):
                if _FILE.fullmatch(path.name) and inside.name + path.name not in needed:
                    remove_abandoned(path, ABANDONED)

    def _place(self, document: Listed) -> Path:
        digest = str(document["sha256"])
        return self.folder / digest[:2] / digest[2:]


def _as_listed(document: Listed, stream: BinaryIO) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while chunk := stream.read(STEP):
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != document["sha256"]:
        raise RecordDamagedError(
            _("A document of the record changed while the backup was made."), _("Make the backup once more.")
        )
