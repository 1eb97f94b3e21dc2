"""Erasing for good: an entry, a person, a whole record. What undo could bring back is wiped too."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from organizer.base.i18n import _
from organizer.model.ids import PersonId, Sha256
from organizer.store import originals, wordings
from organizer.store.database import BEFORE_UPDATE, Database
from organizer.store.engine import plainly
from organizer.store.rows import delete


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


def going(database: Database, ids: Sequence[str]) -> Going:
    """What `erase_entries` would take, without touching anything."""
    listed = orjson.dumps(list(ids)).decode()
    behind = _documents_of(database, listed)
    still = _still_needed(database, behind, listed)
    (counted,) = database.rows("SELECT count(*) FROM entry WHERE id IN (SELECT value FROM json_each(?))", [listed])
    gone = tuple(originals.info(database, Sha256(one)).name for one in behind if one not in still)
    names = tuple(originals.info(database, Sha256(one)).name for one in behind if one in still)
    return Going(counted[0], gone, names)


def erase_entries(database: Database, ids: Sequence[str]) -> Erased:
    """Wipe entries with all their earlier states, their search words, and documents on which nothing else rests.

    The freed pages are overwritten (`secure_delete`) and the file is written anew, so that not even who has the
    passphrase finds the words again. A document that other entries rest on is kept and named.
    """
    listed = orjson.dumps(list(ids)).decode()
    chosen = "(SELECT value FROM json_each(?))"
    database.conn.execute("PRAGMA secure_delete = ON").fetchone()
    with database.write():
        present = [row[0] for row in database.rows(f"SELECT id FROM entry WHERE id IN {chosen}", [listed])]  # noqa: S608
        behind = _documents_of(database, listed)
        numbers = delete(database, present)
        _forget_changes(database, listed, list(numbers.values()))
        database.conn.execute(f"DELETE FROM link WHERE target IN {chosen}", [listed])  # noqa: S608
        still = _still_needed(database, behind, listed)
        gone = [one for one in behind if one not in still]
        names = tuple(originals.info(database, Sha256(one)).name for one in behind if one in still)
        paths = [originals.place(database, Sha256(one)) for one in gone]
        for sha256 in gone:
            database.conn.execute("DELETE FROM original WHERE sha256 = ?", [sha256])
        database.conn.execute("INSERT INTO wording_text (wording_text) VALUES ('optimize')")
        wordings.unlearn(database.conn)
    _write_anew(database)
    (database.path / BEFORE_UPDATE).unlink(missing_ok=True)  # a copy made before an update holds the words too
    for path in paths:
        path.unlink(missing_ok=True)
    return Erased(len(present), len(gone), names)


def entries_of(database: Database, person: PersonId) -> list[str]:
    """The ids of a person's entries, their own among them."""
    return [row[0] for row in database.rows("SELECT id FROM entry WHERE person = ?", [person])]


def erase_record(folder: Path) -> None:
    """Wipe a record that is closed: its keys first, without which the rest can't be read by anyone."""
    keys = folder / "keys.json"
    if keys.is_file():
        with keys.open("r+b") as stream:
            stream.write(secrets.token_bytes(keys.stat().st_size))
            stream.flush()
    shutil.rmtree(folder)


def _documents_of(database: Database, listed: str) -> list[str]:
    """The originals that the entries were read from, hold as their file, or have attached."""
    sql = """
        SELECT DISTINCT sha256 FROM original WHERE number IN
            (SELECT original FROM source JOIN entry ON number = source.entry
             WHERE id IN (SELECT value FROM json_each(?)))
        UNION SELECT json_extract(data, '$.file') FROM entry WHERE id IN (SELECT value FROM json_each(?))
        UNION SELECT json_extract(part.value, '$.file') FROM entry, json_each(entry.data, '$.attachments') AS part
            WHERE entry.id IN (SELECT value FROM json_each(?))
    """
    known = {one.sha256 for one in originals.all_originals(database)}
    return [row[0] for row in database.rows(sql, [listed] * 3) if row[0] in known]


def _still_needed(database: Database, documents: Sequence[str], listed: str) -> set[str]:
    """Those of the documents on which an entry that is not listed, or a state that undo brings back, rests."""
    sql = """
        SELECT 1 FROM source JOIN original ON original.number = original JOIN entry ON entry.number = source.entry
            WHERE sha256 = ? AND id NOT IN (SELECT value FROM json_each(?))
        UNION ALL SELECT 1 FROM entry WHERE data LIKE ? AND id NOT IN (SELECT value FROM json_each(?))
        UNION ALL SELECT 1 FROM change WHERE other LIKE ? AND entry NOT IN (SELECT value FROM json_each(?)) LIMIT 1
    """
    still = set()
    for sha256 in documents:
        like = f"%{sha256}%"
        if database.rows(sql, [sha256, listed, like, listed, like, listed]):
            still.add(sha256)
    return still


def _forget_changes(database: Database, listed: str, numbers: Sequence[int]) -> None:
    """Wipe earlier states, and the labels that may name what is erased."""
    chosen = "(SELECT value FROM json_each(?))"
    touched = database.rows(
        f"SELECT DISTINCT operation FROM change WHERE entry IN {chosen} "  # noqa: S608
        "UNION SELECT operation.number FROM operation JOIN json_each(?) ON value BETWEEN first AND last",
        [listed, orjson.dumps(list(numbers)).decode()],
    )
    database.conn.execute(f"DELETE FROM change WHERE entry IN {chosen}", [listed])  # noqa: S608
    for (number,) in touched:
        left = database.rows(
            "SELECT EXISTS (SELECT 1 FROM change WHERE operation = ?1) OR EXISTS (SELECT 1 FROM operation "
            "JOIN entry ON entry.number BETWEEN first AND last WHERE operation.number = ?1)",
            [number],
        )[0][0]
        if left:
            label = _("A change to several entries")
            database.conn.execute("UPDATE operation SET label = ? WHERE number = ?", [label, number])
        else:
            database.conn.execute("DELETE FROM operation WHERE number = ?", [number])


def _write_anew(database: Database) -> None:
    database.checkpoint()
    with plainly():
        database.conn.execute("VACUUM")
    database.checkpoint()
