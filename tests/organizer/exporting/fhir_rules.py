"""Rules of FHIR R4 that a schema doesn't hold: our own checker, which names each break by its place.

From hl7.org/fhir/R4: json.html, references.html, bundle.html, narrative.html and the invariants of each resource page.
"""

import base64
import re
from datetime import datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
CODE = re.compile(r"[^\s]+(\s[^\s]+)*")
DATE_TIME = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00)))?)?)?"
)
DATES = ("start", "end", "date", "authoredOn", "sent", "started")
INSTANTS = ("timestamp", "issued", "lastUpdated")
XHTML = "{http://www.w3.org/1999/xhtml}"
TAGS = {f"{XHTML}{tag}" for tag in ("div", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br")}
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


def breaks(bundle):
    """What is wrong in a bundle, as sentences; an empty list where nothing is."""
    found = []
    urls = [entry.get("fullUrl") for entry in bundle.get("entry", [])]
    if len(urls) != len(set(urls)):
        found.append("fullUrl twice (bdl-7)")
    for entry in bundle.get("entry", []):
        resource, place = entry["resource"], f"{entry['resource']['resourceType']}/{entry['resource'].get('id')}"
        if not entry["fullUrl"].startswith("urn:uuid:") or entry["fullUrl"][9:] != resource.get("id"):
            found.append(f"{place}: fullUrl {entry['fullUrl']}")
        if not ID.fullmatch(resource.get("id", "")):
            found.append(f"{place}: id")
        found += [f"{place}: {one}" for one in [*_nodes(resource, urls), *_invariants(resource)]]
    found += [f"bundle: {one}" for one in _nodes({key: value for key, value in bundle.items() if key != "entry"}, urls)]
    return found


def _nodes(node, urls, path=""):
    """What any element must be: filled, of plain values, its references resolved, its codes and numbers well-formed."""
    found = []
    if isinstance(node, dict):
        if not node:
            found.append(f"{path} is empty")
        for name, value in node.items():
            found += _nodes(value, urls, f"{path}.{name}")
        found += _shapes(node, urls, path)
    elif isinstance(node, list):
        if not node:
            found.append(f"{path} is an empty list")
        for place, value in enumerate(node):
            found += _nodes(value, urls, f"{path}[{place}]")
    elif node is None or (isinstance(node, str) and (not node or node != node.strip())):
        found.append(f"{path} is {node!r}")
    elif isinstance(node, float):
        found.append(f"{path} went through a float")
    return found


def _shapes(node, urls, path):
    if isinstance(node.get("reference"), str) and node["reference"] not in urls:
        yield f"{path}: {node['reference']} leads nowhere"
    if "system" in node and not re.match(r"[a-z][a-z0-9+.-]*:", node["system"]) and "value" not in node:
        yield f"{path}: system {node['system']}"
    if isinstance(node.get("code"), str) and not CODE.fullmatch(node["code"]):
        yield f"{path}: code {node['code']!r}"
    if "start" in node and "end" in node and not _in_order(node["start"], node["end"]):
        yield f"{path}: per-1"
    if "div" in node:
        yield from _narrative(node["div"], path)
    if "data" in node and base64.b64decode(node["data"], validate=True) and "contentType" not in node:
        yield f"{path}: att-1"
    yield from _dates(node, path)


def _dates(node, path):
    for name, value in node.items():
        dated = name.endswith(("DateTime", "Date")) or name in DATES
        if dated and isinstance(value, str) and not DATE_TIME.fullmatch(value):
            yield f"{path}.{name}: {value}"
        if name in INSTANTS and (len(value) < 20 or not DATE_TIME.fullmatch(value)):
            yield f"{path}.{name} is no instant: {value}"


def _in_order(start, end):
    if len(start) > 10 and len(end) > 10:
        return datetime.fromisoformat(start) <= datetime.fromisoformat(end)
    both = min(len(start), len(end), 10)
    return start[:both] <= end[:both]


def _narrative(div, path):
    tree = ET.fromstring(div)
    if tree.tag != f"{XHTML}div" or not "".join(tree.itertext()).strip():
        yield f"{path}: a narrative without words (txt-2)"
    for one in tree.iter():
        if one.tag not in TAGS or set(one.attrib) - {"class"}:
            yield f"{path}: {one.tag} in a narrative (txt-1)"


def _codes(value):
    return {one["code"] for one in (value or {}).get("coding", []) if "code" in one}


def _codings(value):
    """A code with its system: obs-7 intersects whole codings (hl7.org/fhir/R4/observation.html#invs)."""
    return {(one.get("system"), one["code"]) for one in (value or {}).get("coding", []) if "code" in one}


def _invariants(resource):
    checks = {"Condition": _condition, "AllergyIntolerance": _allergy, "Observation": _observation, "Goal": _goal}
    yield from checks.get(resource["resourceType"], lambda _one: ())(resource)
    for name, needed in REQUIRED.get(resource["resourceType"], {}).items():
        if not any(key in resource or f"_{key}" in resource for key in name.split("|")):
            yield f"{name} is missing"
        elif needed and resource.get(name) not in needed:
            yield f"{name} is {resource.get(name)!r}"


def _condition(one):
    course, sure = _codes(one.get("clinicalStatus")), _codes(one.get("verificationStatus"))
    if "entered-in-error" in sure and course:
        yield "con-5"
    if any(name.startswith("abatement") for name in one) and not course & {"inactive", "resolved", "remission"}:
        yield "con-4"


def _allergy(one):
    course, sure = _codes(one.get("clinicalStatus")), _codes(one.get("verificationStatus"))
    if ("entered-in-error" in sure) == bool(course):
        yield "ait-1 or ait-2"
    for reaction in one.get("reaction", []):
        if not reaction.get("manifestation"):
            yield "reaction without manifestation"


def _observation(one):
    if "dataAbsentReason" in one and any(name.startswith("value") for name in one):
        yield "obs-6"
    codes = _codings(one.get("code"))
    for part in one.get("component", []):
        if codes & _codings(part.get("code")) and any(name.startswith("value") for name in one):
            yield "obs-7"
    for ranged in [one, *one.get("component", [])]:
        for span in ranged.get("referenceRange", []):
            if not span.keys() & {"low", "high", "text"}:
                yield "obs-3"
        value = ranged.get("valueQuantity", {})
        if value and not isinstance(value.get("value"), int | Decimal):
            yield "valueQuantity without a number"


def _goal(one):
    for target in one.get("target", []):
        if any(name.startswith("detail") for name in target) and "measure" not in target:
            yield "gol-1"


_EVENT = {"preparation", "in-progress", "not-done", "on-hold", "stopped", "completed", "entered-in-error", "unknown"}
_REQUEST = {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"}
REQUIRED = {
    "Observation": {
        "status": {
            "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
        },
        "code": None,
    },
    "DiagnosticReport": {"status": None, "code": None},
    "MedicationStatement": {
        "status": {
            "active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken",
        },
        "medicationCodeableConcept|medicationReference": None,
        "subject": None,
    },
    "Condition": {"subject": None},
    "AllergyIntolerance": {"patient": None},
    "Procedure": {"status": _EVENT, "subject": None},
    "Immunization": {
        "status": {"completed", "entered-in-error", "not-done"},
        "vaccineCode": None, "patient": None, "occurrenceDateTime|occurrenceString": None,
    },
    "FamilyMemberHistory": {
        "status": {"partial", "completed", "entered-in-error", "health-unknown"}, "patient": None, "relationship": None,
    },
    "Encounter": {"status": None, "class": None},
    "AdverseEvent": {"actuality": {"actual", "potential"}, "subject": None},
    "ImagingStudy": {"status": None, "subject": None},
    "CarePlan": {"status": _REQUEST, "intent": {"plan"}, "subject": None},
    "Goal": {"lifecycleStatus": None, "description": None, "subject": None},
    "ServiceRequest": {"status": _REQUEST, "intent": None, "subject": None},
    "Task": {"status": None, "intent": None},
    "Communication": {"status": _EVENT},
    "Coverage": {"status": {"active", "cancelled", "draft", "entered-in-error"}, "beneficiary": None, "payor": None},
    "DocumentReference": {"status": {"current", "superseded", "entered-in-error"}, "content": None},
    "Basic": {"code": None},
    "DeviceUseStatement": {"status": None, "subject": None, "device": None, "timingPeriod": None},
}  # fmt: skip
