"""SQLCipher under sqlite-utils: the only place that imports either.

sqlite-utils looks for `pysqlite3` first; given SQLCipher under that name it catches the right exceptions.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

import sqlite_utils  # noqa: E402 - only after the aliases above
from sqlite_utils.migrations import Migrations  # noqa: E402

from organizer.base.errors import RecordDamagedError  # noqa: E402
from organizer.base.i18n import _  # noqa: E402
from organizer.store.files import disk_full  # noqa: E402

Connection = sqlcipher3.dbapi2.Connection
DatabaseError = sqlcipher3.dbapi2.DatabaseError
OperationalError = sqlcipher3.dbapi2.OperationalError
Tables = sqlite_utils.Database

__all__ = [
    "Connection", "DatabaseError", "Migrations", "OperationalError", "Tables", "connect", "connect_plain", "plainly",
]  # fmt: skip

CACHE_KIB = 65_536


def connect(path: Path, key: bytes, mode: str) -> Any:
    """A connection with the raw 32-byte key. `mode` is `rwc`, `rw`, `ro` or `immutable`.

    WAL with synchronous=FULL: a kill or a power loss loses no commit that was reported. Raises RecordDamagedError
    where the first page doesn't open.
    """
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    conn = sqlcipher3.dbapi2.connect(
        f"{path.absolute().as_uri()}?{query}", uri=True, check_same_thread=False, isolation_level=None, timeout=30
    )
    with plainly():
        conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY", "foreign_keys = ON"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if mode in ("rwc", "rw"):
            _make_durable(conn)
    return conn


def connect_plain(path: Path) -> Any:
    """A connection to a new file without a key: what is written to it can be read by anyone."""
    return sqlcipher3.dbapi2.connect(str(path), isolation_level=None)


def _make_durable(conn: Any) -> None:
    journal = conn.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    conn.execute("PRAGMA synchronous = FULL")
    full = conn.execute("PRAGMA synchronous").fetchone()[0]
    if (journal, full) != ("wal", 2):
        raise RecordDamagedError(
            _("This disk doesn’t allow safe writing of the record."), _("Move the record to a disk of this computer.")
        )


@contextmanager
def plainly() -> Iterator[None]:
    """Turn the database's own errors into plain ones: a full disk, a damaged page."""
    try:
        yield
    except DatabaseError as error:
        text = str(error)
        if "full" in text:
            raise disk_full() from error
        if any(word in text for word in ("malformed", "not a database", "hmac check failed", "disk I/O error")):
            raise RecordDamagedError(
                _("A part of this record can’t be read: its file is damaged."),
                _("Close it and restore your latest backup into a new folder. The damaged one is left as it is."),
            ) from error
        raise
