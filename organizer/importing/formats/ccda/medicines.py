"""Medicines and vaccinations: substanceAdministration with its product, dose, timing and reasons."""

from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.problems import comment, negated
from organizer.importing.formats.ccda.xml import Element, filled
from organizer.model.entry import Entry

_MATERIAL = "h:consumable/h:manufacturedProduct/h:manufacturedMaterial"
_PLANNED = ("INT", "RQO", "PRP", "PRMS")
_STATUS = {
    "active": "active", "completed": "completed", "aborted": "stopped", "suspended": "on-hold", "held": "on-hold",
    "cancelled": "stopped", "new": "intended", "nullified": "entered-in-error",
}  # fmt: skip
_SIG = "2.16.840.1.113883.10.20.22.4.147"
_INDICATION = "2.16.840.1.113883.10.20.22.4.19"
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
    code = cda.one(statement, f"{_MATERIAL}/h:code")
    begin, end = cda.time_of(statement)
    amount, unit = _dose(statement)
    state = cda.attribute(statement, "h:statusCode", "code")
    free = cda.one(statement, f".//h:substanceAdministration[h:templateId/@root='{_SIG}']")
    data = {
        "dose": f"{amount} {unit}".strip(),
        "dose_value": _number(amount),
        "dose_unit": unit,
        "frequency": timing(statement) or (cda.said_by(free) if free is not None else ""),
        "route": _route(statement),
        "reason": cda.name_of(
            cda.one(statement, f".//h:observation[h:templateId/@root='{_INDICATION}']/h:value"), statement
        ),
        "prescriber": cda.author_of(statement) or cda.author_of(cda.one(statement, "h:entryRelationship/h:supply")),
        "note": comment(statement),
    }
    planned = statement.get("moodCode") in _PLANNED
    status = "intended" if planned and not begin else _STATUS.get(state, state or "unknown")
    return Entry(
        "MedicationStatement",
        _product(code, statement),
        codes=cda.codings(code),
        happened=begin,
        ended=end,
        status="not-taken" if negated(statement) else status,
        data=filled(data),
    )


def _route(statement: Element) -> str:
    """By what way; an abbreviation (`PO`) where there is no word for it, a bare number never."""
    code = cda.attribute(statement, "h:routeCode", "code")
    return cda.name_of(cda.one(statement, "h:routeCode"), statement) or (code if code.isalpha() else "")


def _product(code: Element, statement: Element) -> str:
    material = cda.words(cda.one(statement, f"{_MATERIAL}/h:name"))
    return cda.name_of(code, statement) or material or cda.said_by(statement)


def _dose(statement: Element) -> tuple[str, str]:
    """The dose as printed and its unit; a range with both ends."""
    dose = cda.one(statement, "h:doseQuantity")
    if dose is None:
        return "", ""
    low, high = (cda.attribute(dose, f"h:{end}", "value") for end in ("low", "high"))
    amount = dose.get("value") or "–".join(one for one in (low, high) if one)
    unit = dose.get("unit") or cda.attribute(dose, "h:low", "unit") or cda.attribute(dose, "h:high", "unit")
    unit = "" if unit == "1" else unit
    if not unit and amount:
        unit = cda.name_of(cda.one(statement, "h:administrationUnitCode"), statement)
    return amount, unit


def _number(amount: str) -> float | None:
    try:
        return float(amount) if amount else None
    except ValueError:
        return None


def timing(statement: Element) -> str:
    """How often, from PIVL_TS (a period) and EIVL_TS (an event of the day); "as needed" from a precondition."""
    told = []
    for time in cda.all_of(statement, "h:effectiveTime"):
        period = cda.one(time, "h:period")
        if period is not None and (period.get("value") or cda.one(period, "h:low") is not None):
            told.append(_every(period, time.get("institutionSpecified") == "true"))
        event = cda.attribute(time, "h:event", "code")
        if event:
            told.append(_EVENTS.get(event, event))
    if cda.one(statement, "h:precondition") is not None:
        reason = cda.name_of(cda.one(statement, "h:precondition/h:criterion/h:value"), statement)
        told.append(f"as needed: {reason}" if reason else "as needed")
    rate = cda.one(statement, "h:rateQuantity")
    if rate is not None and rate.get("value"):
        told.append(f"{rate.get('value')} {rate.get('unit') or ''}".strip())
    return ", ".join(told)


def _every(period: Element, by_institution: bool) -> str:
    low, high = (cda.attribute(period, f"h:{end}", "value") for end in ("low", "high"))
    amount = period.get("value") or "–".join(one for one in (low, high) if one)
    unit = period.get("unit") or cda.attribute(period, "h:low", "unit")
    a_day = {"24": 1, "12": 2, "8": 3, "6": 4}.get(amount) if unit == "h" else 1 if (amount, unit) == ("1", "d") else 0
    if a_day and (by_institution or a_day == 1):
        return f"{a_day} × a day"
    spoken = _UNITS.get(unit, unit)
    return f"every {spoken}" if amount == "1" else f"every {amount} {spoken}s"


def vaccination(statement: Element) -> Entry:
    """A substanceAdministration of the immunizations section."""
    code = cda.one(statement, f"{_MATERIAL}/h:code")
    begin, _end = cda.time_of(statement)
    state = cda.attribute(statement, "h:statusCode", "code")
    refused = cda.one(statement, f".//h:observation[h:templateId/@root='{_REFUSAL}']/h:code")
    data = {
        "lot": cda.words(cda.one(statement, f"{_MATERIAL}/h:lotNumberText")),
        "manufacturer": cda.words(cda.one(statement, "h:consumable//h:manufacturerOrganization/h:name")),
        "dose_number": cda.attribute(statement, "h:repeatNumber", "value"),
        "performer": cda.author_of(cda.one(statement, "h:performer/.."))
        if cda.one(statement, "h:performer") is not None
        else "",
        "status_reason": cda.name_of(refused, statement),
        "note": comment(statement),
    }
    planned = statement.get("moodCode") in _PLANNED
    status = "not-done" if negated(statement) else "planned" if planned else state
    return Entry(
        "Immunization",
        _product(code, statement),
        codes=cda.codings(code),
        happened=begin,
        status=status,
        data=filled(data),
    )
