"""Diagnoses, allergies and relatives as C-CDA and its forerunners tell them."""

import pytest

from tests.organizer.importing.formats.small_ccda import (
    PROBLEM,
    VISIT,
    document,
    entries,
    read,
    section,
    written,
)


def test_none_known_and_no_information_are_two_statements():
    (known,) = entries("no-known-allergies.xml", "AllergyIntolerance")
    assert known.title == "No known allergies"
    assert known.data["none_known"]
    assert entries("allergies-no-information.xml", "AllergyIntolerance") == []


def test_the_course_of_a_problem_is_told_or_follows_from_its_end():
    told = [one.status for one in entries("two-statuses.xml", "Condition")]
    assert told == ["resolved", "resolved", "active", "inactive"]


def test_a_relative_is_one_entry_with_all_illnesses(tmp_path):
    illness = '<component><observation><value xsi:type="CD" displayName="{name}"/></observation></component>'
    relative = (
        '<organizer classCode="CLUSTER"><templateId root="2.16.840.1.113883.10.20.22.4.45"/><subject><relatedSubject>'
        '<code code="MTH" displayName="mother"/></relatedSubject></subject>'
        + illness.format(name="Breast cancer")
        + illness.format(name="Asthma")
        + "</organizer>"
    )
    reading = written(tmp_path, document(section("10157-6", relative)))
    (told,) = [one.entry for one in reading.drafts if one.entry.kind == "FamilyMemberHistory"]
    assert (told.title, told.data["relation"]) == ("Breast cancer, Asthma", "mother")


@pytest.mark.parametrize(("number", "code", "courses"), [
    ("7", "N02.B9", ["resolved"]), ("8", "N02.B9", ["resolved"]), ("7", "M32.14", ["", "resolved"]),
])  # fmt: skip
def test_a_diagnosis_that_a_visit_names_again_is_one_diagnosis(tmp_path, number, code, courses):
    """The visit comes first here and says nothing of the end nor of the course; another code is another illness."""
    visit = VISIT.format(diagnosis=PROBLEM.format(number=number, code=code, end=""))
    listed = PROBLEM.format(number="7", code="N02.B9", end='<high value="20260316"/>')
    (tmp_path / "stay.xml").write_text(f'<?xml version="1.0"?>\n{visit}\n{listed}')
    reading = read(tmp_path / "stay.xml")
    found = [one.entry for one in reading.drafts if one.entry.kind == "Condition"]
    assert sorted(one.status for one in found) == courses
    assert sum("The visit repeats" in one.reason for one in reading.skipped) == 2 - len(courses)


def test_what_is_told_word_for_word_twice_enters_once_and_a_new_bout_after_the_end_is_new(tmp_path):
    listed = PROBLEM.format(number="7", code="N02.B9", end='<high value="20260316"/>')
    later = (
        '<encounter classCode="ENC" moodCode="EVN"><id root="1.9"/><code displayName="Visit"/>'
        '<effectiveTime value="20260401"/><entryRelationship typeCode="COMP">'
        + PROBLEM.format(number="8", code="N02.B9", end="").replace('<low value="20260218"/>', "")
        + "</entryRelationship></encounter>"
    )
    reading = written(tmp_path, document(section("11450-4", listed, listed.replace('extension="7"', 'extension="9"'))))
    assert [one.reason for one in reading.skipped] == ["The document tells this a second time, word for word."]
    reading = written(tmp_path, document(section("11450-4", listed) + section("46240-8", later)))
    assert len([one for one in reading.drafts if one.entry.kind == "Condition"]) == 2


def test_an_old_summary_names_the_allergen_and_its_reaction():
    (allergy,) = entries("c32-allergy.xml", "AllergyIntolerance")
    assert (allergy.title, allergy.data["reaction"]) == ("PENICILLIN", "ANAPHYLAXIS")


def test_a_severity_within_a_reaction_is_no_reaction(tmp_path):
    allergy = (
        '<observation><templateId root="2.16.840.1.113883.10.20.22.4.7"/><participant><participantRole>'
        "<playingEntity><name>Codeine</name></playingEntity></participantRole></participant>"
        '<entryRelationship typeCode="MFST"><observation><value xsi:type="CD" displayName="Nausea"/></observation>'
        '</entryRelationship><entryRelationship typeCode="MFST"><observation><code code="SEV"/>'
        '<value xsi:type="CD" displayName="Mild"/></observation></entryRelationship></observation>'
    )
    reading = written(tmp_path, document(section("48765-2", allergy)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "AllergyIntolerance"]
    assert (entry.data["reaction"], entry.data["severity"]) == ("Nausea", "mild")


def test_a_problem_of_an_old_summary_is_a_diagnosis_in_whatever_section_it_stands(tmp_path):
    problem = (
        '<observation><templateId root="2.16.840.1.113883.10.20.1.28"/><code code="ASSERTION"/>'
        '<value xsi:type="CD" code="386807006" codeSystem="2.16.840.1.113883.6.96" displayName="Memory impairment"/>'
        "</observation>"
    )
    reading = written(tmp_path, document(section("47420-5", problem)))
    assert [one.entry.kind for one in reading.drafts if one.entry.title == "Memory impairment"] == ["Condition"]


def test_an_alert_that_bears_the_template_of_a_problem_too_is_an_allergy(tmp_path):
    alert = (
        '<observation><templateId root="2.16.840.1.113883.10.20.1.28"/>'
        '<templateId root="2.16.840.1.113883.10.20.1.18"/><participant><participantRole><playingEntity>'
        "<name>Oats</name></playingEntity></participantRole></participant></observation>"
    )
    reading = written(tmp_path, document(section("48765-2", alert)))
    assert [(one.entry.kind, one.entry.title) for one in reading.drafts][1:] == [("AllergyIntolerance", "Oats")]


ALLERGY = (
    '<observation {negated}><templateId root="2.16.840.1.113883.10.20.22.4.7"/>'
    '<value xsi:type="CD" code="419511003" codeSystem="2.16.840.1.113883.6.96" displayName="Propensity to drug"/>'
    "<participant><participantRole><playingEntity>{agent}</playingEntity></participantRole></participant>{more}"
    "</observation>"
)


SNOMED_AGENT = '<code code="{code}" codeSystem="2.16.840.1.113883.6.96"{name}/>'


def allergies(tmp_path, agent, negated="", more=""):
    statement = ALLERGY.format(agent=agent, negated=negated, more=more)
    reading = written(tmp_path, document(section("48765-2", statement)))
    return [one.entry for one in reading.drafts if one.entry.kind == "AllergyIntolerance"], reading.skipped


def test_an_allergy_to_nothing_that_is_named_is_no_entry(tmp_path):
    found, skipped = allergies(tmp_path, "")
    assert (found, [one.reason for one in skipped]) == ([], ["It doesn’t say what it is: code and text are missing."])


@pytest.mark.parametrize(("code", "name", "negated", "title"), [
    ("716186003", "", "", "No known allergies"),
    ("410942007", ' displayName="Drug or medicament"', 'negationInd="true"', "No known drug allergies"),
    ("762766007", ' displayName="Edible substance"', 'negationInd="true"', "No known food allergies"),
    ("111088007", ' displayName="Latex"', 'negationInd="true"', "No known allergy to Latex"),
])  # fmt: skip
def test_none_known_says_of_what(tmp_path, code, name, negated, title):
    (entry,), _skipped = allergies(tmp_path, SNOMED_AGENT.format(code=code, name=name), negated)
    assert (entry.title, entry.data["none_known"]) == (title, True)


def test_a_severity_may_be_told_by_its_code_alone(tmp_path):
    severity = (
        '<entryRelationship><observation><code code="SEV"/><value xsi:type="CD" code="24484000" '
        'codeSystem="2.16.840.1.113883.6.96"/></observation>'
        "</entryRelationship>"
    )
    (entry,), _skipped = allergies(tmp_path, "<name>Latex</name>", more=severity)
    assert entry.data["severity"] == "severe"


@pytest.mark.parametrize(("value", "title", "site"), [
    ('<value xsi:type="ST">Hypertension</value>', "Hypertension", None),
    ('<value xsi:type="CD" nullFlavor="UNK"/>', "Breast cancer, left", None),
    ('<value xsi:type="CD" code="1" codeSystem="1.2" displayName="Cancer"><qualifier><name code="272741003"/>'
     '<value code="7771000" displayName="Left"/></qualifier></value><targetSiteCode displayName="Breast"/>',
     "Cancer", "Left Breast"),
])  # fmt: skip
def test_a_diagnosis_is_its_value_in_whatever_form_and_its_side_stands_with_its_site(tmp_path, value, title, site):
    template = '<templateId root="2.16.840.1.113883.10.20.22.4.4"/>'
    problem = f"<observation>{template}<text>Breast cancer, left</text>{value}</observation>"
    reading = written(tmp_path, document(section("11450-4", problem)))
    (entry,) = [one.entry for one in reading.drafts if one.entry.kind == "Condition"]
    assert (entry.title, entry.data.get("body_site")) == (title, site)


def test_none_recorded_is_no_diagnosis(tmp_path):
    problem = (
        '<observation><templateId root="2.16.840.1.113883.10.20.22.4.4"/><value xsi:type="CD" nullFlavor="NA">'
        "<originalText>None recorded</originalText></value></observation>"
    )
    reading = written(tmp_path, document(section("11450-4", problem)))
    assert [one.reason for one in reading.skipped] == ["The source says that it has no information about this."]
