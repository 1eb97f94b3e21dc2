"""A file taken apart into its resources, each with its place: a bundle, a list, lines, one resource, or a wrapping.

Portals and apps put FHIR into objects of their own (`{"data": {"Observation": […]}}`), pages of a search into a list or
on lines: whatever stands in them with a resourceType is a resource.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Reading, Skipped, SourceFile
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Located
from organizer.importing.formats.fhir.json_text import Pieces, has_too_many_parts, value_of
from organizer.importing.formats.fhir.node import Node
from organizer.importing.formats.fhir.xml import is_xml, parsed
from organizer.model.interchange import is_whole

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MOST_LEFT_OUT = 200_000
"""Entries of a bundle that hold nothing: nobody has so many, and each is named."""
_BETWEEN = 1 << 18  # characters between two reports: some ten milliseconds
_AT_ONCE = 200
_LARGE = 8 << 20  # bytes; what is smaller is at hand as a whole
_CHUNK = 1 << 18
_FIRST_TYPE = re.compile(r'"resourceType"\s*:\s*"([A-Z]\w+)"')
_HOLDERS = ("Composition", "DiagnosticReport", "List", "Observation")
_HELD = frozenset({
    "AllergyIntolerance", "Condition", "DiagnosticReport", "FamilyMemberHistory", "Immunization", "MedicationStatement",
    "MedicationRequest", "Observation", "Procedure",
})  # fmt: skip
"""Facts that a source may put within another resource, where others only say who, where and of what."""


def decoded(data: bytes) -> str:
    """The text of JSON, by its mark where it isn't UTF-8."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data.decode("utf-8", "replace")


@dataclass(slots=True)
class Bundled:
    """What the bundle of a large file says of all its entries: known once all of them are read."""

    timestamp: str = ""
    """When it was put together (Bundle.timestamp), or ""."""
    _newest: dict[int, bool] = field(default_factory=dict)
    """Whether the first that a history lists of an address is its deletion, by the address's hash."""

    def note(self, entry: object) -> None:
        """An entry, as it comes."""
        address, method = fhir.text(entry, "fullUrl"), fhir.text(entry, "request", "method")
        if address and method:
            self._newest.setdefault(hash(address), method == "DELETE")

    def holds(self, located: Located) -> None:
        """Tell a resource what its bundle says of it."""
        located.timestamp = located.timestamp or self.timestamp
        located.deleted = located.deleted or self._newest.get(hash(located.identifier), False)


def resources_of(source: SourceFile, reading: Reading, bundled: Bundled, progress: Progress) -> Iterator[Located]:
    """The resources of a bundle, a list, a single file or lines, with their places; of a large file as they come."""
    if source.size > _LARGE and is_lines(source.head):
        return _lines(_text_lines(source), reading, progress)
    if source.size > _LARGE and _is_bundle(source.head):
        return _streamed(source, reading, bundled, progress)
    return iter(_of_read(source, reading, progress))


def is_lines(head: bytes) -> bool:
    """True for one resource a line."""
    first, _end, second = head.partition(b"\n")
    return second.lstrip().startswith(b"{") and not head.startswith(_BOMS[1][0]) and _is_object(decoded(first))


def _is_bundle(head: bytes) -> bool:
    """True for a JSON object that names itself a bundle before anything else names itself."""
    words = decoded(head).lstrip()
    first = _FIRST_TYPE.search(words)
    return words.startswith("{") and first is not None and first[1] == "Bundle"


def _text_lines(source: SourceFile) -> Iterator[str]:
    with source.open() as stream:
        for line in stream:
            yield decoded(line)


def _chunks(source: SourceFile) -> Iterator[str]:
    """The text of a file as it comes."""
    mark = next(((mark, encoding) for mark, encoding in _BOMS if source.head.startswith(mark)), (b"", "utf-8"))
    decoder = codecs.getincrementaldecoder(mark[1])("replace")
    with source.open() as stream:
        stream.read(len(mark[0]))
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", True)


def _streamed(source: SourceFile, reading: Reading, bundled: Bundled, progress: Progress) -> Iterator[Located]:
    """The entries of a bundle of any length."""
    teller = _teller(source.name, progress)
    place = 0
    try:
        for name, value, is_listed in Pieces(_chunks(source), lambda done: teller(done, source.size)).members():
            if is_listed:
                bundled.note(value)
                if len(reading.skipped) > _MOST_LEFT_OUT:
                    raise MemoryError
                yield from _entry(value, f"entry[{place}]", "", frozenset(), reading)
                place += 1
            elif name == "timestamp" and isinstance(value, str):
                bundled.timestamp = value
    except ValueError as error:
        raise _broken(source, error) from error


def _of_read(source: SourceFile, reading: Reading, progress: Progress) -> list[Located]:
    data = source.read()
    if is_xml(source.head):
        return _of_whole(parsed(data, source.name), reading)
    if has_too_many_parts(data):
        raise MemoryError
    words = decoded(data)
    del data
    try:
        whole = value_of(words, _teller(source.name, progress))
    except ValueError as error:
        lines = [line for line in words.splitlines() if line.strip()]
        if len(lines) > 1 and _is_object(lines[0]):
            return list(_lines(iter(words.splitlines()), reading, progress))
        raise _broken(source, error) from error
    return _of_whole(whole, reading)


def _teller(name: str, progress: Progress) -> Callable[[int, int], None]:
    """Tells how far a file is read, some ten times a second."""
    last = 0

    def step(done: int, whole: int) -> None:
        nonlocal last
        if done - last >= _BETWEEN:
            last = done
            progress.check()
            progress.report(_("Reading {name}").format(name=name), done, whole)

    return step


def _quietly(_done: int, _whole: int) -> None:
    """Of what is small nothing needs to be told."""


def _of_whole(whole: Any, reading: Reading) -> list[Located]:
    """The resources of a parsed file; what is none and holds none is left out with its reason."""
    resources = _within(whole, "", reading)
    if not resources and isinstance(whole, dict) and not reading.skipped and whole.get("resourceType") != "Bundle":
        _leave_out("", reading)
    return resources


def _within(value: Any, place: str, reading: Reading) -> list[Located]:
    """What stands in a value: itself, the entries of a bundle, or what its lists and objects hold."""
    if isinstance(value, list):
        resources = []
        for number, inner_value in enumerate(value):
            inner = _within(inner_value, f"{place}[{number}]", reading) if isinstance(inner_value, dict | list) else []
            if not inner and not (isinstance(inner_value, dict) and fhir.text(inner_value, "resourceType") == "Bundle"):
                _leave_out(f"{place}[{number}]", reading)
            resources += inner
        return resources
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("resourceType"), str):
        if value["resourceType"] == "Bundle":
            return _bundle(value, reading, f"{place}." if place else "")
        inner = _parameters(value, place, reading) if value["resourceType"] == "Parameters" else []
        return inner or [placed(value, place)]
    resources = []
    for name, inner_value in value.items():
        if isinstance(inner_value, dict | list):
            where = f"{place}.{name}" if place else name
            resources += _within_wrapping(inner_value, where, reading)
    return resources


def _parameters(value: Node, place: str, reading: Reading) -> list[Located]:
    """What the answer to an operation holds (hl7.org/fhir/R4/parameters.html): resources in parameters and parts."""
    resources = []
    waiting = [(value, place)]
    while waiting:
        holder, where = waiting.pop(0)
        for name in ("parameter", "part"):
            for number, parameter in enumerate(fhir.children(holder, name)):
                here = f"{where}.{name}[{number}]".lstrip(".")
                waiting.append((parameter, here))
                if _is_resource(parameter.get("resource")):
                    resources += _within(parameter["resource"], f"{here}.resource", reading)
    return resources


def _within_wrapping(value: Any, place: str, reading: Reading) -> list[Located]:
    """Within somebody's own object only what is a resource counts; the rest is theirs, and nothing is said of it."""
    silent = Reading()
    resources = _within(value, place, silent)
    if resources:
        reading.skipped += silent.skipped
    return resources


def _is_object(line: str) -> bool:
    try:
        return isinstance(value_of(line, _quietly), dict)
    except ValueError:
        return line.lstrip().startswith("{") and line.rstrip().endswith("}")


def _lines(lines: Iterator[str], reading: Reading, progress: Progress) -> Iterator[Located]:
    """One resource a line; a broken line is reported with its number, the good ones are kept."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if number % _AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading line {number}").format(number=number), number)
        place = f"line={number}"
        try:
            resource = value_of(line, _quietly)
        except ValueError:
            reason = _("This line isn’t whole JSON; the other lines are read.")
            reading.skipped.append(Skipped(place, _("line"), reason))
            continue
        inner = _within(resource, place, reading)
        if not inner and fhir.text(resource, "resourceType") != "Bundle":
            _leave_out(place, reading)
        yield from inner


def _bundle(bundle: Node, reading: Reading, prefix: str) -> list[Located]:
    """The entries of a bundle of any type; a bundle within it is opened too."""
    resources = []
    entries = bundle.get("entry")
    listed = entries if isinstance(entries, list) else [entries] if entries else []
    deleted = _deleted(listed)
    timestamp = fhir.text(bundle, "timestamp")
    for place, entry in enumerate(listed):
        resources += _entry(entry, f"{prefix}entry[{place}]", timestamp, deleted, reading)
    return resources


def _entry(entry: Any, where: str, timestamp: str, deleted: frozenset[str], reading: Reading) -> list[Located]:
    """The resource of an entry, or those of the bundle that it holds."""
    resource = entry.get("resource") if isinstance(entry, dict) else None
    if resource is None and fhir.text(entry, "request", "method") == "DELETE":
        reading.skipped.append(Skipped(where, _("entry"), _("The server says that this was deleted.")))
        return []
    if not isinstance(resource, dict) or not _is_resource(resource):
        _leave_out(where, reading)
        return []
    if resource.get("resourceType") == "Bundle":
        return _bundle(resource, reading, f"{where}.")
    full_url = fhir.text(entry, "fullUrl")
    located = placed(resource, full_url or where, full_url)
    located.timestamp = timestamp
    located.deleted = bool(full_url) and full_url in deleted
    return [located]


def _deleted(entries: list[Any]) -> frozenset[str]:
    """The addresses of what a history says was deleted last: it lists the newest first
    (hl7.org/fhir/R4/http.html#history)."""
    newest: dict[str, str] = {}
    for entry in entries:
        address = fhir.text(entry, "fullUrl")
        if address:
            newest.setdefault(address, fhir.text(entry, "request", "method"))
    return frozenset(address for address, method in newest.items() if method == "DELETE")


def _is_resource(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("resourceType"), str)


def _leave_out(where: str, reading: Reading) -> None:
    reading.skipped.append(Skipped(where, _("entry"), _("It holds nothing: no result, visit or other entry.")))


def placed(resource: Node, locator: str, full_url: str = "") -> Located:
    """A resource with its place; its identifier is its fullUrl, else `Type/id`."""
    kind, resource_id = fhir.text(resource, "resourceType"), fhir.text(resource, "id")
    short = f"{kind}/{resource_id}" if resource_id else ""
    return Located(resource, locator or short or kind, full_url or short)


def contained(holder: Located) -> list[Located]:
    """What a list, a report or a document holds within itself, and what nothing but itself tells."""
    if holder.type not in _HOLDERS or is_whole(holder.resource):
        return []
    resources = []
    for inner in fhir.children(holder.resource, "contained"):
        name = fhir.text(inner, "id")
        if name and fhir.text(inner, "resourceType") in _HELD:
            place = f"{holder.identifier or holder.locator}#{name}"
            _date_as(holder.resource, inner)
            resources.append(Located(inner, f"{holder.locator}#{name}", place, container=holder.resource))
    return resources


def _date_as(holder: Node, inner: Node) -> None:
    """A result within its report is of the report's day, where it tells none itself."""
    if fhir.text(holder, "resourceType") != "DiagnosticReport" or fhir.choice(inner, "effective")[1] is not None:
        return
    kind, effective = fhir.choice(holder, "effective")
    if effective is not None and not inner.get("issued"):
        inner[f"effective{kind}"] = effective


def _broken(source: SourceFile, error: ValueError) -> UnreadableSourceError:
    where = ""
    if isinstance(error, json.JSONDecodeError):
        where = _(" (line {line}, column {column})").format(line=error.lineno, column=error.colno)
    message = _("“{name}” breaks off or is damaged{where}.").format(name=source.name, where=where)
    return UnreadableSourceError(message, _("Download it again from where it came; nothing of it was entered."))
