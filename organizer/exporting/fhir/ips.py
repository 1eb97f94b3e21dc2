"""An International Patient Summary of one person: a FHIR R4 document (hl7.org/fhir/uv/ips) for whoever treats them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from organizer.base.dates import now
from organizer.base.errors import NotFoundError
from organizer.base.i18n import _, marked, ngettext
from organizer.base.identifiers import derived_id
from organizer.base.progress import Progress
from organizer.base.units import spoken_unit
from organizer.exporting.export import Export, Outgoing
from organizer.exporting.fhir import narrative, shapes
from organizer.exporting.fhir.files import packed, with_files
from organizer.exporting.fhir.ips_resources import absent_statement, device_use, summarised
from organizer.exporting.fhir.ips_sections import SECTIONS, Section, as_it_stands, chosen
from organizer.exporting.fhir.neighbours import Neighbours
from organizer.exporting.fhir.shapes import Node
from organizer.model.codes import LOINC
from organizer.model.entry import Entry, targets_of
from organizer.model.interchange import ID_PREFIX, SUMMARY
from organizer.model.kinds import find_kind
from organizer.model.links import Role
from organizer.store.files import write_whole

PROFILE = "http://hl7.org/fhir/uv/ips/StructureDefinition/"
SHORTENED = marked("Entries may be left out here at the patient’s choice.")
_NOTHING = {
    "11450-4": marked("The record holds no information about problems."),
    "48765-2": marked("The record holds no information about allergies."),
    "10160-0": marked("The record holds no information about medicines."),
}


def write(outgoing: Outgoing, progress: Progress) -> dict[str, int]:
    """The summary of `outgoing.person`, its resources by type. Raises NotFoundError where the person isn't there."""
    bundle = document(outgoing, progress, now().isoformat(timespec="seconds"))
    write_whole(outgoing.out, packed(bundle))
    return dict(Counter(str(part["resource"]["resourceType"]) for part in bundle["entry"]))


def document(outgoing: Outgoing, progress: Progress, when: str, with_bytes: bool = True) -> Node:
    """The summary as a bundle made at `when` (an instant); the same entries at the same instant give the same bundle.

    Without `with_bytes` documents are described, but not enclosed. Raises NotFoundError where the person isn't there.
    """
    patient = next((entry for entry in outgoing.entries if entry.id == outgoing.person), None)
    if patient is None:
        raise NotFoundError(_("This person isn’t in the record."), _("Choose whose summary it shall be."))
    progress.report(_("Writing the summary"))
    resources = _document(patient, outgoing, progress, when, with_bytes)
    name = derived_id(patient.id, f"summary {when}")
    return {
        "resourceType": "Bundle",
        "id": name,
        "meta": {"profile": [f"{PROFILE}Bundle-uv-ips"]},
        "identifier": {"system": "urn:ietf:rfc:3986", "value": ID_PREFIX + name},
        "type": "document",
        "timestamp": when,
        "entry": [{"fullUrl": ID_PREFIX + resource["id"], "resource": resource} for resource in resources],
    }


def _document(patient: Entry, outgoing: Outgoing, progress: Progress, when: str, with_bytes: bool) -> list[Node]:
    """The composition, the person, and each resource that the composition leads to."""
    revised = targets_of((entry for entry in outgoing.entries if not entry.struck), Role.REVISES)
    listed = [entry for entry in outgoing.entries if entry.person == patient.id and entry.id not in revised]
    picked = [(section, chosen(section, listed)) for section in SECTIONS]
    with_entries = chain.from_iterable(entries for section, entries in picked if not section.in_words_only)
    included = {entry.id: entry for entry in with_entries}
    aims = {entry.id: entry for entry in listed if entry.kind == "Goal" and not entry.struck}
    aimed = chain.from_iterable(plan.targets(Role.GOAL) for plan in included.values() if plan.kind == "CarePlan")
    included |= {target: aims[target] for target in aimed if target in aims}
    others = Neighbours({patient.id: patient, **included})

    resources = [summarised(patient, others)]
    for entry in included.values():
        progress.check()
        node = summarised(entry, others)
        # A summary stays short: the files of reports are in the record, an advance directive's is here.
        node.pop("presentedForm", None)
        enclosed = with_bytes and entry.kind == "DocumentReference"
        resources.append(with_files(node, entry, outgoing) if enclosed else node)
    sections: dict[str, Node] = {}
    for section, entries in picked:
        is_shortened = section.kind in outgoing.shortened
        part, extra = _section(section, entries, patient, len(_all_of(section, listed)), is_shortened)
        resources += extra
        if part:
            _merged(sections, part)
    return [_composition(patient, list(sections.values()), when, bool(outgoing.shortened)), *resources]


def _all_of(section: Section, listed: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in listed if entry.kind == section.kind and entry.is_fact and section.belongs(entry)]


def _merged(sections: dict[str, Node], made: Node) -> None:
    """Results and reports are one section of the document."""
    code = made["code"]["coding"][0]["code"]
    first = sections.setdefault(code, made)
    if first is not made:
        first["entry"] = [*first.get("entry", []), *made.get("entry", [])]
        ends = len("</div>")
        inner = made["text"]["div"].partition(">")[2]
        first["text"]["div"] = first["text"]["div"][:-ends] + inner


def _section(
    section: Section, entries: Sequence[Entry], patient: Entry, known: int, is_shortened: bool
) -> tuple[Node, list[Node]]:
    """A section, and the resources that stand for it beside its entries; nothing where it may be left out."""
    if not entries and not section.absent[0]:
        return {}, []
    extra: list[Node] = []
    references = [shapes.reference(entry) for entry in entries]
    if not entries:
        extra = [absent_statement(section, patient)]
        references = [{"reference": ID_PREFIX + extra[0]["id"], "display": section.absent[1]}]
    elif section.kind == "Device":
        extra = [device_use(entry, patient) for entry in entries]
        references = [{"reference": ID_PREFIX + use["id"], "display": use["device"]["display"]} for use in extra]
    made = {
        "title": _(section.title),
        "code": shapes.coded(LOINC, section.code, section.display),
        "text": _narrative(section, entries, known, is_shortened) if entries else _nothing(section, is_shortened),
        "entry": [] if section.in_words_only else references,
    }
    return shapes.filled(made), extra


def _nothing(section: Section, is_shortened: bool) -> Node:
    """That there is no information: in the record, or in this summary alone."""
    return narrative.of_words(_(SHORTENED) if is_shortened else _(_NOTHING[section.code]))


def _narrative(section: Section, entries: Sequence[Entry], known: int, is_shortened: bool) -> Node:
    kind = find_kind(section.kind)
    fields = [field for field in kind.fields if field.name in section.columns]
    standing = [as_it_stands(entry) for entry in entries]
    rows = [[kind.show(entry, field) or _parts(entry, field.name) for field in fields] for entry in standing]
    left = known - len(entries)
    notes = [_(SHORTENED)] if is_shortened else []
    if left > 0:
        text = ngettext("{n} earlier entry is in the record.", "{n} earlier entries are in the record.", left)
        notes.append(text.format(n=left))
    return narrative.of_section([_(field.label) for field in fields], rows, notes)


def _parts(entry: Entry, name: str) -> str:
    """The value of a panel: its parts with theirs."""
    parts = entry.data.get("components") or () if name == "value_text" else ()
    return ", ".join(_part(part) for part in parts if part.get("value_text"))


def _part(part: Mapping[str, Any]) -> str:
    value = f"{part.get('comparator') or ''}{part['value_text']}"
    return f"{part.get('title') or ''} {value} {spoken_unit(part.get('unit') or '')}".strip()


def _composition(patient: Entry, sections: list[Node], when: str, is_shortened: bool) -> Node:
    name = derived_id(patient.id, f"composition {when}")
    title = _("International Patient Summary")
    about = f"{title}: {patient.title}"
    return {
        "resourceType": "Composition",
        "id": name,
        "meta": {"profile": [f"{PROFILE}Composition-uv-ips"], "tag": [SUMMARY]},
        "text": narrative.of_words(f"{about}. {_(SHORTENED)}" if is_shortened else about),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": ID_PREFIX + name},
        "status": "final",
        "type": shapes.coded(LOINC, "60591-5", "Patient summary Document"),
        "subject": shapes.reference(patient),
        "date": when,
        "author": [shapes.reference(patient)],
        "title": title,
        "confidentiality": "N",
        "section": sections,
    }


IPS = Export("ips", write, one_person=True)
