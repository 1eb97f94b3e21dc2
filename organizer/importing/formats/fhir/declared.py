"""A resource of a kind without a reader of its own: each field from the R4 element that its declaration names.

What the declaration names no element for stays in the source document. A resource that says by a modifier that it is
to be read otherwise (hl7.org/fhir/R4/extensibility.html#modifierExtension, looked up 2026-11-29) isn't read this way.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Context
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import Entry, Json
from organizer.model.kind import COLUMNS, Field, FieldType, Kind

_MODIFIERS = ("modifierExtension", "implicitRules", "doNotPerform")


def is_modified(resource: Node) -> bool:
    """Whether the resource says that its elements don't mean what they mean by themselves."""
    return any(resource.get(name) not in (None, False, [], "") for name in _MODIFIERS)


def modifies_itself(resource: Node) -> bool:
    """Whether the resource, or a part of it, bears a modifier extension: one that isn't known may turn it round."""
    listed = chain.from_iterable(value for value in resource.values() if isinstance(value, list))
    parts = [resource, *(part for part in listed if isinstance(part, dict))]
    return any(part.get("modifierExtension") not in (None, []) for part in parts)


def reader_of(kind: Kind) -> Callable[[Node, Context], Entry]:
    """The reader that follows from a kind's declaration."""

    def read(resource: Node, context: Context) -> Entry:
        entry = Entry(kind.name, status=fhir.status(resource))
        for field in [field for field in kind.fields if field.fhir]:
            values = list(_at(resource, field.fhir.split(".")))
            entry = _with(entry, field, values, lambda value: _words(value, resource, context))
        return entry

    return read


def _at(node: Any, path: Sequence[str]) -> Iterator[Any]:
    """Everything that stands at a path, each element of a list by itself; `name[x]` takes whichever type is there."""
    listed = node if isinstance(node, list) else [node]
    if not path:
        yield from listed
        return

    name = path[0].removesuffix("[x]")
    for part in [part for part in listed if isinstance(part, dict)]:
        below = fhir.choice(part, name)[1] if name != path[0] else part.get(name)
        if below is not None:
            yield from _at(below, path[1:])


def _with(entry: Entry, field: Field, values: Sequence[Any], words: Callable[[Any], str]) -> Entry:
    """The entry with one field as the resource has it; unchanged where it has nothing that the field may hold."""
    if field.name == "title":
        codes = tuple(chain.from_iterable(fhir.codings(value) for value in values))
        return entry.having(title=_joined(values, words), codes=codes)
    if field.name == "happened":
        return entry.having(happened=next(map(fhir.when, values), None))
    if field.name == "ended":
        return entry.having(ended=next((fhir.until(value) or fhir.when(value) for value in values), None))
    if field.name == "value_text":
        measured = next((fhir.quantity(value) for value in values), {})
        return entry.having(**measured) if measured else entry.having(value_text=_joined(values, words))

    value = _value(field, values, words)
    if field.name in COLUMNS:
        return entry.having(**{field.name: value}) if isinstance(value, str) and value else entry
    return entry.having(data={**entry.data, field.name: value}) if value not in (None, "", []) else entry


def _value(field: Field, values: Sequence[Any], words: Callable[[Any], str]) -> Json:
    read_first = _FIRST_VALUE.get(field.type)
    if read_first is not None:
        return read_first(next(iter(values), None))
    if field.type is FieldType.LINES:
        return list(dict.fromkeys(filter(None, map(words, values))))
    return _joined(values, words, "\n" if field.type is FieldType.LONG_TEXT else ", ")


def _day(value: Any) -> str | None:
    day = fhir.when(value)
    return day.text if day else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    return fhir.number(value.get("value") if isinstance(value, dict) else value)


def _up_to(highest: int) -> Callable[[Any], int | None]:
    """A reader of whole numbers from 0 to the highest."""

    def read(value: Any) -> int | None:
        number = fhir.number(value)
        is_whole = number is not None and number.is_integer() and 0 <= number <= highest
        return int(number) if is_whole and number is not None else None

    return read


def _code(value: Any) -> str | None:
    return fhir.code(value) if isinstance(value, str | dict) else None


_FIRST_VALUE: dict[FieldType, Callable[[Any], Json]] = {
    FieldType.DATE: _day,
    FieldType.FLAG: _flag,
    FieldType.NUMBER: _number,
    FieldType.SCALE: _up_to(10),
    FieldType.WEIGHT: _up_to(5),
    FieldType.CHOICE: _code,
    FieldType.TABLE: lambda _value: None,
}
"""Types of fields that hold one value: how the first one at the element is read. A table can’t be told from one."""


def _joined(values: Sequence[Any], words: Callable[[Any], str], between: str = ", ") -> str:
    return between.join(dict.fromkeys(filter(None, map(words, values))))


def _words(value: Any, resource: Node, context: Context) -> str:
    """A value of any of R4's common types in words: a text, a concept, an annotation, a reference, a quantity."""
    if not isinstance(value, dict):
        return fhir.text({"value": value}, "value")
    if "reference" in value or "display" in value:
        return context.spoken(value, resource)
    return fhir.concept(value) or fhir.spoken_quantity(value) or fhir.text(value, "value") or fhir.human_name(value)
