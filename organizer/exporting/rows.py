"""Entries as rows of plain values, by their kind's declaration: what a spreadsheet and a database can hold."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import orjson

from organizer.model.entry import Entry, Source
from organizer.model.kind import Kind
from organizer.model.kinds import find_kind

Part = TypeVar("Part")
Row = dict[str, str | float | int | None]
_COLUMNS = ("happened", "ended", "value", "value_text", "comparator", "unit", "status", "title")
_WORDS_OF_A_PART = ("title", "value_text", "comparator", "unit", "interpretation")


def rows_of(kind: str, entries: Iterable[Entry]) -> Iterator[Row]:
    """The rows of one kind's entries, all with the same columns in the order of the declaration."""
    return (row(find_kind(kind), entry) for entry in entries)


def parts(entries: Iterable[Entry]) -> Iterator[Row]:
    """The parts of panels (blood pressure, questionnaires), one row each, so that they can be asked for and drawn."""
    for entry, place, part in _each_of(entries, lambda entry: entry.data.get("components") or ()):
        words = {name: part.get(name) or "" for name in _WORDS_OF_A_PART}
        yield {
            "id": f"{entry.id}/{place}",
            "person": _person(entry),
            "entry": entry.id,
            "happened": entry.happened.text if entry.happened else "",
            "title": words["title"],
            "code": next((str(coding["code"]) for coding in part.get("codes") or ()), ""),
            "value": part.get("value"),
            "value_text": words["value_text"],
            "comparator": words["comparator"],
            "unit": words["unit"],
            "range_low": part.get("range_low"),
            "range_high": part.get("range_high"),
            "interpretation": words["interpretation"],
        }


def links(entries: Iterable[Entry]) -> Iterator[Row]:
    """What leads from one entry to another."""
    for entry, place, link in _each_of(entries, lambda entry: entry.links):
        yield {
            "id": f"{entry.id}/{place}",
            "person": _person(entry),
            "entry": entry.id,
            "role": link.role,
            "target": link.target,
        }


def sources(entries: Iterable[Entry]) -> Iterator[Row]:
    """Where each entry stands written: an entry may have several sources."""
    for entry, place, source in _each_of(entries, lambda entry: entry.sources):
        yield {
            "id": f"{entry.id}/{place}",
            "person": _person(entry),
            "entry": entry.id,
            "file": source.file_name,
            "place": source.locator,
            "sha256": source.document,
            "identifier": source.identifier,
            "recorded_by": source.recorded_by,
            "recorded_at": source.recorded_at,
        }


def _each_of(
    entries: Iterable[Entry], parts_of: Callable[[Entry], Iterable[Part]]
) -> Iterator[tuple[Entry, int, Part]]:
    """Each part of each entry, with its number within the entry."""
    for entry in entries:
        for place, part in enumerate(parts_of(entry)):
            yield entry, place, part


def row(kind: Kind, entry: Entry) -> Row:
    """One entry: id, person, code, every declared field, and where it stands written."""
    made: Row = {"id": entry.id, "person": _person(entry), "code": entry.code}
    made["code_system"] = entry.coding.system if entry.coding else ""
    for field in kind.fields:
        made[field.name] = _plain(entry, field.name)
        if field.name == "value_text":
            made["value"], made["comparator"] = entry.value, entry.comparator
    source = entry.sources[0] if entry.sources else Source()
    made["source_file"] = source.file_name
    made["source_place"] = source.locator
    made["source_sha256"] = source.document
    made["links"] = " ".join(f"{link.role}:{link.target}" for link in entry.links)
    return made


def _person(entry: Entry) -> str | None:
    """Whose it is; None, which a database takes for no reference, where it is nobody's."""
    return entry.person or None


def _plain(entry: Entry, name: str) -> str | float | int | None:
    value = getattr(entry, name) if name in _COLUMNS else entry.data.get(name)
    if name in ("happened", "ended"):
        return value.text if value else ""
    if value is None or isinstance(value, str | int | float):
        return value
    return orjson.dumps(value, default=str).decode()
