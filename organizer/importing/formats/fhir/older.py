"""FHIR before R4 (DSTU2, STU3) and FHIR as XML: recognised, kept as a document, and said so."""

import re
from collections.abc import Sequence
from html import unescape

from organizer.base.i18n import _
from organizer.importing.core.format import Draft, Reading, Skipped, SourceFile
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.context import Located
from organizer.model.entry import Entry, Source

_ONLY_OLD = {
    "MedicationOrder": "DSTU2",
    "DiagnosticOrder": "DSTU2",
    "ProcedureRequest": "STU3",
    "ReferralRequest": "STU3",
    "DeviceComponent": "STU3",
    "Sequence": "STU3",
    "EligibilityRequest": "STU3",
    "ProcessRequest": "STU3",
}
"""Resource types that R4 dropped (hl7.org/fhir/R4/diff.html)."""


_ROOT = re.compile(rb"<[A-Z]\w+\s[^<>]*xmlns=[\"\']http://hl7\.org/fhir[\"\']")
_SPOKEN = re.compile(r"<(?:display|text|family|given|description|conclusion)\s+value=\"([^\"]*)\"")


def older_version(resources: Sequence[Located]) -> str:
    """`DSTU2` or `STU3` where the file is older than R4, else ""."""
    for located in resources:
        profiles = " ".join(fhir.texts(fhir.child(located.resource, "meta"), "profile"))
        if located.type in _ONLY_OLD:
            return _ONLY_OLD[located.type]
        if "/DSTU2/" in profiles or "/STU3/" in profiles:
            return "DSTU2" if "/DSTU2/" in profiles else "STU3"
        version = _by_shape(located)
        if version:
            return version
    return ""


def _by_shape(located: Located) -> str:
    """Elements that changed their type with R4: status codes of Condition and AllergyIntolerance became concepts."""
    resource = located.resource
    if located.type in ("Condition", "AllergyIntolerance"):
        if located.type == "Condition" and isinstance(resource.get("patient"), dict):
            return "DSTU2"
        if isinstance(resource.get("clinicalStatus"), str) or isinstance(resource.get("verificationStatus"), str):
            return "STU3"
    if located.type == "Encounter" and isinstance(resource.get("class"), str):
        return "DSTU2"
    if located.type == "Observation" and isinstance(resource.get("related"), list):
        return "STU3"
    return ""


def read_older(source: SourceFile, version: str, resources: Sequence[Located]) -> Reading:
    """One document with the file's readable words; every resource is accounted for."""
    reason = _("This file is FHIR {version}; Casebook reads R4. The file is kept as a document.").format(
        version=version
    )
    words = [f"{located.type}: {_words(located)}" for located in resources]
    data = {
        "file": source.sha256,
        "media_type": "application/fhir+json",
        "document_type": f"FHIR {version}",
        "text": "\n".join(words),
    }
    entry = Entry(
        "DocumentReference", source.name.rpartition("/")[2], data=data, sources=(Source(locator=source.name),)
    )
    skipped = [Skipped(located.locator, located.type, reason) for located in resources]
    step = _("Ask the portal for FHIR R4 or C-CDA to have single entries.")
    return Reading([Draft(entry)], skipped, [f"{reason} {step}"])


def is_xml(head: bytes) -> bool:
    """XML whose root stands in FHIR's namespace."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_ROOT.search(head[:4096]))


def read_xml(source: SourceFile) -> Reading:
    """One document with the file's readable words; nothing of it is read as single entries."""
    told = _SPOKEN.findall(source.read().decode("utf-8", "replace"))
    words = "\n".join(dict.fromkeys(unescape(one).strip() for one in told))
    data = {"file": source.sha256, "media_type": "application/fhir+xml", "document_type": "FHIR XML", "text": words}
    title = source.name.rpartition("/")[2]
    entry = Entry("DocumentReference", title, data=data, sources=(Source(locator=source.name),))
    reason = _("This file is FHIR as XML; Casebook reads FHIR as JSON. The file is kept as a document.")
    return Reading([Draft(entry)], warnings=[reason + " " + _("Ask the portal for FHIR as JSON, or for C-CDA.")])


def _words(located: Located) -> str:
    found = [fhir.text(one, "text") or fhir.text(one, "display") for one in fhir.walk(located.resource)]
    return ", ".join(dict.fromkeys(one for one in found if one))
