"""The file as a whole: recognised, taken apart into resources, each read into a draft or left out with its reason."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any, NoReturn

from organizer.base.errors import UnreadableSourceError
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.core.versions import Version
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.clinical import states_absence
from organizer.importing.formats.fhir.context import SPOKEN_OF, Context, Located
from organizer.importing.formats.fhir.devices import with_their_use
from organizer.importing.formats.fhir.lift import lift
from organizer.importing.formats.fhir.node import Node
from organizer.importing.formats.fhir.own import kind_of, without_files
from organizer.importing.formats.fhir.resources import OTHER, READERS, SKIPPED, owner_of
from organizer.importing.formats.fhir.xml import is_xml, parsed
from organizer.model.entry import Entry, Source
from organizer.model.interchange import is_whole, restored, written_sources

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARK = re.compile(r'"resourceType"\s*:\s*"[A-Z]')
_MARK_OF_TYPE = re.compile(r'"resourceType"\s*:\s*"([A-Z]\w+)"')
_MOST_PARTS = 12_000_000  # braces, brackets and commas of one file: what they become takes up to a gibibyte
_ESCAPED = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\u0000")
"""Escapes in JSON: a backslash and a pair of surrogates stand; a lone surrogate and a zero are no characters."""


class FhirFormat:
    """FHIR as JSON, ndjson and XML; DSTU2, STU3 and R5 are made R4 before they are read."""

    name = "FHIR R4"

    def recognises(self, source: SourceFile) -> bool:
        """JSON whose beginning names a resourceType, or XML in FHIR's namespace."""
        if is_xml(source.head):
            return True
        head = _decoded(source.head).lstrip()
        return head.startswith(("{", "[")) and bool(_MARK.search(head))

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """All resources. Raises UnreadableSourceError where the JSON can't be read."""
        reading = Reading()
        resources = _resources(source, reading)
        _lift(resources, reading)
        context = Context(resources, reading.embedded, reading.warnings, source.beside)
        for number, located in enumerate(resources):
            if number % 50 == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number, len(resources))
            _read_one(located, context, reading)
        reading.drafts = with_their_use(reading.drafts)
        reading.leads_to = frozenset(context.dangling)
        return reading


FHIR = FhirFormat()


def comes_first(source: SourceFile) -> bool:
    """True for a FHIR file that others of its folder speak of: read first, it needn't be looked for later."""
    first = _MARK_OF_TYPE.search(_decoded(source.head[:4096]))
    return first is not None and first[1] in SPOKEN_OF


def _lift(resources: list[Located], reading: Reading) -> None:
    """Older resources become R4; how many were, is said."""
    versions: list[str] = []
    for located in resources:
        if is_whole(located.resource):
            continue
        versions.append(lift(located.resource))
        located.type = fhir.text(located.resource, "resourceType")
    older = [version for version in versions if version]
    if older:
        words = ngettext(
            "{n} entry is written in another version of FHIR ({version}); it was read as R4.",
            "{n} entries are written in another version of FHIR ({version}); they were read as R4.",
            len(older),
        )
        reading.warnings.append(words.format(n=len(older), version=", ".join(sorted(set(older)))))


def _read_one(located: Located, context: Context, reading: Reading) -> None:
    resource, kind = located.resource, located.type
    read = READERS.get(kind)
    reason = SKIPPED.get(kind, OTHER) if read is None else ""
    ours = is_whole(resource)
    if kind in ("Immunization", "Procedure", "Device") and not ours and states_absence(resource):
        reason = _("The source says that it has no information about this.")
    if kind == "Basic" and not kind_of(resource):
        reason = OTHER
    if reason or read is None:
        reading.skipped.append(Skipped(located.locator, kind or _("entry"), _(reason)))
        return
    entry = restored(read_back(without_files(resource, context)), resource) if ours else read(resource, context)
    if not entry.title and not ours:
        reading.skipped.append(
            Skipped(located.locator, kind, _("It doesn’t say what it is: code and text are missing."))
        )
        return
    meta = fhir.child(resource, "meta")
    version = Version(number=fhir.text(meta, "versionId"), time=fhir.text(meta, "lastUpdated") or located.told)
    source = Source(locator=located.locator, identifier=located.identifier, version=version.text())
    whose = owner_of(resource)
    owner = located.identifier if kind == "Patient" else context.identifier(whose)
    replaced = [context.identifier(fhir.child(one, "target")) for one in fhir.children(resource, "relatesTo")]
    kept = tuple(one for one in replaced if one)
    written = written_sources(resource) if ours else None
    reading.drafts.append(
        Draft(
            replace(entry, sources=(source,)),
            owner,
            kept,
            written=written,
            patient_name=_name_of(whose, resource, context) if kind != "Patient" else "",
        )
    )


def _name_of(whose: Node, resource: Node, context: Context) -> str:
    """The name beside the reference to whose it is, or that of a Patient within the resource."""
    contained = fhir.text(whose, "reference").startswith("#")
    return context.spoken(whose, resource) if contained else fhir.text(whose, "display")


def read_back(resource: Node) -> Entry:
    """What the elements of a single R4 resource say, its links by reference; extensions of our own don't count."""
    return READERS[fhir.text(resource, "resourceType")](resource, Context([_located(resource, "")]))


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data.decode("utf-8", "replace")


def _resources(source: SourceFile, reading: Reading) -> list[Located]:
    """The resources of a bundle, a list, a single file or lines, with their places."""
    data = source.read()
    if is_xml(source.head):
        return _of_whole(parsed(data, source.name), reading)
    if sum(data.count(sign) for sign in (b"{", b"[", b",")) > _MOST_PARTS:
        raise MemoryError
    words = _decoded(data)
    del data
    try:
        whole = _parsed(words)
    except ValueError as error:
        lines = [line for line in words.splitlines() if line.strip()]
        if len(lines) > 1 and _is_object(lines[0]):
            return _lines(words, reading)
        raise _broken(source, error) from error
    return _of_whole(whole, reading)


def _of_whole(whole: Any, reading: Reading) -> list[Located]:
    """The resources of a parsed file: a list of them, a bundle, or one."""
    if isinstance(whole, list):
        return [_located(one, f"[{place}]") for place, one in enumerate(whole) if _told(one, f"[{place}]", reading)]
    if isinstance(whole, dict) and whole.get("resourceType") == "Bundle":
        return _bundle(whole, reading, "")
    return [_located(whole, "")] if isinstance(whole, dict) else []


def _parsed(words: str) -> Any:
    """JSON with decimals as printed. Raises ValueError for anything else than JSON, and for too deep nesting."""
    if any(escape in words for escape in ("\\ud", "\\uD", "\\u0000")):
        words = _ESCAPED.sub(lambda one: one[0] if len(one[0]) in (2, 12) else "\\ufffd", words)
    try:
        return json.loads(words, parse_float=Decimal, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _is_object(line: str) -> bool:
    try:
        return isinstance(_parsed(line), dict)
    except ValueError:
        return line.lstrip().startswith("{") and line.rstrip().endswith("}")


def _lines(words: str, reading: Reading) -> list[Located]:
    """One resource a line; a broken line is reported with its number, the good ones are kept."""
    found = []
    for number, line in enumerate(words.splitlines(), start=1):
        if not line.strip():
            continue
        place = f"line={number}"
        try:
            resource = _parsed(line)
        except ValueError:
            reason = _("This line isn’t whole JSON; the other lines are read.")
            reading.skipped.append(Skipped(place, _("line"), reason))
            continue
        if _told(resource, place, reading):
            found.append(_located(resource, place))
    return found


def _bundle(bundle: Node, reading: Reading, prefix: str) -> list[Located]:
    """The entries of a bundle of any type; a bundle within it is opened too."""
    found = []
    entries = bundle.get("entry")
    listed = entries if isinstance(entries, list) else [entries] if entries else []
    for place, entry in enumerate(listed):
        where = f"{prefix}entry[{place}]"
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not _told(resource, where, reading) or not isinstance(resource, dict):
            continue
        if resource.get("resourceType") == "Bundle":
            found += _bundle(resource, reading, f"{where}.")
            continue
        full_url = fhir.text(entry, "fullUrl")
        one = _located(resource, full_url or where, full_url)
        one.told = fhir.text(bundle, "timestamp")
        found.append(one)
    return found


def _told(resource: Any, where: str, reading: Reading) -> bool:
    """True for a resource; what is none is left out with its reason."""
    if isinstance(resource, dict) and isinstance(resource.get("resourceType"), str):
        return True
    reading.skipped.append(Skipped(where, _("entry"), _("It holds nothing: no result, visit or other entry.")))
    return False


def _located(resource: Node, locator: str, full_url: str = "") -> Located:
    kind, resource_id = fhir.text(resource, "resourceType"), fhir.text(resource, "id")
    short = f"{kind}/{resource_id}" if resource_id else ""
    return Located(resource, locator or short or kind, full_url or short)


def _broken(source: SourceFile, error: ValueError) -> UnreadableSourceError:
    where = ""
    if isinstance(error, json.JSONDecodeError):
        where = _(" (line {line}, column {column})").format(line=error.lineno, column=error.colno)
    message = _("“{name}” breaks off or is damaged{where}.").format(name=source.name, where=where)
    return UnreadableSourceError(message, _("Download it again from where it came; nothing of it was entered."))
