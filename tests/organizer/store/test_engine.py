"""What the database says of a disk, in plain words: by its own codes, as Python's own SQLite has them."""

import shutil
import sqlite3
from types import SimpleNamespace

import pytest

from organizer.base.errors import DiskError, DiskFullError, RecordDamagedError, RecordInUseError
from organizer.store import engine

CODES = {
    sqlite3.SQLITE_BUSY: RecordInUseError, sqlite3.SQLITE_LOCKED: RecordInUseError,
    sqlite3.SQLITE_CORRUPT: RecordDamagedError, sqlite3.SQLITE_NOTADB: RecordDamagedError,
    sqlite3.SQLITE_FULL: DiskFullError, sqlite3.SQLITE_IOERR: DiskError, sqlite3.SQLITE_READONLY: DiskError,
    sqlite3.SQLITE_CANTOPEN: DiskError, sqlite3.SQLITE_PERM: DiskError, sqlite3.SQLITE_IOERR_FSYNC: DiskError,
    sqlite3.SQLITE_BUSY_SNAPSHOT: RecordInUseError,
}  # fmt: skip


@pytest.mark.parametrize("code", range(30))
def test_each_result_code_has_its_own_words_and_a_fault_of_the_program_none(code):
    explained = engine._explained(_failed(code), None)
    assert type(explained) is CODES.get(code, type(None))


@pytest.mark.parametrize("code", [code for code in CODES if code > 0xFF])
def test_of_an_extended_code_the_low_byte_counts(code):
    assert type(engine._explained(_failed(code), None)) is CODES[code]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("disk I/O error", DiskError), ("database or disk is full", DiskFullError),
        ("database disk image is malformed", RecordDamagedError), ("file is not a database", RecordDamagedError),
        ("unable to open database file", DiskError), ("attempt to write a readonly database", DiskError),
        ("database is locked", RecordInUseError), ("SQL logic error", type(None)),
    ],
)  # fmt: skip
def test_without_a_code_the_words_of_sqlite_tell(words, kind):
    assert type(engine._explained(Exception(words), None)) is kind


@pytest.mark.parametrize(("free", "kind"), [(262_143, DiskFullError), (262_144, DiskError)])
def test_an_error_on_a_disk_without_room_for_the_index_of_the_log_is_a_full_disk(tmp_path, monkeypatch, free, kind):
    (tmp_path / "record.db").write_bytes(b"x")
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))
    assert type(engine._explained(_failed(sqlite3.SQLITE_IOERR), tmp_path / "record.db")) is kind


def _failed(code):
    error = Exception("something went wrong")
    error.sqlite_errorcode = code
    return error
