"""Entries one by one: find, add, change, remove, link. Fields come as typed and are checked by the declaration."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from organizer.base.dates import PartialDate, now
from organizer.base.errors import InvalidEntryError, NotFoundError
from organizer.base.i18n import _, ngettext, within_sentence
from organizer.base.numbers import ComputersNumber
from organizer.base.results import read_result
from organizer.health.titles import plain_title
from organizer.model.codes import parsed
from organizer.model.entry import Changes, Coding, Entry, Json, Link, Source
from organizer.model.ids import NOBODY, EntryId, PersonId
from organizer.model.kind import COLUMNS, Field, FieldType, Kind
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Add, Remove, Replace, Revision
from organizer.store.entries import Query

__all__ = ["Query", "Revision"]

OWN_HAND = "typed in"


@dataclass(frozen=True, slots=True)
class First:
    """The first entries of a list, and how long the whole list is."""

    entries: list[Entry]
    of: int


def get(record: Record, entry_id: EntryId) -> Entry:
    """One entry. Raises NotFoundError."""
    return reading.get(record, entry_id)


def many(record: Record, ids: Sequence[str]) -> list[Entry]:
    """The entries of these ids that exist, in their order."""
    return reading.many(record, ids)


def find(record: Record, query: Query) -> list[Entry]:
    """The entries that a query asks for."""
    return reading.find(record, query)


def first(record: Record, query: Query, most: int) -> First:
    """The first few entries that a query asks for, and how many there are in all."""
    entries = reading.find(record, replace(query, limit=most))
    return First(entries, len(entries) if len(entries) < most else reading.count(record, query))


def count(record: Record, query: Query) -> int:
    """How many entries a query asks for."""
    return reading.count(record, query)


def counts(record: Record, person: PersonId = NOBODY) -> dict[str, int]:
    """How many entries of each kind."""
    return reading.counts(record, person)


def linked_to(record: Record, entry_id: EntryId, role: Role | None = None) -> list[Entry]:
    """The entries that link to this one."""
    return reading.linked_to(record, entry_id, role)


def revisions(record: Record, entry_id: EntryId) -> list[Revision]:
    """What an entry was before, the latest first."""
    return change_log.revisions(record, entry_id)


def draft(kind_name: str, person: PersonId, fields: Mapping[str, str], links: Sequence[Link] = ()) -> Entry:
    """An entry of what a person typed, not yet written. Raises InvalidEntryError naming the field."""
    kind = find_kind(kind_name)
    source = Source(recorded_by=OWN_HAND, recorded_at=now().isoformat(timespec="seconds"))
    entry = Entry(kind.name, person=person, sources=(source,), links=tuple(links))
    needed = {field.name: "" for field in kind.fields if field.required}
    return _with_fields(kind, entry, needed | dict(fields))


def add(
    record: Record, kind_name: str, person: PersonId, fields: Mapping[str, str], links: Sequence[Link] = ()
) -> Changes:
    """Add an entry by hand. Raises InvalidEntryError naming the field, NotFoundError for an unknown kind."""
    entry = draft(kind_name, person, fields, links)
    kind = _(find_kind(kind_name).label)
    title = plain_title(entry)
    label = _("Added: {kind}") if title == kind else _("Added {kind} “{title}”")
    label = label.format(kind=kind if title == kind else within_sentence(kind), title=title)
    return change_log.apply(record, label, [Add(entry)])


def edit(record: Record, entry_id: EntryId, fields: Mapping[str, str]) -> Changes:
    """Change some fields of an entry; an empty text clears one. Raises InvalidEntryError, NotFoundError."""
    before = get(record, entry_id)
    after = _with_fields(find_kind(before.kind), before, fields)
    return change_log.apply(record, _("Changed “{title}”").format(title=plain_title(after)), [Replace(after)])


def as_json(entry: Entry) -> dict[str, Json]:
    """All of an entry as JSON, its first source's file and place in front."""
    source = entry.sources[0] if entry.sources else None
    return {
        "id": entry.id,
        "kind": entry.kind,
        "person": entry.person,
        "title": entry.title,
        "code": entry.code,
        "codes": [asdict(code) for code in entry.codes],
        "happened": entry.happened.text if entry.happened else None,
        "ended": entry.ended.text if entry.ended else None,
        "value": entry.value,
        "value_text": entry.value_text,
        "comparator": entry.comparator,
        "unit": entry.unit,
        "status": entry.status,
        "data": dict(entry.data),
        "source": {"file": source.file_name, "locator": source.locator} if source else None,
        "sources": [asdict(source) for source in entry.sources],
        "links": [asdict(link) for link in entry.links],
    }


def link(record: Record, entry_id: EntryId, role: Role, target: EntryId) -> Changes:
    """Link an entry to another one in a role that its kind declares. Raises InvalidEntryError, NotFoundError."""
    entry, other = get(record, entry_id), get(record, target)
    ends = dict(find_kind(entry.kind).links).get(role)
    if ends is None or (ends and other.kind not in ends):
        raise InvalidEntryError(_("These two can’t be linked like that."), _("Choose another entry."), role)
    linked = replace(entry, links=(*entry.links, Link(role, target)))
    label = _("Linked “{one}” with “{other}”").format(one=plain_title(entry), other=plain_title(other))
    return change_log.apply(record, label, [Replace(linked)])


def remove(record: Record, ids: Sequence[str], check: Callable[[int], None] = lambda _done: None) -> Changes:
    """Take entries out of the record; undo brings them back. Raises NotFoundError.

    `check` is told now and then how many are done; what it raises takes all back.
    """
    entries = many(record, ids) if len(ids) == 1 else []
    if entries:
        label = _("Removed “{title}”").format(title=plain_title(entries[0]))
    else:
        label = ngettext("Removed {n} entry", "Removed {n} entries", len(ids)).format(n=len(ids))
    return change_log.apply(record, label, [Remove(EntryId(entry_id)) for entry_id in ids], check)


def by_title(record: Record, person: PersonId, kind: str, title: str) -> Entry:
    """A person's only entry of that kind and title (any case), or of that id.

    Raises NotFoundError where there is none, or several bear the title: the id tells which.
    """
    query = Query(kinds=(kind,), person=person, include_struck=False)
    named = [entry for entry in find(record, query) if title.casefold() in (entry.title.casefold(), entry.id)]
    if len(named) == 1:
        return named[0]
    listed = "; ".join(f"{entry.title} ({entry.id})" for entry in named or find(record, query)) or _("none yet")
    message = _("Several are called “{name}”.") if named else _("There is none called “{name}”.")
    raise NotFoundError(message.format(name=title), _("Use one of: {names}.").format(names=listed))


def typed_fields(kind: Kind, given: Mapping[str, Any]) -> dict[str, str]:
    """Fields of a JSON line as if typed: numbers, flags and lists become the text that their field parses."""
    fields = {}
    for name, value in given.items():
        if isinstance(value, bool):
            fields[name] = "yes" if value else "no"
        elif isinstance(value, int | float):
            fields[name] = ComputersNumber(value)
        elif isinstance(value, list):
            fields[name] = "\n".join(str(item) for item in value)
        else:
            fields[name] = value if isinstance(value, str) else "" if value is None else str(value)
    unknown = [name for name in fields if kind.field(name) is None and name != "code"]
    if unknown:
        names = ", ".join(field.name for field in kind.fields)
        raise NotFoundError(
            _("{kind} has no field “{name}”.").format(kind=kind.name, name=unknown[0]),
            _("Its fields are: {names}.").format(names=names),
        )
    return fields


def _with_fields(kind: Kind, entry: Entry, fields: Mapping[str, str]) -> Entry:
    """The entry with typed fields; `code` (`LOINC 4548-4`, or a bare code) is understood for every kind."""
    columns: dict[str, Json] = {}
    data = dict(entry.data)
    for name, text in typed_fields(kind, fields).items():
        field = kind.field(name)
        if field is None:
            columns["codes"] = _codes(text)
            continue
        value = _unchanged_value(kind, entry, field, text) or field.parse(text)
        if name in ("happened", "ended"):
            columns[name] = PartialDate(value) if value else None
        elif name in COLUMNS:
            columns[name] = value or ""
        elif value is None:
            data.pop(name, None)
        else:
            data[name] = value
    if "value_text" in columns and columns["value_text"] != entry.value_text:
        columns |= _value(columns["value_text"], columns.get("comparator", ""), columns.get("unit", entry.unit))
    return replace(entry, data=data, **columns)


def _unchanged_value(kind: Kind, entry: Entry, field: Field, text: str) -> Json:
    """What is stored where a form gives back what it showed: an old 1.234 isn't asked about again; None for others."""
    if field.type not in (FieldType.NUMBER, FieldType.VALUE):
        return None
    stored = kind.value(entry, field)
    return stored if stored is not None and text.strip() in (str(stored), kind.show(entry, field)) else None


def _value(text: str, comparator: str, unit: str) -> dict[str, Json]:
    """A value as typed, taken apart: `<0,1 mg/L` → comparator, number and unit, `Trace` → words alone."""
    result = read_result(text, unit=unit)
    if result.value is None:
        return {"value": None, "value_text": text, "comparator": comparator}
    return {
        "value": result.value,
        "value_text": result.text,
        "comparator": result.comparator or comparator,
        "unit": result.unit,
    }


def _codes(text: str) -> tuple[Coding, ...]:
    """The coding that a person typed; see records.codes.parsed."""
    system, code = parsed(text)
    return (Coding(system, code),) if code else ()


def counted(kinds: dict[str, int]) -> str:
    """Counts by kind in words: `12 test results, 3 medicines`."""
    return ", ".join(
        f"{n} {within_sentence(_(find_kind(kind).plural if n != 1 else find_kind(kind).label))}"
        for kind, n in kinds.items()
    )
