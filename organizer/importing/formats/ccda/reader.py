"""The file as a whole: parsed without network or entities, the document kept, its statements read one by one."""

import re
from dataclasses import replace
from typing import Any

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.importing.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.statements import filled, reader_of
from organizer.importing.formats.ccda.xml import Element
from organizer.records.entry import Entry, Source

_PREFIXES = {
    b"sdtc": b"urn:hl7-org:sdtc",
    b"xsi": b"http://www.w3.org/2001/XMLSchema-instance",
    b"cda": b"urn:hl7-org:v3",
}
_CLINICAL = "//h:observation|//h:substanceAdministration|//h:procedure|//h:encounter|//h:organizer|//h:act|//h:supply"


class CcdaFormat:
    """C-CDA R1.1 and R2.1 XML, whole documents and fragments."""

    name = "C-CDA"

    def recognises(self, source: SourceFile) -> bool:
        """XML that names the CDA namespace, or begins with one of its elements."""
        head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        named = b"urn:hl7-org:v3" in head or b"<ClinicalDocument" in head or b"2.16.840.1.113883" in head
        return head.startswith(b"<") and named

    def read(self, source: SourceFile, progress: Progress) -> Reading:
        """The document and each statement. Raises UnreadableSourceError for what is no XML."""
        reading = Reading()
        root = _parsed(source, reading)
        patient = _patient(root, reading)
        reading.drafts.append(_document(root, source, patient))
        seen: dict[str, int] = {}
        for statement in cda.all_of(root, _CLINICAL):
            progress.check()
            _read_one(statement, patient, seen, reading)
        return reading


CCDA = CcdaFormat()


def _parsed(source: SourceFile, reading: Reading) -> Element:
    from lxml import etree

    data = source.read().lstrip(b"\xef\xbb\xbf \t\r\n")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        try:
            return _in_namespace(etree.fromstring(data, parser))
        except etree.XMLSyntaxError as error:
            if not any(sign in str(error) for sign in ("prefix", "Extra content")):
                raise
            root = etree.fromstring(_framed(data), parser)
            reading.warnings.append(_("What its writer left out around it was added while reading."))
            return _in_namespace(root[0] if len(root) == 1 else root)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise UnreadableSourceError(
            _("“{name}” breaks off or is damaged (line {line}).").format(name=source.name, line=line),
            _("Download it again from where it came; nothing of it was entered."),
        ) from error


def _framed(data: bytes) -> bytes:
    """The pieces of a file within one element that declares the prefixes which their own roots lack."""
    declared = b" ".join(b'xmlns:%s="%s"' % prefix for prefix in _PREFIXES.items())
    return b"<fragment %s>%s</fragment>" % (declared, re.sub(rb"^<\?xml[^>]*\?>", b"", data))


def _in_namespace(root: Element) -> Element:
    """A fragment without a namespace is read as CDA."""
    for element in root.iter():
        if isinstance(element.tag, str) and not element.tag.startswith("{"):
            element.tag = f"{{{cda.NS['h']}}}{element.tag}"
    return root


def _patient(root: Element, reading: Reading) -> str:
    """The record's target as a Patient draft; gives its identifier, "" where the file names nobody."""
    role = cda.one(root, "//h:recordTarget/h:patientRole")
    name = cda.one(role, "h:patient/h:name")
    if name is None:
        return ""
    parts = [cda.words(each) for tag in ("given", "family", "suffix") for each in cda.all_of(name, f"h:{tag}")]
    born = cda.when(cda.attribute(role, "h:patient/h:birthTime", "value"))
    sexes = {"F": "female", "M": "male", "UN": "other"}
    lines = [cda.words(each) for each in cda.all_of(role, "h:addr[1]/*")]
    data: dict[str, Any] = {
        "birth_date": born.text[:10] if born else "",
        "sex": sexes.get(cda.attribute(role, "h:patient/h:administrativeGenderCode", "code"), ""),
        "phone": cda.attribute(role, "h:telecom", "value").removeprefix("tel:"),
        "address": "\n".join(line for line in lines if line),
    }
    identifier = cda.identifier(role)
    source = Source(locator="recordTarget", identifier=identifier)
    title = " ".join(part for part in parts if part) or cda.words(name)
    if title:
        reading.drafts.append(Draft(Entry("Patient", title, data=filled(data), sources=(source,)), identifier))
    return identifier


def _document(root: Element, source: SourceFile, patient: str) -> Draft:
    """The document itself, with the words of all its sections."""
    parts = []
    for section in cda.all_of(root, "//h:section"):
        parts.append(f"{cda.words(cda.one(section, 'h:title'))}\n{cda.words(cda.one(section, 'h:text'))}".strip())
    title = cda.words(cda.one(root, "h:title")) or source.name.rpartition("/")[2]
    data = {
        "document_type": cda.name_of(cda.one(root, "h:code"), root) or "C-CDA",
        "author": cda.words(cda.one(root, "h:author//h:assignedPerson/h:name")),
        "place": cda.words(cda.one(root, "h:custodian//h:representedCustodianOrganization/h:name")),
        "file": source.sha256,
        "media_type": "application/xml",
        "text": "\n\n".join(part for part in parts if part),
    }
    version = cda.attribute(root, "h:versionNumber", "value")
    whole = cda.attribute(root, "h:setId", "root") + cda.attribute(root, "h:setId", "extension")
    written = Source(locator="/", identifier=whole or cda.identifier(root), version=version)
    entry = Entry(
        "DocumentReference",
        title,
        happened=cda.when(cda.attribute(root, "h:effectiveTime", "value")),
        data=filled(data),
        sources=(written,),
    )
    return Draft(entry, patient)


def _read_one(statement: Element, patient: str, seen: dict[str, int], reading: Reading) -> None:
    """A statement becomes a draft; what only frames or details another one is passed over with that one."""
    read = reader_of(statement)
    where = statement.getroottree().getpath(statement)
    tag = str(statement.tag).rpartition("}")[2]
    if _is_detail(statement):
        return
    if read is None:
        if cda.one(statement, "./h:entryRelationship|./h:component") is None:
            reason = _("Casebook has no place for it yet; it stays readable in the document.")
            reading.skipped.append(Skipped(where, tag, reason))
        return
    if statement.get("nullFlavor"):
        reading.skipped.append(Skipped(where, tag, _("The source says that it has no information about this.")))
        return
    entry = read(statement)
    if not entry.title:
        reading.skipped.append(Skipped(where, tag, _("It doesn’t say what it is: code and text are missing.")))
        return
    name = cda.identifier(statement)
    seen[name] = seen.get(name, 0) + 1
    unique = name if name and seen[name] == 1 else f"{name}#{where}"
    reading.drafts.append(Draft(replace(entry, sources=(Source(locator=where, identifier=unique),)), patient))


def _is_detail(statement: Element) -> bool:
    """Within another statement that is read (a severity, a reaction, an indication) it is that one's detail."""
    parent = statement.getparent()
    while parent is not None:
        tag = str(parent.tag).rpartition("}")[2]
        if tag in ("observation", "substanceAdministration", "procedure", "encounter", "supply") and reader_of(parent):
            return True
        parent = parent.getparent()
    return False
