"""Diagnoses, allergies, family history."""

from itertools import product

from organizer.health.absence import Absence, Says, absence_in, flags
from organizer.importing.formats import _certainty as certainty
from organizer.importing.formats.ccda import xml as cda
from organizer.importing.formats.ccda.meaning import negated
from organizer.importing.formats.ccda.states import course_of, is_nullified, speaks_of_all
from organizer.importing.formats.ccda.xml import Element
from organizer.model.codes import SNOMED
from organizer.model.entry import Coding, Entry, without_empty
from organizer.model.statuses import Status, Verification

_ANY_SUBSTANCE = "105590001"  # SNOMED CT: substance
ANY_PROBLEM = frozenset({"55607006", "64572001", "404684003", "160245001"})
"""SNOMED CT: problem, disease, clinical finding. Negated, they say that none is known."""
_NONE_OF = {
    "416098002": "No known drug allergies", "419511003": "No known drug allergies",
    "59037007": "No known drug allergies", "414285001": "No known food allergies",
    "418471000": "No known food allergies", "235719002": "No known food allergies",
}  # fmt: skip
"""What a negated allergy of that type says (C-CDA on FHIR, ConceptMap CF-NoKnownAllergies; looked up 2026-11-29)."""
_SEVERITY_CODE, _CRITICALITY_CODE = "SEV", "82606-5"
_GROUPS = {"410942007": "drug", "373873005": "drug", "255620007": "food", "762766007": "food"}
"""SNOMED CT: drug or medicament, pharmaceutical product; food, edible substance."""
_TYPES = frozenset(
    {
        "420134006", "418038007", "419511003", "418471000", "419199007", "416098002", "414285001", "59037007",
        "235719002", "232347008",
    }
)  # fmt: skip
"""SNOMED CT: kinds of allergy and intolerance without their substance (C-CDA's value set “Allergy and Intolerance
Type”, 2.16.840.1.113883.3.88.12.3221.6.2)."""
_INTOLERANCES = frozenset(
    f"{kind}{suffix}" for kind, suffix in product(("", "D", "E", "F", "NA", "DNA", "ENA", "FNA"), ("ALG", "INT"))
) | {"OINT"}
"""HL7 ActCode ObservationIntoleranceType: drug, environmental and food allergies and intolerances."""
_SEVERITIES = {
    "255604002": "mild", "371923003": "mild to moderate", "6736007": "moderate", "371924009": "moderate to severe",
    "24484000": "severe", "399166001": "fatal",
}  # fmt: skip
"""SNOMED CT (C-CDA's value set “Problem Severity”, 2.16.840.1.113883.3.88.12.3221.6.8)."""
_REACTIONS = (
    ".//h:observation[h:templateId/@root='2.16.840.1.113883.10.20.22.4.9'"
    " or h:templateId/@root='2.16.840.1.113883.10.20.1.54' or ../@typeCode='MFST'][not(h:code/@code='SEV')]"
)
"""By their template in C-CDA and in CCD 1.0 (which C32 uses), or as a manifestation."""
_INDICATIONS = (
    ".//h:observation[h:templateId/@root='2.16.840.1.113883.10.20.22.4.19']"
    "|h:entryRelationship[@typeCode='RSON']/*[not(h:templateId/@root='2.16.840.1.113883.10.20.22.4.53')]"
)
_AGES_AT = " or ".join(f"h:templateId/@root='2.16.840.1.113883.10.20.{root}'" for root in ("22.4.31", "1.38"))
_CAUSES_OF_DEATH = " or ".join(f"h:templateId/@root='2.16.840.1.113883.10.20.{root}'" for root in ("22.4.47", "1.42"))
_OF_LETTERS = "2.16.840.1.113883.3.7.1.8"  # the same letters in doctors' letters as CDA (VHitG)
_AGES = {"a": "years", "mo": "months", "wk": "weeks", "d": "days"}


def problem(statement: Element) -> Entry:
    """Problem observation: its value is the diagnosis; the course is told, or follows from its end and its concern."""
    value = cda.first_of(statement, "h:value")
    begin, end = cda.time_of(statement)
    title, codes = (
        cda.subject_of(value, statement, _own_words(value, statement)) if value is not None else "",
        cda.codings(value),
    )
    letter = _letter_of(value)
    is_list = speaks_of_all(statement, "Condition")
    absence = absence_in("Condition", codes, title) if is_list else None
    if is_list and negated(statement) and cda.coded_in(codes, SNOMED, ANY_PROBLEM):
        absence, title = Absence(Says.NONE_KNOWN), "No known problems"
    data = {
        "made_by": cda.author_of(statement) or _author_of_concern(statement),
        "verification": certainty.verified(
            Verification.REFUTED if negated(statement) and absence is None else "", letter
        ),
        "severity": _value_named(statement, _SEVERITY_CODE),
        "recorded": _recorded(statement),
        "body_site": body_site(statement),
        "note": "\n".join(text for text in (_began_at(statement), comment(statement)) if text),
    }
    course = certainty.course(course_of(statement, end is not None), letter)
    return Entry(
        "Condition",
        title,
        codes=codes,
        happened=begin,
        ended=end,
        status=course if absence is None or is_nullified(statement) else Status.NOT_SAID,
        data=without_empty(data | flags(absence)),
    )


def _letter_of(value: Element) -> str:
    """The letter beside the code of a German diagnosis: a qualifier of its value, by its system or by its name."""
    values = cda.all_of(value, "h:qualifier/h:value")
    by_system = (_code_of(value) for value in values if value.get("codeSystem") in (certainty.SYSTEM, _OF_LETTERS))
    by_name = (certainty.letter_in(cda.attribute_text(value, "displayName")) for value in values)
    return certainty.only([*by_system, *by_name])


def _code_of(value: Element) -> str:
    return cda.attribute_text(value, "code")


def _author_of_concern(statement: Element) -> str:
    """Who put the concern on the list that holds the statement; "" where no act is around it."""
    between = statement.getparent()
    return cda.author_of(between.getparent()) if between is not None else ""


def _own_words(value: Element, statement: Element) -> str:
    """A diagnosis that is written, not coded: the value's text, or what it points at."""
    return cda.referred(statement, cda.attribute(value, "h:reference", "value")) or cda.words(value)


def body_site(statement: Element) -> str:
    """Where in the body, and on which side: the target sites with their qualifiers, else the value's laterality."""
    lines = [_qualified(site, statement) for site in cda.all_of(statement, "h:targetSiteCode")]
    sites = ", ".join(dict.fromkeys(text for text in lines if text))
    sides = [side for side in _qualifiers(cda.first_of(statement, "h:value"), statement) if side not in sites]
    return " ".join(text for text in (*sides, sites) if text)


def _qualified(code: Element, statement: Element) -> str:
    return " ".join(text for text in (*_qualifiers(code, statement), cda.name_of(code, statement)) if text)


def _qualifiers(code: Element, statement: Element) -> list[str]:
    """The values of a code's qualifiers that say where (SNOMED CT: laterality, finding site)."""
    if code is None:
        return []
    qualifiers = cda.all_of(code, "h:qualifier[h:name/@code='272741003' or h:name/@code='363698007']/h:value")
    return [cda.name_of(qualifier, statement) for qualifier in qualifiers]


def _began_at(statement: Element) -> str:
    """The age at which it began (Age Observation), where a source tells that in place of a date."""
    age = cda.first_of(statement, f".//h:observation[{_AGES_AT}]/h:value")
    if age is None or not age.get("value"):
        return ""
    return f"Age when it began: {age.get('value')} {_AGES.get(age.get('unit') or 'a', '')}".strip()


def _recorded(statement: Element) -> str:
    day = cda.when(cda.attribute(statement, "h:author/h:time", "value"))
    return day.text if day else ""


def _coded(statement: Element) -> str:
    return cda.name_of(cda.first_of(statement, "h:code"), statement)


def _indications(statement: Element) -> list[Element]:
    """The statements that say why; of a concern act the problems that it holds."""
    indications = []
    for act in cda.all_of(statement, _INDICATIONS):
        inside = cda.all_of(act, ".//h:observation[h:value]") if cda.tag_of(act) == "act" else []
        indications += inside or [act]
    return indications


def reason(statement: Element) -> str:
    """What a statement was made for: its indications (C-CDA 22.4.19, or the relationship RSON), one after the other."""
    lines = []
    for indication in _indications(statement):
        value = cda.first_of(indication, "h:value")
        lines.append(
            cda.name_of(value, indication) or cda.words(value) or cda.narrative_of(indication) or _coded(indication)
        )
    return ", ".join(dict.fromkeys(text for text in lines if text))


def comment(statement: Element) -> str:
    """What a comment (code 48767-8) within a statement says."""
    notes = cda.all_of(statement, "h:entryRelationship/h:act[h:code/@code='48767-8']")
    return "\n".join(text for text in (cda.narrative_of(note) for note in notes) if text)


def allergy(statement: Element) -> Entry:
    """Allergy observation; a negated one states that none is known."""
    agent = cda.first_of(statement, "h:participant/h:participantRole/h:playingEntity/h:code")
    value = cda.first_of(statement, "h:value")
    entity = cda.words(cda.first_of(statement, "h:participant/h:participantRole/h:playingEntity/h:name"))
    substance = cda.subject_of(agent, statement, entity)
    begin, end = cda.time_of(statement)
    codes, title, absence = _substance(statement, agent, value, substance)
    reactions = cda.all_of(statement, _REACTIONS)
    severities = [_value_named(holder, _SEVERITY_CODE) for holder in (statement, *reactions)]
    shown = [_reaction(reaction) for reaction in reactions if not negated(reaction)]
    data = {
        "reaction": ", ".join(dict.fromkeys(text for text in shown if text)),
        "severity": next((severity.lower() for severity in severities if severity), ""),
        "criticality": _criticality(statement),
        "allergy_type": _type(statement, value, substance),
        "note": "\n".join(text for text in (_described(statement, value, substance), comment(statement)) if text),
    }
    course = course_of(statement, end is not None)
    return Entry(
        "AllergyIntolerance",
        title,
        codes=codes,
        happened=begin,
        ended=end if absence is None else None,
        status=course if absence is None or is_nullified(statement) else Status.ACTIVE,
        data=without_empty(data | flags(absence)),
    )


def _type(statement: Element, value: Element, substance: str) -> str:
    """What kind of allergy it is: in C-CDA the value says it, in IHE's documents and their kin the code."""
    if not substance:
        return ""
    code = cda.first_of(statement, "h:code")
    return cda.name_of(code if _code_tells_type(code) else value, statement)


def _described(statement: Element, value: Element, substance: str) -> str:
    """What the value says where the code tells the type: how the allergy shows itself."""
    words = cda.name_of(value, statement) if _code_tells_type(cda.first_of(statement, "h:code")) else ""
    return words if substance and words.casefold() not in substance.casefold() else ""


def _code_tells_type(code: Element) -> bool:
    return cda.attribute_text(code, "code") in _INTOLERANCES


def _reaction(statement: Element) -> str:
    value = cda.first_of(statement, "h:value")
    words = (
        cda.subject_of(value, statement)
        or cda.words(value)
        or cda.name_of(cda.first_of(statement, "h:code"), statement)
    )
    return "" if cda.says_little(words) else words


def _substance(
    statement: Element, agent: Element, value: Element, substance: str
) -> tuple[tuple[Coding, ...], str, Absence | None]:
    """Codes and name of what an allergy is to, and what the statement says of absence: by the codes of agent and
    value, by its words, or because it is negated."""
    codes, kind = cda.codings(agent), cda.name_of(value, statement)
    absence = absence_in("AllergyIntolerance", codes, substance or kind)
    if absence is not None:
        none_named = "No known allergies" if absence.says is Says.NONE_KNOWN else kind
        return codes, substance or none_named, absence
    if not codes:
        absence = absence_in("AllergyIntolerance", cda.codings(value), "")
        if absence is not None:
            asked = absence.says is Says.NONE_KNOWN
            return cda.codings(value), "No known allergies" if asked else kind, absence
    if not negated(statement):
        # That there is some allergy, to whatever, is no allergy that anybody could heed.
        kind = "" if cda.coded_in(cda.codings(value), SNOMED, _TYPES) else kind
        return codes, substance or kind, None
    if not substance or cda.coded_in(codes, SNOMED, {_ANY_SUBSTANCE}):
        group = cda.coded_in(cda.codings(value), SNOMED, _NONE_OF)
        return codes, _NONE_OF.get(group, "No known allergies"), Absence(Says.NONE_KNOWN)
    whole_group = cda.coded_in(codes, SNOMED, _GROUPS)
    if whole_group:
        scope = _GROUPS[whole_group]
        return codes, f"No known {scope} allergies", Absence(Says.NONE_KNOWN, scope)
    return codes, f"No known allergy to {substance}", Absence(Says.NONE_KNOWN, "other")


def _value_named(statement: Element, code: str) -> str:
    value = cda.first_of(statement, f"h:entryRelationship/h:observation[h:code/@code='{code}']/h:value")
    words = cda.name_of(value, statement)
    return words or _SEVERITIES.get(cda.coded_in(cda.codings(value), SNOMED, _SEVERITIES), "")


def _criticality(statement: Element) -> str:
    """HL7 ObservationValue CRITL, CRITH, CRITU."""
    code = cda.attribute(statement, f".//h:observation[h:code/@code='{_CRITICALITY_CODE}']/h:value", "code")
    return {"CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess"}.get(code, "")


def family_member(statement: Element) -> Entry:
    """Family history organizer: one relative with all illnesses that are told of them."""
    subject = cda.first_of(statement, "h:subject/h:relatedSubject")
    observations = cda.all_of(statement, "h:component/h:observation")
    named = [(_illness_of(observation), observation) for observation in observations]
    denied = [name for name, observation in named if name and negated(observation)]
    stated = [(name, observation) for name, observation in named if name and not negated(observation)]
    illnesses = [without_empty({"title": name, "onset": _age_at(observation)}) for name, observation in stated]
    causes = (name for name, observation in stated if _led_to_death(observation))
    dead = cda.attribute(subject, "h:subject/s:deceasedInd", "value")
    died = cda.when(cda.attribute(subject, "h:subject/s:deceasedTime", "value"))
    relation = cda.name_of(cda.first_of(subject, "h:code"), statement)
    data = {
        "relation": relation,
        "conditions": illnesses,
        "age_at_onset": ", ".join(str(illness["onset"]) for illness in illnesses if illness.get("onset")),
        "deceased": (died.text if died else "yes") if dead == "true" else "no" if dead == "false" else "",
        "note": "\n".join(text for text in _family_notes(next(causes, ""), denied) if text),
    }
    title = ", ".join(dict.fromkeys(str(illness["title"]) for illness in illnesses)) or relation
    nullified = cda.attribute(statement, "h:statusCode", "code") == "nullified"
    status = Status.ENTERED_IN_ERROR if nullified else Status.COMPLETED
    return Entry("FamilyMemberHistory", title, status=status, data=without_empty(data))


def _illness_of(observation: Element) -> str:
    return cda.name_of(cda.first_of(observation, "h:value"), observation)


def _age_at(observation: Element) -> str:
    """How old the relative was then, with the unit in words; "" where it isn't told."""
    age = cda.first_of(observation, f".//h:observation[{_AGES_AT}]/h:value")
    return f"{age.get('value')} {_AGES.get(age.get('unit') or 'a', '')}".strip() if age is not None else ""


def _led_to_death(observation: Element) -> bool:
    return cda.first_of(observation, f".//*[{_CAUSES_OF_DEATH}]") is not None


def _family_notes(cause: str, denied: list[str]) -> list[str]:
    """Of what a relative died, and which illnesses the source says that the relative doesn't have."""
    without = ", ".join(dict.fromkeys(denied))
    return [f"Cause of death: {cause}" if cause else "", f"Said not to have: {without}" if without else ""]
