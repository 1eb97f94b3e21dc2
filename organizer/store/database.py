"""A record on disk: made, opened, unlocked, closed.

Name.casebook/  record.db (SQLCipher)  keys.json  originals/  lock  commits
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from organizer.base.errors import NotARecordError, OrganizerError, RecordTooNewError
from organizer.base.i18n import _, ngettext
from organizer.store import keys
from organizer.store.engine import DatabaseError, Tables, connect, plainly
from organizer.store.files import disk_full_said, sync_folder
from organizer.store.lock import RecordLock
from organizer.store.migrations import APPLICATION_ID, MIGRATIONS, migrate, pending
from organizer.store.views import make_views

SUFFIX = ".casebook"
COMMITS = "commits"
BEFORE_UPDATE = "record.db.before-update"


class Database:
    """One connection to an open record. Not shared between threads at the same time: `worker` gives another."""

    def __init__(self, path: Path, data_key: bytes, conn: Any, lock: RecordLock | None, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.data_key = data_key
        self.keys = keys.subkeys(data_key)
        self.conn = conn
        self.tables = Tables(conn)
        self._lock = lock
        self._private_copy: Path | None = None
        self._spare: list[Database] = []
        self._closed = False

    def close(self) -> None:
        """Bring the log home, close, and let others open the record. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        while self._spare:
            self._spare.pop().close()
        if not self.read_only and self._lock is not None:
            self.checkpoint()
        self.conn.close()
        if self._lock is not None:
            self._lock.release()
        if self._private_copy is not None:
            shutil.rmtree(self._private_copy, ignore_errors=True)

    def checkpoint(self) -> None:
        """Move all commits from the write-ahead log into the main file (a flipped bit in a log drops commits)."""
        with plainly():
            self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    @contextmanager
    def worker(self) -> "Iterator[Database]":
        """Another connection to the same record, for another thread; kept for the next one with what it has read."""
        try:
            worker = self._spare.pop()
        except IndexError:
            worker = self._another()
        try:
            yield worker
        except BaseException:
            worker.close()
            raise
        if self._spare or self._closed:
            worker.close()
        else:
            self._spare.append(worker)

    def _another(self) -> "Database":
        if not self.read_only:
            conn = connect(self.path / "record.db", self.keys.database, "rw")
        elif self._private_copy is not None:
            conn = connect(self._private_copy / "record.db", self.keys.database, "ro")
        else:
            conn = connect(self.path / "record.db", self.keys.database, "immutable")
        return Database(self.path, self.data_key, conn, None, self.read_only)

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction, all or nothing. Raises DiskFullError or RecordDamagedError with nothing written."""
        if self.read_only:
            raise OrganizerError(_("This record is open to read only."), _("Copy its folder to a disk you can write."))
        with plainly():
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
                number = self._count_commit()
                self.conn.execute("COMMIT")
            except BaseException:
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise
        self._repeat_outside(number)

    def _count_commit(self) -> int:
        """The number of this commit, kept in the database; a plain file beside it repeats it after the commit."""
        self.conn.execute("INSERT OR IGNORE INTO meta VALUES ('commits', '0')")
        self.conn.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'commits'")
        return int(self.conn.execute("SELECT value FROM meta WHERE name = 'commits'").fetchone()[0])

    def _repeat_outside(self, number: int) -> None:
        """Twice, so that a half-written one is known as such; not synced, since it may lag but never run ahead.

        Written over in place: a file that is emptied first is flushed by some file systems when it is closed, which
        takes longer than the commit.
        """
        handle = os.open(self.path / COMMITS, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{number:020} {number:020}".encode("ascii"))
        finally:
            os.close(handle)

    def lost_commits(self) -> int:
        """How many commits that were reported as saved are missing: dropped with a damaged write-ahead log.

        The file beside the database is written after each commit and never before it, so it can lag behind after a
        power loss but not run ahead.
        """
        file = self.path / COMMITS
        told, _blank, again = (file.read_text("ascii", "replace") if file.is_file() else "").partition(" ")
        return max(0, int(told) - int(self.meta("commits") or 0)) if told.isdigit() and told == again else 0

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """All rows of a query as tuples."""
        with plainly():
            return list(self.conn.execute(sql, parameters).fetchall())

    def size(self) -> int:
        """Bytes of the database file."""
        return (self.path / "record.db").stat().st_size

    def damaged_pages(self) -> list[str]:
        """A sentence for each page that isn't as it was written: its HMAC, then the tables' own order; and for
        changes that were saved and are missing."""
        if not self.read_only:
            self.checkpoint()
        try:
            rows = self.conn.execute("PRAGMA cipher_integrity_check").fetchall()
            rows += [row for row in self.conn.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
        except DatabaseError as error:
            rows = [(error.__class__.__name__,)]
        message = _("The record’s database is damaged: {what}.")
        found = [message.format(what=row[0]) for row in rows]
        lost = 0 if rows else self.lost_commits()
        if lost:
            words = ngettext("{n} change that was saved is missing.", "{n} changes that were saved are missing.", lost)
            found.append(words.format(n=lost))
        return found

    def meta(self, name: str) -> str:
        """A setting kept inside the record; "" where it was never set."""
        rows = self.rows("SELECT value FROM meta WHERE name = ?", [name])
        return str(rows[0][0]) if rows else ""

    def set_meta(self, name: str, value: str) -> None:
        """Keep a setting inside the record."""
        with self.write():
            self.conn.execute("REPLACE INTO meta VALUES (?, ?)", [name, value])


def is_record(path: Path) -> bool:
    """True for the folder of a record, which may be damaged: what it needs to be opened at all is there."""
    return (path / "keys.json").is_file() and (path / "record.db").is_file()


def create(path: Path, passphrase: str, cost: keys.KdfCost | None = None) -> tuple[Database, str]:
    """Make a record folder and open it; gives also the recovery code, which nobody can show again.

    Raises OrganizerError where something stands there already or the passphrase is empty.
    """
    if path.exists() and any(path.iterdir() if path.is_dir() else [path]):
        raise OrganizerError(_("“{name}” is already there.").format(name=path.name), _("Choose another name or place."))
    if not passphrase:
        raise OrganizerError(_("A record needs a passphrase."), _("Choose one that you can remember."))
    with disk_full_said():
        (path / "originals").mkdir(parents=True, exist_ok=True)
        data_key, code = keys.create_keys(path, passphrase, cost)
        lock = RecordLock(path)
        database = Database(path, data_key, _connect(path, data_key, "rwc"), lock, read_only=False)
        sync_folder(path)
    _prepare(database, is_new=True)
    return database, code


def open_record(path: Path, passphrase: str = "", recovery_code: str = "") -> Database:
    """Open a record by passphrase or recovery code; to read only where its folder can't be written.

    Raises WrongPassphraseError, NotARecordError, RecordDamagedError, RecordInUseError, RecordTooNewError.
    """
    data_key = keys.unlock(path, passphrase, recovery_code)
    file = path / "record.db"
    if not file.is_file() or file.stat().st_size == 0:
        raise NotARecordError(
            _("The record “{name}” has lost its database.").format(name=path.name),
            _("Restore your latest backup into a new folder."),
        )
    if not os.access(path, os.W_OK) or not os.access(file, os.W_OK):
        return _open_to_read(path, data_key)
    lock = RecordLock(path)
    try:
        database = Database(path, data_key, _connect(path, data_key, "rw"), lock, read_only=False)
        _refuse_newer(database)
        _prepare(database)
    except BaseException:
        lock.release()
        raise
    return database


def _connect(path: Path, data_key: bytes, mode: str) -> Any:
    return connect(path / "record.db", keys.subkeys(data_key).database, mode)


def _prepare(database: Database, is_new: bool = False) -> None:
    with plainly():
        if not is_new and pending(database.tables):
            copy_before_update(database)
        migrate(database.tables)
        make_views(database.tables)


def _refuse_newer(database: Database) -> None:
    """A record that another program or a newer Casebook wrote is left alone."""
    application = database.rows("PRAGMA application_id")[0][0]
    known = {migration.name for migration in MIGRATIONS._migrations}
    applied = {migration.name for migration in MIGRATIONS.applied(database.tables)}
    if application != APPLICATION_ID or applied - known:
        raise RecordTooNewError(
            _("This record was written by a newer Casebook."), _("Open it with that version. Nothing was changed.")
        )


def _open_to_read(path: Path, data_key: bytes) -> Database:
    """`immutable` ignores commits in a write-ahead log and can't be updated, so where a log is left, or an older
    Casebook wrote the record, a private encrypted copy is read."""
    log = path / "record.db-wal"
    if not log.exists() or log.stat().st_size == 0:
        database = Database(path, data_key, _connect(path, data_key, "immutable"), None, read_only=True)
        _refuse_newer(database)
        if not pending(database.tables):
            return database
        database.close()
    copy = Path(tempfile.mkdtemp(prefix="casebook-"))
    for name in ("record.db", "record.db-wal"):
        if (path / name).exists():
            shutil.copyfile(path / name, copy / name)
    database = Database(path, data_key, _connect(copy, data_key, "rw"), None, read_only=True)
    database._private_copy = copy
    try:
        _refuse_newer(database)
        _prepare(database, is_new=True)
    except BaseException:
        database.close()
        raise
    return database


def copy_pages(database: Database, copy: Path) -> None:
    """A consistent copy of the database at `copy`, under the same key, without a log of its own."""
    target = connect(copy, database.keys.database, "rwc")
    with plainly():
        database.conn.backup(target)
        target.execute("PRAGMA journal_mode = DELETE").fetchone()
    target.close()


def copy_before_update(database: Database) -> None:
    """The database as it is, beside itself, before its schema changes: `record.db.before-update`."""
    copy = database.path / f"{BEFORE_UPDATE}.part"
    copy.unlink(missing_ok=True)
    copy_pages(database, copy)
    copy.replace(database.path / BEFORE_UPDATE)
    sync_folder(database.path)
