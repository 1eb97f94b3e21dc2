"""What a record says and FHIR R4 has no element for: our own extensions and codes, written and read in one place.

| URI | on | says |
|---|---|---|
| `urn:casebook:fhir:field` | any resource | one field of the entry: `name`, and `value` as it stands in the record, or `json` where it is no plain text, number or yes/no, or neither where the record leaves it empty. It wins over what the R4 elements say. |
| `urn:casebook:fhir:link` | any resource | a link to another entry: `role`, `to`. Where one stands, all of them do. |
| `urn:casebook:fhir:source` | any resource | where the entry stands written: `document` (SHA-256 of the original), `file`, `place`, `identifier`, `version`, `by`, `at` |
| `urn:casebook:fhir:person` | Practitioner, Organization, … | in whose record it is, where R4 has no element for that |
| `urn:casebook:fhir:kind` | code system of Basic.code | kinds that R4 has no resource for: `OpinionCase`, `TreatmentOption`, `Question` |
| `urn:casebook:fhir:export` | tag system of meta.tag, code `whole` | the resource tells all that the record says of the entry |
| the same, code `summary` | meta.tag of a Composition | the document is a summary of the record: it says nothing more |
| `urn:casebook:fhir:original:` + SHA-256 | meta.source | the document that the entry was read from |
"""  # noqa: E501 - a table

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import orjson

from organizer.base.dates import parse_date
from organizer.model.entry import Coding, Entry, Json, Link, Source
from organizer.model.ids import EntryId, Sha256
from organizer.model.kind import FieldType
from organizer.model.kinds import find_kind
from organizer.model.links import role_of

_NAMESPACE = "urn:casebook:fhir:"
FIELD = f"{_NAMESPACE}field"
LINK = f"{_NAMESPACE}link"
SOURCE = f"{_NAMESPACE}source"
PERSON = f"{_NAMESPACE}person"
KIND_SYSTEM = f"{_NAMESPACE}kind"
WHOLE = {"system": f"{_NAMESPACE}export", "code": "whole"}
SUMMARY = {"system": f"{_NAMESPACE}export", "code": "summary"}
ORIGINAL = f"{_NAMESPACE}original:"
ID_PREFIX = "urn:uuid:"

_TEXTS = ("title", "value_text", "comparator", "unit", "status")
_DATES = ("happened", "ended")
_OWN = (*_TEXTS, *_DATES, "value", "codes")
_SOURCE_PARTS = {
    "document": "document", "file": "file_name", "place": "locator", "identifier": "identifier",
    "version": "version", "by": "recorded_by", "at": "recorded_at",
}  # fmt: skip
_TABLES_OF_TEXTS = ("page_texts",)
_TEXT_TABLES = ("samples",)
"""A phone's readings of a day, one a line."""
_LONGEST = 1_000_000
"""FHIR strings end at 1 MiB (hl7.org/fhir/R4/datatypes.html#string); base64Binary has no such end."""
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Node = dict[str, Any]


def is_plain(text: str) -> bool:
    """True for a text that a FHIR string can carry as it is: not empty, no blank at its ends, no control character."""
    return text != "" and text == plain(text)


def plain(text: str) -> str:
    """The text as a FHIR string can carry it; "" where nothing is left."""
    return _ODD.sub(" ", text[:_LONGEST]).strip()


def differences(entry: Entry, understood: Entry) -> list[Node]:
    """The extensions that turn `told` (what a reader makes of the R4 elements alone) into the entry."""
    mine, theirs = _fields(entry), _fields(understood)
    changed = [name for name in mine if name not in theirs or not _same(mine[name], theirs[name])]
    made = [_field_extension(name, mine[name]) for name in changed]
    made += [_field_extension(name, None) for name in theirs if name not in mine]
    if entry.links != understood.links:
        made += [
            _extension(LINK, {"role": {"valueString": link.role}, "to": {"valueReference": {"reference": link.target}}})
            for link in entry.links
        ]
    return made


def source_extensions(sources: Iterable[Source]) -> list[Node]:
    """Where an entry stands written, one extension a source."""
    return [
        _extension(
            SOURCE,
            {
                part: {"valueString": getattr(source, name)}
                for part, name in _SOURCE_PARTS.items()
                if is_plain(getattr(source, name))
            },
        )
        for source in sources
        if any(is_plain(getattr(source, name)) for name in _SOURCE_PARTS.values())
    ]


def is_whole(resource: Mapping[str, Any]) -> bool:
    """Whether an export of a record wrote the resource, with all that the record says."""
    meta = resource.get("meta")
    tags = meta.get("tag") if isinstance(meta, dict) else None
    return isinstance(tags, list) and WHOLE in tags


def is_summary(composition: Mapping[str, Any]) -> bool:
    """Whether an export of a record wrote the document, as a summary of its entries."""
    meta = composition.get("meta")
    tags = meta.get("tag") if isinstance(meta, dict) else None
    return isinstance(tags, list) and SUMMARY in tags


def restored(entry: Entry, resource: Mapping[str, Any]) -> Entry:
    """The entry as it stood in the record that the resource was written from; another's resource changes nothing.

    What an extension says is taken only where it has the shape that an entry allows.
    """
    links: list[Link] = []
    for extension in _extensions(resource):
        parts = {str(part.get("url")): part for part in _extensions(extension)}
        if extension.get("url") == FIELD:
            entry = _with(entry, _text(parts.get("name")), _value(parts))
        elif extension.get("url") == LINK:
            target = EntryId(_target(parts.get("to", {}).get("valueReference")))
            links.append(Link(role_of(_text(parts.get("role"))), target))
    return replace(entry, links=tuple(links)) if links else entry


def written_sources(resource: Mapping[str, Any]) -> tuple[Source, ...]:
    """The sources that the resource's extensions tell, as they stood in the record that it was written from."""
    sources = []
    for extension in _extensions(resource):
        if extension.get("url") == SOURCE:
            parts = {str(part.get("url")): _text(part) for part in _extensions(extension)}
            fields = {name: parts.get(part, "") for part, name in _SOURCE_PARTS.items()}
            sources.append(Source(document=Sha256(fields.pop("document")), **fields))
    return tuple(sources)


def _fields(entry: Entry) -> dict[str, Json]:
    """All that an entry says, by name, without what is empty; a data field named like an attribute is told apart."""
    fields: dict[str, Json] = {name: getattr(entry, name) for name in _TEXTS if getattr(entry, name)}
    fields |= {name: getattr(entry, name).text for name in _DATES if getattr(entry, name)}
    if entry.value is not None:
        fields["value"] = entry.value
    if entry.codes:
        fields["codes"] = [[code.system, code.code, code.display] for code in entry.codes]
    return fields | {(f"data.{name}" if name in _OWN else name): value for name, value in entry.data.items()}


def _same(mine: Json, theirs: Json) -> bool:
    return bool(mine == theirs) and isinstance(mine, bool) == isinstance(theirs, bool)


def _field_extension(name: str, value: Json) -> Node:
    parts: dict[str, Node] = {"name": {"valueString": name}}
    if isinstance(value, bool):
        parts["value"] = {"valueBoolean": value}
    elif isinstance(value, int | float):
        parts["value"] = {"valueDecimal": Decimal(repr(value))}
    elif isinstance(value, str) and is_plain(value):
        parts["value"] = {"valueString": value}
    elif value is not None:
        packed = orjson.dumps(value)
        long = len(packed) > _LONGEST or not is_plain(packed.decode())
        parts["json"] = (
            {"valueBase64Binary": base64.b64encode(packed).decode()} if long else {"valueString": packed.decode()}
        )
    return _extension(FIELD, parts)


def _extension(url: str, parts: Mapping[str, Node]) -> Node:
    return {"url": url, "extension": [{"url": name, **value} for name, value in parts.items()]}


def _extensions(node: Mapping[str, Any]) -> list[Node]:
    extensions = node.get("extension")
    return (
        [extension for extension in extensions if isinstance(extension, dict)] if isinstance(extensions, list) else []
    )


def _text(part: Mapping[str, Any] | None) -> str:
    value = part.get("valueString") if part else None
    return value if isinstance(value, str) else ""


def _target(reference: Json) -> str:
    return str(reference.get("reference") or "") if isinstance(reference, dict) else ""


def _value(parts: Mapping[str, Node]) -> Json:
    fields, packed = parts.get("value", {}), parts.get("json", {})
    if isinstance(fields.get("valueBoolean"), bool):
        return fields["valueBoolean"]
    number = fields.get("valueDecimal")
    if isinstance(number, int | Decimal):
        return _number(number)
    words = packed.get("valueString")
    try:
        if isinstance(packed.get("valueBase64Binary"), str):
            words = base64.b64decode(packed["valueBase64Binary"])
        return orjson.loads(words) if words else _text(fields) or None
    except (binascii.Error, ValueError, TypeError):
        return None


def _number(number: int | Decimal) -> Json:
    """As the record had it; None for what is beyond any measure (and would be too long to write out)."""
    shown = Decimal(number)
    if not shown.is_finite() or not -300 < shown.adjusted() < 300:
        return None
    return int(shown) if shown.as_tuple().exponent == 0 else float(shown)


def _with(entry: Entry, name: str, value: Json) -> Entry:
    """The entry with one field as told, where it may have that."""
    if name in _TEXTS:
        return entry.having(**{name: value if isinstance(value, str) else ""})
    if name in _DATES:
        return entry.having(**{name: parse_date(value) if isinstance(value, str) else None})
    if name == "value":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return replace(entry, value=float(value) if number else None)
    if name == "codes":
        return replace(entry, codes=_codings(value))
    key = name.removeprefix("data.")
    others = {text: held for text, held in entry.data.items() if text != key}
    return replace(
        entry, data={**others, key: value} if value is not None and _fits(entry.kind, key, value) else others
    )


def _fits(kind: str, name: str, value: Json) -> bool:
    """Whether a declared field may hold the value; what no field is declared for may hold anything."""
    field = find_kind(kind).field(name)
    if field is None:
        return True
    if name in _TEXT_TABLES and isinstance(value, str):
        return True
    if field.type not in (FieldType.TABLE, FieldType.LINES):
        return not isinstance(value, list | dict)
    lines = field.type is FieldType.LINES or name in _TABLES_OF_TEXTS
    if not isinstance(value, list) or not all(isinstance(item, str if lines else dict) for item in value):
        return False
    return name != "components" or all(map(_is_part, value))


def _is_part(part: Node) -> bool:
    """Whether a part of a panel is as its readers expect it."""
    codes, number = part.get("codes", []), part.get("value")
    coded = isinstance(codes, list) and all(
        isinstance(code, dict)
        and code.keys() == {"system", "code", "display"}
        and all(isinstance(part, str) for part in code.values())
        for code in codes
    )
    words = all(isinstance(part.get(name, ""), str) for name in ("title", "value_text", "comparator", "unit"))
    return coded and words and (number is None or isinstance(number, int | float))


def _codings(value: Json) -> tuple[Coding, ...]:
    codings = [coding for coding in value if _is_coding(coding)] if isinstance(value, list) else []
    return tuple(Coding(*coding) for coding in codings)


def _is_coding(value: Json) -> bool:
    return isinstance(value, list) and len(value) == 3 and all(isinstance(part, str) for part in value)
