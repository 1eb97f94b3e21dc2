"""Which reader a statement has: by its template, else by the section that it stands in and the kind of act it is."""

from collections.abc import Callable

from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.acts import coverage, device, encounter, goal, order, procedure
from organizer.importing.formats.ccda.meaning import GOAL, PLANNED, answers_a_question, mood_of, names_a_problem
from organizer.importing.formats.ccda.medicines import dispensed, medicine, vaccination
from organizer.importing.formats.ccda.problems import allergy, family_member, problem
from organizer.importing.formats.ccda.results import observation, report
from organizer.importing.formats.ccda.xml import Element
from organizer.model.entry import Entry

Reader = Callable[[Element], Entry]

_XD_LAB = "1.3.6.1.4.1.19376.1.3.1."  # IHE Sharing Laboratory Reports, which European laboratory reports build on
_PCC = "1.3.6.1.4.1.19376.1.5.3.1.4."  # IHE Patient Care Coordination, Technical Framework volume 2, 6.3.4
_ENTRY, _CCD = "2.16.840.1.113883.10.20.22.4.", "2.16.840.1.113883.10.20.1."
_SURVEY, _SOCIAL, _LAB, _VITAL = (
    observation(name) for name in ("survey", "social-history", "laboratory", "vital-signs")
)
_EXAM, _OTHER = observation("exam"), observation("")
PROBLEM = f"{_ENTRY}4"

_BY_TEMPLATE: dict[str, Reader] = {
    PROBLEM: problem,
    f"{_ENTRY}7": allergy,
    "2.16.840.1.113883.10.20.24.3.90": allergy,
    f"{_ENTRY}2": _LAB,
    f"{_ENTRY}1": report,
    f"{_ENTRY}27": _VITAL,
    f"{_ENTRY}38": _SOCIAL,
    f"{_ENTRY}78": _SOCIAL,
    f"{_ENTRY}85": _SOCIAL,
    f"{_ENTRY}200": _SOCIAL,
    f"{_ENTRY}227": _SOCIAL,
    f"{_ENTRY}501": _SOCIAL,
    "2.16.840.1.113883.10.20.34.3.45": _SOCIAL,
    "2.16.840.1.113883.10.20.15.3.8": _SOCIAL,
    f"{_ENTRY}67": _SURVEY,
    f"{_ENTRY}69": _SURVEY,
    f"{_ENTRY}74": _SURVEY,
    f"{_ENTRY}48": _SURVEY,
    f"{_ENTRY}45": family_member,
    f"{_ENTRY}12": procedure,
    f"{_ENTRY}13": procedure,
    f"{_ENTRY}14": procedure,
    f"{_ENTRY}39": order,
    f"{_ENTRY}41": order,
    f"{_ENTRY}43": order,
    f"{_ENTRY}44": order,
    f"{_ENTRY}130": order,
    f"{_ENTRY}50": device,
    f"{_ENTRY}121": goal,
    f"{_ENTRY}61": coverage,
    f"{_ENTRY}49": encounter,
    f"{_ENTRY}40": encounter,
    f"{_ENTRY}52": vaccination,
    f"{_ENTRY}120": vaccination,
    f"{_ENTRY}16": medicine,
    f"{_ENTRY}42": medicine,
    f"{_ENTRY}17": dispensed,
    f"{_ENTRY}18": dispensed,
    f"{_CCD}28": problem,
    f"{_PCC}5": problem,
    f"{_PCC}12": vaccination,
    f"{_PCC}19": procedure,
    f"{_PCC}13": _SURVEY,
    f"{_PCC}13.2": _VITAL,
    f"{_PCC}13.4": _SOCIAL,
    f"{_XD_LAB}4": report,
    f"{_XD_LAB}6": _LAB,
    f"{_CCD}32": report,
    f"{_CCD}33": _SOCIAL,
    f"{_CCD}29": procedure,
    f"{_CCD}21": encounter,
    f"{_CCD}23": family_member,
    f"{_CCD}26": coverage,
}
"""Template roots of C-CDA R1.1 and R2.1 (the root stays, the extension names the release) and of CCD 1.0, whose result
and medication templates also stand for vital signs and vaccinations: there the section decides."""
_ALLERGIES = frozenset({f"{_ENTRY}7", f"{_CCD}18", f"{_PCC}6"})
"""They bear the template of a problem too."""

_PROBLEMS = frozenset({"11450-4", "11348-0", "46241-6", "11535-2", "10219-4", "10218-6", "55109-3", "51848-0"})
_OBSERVED: dict[str, Reader] = {
    "30954-2": _LAB,
    "26436-6": _LAB,
    "8716-3": _VITAL,
    "29762-2": _SOCIAL,
    "47420-5": _SURVEY,
    "10190-7": _SURVEY,
    "42348-3": _SURVEY,
    "29545-1": _EXAM,
    "10210-3": _EXAM,
    "61146-7": goal,
    "48765-2": allergy,
    "47519-4": procedure,
} | dict.fromkeys(_PROBLEMS, problem)
"""What an observation without a known template is, by the LOINC code of its section."""
_MEDICINES = frozenset({"10160-0", "10183-2", "42346-7", "29549-3"})
"""LOINC: medication history, those of discharge, admission and administration."""
_SIMPLE = f"{_PCC}13"
_OF_ANY_MOOD: tuple[Reader, ...] = (medicine, vaccination, dispensed, encounter, order, goal, coverage)
"""Readers that weigh the mood themselves."""

_FRAMES = frozenset(
    f"{_ENTRY}{number}" for number in (3, 30, 33, 34, 60, 63, 65, 80, 132, 136, 26, 500, 66, 311, 131, 143, 146)
)
"""Acts that only hold other statements together: concerns, diagnoses of a stay, coverages, organizers."""


_DETAILS_OF_CCDA = (6, 8, 9, 19, 20, 28, 31, 47, 53, 64, 86, 145, 147, 301, 303, 309, 315, 317, 318, 319)
_DETAILS_OF_CCD = (38, 39, 40, 42, 47, 49, 50, 54, 55, 57)
_DETAILS_OF_PCC = ("1", "1.1", "2", "3")  # severity, status, comment, instructions
_READ_DETAILS = frozenset(
    [f"{_PCC}{number}" for number in _DETAILS_OF_PCC]
    + [f"{_ENTRY}{number}" for number in _DETAILS_OF_CCDA]
    + [f"{_CCD}{number}" for number in _DETAILS_OF_CCD]
)
"""Templates (C-CDA; CCD 1.0) that the reader of the statement around them takes: status, severity, reaction, reason,
instruction, comment, age, cause of death, refusal, parts of a score, criticality, free sig, an implant's parts."""
_READ_CODES = frozenset({"33999-4", "SEV", "82606-5", "48767-8", "30973-2"})
"""The same by their codes: status, severity, criticality, comment, dose number."""
_WITH_REASONS: tuple[Reader, ...] = (medicine, vaccination, procedure, order, encounter)
"""The readers that take what stands in the relationship RSON (HL7 ActRelationshipType: reason)."""


_PARTS_OF_MEDICINES = {"substanceAdministration": "h:doseQuantity", "supply": "h:quantity[@value]"}
"""What the reader of a medicine takes of its parts: the steps of a dose, what was handed over."""


def is_read_detail(statement: Element) -> bool:
    """True for what the reader of the statement around it takes along: a reaction, a reason, a comment."""
    parent = statement.getparent()
    around = parent.getparent()
    relation = parent.get("typeCode") or ""
    if relation == "MFST" or _READ_DETAILS.intersection(cda.templates(statement)):
        return True
    if relation == "RSON":
        return around is not None and reader_of(around) in _WITH_REASONS
    if around is not None and around.getparent() is not None and around.getparent().get("typeCode") == "RSON":
        return cda.tag_of(around) == "act" and is_read_detail(around)
    if around is not None and reader_of(around) is medicine and cda.tag_of(statement) in _PARTS_OF_MEDICINES:
        return cda.first_of(statement, _PARTS_OF_MEDICINES[cda.tag_of(statement)]) is not None
    relative = around is not None and cda.tag_of(around) == "organizer" and reader_of(around) is family_member
    return relative or cda.attribute(statement, "h:code", "code") in _READ_CODES


def section_of(statement: Element) -> str:
    """The LOINC code of the nearest section around a statement; "" outside of one."""
    section = cda.first_of(statement, "ancestor::h:section[1]")
    return cda.once(_section_code, section) if section is not None else ""


def _section_code(section: Element) -> str:
    return cda.attribute(section, "h:code", "code")


def reader_of(statement: Element) -> Reader | None:
    """The reader of a statement; None for what only frames others, details another one, or has no place yet."""
    return cda.once(_reader_of, statement)


def _reader_of(statement: Element) -> Reader | None:
    read, mood = _reader_of_event(statement), mood_of(statement)
    if read is None or mood == "EVN" or read in _OF_ANY_MOOD:
        return read
    if mood == GOAL:
        return goal if cda.tag_of(statement) == "observation" else None
    # What is planned, asked for or proposed hasn't happened, whatever its template and section are made for.
    return order if mood in PLANNED and read not in (problem, allergy, family_member) else None


def _reader_of_event(statement: Element) -> Reader | None:
    tag, mood = cda.tag_of(statement), mood_of(statement)
    roots = cda.templates(statement)
    if _ALLERGIES.intersection(roots):
        return allergy
    named = _named(roots)
    if named is problem and answers_a_question(statement):
        return _SURVEY
    if named is procedure and _holds_a_device(statement):
        return device
    if named is not None:
        return named
    if any(root in _FRAMES for root in roots):
        return None
    return _BY_TAG[tag](statement, mood) if tag in _BY_TAG else None


def _named(roots: tuple[str, ...]) -> Reader | None:
    """The reader of the first known template; PCC's Simple Observation, which others build on, only for want of one."""
    readers = [_BY_TEMPLATE[root] for root in roots if root in _BY_TEMPLATE and root != _SIMPLE]
    return readers[0] if readers else _BY_TEMPLATE[_SIMPLE] if _SIMPLE in roots else None


def _holds_a_device(statement: Element) -> bool:
    """A procedure of the medical equipment section with a device tells of the implant."""
    return section_of(statement) == "46264-8" and cda.first_of(statement, ".//h:playingDevice") is not None


def _an_observation(statement: Element, mood: str) -> Reader | None:
    if mood in (GOAL, *PLANNED):
        return goal if mood == GOAL else order
    section = section_of(statement)
    named = problem if names_a_problem(statement) else _OBSERVED.get(section)
    if named is problem and answers_a_question(statement):
        return _SURVEY
    if named is allergy and cda.first_of(statement, "h:participant") is None:
        return None
    if named is not None:
        return named
    if cda.first_of(statement, "h:value") is None:
        return None
    # A battery (HL7 ActClass BATTERY) holds a laboratory's results, whatever the document is called.
    if cda.first_of(statement, "ancestor::h:organizer[@classCode='BATTERY']") is not None:
        return _LAB
    return None if cda.templates(statement) else _OTHER


def _a_medicine(statement: Element, _mood: str) -> Reader:
    return vaccination if section_of(statement) == "11369-6" else medicine


def _a_procedure(statement: Element, mood: str) -> Reader:
    if mood in PLANNED:
        return order
    return device if _holds_a_device(statement) else procedure


def _an_act(statement: Element, mood: str) -> Reader | None:
    if mood in ("INT", "RQO", "PRP", "ARQ") and section_of(statement) == "18776-5":
        return order
    return procedure if section_of(statement) == "47519-4" else None


def _a_supply(statement: Element, mood: str) -> Reader:
    if section_of(statement) in _MEDICINES:
        return dispensed
    return order if mood in PLANNED else device


def _an_organizer(statement: Element, _mood: str) -> Reader | None:
    section = section_of(statement)
    if section == "10157-6":
        return family_member
    battery = statement.get("classCode") == "BATTERY" and section != "8716-3"
    return report if battery or section in ("30954-2", "26436-6") else None


_BY_TAG: dict[str, Callable[[Element, str], Reader | None]] = {
    "observation": _an_observation,
    "substanceAdministration": _a_medicine,
    "procedure": _a_procedure,
    "encounter": lambda _statement, _mood: encounter,
    "act": _an_act,
    "supply": _a_supply,
    "organizer": _an_organizer,
}
