"""Rules of the International Patient Summary (hl7.org/fhir/uv/ips): our own checker."""

from tests.organizer.exporting import fhir_rules

ABSENT_UNKNOWN = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
DISPLAYS = {
    "no-allergy-info": "No information about allergies",
    "no-known-allergies": "No known allergies",
    "no-known-food-allergies": "No known food allergies",
    "no-known-medication-allergies": "No known medication allergies",
    "no-known-environmental-allergies": "No known environmental allergies",
    "no-problem-info": "No information about problems",
    "no-known-problems": "No known problems",
    "no-medication-info": "No information about medications",
    "no-known-medications": "No known medications",
}
ENTRIES = {
    "11450-4": {"Condition"},
    "48765-2": {"AllergyIntolerance"},
    "10160-0": {"MedicationStatement"},
    "11369-6": {"Immunization"},
    "47519-4": {"Procedure"},
    "46264-8": {"DeviceUseStatement"},
    "30954-2": {"Observation", "DiagnosticReport"},
    "8716-3": {"Observation"},
    "11348-0": {"Condition"},
    "47420-5": set(),
    "18776-5": {"CarePlan"},
    "29762-2": {"Observation"},
    "10162-6": {"Observation"},
    "42348-3": {"DocumentReference"},
}
REQUIRED = ("11450-4", "48765-2", "10160-0")


def breaks(bundle):
    """What is wrong in a summary, as sentences."""
    found = fhir_rules.breaks(bundle)
    resources = {entry["fullUrl"]: entry["resource"] for entry in bundle["entry"]}
    composition = bundle["entry"][0]["resource"]
    if bundle["type"] != "document" or not bundle.get("timestamp") or not bundle.get("identifier"):
        found.append("bundle: type, timestamp, identifier")
    if composition["resourceType"] != "Composition" or composition["type"]["coding"][0]["code"] != "60591-5":
        return [*found, "the first entry is no patient summary"]
    kinds = [one["resourceType"] for one in resources.values()]
    if kinds.count("Composition") != 1 or kinds.count("Patient") != 1:
        found.append("one composition, one patient")
    found += [
        f"composition: {name}" for name in ("author", "title", "date", "subject", "status") if name not in composition
    ]
    found += _sections(composition, resources)
    reached = _reached(bundle["entry"][0]["fullUrl"], resources)
    found += [f"{one['resourceType']} isn’t reached" for url, one in resources.items() if url not in reached]
    for one in resources.values():
        found += [f"{one['resourceType']}: {said}" for said in _profile(one)]
    return found


def _sections(composition, resources):
    codes = [section["code"]["coding"][0]["code"] for section in composition["section"]]
    yield from (f"section {code} is missing" for code in REQUIRED if code not in codes)
    if len(codes) != len(set(codes)):
        yield "a section twice"
    for code, section in zip(codes, composition["section"], strict=True):
        if not section.get("title") or section["text"]["status"] not in ("generated", "additional"):
            yield f"section {code}: title, text"
        kinds = {resources[one["reference"]]["resourceType"] for one in section.get("entry", [])}
        if not kinds <= ENTRIES[code]:
            yield f"section {code}: {kinds}"
        if code in REQUIRED and not section.get("entry"):
            yield f"section {code}: no entry (ips-comp-1)"


def _reached(start, resources):
    waiting, seen = [start], set()
    while waiting:
        url = waiting.pop()
        if url not in seen and url in resources:
            seen.add(url)
            waiting += _references(resources[url])
    return seen


def _references(node):
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    own = [node["reference"]] if isinstance(node, dict) and isinstance(node.get("reference"), str) else []
    return own + [one for part in inner for one in _references(part)]


def _has(one, *names):
    return any(name in one or f"_{name}" in one for name in names)


def _profile(one):
    kind = one["resourceType"]
    if "text" not in one:
        yield "no narrative"
    if one.get("status") == "entered-in-error" or "entered-in-error" in str(one.get("verificationStatus")):
        yield "entered in error"
    for name in ("code", "medicationCodeableConcept"):
        for coded in one.get(name, {}).get("coding", []):
            if coded.get("system") == ABSENT_UNKNOWN and DISPLAYS.get(coded["code"]) != coded.get("display"):
                yield f"{coded}"
    yield from _elements(one, kind)


def _elements(one, kind):
    names = one.get("name", [])
    if kind == "Patient" and not (_has(one, "birthDate") and names and all(name.get("text") for name in names)):
        yield "name (ips-pat-1), birthDate"
    if kind == "MedicationStatement" and not _has(one, "effectiveDateTime", "effectivePeriod"):
        yield "effective[x]"
    if kind == "Procedure" and not (_has(one, "performedDateTime", "performedPeriod") and "code" in one):
        yield "performed[x], code"
    if kind in ("Condition", "AllergyIntolerance") and not ("code" in one and "clinicalStatus" in one):
        yield "code, clinicalStatus"
    if kind in ("Observation", "DiagnosticReport") and not (
        _has(one, "effectiveDateTime", "effectivePeriod") and one.get("performer") and "reference" in one["subject"]
    ):
        yield "effective[x], performer, subject"
    if kind == "Observation" and not one.keys() & {
        "valueQuantity", "valueString", "component", "hasMember", "dataAbsentReason",
    }:  # fmt: skip
        yield "no value and no reason why"
