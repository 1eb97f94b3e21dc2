"""FHIR R4: the whole record as a bundle, and one person's summary as an IPS document.

A new kind: its writer beside its like, and its line in `resources.WRITERS`; its reader has the same name in the file of
the same name in importing/formats/fhir. A new section of the summary: its line in
`ips_sections.SECTIONS`.
"""

from organizer.exporting.fhir.bundle import FHIR
from organizer.exporting.fhir.ips import IPS

__all__ = ["FHIR", "IPS"]
