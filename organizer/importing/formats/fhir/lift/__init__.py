"""Older FHIR made R4 before it is read: DSTU2 becomes STU3, STU3 becomes R4, each resource by its own shape.

A file rarely says which version it is, and one of a single type (bulk export, a phone's records) may show it in one
element only. So nothing is decided for a file: an element that R4 doesn't have, or has in another shape, is moved to
where R4 has it, in whichever resource it stands. What R4 itself knows is left as it is.

Sources: the R2 and R3 pages of each resource type and their maps (hl7.org/fhir/DSTU2, /STU3, /R4/…-version-maps.html),
looked up on 2026-11-29.
"""

from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.lift import dstu2, r5, stu3
from organizer.importing.formats.fhir.node import Node


def lift(resource: Node) -> str:
    """Make the resource R4, in place, with what it contains; which version it was: `DSTU2`, `STU3`, `R5` or ""."""
    versions = {_lifted(resource)}
    for inner in fhir.children(resource, "contained"):
        versions.add(lift(inner))
    return next((version for version in ("DSTU2", "STU3", "R5") if version in versions), "")


def _lifted(resource: Node) -> str:
    later = r5.lower(resource)
    oldest = dstu2.lift(resource)
    older = stu3.lift(resource)
    profiles = " ".join(fhir.texts(fhir.child(resource, "meta"), "profile"))
    if oldest or "/DSTU2/" in profiles:
        return "DSTU2"
    if older or "/STU3/" in profiles:
        return "STU3"
    return "R5" if later else ""
