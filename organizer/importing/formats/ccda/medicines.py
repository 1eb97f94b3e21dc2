"""Medicines and vaccinations: substanceAdministration with its product, dose, timing and reasons."""

import re
from itertools import product

from organizer.base.figures import plain
from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health.absence import Absence, Says, absence_in, flags
from organizer.importing.core.repetitions import contradicts
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.acts import order
from organizer.importing.formats.ccda.meaning import PLANNED, mood_of, negated
from organizer.importing.formats.ccda.problems import comment, reason
from organizer.importing.formats.ccda.states import medicine_status, speaks_of_all
from organizer.importing.formats.ccda.xml import Element
from organizer.model.codes import SNOMED
from organizer.model.entry import Entry, without_empty
from organizer.model.statuses import Status, status_of

_MATERIAL = "h:consumable/h:manufacturedProduct/h:manufacturedMaterial"
_PRODUCT = "h:product/h:manufacturedProduct/h:manufacturedMaterial"
_FREE_SIG = ".//h:substanceAdministration[h:templateId/@root='2.16.840.1.113883.10.20.22.4.147']"
_SERIES = ".//h:observation[h:code/@code='30973-2']/h:value"
"""LOINC: dose number (CCD 1.0, Medication Series Number Observation)."""
_STEPS = (
    "h:entryRelationship[@typeCode='COMP']/h:substanceAdministration"
    "[h:doseQuantity and not(h:templateId/@root='2.16.840.1.113883.10.20.22.4.147')]"
)
"""The parts of a dose that changes or is split, each with its own amount and time (IHE PCC tapered and split doses)."""
_INSTRUCTIONS = (
    ".//h:act[h:templateId/@root='2.16.840.1.113883.10.20.22.4.20'"
    " or h:templateId/@root='2.16.840.1.113883.10.20.1.49']"
)
_CODE_IN_BRACKETS = re.compile(r"\[?\w+ ?: ?[\d-]+\]?")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_WORD = re.compile(r"\w")
_NOT_GIVEN = ("aborted", "cancelled", "held", "new", "obsolete", "suspended")
_GIVEN = {
    "nullified": Status.ENTERED_IN_ERROR,
    "active": Status.COMPLETED,
    **dict.fromkeys(_NOT_GIVEN, Status.NOT_DONE),
}
"""What an act's status says of a vaccination (HL7, C-CDA on FHIR 2.0.0, ConceptMap CF-ImmunizationStatus; looked up
2026-11-29)."""
_NO_INSTRUCTION = frozenset({"unknown", "none", "n/a", "not available"})
ANY_DRUG = "410942007"
"""SNOMED CT: drug or medication. Negated, it says that none is taken."""
_REFUSAL = "2.16.840.1.113883.10.20.22.4.53"
_EVENTS = {
    "AC": "before meals",
    "ACD": "before lunch",
    "ACM": "before breakfast",
    "ACV": "before dinner",
    "C": "with meals",
    "CD": "with lunch",
    "CM": "with breakfast",
    "CV": "with dinner",
    "HS": "at bedtime",
    "PC": "after meals",
    "PCD": "after lunch",
    "PCM": "after breakfast",
    "PCV": "after dinner",
}  # fmt: skip  (HL7 TimingEvent)
_UNITS = {"h": "hour", "min": "minute", "d": "day", "wk": "week", "mo": "month", "a": "year"}


def medicine(statement: Element) -> Entry:
    """substanceAdministration: the product, its dose, route, timing and span."""
    code = cda.first_of(statement, f"{_MATERIAL}/h:code")
    begin, end = cda.time_of(statement)
    amount, unit = _dose(statement)
    status, source_status = medicine_status(statement, begin is not None, end is not None)
    title, codes = _product(code, statement), cda.codings(code)
    frequency, note = _how_taken(statement, title)
    steps = _in_steps(statement)[0]
    data = {
        "dose": steps or f"{amount} {unit}".strip(),
        "dose_value": _number(amount) if not steps else None,
        "dose_unit": unit if not steps else "",
        "frequency": frequency,
        "route": _route(statement),
        "reason": reason(statement),
        "prescriber": cda.author_of(statement)
        or cda.author_of(cda.first_of(statement, "h:entryRelationship/h:supply")),
        "source_status": source_status,
        "note": note,
    }
    is_list = speaks_of_all(statement, "MedicationStatement")
    absence = absence_in("MedicationStatement", codes, title) if is_list else None
    if is_list and negated(statement) and cda.coded_in(codes, SNOMED, {ANY_DRUG}):
        absence, title = Absence(Says.NONE_KNOWN), "No known medications"
    if absence is not None and status != Status.ENTERED_IN_ERROR:
        status = Status.UNKNOWN
    return Entry(
        "MedicationStatement",
        title,
        codes=codes,
        happened=begin,
        ended=end,
        status=status,
        data=without_empty(data | flags(absence)),
    )


def dispensed(statement: Element) -> Entry:
    """A supply that stands by itself: a medicine that was handed over or is to be, which doesn't say that it is taken.

    Medication Supply Order and Medication Dispense (C-CDA R2.1, 22.4.17 and 22.4.18).
    """
    code = cda.first_of(statement, f"{_PRODUCT}/h:code")
    begin, end = cda.time_of(statement)
    state = cda.attribute(statement, "h:statusCode", "code").lower()
    handed_over = mood_of(statement) == "EVN"
    amount = (
        spoken_amount(cda.first_of(statement, "h:quantity"))
        if cda.first_of(statement, "h:quantity[@value]") is not None
        else ""
    )
    words = _("Handed over: {amount}") if handed_over else _("Prescribed: {amount}")
    undone = negated(statement) or state in ("cancelled", "aborted")
    status = Status.NOT_TAKEN if undone else Status.UNKNOWN
    status = Status.ENTERED_IN_ERROR if state == "nullified" else status
    source_status = f"dispense: {state or 'completed'}" if handed_over else f"order: {state or 'active'}"
    data = {
        "prescriber": cda.author_of(statement),
        "source_status": source_status,
        "note": "\n".join(text for text in (words.format(amount=amount) if amount else "", comment(statement)) if text),
    }
    return Entry(
        "MedicationStatement",
        cda.subject_of(code, statement, cda.words(cda.first_of(statement, f"{_PRODUCT}/h:name"))),
        codes=cda.codings(code),
        happened=begin,
        ended=end,
        status=status,
        data=without_empty(data),
    )


def _in_steps(statement: Element) -> tuple[str, str]:
    """The doses of a taper one after the other, and when each is taken; two empty texts where there is one dose."""
    steps = cda.all_of(statement, _STEPS)
    doses = [" ".join(part for part in _dose(step) if part) for step in steps]
    spoken = [_step(step, dose) for step, dose in zip(steps, doses, strict=True)]
    return "; ".join(dict.fromkeys(doses)), "; then ".join(spoken)


def _step(step: Element, dose: str) -> str:
    begin, end = cda.time_of(step)
    days = " – ".join(time.text[:10] for time in (begin, end) if time is not None)
    return ", ".join(part for part in (dose, timing(step), days) if part)


def _how_taken(statement: Element, title: str) -> tuple[str, str]:
    """How it is taken, and what is to be noted beside: all words of the source that aren't the medicine's name.

    Coded timing goes first; where there is none, the words of the prescription take its place: a free sig (C-CDA
    22.4.147) or the statement's own text. What begins with the medicine's name is a whole row of a table, and noted.
    """
    own = cda.narrative_of(statement)
    names = [title, cda.words(cda.first_of(statement, f"{_MATERIAL}/h:name")), *_spoken_names(statement)]
    is_row = any(word[0].casefold() in own.casefold() for word in map(_LONG_WORD.search, names) if word)
    sigs = [cda.narrative_of(sig) for sig in cda.all_of(statement, _FREE_SIG)] + ([] if is_row else [own])
    sigs = [text for text in sigs if text and text.casefold() not in _NO_INSTRUCTION]

    coded = timing(statement)
    if any(contradicts(text, rate) for text, rate in product((*sigs, own), rates_of(statement))):
        # The words say another rhythm than the code: they stand, and the code is left out.
        coded = next(iter(sigs), "") or own
    frequency = coded or _in_steps(statement)[1] or next(iter(sigs), "")
    beside = [text for text in sigs if text != frequency]
    beside += [own] if is_row and _says_more(own, names) else []
    beside += [cda.narrative_of(instruction) for instruction in cda.all_of(statement, _INSTRUCTIONS)]
    beside += [_at_most(statement), *_supplied(statement), comment(statement)]
    return frequency, "\n".join(dict.fromkeys(text for text in beside if text))


def _spoken_names(statement: Element) -> list[str]:
    """The medicine's names in the words of its code, also of those that a reference points at."""
    texts = cda.all_of(statement, f"{_MATERIAL}/h:code/h:originalText")
    return [cda.referred(statement, cda.attribute(text, "h:reference", "value")) or cda.words(text) for text in texts]


def _says_more(row: str, names: list[str]) -> bool:
    """True where a row holds more words than the medicine's names and a code."""
    rest = row.casefold()
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name.casefold(), " ") if name else rest
    return _WORD.search(_CODE_IN_BRACKETS.sub(" ", rest)) is not None


def _supplied(statement: Element) -> list[str]:
    """How much was prescribed or handed over.

    An order's repeatNumber says how many times it may be supplied in all (C-CDA R2.1, Medication Supply Order).
    """
    lines = []
    for supply in cda.all_of(statement, "h:entryRelationship/h:supply[h:quantity/@value]"):
        amount = spoken_amount(cda.first_of(supply, "h:quantity"))
        given = supply.get("moodCode") == "EVN"
        text = _("Handed over: {amount}") if given else _("Prescribed: {amount}")
        times = cda.attribute(supply, "h:repeatNumber", "value")
        if times.isdecimal() and int(times) > 1 and not given:
            text = _("Prescribed: {amount}, up to {times} times")
        lines.append(text.format(amount=amount, times=times))
    return lines


def _at_most(statement: Element) -> str:
    """The most of it that is allowed in a time (maxDoseQuantity, a ratio)."""
    ends = [cda.first_of(statement, f"h:maxDoseQuantity/h:{part}") for part in ("numerator", "denominator")]
    amounts = [spoken_amount(end) for end in ends if end is not None]
    if len(amounts) != 2 or not all(amounts):
        return ""
    time = "a day" if amounts[1] in ("24 h", "1 d") else f"in {amounts[1]}"
    return f"At most {amounts[0]} {time}"


def spoken_amount(quantity: Element) -> str:
    """A quantity as people write it: `30 tbl`."""
    unit = quantity.get("unit") or ""
    return f"{quantity.get('value') or ''} {spoken_unit(unit)}".strip()


def _route(statement: Element) -> str:
    """By what way; an abbreviation (`PO`) where there is no word for it, a bare number never."""
    code = cda.attribute(statement, "h:routeCode", "code")
    return cda.name_of(cda.first_of(statement, "h:routeCode"), statement) or (code if code.isalpha() else "")


def _product(code: Element, statement: Element) -> str:
    return cda.subject_of(code, statement, cda.words(cda.first_of(statement, f"{_MATERIAL}/h:name")))


def _dose(statement: Element) -> tuple[str, str]:
    """The dose as printed and its unit; a range with both ends."""
    dose = cda.first_of(statement, "h:doseQuantity")
    if dose is None:
        return "", ""
    low, high = (cda.attribute(dose, f"h:{end}", "value") for end in ("low", "high"))
    spoken = cda.first_of(dose, "h:translation[@value]")
    amount = dose.get("value") or _span(low, high) or cda.attribute_text(spoken, "value")
    unit = dose.get("unit") or cda.attribute(dose, "h:low", "unit") or cda.attribute(dose, "h:high", "unit")
    unit = "" if unit == "1" else unit
    if not unit:
        # A unit that UCUM doesn't know (puffs, units) stands in a translation.
        unit = cda.words(cda.first_of(dose, "h:translation/h:originalText"))
        unit = unit or cda.attribute(dose, "h:translation[@unit!='1']", "unit")
    if not unit and amount:
        unit = cda.name_of(cda.first_of(statement, "h:administrationUnitCode"), statement)
    return amount, unit


def _span(low: str, high: str) -> str:
    """`1–2`; the number alone where both ends are the same."""
    return "–".join(dict.fromkeys(end for end in (low, high) if end))


def _number(amount: str) -> float | None:
    try:
        return float(amount) if amount else None
    except ValueError:
        return None


def timing(statement: Element) -> str:
    """How often, from PIVL_TS (a period) and EIVL_TS (an event of the day); "as needed" from a precondition."""
    lines = []
    for time in cda.all_of(statement, "h:effectiveTime"):
        period = cda.first_of(time, "h:period")
        if period is not None and (period.get("value") or cda.first_of(period, "h:low") is not None):
            lines += _every(period, time.get("institutionSpecified") == "true")
        lines += _at_events(time)
    criterion = cda.first_of(statement, "h:precondition/h:criterion")
    if criterion is not None and not criterion.get("nullFlavor"):
        lines.append(_as_needed(criterion, statement))
    rate = cda.first_of(statement, "h:rateQuantity")
    if rate is not None and rate.get("value"):
        lines.append(f"{rate.get('value')} {rate.get('unit') or ''}".strip())
    return ", ".join(lines)


def _at_events(time: Element) -> list[str]:
    """The events of the day (EIVL_TS) of a time, also where several are joined (SXPR_TS): `30 minutes before lunch`."""
    lines = []
    for part in (time, *cda.all_of(time, "h:comp")):
        event = cda.attribute(part, "h:event", "code")
        if not event:
            continue
        offset = cda.first_of(part, "h:offset/h:low")
        amount, unit = cda.attribute_text(offset, "value").lstrip("+-"), cda.attribute_text(offset, "unit")
        before = f"{amount} {_UNITS.get(unit, unit)}{'' if amount == '1' else 's'} " if amount.strip("0.") else ""
        lines.append(f"{before}{_EVENTS.get(event, event)}")
    return lines


def _as_needed(criterion: Element, statement: Element) -> str:
    """“As needed”, and for what, where its value, its words or its code say it."""
    what = cda.name_of(cda.first_of(criterion, "h:value"), statement) or cda.narrative_of(criterion)
    what = what or cda.name_of(cda.first_of(criterion, "h:code"), statement)
    plain = what.casefold() in ("", "prn", "as needed", "assertion")
    return "as needed" if plain else f"as needed: {what}"


def rates_of(statement: Element) -> list[float]:
    """How many times a day the coded periods (PIVL_TS) say; none where there is no period of hours, days or weeks."""
    periods = (cda.first_of(time, "h:period") for time in cda.all_of(statement, "h:effectiveTime"))
    hours = [_hours(cda.attribute_text(period, "value"), cda.attribute_text(period, "unit")) for period in periods]
    return [24 / length for length in hours if length]


def _every(period: Element, by_institution: bool) -> list[str]:
    """A period in words; nothing for a unit that is none of time: some systems write `m` and a number without sense."""
    low, high = (cda.attribute(period, f"h:{end}", "value") for end in ("low", "high"))
    amount = period.get("value") or _span(low, high)
    unit = period.get("unit") or cda.attribute(period, "h:low", "unit")
    hours = _hours(amount, unit)
    a_day = {24.0: 1, 12.0: 2, 8.0: 3, 6.0: 4}.get(hours, 0)
    if unit not in _UNITS:
        return []
    if a_day and (by_institution or a_day == 1):
        return [f"{a_day} × a day"]
    if hours and unit == "d" and hours < 24:
        amount, unit = plain(hours), "h"
    spoken = _UNITS[unit]
    return [f"every {spoken}" if amount == "1" else f"every {amount} {spoken}s"]


def _hours(amount: str, unit: str) -> float:
    """A period in hours; 0 where it is a span or in another unit."""
    number = _number(amount)
    return number * {"h": 1, "d": 24, "min": 1 / 60, "wk": 168}.get(unit, 0) if number is not None else 0


def vaccination(statement: Element) -> Entry:
    """A substanceAdministration of the immunizations section; one that is planned is an order."""
    if mood_of(statement) in PLANNED:
        return order(statement)
    code = cda.first_of(statement, f"{_MATERIAL}/h:code")
    begin, _end = cda.time_of(statement)
    state = cda.attribute(statement, "h:statusCode", "code")
    refused = cda.first_of(statement, f".//h:observation[h:templateId/@root='{_REFUSAL}']/h:code")
    data = {
        "lot": cda.words(cda.first_of(statement, f"{_MATERIAL}/h:lotNumberText")),
        "manufacturer": cda.words(cda.first_of(statement, "h:consumable//h:manufacturerOrganization/h:name")),
        "dose_number": cda.attribute(statement, "h:repeatNumber", "value")
        or cda.attribute(statement, _SERIES, "value"),
        "performer": cda.performer_of(statement) if cda.first_of(statement, "h:performer") is not None else "",
        "status_reason": cda.name_of(refused, statement),
        "note": comment(statement),
    }
    status = Status.NOT_DONE if negated(statement) else _GIVEN.get(state, status_of(state))
    return Entry(
        "Immunization",
        _product(code, statement),
        codes=cda.codings(code),
        happened=begin,
        status=status,
        data=without_empty(data),
    )
