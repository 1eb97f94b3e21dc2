"""A record's folder: made, and opened to write or to read."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

from organizer.base.errors import DiskError, DiskFullError, NotARecordError, OrganizerError, RecordTooNewError
from organizer.base.i18n import _
from organizer.base.paths import remove_folder
from organizer.base.process import private_folder
from organizer.store import keys, renewal
from organizer.store.engine import DatabaseError, connect
from organizer.store.files import (
    keep_private,
    own_file,
    own_folder,
    plain_errors,
    refuse_link,
    remove_abandoned,
    sweep_parts,
    sync_folder,
)
from organizer.store.lock import RecordLock
from organizer.store.migrations import APPLICATION_ID, MIGRATIONS, migrate, pending
from organizer.store.session import BEFORE_UPDATE, FILES, LOST, RENEWAL, Session, copy_before_update, lost_in_words
from organizer.store.views import make_views

UPDATE_KEPT = 30 * 86_400
"""Seconds for which the copy made before an update stays: who finds something amiss after it does so in a month."""


def is_record(path: Path) -> bool:
    """True for the folder of a record, which may be damaged: what it needs to be opened at all is there."""
    return has_keys(path) and (path / "record.db").is_file()


def has_keys(path: Path) -> bool:
    """True for a folder with a key file of a record, be it the copy alone."""
    return any((path / name).is_file() for name in (keys.KEYS, keys.COPY))


def create(path: Path, passphrase: str, cost: keys.KdfCost | None = None) -> tuple[Session, str]:
    """Make a record folder and open it; gives also the recovery code, which nobody can show again.

    Raises OrganizerError where something stands there already or the passphrase is empty.
    """
    refuse_network(path)
    if path.exists() and any(path.iterdir() if path.is_dir() else [path]):
        raise OrganizerError(_("“{name}” is already there.").format(name=path.name), _("Choose another name or place."))
    if not passphrase:
        raise OrganizerError(_("A record needs a passphrase."), _("Choose one that you can remember."))
    with plain_errors(path):
        own_folder(path)
        keep_private(path)
        own_folder(path / "originals")
        data_key, code = keys.create_keys(path, passphrase, cost)
        lock = RecordLock(path)
        session = Session(path, data_key, _connect(path, data_key, "rwc"), lock, read_only=False)
        sync_folder(path)
    _prepare(session, is_new=True)
    return session, code


def open_record(path: Path, passphrase: str = "", recovery_code: str = "") -> Session:
    """Open a record by passphrase or recovery code; to read only where its folder can't be written.

    Raises WrongPassphraseError, NotARecordError, RecordDamagedError, RecordInUseError, RecordTooNewError.
    """
    refuse_network(path)
    refuse_links(path)
    renewal.finish(path)
    data_key = keys.unlock(path, passphrase, recovery_code)
    file = path / "record.db"
    if not file.is_file() or file.stat().st_size == 0:
        raise NotARecordError(
            _("The record “{name}” has lost its database.").format(name=path.name),
            _("Restore your latest backup into a new folder."),
        )
    if not _may_write(path, file):
        return _with_word_on_losses(_open_to_read(path, data_key))
    try:
        return _open_to_write(path, data_key)
    except DiskFullError:
        lock = RecordLock(path)  # what is read without a log of its own must not change meanwhile
        try:
            session = _with_word_on_losses(_open_to_read(path, data_key))
        except BaseException:
            lock.release()
            raise
        session._lock, session.lacks_room = lock, True
        session.notices.append(
            _("There is no room left on the disk: the record is open to read only. Free some space, then open it.")
        )
        return session


def renewed_in_words() -> str:
    """A sentence on backups from before the keys were new."""
    return _(
        "This record has new keys. Backups made before open with the passphrase and the recovery code of their time: "
        "make a new one, and delete those that nobody should open any more."
    )


def refuse_network(path: PurePath) -> None:
    """Raises DiskError for a path that names another computer (`\\\\nas\\share` on Windows): the log in which a
    commit is safe needs memory that all who open it share (sqlite.org/wal.html, "Overview")."""
    if path.drive.startswith("\\\\"):
        raise DiskError(
            _("“{name}” lies in a network folder, where a record isn’t safe.").format(name=path.name),
            _("Copy the whole folder to this computer and open it there. A backup may lie in a network folder."),
        )


def _may_write(path: Path, file: Path) -> bool:
    """Whether the record can be written. Windows tells by `access` of the read-only mark alone, not of rights, a
    write-protected disk or a guarded folder: so the lock's file, which is not changed by it, is opened too."""
    if not (os.access(path, os.W_OK) and os.access(file, os.W_OK)):
        return False
    try:
        own_file(path / "lock", "a+b").close()
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS)
    return True


def _with_word_on_losses(session: Session) -> Session:
    """A record that is opened to read, with a word on commits that are missing."""
    lost = session.lost_commits()
    if lost:
        session.notices.append(lost_in_words(lost) + " " + _("Compare with your latest backup."))
    return session


def refuse_links(path: Path) -> None:
    """Raises LinkRefusedError where a file or folder of the record at `path` is a link: it would lead out of it."""
    for name in (*FILES, RENEWAL):
        refuse_link(path / name)
    documents = path / "originals"
    refuse_link(documents)
    with suppress(OSError):  # what can't be looked into is told when a document is opened
        for folder in documents.iterdir():
            refuse_link(folder)


def _open_to_write(path: Path, data_key: bytes) -> Session:
    with plain_errors(path):
        lock = RecordLock(path)
    try:
        session = Session(path, data_key, _connect(path, data_key, "rw"), lock, read_only=False)
    except BaseException:
        lock.release()
        raise
    try:
        _refuse_newer(session)
        _prepare(session)
        _look_around(session)
    except BaseException:
        session.conn.close()
        lock.release()
        raise
    return session


def _look_around(session: Session) -> None:
    """Mend the key files, note commits that are missing before a save could hide it, close the folder to others."""
    for place in (session.path, *(session.path / name for name in FILES)):
        with suppress(FileNotFoundError):
            keep_private(place)
    remove_abandoned(session.path / f"{BEFORE_UPDATE}.part", age=0)
    remove_abandoned(session.path / BEFORE_UPDATE, UPDATE_KEPT)
    for name in (keys.KEYS, keys.COPY):
        sweep_parts(session.path / name, age=0)
    try:
        session.notices += [words for words in [keys.mend(session.path, session.data_key)] if words]
    except DiskError as error:
        session.notices.append(str(error))
    if session.meta(renewal.TO_TELL):
        session.set_meta(renewal.TO_TELL, "")
        session.notices.append(renewed_in_words())
    lost = session.lost_commits()
    if lost:
        session.set_meta(LOST, str(session.lost_before() + lost))
        session.notices.append(lost_in_words(lost) + " " + _("Compare with your latest backup, and enter them again."))


def _connect(path: Path, data_key: bytes, mode: str) -> Any:
    return connect(path / "record.db", keys.subkeys(data_key).database, mode)


def _prepare(session: Session, is_new: bool = False) -> None:
    with session.plainly():
        is_older = not is_new and pending(session.tables)
        if is_older:
            copy_before_update(session)
        migrate(session.tables)
        make_views(session.tables)
    if is_older:
        with suppress(DatabaseError):  # rows may be shorter now; where there is no room for it the file stays as it is
            session.conn.execute("VACUUM")
            session.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _refuse_newer(session: Session) -> None:
    """A record that another program or a newer Casebook wrote is left alone."""
    application = session.rows("PRAGMA application_id")[0][0]
    known = {migration.name for migration in MIGRATIONS._migrations}
    applied = {migration.name for migration in MIGRATIONS.applied(session.tables)}
    if application != APPLICATION_ID or applied - known:
        raise RecordTooNewError(
            _("This record was written by a newer Casebook."), _("Open it with that version. Nothing was changed.")
        )


def _open_to_read(path: Path, data_key: bytes) -> Session:
    """`immutable` ignores commits in a write-ahead log and can't be updated, so where a log is left, or an older
    Casebook wrote the record, a private encrypted copy is read."""
    log = path / "record.db-wal"
    if not log.exists() or log.stat().st_size == 0:
        session = Session(path, data_key, _connect(path, data_key, "immutable"), None, read_only=True)
        _refuse_newer(session)
        if not pending(session.tables):
            return session
        session.close()
    with plain_errors(path):
        copy = private_folder("casebook-copy-")
    try:
        for name in ("record.db", "record.db-wal"):
            if (path / name).exists():
                with plain_errors(path), own_file(path / name) as source, own_file(copy / name, "xb") as target:
                    shutil.copyfileobj(source, target)
        session = Session(path, data_key, _connect(copy, data_key, "rw"), None, read_only=True)
        session._private_copy = copy
        _refuse_newer(session)
        _prepare(session, is_new=True)
    except BaseException:
        remove_folder(copy, ignore_errors=True)
        raise
    return session
