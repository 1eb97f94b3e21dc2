"""A backup: everything a record needs, checked when it is made and before it is put back.

The file is a zip without compression (what is encrypted doesn't shrink): keys.json, record.db, originals/…, and
manifest.json with each part's size and SHA-256 under a MAC of the record's backup key. It stays encrypted with the
record's own keys, so it may lie on any medium; passphrase and recovery code of the time it was made open it. In a
folder for several backups the documents lie beside them, each once (see `shared_documents`).

Whose a backup is tells that MAC, whatever its name: see `made_by`. A record that was put back is another copy from
then on (`copy` in the manifest), so that two people who share a folder for the backups of their two copies keep both.
"""

import os
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from organizer.base.errors import (
    LinkRefusedError,
    OrganizerError,
    RecordDamagedError,
)
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.store import backup_file, keys, originals
from organizer.store.backup_file import (
    COPY,
    DATABASE,
    KEYS,
    MANIFEST,
    SUFFIX,
    Counts,
    counts_of,
    is_backup,
    looks_like,
    places,
)
from organizer.store.engine import connect
from organizer.store.files import (
    own_file,
    own_folder,
    part_of,
    plain_errors,
    refuse_link,
    refuse_special,
    remove_abandoned,
    remove_leftover,
    sweep_parts,
    sync_folder,
)
from organizer.store.session import Session, copy_pages
from organizer.store.shared_documents import SharedDocuments, folder_name, home_in

__all__ = ["COPY", "SUFFIX", "Counts", "is_backup", "looks_like"]


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that was written and read back: where, and what it holds."""

    path: Path
    counts: Counts


def make(
    session: Session, out: Path, progress: Progress, replace: bool = True, shared: SharedDocuments | None = None
) -> Written:
    """Write a backup to `out`, whole or not at all, and read it back. The record may be in use meanwhile.

    Its documents go into the file itself, or into `shared` (a folder beside `out`), where those stay that are there
    already. Keys and documents are found to be authentic as they are copied. Without `replace` a file that stands at
    `out` stays, and the backup gets the next free name (“… 2”). Raises DiskFullError, DiskError, RecordDamagedError (a
    damaged record is never copied over a good backup) or Cancelled.
    """
    refuse_special(out)
    sweep_parts(out)
    beside = part_of(out)
    copy = beside.with_suffix(".db")
    try:
        with plain_errors(out):
            counts, documents = _copied(session, copy, progress)
            _packed(session, copy, beside, counts, documents, progress, shared)
            _read_back(session, beside, documents, shared, progress)
            place = out if replace else _reserved(out)
            beside.replace(place)
            sync_folder(out.absolute().parent)
    except BaseException:
        if shared is not None:
            with suppress(OSError):  # what stays is counted on by the next backup, or swept with a later one
                shared.take_back()
        raise
    finally:
        for leftover in (beside, copy, Path(f"{copy}-wal"), Path(f"{copy}-shm"), Path(f"{copy}-journal")):
            remove_leftover(leftover)
    return Written(place, counts)


Documents = dict[str, originals.Original]
"""By the names of their parts of a backup."""


def _read_back(
    session: Session, written: Path, documents: Documents, shared: SharedDocuments | None, progress: Progress
) -> None:
    """Nothing counts before it was read again. A shared document that was damaged since it was written, by a backup of
    another day, is written once more: this one mends them all."""
    with backup_file.unpacking(written) as pack:
        harmed = backup_file.checked(pack, progress)
        if shared is not None:
            for name in harmed:
                shared.write(pack.files[name], partial(originals.opened_file, session, documents[name]))
            harmed = [name for name in harmed if not backup_file.is_whole(pack, name)]
        if harmed:
            raise backup_file.documents_lacking(pack, harmed, {name: documents[name].name for name in harmed})


def documents_beside(session: Session, home: Path) -> SharedDocuments:
    """Where the documents of this copy's backups in the folder `home` lie."""
    return SharedDocuments(home / folder_name(session.keys.backup, session.meta(COPY)))


def home_of(session: Session, out: Path, called: str) -> Path:
    """The folder within `out` for the backups of this copy of the record, made where there is none. Raises DiskError.

    It is known by the folder of documents in it, whose name is under the record's key, not by how it is called.
    """
    with plain_errors(out):
        home = home_in(out, folder_name(session.keys.backup, session.meta(COPY)), called)
        own_folder(documents_beside(session, home).folder)
        sync_folder(out)
    return home


def sweep_documents(session: Session, home: Path) -> None:
    """Remove documents beside the backups in `home` that none of them needs any more.

    Where anything that is called a backup can't be read there, nothing is removed: nobody knows what it needs.
    """
    shared = documents_beside(session, home)
    needed: set[str] = set()
    try:
        for path in home.glob(f"*{SUFFIX}"):
            refuse_link(path)
            if not path.stat().st_size:  # a name that was held for a backup which was cut off
                remove_abandoned(path)
                continue
            with backup_file.unpacking(path) as pack:
                needed |= {document["sha256"] for document in pack.files.values()}
        shared.sweep(needed)
    except (OrganizerError, OSError):
        return


def _reserved(out: Path) -> Path:
    """The first free name like `out`, held by an empty file until the backup takes its place."""
    place, number = out, 1
    while True:
        try:
            own_file(place, "xb").close()
        except (FileExistsError, LinkRefusedError):
            number += 1
            place = out.with_name(f"{out.stem} {number}{out.suffix}")
        else:
            return place


def made_by(session: Session, backup: Path) -> datetime | None:
    """When this very copy of the record wrote that backup; None for any other file, whatever its name.

    Known by the manifest's MAC under the record's own key, and by the name of the copy that it vouches for.
    """
    try:
        refuse_link(backup)
        with backup_file.unpacking(backup) as pack:
            manifest = pack.listed
        moment = datetime.fromisoformat(str(manifest["made_at"]))
    except (*backup_file.BROKEN, OSError, OrganizerError):
        return None
    own = backup_file.is_sealed(session.keys.backup, manifest) and manifest.get(COPY) == session.meta(COPY) != ""
    return moment if own and moment.tzinfo is not None else None


def _copied(session: Session, copy: Path, progress: Progress) -> tuple[Counts, Documents]:
    """A consistent copy of the database, opened again and found whole: what it holds, which is what counts where
    something was saved meanwhile, and its documents."""
    progress.report(_("Copying the entries"))
    copy_pages(session, copy)
    again = Session(copy.parent, session.data_key, connect(copy, session.keys.database, "ro"), None, read_only=True)
    try:
        if again.damaged_pages():
            raise RecordDamagedError(
                _("The record is damaged, so no backup was made of it."),
                _("Restore your latest backup into a new folder."),
            )
        return counts_of(again), places(again)
    finally:
        again.close()


def _packed(
    session: Session,
    copy: Path,
    out: Path,
    counts: Counts,
    documents: Documents,
    progress: Progress,
    shared: SharedDocuments | None,
) -> None:
    files: dict[str, dict[str, Any]] = {}
    with own_file(out, "xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=True) as pack:
            proven = BytesIO(keys.proven_bytes(session.path, session.data_key))
            files[KEYS] = backup_file.add(pack, KEYS, proven)
            with own_file(copy) as pages:
                files[DATABASE] = backup_file.add(pack, DATABASE, pages)
            for number, (name, original) in enumerate(documents.items()):
                progress.check()
                progress.report(_("Copying documents"), number, len(documents))
                files[name] = _copied_document(session, pack, name, original, shared)
            beside = shared.folder.name if shared is not None else ""
            data = backup_file.signed(session.keys.backup, session.meta(COPY), counts, files, beside)
            pack.writestr(MANIFEST, data)
        stream.flush()
        os.fsync(stream.fileno())


def _copied_document(
    session: Session, pack: zipfile.ZipFile, name: str, original: originals.Original, shared: SharedDocuments | None
) -> dict[str, Any]:
    key = session.keys.originals
    with originals.opened_file(session, original) as sealed:
        if shared is None:
            return backup_file.add_document(pack, name, key, original, sealed)
        listed = backup_file.listed_document(key, original, sealed)
    shared.keep(listed, partial(originals.opened_file, session, original))
    return listed
