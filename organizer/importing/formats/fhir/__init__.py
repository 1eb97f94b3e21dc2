"""FHIR as JSON or XML: a bundle of any type, a single resource, or one resource a line (ndjson).

One resource is one draft or one skipped: contained resources and attachments belong to their parent. Other
versions than R4 and R4B are made R4 first. Files that lie together may refer to each other.
"""

from organizer.importing.formats.fhir.reader import FHIR, read_back

__all__ = ["FHIR", "read_back"]
