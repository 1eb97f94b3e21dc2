"""The value of an observation, whatever its type (HL7 V3 Datatypes R1), and its reference ranges."""

from typing import Any

from organizer.base.quantities import parse_number
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Json

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_ABSENT = {
    "UNK": "unknown",
    "ASKU": "asked-unknown",
    "NASK": "not-asked",
    "NAV": "temp-unknown",
    "NA": "not-applicable",
    "MSK": "masked",
    "NI": "unknown",
    "NP": "not-performed",
}


def value_of(statement: Element) -> dict[str, Any]:
    """value, value_text, comparator, unit of an observation; several values are told one after the other."""
    values = cda.all_of(statement, "h:value")
    told = [one for one in (_one_value(each, statement) for each in values) if one]
    if len(told) > 1:
        return {"value_text": "; ".join(f"{one['value_text']} {one.get('unit', '')}".strip() for one in told)}
    return told[0] if told else {}


def absent_reason(statement: Element) -> str:
    """Why there is no value, in FHIR's words, where a nullFlavor says it (HL7 NullFlavor)."""
    value = cda.one(statement, "h:value")
    return _ABSENT.get(str(value.get("nullFlavor") or ""), "") if value is not None else ""


def _one_value(value: Element, statement: Element) -> dict[str, Any]:
    kind = str(value.get(_TYPE) or "").rpartition(":")[2]
    if kind == "BL" and value.get("value"):
        return {"value_text": "yes" if value.get("value") == "true" else "no"}
    if kind == "TS" and value.get("value"):
        day = cda.when(str(value.get("value")))
        return {"value_text": day.text if day else str(value.get("value"))}
    if kind.startswith("RTO"):
        return _ratio(value)
    if value.get("value"):
        return _number(str(value.get("value")), "", _unit(value))
    return _interval(value) or _translated(value) or _words(_named(value, statement))


def _ratio(value: Element) -> dict[str, Any]:
    """`1:40`, or a number in a unit where something is told for one minute, one litre."""
    above, below = (cda.attribute(value, f"h:{part}", "value") for part in ("numerator", "denominator"))
    units = [cda.attribute(value, f"h:{part}", "unit") for part in ("numerator", "denominator")]
    if parse_number(above) and units[1] not in ("", "1") and below in ("", "1"):
        return _number(above, "", f"{'' if units[0] == '1' else units[0]}/{units[1]}")
    return _words(":".join((above, below)))


def _named(value: Element, statement: Element) -> str:
    told = cda.name_of(value, statement) or cda.referred(statement, cda.attribute(value, "h:reference", "value"))
    return told or cda.words(value) or str(value.get("code") or "")


def _words(shown: str) -> dict[str, Any]:
    return {"value_text": shown} if shown.strip(":") else {}


def _interval(value: Element) -> dict[str, Any]:
    low, high = cda.one(value, "h:low"), cda.one(value, "h:high")
    ends = [end for end in (low, high) if end is not None and end.get("value")]
    if len(ends) == 2:
        return _words(f"{low.get('value')}–{high.get('value')} {_unit(high)}".strip())
    for end in ends:
        mark = ">" if end is low else "<"
        return _number(str(end.get("value")), mark if end.get("inclusive") == "false" else f"{mark}=", _unit(end))
    return {}


def _translated(value: Element) -> dict[str, Any]:
    """A quantity in a unit that UCUM doesn't know stands in a translation."""
    other = cda.one(value, "h:translation[@value]")
    if other is None:
        return {}
    unit = other.get("displayName") or cda.words(cda.one(other, "h:originalText")) or other.get("code") or ""
    return _number(str(other.get("value")), "", unit)


def _unit(value: Element) -> str:
    unit = str(value.get("unit") or "").strip()
    shown = unit or cda.words(cda.one(value, "h:translation/h:originalText"))
    return "" if shown == "1" else shown


def _number(text: str, comparator: str, unit: str) -> dict[str, Any]:
    number = parse_number(text)
    if number is None:
        return {"value_text": text, "unit": unit}
    return {
        "value": number.value,
        "value_text": number.text,
        "comparator": comparator or number.comparator,
        "unit": unit,
    }


def ranges_of(statement: Element) -> dict[str, Json]:
    """The ranges as printed; numbers only where there is one range and it has them."""
    ranges = cda.all_of(statement, "h:referenceRange/h:observationRange")
    spoken = [text for text in (_range_words(each, statement) for each in ranges) if text]
    told: dict[str, Json] = {"range_text": "; ".join(spoken)}
    if len(ranges) == 1:
        low, high = _ends(ranges[0])
        told |= {"range_low": _float(low), "range_high": _float(high)}
    return told


def _ends(one: Element) -> tuple[str, str]:
    return cda.attribute(one, "h:value/h:low", "value"), cda.attribute(one, "h:value/h:high", "value")


def _range_words(one: Element, statement: Element) -> str:
    text = cda.one(one, "h:text")
    shown = cda.referred(statement, cda.attribute(text, "h:reference", "value")) or cda.words(text)
    if shown:
        return shown
    low, high = _ends(one)
    unit = cda.attribute(one, "h:value/h:high", "unit") or cda.attribute(one, "h:value/h:low", "unit")
    unit = "" if unit == "1" else unit
    if low and high:
        return f"{low}–{high} {unit}".strip()
    if low or high:
        end, mark = ("low", ">") if low else ("high", "<")
        exclusive = cda.attribute(one, f"h:value/h:{end}", "inclusive") == "false"
        return f"{mark if exclusive else '≥' if low else '≤'} {low or high} {unit}".strip()
    return cda.name_of(cda.one(one, "h:value"), statement)


def _float(text: str) -> float | None:
    number = parse_number(text) if text else None
    return number.value if number else None
