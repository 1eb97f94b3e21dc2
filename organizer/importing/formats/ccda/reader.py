"""The file as a whole: the document kept, its statements read one by one, what becomes no entry named with a reason."""

import re
from dataclasses import replace

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.ccda import header, people
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.parsing import looks_like_cda, parsed
from organizer.importing.formats.ccda.problems import negated
from organizer.importing.formats.ccda.results import report
from organizer.importing.formats.ccda.statements import PROBLEM, reader_of
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry, Link, Source

_STATEMENTS = "//h:observation|//h:substanceAdministration|//h:procedure|//h:encounter|//h:organizer|//h:act|//h:supply"
_OWNERS = ("observation", "substanceAdministration", "procedure", "encounter", "supply", "organizer")
_NO_PROBLEM = frozenset({"55607006", "160245001", "64572001", "404684003"})
"""SNOMED CT: problem, no current problem, disease, clinical finding – negated, they say that nothing is known."""
_THINGS = frozenset({"Condition", "MedicationStatement", "Procedure", "Immunization", "Encounter", "Device"})
_NOTHING = re.compile(
    r"(no|not)\b.*\b(data|information|applicable|available|administered|indicated|documented|recorded|performed|on file"
    r"|(problems|medications|procedures|immunizations|encounters|devices)( known)?)$|medication administration not doc",
    re.IGNORECASE,
)
"""What some systems write as a statement of its own where they have none; only without a code it is taken so."""
_DRUG = "h:consumable/h:manufacturedProduct/h:manufacturedMaterial/h:code"
_ANY_DRUG = "410942007"  # SNOMED CT: drug or medication – negated, it says that none is taken
_NOTE = "2.16.840.1.113883.10.20.22.4.202"


class CcdaFormat:
    """C-CDA R1.1 and R2.1 XML, whole documents and fragments."""

    name = "C-CDA"

    def recognises(self, source: SourceFile) -> bool:
        """XML that names the CDA namespace, or begins with one of its elements."""
        return looks_like_cda(source.head)

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The document and each statement. Raises UnreadableSourceError for what is no XML."""
        reading = Reading()
        root = parsed(source, reading)
        persons = header.patients(root)
        reading.drafts += persons[:1]
        patient = persons[0].identifier if persons else ""
        reading.drafts.append(header.document(root, source, patient if len(persons) < 2 else "", reading))
        statements = cda.all_of(root, _STATEMENTS)
        if len(persons) < 2:
            reading.drafts += header.report(root, reading.drafts[-1])
        if len(persons) > 1:
            _of_several(persons, statements, reading)
            return reading
        names, version, again = _names(statements), header.version(root), _told_again(statements)
        for statement in statements:
            progress.check()
            if _place(statement) in again:
                reason = _("The visit repeats a diagnosis that this document tells elsewhere by the same number.")
                reading.skipped.append(Skipped(_place(statement), cda.tag_of(statement), reason))
                continue
            _read_one(statement, patient, names, version, reading)
        reading.drafts += people.care_team(root, patient)
        _account(root, reading)
        return reading


CCDA = CcdaFormat()


def _of_several(persons: list[Draft], statements: list[Element], reading: Reading) -> None:
    """A document about several people doesn't say which statement is whose: it is kept, and nothing is guessed."""
    named = ", ".join(one.entry.title for one in persons)
    reading.drafts[:] = [one for one in reading.drafts if one.entry.kind != "Patient"]
    reading.warnings.append(
        _("This document is about several people ({names}). Ask the portal for one of each.").format(names=named)
    )
    reason = _("The document is about several people and doesn’t say whose this is.")
    for each in statements:
        if reader_of(each) is not None and not _is_detail(each):
            reading.skipped.append(Skipped(_place(each), cda.tag_of(each), reason))


def _names(statements: list[Element]) -> dict[str, str]:
    """For the place of each statement the name by which links mean it: its own id, where no other one has it too."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for each in statements:
        own, place = cda.identifier(each), _place(each)
        unique = own if own and own not in taken else f"{own}#{place}"
        taken.add(own)
        names[place] = unique
    return names


def _told_again(statements: list[Element]) -> set[str]:
    """The places of the diagnoses that a visit repeats: the same id with the same code stands outside the visits.

    An id names one act wherever it is told (HL7 CDA R2, act.id); the visit's telling often lacks how it went on.
    """
    problems = [one for one in statements if PROBLEM in cda.templates(one)]
    told = {_id_and_code(one) for one in problems if not _of_a_visit(one)}
    return {_place(one) for one in problems if _of_a_visit(one) and _id_and_code(one) in told and cda.identifier(one)}


def _of_a_visit(statement: Element) -> bool:
    return cda.one(statement, "ancestor::h:encounter[1]") is not None


def _id_and_code(statement: Element) -> tuple[str, str]:
    return cda.identifier(statement), cda.attribute(statement, "h:value", "code")


def _place(statement: Element) -> str:
    return str(statement.getroottree().getpath(statement))


def _read_one(statement: Element, patient: str, names: dict[str, str], version: str, reading: Reading) -> None:
    """A statement becomes a draft; what only frames or details another one is passed over with that one."""
    where, tag = _place(statement), cda.tag_of(statement)
    source = Source(locator=where, identifier=names[where], version=version)
    if _NOTE in cda.templates(statement):
        reading.drafts.append(_note(statement, patient, source, reading))
        return
    read = reader_of(statement)
    if read is None or _is_detail(statement):
        return
    reason = _no_entry(statement, read is report)
    entry = read(statement) if not reason else Entry("")
    if not reason and not entry.title:
        reason = _("It doesn’t say what it is: code and text are missing.")
    if not reason and not entry.codes and entry.kind in _THINGS and _NOTHING.match(entry.title):
        reason = _("The source says that it has no information about this.")
    if reason:
        if read is not report:
            reading.skipped.append(Skipped(where, tag, reason))
        return
    links = _members(statement, names) if read is report else ()
    reading.drafts.append(Draft(replace(entry, sources=(source,), links=(*entry.links, *links)), patient))


def _no_entry(statement: Element, framed: bool) -> str:
    """Why a statement becomes no entry; "" where it does."""
    if statement.get("nullFlavor") or (not framed and _around_is_null(statement)):
        return _("The source says that it has no information about this.")
    code = cda.attribute(statement, "h:value", "code")
    if PROBLEM in cda.templates(statement) and code in _NO_PROBLEM and (negated(statement) or code == "160245001"):
        return _("The source says that no problem is known; its words stay in the document.")
    if negated(statement) and cda.attribute(statement, _DRUG, "code") == _ANY_DRUG:
        return _("The source says that no medicine is taken; its words stay in the document.")
    if negated(statement) and cda.one(statement, ".//h:playingDevice") is not None:
        return _("The source says that there is no implant; its words stay in the document.")
    return ""


def _around_is_null(statement: Element) -> bool:
    """True where the act that frames a statement says that nothing is known."""
    act = cda.one(statement, "parent::h:entryRelationship/parent::h:act")
    return act is not None and bool(act.get("nullFlavor"))


def _members(statement: Element, names: dict[str, str]) -> tuple[Link, ...]:
    inside = cda.all_of(statement, "h:component/h:observation")
    return tuple(Link("result", names[_place(each)]) for each in inside)


def _is_detail(statement: Element) -> bool:
    """Within another statement that is read (a severity, a reaction, an indication) it is that one's detail.

    The diagnoses of a visit are statements of their own; so are the results of a report and what a relative's
    organizer doesn't tell.
    """
    parent = statement.getparent()
    while parent is not None:
        tag = cda.tag_of(parent)
        read = reader_of(parent) if tag in (*_OWNERS, "act") else None
        if read is not None and read is not report:
            return not (tag == "encounter" and PROBLEM in cda.templates(statement))
        if tag == "section":
            return False
        parent = parent.getparent()
    return False


def _note(statement: Element, patient: str, source: Source, reading: Reading) -> Draft:
    """A note: its words, or the file that it holds, as a document."""
    code = cda.one(statement, "h:code")
    title = cda.name_of(cda.one(code, "h:translation"), statement) or cda.name_of(code, statement) or _("Note")
    kept = header.embedded(cda.one(statement, "h:text"), title, reading)
    data = {"document_type": title, "author": cda.author_of(statement), "text": cda.said_by(statement)}
    if kept is not None:
        file, contents = kept
        data |= {"file": file.sha256, "media_type": file.media_type, **contents.data}
    happened = cda.time_of(statement)[0] or cda.when(cda.attribute(statement, "h:author/h:time", "value"))
    told = cda.filled(data)
    entry = Entry("DocumentReference", title, happened=happened, status="current", data=told, sources=(source,))
    return Draft(entry, patient)


def _account(root: Element, reading: Reading) -> None:
    """Each entry of each section is told of: as drafts, as skipped ones, or here with what it is."""
    told = [one.entry.sources[0].locator for one in reading.drafts] + [one.where for one in reading.skipped]
    for entry in cda.all_of(root, "//h:section/h:entry"):
        place = _place(entry) + "/"
        if not any(where.startswith(place) for where in told):
            what = cda.words(cda.one(entry, "parent::h:section/h:title")) or _("entry")
            nothing = cda.one(entry, "*[@nullFlavor]") is not None
            reason = (
                _("The source says that it has no information about this.")
                if nothing
                else _("Casebook has no place for it yet; it stays readable in the document.")
            )
            reading.skipped.append(Skipped(place.rstrip("/"), what, reason))
