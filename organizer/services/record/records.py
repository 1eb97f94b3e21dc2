"""Records as a whole: make, open, lock, and what time it is in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from organizer.base import dates
from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.model.entry import Entry
from organizer.services.record.passphrases import refuse_first_tries
from organizer.store import change_log, erase, keys, opening, originals, renewal, restoring, session
from organizer.store.keys import KdfCost

Record = session.Session

__all__ = ["KdfCost", "Record"]


def create(folder: Path, passphrase: str, person: str, cost: KdfCost | None = None) -> tuple[Record, str]:
    """Make a record for a person and open it; gives also the recovery code, which nobody can show again.

    The folder's name gets `.casebook` where it lacks it. Raises OrganizerError where something stands there, the
    name is empty or the passphrase is too short or too easy to guess.
    """
    if not person.strip():
        raise OrganizerError(_("A record needs a name."), _("Write whose record it is."))
    refuse_first_tries(passphrase, [person])
    record, code = opening.create(with_suffix(folder), passphrase, cost)
    change_log.apply(
        record,
        _("Made the record of {person}").format(person=person),
        [change_log.Add(Entry("Patient", person.strip()))],
    )
    record.checkpoint()
    return record, code


def open_record(folder: Path, passphrase: str) -> Record:
    """Open a record. Raises WrongPassphraseError, NotARecordError, RecordDamagedError, RecordInUseError…"""
    return _swept(opening.open_record(folder, passphrase))


def open_with_recovery_code(folder: Path, code: str) -> Record:
    """Open a record with its recovery code; the same errors as `open_record`."""
    return _swept(opening.open_record(folder, recovery_code=code))


def confirm_passphrase(record: Record, passphrase: str) -> None:
    """Raises WrongPassphraseError where it doesn't open this record: asked before its keys are changed."""
    keys.unlock(record.path, passphrase)


def change_passphrase(record: Record, passphrase: str, cost: KdfCost | None = None) -> None:
    """A new passphrase from now on; the recovery code stays. Raises OrganizerError for one that is too
    short or too easy to guess."""
    record.refuse_read_only()
    refuse_first_tries(passphrase)
    keys.change_passphrase(record.path, record.data_key, passphrase, cost)


def renew_keys(record: Record, passphrase: str, progress: Progress, cost: KdfCost | None = None) -> str:
    """A new passphrase, recovery code and data key: whoever has an old copy of the key files opens nothing of what is
    written from now on. Gives the recovery code, which is shown once.

    The whole record is encrypted anew, which needs its size once more on the disk. It can't be written to afterwards:
    close it; from the next opening on it has the new keys. Cut off before the end nothing has changed. Raises
    OrganizerError for a passphrase that is too easy to guess, DiskFullError, RecordDamagedError, Cancelled.
    """
    record.refuse_read_only()
    refuse_first_tries(passphrase)

    def step(done: int, of: int) -> None:
        progress.check()
        progress.report(_("Encrypting anew"), done, of)

    return renewal.prepare(record, passphrase, step, cost)


def new_recovery_code(record: Record, cost: KdfCost | None = None) -> str:
    """A new recovery code, shown once; the old one opens nothing from now on."""
    record.refuse_read_only()
    return keys.change_recovery_code(record.path, record.data_key, cost)


def _swept(record: Record) -> Record:
    """Finish an erasing that was cut off; remove what an import, reading another copy or putting a backup back left."""
    try:
        erase.finish(record)
        if not record.read_only:
            originals.sweep(record)
            restoring.sweep(record)
    except BaseException:
        record.close()
        raise
    return record


def notices(record: Record) -> list[str]:
    """What opening found and did, to be told to the person: a sentence each, each told once."""
    lines, record.notices = record.notices, []
    return lines


def close(record: Record) -> None:
    """Close it, so that nothing of it can be read without the passphrase; new keys are put in place then."""
    is_renewed = record.is_renewed
    record.close()
    if is_renewed:
        renewal.finish(record.path)


@contextmanager
def on_worker(record: Record) -> Iterator[Record]:
    """The same record on another connection, for work in another thread."""
    with record.worker() as worker:
        yield worker


def tidy(record: Record) -> None:
    """Bring home what was written lately, and hold no pages in memory: when nobody is at it. Nothing changes by it."""
    if not record.read_only:
        record.checkpoint()
    record.let_go()


def with_suffix(folder: Path) -> Path:
    """The record's folder name, ending in `.casebook`."""
    return folder if folder.suffix.casefold() == session.SUFFIX else folder.with_name(folder.name + session.SUFFIX)


def name(record: Record) -> str:
    """The record's name: its folder's without the suffix."""
    return record.path.stem


def as_of(record: Record) -> date:
    """The day as of which the record is seen: its own (the sample's) or today."""
    own = record.meta("as_of")
    return date.fromisoformat(own) if own else dates.today()


def is_sample(record: Record) -> bool:
    """True for the made-up record that ships with the program."""
    return record.meta("sample") == "yes"
