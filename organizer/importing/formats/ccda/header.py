"""Whose document it is, the document itself with the words of all its sections, and files within it."""

import zlib
from typing import Any

from organizer.base.i18n import _
from organizer.base.progress import NoProgress, Progress
from organizer.importing.core.format import Draft, EmbeddedFile, Reading, SourceFile
from organizer.importing.core.numbers_of_state import is_number_of_state
from organizer.importing.core.versions import Version
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.importing.page_text.contents import Contents, contents_of, decoded
from organizer.model.codes import LOINC
from organizer.model.entry import Entry, Source, without_empty
from organizer.model.statuses import Status

_NOBODY_WATCHES = NoProgress()
_SEXES = {"F": "female", "M": "male", "UN": "other"}
_REPORTS = {
    "18748-4": "imaging", "68604-8": "imaging", "18726-0": "imaging", "18782-3": "imaging", "11525-3": "imaging",
    "11526-1": "pathology", "60567-5": "pathology", "34122-2": "pathology",
}  # fmt: skip
_CONCLUSIONS = frozenset({"19005-8", "22637-3", "22638-1", "55110-1"})  # LOINC: impression, diagnosis, conclusions
_WINDOWS = {
    "DF": (-zlib.MAX_WBITS, zlib.MAX_WBITS), "ZL": (zlib.MAX_WBITS, -zlib.MAX_WBITS), "GZ": (zlib.MAX_WBITS | 16,),
}  # fmt: skip
"""zlib's `wbits` for raw deflate (RFC 1951), zlib (RFC 1950) and gzip (RFC 1952)."""
_MOST_INFLATED = 256 * 1024 * 1024  # bytes; a scanned letter has some ten million


def patients(root: Element) -> list[Draft]:
    """A Patient draft for each record target that has a name."""
    drafts = []
    for place, target in enumerate(cda.all_of(root, "//h:recordTarget")):
        role = cda.first_of(target, "h:patientRole")
        title = cda.person_name(cda.first_of(role, "h:patient"), titled=False)
        if title:
            locator = f"recordTarget[{place + 1}]" if place else "recordTarget"
            identifier = cda.identifier(role) or f"{locator}:{title}"
            source = Source(locator=locator, identifier=identifier)
            entry = Entry("Patient", title, data=_person(role), sources=(source,))
            drafts.append(Draft(entry, identifier))
    return drafts


def _person(role: Element) -> dict[str, Any]:
    born = cda.when(cda.attribute(role, "h:patient/h:birthTime", "value"))
    lines = [cda.words(line) for line in cda.all_of(role, "h:addr[1]/*")]
    numbers = [
        number.get("extension")
        for number in cda.all_of(role, "h:id[@extension]")
        if not is_number_of_state(number.get("extension"), number.get("root") or "")
    ]
    return without_empty(
        {
            "birth_date": born.text[:10] if born else "",
            "sex": _SEXES.get(cda.attribute(role, "h:patient/h:administrativeGenderCode", "code"), ""),
            "phone": cda.telecom(role, "tel"),
            "email": cda.telecom(role, "mailto"),
            "address": "\n".join(line for line in lines if line),
            "record_numbers": numbers,
        }
    )


def document(
    root: Element, source: SourceFile, patient: str, reading: Reading, progress: Progress = _NOBODY_WATCHES
) -> Draft:
    """The document itself. Where its body is a file (a scan, a PDF), that file is what is shown."""
    sort = cda.name_of(cda.first_of(root, "h:code"), root)
    title = cda.words(cda.first_of(root, "h:title")) or sort or source.name.rpartition("/")[2]
    data = {
        "document_type": sort or "C-CDA",
        "author": cda.person_name(cda.first_of(root, "h:author//h:assignedPerson")),
        "place": cda.words(cda.first_of(root, "h:custodian//h:representedCustodianOrganization/h:name")),
        "file": source.sha256,
        "media_type": "application/xml",
        "text": narrative(root, progress),
        **_body_file(root, title, reading),
    }
    parents = cda.all_of(root, "h:relatedDocument[@typeCode='RPLC']/h:parentDocument")
    written = Source(locator="/", identifier=_name(root), version=version(root))
    entry = Entry(
        "DocumentReference",
        title,
        happened=cda.when(cda.attribute(root, "h:effectiveTime", "value")),
        status=Status.CURRENT,
        data=without_empty(data),
        sources=(written,),
    )
    return Draft(entry, patient, tuple(name for name in map(_name, parents) if name and name != written.identifier))


def report(root: Element, document: Draft) -> list[Draft]:
    """A document that is by its LOINC code an imaging or a pathology report is a report too, its impression quoted."""
    code = cda.first_of(root, "h:code")
    category = _REPORTS.get(cda.coded_in(cda.codings(code), LOINC, _REPORTS), "")
    if not category:
        return []
    quoted = [
        cda.lines(cda.first_of(section, "h:text")) for section in cda.all_of(root, "//h:section") if _concludes(section)
    ]
    visit = document.entry
    acts = "//h:documentationOf/h:serviceEvent"
    day = cda.attribute(root, f"{acts}/h:effectiveTime", "value") or cda.attribute(
        root, f"{acts}/h:effectiveTime/h:low", "value"
    )
    data = {
        "category": category,
        "issued": visit.happened.text if visit.happened else "",
        "conclusion": "\n".join(text for text in quoted if text),
        "text": visit.text("text"),
        "performer": visit.text("author"),
        "place": visit.text("place"),
        "attachments": [{"file": visit.text("file"), "media_type": visit.text("media_type"), "title": visit.title}],
    }
    source = Source(locator="/", identifier=f"{visit.sources[0].identifier}#report", version=visit.sources[0].version)
    entry = Entry(
        "DiagnosticReport",
        visit.title,
        codes=cda.codings(code),
        happened=cda.when(day) or visit.happened,
        status=Status.FINAL,
        data=without_empty(data),
        sources=(source,),
    )
    return [Draft(entry, document.patient)]


def _concludes(section: Element) -> bool:
    words = cda.words(cda.first_of(section, "h:title")).casefold()
    return cda.attribute(section, "h:code", "code") in _CONCLUSIONS or words.startswith(("impression", "conclusion"))


def narrative(root: Element, progress: Progress) -> str:
    """The words of all sections, each under its title."""
    parts = []
    for section in cda.all_of(root, "//h:section"):
        progress.report(_("Reading the document"))
        title = cda.words(cda.first_of(section, "h:title"))
        parts.append(f"{title}\n{cda.lines(cda.first_of(section, 'h:text'), progress.check)}".strip())
    return "\n\n".join(part for part in parts if part)


def version(document: Element) -> str:
    """How new what the document tells is: who tells it, its set and its number there, and when it was written.

    The effectiveTime is when the document came to be (HL7 CDA R2, 4.2.1.6): a later one tells a later state.
    """
    number = cda.attribute(document, "h:versionNumber", "value")
    whole = "^".join(part for part in _whole(document) if part)
    written = cda.when(cda.attribute(document, "h:effectiveTime", "value"))
    counted = bool(whole) and number.isdecimal()
    return Version(
        system=_system(document),
        series=whole if counted else "",
        number=number if counted else "",
        time=written.text if written else "",
    ).text()


def _whole(document: Element) -> tuple[str, str]:
    return cda.attribute(document, "h:setId", "root"), cda.attribute(document, "h:setId", "extension")


def _system(document: Element) -> str:
    """Whose system wrote the document: its custodian and its author's organisation; "" where neither has an id."""
    custodian = cda.first_of(document, "h:custodian//h:representedCustodianOrganization")
    author = cda.first_of(document, "h:author/h:assignedAuthor/h:representedOrganization")
    names = [cda.identifier(holder) for holder in (custodian, author) if holder is not None]
    return "/".join(dict.fromkeys(name for name in names if name))


def _name(document: Element) -> str:
    whole = cda.first_of(document, "h:setId")
    if whole is not None and whole.get("root"):
        return f"{whole.get('root')}{whole.get('extension') or ''}"
    return cda.identifier(document)


def _body_file(root: Element, title: str, reading: Reading) -> dict[str, Any]:
    body = cda.first_of(root, ".//h:nonXMLBody/h:text")
    if body is None:
        return {}
    address = cda.attribute(body, "h:reference", "value")
    if address:
        return {"note": _("The source names the file but doesn’t hold it: {url}").format(url=address)}
    body_file = embedded(body, title, reading)
    if body_file is None:
        return {"text": cda.lines(body)}
    file, contents = body_file
    return {"file": file.sha256, "media_type": file.media_type, "text": "", **contents.data}


def _inflated(data: bytes | None, compression: str) -> bytes | None:
    """A file as it was before its compression (HL7 Data types R1, CompressionAlgorithm); None where it is damaged.

    Some systems call zlib's stream (ZL) plain deflate (DF), and the other way round.
    """
    if data is None or not compression:
        return data
    for window in _WINDOWS.get(compression, ()):
        unpacking = zlib.decompressobj(window)
        try:
            whole = unpacking.decompress(data, _MOST_INFLATED)
        except zlib.error:
            continue
        return whole if unpacking.eof else None
    return None


def embedded(text: Element, name: str, reading: Reading) -> tuple[EmbeddedFile, Contents] | None:
    """The file that an ED element holds in base64, kept as an original; None where it holds words or nothing."""
    raw = "".join(text.itertext()) if text is not None else ""
    if text is None or text.get("representation") != "B64" or not raw.strip():
        return None
    data = _inflated(decoded(raw), text.get("compression") or "")
    if data is None:
        reading.warnings.append(_("{name}: the attached file can’t be decoded.").format(name=name))
        return None
    contents = contents_of(data, name)
    reading.warnings += contents.warnings
    if contents.is_harmful:
        return None
    media_type = contents.media_type if contents.media_type not in ("", "text/plain") else text.get("mediaType")
    file = EmbeddedFile(name, media_type or "application/octet-stream", data)
    reading.embedded.append(file)
    return file, contents
