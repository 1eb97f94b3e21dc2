"""FHIR R4 and R4B as JSON: a bundle of any type, a single resource, or one resource a line (ndjson).

One resource is one draft or one skipped: contained resources and attachments belong to their parent. Older FHIR is
recognised, said so, and kept as a document.
"""

from organizer.importing.formats.fhir.reader import FHIR, read_back

__all__ = ["FHIR", "read_back"]
