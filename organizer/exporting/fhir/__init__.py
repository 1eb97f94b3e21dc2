"""FHIR R4: the whole record as a bundle, and one person's summary as an IPS document.

A new kind: its writer beside its like, and its line in `resources.WRITERS`.
"""

from organizer.exporting.fhir.bundle import FHIR

__all__ = ["FHIR"]
