"""Source documents, whole and encrypted, named by their content.

A file is a 32-byte salt after the magic, then chunks of up to 256 KiB of the content under AES-256-GCM: the key is
derived from the record's originals key and the salt, the nonce is the chunk's index with a mark on the last, the
SHA-256 of the content is the associated data. So no chunk can be dropped, moved or taken from another file unnoticed.

CBO2, which is written, compresses a chunk where that helps, before it is encrypted: a chunk is its length (4 bytes),
then what is encrypted, which starts with a byte that tells how it is packed. CBO1, which is still read, has chunks of
one length and no such byte.
"""

import hashlib
import hmac
import os
import re
import secrets
import zlib
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
from organizer.base.errors import DiskError, NotFoundError, RecordDamagedError, UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.paths import remove
from organizer.model.ids import NOBODY, PersonId, Sha256
from organizer.store.files import own_file, own_folder, plain_errors, refuse_link, write_whole
from organizer.store.session import Session

MAGIC, FIRST_MAGIC = b"CBO2", b"CBO1"
CHUNK = 262_144
SALT = 32
TAG = 16
LENGTH = 4
AS_IT_IS, DEFLATED = b"\x00", b"\x01"
_FOLDER, _FILE = re.compile(r"[0-9a-f]{2}"), re.compile(r"[0-9a-f]{62}|\.[0-9a-f]{62}\.[0-9a-f]{12}\.part")
_SAMPLE, _WORTHWHILE = 16_384, 0.9
"""Bytes of a chunk that are tried first, and the share to which they must shrink: pictures and zips don't."""


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of a source document: its content's SHA-256, name as it came, type, size in bytes, when."""

    sha256: Sha256
    name: str
    media_type: str
    size: int
    added: str


def put(session: Session, data: bytes, name: str, media_type: str) -> str:
    """Keep a document; gives its SHA-256. The same content is kept once. Raises DiskFullError."""
    sha256 = hashlib.sha256(data).hexdigest()
    original = keep(session, BytesIO(data), Sha256(sha256), name, media_type)
    with session.write():
        enter(session, [original])
    return sha256


def keep(
    session: Session,
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
    path = place(session, sha256)
    with plain_errors(path):
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
    original = Original(sha256, name, media_type, size, now().isoformat(timespec="seconds"))
    if not (path.exists() and _is_whole(session, original)):
        with plain_errors(path):
            own_folder(path.parent)
        write_whole(path, sealed(session.keys.originals, sha256, _as_read(stream, sha256, name, step)))
    return original


def _is_whole(session: Session, original: Original) -> bool:
    """A damaged document is mended by importing its file again."""
    try:
        check(session, original)
    except RecordDamagedError:
        return False
    return True


def enter(session: Session, incoming: Iterable[Original]) -> None:
    """Enter documents whose files are kept, within the transaction that is open: they come in with the entries that
    were read from them, or not at all."""
    session.conn.executemany(
        "INSERT OR IGNORE INTO original (sha256, name, media_type, size, added) VALUES (?, ?, ?, ?, ?)",
        [(original.sha256, original.name, original.media_type, original.size, original.added) for original in incoming],
    )


def discard(session: Session, unwanted: Iterable[Original]) -> None:
    """Remove the files of documents that were kept but not entered: the import was stopped or failed."""
    entered = {original.sha256 for original in all_originals(session)}
    for original in unwanted:
        if original.sha256 not in entered:
            remove(place(session, original.sha256), missing_ok=True)


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


def read(session: Session, sha256: Sha256) -> bytes:
    """The document's bytes, as they came. Raises NotFoundError or RecordDamagedError (naming the document)."""
    known = info(session, sha256)
    with opened_file(session, known) as stream:
        return b"".join(unsealed(session.keys.originals, known, stream))


def check(session: Session, original: Original) -> None:
    """Read a document, of any size, to its end. Raises RecordDamagedError (naming it) where it isn't as it came."""
    with opened_file(session, original) as sealed:
        for _chunk in unsealed(session.keys.originals, original, sealed):
            pass


def opened_file(session: Session, original: Original) -> BinaryIO:
    """The encrypted file of a document, to be read. Raises RecordDamagedError where it isn't there."""
    path = place(session, original.sha256)
    refuse_link(path.parent)
    try:
        with plain_errors(path):
            return own_file(path)
    except DiskError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            raise _damaged(original) from error
        raise


def unsealed(key: bytes, original: Original, sealed: BinaryIO) -> Iterator[bytes]:
    """What an encrypted file of a record with this originals key holds, in chunks: each is authentic, and the last one
    comes only where all are those of the document. Raises RecordDamagedError (naming it)."""
    digest, before = hashlib.sha256(), b""
    try:
        for chunk in _opened(key, original.sha256, sealed):
            digest.update(chunk)
            yield before
            before = chunk
    except (InvalidTag, zlib.error) as error:
        raise _damaged(original) from error
    if digest.hexdigest() != original.sha256:
        raise _damaged(original)
    yield before


def info(session: Session, sha256: Sha256) -> Original:
    """What is known of a document. Raises NotFoundError."""
    rows = session.rows("SELECT sha256, name, media_type, size, added FROM original WHERE sha256 = ?", [sha256])
    if not rows:
        raise NotFoundError(_("This document isn’t in the record."), _("Import the file again."))
    return Original(*rows[0])


def all_originals(session: Session, person: PersonId = NOBODY) -> list[Original]:
    """All documents, or those from which an entry of a person was read, in the order they came."""
    mine = (
        "EXISTS (SELECT 1 FROM source JOIN entry_row ON entry_row.number = source.entry "
        "WHERE source.original = original.number AND person_term = (SELECT number FROM term WHERE text = ?1))"
    )
    rows = session.rows(
        "SELECT sha256, name, media_type, size, added FROM original "  # noqa: S608 - constant
        f"WHERE ?1 = '' OR {mine} ORDER BY number",
        [person],
    )
    return [Original(*row) for row in rows]


def place(session: Session, sha256: Sha256) -> Path:
    """The encrypted file of a document. Its name tells nothing of the content without the key."""
    return session.path / place_within(session.keys.originals, sha256)


def place_within(key: bytes, sha256: Sha256) -> str:
    """Where the file of a document lies within the folder of a record with this originals key."""
    name = hmac.digest(key, sha256.encode(), "sha256").hex()
    return f"originals/{name[:2]}/{name[2:]}"


def sweep(session: Session) -> int:
    """Remove files that no row names: left by an import that was cut off before its rows were written.

    Only what bears a name of ours and lies where we put it: nothing else in the folder is touched, no link is followed.
    """
    known = {
        place(session, original.sha256).relative_to(session.path).as_posix() for original in all_originals(session)
    }
    orphans = []
    for folder in _own_folders(session.path / "originals"):
        with os.scandir(folder) as inside:
            orphans += [
                Path(entry.path)
                for entry in inside
                if _FILE.fullmatch(entry.name)
                and entry.is_file(follow_symlinks=False)
                and f"originals/{folder.name}/{entry.name}" not in known
            ]
    for path in orphans:
        remove(path, missing_ok=True)
    return len(orphans)


def _own_folders(documents: Path) -> list[Path]:
    if documents.is_symlink() or not documents.is_dir():
        return []
    with os.scandir(documents) as inside:
        return [
            Path(entry.path)
            for entry in inside
            if _FOLDER.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
        ]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=b"casebook original").derive(key))


def _nonce(index: int, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([last])


def sealed(key: bytes, sha256: Sha256, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The encrypted file of a document under the originals key of a record, in parts; no chunk is empty but the one of
    an empty document."""
    salt = secrets.token_bytes(SALT)
    cipher = _cipher(key, salt)
    yield MAGIC + salt
    index, chunk = 0, next(chunks, b"")
    for following in chunks:
        yield _with_length(cipher.encrypt(_nonce(index, False), _packed(chunk), sha256.encode()))
        index, chunk = index + 1, following
    yield _with_length(cipher.encrypt(_nonce(index, True), _packed(chunk), sha256.encode()))


def _with_length(sealed: bytes) -> bytes:
    return len(sealed).to_bytes(LENGTH, "big") + sealed


def _packed(chunk: bytes) -> bytes:
    sample = chunk[:_SAMPLE]
    if len(zlib.compress(sample, 1)) < len(sample) * _WORTHWHILE:
        deflated = zlib.compress(chunk)
        if len(deflated) < len(chunk):
            return DEFLATED + deflated
    return AS_IT_IS + chunk


def _unpacked(packed: bytes) -> bytes:
    """Raises zlib.error for what isn't packed so, or would grow beyond a chunk."""
    if packed[:1] == AS_IT_IS:
        return packed[1:]
    if packed[:1] != DEFLATED:
        raise zlib.error
    opened = zlib.decompressobj()
    chunk = opened.decompress(packed[1:], CHUNK + 1)
    if not opened.eof or len(chunk) > CHUNK:
        raise zlib.error
    return chunk


def _opened(key: bytes, sha256: Sha256, sealed: BinaryIO) -> Iterator[bytes]:
    magic, salt = sealed.read(len(MAGIC)), sealed.read(SALT)
    if magic not in (MAGIC, FIRST_MAGIC) or len(salt) < SALT:
        raise InvalidTag
    cipher = _cipher(key, salt)
    chunks = _chunks(sealed) if magic == MAGIC else _first_chunks(sealed)
    index, chunk = 0, next(chunks, b"")
    for following in chunks:
        opened = cipher.decrypt(_nonce(index, False), chunk, sha256.encode())
        yield _unpacked(opened) if magic == MAGIC else opened
        index, chunk = index + 1, following
    opened = cipher.decrypt(_nonce(index, True), chunk, sha256.encode())
    yield _unpacked(opened) if magic == MAGIC else opened


def _chunks(sealed: BinaryIO) -> Iterator[bytes]:
    """The encrypted chunks of CBO2. Raises InvalidTag where one has a length that none can have."""
    while length := sealed.read(LENGTH):
        size = int.from_bytes(length, "big")
        if len(length) < LENGTH or not TAG < size <= CHUNK + TAG + 1:
            raise InvalidTag
        chunk = sealed.read(size)
        if len(chunk) < size:
            raise InvalidTag
        yield chunk


def _first_chunks(sealed: BinaryIO) -> Iterator[bytes]:
    while chunk := sealed.read(CHUNK + TAG):
        yield chunk


def _damaged(original: Original) -> RecordDamagedError:
    return RecordDamagedError(
        _("The document “{name}” in this record is damaged or missing.").format(name=original.name),
        _("Import the file again, or restore it from a backup. All other documents are as they were."),
    )
