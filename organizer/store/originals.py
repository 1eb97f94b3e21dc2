"""Source documents, whole and encrypted, named by their content.

A file is a 32-byte salt after the magic, then chunks of 256 KiB under AES-256-GCM: the key is derived from the
record's originals key and the salt, the nonce is the chunk's index with a mark on the last, the SHA-256 of the
content is the associated data. So no chunk can be dropped, moved or taken from another file unnoticed.
"""

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from organizer.base.dates import now
from organizer.base.errors import NotFoundError, RecordDamagedError, UnreadableSourceError
from organizer.base.i18n import _
from organizer.model.ids import NOBODY, PersonId, Sha256
from organizer.store.database import Database
from organizer.store.files import write_whole

MAGIC = b"CBO1"
CHUNK = 262_144
SALT = 32
TAG = 16


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of a source document: its content's SHA-256, name as it came, type, size in bytes, when."""

    sha256: Sha256
    name: str
    media_type: str
    size: int
    added: str


def put(database: Database, data: bytes, name: str, media_type: str) -> str:
    """Keep a document; gives its SHA-256. The same content is kept once. Raises DiskFullError."""
    sha256 = hashlib.sha256(data).hexdigest()
    enter(database, [keep(database, BytesIO(data), Sha256(sha256), name, media_type)])
    return sha256


def keep(
    database: Database,
    stream: BinaryIO,
    sha256: Sha256,
    name: str,
    media_type: str,
    step: Callable[[int], None] = lambda _done: None,
) -> Original:
    """Write the file of a document of any size, whose SHA-256 was taken when it was read, durably.

    `step` hears how many bytes are done, and stops it by raising. The file belongs to the record once it is entered
    (see `enter`); else it is swept at the next opening. Raises DiskFullError, and UnreadableSourceError where the
    stream no longer holds what was read.
    """
    path = place(database, sha256)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        write_whole(path, _sealed(database, sha256, _as_read(stream, sha256, name, step)))
    return Original(sha256, name, media_type, size, now().isoformat(timespec="seconds"))


def enter(database: Database, kept: Iterable[Original]) -> None:
    """Enter documents whose files are kept, in one transaction: a disc brings thousands."""
    with database.write():
        database.conn.executemany(
            "INSERT OR IGNORE INTO original (sha256, name, media_type, size, added) VALUES (?, ?, ?, ?, ?)",
            [(one.sha256, one.name, one.media_type, one.size, one.added) for one in kept],
        )


def _as_read(stream: BinaryIO, sha256: Sha256, name: str, step: Callable[[int], None]) -> Iterator[bytes]:
    """The stream's chunks; fails at the end where they are not those of the hash."""
    digest, done = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        done += len(chunk)
        step(done)
        yield chunk
    if digest.hexdigest() != sha256:
        raise UnreadableSourceError(
            _("“{name}” changed while it was being imported.").format(name=name),
            _("Wait until it is whole, then import it again; nothing was entered."),
        )


def read(database: Database, sha256: Sha256) -> bytes:
    """The document's bytes, as they came. Raises NotFoundError or RecordDamagedError (naming the document)."""
    known = info(database, sha256)
    path = place(database, sha256)
    if not path.is_file():
        raise _damaged(known)
    return unsealed(database.keys.originals, known, path.read_bytes())


def unsealed(key: bytes, original: Original, sealed: bytes) -> bytes:
    """What an encrypted file of a record with this originals key holds. Raises RecordDamagedError (naming it)."""
    try:
        data = b"".join(_opened(key, original.sha256, sealed))
    except InvalidTag as error:
        raise _damaged(original) from error
    if hashlib.sha256(data).hexdigest() != original.sha256:
        raise _damaged(original)
    return data


def info(database: Database, sha256: Sha256) -> Original:
    """What is known of a document. Raises NotFoundError."""
    rows = database.rows("SELECT sha256, name, media_type, size, added FROM original WHERE sha256 = ?", [sha256])
    if not rows:
        raise NotFoundError(_("This document isn’t in the record."), _("Import the file again."))
    return Original(*rows[0])


def all_originals(database: Database, person: PersonId = NOBODY) -> list[Original]:
    """All documents, or those from which an entry of a person was read, in the order they came."""
    mine = (
        "EXISTS (SELECT 1 FROM source JOIN entry ON entry.number = source.entry "
        "WHERE source.original = original.number AND person = ?1)"
    )
    rows = database.rows(
        "SELECT sha256, name, media_type, size, added FROM original "  # noqa: S608 - constant
        f"WHERE ?1 = '' OR {mine} ORDER BY number",
        [person],
    )
    return [Original(*row) for row in rows]


def place(database: Database, sha256: Sha256) -> Path:
    """The encrypted file of a document. Its name tells nothing of the content without the key."""
    return database.path / place_within(database.keys.originals, sha256)


def place_within(key: bytes, sha256: Sha256) -> str:
    """Where the file of a document lies within the folder of a record with this originals key."""
    name = hmac.digest(key, sha256.encode(), "sha256").hex()
    return f"originals/{name[:2]}/{name[2:]}"


def sweep(database: Database) -> int:
    """Remove files that no row names: left by an import that was cut off before its rows were written."""
    known = {place(database, one.sha256) for one in all_originals(database)}
    folder = database.path / "originals"
    orphans = [path for path in folder.rglob("*") if path.is_file() and path not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=b"casebook original").derive(key))


def _nonce(index: int, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([last])


def _sealed(database: Database, sha256: Sha256, chunks: Iterator[bytes]) -> Iterator[bytes]:
    salt = secrets.token_bytes(SALT)
    cipher = _cipher(database.keys.originals, salt)
    yield MAGIC + salt
    index, chunk = 0, next(chunks, b"")
    for following in chunks:
        yield cipher.encrypt(_nonce(index, False), chunk, sha256.encode())
        index, chunk = index + 1, following
    yield cipher.encrypt(_nonce(index, True), chunk, sha256.encode())


def _opened(key: bytes, sha256: Sha256, sealed: bytes) -> Iterator[bytes]:
    head = len(MAGIC) + SALT
    if sealed[: len(MAGIC)] != MAGIC or len(sealed) < head + TAG:
        raise InvalidTag
    cipher = _cipher(key, sealed[len(MAGIC) : head])
    step = CHUNK + TAG
    for start in range(head, len(sealed), step):
        last = start + step >= len(sealed)
        yield cipher.decrypt(_nonce((start - head) // step, last), sealed[start : start + step], sha256.encode())


def _damaged(original: Original) -> RecordDamagedError:
    return RecordDamagedError(
        _("The document “{name}” in this record is damaged or missing.").format(name=original.name),
        _("Import the file again, or restore it from a backup. All other documents are as they were."),
    )
