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
    kind, text = cda.type_of(value), str(value.get("value") or "")
    if kind.startswith("RTO"):
        return _ratio(value)
    if not text:
        return _interval(value) or _translated(value) or _printed(_spoken(value, statement), kind, statement)
    if kind == "BL":
        return {"value_text": "yes" if text == "true" else "no"}
    if kind == "TS":
        day = cda.when(text)
        return {"value_text": day.text if day else text}
    return _number(text, "", _unit(value))


def _ratio(value: Element) -> dict[str, Any]:
    """`1:40`, or a number in a unit where something is told for one minute, one litre."""
    above, unit = (cda.attribute(value, "h:numerator", name) for name in ("value", "unit"))
    below, other = (cda.attribute(value, "h:denominator", name) for name in ("value", "unit"))
    is_for_one = below in ("", "1") and other not in ("", "1")
    if is_for_one and parse_number(above):
        return _number(above, "", f"{'' if unit == '1' else unit}/{other}")
    return _words(f"{above}:{below}")


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
    if not ends:
        return {}
    if len(ends) == 2:
        return _words(f"{low.get('value')}–{high.get('value')} {_unit(high)}".strip())
    (end,) = ends
    mark = ">" if end is low else "<"
    return _number(str(end.get("value")), mark if end.get("inclusive") == "false" else f"{mark}=", _unit(end))


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
    if len(ranges) == 1:
        return {"range_text": printed[0], **_ends_in_numbers(ranges[0], printed[0], statement)}

    meanings = [_meaning(interval, statement) for interval in ranges]
    spoken = [_with_meaning(text, meaning) for text, meaning in zip(printed, meanings, strict=True)]
    fields: dict[str, Json] = {"range_text": "; ".join(dict.fromkeys(filter(None, spoken)))}
    normal = [place for place, interval in enumerate(ranges) if _is_normal(interval)]
    if len(normal) == 1:
        fields |= _ends_in_numbers(ranges[normal[0]], printed[normal[0]], statement)
    return fields


def _with_meaning(text: str, meaning: str) -> str:
    return f"{meaning}: {text}" if meaning and text else text


def _ends_in_numbers(interval: Element, words: str, statement: Element) -> dict[str, Json]:
    low, high = _numbers_of(interval, words, cda.attribute(statement, "h:value", "unit"))
    return {"range_low": low, "range_high": high}


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
    return ", ".join(filter(None, lines))


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
    numbers = _range_numbers(interval, *_ends(interval))
    if shown and numbers:
        # Words without any number (“Critical range”) don't stand for the numbers.
        return shown if any(map(str.isdigit, shown)) else f"{shown}: {numbers}"
    return shown or numbers or _value_in_words(cda.first_of(interval, "h:value"), statement)


def _value_in_words(value: Element, statement: Element) -> str:
    if value is None:
        return ""
    return _spoken(value, statement) or str(value.get("value") or "")


def _range_unit(interval: Element) -> str:
    units = (_unit(end) for end in cda.all_of(interval, "h:value/h:high|h:value/h:low"))
    return next(filter(None, units), "")


def _range_numbers(interval: Element, low: str, high: str) -> str:
    if not (low or high):
        return ""
    unit = _range_unit(interval)
    if low and high:
        return f"{low}–{high} {unit}".strip()
    end, beyond, up_to = ("low", ">", "≥") if low else ("high", "<", "≤")
    exclusive = cda.attribute(interval, f"h:value/h:{end}", "inclusive") == "false"
    return f"{beyond if exclusive else up_to} {low or high} {unit}".strip()
