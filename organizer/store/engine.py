"""SQLCipher under sqlite-utils: the only place that imports either.

sqlite-utils looks for `pysqlite3` first; given SQLCipher under that name it catches the right exceptions.
"""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

# sqlite-utils loads whichever of these is installed, for columns that we don't have: half a second at each start.
_NOT_NEEDED = [name for name in ("numpy", "pandas") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_NOT_NEEDED))  # type: ignore[arg-type]  # None stands for “not installed”

import sqlite_utils  # noqa: E402 - only after the aliases above
from sqlite_utils.migrations import Migrations  # noqa: E402

for _name in _NOT_NEEDED:
    del sys.modules[_name]

from organizer.base.errors import DiskError, OrganizerError, RecordDamagedError, RecordInUseError  # noqa: E402
from organizer.base.i18n import _  # noqa: E402
from organizer.store.files import disk_full, explained, own_file, refuse_link  # noqa: E402

Connection = sqlcipher3.dbapi2.Connection
DatabaseError = sqlcipher3.dbapi2.DatabaseError
OperationalError = sqlcipher3.dbapi2.OperationalError
Tables = sqlite_utils.Database

__all__ = [
    "Connection", "DatabaseError", "Migrations", "OperationalError", "Tables", "connect", "connect_in_memory",
    "connect_plain", "plainly",
]  # fmt: skip

CACHE_KIB = 65_536


def connect(path: Path, key: bytes, mode: str) -> Any:
    """A connection with the raw 32-byte key. `mode` is `rwc`, `rw`, `ro` or `immutable`.

    WAL with synchronous=FULL: a kill or a power loss loses no commit that was reported. Raises RecordDamagedError
    where the first page doesn't open.
    """
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    refuse_link(path)
    if mode == "rwc":
        own_file(path, "a+b").close()  # for this person only; its log and index get the same rights
    with plainly(path):
        conn = sqlcipher3.dbapi2.connect(
            f"{path.absolute().as_uri()}?{query}", uri=True, check_same_thread=False, isolation_level=None, timeout=30
        )
        try:
            _set_up(conn, key, mode)
        except BaseException:
            conn.close()
            raise
    return conn


def _set_up(conn: Any, key: bytes, mode: str) -> None:
    conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "foreign_keys = ON"):
        conn.execute(f"PRAGMA {pragma}")
    conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if mode in ("rwc", "rw"):
        _make_durable(conn)


def connect_plain(path: Path) -> Any:
    """A connection to a new file without a key: what is written to it can be read by anyone."""
    return sqlcipher3.dbapi2.connect(str(path), isolation_level=None)


def connect_in_memory() -> Any:
    """A connection to a database that is nowhere but in memory, and ends with the connection."""
    return sqlcipher3.dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)


def _make_durable(conn: Any) -> None:
    journal = conn.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    conn.execute("PRAGMA synchronous = FULL")
    full = conn.execute("PRAGMA synchronous").fetchone()[0]
    if (journal, full) != ("wal", 2):
        raise DiskError(
            _("This disk doesn’t allow safe writing of the record."), _("Move the record to a disk of this computer.")
        )


# Result codes of SQLite, the low byte of an extended one (sqlite.org/rescode.html, looked up 2026-11-29)
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26
_ERROR = 1
_TEXTS = {
    "disk I/O error": _IOERR, "disk is full": _FULL, "malformed": _CORRUPT, "not a database": _NOTADB,
    "unable to open": _CANTOPEN, "readonly": _READONLY, "is locked": _BUSY, "hmac check failed": _CORRUPT,
}  # fmt: skip
_SMALLEST_ROOM = 1 << 18
"""Bytes below which a disk is full for a record: SQLite names an I/O error where its index of the log (32 KiB and more)
finds no room."""


@contextmanager
def plainly(place: Path | None = None) -> Iterator[None]:
    """Turn the database's own errors into plain ones: a full disk, a gone one, a damaged page.

    `place` is the database's file, which is looked at where SQLite tells only that something went wrong.
    """
    try:
        yield
    except DatabaseError as error:
        explained = _explained(error, place)
        if explained is None:
            raise
        raise explained from error


def _explained(error: Exception, place: Path | None) -> OrganizerError | None:
    """What happened, by SQLite's result code; None for a fault of the program."""
    code = (getattr(error, "sqlite_errorcode", None) or _code_by_text(str(error))) & 0xFF
    if code == _FULL:
        return disk_full()
    if code in (_CORRUPT, _NOTADB):
        return _damaged()
    if code in (_BUSY, _LOCKED):
        return RecordInUseError(
            _("This record is being written by another program."), _("Wait a moment, then try again.")
        )
    if code in (_IOERR, _READONLY, _CANTOPEN, _PERM):
        return _trouble_with(place)
    return None


def _code_by_text(text: str) -> int:
    """The copying of a database (`backup`) tells its result in words alone: those of sqlite3_errstr."""
    return next((code for words, code in _TEXTS.items() if words in text), _ERROR)


def _trouble_with(place: Path | None) -> OrganizerError:
    """An input or output error, told apart by looking at the place: gone, read only, full, or failing."""
    if place is None:
        return explained(OSError(errno.EIO, ""))
    try:
        with place.open("rb") as stream:
            stream.seek(-1, os.SEEK_END)
            stream.read(1)
        free = shutil.disk_usage(place.parent).free
    except OSError as trouble:
        return explained(trouble, place)
    if not os.access(place.parent, os.W_OK):
        return explained(OSError(errno.EROFS, ""), place)
    if free < _SMALLEST_ROOM:
        return disk_full()
    return explained(OSError(errno.EIO, ""), place)


def _damaged() -> RecordDamagedError:
    return RecordDamagedError(
        _("A part of this record can’t be read: its file is damaged."),
        _("Close it and restore your latest backup into a new folder. The damaged one is left as it is."),
    )
