"""The value of an observation, whatever its type (HL7 V3 Datatypes R1), and its reference ranges."""

from typing import Any

from organizer.base.numbers import parse_number, read_range
from organizer.base.remembered import remembered
from organizer.base.results import read_result
from organizer.base.units import is_unit, same_unit
from organizer.importing.formats._values import answer_of, in_percent, sensible_range
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.model.codes import code_of
from organizer.model.entry import Json

_SIGNS = "+-−±"
"""What a laboratory writes in place of words: `++`."""
_CODED = ("CD", "CE", "CV", "CS", "CO", "SC")
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
    stated = [value for value in (_single_value(value, statement) for value in values) if value]
    if len(stated) > 1:
        return {"value_text": "; ".join(f"{value['value_text']} {value.get('unit', '')}".strip() for value in stated)}
    return in_percent(stated[0], cda.codings(cda.first_of(statement, "h:code"))) if stated else {}


def absent_reason(statement: Element) -> str:
    """Why there is no value, in FHIR's words, where a nullFlavor says it (HL7 NullFlavor)."""
    value = cda.first_of(statement, "h:value")
    return _ABSENT.get(str(value.get("nullFlavor") or ""), "") if value is not None else ""


def _single_value(value: Element, statement: Element) -> dict[str, Any]:
    kind = cda.type_of(value)
    if kind == "BL" and value.get("value"):
        return {"value_text": "yes" if value.get("value") == "true" else "no"}
    if kind == "TS" and value.get("value"):
        day = cda.when(str(value.get("value")))
        return {"value_text": day.text if day else str(value.get("value"))}
    if kind.startswith("RTO"):
        return _ratio(value)
    if value.get("value"):
        return _number(str(value.get("value")), "", _unit(value))
    return _interval(value) or _translated(value) or _printed(_spoken(value, statement), kind, statement)


def _ratio(value: Element) -> dict[str, Any]:
    """`1:40`, or a number in a unit where something is told for one minute, one litre."""
    above, below = (cda.attribute(value, f"h:{part}", "value") for part in ("numerator", "denominator"))
    units = [cda.attribute(value, f"h:{part}", "unit") for part in ("numerator", "denominator")]
    if parse_number(above) and units[1] not in ("", "1") and below in ("", "1"):
        return _number(above, "", f"{'' if units[0] == '1' else units[0]}/{units[1]}")
    return _words(":".join((above, below)))


def _spoken(value: Element, statement: Element) -> str:
    """What a value says in words: the value's own, never those of the statement, which name what was observed."""
    if value.get("representation") == "B64":
        return ""
    shown = str(value.get("displayName") or "").strip()
    if shown and not shown.strip(_SIGNS):
        return shown
    words = cda.name_of(value, statement) or cda.referred(statement, cda.attribute(value, "h:reference", "value"))
    words = words or cda.words(value)
    if words:
        return words
    return answer_of(cda.codings(value)) or str(value.get("code") or "")


def _printed(shown: str, kind: str, statement: Element) -> dict[str, Any]:
    """Words, or the number with its unit that a text is all about: `89 MG/DL`, `<0.3 mg/L`; `2 colonies` is none.

    What may be two numbers (`1,234`) stays words, unless the range or what was measured leaves one.
    """
    if kind in _CODED:
        return _words(shown)
    ranges = ranges_of(statement)
    result = read_result(shown, code=_loinc(statement), ends=(ranges.get("range_low"), ranges.get("range_high")))
    if result.value is None or result.flag or (result.unit and not is_unit(result.unit)):
        return _words(shown)
    return result.fields


def _loinc(statement: Element) -> str:
    system, code = (cda.attribute(statement, "h:code", name) for name in ("codeSystem", "code"))
    return code_of(system, code).loinc


def _words(shown: str) -> dict[str, Any]:
    return {"value_text": shown} if shown.strip(":") else {}


def _interval(value: Element) -> dict[str, Any]:
    low, high = cda.first_of(value, "h:low"), cda.first_of(value, "h:high")
    ends = [end for end in (low, high) if end is not None and end.get("value")]
    if len(ends) == 2:
        return _words(f"{low.get('value')}–{high.get('value')} {_unit(high)}".strip())
    for end in ends:
        mark = ">" if end is low else "<"
        return _number(str(end.get("value")), mark if end.get("inclusive") == "false" else f"{mark}=", _unit(end))
    return {}


def _translated(value: Element) -> dict[str, Any]:
    """A quantity in a unit that UCUM doesn't know stands in a translation."""
    other = cda.first_of(value, "h:translation[@value]")
    if other is None:
        return {}
    unit = other.get("displayName") or cda.words(cda.first_of(other, "h:originalText")) or other.get("code") or ""
    return _number(str(other.get("value")), "", unit)


def _unit(value: Element) -> str:
    unit = str(value.get("unit") or "").strip()
    shown = unit or cda.words(cda.first_of(value, "h:translation/h:originalText"))
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
    """The ranges as printed; numbers where there is one range, or one of several is called normal."""
    ranges = cda.all_of(statement, "h:referenceRange/h:observationRange")
    if not ranges:
        return {}
    printed = [_range_words(interval, statement) for interval in ranges]
    place: int | None = 0
    spoken = printed
    if len(ranges) > 1:
        meanings = [_meaning(interval, statement) for interval in ranges]
        spoken = [
            f"{meaning}: {text}" if meaning and text else text for text, meaning in zip(printed, meanings, strict=True)
        ]
        normal = [number for number, interval in enumerate(ranges) if _is_normal(interval)]
        place = normal[0] if len(normal) == 1 else None

    fields: dict[str, Json] = {"range_text": "; ".join(dict.fromkeys(text for text in spoken if text))}
    if place is not None:
        low, high = _numbers_of(ranges[place], printed[place], cda.attribute(statement, "h:value", "unit"))
        fields |= {"range_low": low, "range_high": high}
    return fields


def _numbers_of(interval: Element, words: str, unit: str) -> tuple[float | None, float | None]:
    """The ends of a range as numbers; none where it is in another `unit` than the value or where its ends are swapped:
    it would misjudge the value."""
    low, high = (parse_number(end) for end in _ends(interval))
    if low is None and high is None:
        return _printed_ends(words, unit)
    if _in_another_unit(_range_unit(interval), unit):
        return None, None
    return sensible_range(low.value if low else None, high.value if high else None)


def _meaning(interval: Element, statement: Element) -> str:
    """What a range of several means and for whom it is: `Normal`, `Female`; "" where no words say it."""
    whom = [cda.name_of(whom, statement) for whom in cda.all_of(interval, "h:precondition/h:criterion/h:value")]
    lines = [cda.name_of(cda.first_of(interval, "h:interpretationCode"), statement), *whom]
    return ", ".join(text for text in lines if text)


def _is_normal(interval: Element) -> bool:
    """True for the range that is called normal (HL7 ObservationInterpretation N)."""
    return cda.attribute(interval, "h:interpretationCode", "code") == "N"


def _in_another_unit(unit: str, other: str) -> bool:
    """True for two units that are understood and differ; a misspelt one says nothing."""
    return is_unit(unit) and is_unit(other) and not same_unit(unit, other)


@remembered(4096)
def _printed_ends(text: str, unit: str) -> tuple[float | None, float | None]:
    """The ends of a range in words, `13.5 - 17.5 g/dL` or `<5.0`; none where more is told (of whom, when)."""
    spread = read_range(text)
    if spread.rest and (not is_unit(spread.rest) or _in_another_unit(spread.rest, unit)):
        return None, None
    return sensible_range(spread.low, spread.high)


def _ends(interval: Element) -> tuple[str, str]:
    return cda.once(_looked_up_ends, interval)


def _looked_up_ends(interval: Element) -> tuple[str, str]:
    return _end(interval, "low"), _end(interval, "high")


def _end(interval: Element, side: str) -> str:
    """An end of an interval; in a unit that UCUM doesn't know it stands in a translation."""
    end = cda.first_of(interval, f"h:value/h:{side}")
    return cda.attribute_text(end, "value") or cda.attribute(end, "h:translation[@value]", "value")


def _range_words(interval: Element, statement: Element) -> str:
    """A range as its laboratory prints it, in words or else in numbers; what it means (normal, high) before it."""
    text = cda.first_of(interval, "h:text")
    shown = cda.referred(statement, cda.attribute(text, "h:reference", "value")) or cda.words(text)
    low, high = _ends(interval)
    numbers = _range_numbers(interval, low, high) if low or high else ""
    value = cda.first_of(interval, "h:value")
    if not shown and not numbers and value is not None:
        shown = _spoken(value, statement) or str(value.get("value") or "")
    # Words without any number (“Critical range”) don't stand for the numbers.
    if shown and numbers and not any(sign.isdigit() for sign in shown):
        return f"{shown}: {numbers}"
    return shown or numbers


def _range_unit(interval: Element) -> str:
    units = (_unit(end) for end in cda.all_of(interval, "h:value/h:high|h:value/h:low"))
    return next((unit for unit in units if unit), "")


def _range_numbers(interval: Element, low: str, high: str) -> str:
    unit = _range_unit(interval)
    if low and high:
        return f"{low}–{high} {unit}".strip()
    end, mark = ("low", ">") if low else ("high", "<")
    exclusive = cda.attribute(interval, f"h:value/h:{end}", "inclusive") == "false"
    return f"{mark if exclusive else '≥' if low else '≤'} {low or high} {unit}".strip()
