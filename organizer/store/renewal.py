"""A new data key: the record encrypted anew beside itself, then put in place of the old one.

    .renewal/  record.db  originals/  keys.json  keys-copy.json, all under the new key; then `whole`

Until `whole` is there nothing has changed, and what was begun is removed at the next opening. From then on nothing is
written to the old record any more, and whoever opens the folder next puts the new one in its place, step by step: each
step may be cut off and is then done by the one after it.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from organizer.base.errors import DiskError, RecordDamagedError
from organizer.base.i18n import _
from organizer.base.paths import put_in_place, remove, remove_folder
from organizer.store import keys, originals
from organizer.store.engine import connect, plainly
from organizer.store.files import disk_full, own_folder, plain_errors, refuse_link, sync_folder, write_whole
from organizer.store.lock import RecordLock
from organizer.store.session import BEFORE_UPDATE, RENEWAL, RENEWED, Session, copy_pages

DATABASE, DOCUMENTS, OLD_DOCUMENTS = "record.db", "originals", "originals-before"
_LOGS = tuple(f"{DATABASE}-{sort}" for sort in ("wal", "shm", "journal"))
TO_TELL = "renewed"
"""A setting of the new database: at its first opening the person is told what has become of earlier backups."""
_ROOM = 1.1
"""How much more room than the record takes must be free: each block of a file is taken whole."""


def prepare(
    session: Session,
    passphrase: str,
    step: Callable[[int, int], None] = lambda _done, _of: None,
    cost: keys.KdfCost | None = None,
) -> str:
    """Encrypt an open record anew under a new data key; gives the new recovery code, which is shown once.

    `step` hears how many documents are done, of how many, and stops it by raising. Nothing can be written to the
    record afterwards: it is to be closed, and is put in its place when it is opened next (see `finish`). Raises
    DiskFullError, RecordDamagedError where a document or the database isn't whole; nothing is changed then.
    """
    session.refuse_read_only()
    folder = session.path / RENEWAL
    _begin_anew(folder)
    try:
        _refuse_little_room(session)
        data_key, code = keys.create_keys(folder, passphrase, cost)
        fresh = keys.subkeys(data_key)
        with plain_errors(folder):
            own_folder(folder / DOCUMENTS)
        _encrypt_documents(session, folder, fresh.originals, step)
        with session.alone():
            # What came in meanwhile, and then the database: from here on nobody else writes.
            _encrypt_documents(session, folder, fresh.originals, lambda _done, _of: None)
            _encrypt_database(session, folder / DATABASE, fresh.database)
            with plain_errors(folder):
                sync_folder(folder)
            write_whole(folder / RENEWED, b"whole")
            with plain_errors(folder):
                sync_folder(session.path)
    except BaseException:
        if not (folder / RENEWED).exists():
            remove_folder(folder, ignore_errors=True)
        raise
    return code


def finish(path: Path) -> bool:
    """Put a record that was encrypted anew in place of the old one, or remove what was begun; before it is opened.

    True where the keys are new now. Raises RecordInUseError, and DiskError where nothing can be written there.
    """
    folder = path / RENEWAL
    refuse_link(folder)
    if not folder.is_dir():
        return False
    refuse_link(folder / RENEWED)
    is_whole = (folder / RENEWED).is_file()
    if not is_whole and not os.access(path, os.W_OK):
        return False
    with plain_errors(path):
        lock = RecordLock(path)
    try:
        if is_whole:
            _put_in_place(path, folder)
            remove(folder / RENEWED)
        remove_folder(folder, ignore_errors=True)  # what stays of it is removed another time
    except OSError as error:
        raise DiskError(
            _("The new keys of this record can’t be put in place here."),
            _("Copy its folder to a disk that you can write, and open it there."),
        ) from error
    finally:
        lock.release()
    return is_whole


def _begin_anew(folder: Path) -> None:
    refuse_link(folder)
    with plain_errors(folder):
        if folder.is_dir():
            remove_folder(folder)
        own_folder(folder)


def _refuse_little_room(session: Session) -> None:
    """Before anything is written: the record needs its own size once more for a while."""
    files = [session.path / DATABASE, session.path / f"{DATABASE}-wal"]
    files += [originals.place(session, known.sha256) for known in originals.all_originals(session)]
    needed = 0
    for file in files:
        with suppress(FileNotFoundError):
            needed += file.lstat().st_size
    if shutil.disk_usage(session.path).free < needed * _ROOM:
        raise disk_full()


def _encrypt_documents(session: Session, folder: Path, key: bytes, step: Callable[[int, int], None]) -> None:
    known = originals.all_originals(session)
    for number, document in enumerate(known):
        step(number, len(known))
        place = folder / originals.place_within(key, document.sha256)
        if place.exists():
            continue
        with plain_errors(place):
            own_folder(place.parent)
        with originals.opened_file(session, document) as stream:
            chunks = originals.unsealed(session.keys.originals, document, stream)
            write_whole(place, originals.sealed(key, document.sha256, filter(None, chunks)))


def _encrypt_database(session: Session, copy: Path, key: bytes) -> None:
    """A copy under the new key, read through once. Raises RecordDamagedError where it isn't as the record is."""
    with session.worker() as reader:  # the connection that holds the writing can't be copied from
        copy_pages(reader, copy, key)
    with plainly(copy):
        conn = connect(copy, key, "rw")
        try:
            conn.execute("REPLACE INTO meta VALUES (?, 'yes')", [TO_TELL])
            conn.execute("PRAGMA journal_mode = DELETE").fetchone()
            faults = conn.execute("PRAGMA cipher_integrity_check").fetchall()
            faults += [row for row in conn.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
            counted = conn.execute("SELECT count(*), sum(length(data)) FROM entry_row").fetchall()
        finally:
            conn.close()
    if faults or counted != session.rows("SELECT count(*), sum(length(data)) FROM entry_row"):
        raise RecordDamagedError(
            _("This record can’t be encrypted anew: a part of it can’t be read."),
            _("Check everything, and restore your latest backup into a new folder. Nothing was changed."),
        )
    with plain_errors(copy), copy.open("rb") as stream:
        os.fsync(stream.fileno())


def _put_in_place(path: Path, folder: Path) -> None:
    """Each step leaves the next one to do, wherever it is cut off; the old documents go last, with the folder."""
    if (folder / DATABASE).exists():
        _remove_all(path / name for name in (*_LOGS, BEFORE_UPDATE, f"{BEFORE_UPDATE}.part"))
        put_in_place(folder / DATABASE, path / DATABASE)
    if (folder / DOCUMENTS).exists():
        if (path / DOCUMENTS).exists() and not (folder / OLD_DOCUMENTS).exists():
            put_in_place(path / DOCUMENTS, folder / OLD_DOCUMENTS)
        put_in_place(folder / DOCUMENTS, path / DOCUMENTS)
    for name in (keys.KEYS, keys.COPY):
        if (folder / name).exists():
            put_in_place(folder / name, path / name)
    sync_folder(path)
    sync_folder(folder)


def _remove_all(files: Iterable[Path]) -> None:
    for file in files:
        remove(file, missing_ok=True)
