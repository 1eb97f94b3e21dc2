"""The record as data for other programs."""

from pathlib import Path

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.paths import put_in_place, remove_folder
from organizer.base.progress import Progress
from organizer.exporting import EXPORTS
from organizer.exporting.export import Outgoing
from organizer.importing.formats.fhir import read_back
from organizer.model.ids import PersonId, new_id
from organizer.services.record import people
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.files import plain_errors, remove_leftover
from organizer.store.stored import Stored

NAMES = tuple(export.name for export in EXPORTS)


def _only_person(record: Record) -> PersonId:
    everybody = people.people(record)
    if len(everybody) != 1:
        names = ", ".join(entry.title for entry in everybody)
        raise OrganizerError(
            _("This summary is about one person."), _("Say whose it shall be: {names}.").format(names=names)
        )
    return everybody[0].person


def export(record: Record, name: str, out: Path, person: PersonId, progress: Progress) -> dict[str, int]:
    """Write the entries of a person (of all with "") to `out`; gives how many of each kind went out.

    Raises OrganizerError for an unknown way or where something stands at `out`, DiskFullError, Cancelled; nothing is
    left half written.
    """
    way = next((export for export in EXPORTS if export.name == name), None)
    if way is None:
        raise OrganizerError(
            _("There is no way out called “{name}”.").format(name=name),
            _("Use one of: {names}.").format(names=", ".join(NAMES)),
        )
    if way.one_person and not person:
        person = _only_person(record)
    if out.exists() or not out.absolute().parent.is_dir():
        raise OrganizerError(
            _("“{name}” is already there, or its folder isn’t.").format(name=out.name),
            _("Choose a new name in a folder that exists."),
        )
    entries = Stored(record, reading.Query(person=person, order="created"))
    others = reading.documents_of_others(record, person) if person else frozenset()
    beside = out.with_name(f".{new_id()[-12:]}.part{out.suffix}")
    try:
        with plain_errors(out):
            counts = way.write(Outgoing(record, entries, beside, read_back, person, others), progress)
            progress.check()
            put_in_place(beside, out)
    finally:
        if beside.is_dir():
            remove_folder(beside)
        remove_leftover(beside)
    return counts
