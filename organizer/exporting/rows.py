"""Entries as rows of plain values, by their kind's declaration: what a spreadsheet and a database can hold."""

from collections.abc import Iterable

import orjson

from organizer.records.entry import Entry
from organizer.records.kind import Kind
from organizer.records.kinds import KINDS

Row = dict[str, str | float | int | None]
_COLUMNS = ("happened", "ended", "value", "value_text", "comparator", "unit", "status", "title")


def by_kind(entries: Iterable[Entry]) -> dict[str, list[Row]]:
    """For each kind that occurs its rows, all with the same columns in the order of the declaration."""
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.kind, []).append(entry)
    return {kind.name: [row(kind, one) for one in grouped[kind.name]] for kind in KINDS if kind.name in grouped}


def row(kind: Kind, entry: Entry) -> Row:
    """One entry: id, person, code, every declared field, and where it stands written."""
    made: Row = {"id": entry.id, "person": entry.person, "code": entry.code}
    made["code_system"] = entry.codes[0].system if entry.codes else ""
    for field in kind.fields:
        made[field.name] = _plain(entry, field.name)
        if field.name == "value_text":
            made["value"], made["comparator"] = entry.value, entry.comparator
    source = entry.sources[0] if entry.sources else None
    made["source_file"] = source.file_name if source else ""
    made["source_place"] = source.locator if source else ""
    made["source_sha256"] = source.document if source else ""
    made["links"] = " ".join(f"{link.role}:{link.target}" for link in entry.links)
    return made


def _plain(entry: Entry, name: str) -> str | float | int | None:
    value = getattr(entry, name) if name in _COLUMNS else entry.data.get(name)
    if name in ("happened", "ended"):
        return value.text if value else ""
    if value is None or isinstance(value, str | int | float):
        return value
    return orjson.dumps(value, default=str).decode()
