"""Whose records are kept here."""

from organizer.base.errors import NotFoundError
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.services.record.records import Record
from organizer.store import entries as reading


def people(record: Record) -> list[Entry]:
    """The persons of a record in the order they came."""
    return reading.find(record, reading.Query(kinds=("Patient",), order="created"))


def find_person(record: Record, name: str) -> Entry:
    """The person of that name (any case, or the only one whose name holds it), or id. Raises NotFoundError."""
    everybody = people(record)
    folded = name.casefold().strip()
    exact = [one for one in everybody if folded in (one.title.casefold(), one.id)]
    found = exact or [one for one in everybody if folded and folded in one.title.casefold()]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.title for one in everybody)
    raise NotFoundError(
        _("There is no person “{name}” in this record.").format(name=name),
        _("Use one of: {names}.").format(names=names),
    )


def chosen_person(record: Record, name: str = "") -> Entry:
    """The person named; where none is named, the one whom most entries are about. Raises NotFoundError."""
    if name:
        return find_person(record, name)
    everybody = people(record)
    if not everybody:
        raise NotFoundError(_("Nobody is in this record yet."), _("Add a person first."))
    return max(everybody, key=lambda one: sum(reading.counts(record, one.person).values()))
