"""An entry that came to the wrong person goes to the one whose it is, with what belongs to it: one undoable step."""

from collections.abc import Iterable, Sequence
from itertools import chain

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _, ngettext
from organizer.health.titles import plain_title
from organizer.model.entry import Changes, Entry
from organizer.model.ids import EntryId, PersonId, Sha256
from organizer.model.links import Role
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace

_PARTS = (Role.RESULT, Role.MEMBER)
"""What goes with the entry that holds it: a report's results, a panel's members."""


def move(record: Record, ids: Sequence[str], person: PersonId) -> Changes:
    """Give entries to another person of the record, with what was read from their documents and with a report's
    results. Links between what goes and what stays end: nothing of one person leads to the other.

    Raises NotFoundError where an entry or the person isn't there, InvalidEntryError for a person instead of an entry.
    """
    target = reading.get(record, person)
    chosen = reading.many(record, ids)
    if target.kind != "Patient" or any(entry.kind == "Patient" for entry in chosen):
        raise InvalidEntryError(
            _("Only entries are moved, and only to a person."), _("Name a person of this record."), "person"
        )

    going = {entry.id: entry for entry in _with_parts(record, chosen) if entry.person != target.person}
    edits = [Replace(_among(entry, going).having(person=target.person)) for entry in going.values()]
    edits += [Replace(_apart(entry, going)) for entry in _staying(record, going)]
    return change_log.apply(record, _label(list(going.values()), target), edits)


def _with_parts(record: Record, chosen: Iterable[Entry]) -> list[Entry]:
    """The entries, what was read from the file of a document, and what a report or panel holds; each once."""
    with_parts: dict[EntryId, Entry] = {}
    waiting = list(chosen)
    while waiting:
        entry = waiting.pop()
        if entry.id in with_parts or entry.kind == "Patient":
            continue
        with_parts[entry.id] = entry
        waiting += _parts(record, entry)
    return list(with_parts.values())


def _parts(record: Record, entry: Entry) -> list[Entry]:
    held = list(chain.from_iterable(map(entry.targets, _PARTS)))
    parts = reading.many(record, held)
    if entry.kind == "DocumentReference" and entry.text("file"):
        parts += reading.from_original(record, Sha256(entry.text("file")), entry.person)
    return parts


def _staying(record: Record, going: dict[EntryId, Entry]) -> list[Entry]:
    """The entries that stay and link to what goes."""
    linking = chain.from_iterable(reading.linked_to(record, entry_id) for entry_id in going)
    return list({entry.id: entry for entry in linking if entry.id not in going}.values())


def _among(entry: Entry, going: dict[EntryId, Entry]) -> Entry:
    return entry.having(links=tuple(link for link in entry.links if link.target in going))


def _apart(entry: Entry, going: dict[EntryId, Entry]) -> Entry:
    return entry.having(links=tuple(link for link in entry.links if link.target not in going))


def _label(going: Sequence[Entry], target: Entry) -> str:
    if len(going) == 1:
        return _("Moved “{title}” to {person}").format(title=plain_title(going[0]), person=target.title)
    words = ngettext("Moved {n} entry to {person}", "Moved {n} entries to {person}", len(going))
    return words.format(n=len(going), person=target.title)
