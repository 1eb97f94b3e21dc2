"""An open record: its connection, its transactions, and what is kept of it while it is open; see `opening`.

Name.casebook/  record.db (SQLCipher)  keys.json  keys-copy.json  originals/  lock  commits
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from organizer.base.errors import (
    DiskError,
    DiskFullError,
    LinkRefusedError,
)
from organizer.base.i18n import _, ngettext
from organizer.base.paths import put_in_place, remove, remove_folder
from organizer.base.remembered import forget_all
from organizer.store import keys
from organizer.store.engine import DatabaseError, Tables, connect, plainly
from organizer.store.files import (
    own_file,
    sync_folder,
)
from organizer.store.kept import Kept
from organizer.store.lock import RecordLock

Answer = TypeVar("Answer")

SUFFIX = ".casebook"
COMMITS = "commits"
BEFORE_UPDATE = "record.db.before-update"
RENEWAL, RENEWED = ".renewal", "whole"
"""Where the record lies encrypted under a new key, and the file which says that all of it is there: see `renewal`."""
FILES = (
    "record.db", "record.db-wal", "record.db-shm", "record.db-journal", BEFORE_UPDATE, f"{BEFORE_UPDATE}.part",
    keys.KEYS, keys.COPY, "lock", COMMITS,
)  # fmt: skip
"""What a record consists of beside its documents, as far as it is there."""
LOST = "lost_commits"


class Session:
    """One connection to an open record, with what is kept in memory of it; both end when it is closed.

    Not shared between threads at the same time: `worker` gives another connection, which shares what is kept.
    """

    def __init__(
        self,
        path: Path,
        data_key: bytes,
        conn: Any,
        lock: RecordLock | None,
        read_only: bool,
        memory: Kept | None = None,
    ) -> None:
        self.path = path
        self._commits, self._renewed = path / COMMITS, path / RENEWAL / RENEWED
        self.read_only = read_only
        self.lacks_room = False
        """Why it is open to read only: the disk was full."""
        self.data_key = data_key
        self.keys = keys.subkeys(data_key)
        self.conn = conn
        self.tables = Tables(conn)
        self._lock = lock
        self._private_copy: Path | None = None
        self._spare: list[Session] = []
        self._is_worker = memory is not None
        self._kept = memory or Kept()
        self._closed = False
        self.notices: list[str] = []
        """What opening found and did, to be told to the person once: a sentence each."""

    def close(self) -> None:
        """Bring the log home, close, forget, and let others open the record. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        if not self._is_worker:
            self.forget()
        while self._spare:
            self._spare.pop().close()
        if not self.read_only and self._lock is not None:
            self.checkpoint()
        self.conn.close()
        if self._lock is not None:
            self._lock.release()
        if self._private_copy is not None:
            remove_folder(self._private_copy, ignore_errors=True)

    def forget(self) -> None:
        """Let go of all that is kept in memory of the record, and of the words that were read: when it is closed, and
        when something of it is erased."""
        self._kept.forget()
        forget_all()

    def plainly(self) -> AbstractContextManager[None]:
        """Errors of the database within the block are told plainly."""
        return plainly(self._file)

    @property
    def _file(self) -> Path:
        return (self._private_copy or self.path) / "record.db"

    def checkpoint(self) -> None:
        """Move all commits from the write-ahead log into the main file (a flipped bit in a log drops commits)."""
        with self.plainly():
            self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def let_go(self) -> None:
        """Give up the memory of pages that were read lately: they are read again when they are wanted."""
        with self.plainly():
            self.conn.execute("PRAGMA shrink_memory").fetchone()

    @contextmanager
    def worker(self) -> "Iterator[Session]":
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

    def _another(self) -> "Session":
        if not self.read_only:
            conn = connect(self.path / "record.db", self.keys.database, "rw")
        elif self._private_copy is not None:
            conn = connect(self._private_copy / "record.db", self.keys.database, "ro")
        else:
            conn = connect(self.path / "record.db", self.keys.database, "immutable")
        another = Session(self.path, self.data_key, conn, None, self.read_only, self._kept)
        another.lacks_room = self.lacks_room
        return another

    def kept(self, what: str, key: str, make: Callable[[], Answer], most: int) -> Answer:
        """What was made for a key before, else what `make` makes: kept while the record is open, the `most` last used.

        For what is dear to make of a record's originals. `what` names the sort; a sort has answers of one type.
        """
        return self._kept.taken(what, key, make, most)

    def refuse_read_only(self) -> None:
        """Raises DiskError where nothing can be written to this record now: before work is begun in vain."""
        if self.lacks_room:
            raise DiskFullError(
                _("The disk had no room left when this record was opened: it is open to read only."),
                _("Free some space, then close it and open it again. What was saved before is safe."),
            )
        if self.read_only:
            raise DiskError(_("This record is open to read only."), _("Copy its folder to a disk you can write."))
        self._refuse_renewed()

    @property
    def is_renewed(self) -> bool:
        """True once the record lies beside itself under a new key: it is to be closed, and nothing to be written."""
        return self._renewed.exists()

    def _refuse_renewed(self) -> None:
        if self.is_renewed:
            raise DiskError(_("This record has new keys. Nothing was written."), _("Close it and open it again."))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While this lasts nobody else writes to the record. Raises RecordInUseError, DiskError."""
        self.refuse_read_only()
        with self.plainly():
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                self.conn.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction, all or nothing. Raises DiskFullError or RecordDamagedError with nothing written."""
        self.refuse_read_only()
        with self.plainly():
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_renewed()  # it may have happened while this connection waited for its turn
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
        takes longer than the commit. What goes wrong here isn't told: the commit is safe, this lags behind it.
        """
        with suppress(OSError, LinkRefusedError), own_file(self._commits, "a+b") as stream:
            stream.write(f"{number:020} {number:020}".encode("ascii"))

    def lost_commits(self) -> int:
        """How many commits that were reported as saved are missing: dropped with a damaged write-ahead log.

        The file beside the database is written after each commit and never before it, so it can lag behind after a
        power loss but not run ahead.
        """
        try:
            with own_file(self._commits) as stream:
                text = stream.read(64).decode("ascii", "replace")
        except OSError:
            return 0
        words, _blank, again = text.partition(" ")
        return max(0, int(words) - int(self.meta("commits") or 0)) if _is_count(words) and words == again else 0

    def lost_before(self) -> int:
        """How many lost commits were noticed when the record was opened, now or earlier: later saves don't hide it."""
        words = self.meta(LOST)
        return int(words) if _is_count(words) else 0

    def rows(self, sql: str, parameters: Any = ()) -> list[Any]:
        """All rows of a query as tuples."""
        with self.plainly():
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
        lines = [message.format(what=row[0]) for row in rows]
        lost = 0 if rows else self.lost_commits()
        return [*lines, lost_in_words(lost)] if lost else lines

    def meta(self, name: str) -> str:
        """A setting kept inside the record; "" where it was never set."""
        rows = self.rows("SELECT value FROM meta WHERE name = ?", [name])
        return str(rows[0][0]) if rows else ""

    def set_meta(self, name: str, value: str) -> None:
        """Keep a setting inside the record."""
        with self.write():
            self.conn.execute("REPLACE INTO meta VALUES (?, ?)", [name, value])


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 20


def lost_in_words(lost: int) -> str:
    """A sentence on commits that are missing."""
    words = ngettext("{n} change that was saved is missing.", "{n} changes that were saved are missing.", lost)
    return words.format(n=lost)


def copy_pages(session: Session, copy: Path, key: bytes | None = None) -> None:
    """A consistent copy of the database at `copy`, under the same key or another, without a log of its own."""
    target = connect(copy, key or session.keys.database, "rwc")
    try:
        with plainly(copy):
            session.conn.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        target.close()


def copy_before_update(session: Session) -> None:
    """The database as it is, beside itself, before its schema changes: `record.db.before-update`."""
    copy = session.path / f"{BEFORE_UPDATE}.part"
    remove(copy, missing_ok=True)
    copy_pages(session, copy)
    put_in_place(copy, session.path / BEFORE_UPDATE)
    sync_folder(session.path)
