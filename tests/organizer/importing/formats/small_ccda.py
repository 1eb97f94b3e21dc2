"""Small C-CDA documents, and what is read of them."""

from pathlib import Path

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.ccda import CCDA

DATA = Path(__file__).parents[3] / "data" / "ccda"


VITAL_SIGN = '<templateId root="2.16.840.1.113883.10.20.22.4.27"/>'


OBSERVATION = '<observation classCode="OBS">{template}<id root="1.2" extension="{n}"/>{inside}</observation>'


WEIGHT = '<code code="29463-7" codeSystem="2.16.840.1.113883.6.1" displayName="Weight"/><value value="{n}" unit="kg"/>'


def read(path):
    return CCDA.read(SourceFile(path.name, path), NoProgress())


def entries(name, kind=""):
    return [one.entry for one in read(DATA / name).drafts if kind in ("", one.entry.kind)]


def by_title(name, kind=""):
    return {entry.title: entry for entry in entries(name, kind)}


def document(*parts):
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:sdtc="urn:hl7-org:sdtc" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component><structuredBody>'
        + "".join(f"<component>{part}</component>" for part in parts)
        + "</structuredBody></component></ClinicalDocument>"
    )


def section(code, *entries):
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<section><code code="{code}" codeSystem="2.16.840.1.113883.6.1"/><title>S</title><text/>{inside}</section>'


def written(tmp_path, xml, name="document.xml"):
    path = tmp_path / name
    path.write_bytes(xml if isinstance(xml, bytes) else xml.encode())
    return read(path)


PROBLEM = """<observation classCode="OBS" moodCode="EVN">
  <templateId root="2.16.840.1.113883.10.20.22.4.4"/><id root="1.2.3" extension="{number}"/>
  <code code="282291009" codeSystem="2.16.840.1.113883.6.96" displayName="Diagnosis"/>
  <effectiveTime><low value="20260218"/>{end}</effectiveTime>
  <value code="{code}" displayName="Nephropathy" codeSystem="2.16.840.1.113883.6.90"/></observation>"""


VISIT = """<encounter classCode="ENC" moodCode="EVN"><id root="1.9"/><code code="99213" displayName="Visit"/>
  <entryRelationship typeCode="COMP">{diagnosis}</entryRelationship></encounter>"""
