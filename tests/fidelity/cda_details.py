"""What more CDA statements tell of themselves: flags, routes, people, places, reasons, severities, ages."""

import re
from collections.abc import Callable
from typing import Any

from tests.fidelity.facts import Expected, among, holding, one_of

NS = {"c": "urn:hl7-org:v3", "s": "urn:hl7-org:sdtc"}
CCDA, CCD = "2.16.840.1.113883.10.20.22.4.", "2.16.840.1.113883.10.20.1."
Fields = dict[str, Expected]


def _data(name: str) -> Callable[[Any], Any]:
    return lambda told: told["data"].get(name)


def _first(node: Any, path: str) -> Any:
    found = node.xpath(path, namespaces=NS) if node is not None else []
    return found[0] if found else None


def person(document: Any, node: Any) -> str:
    """A person's family name, by which the whole is found however its parts are ordered."""
    name = _first(node, ".//c:assignedPerson/c:name")
    if name is None:
        return ""
    family = _first(name, "c:family")
    text = document.words(family) if family is not None else document.words(name)
    return text if re.search(r"\w", text) else ""


def _named(document: Any, statement: Any, path: str, name: str) -> Fields:
    words = document.names(_first(statement, path))
    return {name.replace("_", " "): one_of(words, _data(name))} if words else {}


def _by(document: Any, statement: Any, path: str, name: str) -> Fields:
    people = [person(document, each) for each in statement.xpath(path, namespaces=NS)]
    people = [each for each in people if each]
    return {name.replace("_", " "): holding(people[0], _data(name))} if people else {}


def observation(document: Any, statement: Any) -> Fields:
    """The laboratory's flag, specimen and method."""
    fields: Fields = {}
    for number, flag in enumerate(statement.xpath("c:interpretationCode", namespaces=NS), 1):
        words = [text for text in (flag.get("displayName"), flag.get("code")) if text]
        if words:
            fields[f"flag {number}"] = _either(words, "interpretation")
    fields |= _named(document, statement, "c:methodCode", "method")
    return fields | _named(document, statement, ".//c:specimenRole/c:specimenPlayingEntity/c:code", "specimen")


def _either(words: list[str], name: str) -> Expected:
    def verdict(told: Any) -> str:
        found = str(told["data"].get(name) or "").casefold()
        return "right" if any(word.casefold() in found for word in words) else "wrong" if found else "lost"

    return Expected(" / ".join(words), verdict)


def medicine(document: Any, statement: Any) -> Fields:
    """By what way, what for, who prescribed it."""
    fields = _named(document, statement, "c:routeCode", "route")
    fields |= _reasons(document, statement)
    return fields | _by(document, statement, "c:author", "prescriber")


def _reasons(document: Any, statement: Any) -> Fields:
    path = f".//c:observation[c:templateId/@root='{CCDA}19']/c:value"
    found = [document.names(value) for value in statement.xpath(path, namespaces=NS)]
    return {f"reason {n}": _either(words, "reason") for n, words in enumerate(found, 1) if words}


def vaccine(document: Any, statement: Any) -> Fields:
    """Which dose it was, why it was refused, who gave it."""
    fields: Fields = {}
    number = _first(statement, "c:repeatNumber[@value]")
    if number is not None:
        fields["dose number"] = among({number.get("value")}, _data("dose_number"))
    refusal = f".//c:observation[c:templateId/@root='{CCDA}53']/c:code"
    fields |= _named(document, statement, refusal, "status_reason")
    return fields | _by(document, statement, "c:performer", "performer")


def procedure(document: Any, statement: Any) -> Fields:
    """Where in the body, by whom, what for."""
    sites = [document.names(each) for each in statement.xpath("c:targetSiteCode", namespaces=NS)]
    fields = {f"site {n}": _either(words, "body_site") for n, words in enumerate(sites, 1) if words}
    return fields | _by(document, statement, "c:performer", "performer") | _reasons(document, statement)


def visit(document: Any, statement: Any) -> Fields:
    """With whom and where."""
    fields = _by(document, statement, "c:performer", "provider")
    place = _first(statement, "c:participant/c:participantRole[@classCode='SDLOC']/c:playingEntity/c:name")
    if place is not None and document.words(place):
        fields["place"] = one_of([document.words(place)], _data("place"))
    left = document.names(_first(statement, "s:dischargeDispositionCode"))
    if left:
        fields["discharged to"] = _either(left, "note")
    return fields


def problem(document: Any, statement: Any) -> Fields:
    """How severe, where in the body, at what age."""
    severity = "c:entryRelationship/c:observation[c:code/@code='SEV']/c:value"
    fields = _named(document, statement, severity, "severity")
    sites = [document.names(each) for each in statement.xpath("c:targetSiteCode", namespaces=NS)]
    fields |= {f"site {n}": _either(words, "body_site") for n, words in enumerate(sites, 1) if words}
    age = _first(statement, f".//c:observation[c:templateId/@root='{CCDA}31' or c:templateId/@root='{CCD}38']/c:value")
    if age is not None and age.get("value"):
        fields["age"] = holding(age.get("value"), _data("note"))
    return fields


def allergy(_document: Any, statement: Any) -> Fields:
    """How dangerous it may become (C-CDA R2.1, Criticality Observation)."""
    code = _first(statement, ".//c:observation[c:code/@code='82606-5']/c:value")
    right = {"CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess"}
    found = right.get(code.get("code") or "") if code is not None else None
    return {"criticality": among({found}, _data("criticality"))} if found else {}


def insurance(document: Any, statement: Any) -> Fields:
    """Who insures."""
    payer = _first(statement, f"c:performer[c:templateId/@root='{CCDA}87']//c:representedOrganization/c:name")
    name = document.words(payer) if payer is not None else ""
    return {"insurer": one_of([name], lambda told: told["title"])} if name else {}


def relative(document: Any, statement: Any) -> Fields:
    """Whether the relative lives, and how old they were when it began."""
    fields: Fields = {}
    dead = _first(statement, "c:subject/c:relatedSubject/c:subject/s:deceasedInd")
    if dead is not None and dead.get("value") == "false":
        fields["alive"] = among({"no"}, _data("deceased"))
    ages = f"c:component/c:observation//c:observation[c:templateId/@root='{CCDA}31' or c:templateId/@root='{CCD}38']"
    for number, age in enumerate(statement.xpath(f"{ages}/c:value/@value", namespaces=NS), 1):
        fields[f"age {number}"] = holding(str(age), _data("age_at_onset"))
    return fields


MORE: dict[str, Callable[[Any, Any], Fields]] = {
    "problems": problem, "allergies": allergy, "medicines": medicine, "vaccines": vaccine, "results": observation,
    "vital signs": observation, "social": observation, "procedures": procedure, "visits": visit, "family": relative,
    "insurance": insurance,
}  # fmt: skip
