"""How a medicine, a diagnosis, an allergy stands by a C-CDA: status observation, statusCode, mood and end together.

statusCode says how an act went (HL7 V3 ActStatus). Of a medicine R1.1, C32 and CCD fix or customarily write
`completed` whatever is taken; there the status observation (LOINC 33999-4) or the time decides, and where neither does,
it isn't said. Of diagnoses and allergies the concern act's statusCode tells whether somebody still cares about it
(HL7 C-CDA R2.1, Problem Concern Act and Allergy Concern Act; looked up 2026-11-29).
"""

from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.meaning import negated
from organizer.importing.formats.ccda.xml import Element
from organizer.model.statuses import Status

_STATUS_CODE = "33999-4"
_OBSERVED = f"h:entryRelationship/h:observation[h:code/@code='{_STATUS_CODE}']"
_COURSES = {
    "55561003": Status.ACTIVE,
    "73425007": Status.INACTIVE,
    "413322009": Status.RESOLVED,
    "246455001": Status.RECURRENCE,
    "263855007": Status.RELAPSE,
    "277022003": Status.REMISSION,
    "active": Status.ACTIVE,
    "inactive": Status.INACTIVE,
    "resolved": Status.RESOLVED,
    "recurrence": Status.RECURRENCE,
    "relapse": Status.RELAPSE,
    "remission": Status.REMISSION,
    "in remission": Status.REMISSION,
    "chronic": Status.ACTIVE,
    "90734009": Status.ACTIVE,
}
"""SNOMED CT codes of the value set “Problem Status” and of C32's, and their words."""
_TAKEN = {
    **dict.fromkeys(("55561003", "active", "taking", "current"), Status.ACTIVE),
    **dict.fromkeys(("421139008", "on hold", "hold", "held", "suspended"), Status.ON_HOLD),
    **dict.fromkeys(
        (
            "392521001",
            "73425007",
            "413322009",
            "no longer active",
            "inactive",
            "not active",
            "discontinued",
            "stopped",
            "aborted",
            "prior history",
            "historical",
            "expired",
        ),
        Status.STOPPED,
    ),
    **dict.fromkeys(("not taking",), Status.NOT_TAKEN),
    **dict.fromkeys(("planned", "intended"), Status.INTENDED),
}
"""CCD 1.0 value set “Medication Status” (2.16.840.1.113883.1.11.20.7) with its words and those of vendors."""
_ACTS = {
    "active": Status.ACTIVE,
    "aborted": Status.STOPPED,
    "suspended": Status.ON_HOLD,
    "held": Status.ON_HOLD,
    "cancelled": Status.NOT_TAKEN,
    "new": Status.INTENDED,
}
_CLEAR_ACTS = frozenset({"active", "aborted", "suspended", "held"})
"""Acts whose meaning the record's status says already."""
_ORDERS, _PROPOSALS = ("INT", "RQO"), ("PRP", "PRMS")
_PLANNED_MEDICATION, _PLAN_SECTION = "2.16.840.1.113883.10.20.22.4.42", "18776-5"
_CLOSED = ("completed", "aborted", "suspended")


_LISTS = {
    "MedicationStatement": frozenset({"10160-0", "10183-2", "42346-7"}),
    "Condition": frozenset({"11450-4"}),
}
"""LOINC: medications, those of discharge and admission; the problem list. “None” in another section (medicines given
at a visit, complications, past illness) is said of that section alone."""


def speaks_of_all(statement: Element, kind: str) -> bool:
    """True where “none” in the section around a statement means none at all; also where no section is around it."""
    section = cda.attribute(statement, "ancestor::h:section[1]/h:code", "code")
    return not section or section in _LISTS[kind]


def medicine_status(statement: Element, begins: bool, ends: bool) -> tuple[Status, str]:
    """The record's status of a medicine, and the source's own word where the status can't say it, else "".

    `begins` and `ends` tell whether the statement says since and until when.
    """
    act = cda.attribute(statement, "h:statusCode", "code").lower()
    if act == "nullified":
        return Status.ENTERED_IN_ERROR, ""
    if negated(statement):
        return Status.NOT_TAKEN, ""
    if act != "cancelled" and _is_planned(statement, begins):
        return Status.INTENDED, ""
    words, code = _observed(statement)
    observed = _TAKEN.get(code) or _TAKEN.get(words.casefold())
    if observed:
        return observed, words if observed in (Status.STOPPED, Status.NOT_TAKEN) else ""
    if words:
        return Status.UNKNOWN, words
    if act == "completed" and ends:
        return Status.COMPLETED, ""
    return _ACTS.get(act, Status.UNKNOWN), "" if act in _CLEAR_ACTS else act


def _is_planned(statement: Element, begins: bool) -> bool:
    """Proposals and what stands in the plan are planned; an intended or ordered medicine is, until it begins."""
    mood = statement.get("moodCode")
    section = cda.attribute(statement, "ancestor::h:section[1]/h:code", "code")
    in_plan = section == _PLAN_SECTION or _PLANNED_MEDICATION in cda.templates(statement)
    return mood in _PROPOSALS or (mood in _ORDERS and (in_plan or not begins))


def course_of(statement: Element, ends: bool) -> Status:
    """The course of a diagnosis or allergy: as observed, by its end, by its concern; not said by none of them."""
    if is_nullified(statement):
        return Status.ENTERED_IN_ERROR
    words, code = _observed(statement)
    observed = _COURSES.get(code) or _COURSES.get(words.casefold())
    if observed:
        return observed
    if ends:
        return Status.RESOLVED
    concern = cda.attribute(statement, "ancestor::h:act[1]/h:statusCode", "code").lower()
    if concern == "active":
        return Status.ACTIVE
    return Status.INACTIVE if concern in _CLOSED and _in_concern(statement) else Status.NOT_SAID


def is_nullified(statement: Element) -> bool:
    """True where the statement, or the concern around it, was entered in error."""
    states = (
        cda.attribute(statement, "h:statusCode", "code"),
        cda.attribute(statement, "parent::h:entryRelationship/parent::h:act/h:statusCode", "code"),
    )
    return any(state.lower() == "nullified" for state in states)


def _in_concern(statement: Element) -> bool:
    """In C32 the framing act is no concern: its `completed` says nothing of the illness."""
    return cda.first_of(statement, "ancestor::h:act[1][h:code/@code='CONC' or h:code/@code='48765-2']") is not None


def _observed(statement: Element) -> tuple[str, str]:
    """Words and code of the status observation that is not itself in error; two empty texts where there is none."""
    for observation in cda.all_of(statement, _OBSERVED):
        value = cda.first_of(observation, "h:value")
        if value is None or cda.attribute(observation, "h:statusCode", "code").lower() == "nullified":
            continue
        words = str(value.get("displayName") or "").strip() or cda.words(cda.first_of(value, "h:originalText"))
        words = words or cda.referred(statement, cda.attribute(value, "h:originalText/h:reference", "value"))
        words = words or cda.words(value)
        code = str(value.get("code") or "")
        if words or code in _TAKEN or code in _COURSES:
            return words, code
    return "", ""
