"""The file as a whole: recognised, taken apart into resources, each read into a draft or left out with its reason."""

import re
from collections import Counter
from dataclasses import replace

from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Format, Reading, Skipped, SourceFile
from organizer.importing.core.pages import Desk, Pages
from organizer.importing.core.versions import Version
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.apart import Bundled, contained, decoded, placed, resources_of
from organizer.importing.formats.fhir.claims import refusal
from organizer.importing.formats.fhir.clinical import states_absence
from organizer.importing.formats.fhir.context import SPOKEN_OF, Context, Located
from organizer.importing.formats.fhir.declared import is_modified, modifies_itself
from organizer.importing.formats.fhir.devices import with_their_use
from organizer.importing.formats.fhir.lift import lift
from organizer.importing.formats.fhir.narrative import words_of_narrative
from organizer.importing.formats.fhir.node import Node
from organizer.importing.formats.fhir.own import kind_of, without_files
from organizer.importing.formats.fhir.resources import DECLARED, OTHER, READERS, SEVERAL, SKIPPED, owner_of
from organizer.importing.formats.fhir.xml import is_xml
from organizer.model.entry import Entry, Source
from organizer.model.interchange import is_summary, is_whole, restored, written_sources

_MARK = re.compile(r'"resourceType"\s*:\s*"[A-Z]')
_LONGEST_TITLE = 120
_AT_ONCE = 500
_OPEN = 20_000
"""Resources of a file that are open in memory while it is read: some sixty mebibytes."""
_ABSENT = "/data-absent-reason"
_MARK_OF_TYPE = re.compile(r'"resourceType"\s*:\s*"([A-Z]\w+)"')


class FhirFormat(Format):
    """FHIR as JSON, ndjson and XML; DSTU2, STU3 and R5 are made R4 before they are read."""

    name = "FHIR R4"

    def recognises(self, source: SourceFile) -> bool:
        """JSON whose beginning names a resourceType, or XML in FHIR's namespace."""
        if is_xml(source.head):
            return True
        head = decoded(source.head).lstrip()
        return head.startswith(("{", "[")) and bool(_MARK.search(head))

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """All resources. Raises UnreadableSourceError where the JSON can't be read."""
        reading = Reading(drafts=Pages(desk=source.desk))
        bundled = Bundled()
        resources = _lifted(source, reading, bundled, progress)
        context = Context(resources, reading.embedded, reading.warnings, source.beside, progress=progress)
        devices: list[Draft] = []
        for number, located in enumerate(resources):
            if number % 50 == 0:
                progress.check()
                progress.report(_("Reading {name}").format(name=source.name), number, len(resources))
            bundled.holds(located)
            for draft in _read_resource(located, context, reading):
                (devices if draft.entry.kind == "Device" else reading.drafts).append(draft)
        reading.drafts += with_their_use(devices)
        reading.in_other_files = all(skipped.what in SPOKEN_OF for skipped in reading.skipped)
        reading.leads_to = frozenset(context.dangling)
        return reading

    def comes_first(self, source: SourceFile) -> bool:
        """True for resources that others speak of: read first, they needn't be looked for later."""
        first = _MARK_OF_TYPE.search(decoded(source.head[:4096]))
        return first is not None and first[1] in SPOKEN_OF


FHIR = FhirFormat()


def _lifted(source: SourceFile, reading: Reading, bundled: Bundled, progress: Progress) -> Pages[Located]:
    """The resources, those within others last; older ones become R4, and how many were, is said."""
    desk = Desk(source.record_folder, _OPEN)
    resources: Pages[Located] = Pages(desk=desk)
    within: Pages[Located] = Pages(desk=desk)
    older: Counter[str] = Counter()
    for number, located in enumerate(resources_of(source, reading, bundled, progress)):
        if number % _AT_ONCE == 0:
            progress.check()
            progress.report(_("Reading the entries"), number)
        if not is_whole(located.resource):
            older[lift(located.resource)] += 1
            located.type = fhir.text(located.resource, "resourceType")
        resources.append(located)
        within += contained(located)
    resources += within
    del older[""]
    if older:
        words = ngettext(
            "{n} entry is written in another version of FHIR ({version}); it was read as R4.",
            "{n} entries are written in another version of FHIR ({version}); they were read as R4.",
            older.total(),
        )
        reading.warnings.append(words.format(n=older.total(), version=", ".join(sorted(older))))
    return resources


def _read_resource(located: Located, context: Context, reading: Reading) -> list[Draft]:
    """The entries of a resource; where there are none, why is said."""
    resource, kind = located.resource, located.type
    context.within = located
    ours = is_whole(resource)
    reason = _reason_to_leave_out(located, kind, ours)
    if reason:
        reading.skipped.append(Skipped(located.locator, kind or _("entry"), reason))
        return []
    if ours:
        entries = [("", restored(read_back(without_files(resource, context)), resource))]
    elif kind in SEVERAL:
        entries = SEVERAL[kind](resource, context)
    else:
        entries = [("", READERS[kind](resource, context))]
    named = [(name, entry if entry.title or ours else _by_narrative(entry, resource)) for name, entry in entries]
    named = [(name, entry) for name, entry in named if _says_what(entry) or ours or entry.kind == "Patient"]
    if not named:
        why = _("It doesn’t say what it is: code and text are missing.")
        why = _(SKIPPED[kind]) if kind in SKIPPED and not entries else why
        reading.skipped.append(Skipped(located.locator, kind, why))
    return [
        _draft(located, name, entry, context, stands_for=int(place == 0)) for place, (name, entry) in enumerate(named)
    ]


def _says_what(entry: Entry) -> bool:
    """Whether an entry says what it is; a code for why that is missing says nothing."""
    return bool(entry.title) and not (entry.codes and all(code.system.endswith(_ABSENT) for code in entry.codes))


def _by_narrative(entry: Entry, resource: Node) -> Entry:
    """Some systems say what it is in the narrative alone: its first line is the title, all of it is noted."""
    if entry.kind in ("Patient", "Practitioner", "Organization"):
        return entry
    words = words_of_narrative(resource)
    if not words:
        return entry
    noted = "\n".join(part for part in (words, entry.text("note")) if part)
    return entry.having(title=words.partition("\n")[0][:_LONGEST_TITLE], data={**entry.data, "note": noted})


def _reason_to_leave_out(located: Located, kind: str, ours: bool) -> str:
    """Why a resource becomes no entry, "" where it does."""
    resource = located.resource
    if kind not in READERS and kind not in SEVERAL:
        return _(SKIPPED.get(kind, OTHER))
    if kind == "Basic" and not kind_of(resource):
        return _(OTHER)
    if ours:
        return ""
    if located.deleted:
        return _("The server says that this was deleted.")
    if kind != "Patient" and (is_modified(resource) if kind in DECLARED else modifies_itself(resource)):
        return _("It says of itself that it is to be read otherwise; it stays in the source document.")
    if kind in ("Immunization", "Procedure", "Device") and states_absence(resource):
        return _("The source says that it has no information about this.")
    if kind == "ExplanationOfBenefit":
        return refusal(resource)
    if kind == "Composition" and is_summary(resource):
        return _("The table of contents of a summary of this record; its entries are read one by one.")
    return _turned_round(resource, kind)


def _turned_round(resource: Node, kind: str) -> str:
    """Why a resource of a known kind is no fact about a person; "" for one that is."""
    if kind == "ServiceRequest" and resource.get("doNotPerform") is True:
        return _("The source says that this is not to be done; its words stay in the document.")
    if _is_about_a_thing(resource):
        return _("It is about a device, a place or a group, not about a person.")
    if kind == "Observation" and _is_about_another(resource):
        return _("It is about somebody else than the person whose record this is.")
    return ""


def _is_about_a_thing(resource: Node) -> bool:
    """True where the subject is no person: a result of a device, a sample of a place, a plan of a group."""
    named = fhir.text(owner_of(resource), "reference").rpartition("/")[0].rpartition("/")[2]
    return named in ("Device", "Location", "Group", "Substance", "Medication", "Organization")


def _is_about_another(resource: Node) -> bool:
    """Whether what was looked at is a relative or another patient: a father's blood pressure in a child's record."""
    subject = fhir.text(owner_of(resource), "reference")
    focused = [fhir.text(focus, "reference") for focus in fhir.children(resource, "focus")]
    return any(
        reference != subject and reference.rpartition("/")[0].rpartition("/")[2] in ("RelatedPerson", "Patient")
        for reference in focused
    )


def _draft(located: Located, name: str, entry: Entry, context: Context, stands_for: int) -> Draft:
    """One entry of a resource, with where it stands, whose it is and what it replaces."""
    resource = located.resource
    meta = fhir.child(resource, "meta")
    version = Version(number=fhir.text(meta, "versionId"), time=fhir.text(meta, "lastUpdated") or located.timestamp)
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
        stands_for=stands_for,
        written=written_sources(resource) if is_whole(resource) else None,
        patient_name="" if is_patient else _name_of(whose, holder, context),
    )


def _name_of(whose: Node, resource: Node, context: Context) -> str:
    """The name beside the reference to whose it is, or that of a Patient within the resource."""
    contained = fhir.text(whose, "reference").startswith("#")
    return context.spoken(whose, resource) if contained else fhir.text(whose, "display")


def read_back(resource: Node) -> Entry:
    """What the elements of a single R4 resource say, its links by reference; extensions of our own don't count."""
    return READERS[fhir.text(resource, "resourceType")](resource, Context([placed(resource, "")]))
