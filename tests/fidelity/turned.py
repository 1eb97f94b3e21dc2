"""What turns a CDA statement round, wherever it stands: denied, about somebody else, only intended (HL7 CDA R2, 4.3.6:
moodCode, negationInd, subject and their conduction). No entry may state as a fact what its place denies."""

from typing import Any

from lxml import etree

from tests.fidelity.comparing import Comparison, Difference, Tally
from tests.fidelity.facts import WRONG, Told

NS = {"c": "urn:hl7-org:v3"}
INTENDED = {"ServiceRequest", "Goal", "Encounter", "MedicationStatement", "DocumentReference", "Coverage"}
STRUCK = {"refuted", "not-done", "not-taken", "cancelled", "entered-in-error"}
QUESTIONS = {"BL", "INT", "REAL", "PQ", "TS"}


def faults(place: Any, told: Told) -> str:
    """What an entry states that its place in the document denies; "" for none."""
    mood = place.get("moodCode", "EVN")
    if mood != "EVN" and told["kind"] not in INTENDED:
        return f"{told['kind']} of the mood {mood}"
    if told["kind"] != "FamilyMemberHistory" and _is_about_a_relative(place):
        return "it is about a relative"
    if _is_denied(place) and not _says_so(told):
        return "it is denied"
    value = place.find("c:value", NS)
    sort = (value.get("{http://www.w3.org/2001/XMLSchema-instance}type") or "") if value is not None else ""
    if told["kind"] == "Condition" and sort.rpartition(":")[2] in QUESTIONS:
        return f"a diagnosis of the type {sort}"
    return ""


def _is_about_a_relative(place: Any) -> bool:
    nearest = place.xpath(
        "ancestor-or-self::*[c:subject/c:relatedSubject][1]/c:subject/c:relatedSubject", namespaces=NS
    )
    own = any(each.get("classCode") == "PAT" for each in nearest)
    return bool(nearest) and not own


def _is_denied(place: Any) -> bool:
    around = place.xpath(
        "self::*|parent::c:entryRelationship/parent::c:act|parent::c:component/parent::c:organizer", namespaces=NS
    )
    return any(each.get("negationInd") == "true" for each in around)


def _says_so(told: Told) -> bool:
    data = told["data"]
    states = {told["status"], data.get("verification")}
    absent = any(data.get(flag) for flag in ("none_known", "not_asked", "absent_reason"))
    return bool(states & STRUCK) or absent or str(told["value_text"]).startswith("not: ")


def compare(source: str, entries: dict[Any, list[Told]], comparison: Comparison) -> None:
    """Each entry beside its place: what it states wrongly is a difference."""
    for place, several in entries.items():
        if not isinstance(place, etree._Element):
            continue
        for told in several:
            fault = faults(place, told)
            if fault:
                comparison.tallies.setdefault((source, "turned round"), Tally()).wrong += 1
                shown = f"{told['title']} | {told['status']}"
                comparison.differences.append(Difference(source, told["kind"], shown, "(turned)", fault, shown, WRONG))
