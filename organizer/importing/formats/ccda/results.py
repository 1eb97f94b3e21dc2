"""Results, vital signs, answers and ways of life; the reports that hold results together."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.meaning import negated
from organizer.importing.formats.ccda.problems import comment
from organizer.importing.formats.ccda.values import absent_reason, ranges_of, value_of
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry, without_empty
from organizer.model.statuses import Status

_STATUS = {
    "completed": Status.FINAL,
    "active": Status.PRELIMINARY,
    "aborted": Status.CANCELLED,
    "cancelled": Status.CANCELLED,
    "held": Status.REGISTERED,
    "suspended": Status.REGISTERED,
    "nullified": Status.ENTERED_IN_ERROR,
}
_NAMES = {
    "72166-2": "Tobacco smoking status", "11367-0": "History of tobacco use", "76689-9": "Sex assigned at birth",
    "8302-2": "Body height", "29463-7": "Body weight", "39156-5": "Body mass index", "8310-5": "Body temperature",
    "8480-6": "Systolic blood pressure", "8462-4": "Diastolic blood pressure", "8867-4": "Heart rate",
    "9279-1": "Respiratory rate", "59408-5": "Oxygen saturation", "2708-6": "Oxygen saturation",
}  # fmt: skip
"""Names for LOINC codes that vendors send without any word (LOINC's own component names)."""
_ASSERTED = {
    "2.16.840.1.113883.10.20.22.4.78": "Tobacco smoking status",
    "2.16.840.1.113883.10.20.22.4.85": "Tobacco use",
    "2.16.840.1.113883.10.20.15.3.8": "Pregnancy status",
}
"""What a template observes whose code is only ASSERTION (C-CDA R2.1)."""
_SUPPORTING = "2.16.840.1.113883.10.20.22.4.86"


def observation(category: str) -> Callable[[Element], Entry]:
    """A result, vital sign or answer of that category."""

    def read(statement: Element) -> Entry:
        code = cda.first_of(statement, "h:code")
        fields = value_of(statement)
        data = {
            "category": category,
            **ranges_of(statement),
            "interpretation": ", ".join(_flags(statement)),
            "performer": cda.author_of(statement),
            "specimen": cda.name_of(
                cda.first_of(statement, ".//h:specimenRole/h:specimenPlayingEntity/h:code"), statement
            ),
            "method": cda.name_of(cda.first_of(statement, "h:methodCode"), statement),
            "absent_reason": "" if fields else absent_reason(statement),
            "components": _parts(statement),
            "note": comment(statement),
        }
        begin, end = _time(statement)
        title = _title(code, statement)
        state = _STATUS.get(cda.attribute(statement, "h:statusCode", "code"), Status.NOT_SAID)
        if negated(statement):
            shown = f"{fields.get('comparator', '')}{fields.get('value_text', '')} {fields.get('unit', '')}".strip()
            # What has a place for its value and none in it wasn't measured; without that place, it wasn't found.
            is_unmeasured = not shown and cda.first_of(statement, "h:value") is not None
            fields = {} if is_unmeasured else {"value_text": f"not: {shown or title}"}
            state = Status.CANCELLED if is_unmeasured else state
        return Entry(
            "Observation",
            title,
            codes=cda.codings(code),
            happened=begin,
            ended=end,
            status=state,
            data=without_empty(data),
            **fields,
        )

    return read


def _title(code: Element, statement: Element) -> str:
    """What was observed. A code without any words is still a name, if a poor one: better than leaving the result out.

    An assertion (HL7 ActCode ASSERTION) observes nothing but what its value says.
    """
    words = str(code.get("code") or "") if code is not None else ""
    if words == "ASSERTION":
        observed = next((_ASSERTED[root] for root in cda.templates(statement) if root in _ASSERTED), "")
        if observed:
            return observed
        value = cda.first_of(statement, "h:value")
        return cda.name_of(value, statement) or cda.subject_of(code, statement)
    known = _NAMES.get(words, "")
    return cda.subject_of(code, statement, known) or _of_parts(statement) or words


def _of_parts(statement: Element) -> str:
    """A score without a name is named by what it is made of."""
    return ", ".join(dict.fromkeys(part["title"] for part in _parts(statement)))


def _time(statement: Element) -> tuple[Any, Any]:
    """The statement's own time, else that of the organizer around it."""
    begin, end = cda.time_of(statement)
    around = cda.first_of(statement, "ancestor::h:organizer[1]")
    return (begin, end) if begin or end or around is None else cda.once(cda.time_of, around)


def _flags(statement: Element) -> list[str]:
    codes = cda.all_of(statement, "h:interpretationCode")
    return [shown for shown in (code.get("displayName") or code.get("code") or "" for code in codes) if shown]


def _parts(statement: Element) -> list[dict[str, Any]]:
    """The answers behind a score (Assessment Scale Supporting Observation)."""
    parts = cda.all_of(statement, f"h:entryRelationship/h:observation[h:templateId/@root='{_SUPPORTING}']")
    components = []
    for part in parts:
        code = cda.first_of(part, "h:code")
        codes = [asdict(coding) for coding in cda.codings(code)]
        components.append(without_empty({"title": cda.name_of(code, part), "codes": codes, **value_of(part)}))
    return [part for part in components if part.get("title")]


def report(statement: Element) -> Entry:
    """A result organizer: a panel with its date; its results are linked by the reader."""
    code = cda.first_of(statement, "h:code")
    begin, _end = cda.time_of(statement)
    inside = cda.first_of(statement, "h:component/h:observation")
    if begin is None and inside is not None:
        begin, _end = cda.time_of(inside)
    state = cda.attribute(statement, "h:statusCode", "code")
    data = {
        "category": "laboratory",
        "performer": cda.author_of(statement),
        "note": comment(statement),
    }
    return Entry(
        "DiagnosticReport",
        cda.subject_of(code, statement),
        codes=cda.codings(code),
        happened=begin,
        status=_STATUS.get(state, Status.NOT_SAID),
        data=without_empty(data),
    )
