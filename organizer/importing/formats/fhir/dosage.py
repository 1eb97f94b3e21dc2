"""How a medicine is taken: every dosage line of the source, its numbers and all its words.

| of the source | becomes |
|---|---|
| the amount of one line | dose, as a number too |
| amounts of several lines (a taper) | dose in words, line after line; no number |
| timing, as needed, times of day | frequency |
| the line's own words, instructions, the most that is allowed | frequency where nothing else says it, else note |

Elements after hl7.org/fhir/R4/dosage.html, datatypes.html#Timing and valueset-event-timing.html (looked up 2026-11-29).
"""

from collections.abc import Iterable
from itertools import chain

from organizer.importing.core.repetitions import contradicts
from organizer.importing.formats.fhir import node as fhir
from organizer.importing.formats.fhir.node import Node
from organizer.model.entry import without_empty

_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_DAYS_OF = {"h": 1 / 24, "d": 1, "wk": 7, "mo": 30}
_WHEN = {
    "MORN": "in the morning",
    "MORN.early": "early in the morning",
    "MORN.late": "late in the morning",
    "NOON": "at noon",
    "AFT": "in the afternoon",
    "AFT.early": "early in the afternoon",
    "AFT.late": "late in the afternoon",
    "EVE": "in the evening",
    "EVE.early": "early in the evening",
    "EVE.late": "late in the evening",
    "NIGHT": "at night",
    "PHS": "after going to sleep",
    "IMD": "immediately",
    "HS": "at bedtime",
    "WAKE": "after waking up",
    "C": "with meals",
    "CM": "with breakfast",
    "CD": "with lunch",
    "CV": "with dinner",
    "AC": "before meals",
    "ACM": "before breakfast",
    "ACD": "before lunch",
    "ACV": "before dinner",
    "PC": "after meals",
    "PCM": "after breakfast",
    "PCD": "after lunch",
    "PCV": "after dinner",
}
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip


def lines_of(resource: Node) -> list[Node]:
    """The dosage lines in their order (`sequence`), whatever kind of medicine resource it is."""
    lines = fhir.children(resource, "dosageInstruction") or fhir.children(resource, "dosage")
    return sorted(lines, key=_sequence)


def _sequence(line: Node) -> int:
    number = line.get("sequence")
    return number if isinstance(number, int) else 0


def how_taken(lines: list[Node]) -> Node:
    """The fields dose, dose_value, dose_unit, frequency, route and note of a medicine."""
    texts = [fhir.text(line, "text") for line in lines]
    dose, frequency = _dose_and_frequency(lines, texts)
    beside = filter(None, [*texts, *chain.from_iterable(map(_instructions, lines))])
    shown = {dose, frequency, f"{dose}, {frequency}", *frequency.split("; ")}
    quantity = _quantity(lines[0]) if len(lines) == 1 else {}
    return {
        "dose": dose,
        "dose_value": quantity.get("value"),
        "dose_unit": quantity.get("unit", ""),
        "frequency": frequency,
        "route": _joined(fhir.concept(line.get("route")) for line in lines),
        "note": "\n".join(dict.fromkeys(words for words in beside if words not in shown)),
    }


def _dose_and_frequency(lines: list[Node], texts: list[str]) -> tuple[str, str]:
    """How much and how often, by the codes; what these leave open by the words of the lines."""
    # Where the words say another rhythm than the code, they stand, and the code is left out.
    rhythms = [text if _differ(text, line) else _rhythm(line) for text, line in zip(texts, lines, strict=True)]
    if len(lines) > 1:
        rhythms = [text or how for text, how in zip(texts, rhythms, strict=True)]
    dose, frequency = _joined(map(_amount, lines)), _joined(rhythms)
    if dose:
        return dose, frequency or _joined(texts)
    words = frequency if len(lines) > 1 else _joined(texts)
    return words, "" if words == frequency else frequency


def bounds_of(lines: list[Node]) -> Node:
    """From when to when it is to be taken: from the first line's bounds to the last one's."""
    bounds = [fhir.child(line, "timing", "repeat", "boundsPeriod") for line in lines]
    if not bounds or not any(bounds):
        return {}
    start, end = fhir.text(bounds[0], "start"), fhir.text(bounds[-1], "end")
    return without_empty({"start": start, "end": end})


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _quantity(line: Node) -> Node:
    """The one amount of a line as value and unit; empty where it is a range."""
    rates = fhir.children(line, "doseAndRate")
    held = next((fhir.child(rate, "doseQuantity") for rate in rates if fhir.child(rate, "doseQuantity")), {})
    amount = held or fhir.child(line, "dose") or fhir.child(line, "doseQuantity")
    figure = fhir.figure(amount.get("value"))
    if figure is None or figure.comparator:
        return {}
    return {"value": figure.value, "unit": fhir.text(amount, "unit") or fhir.text(amount, "code")}


def _amount(line: Node) -> str:
    """How much at a time, in words: `40 mg`, `2–6 units`; a rate where that is what the line tells."""
    spoken = []
    for held in [*fhir.children(line, "doseAndRate"), line]:
        for name in ("doseQuantity", "dose", "rateQuantity"):
            spoken.append(fhir.spoken_quantity(held.get(name)))
        for name in ("doseRange", "rateRange"):
            spoken.append(_range(fhir.child(held, name)))
        spoken.append(_ratio(fhir.child(held, "rateRatio")))
        if any(spoken):
            break
    return ", ".join(part for part in spoken if part)


def _range(span: Node) -> str:
    low, high = fhir.child(span, "low"), fhir.child(span, "high")
    ends = [fhir.text(end, "value") for end in (low, high) if fhir.text(end, "value")]
    unit = fhir.text(high, "unit") or fhir.text(low, "unit") or fhir.text(high, "code") or fhir.text(low, "code")
    return f"{'–'.join(dict.fromkeys(ends))} {unit}".strip() if ends else ""


def _ratio(ratio: Node) -> str:
    above, below = (fhir.spoken_quantity(ratio.get(end)) for end in ("numerator", "denominator"))
    return f"{above}/{below}" if above and below else above


def _rhythm(line: Node) -> str:
    """When it is taken: the timing's own code and its numbers, times of day, weekdays, as needed."""
    timing = fhir.child(line, "timing")
    repeat = fhir.child(timing, "repeat")
    spoken = [fhir.concept(timing.get("code")) or _every(repeat)]
    spoken += [_WHEN.get(code, code) for code in fhir.texts(repeat, "when")]
    spoken += [_DAYS.get(day, day) for day in fhir.texts(repeat, "dayOfWeek")]
    spoken += [f"at {time[:5]}" for time in fhir.texts(repeat, "timeOfDay")]
    spoken.append(_duration(repeat))
    events = fhir.texts(timing, "event")
    spoken += events if not any(spoken) else []
    reason = fhir.concept(line.get("asNeededCodeableConcept")) or fhir.concept(line.get("asNeededFor"))
    if reason:
        spoken.append(f"as needed: {reason}")
    elif line.get("asNeededBoolean") is True or line.get("asNeeded") is True:
        spoken.append("as needed")
    return ", ".join(dict.fromkeys(filter(None, spoken)))


def _differ(words: str, line: Node) -> bool:
    """Whether the words and the coded timing of a line say different rhythms; only numbers of the code are compared."""
    timing = fhir.child(line, "timing")
    repeat = fhir.child(timing, "repeat")
    times, every = (fhir.number(repeat.get(name)) for name in ("frequency", "period"))
    days = _DAYS_OF.get(fhir.text(repeat, "periodUnit"), 0)
    if not words or not every or not days or repeat.get("frequencyMax") or repeat.get("periodMax"):
        return False
    return contradicts(words, (times or 1) / (every * days))


def _every(repeat: Node) -> str:
    """`2 × a day`, `1 × in 6 hours`, `3 × in 2–3 days`."""
    times, most = fhir.text(repeat, "frequency"), fhir.text(repeat, "frequencyMax")
    every, longest = fhir.text(repeat, "period"), fhir.text(repeat, "periodMax")
    unit = _UNITS.get(fhir.text(repeat, "periodUnit"), "")
    if not every or not unit:
        return ""
    count = f"{times or '1'}–{most}" if most and most != times else times or "1"
    span = f"{every}–{longest}" if longest and longest != every else every
    return f"{count} × a {unit}" if span == "1" else f"{count} × in {span} {unit}s"


def _duration(repeat: Node) -> str:
    """For how long: `for 3 days`, from the length of the whole, or how often in all."""
    length = fhir.child(repeat, "boundsDuration")
    amount = fhir.text(length, "value")
    unit = _UNITS.get(fhir.text(length, "code"), fhir.text(length, "unit"))
    if amount:
        return f"for {amount} {unit}" + ("s" if amount != "1" and unit in _UNITS.values() else "")
    count = fhir.text(repeat, "count")
    return f"{count} times in all" if count else ""


def _instructions(line: Node) -> list[str]:
    """Everything that the line tells beside amount and rhythm."""
    lines = [
        fhir.concept(additional_instruction) for additional_instruction in fhir.children(line, "additionalInstruction")
    ]
    lines.append(fhir.text(line, "patientInstruction"))
    lines += [_at_most(max_dose_per_period) for max_dose_per_period in fhir.children(line, "maxDosePerPeriod")]
    lines.append(_at_most({"numerator": line.get("maxDosePerAdministration")}))
    lines.append(_at_most({"numerator": line.get("maxDosePerLifetime")}))
    lines.append(fhir.concept(line.get("method")))
    lines.append(fhir.concept(line.get("site")))
    return lines


def _at_most(ratio: Node) -> str:
    above, below = (fhir.spoken_quantity(ratio.get(end)) for end in ("numerator", "denominator"))
    if not above:
        return ""
    time = fhir.child(ratio, "denominator")
    unit = _UNITS.get(fhir.text(time, "code") or fhir.text(time, "unit"), "")
    if unit and fhir.text(time, "value") == "1":
        return f"At most {above} a {unit}"
    return f"At most {above} in {below}" if below else f"At most {above} at a time"
