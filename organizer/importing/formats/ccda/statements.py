"""Clinical statements into entries, by the kind of act and the section that they stand in."""

from collections.abc import Callable, Mapping

from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.records.entry import Entry, Json

_NO_ALLERGY = "716186003"
_STATUS = {"55561003": "active", "73425007": "inactive", "413322009": "resolved"}


def filled(pairs: Mapping[str, Json]) -> dict[str, Json]:
    """Without what is empty."""
    return {name: value for name, value in pairs.items() if value not in (None, "", [], {})}


def negated(statement: Element) -> bool:
    """True for a statement that something is not so."""
    return bool(statement.get("negationInd") == "true")


def problem(statement: Element) -> Entry:
    """Problem observation: its value is the diagnosis."""
    value = cda.one(statement, "h:value")
    begin, end = cda.time_of(statement)
    told = cda.one(statement, ".//h:observation[h:code/@code='33999-4']/h:value")
    status = _STATUS.get(told.get("code") or "", "") if told is not None else ""
    data = {"made_by": _author(statement), "verification": "refuted" if negated(statement) else ""}
    title = cda.name_of(value, statement)
    return Entry(
        "Condition",
        title,
        codes=cda.codings(value),
        happened=begin,
        ended=end,
        status=status or ("resolved" if end else "active"),
        data=filled(data),
    )


def allergy(statement: Element) -> Entry:
    """Allergy observation; a negated one states that none is known."""
    agent = cda.one(statement, "h:participant/h:participantRole/h:playingEntity/h:code")
    value = cda.one(statement, "h:value")
    reaction = cda.one(statement, ".//h:observation[h:templateId/@root='2.16.840.1.113883.10.20.22.4.9']/h:value")
    severity = cda.one(statement, ".//h:observation[h:templateId/@root='2.16.840.1.113883.10.20.22.4.8']/h:value")
    none = negated(statement) or attribute_code(value) == _NO_ALLERGY
    begin, _end = cda.time_of(statement)
    title = cda.name_of(agent, statement) or cda.name_of(value, statement)
    data = {
        "reaction": cda.name_of(reaction, statement),
        "severity": cda.name_of(severity, statement).lower(),
        "none_known": True if none else None,
    }
    shown = "No known allergies" if none and cda.name_of(agent, statement) == "" else f"No known allergy to {title}"
    return Entry(
        "AllergyIntolerance",
        shown if none else title,
        codes=cda.codings(agent),
        happened=begin,
        status="active",
        data=filled(data),
    )


def attribute_code(node: Element) -> str:
    """The code of an element, or ""."""
    return str(node.get("code") or "") if node is not None else ""


def medicine(statement: Element) -> Entry:
    """substanceAdministration: the product, its dose, route and span."""
    code = cda.one(statement, "h:consumable/h:manufacturedProduct/h:manufacturedMaterial/h:code")
    begin, end = cda.time_of(statement)
    dose, unit = cda.attribute(statement, "h:doseQuantity", "value"), cda.attribute(statement, "h:doseQuantity", "unit")
    state = cda.attribute(statement, "h:statusCode", "code")
    data = {
        "dose": f"{dose} {'' if unit == '1' else unit}".strip(),
        "dose_unit": "" if unit == "1" else unit,
        "route": cda.name_of(cda.one(statement, "h:routeCode"), statement),
        "prescriber": _author(statement),
    }
    planned = statement.get("moodCode") in ("INT", "RQO", "PRP")
    status = "intended" if planned and not begin else "completed" if state == "completed" and end else state
    return Entry(
        "MedicationStatement",
        cda.name_of(code, statement),
        codes=cda.codings(code),
        happened=begin,
        ended=end,
        status="not-taken" if negated(statement) else status,
        data=filled(data),
    )


def vaccination(statement: Element) -> Entry:
    """A substanceAdministration of the immunizations section."""
    code = cda.one(statement, "h:consumable/h:manufacturedProduct/h:manufacturedMaterial/h:code")
    begin, _end = cda.time_of(statement)
    lot = cda.words(cda.one(statement, ".//h:manufacturedMaterial/h:lotNumberText"))
    status = "not-done" if negated(statement) else cda.attribute(statement, "h:statusCode", "code")
    title = cda.name_of(code, statement)
    return Entry(
        "Immunization", title, codes=cda.codings(code), happened=begin, status=status, data=filled({"lot": lot})
    )


def observation(category: str) -> Callable[[Element], Entry]:
    """A result, vital sign or answer of that category."""

    def read(statement: Element) -> Entry:
        code = cda.one(statement, "h:code")
        ranged = cda.one(statement, "h:referenceRange/h:observationRange")
        low, high = (cda.attribute(ranged, f"h:value/h:{end}", "value") for end in ("low", "high"))
        unit = cda.attribute(ranged, "h:value/h:high", "unit") or cda.attribute(ranged, "h:value/h:low", "unit")
        spoken = f"{low}–{high} {unit}".strip() if low and high else f"≥ {low} {unit}" if low else f"≤ {high} {unit}"
        data = {
            "category": category,
            "range_low": _float(low),
            "range_high": _float(high),
            "range_text": cda.words(cda.one(ranged, "h:text")) or (spoken.strip() if low or high else ""),
            "interpretation": ", ".join(
                each.get("displayName") or each.get("code") or ""
                for each in cda.all_of(statement, "h:interpretationCode")
            ),
            "performer": _author(statement),
        }
        begin, end = cda.time_of(statement)
        told = cda.value_of(statement)
        if negated(statement):
            told = {"value_text": f"not: {told.get('value_text', '')}".strip()}
        return Entry(
            "Observation",
            cda.name_of(code, statement),
            codes=cda.codings(code),
            happened=begin,
            ended=end,
            status="final" if cda.attribute(statement, "h:statusCode", "code") == "completed" else "",
            data=filled(data),
            **told,
        )

    return read


def procedure(statement: Element) -> Entry:
    """A procedure, done or planned."""
    code = cda.one(statement, "h:code")
    begin, end = cda.time_of(statement)
    planned = statement.get("moodCode") in ("INT", "RQO", "PRP", "ARQ")
    state = cda.attribute(statement, "h:statusCode", "code")
    kinds = {"aborted": "stopped", "cancelled": "not-done", "active": "in-progress"}
    title = cda.name_of(code, statement)
    if planned:
        return Entry("ServiceRequest", title, codes=cda.codings(code), happened=begin, status="active")
    status = "not-done" if negated(statement) else kinds.get(state, state)
    data = filled({"body_site": cda.name_of(cda.one(statement, "h:targetSiteCode"), statement)})
    return Entry("Procedure", title, codes=cda.codings(code), happened=begin, ended=end, status=status, data=data)


def encounter(statement: Element) -> Entry:
    """A visit, past or planned."""
    code = cda.one(statement, "h:code")
    begin, end = cda.time_of(statement)
    place = cda.words(cda.one(statement, ".//h:participantRole[@classCode='SDLOC']/h:playingEntity/h:name"))
    planned = statement.get("moodCode") in ("INT", "RQO", "PRP", "ARQ", "APT")
    data = filled({"provider": cda.words(cda.one(statement, "h:performer//h:assignedPerson/h:name")), "place": place})
    status = "planned" if planned else "finished"
    title = cda.name_of(code, statement) or "Visit"
    return Entry("Encounter", title, codes=cda.codings(code), happened=begin, ended=end, status=status, data=data)


def _author(statement: Element) -> str:
    person = cda.words(cda.one(statement, "h:author//h:assignedPerson/h:name"))
    return person or cda.words(cda.one(statement, "h:author//h:representedOrganization/h:name"))


def _float(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


PROBLEM, ALLERGY = "2.16.840.1.113883.10.20.22.4.4", "2.16.840.1.113883.10.20.22.4.7"
_BY_TEMPLATE: dict[str, Callable[[Element], Entry]] = {
    PROBLEM: problem,
    ALLERGY: allergy,
    "2.16.840.1.113883.10.20.22.4.2": observation("laboratory"),
    "2.16.840.1.113883.10.20.22.4.27": observation("vital-signs"),
    "2.16.840.1.113883.10.20.22.4.38": observation("social-history"),
    "2.16.840.1.113883.10.20.22.4.78": observation("social-history"),
    "2.16.840.1.113883.10.20.22.4.67": observation("survey"),
    "2.16.840.1.113883.10.20.22.4.74": observation("survey"),
    "2.16.840.1.113883.10.20.22.4.69": observation("survey"),
    "2.16.840.1.113883.10.20.22.4.44": procedure,
    "2.16.840.1.113883.10.20.22.4.52": vaccination,
    "2.16.840.1.113883.10.20.22.4.16": medicine,
    "2.16.840.1.113883.10.20.22.4.42": medicine,
}
_BY_TAG: dict[str, Callable[[Element], Entry]] = {
    "substanceAdministration": medicine,
    "procedure": procedure,
    "encounter": encounter,
}


def reader_of(statement: Element) -> Callable[[Element], Entry] | None:
    """The reader of a statement: by its template, else by what kind of act it is; None where neither is known."""
    for template in cda.all_of(statement, "h:templateId"):
        if template.get("root") in _BY_TEMPLATE:
            return _BY_TEMPLATE[template.get("root")]
    return _BY_TAG.get(str(statement.tag).rpartition("}")[2])
