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
from organizer.importing.formats.fhir.claims import refusal
from organizer.importing.formats.fhir.clinical import states_absence
from organizer.importing.formats.fhir.context import SPOKEN_OF, Context, Located
from organizer.importing.formats.fhir.declared import is_modified
from organizer.importing.formats.fhir.devices import with_their_use
from organizer.importing.formats.fhir.lift import lift
from organizer.importing.formats.fhir.narrative import words_of_narrative
from organizer.importing.formats.fhir.node import Node
from organizer.importing.formats.fhir.own import kind_of, without_files
from organizer.importing.formats.fhir.resources import DECLARED, OTHER, READERS, SEVERAL, SKIPPED, owner_of
from organizer.importing.formats.fhir.xml import is_xml, parsed
from organizer.model.entry import Entry, Source
from organizer.model.interchange import is_summary, is_whole, restored, written_sources

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARK = re.compile(r'"resourceType"\s*:\s*"[A-Z]')
_LONGEST_TITLE = 120
_MARK_OF_TYPE = re.compile(r'"resourceType"\s*:\s*"([A-Z]\w+)"')
_MOST_PARTS = 12_000_000  # braces, brackets and commas of one file: what they become takes up to a gibibyte
_ESCAPED = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\u0000")
"""Escapes in JSON: a backslash and a pair of surrogates stand; a lone surrogate and a zero are no characters."""


_HOLDERS = ("Composition", "DiagnosticReport", "List", "Observation")
_HELD = frozenset({
    "AllergyIntolerance", "Condition", "DiagnosticReport", "FamilyMemberHistory", "Immunization", "MedicationStatement",
    "MedicationRequest", "Observation", "Procedure",
})  # fmt: skip
"""Facts that a source may put within another resource, where others only say who, where and of what."""


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
        resources = [*resources, *(inner for located in resources for inner in _contained(located))]
        context = Context(resources, reading.embedded, reading.warnings, source.beside)
        for number, located in enumerate(resources):
            if number % 50 == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number, len(resources))
            _read_one(located, context, reading)
        reading.drafts = with_their_use(reading.drafts)
        reading.told_by_others = all(skipped.what in SPOKEN_OF for skipped in reading.skipped)
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
    context.within = located
    ours = is_whole(resource)
    reason = _reason_to_leave_out(resource, kind, ours)
    if reason:
        reading.skipped.append(Skipped(located.locator, kind or _("entry"), reason))
        return
    if ours:
        found = [("", restored(read_back(without_files(resource, context)), resource))]
    elif kind in SEVERAL:
        found = SEVERAL[kind](resource, context)
    else:
        found = [("", READERS[kind](resource, context))]
    named = [(name, entry if entry.title or ours else _by_narrative(entry, resource)) for name, entry in found]
    named = [(name, entry) for name, entry in named if entry.title or ours]
    if not named:
        why = _("It doesn’t say what it is: code and text are missing.")
        why = _(SKIPPED[kind]) if kind in SKIPPED and not found else why
        reading.skipped.append(Skipped(located.locator, kind, why))
        return
    for place, (name, entry) in enumerate(named):
        reading.drafts.append(_draft(located, name, entry, context, things=int(place == 0)))


def _by_narrative(entry: Entry, resource: Node) -> Entry:
    """Some systems say what it is in the narrative alone: its first line is the title, all of it is noted."""
    if entry.kind in ("Patient", "Practitioner", "Organization"):
        return entry
    words = words_of_narrative(resource)
    if not words:
        return entry
    noted = "\n".join(part for part in (words, entry.text("note")) if part)
    return entry.having(title=words.partition("\n")[0][:_LONGEST_TITLE], data={**entry.data, "note": noted})


def _reason_to_leave_out(resource: Node, kind: str, ours: bool) -> str:
    """Why a resource becomes no entry, "" where it does."""
    if kind not in READERS and kind not in SEVERAL:
        return _(SKIPPED.get(kind, OTHER))
    if kind == "Basic" and not kind_of(resource):
        return _(OTHER)
    if ours:
        return ""
    if kind in DECLARED and is_modified(resource):
        return _("It says of itself that it is to be read otherwise; it stays in the source document.")
    if kind in ("Immunization", "Procedure", "Device") and states_absence(resource):
        return _("The source says that it has no information about this.")
    if kind == "ExplanationOfBenefit":
        return refusal(resource)
    if kind == "Composition" and is_summary(resource):
        return _("The table of contents of a summary of this record; its entries are read one by one.")
    return ""


def _draft(located: Located, name: str, entry: Entry, context: Context, things: int) -> Draft:
    """One entry of a resource, with where it stands, whose it is and what it replaces."""
    resource = located.resource
    meta = fhir.child(resource, "meta")
    version = Version(number=fhir.text(meta, "versionId"), time=fhir.text(meta, "lastUpdated") or located.told)
    locator, identifier = located.locator, located.identifier
    if name:
        locator, identifier = f"{locator}#{name}", f"{identifier}#{name}" if identifier else ""
    source = Source(locator=locator, identifier=identifier, version=version.text())
    whose, holder = owner_of(resource), resource
    if not whose and located.container is not None:
        whose, holder = owner_of(located.container), located.container
    is_patient = located.type == "Patient"
    replaced = [context.identifier(fhir.child(relation, "target")) for relation in fhir.children(resource, "relatesTo")]
    return Draft(
        replace(entry, sources=(source,)),
        located.identifier if is_patient else context.identifier(whose),
        tuple(target for target in replaced if target) if not name else (),
        things=things,
        written=written_sources(resource) if is_whole(resource) else None,
        patient_name="" if is_patient else _name_of(whose, holder, context),
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


def _contained(located: Located) -> list[Located]:
    """What a list, a report or a document holds within itself, and what nothing but itself tells."""
    if located.type not in _HOLDERS or is_whole(located.resource):
        return []
    found = []
    for inner in fhir.children(located.resource, "contained"):
        name = fhir.text(inner, "id")
        if name and fhir.text(inner, "resourceType") in _HELD:
            place = f"{located.identifier or located.locator}#{name}"
            found.append(Located(inner, f"{located.locator}#{name}", place, container=located.resource))
    return found


def _broken(source: SourceFile, error: ValueError) -> UnreadableSourceError:
    where = ""
    if isinstance(error, json.JSONDecodeError):
        where = _(" (line {line}, column {column})").format(line=error.lineno, column=error.colno)
    message = _("“{name}” breaks off or is damaged{where}.").format(name=source.name, where=where)
    return UnreadableSourceError(message, _("Download it again from where it came; nothing of it was entered."))
