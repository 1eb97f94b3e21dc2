"""What a CDA observation's value and reference range must become (HL7 V3 Data Types R1: PQ, IVL, RTO, CD, ST, ED …)."""

import re
from typing import Any

from tests.fidelity.facts import LOST, RIGHT, WRONG, Expected, folded, number, one_of

CDA = "urn:hl7-org:v3"
NS = {"c": CDA}
XSI = "{http://www.w3.org/2001/XMLSchema-instance}type"
PLAIN_NUMBER = re.compile(r"\s*([<>]=?|≤|≥)?\s*([+-]?\d+(?:\.\d+)?)\s*")
COMPARATORS = {"≤": "<=", "≥": ">=", None: ""}


def _attribute(node: Any, path: str, name: str) -> str:
    found = node.xpath(path, namespaces=NS)
    return (found[0].get(name) or "").strip() if found else ""


def measured(document: Any, statement: Any) -> dict[str, Expected]:
    """Number, comparator and unit, or words; several values are told together and only looked for."""
    values = statement.xpath("c:value", namespaces=NS)
    if len(values) != 1:
        return {}
    value = values[0]
    kind = (value.get(XSI) or "").rpartition(":")[2]
    if value.get("value") and kind in ("PQ", "REAL", "INT", "MO", ""):
        return _quantity(value.get("value"), _unit(document, value))
    if kind in ("IVL_PQ", "IVL_INT", "IVL_REAL"):
        return _interval(value)
    if kind in ("ST", "ED", "SC"):
        return _words(document, value)
    if kind in ("CD", "CE", "CV", "CO", "CS"):
        names = document.names(value) or ([value.get("code")] if value.get("code") else [])
        return {"value": _spoken(statement, names)} if names else {}
    if kind == "BL" and value.get("value"):
        right = {"true": "yes", "false": "no"}[value.get("value")]
        return {"value": _spoken(statement, [right])}
    return {}


def _unit(document: Any, value: Any) -> str:
    unit = value.get("unit") or ""
    if not unit:
        found = value.xpath("c:translation/c:originalText", namespaces=NS)
        unit = document.words(found[0]) if found else ""
    return "" if unit == "1" else unit


def _quantity(text: str, unit: str) -> dict[str, Expected]:
    match = PLAIN_NUMBER.fullmatch(text)
    if match is None:
        return {"value": one_of([text], lambda told: told["value_text"])}
    fields = {"value": number(float(match[2]), lambda told: told["value"])}
    fields["comparator"] = _exactly(COMPARATORS.get(match[1], match[1]), "comparator")
    fields["unit"] = _exactly(unit, "unit")
    return fields


def _exactly(right: str, name: str) -> Expected:
    def verdict(told: Any) -> str:
        found = told[name] or ""
        if found == right:
            return RIGHT
        return LOST if right and not found else WRONG

    return Expected(right, verdict)


def _interval(value: Any) -> dict[str, Expected]:
    low, high = (value.xpath(f"c:{side}[@value]", namespaces=NS) for side in ("low", "high"))
    if low and high:
        return {"value": _both_ends(low[0].get("value"), high[0].get("value"))}
    for ends, closed, opened in ((low, ">=", ">"), (high, "<=", "<")):
        if ends:
            sign = opened if ends[0].get("inclusive") == "false" else closed
            return _quantity(sign + ends[0].get("value"), (ends[0].get("unit") or "").replace("1", "") or "")
    return {}


def _both_ends(low: str, high: str) -> Expected:
    def verdict(told: Any) -> str:
        text = told["value_text"]
        return RIGHT if text.startswith(low) and high in text[len(low) :] else LOST if not text else WRONG

    return Expected(f"{low}–{high}", verdict)


def _words(document: Any, value: Any) -> dict[str, Expected]:
    """Text: its own words, as printed; a number with its unit may be told apart."""
    text = document.words(value)
    if not text or value.get("representation") == "B64":
        return {}

    def verdict(told: Any) -> str:
        found = (
            f"{told['comparator']}{told['value_text']}{told['unit']}".replace(" ", "").casefold().removeprefix("not:")
        )
        right = text.replace(" ", "").replace("≤", "<=").replace("≥", ">=").casefold().rstrip(".")
        if not found:
            return LOST
        return RIGHT if found.rstrip(".") == right else WRONG

    return {"value": Expected(text[:80], verdict)}


def _spoken(statement: Any, names: list[str]) -> Expected:
    negated = statement.get("negationInd") == "true"
    right = [folded(name) for name in names]

    def verdict(told: Any) -> str:
        found = folded(told["value_text"])
        if not found:
            return LOST
        if negated:
            return RIGHT if found.startswith("not:") else WRONG
        return RIGHT if found in right else WRONG

    return Expected(" / ".join(right), verdict)


def ranges(document: Any, statement: Any) -> dict[str, Expected]:
    """The ends of the only range; the words of each."""
    found = statement.xpath("c:referenceRange/c:observationRange", namespaces=NS)
    fields: dict[str, Expected] = {}
    if len(found) == 1:
        for side in ("low", "high"):
            end = _attribute(found[0], f"c:value/c:{side}", "value")
            if PLAIN_NUMBER.fullmatch(end):
                fields[f"range {side}"] = number(float(end), lambda told, side=side: told["data"].get(f"range_{side}"))  # type: ignore[misc]
    for place, each in enumerate(found, 1):
        texts = each.xpath("c:text", namespaces=NS)
        shown = document.words(texts[0]) if texts else ""
        value = each.xpath("c:value", namespaces=NS)
        if not shown and value and (value[0].get(XSI) or "").endswith(("ST", "ED")):
            shown = document.words(value[0])
        if shown:
            fields[f"range words {place}"] = _within_range(shown)
    return fields


def _within_range(text: str) -> Expected:
    right = folded(text)

    def verdict(told: Any) -> str:
        return RIGHT if right in folded(told["data"].get("range_text")) else LOST

    return Expected(text, verdict)
