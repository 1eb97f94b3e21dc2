"""Whose records are kept here."""

from collections.abc import Sequence

from organizer.base.errors import NotFoundError, OrganizerError
from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.services.record.records import Record
from organizer.store import entries as reading


class AmbiguousPersonError(OrganizerError):
    """Several people could be meant."""


def people(record: Record) -> list[Entry]:
    """The persons of a record in the order they came."""
    return reading.find(record, reading.Query(kinds=("Patient",), order="created"))


def find_person(record: Record, name: str) -> Entry:
    """The person of that name (any case, or the only one whose name holds it), or id.

    Raises NotFoundError where there is none, AmbiguousPersonError where the name may mean several.
    """
    everybody = people(record)
    folded = name.casefold().strip()
    exact = [person for person in everybody if folded in (person.title.casefold(), person.id)]
    meant = exact or [person for person in everybody if folded and folded in person.title.casefold()]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise AmbiguousPersonError(
            _("“{name}” may be several people of this record.").format(name=name),
            _("Use one of: {names}.").format(names=_listed(meant)),
        )
    raise NotFoundError(
        _("There is no person “{name}” in this record.").format(name=name),
        _("Use one of: {names}.").format(names=_listed(everybody)),
    )


def chosen_person(record: Record, name: str = "") -> Entry:
    """The person named; where none is named, the only one there is. Nobody is guessed.

    Raises NotFoundError for an unknown name or an empty record, AmbiguousPersonError where several could be meant.
    """
    if name:
        return find_person(record, name)
    everybody = people(record)
    if not everybody:
        raise NotFoundError(_("Nobody is in this record yet."), _("Add a person first."))
    if len(everybody) > 1:
        raise AmbiguousPersonError(
            _("This record holds several people, and nobody was named."),
            _("Say whom it is about with --person, one of: {names}.").format(names=_listed(everybody)),
        )
    return everybody[0]


def shown_first(record: Record) -> Entry:
    """Whom a window shows when it opens: the one whom most entries are about. Raises NotFoundError."""
    everybody = people(record)
    if not everybody:
        raise NotFoundError(_("Nobody is in this record yet."), _("Add a person first."))
    return max(everybody, key=lambda person: sum(reading.counts(record, person.person).values()))


def _listed(everybody: Sequence[Entry]) -> str:
    """Their names; who shares a name is told apart by the id, which a command takes too."""
    names = [person.title.casefold() for person in everybody]
    shown = [
        person.title if names.count(person.title.casefold()) == 1 else f"{person.title} ({person.id})"
        for person in everybody
    ]
    return ", ".join(shown)
