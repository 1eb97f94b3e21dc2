"""What turns a statement round, wherever it stands: that it is denied, that it is about somebody else, that it is not
a fact but an intention (HL7 CDA R2: negationInd, subject, moodCode; each is conducted to what the act holds)."""

from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.xml import Element
from organizer.model.codes import LOINC, SNOMED

PLANNED = ("INT", "RQO", "PRP", "ARQ", "PRMS", "APT")
"""ActMood: intent, request, proposal, appointment request, promise, appointment."""
GOAL = "GOL"
_FRAMES = ("act", "organizer")
_HERSELF = frozenset({"SELF", "ONESELF"})
"""RoleCode: the person who is asked after, told as her own relative."""
_PROBLEM_TYPES = frozenset({
    "55607006", "64572001", "404684003", "282291009", "418799008", "409586006",
    "29308-4", "75326-9", "75323-6", "75325-1", "75322-8", "75321-0",
})  # fmt: skip
"""Problem, disease, finding, diagnosis, symptom, complaint: SNOMED CT and LOINC (C-CDA's value sets “Problem Type”,
2.16.840.1.113883.3.88.12.3221.7.2 and 2.16.840.1.113762.1.4.1267.1)."""
_QUESTIONS = ("BL", "INT", "REAL", "PQ", "IVL_PQ", "TS", "IVL_TS", "MO", "RTO", "RTO_PQ_PQ")
"""Data types that answer a question; a diagnosis is coded or written."""


def mood_of(statement: Element) -> str:
    """The statement's moodCode; an event where it has none."""
    return str(statement.get("moodCode") or "EVN")


def negated(statement: Element) -> bool:
    """True for a statement that something is not so, by itself or by the concern or panel that holds it."""
    return _denied(statement) or any(_denied(frame) for frame in _frames(statement))


def _denied(act: Element) -> bool:
    return act.get("negationInd") in ("true", "1")


def _frames(statement: Element) -> list[Element]:
    """The act or organizer that holds a statement, where there is one."""
    between = statement.getparent()
    frame = between.getparent() if between is not None else None
    return [frame] if frame is not None and cda.tag_of(frame) in _FRAMES else []


def somebody_else(statement: Element) -> str:
    """Which relative a statement is about, or "" where it is about the person.

    The subject of a section, an act or a panel is the subject of all that it holds.
    """
    return cda.once(_somebody_else, statement)


def _somebody_else(node: Element) -> str:
    subject = cda.first_of(node, "h:subject/h:relatedSubject")
    if subject is not None:
        relation = cda.first_of(subject, "h:code")
        if subject.get("classCode") == "PAT" or cda.attribute_text(relation, "code") in _HERSELF:
            return ""
        return cda.name_of(relation, node) or cda.attribute_text(relation, "code") or "relative"
    parent = node.getparent()
    return cda.once(_somebody_else, parent) if parent is not None else ""


def names_a_problem(statement: Element) -> bool:
    """True where the code says that the value is a problem, whatever its template: a diagnosis, a symptom."""
    codes = cda.codings(cda.first_of(statement, "h:code"))
    return bool(cda.coded_in(codes, SNOMED, _PROBLEM_TYPES) or cda.coded_in(codes, LOINC, _PROBLEM_TYPES))


def answers_a_question(statement: Element) -> bool:
    """True where the value is a number, a time, a yes or a no: what is asked stands in the code."""
    value = cda.first_of(statement, "h:value")
    return value is not None and cda.type_of(value) in _QUESTIONS
