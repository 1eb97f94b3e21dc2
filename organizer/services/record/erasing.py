"""Erasing for good: not even undo, the search or a document brings the words back. Backups keep their own copy."""

from collections.abc import Sequence
from pathlib import Path

from organizer.base.errors import NotARecordError, OrganizerError
from organizer.base.i18n import _
from organizer.model.ids import EntryId
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store import erase
from organizer.store.erase import Erased, Going
from organizer.store.files import plain_errors
from organizer.store.lock import RecordLock
from organizer.store.opening import has_keys

__all__ = ["Erased", "Going"]


def entries(record: Record, ids: Sequence[str]) -> Erased:
    """Erase entries with their earlier states and the documents on which nothing else rests.

    Raises NotFoundError for an unknown id, OrganizerError for a person (who is erased with all that is theirs).
    """
    for text in ids:
        if reading.get(record, EntryId(text)).kind == "Patient":
            raise OrganizerError(
                _("A person is erased with all their entries."), _("Name the person instead of the entry.")
            )
    return erase.erase_entries(record, ids)


def person(record: Record, person_id: EntryId) -> Erased:
    """Erase a person and every entry of theirs. Raises NotFoundError, OrganizerError for the only person."""
    whose = reading.get(record, person_id)
    people = reading.find(record, reading.Query(kinds=("Patient",)))
    if [entry.id for entry in people] == [whose.id]:
        raise OrganizerError(
            _("{name} is the only person of this record.").format(name=whose.title),
            _("Erase the whole record instead."),
        )
    return erase.erase_entries(record, erase.entries_of(record, whose.person))


def going_with(record: Record, entry_id: EntryId) -> Going:
    """What goes when this entry is erased; with a person, everything of theirs. Raises NotFoundError."""
    entry = reading.get(record, entry_id)
    ids = erase.entries_of(record, entry.person) if entry.kind == "Patient" else [entry.id]
    return erase.going(record, ids)


def whole_record(folder: Path) -> None:
    """Erase a closed record. Raises NotARecordError where there is none, RecordInUseError while it is open."""
    if not has_keys(folder):
        raise NotARecordError(
            _("“{name}” isn’t a Casebook record.").format(name=folder.name),
            _("Choose a folder whose name ends in .casebook."),
        )
    with plain_errors(folder):
        RecordLock(folder).release()
        erase.erase_record(folder)
