"""Entries typed in as JSON lines: `{"kind": …, "person": name or id, …fields}`."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from organizer.base.errors import InvalidEntryError
from organizer.base.i18n import _
from organizer.model.entry import Changes, Entry, Link
from organizer.model.ids import NOBODY, PersonId, new_id
from organizer.model.kinds import find_kind
from organizer.model.links import role_of
from organizer.services.entries import entries
from organizer.services.record import people
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.entries import Query


def read_line(record: Record, line: str, earlier: Sequence[Entry] = (), whose: str = "") -> Entry:
    """One line as an entry with an id, not yet written.

    `links` is a list of `{"role", "to"}`, where `to` is an id or the title of an entry in the record or among the
    `earlier` ones. `whose` (a name or id) is the person of a line that names none. Raises InvalidEntryError, also where
    the line names somebody else than `whose`, NotFoundError, and AmbiguousPersonError where nobody is named and the
    record holds several people.
    """
    fields = _object(line)
    kind = find_kind(str(fields.pop("kind", "")))
    if kind.name == "Patient":
        fields.pop("person", None)
        return replace(entries.draft(kind.name, NOBODY, entries.typed_fields(kind, fields)), id=new_id())
    person = _person(record, str(fields.pop("person", "")), whose)
    links = [_link(record, PersonId(person.id), link, earlier) for link in fields.pop("links", None) or ()]
    entry = entries.draft(kind.name, PersonId(person.id), entries.typed_fields(kind, fields), links)
    return replace(entry, id=new_id())


def _person(record: Record, named: str, whose: str) -> Entry:
    person = people.chosen_person(record, named or whose)
    if named and whose and people.find_person(record, whose).id != person.id:
        raise InvalidEntryError(
            _("This line is about {named}, and {whose} was named for all lines.").format(
                named=person.title, whose=people.find_person(record, whose).title
            ),
            _("Leave one of the two out, or make them agree."),
            "person",
        )
    return person


def read_lines(record: Record, lines: Iterable[str]) -> list[Entry]:
    """Lines as entries; a later one may link to an earlier one by its title."""
    entries: list[Entry] = []
    for line in lines:
        entries.append(read_line(record, line, entries))
    return entries


def write(record: Record, label: str, typed: Sequence[Entry]) -> Changes:
    """Write them as one operation."""
    return change_log.apply(record, label, [change_log.Add(entry) for entry in typed])


def _object(line: str) -> dict[str, Any]:
    step = _('Write one JSON object a line: {"kind": "Observation", "person": "Ann", "title": "Weight"}.')
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidEntryError(_("This line isn’t JSON."), step) from error
    if not isinstance(fields, dict):
        raise InvalidEntryError(_("This line isn’t a JSON object."), step)
    return fields


def _link(record: Record, person: PersonId, link: Any, earlier: Sequence[Entry]) -> Link:
    if not isinstance(link, dict) or not link.get("role") or not link.get("to"):
        step = _('Write each link as {"role": "case", "to": "title or id"}.')
        raise InvalidEntryError(_("A link of this line can’t be read."), step, "links")
    wanted = str(link["to"])
    for entry in reversed(earlier):
        if wanted in (entry.id, entry.title):
            return Link(role_of(str(link["role"])), entry.id)
    named = reading.many(record, [wanted]) or [
        entry for entry in reading.find(record, Query(person=person, text=wanted)) if entry.title == wanted
    ]
    if not named:
        step = _("Use the title of an entry in the record, or its id.")
        raise InvalidEntryError(_("There is no entry “{title}” to link to.").format(title=wanted), step, "links")
    return Link(role_of(str(link["role"])), named[0].id)
