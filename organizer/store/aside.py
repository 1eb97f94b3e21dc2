"""What a large job doesn't hold in memory: pages of bytes, encrypted, in a file without a name within the record.

The key is made for the one file and never leaves memory; the file has no name (on Windows it is deleted when it is
closed), so that nothing of it is left after the job, nor after a crash.
"""

import tempfile
import weakref
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from organizer.store.engine import connect_in_memory
from organizer.store.files import plain_errors

_NONCE = 12  # bytes, NIST SP 800-38D 8.2.1: a counter never repeats under one key


class Aside:
    """Pages by number, as many as the disk holds, for as long as anybody has it. Raises DiskFullError and DiskError."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._cipher = AESGCM(AESGCM.generate_key(256))
        with plain_errors(room):
            self._file = tempfile.TemporaryFile(dir=room, buffering=0)  # noqa: SIM115 - closed with the last look at it
        weakref.finalize(self, self._file.close)
        self._places = array("Q", [0])

    def put(self, page: bytes) -> int:
        """Lay a page down; gives its number."""
        number = len(self._places) - 1
        sealed = self._cipher.encrypt(number.to_bytes(_NONCE, "big"), page, None)
        with plain_errors(self._room):
            self._file.seek(self._places[-1])
            written = 0
            while written < len(sealed):
                written += self._file.write(sealed[written:])
        self._places.append(self._places[-1] + len(sealed))
        return number

    def get(self, number: int) -> bytes:
        """The page of that number."""
        begin, end = self._places[number], self._places[number + 1]
        with plain_errors(self._room):
            self._file.seek(begin)
            sealed = b""
            while len(sealed) < end - begin:
                sealed += self._file.read(end - begin - len(sealed))
        return self._cipher.decrypt(number.to_bytes(_NONCE, "big"), sealed, None)


class Register:
    """Places by names, some twenty bytes a name, in memory. A name's place may be another's too: look there."""

    def __init__(self) -> None:
        self._conn: Any = None

    def add(self, named: Iterable[tuple[str, int]]) -> None:
        """Each name with a place; a name may have several."""
        if self._conn is None:
            self._conn = connect_in_memory()
            self._conn.execute(
                "CREATE TABLE named (name INTEGER, place INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID"
            )
        rows = sorted((hash(name), place) for name, place in named)
        self._conn.execute("BEGIN")
        self._conn.executemany("INSERT OR IGNORE INTO named VALUES (?, ?)", rows)
        self._conn.execute("COMMIT")

    def places(self, names: Sequence[str]) -> list[int]:
        """The places of these names, the earliest first, each once."""
        if self._conn is None or not names:
            return []
        asked = orjson.dumps([hash(name) for name in names]).decode()
        rows = self._conn.execute(
            "SELECT DISTINCT place FROM named WHERE name IN (SELECT value FROM json_each(?)) ORDER BY place", [asked]
        )
        return [row[0] for row in rows]
