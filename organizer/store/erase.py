"""Erasing for good: an entry, a person, a whole record. What undo could bring back is wiped too."""

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from organizer.base.errors import DiskError, DiskFullError
from organizer.base.i18n import _
from organizer.base.paths import remove, remove_folder
from organizer.model.ids import PersonId, Sha256
from organizer.store import added, keys, originals, terms, wordings
from organizer.store.files import own_file
from organizer.store.rows import delete
from organizer.store.session import BEFORE_UPDATE, RENEWAL, Session
from organizer.store.terms import NUMBERED

_BEGUN = "erasing"
"""Under this name the record knows that entries are deleted and their traces not wiped yet."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many entries and documents are gone, and the documents that stay because other entries rest on them."""

    entries: int
    documents: int
    kept_documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """What erasing would take: how many entries, which documents; and the documents that would stay."""

    entries: int
    documents: tuple[str, ...]
    kept_documents: tuple[str, ...]


def going(session: Session, ids: Sequence[str]) -> Going:
    """What `erase_entries` would take, without touching anything."""
    listed = orjson.dumps(list(ids)).decode()
    behind = _documents_of(session, listed)
    still = _still_needed(session, behind, listed)
    (counted,) = session.rows("SELECT count(*) FROM entry_row WHERE id IN (SELECT value FROM json_each(?))", [listed])
    gone = tuple(originals.info(session, Sha256(text)).name for text in behind if text not in still)
    names = tuple(originals.info(session, Sha256(text)).name for text in behind if text in still)
    return Going(counted[0], gone, names)


def erase_entries(session: Session, ids: Sequence[str]) -> Erased:
    """Wipe entries with all their earlier states, their search words, and documents on which nothing else rests.

    What is undone can't be brought back after it: it may be of the same person, and say the same.

    The freed pages are overwritten (`secure_delete`) and the file is written anew, so that not even who has the
    passphrase finds the words again. A document that other entries rest on is kept and named. Where there is no room
    to write the file anew the entries are gone, DiskFullError says what is left, and `finish` does it at the next
    opening.
    """
    listed = orjson.dumps(list(ids)).decode()
    chosen = "(SELECT value FROM json_each(?))"
    session.conn.execute("PRAGMA secure_delete = ON").fetchone()
    with session.write():
        added.forget(session)
        present = [row[0] for row in session.rows(f"SELECT id FROM entry_row WHERE id IN {chosen}", [listed])]  # noqa: S608
        behind = _documents_of(session, listed)
        numbers = delete(session, present)
        _forget_changes(session, listed, list(numbers.values()))
        session.conn.execute(f"DELETE FROM link WHERE target IN {chosen}", [listed])  # noqa: S608
        still = _still_needed(session, behind, listed)
        gone = [text for text in behind if text not in still]
        names = tuple(originals.info(session, Sha256(text)).name for text in behind if text in still)
        for sha256 in gone:
            session.conn.execute("DELETE FROM original WHERE sha256 = ?", [sha256])
        session.conn.execute("INSERT INTO wording_text (wording_text) VALUES ('optimize')")
        wordings.unlearn(session.conn)
        terms.forget_unused(session.conn)
        session.conn.execute("REPLACE INTO meta VALUES (?, 'yes')", [_BEGUN])
    for sha256 in gone:
        remove(originals.place(session, Sha256(sha256)), missing_ok=True)
    session.forget()
    try:
        _wipe(session)
    except DiskFullError as error:
        raise DiskFullError(
            _("The entries are erased, but there is no room to wipe what is left of them in the record’s file."),
            _("Free some space and open the record again: then it is wiped."),
        ) from error
    return Erased(len(present), len(gone), names)


def finish(session: Session) -> None:
    """Do what an erasing that was cut off still had to do, and note it for the person. Files of documents that were
    erased are no longer named by any row: `originals.sweep` removes them."""
    if not session.meta(_BEGUN):
        return
    if session.read_only:
        words = _("An erasing was cut off. It will be finished when the record is opened to write.")
    else:
        try:
            _wipe(session)
            words = _("An erasing that was cut off is finished now.")
        except DiskError as error:
            words = _("An erasing that was cut off is still not finished: {why}").format(why=error)
    session.notices.append(words)


def _wipe(session: Session) -> None:
    """Overwrite what the file still holds of deleted rows, and remove the copy made before an update, which holds the
    words too; that first, as it makes room."""
    remove(session.path / BEFORE_UPDATE, missing_ok=True)
    session.conn.execute("PRAGMA secure_delete = ON").fetchone()
    session.checkpoint()
    with session.plainly():
        session.conn.execute("VACUUM")
    session.set_meta(_BEGUN, "")
    session.checkpoint()


def entries_of(session: Session, person: PersonId) -> list[str]:
    """The ids of a person's entries, their own among them."""
    return [row[0] for row in session.rows(f"SELECT id FROM entry_row WHERE person_term = {NUMBERED}", [person])]  # noqa: S608


def erase_record(folder: Path) -> None:
    """Wipe a record that is closed: its keys first, without which the rest can't be read by anyone."""
    places = [folder / keys.KEYS, folder / keys.COPY, folder / RENEWAL / keys.KEYS, folder / RENEWAL / keys.COPY]
    for path in places:
        if path.is_file():
            with own_file(path, "r+b") as stream:
                stream.write(secrets.token_bytes(path.stat().st_size))
                stream.flush()
                os.fsync(stream.fileno())
    remove_folder(folder)


def _documents_of(session: Session, listed: str) -> list[str]:
    """The originals that the entries were read from, hold as their file, or have attached."""
    sql = """
        SELECT DISTINCT sha256 FROM original WHERE number IN
            (SELECT original FROM source JOIN entry_row AS entry ON number = source.entry
             WHERE id IN (SELECT value FROM json_each(?)))
        UNION SELECT json_extract(data, '$.file') FROM entry_row WHERE id IN (SELECT value FROM json_each(?))
        UNION SELECT json_extract(part.value, '$.file')
            FROM entry_row AS entry, json_each(entry.data, '$.attachments') AS part
            WHERE entry.id IN (SELECT value FROM json_each(?))
    """
    known = {original.sha256 for original in originals.all_originals(session)}
    return [row[0] for row in session.rows(sql, [listed] * 3) if row[0] in known]


def _still_needed(session: Session, documents: Sequence[str], listed: str) -> set[str]:
    """Those of the documents on which an entry that is not listed, or a state that undo brings back, rests."""
    sql = """
        SELECT 1 FROM source JOIN original ON original.number = original
            JOIN entry_row AS entry ON entry.number = source.entry
            WHERE sha256 = ? AND id NOT IN (SELECT value FROM json_each(?))
        UNION ALL SELECT 1 FROM entry_row WHERE data LIKE ? AND id NOT IN (SELECT value FROM json_each(?))
        UNION ALL SELECT 1 FROM change WHERE other LIKE ? AND entry NOT IN (SELECT value FROM json_each(?)) LIMIT 1
    """
    still = set()
    for sha256 in documents:
        like = f"%{sha256}%"
        if session.rows(sql, [sha256, listed, like, listed, like, listed]):
            still.add(sha256)
    return still


def _forget_changes(session: Session, listed: str, numbers: Sequence[int]) -> None:
    """Wipe earlier states, and the labels that may name what is erased."""
    chosen = "(SELECT value FROM json_each(?))"
    touched = session.rows(
        f"SELECT DISTINCT operation FROM change WHERE entry IN {chosen} "  # noqa: S608
        "UNION SELECT operation.number FROM operation JOIN json_each(?) ON value BETWEEN first AND last",
        [listed, orjson.dumps(list(numbers)).decode()],
    )
    session.conn.execute(f"DELETE FROM change WHERE entry IN {chosen}", [listed])  # noqa: S608
    for (number,) in touched:
        left = session.rows(
            "SELECT EXISTS (SELECT 1 FROM change WHERE operation = ?1) OR EXISTS (SELECT 1 FROM operation "
            "JOIN entry_row AS entry ON entry.number BETWEEN first AND last WHERE operation.number = ?1)",
            [number],
        )[0][0]
        if left:
            label = _("A change to several entries")
            session.conn.execute("UPDATE operation SET label = ? WHERE number = ?", [label, number])
        else:
            session.conn.execute("DELETE FROM operation WHERE number = ?", [number])
