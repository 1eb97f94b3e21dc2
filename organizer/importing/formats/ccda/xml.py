"""Reading CDA elements of any shape: what is missing is simply not there; nothing here raises."""

import re
from typing import Any

from organizer.base.dates import PartialDate, parse_date
from organizer.base.quantities import parse_number
from organizer.records.entry import Coding

Element = Any  # lxml's element; lxml is imported only where a file is parsed

NS = {"h": "urn:hl7-org:v3", "s": "urn:hl7-org:sdtc", "x": "http://www.w3.org/2001/XMLSchema-instance"}
_SYSTEMS = {
    "2.16.840.1.113883.6.1": "http://loinc.org",
    "2.16.840.1.113883.6.96": "http://snomed.info/sct",
    "2.16.840.1.113883.6.88": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "2.16.840.1.113883.6.90": "http://hl7.org/fhir/sid/icd-10-cm",
    "2.16.840.1.113883.6.103": "http://hl7.org/fhir/sid/icd-9-cm",
    "2.16.840.1.113883.12.292": "http://hl7.org/fhir/sid/cvx",
    "2.16.840.1.113883.6.69": "http://hl7.org/fhir/sid/ndc",
    "2.16.840.1.113883.6.12": "http://www.ama-assn.org/go/cpt",
}
_TIME = re.compile(r"(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?(?:\.\d+)?)?([+-]\d{4})?")


def all_of(node: Element, path: str) -> list[Element]:
    """Elements at an XPath, with `h:` for CDA's namespace."""
    return list(node.xpath(path, namespaces=NS)) if node is not None else []


def one(node: Element, path: str) -> Element:
    """The first element at an XPath, or None."""
    found = all_of(node, path)
    return found[0] if found else None


def attribute(node: Element, path: str, name: str) -> str:
    """An attribute of the first element at a path; "" where it is absent."""
    found = one(node, path)
    return str(found.get(name) or "").strip() if found is not None else ""


def words(node: Element) -> str:
    """All text within an element, white space folded."""
    return " ".join("".join(node.itertext()).split()) if node is not None else ""


def when(value: str) -> PartialDate | None:
    """A CDA TS (HL7 V3 Datatypes R1, 2.24) with its printed precision and zone; None for what is none."""
    match = _TIME.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    text = "-".join(part for part in (year, month, day) if part)
    if day and hour and minute:
        offset = f"{zone[:3]}:{zone[3:]}" if zone else ""
        text += f"T{hour}:{minute}:{second or '00'}{offset}"
    return parse_date(text) or parse_date(text[:10])


def time_of(node: Element) -> tuple[PartialDate | None, PartialDate | None]:
    """Begin and end of an effectiveTime: a point, or an interval's low and high."""
    begin = when(attribute(node, "h:effectiveTime[1]", "value")) or when(
        attribute(node, "h:effectiveTime/h:low", "value")
    )
    return begin, when(attribute(node, "h:effectiveTime/h:high", "value"))


def codings(code: Element) -> tuple[Coding, ...]:
    """The code and its translations as received, LOINC first."""
    found = []
    for each in ([code] if code is not None else []) + all_of(code, "h:translation"):
        value, system = each.get("code"), each.get("codeSystem") or ""
        if value:
            found.append(Coding(_SYSTEMS.get(system, f"urn:oid:{system}"), value, each.get("displayName") or ""))
    return tuple(sorted(found, key=lambda coding: coding.system != "http://loinc.org"))


def name_of(code: Element, statement: Element) -> str:
    """What a coded element says: its display, its original text (also by reference), a translation's display."""
    if code is None:
        return ""
    reference = attribute(code, "h:originalText/h:reference", "value") or attribute(
        statement, "h:text/h:reference", "value"
    )
    shown = [code.get("displayName") or "", words(one(code, "h:originalText")), referred(statement, reference)]
    shown += [each.get("displayName") or "" for each in all_of(code, "h:translation")]
    return next((text.strip() for text in shown if text and text.strip()), "")


def referred(node: Element, reference: str) -> str:
    """The narrative that a `#id` points at."""
    if not reference.startswith("#"):
        return ""
    found = node.getroottree().xpath("//*[@ID=$name]", name=reference[1:])
    return words(found[0]) if found else ""


def identifier(statement: Element) -> str:
    """The first id of a statement as `root^extension`; "" where it has none."""
    root, extension = attribute(statement, "h:id", "root"), attribute(statement, "h:id", "extension")
    return f"{root}^{extension}".strip("^")


def value_of(statement: Element) -> dict[str, Any]:
    """value, value_text, comparator, unit of an observation's value, whatever its type."""
    value = one(statement, "h:value")
    if value is None:
        return {}
    if value.get("value"):
        return _number(str(value.get("value")), "", str(value.get("unit") or ""))
    low, high = one(value, "h:low"), one(value, "h:high")
    for end, mark in ((low, ">"), (high, "<")):
        other = high if end is low else low
        if end is not None and end.get("value") and (other is None or other.get("nullFlavor")):
            return _number(
                str(end.get("value")),
                mark if end.get("inclusive") == "false" else f"{mark}=",
                str(end.get("unit") or ""),
            )
    shown = name_of(value, statement) or words(value) or str(value.get("code") or "")
    return {"value_text": shown} if shown else {}


def _number(text: str, comparator: str, unit: str) -> dict[str, Any]:
    number = parse_number(text)
    plain = "" if unit == "1" else unit
    if number is None:
        return {"value_text": text, "unit": plain}
    return {
        "value": number.value,
        "value_text": number.text,
        "comparator": comparator or number.comparator,
        "unit": plain,
    }
