"""What sources say of being taken, of being over, of “none” and “not asked”, and what becomes of it in the record."""

import json
from pathlib import Path

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.ccda import CCDA
from organizer.importing.formats.fhir import FHIR

DATA = Path(__file__).parents[3] / "data" / "states"

MEDICINE = """<?xml version="1.0"?><section xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<code code="{section}" codeSystem="2.16.840.1.113883.6.1"/><title>S</title><text>x</text><entry>
<substanceAdministration classCode="SBADM" moodCode="{mood}" {more}><templateId root="2.16.840.1.113883.10.20.22.4.16"/>
<id root="1.2" extension="1"/>{status}<effectiveTime xsi:type="IVL_TS">{low}{high}</effectiveTime>
<consumable><manufacturedProduct><manufacturedMaterial><code code="1" codeSystem="2.16.840.1.113883.6.88"
displayName="Metformin"/></manufacturedMaterial></manufacturedProduct></consumable>{observed}
</substanceAdministration></entry></section>"""
OBSERVED = """<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN">
<code code="33999-4" codeSystem="2.16.840.1.113883.6.1"/><statusCode code="{act}"/>
<value xsi:type="CE" {value}>{inside}</value></observation></entryRelationship>"""
LOW, HIGH = '<low value="20240101"/>', '<high value="20240201"/>'


def observed(value="", inside="", act="completed"):
    return OBSERVED.format(value=value, inside=inside, act=act)


def statement(act="completed", mood="EVN", section="10160-0", more="", low=LOW, high="", status_observation=""):
    status = f'<statusCode code="{act}"/>' if act else ""
    return MEDICINE.format(
        mood=mood, section=section, more=more, low=low, high=high, status=status, observed=status_observation
    )


def of_ccda(text):
    reading = CCDA.read(SourceFile("d.xml", data=text.encode()), NoProgress())
    [entry] = [draft.entry for draft in reading.drafts if draft.entry.kind == "MedicationStatement"]
    return entry


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        (statement("active"), "active", ""),
        (statement("completed"), "unknown", "completed"),
        (statement("ordered"), "unknown", "ordered"),
        (statement(""), "unknown", ""),
        (statement("completed", high=HIGH), "completed", ""),
        (statement("aborted"), "stopped", ""),
        (statement("suspended"), "on-hold", ""),
        (statement("cancelled"), "not-taken", "cancelled"),
        (statement("nullified"), "entered-in-error", ""),
        (statement("completed", status_observation=observed('code="55561003"')), "active", ""),
        (statement("completed", status_observation=observed('displayName="Active"')), "active", ""),
        (
            statement("completed", status_observation=observed(inside="<originalText>On Hold</originalText>")),
            "on-hold",
            "",
        ),
        (statement("active", status_observation=observed('code="421139008" displayName="On Hold"')), "on-hold", ""),
        (
            statement("active", status_observation=observed('code="392521001" displayName="Prior History"')),
            "stopped",
            "Prior History",
        ),
        (statement("active", status_observation=observed('displayName="Reviewed"')), "unknown", "Reviewed"),
        (statement("active", status_observation=observed('code="73425007"', act="nullified")), "active", ""),
        (statement("active", mood="RQO"), "active", ""),
        (statement("active", mood="INT", low=""), "intended", ""),
        (statement("active", mood="PRP"), "intended", ""),
        (statement("active", mood="INT", section="18776-5"), "intended", ""),
        (statement("active", more='negationInd="true"'), "not-taken", ""),
    ],
)
def test_a_medicine_of_a_document_is_what_its_observation_its_act_and_its_times_say(text, status, word):
    entry = of_ccda(text)
    assert (entry.status, entry.text("source_status")) == (status, word)


def of_fhir(resource):
    resource = {"id": "1", "medicationCodeableConcept": {"text": "Metformin"}, **resource}
    reading = FHIR.read(SourceFile("f.json", data=json.dumps(resource).encode()), NoProgress())
    [entry] = [draft.entry for draft in reading.drafts if draft.entry.kind == "MedicationStatement"]
    return entry


REQUEST, DISPENSE = {"resourceType": "MedicationRequest"}, {"resourceType": "MedicationDispense"}
GIVEN, TAKEN = {"resourceType": "MedicationAdministration"}, {"resourceType": "MedicationStatement"}
BOUNDS = {"dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"start": "2015-01-01", "end": "2015-01-08"}}}}]}


@pytest.mark.parametrize(
    ("resource", "status", "word"),
    [
        ({**REQUEST, "status": "active", "intent": "order"}, "active", ""),
        ({**REQUEST, "status": "active", "intent": "proposal"}, "intended", "proposal"),
        ({**REQUEST, "status": "active", "intent": "plan"}, "intended", "plan"),
        ({**REQUEST, "status": "active", "intent": "plan", "reportedBoolean": True}, "unknown", "plan: active"),
        ({**REQUEST, "status": "active", "intent": "order", "doNotPerform": True}, "not-taken", "do not perform"),
        ({**REQUEST, "status": "cancelled", "intent": "order"}, "not-taken", "cancelled"),
        ({**REQUEST, "status": "draft", "intent": "order"}, "intended", "draft"),
        ({**REQUEST, "status": "completed", "intent": "order"}, "unknown", "completed"),
        ({**REQUEST, "status": "completed", "intent": "order", **BOUNDS}, "completed", ""),
        ({**REQUEST, "status": "stopped", "intent": "order"}, "stopped", ""),
        ({**REQUEST, "status": "on-hold", "intent": "order"}, "on-hold", ""),
        ({**REQUEST, "status": "entered-in-error", "intent": "plan"}, "entered-in-error", ""),
        ({**REQUEST, "status": "ordered", "intent": "order"}, "unknown", "ordered"),
        ({**DISPENSE, "status": "completed"}, "unknown", "dispense: completed"),
        ({**DISPENSE, "status": "cancelled"}, "not-taken", "cancelled"),
        ({**GIVEN, "status": "completed", "effectiveDateTime": "2026-01-01"}, "completed", ""),
        ({**GIVEN, "status": "not-done"}, "not-taken", "not-done"),
        ({**TAKEN, "status": "completed"}, "unknown", "completed"),
        ({**TAKEN, "status": "completed", "effectivePeriod": {"end": "2020"}}, "completed", ""),
        ({**TAKEN, "status": "not-taken"}, "not-taken", ""),
    ],
)
def test_a_medicine_of_a_server_is_what_status_intent_and_times_say(resource, status, word):
    entry = of_fhir(resource)
    assert (entry.status, entry.text("source_status")) == (status, word)


def test_the_bounds_of_a_dosage_and_one_administration_tell_the_end():
    assert of_fhir({**REQUEST, "status": "active", "intent": "order", **BOUNDS}).ended.text == "2015-01-08"
    assert of_fhir({**GIVEN, "status": "completed", "effectiveDateTime": "2026-01-01"}).ended.text == "2026-01-01"


def stated(name):
    path = DATA / name
    reading = (CCDA if path.suffix == ".xml" else FHIR).read(SourceFile(name, path), NoProgress())
    return [draft.entry for draft in reading.drafts if draft.entry.kind not in ("Patient", "DocumentReference")]


def test_none_and_not_asked_of_epic_are_statements_and_no_facts():
    flags = {entry.title: (entry.data.get("none_known"), entry.data.get("not_asked")) for entry in stated("epic_not_on_file.json")}  # fmt: skip  # noqa: E501
    assert flags == {
        "Not on File": (None, True),
        "No Known Allergies": (True, None),
        "NKDA": (True, None),
        "No current problems or disability": (True, None),
        "No known medications": (True, None),
    }


def test_none_known_of_a_document_by_the_agents_words_its_code_or_the_value():
    none = [entry.title for entry in stated("ccda_allergies.xml") if entry.data.get("none_known")]
    assert none == ["NKDA", "No known allergies", "No known allergies", "No known latex allergy"]


def test_an_allergy_keeps_its_end():
    [aspirin] = [entry for entry in stated("ccda_allergies.xml") if entry.title == "Aspirin"]
    assert (aspirin.status, aspirin.ended.text) == ("resolved", "2021-01-01")


def test_a_nullified_diagnosis_is_an_error_and_a_nullified_status_says_nothing():
    told = {entry.title: entry for entry in stated("ccda_problem_status.xml")}
    assert told["Multiple sclerosis (entered in error)"].struck
    assert told["Hypertension"].status == "active"


ALLERGY = """<?xml version="1.0"?><section xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/><title>S</title><text>x</text><entry>
<act classCode="ACT" moodCode="EVN">{act}<statusCode code="completed"/><entryRelationship typeCode="SUBJ">
<observation classCode="OBS" moodCode="EVN" negationInd="{negated}"><templateId root="2.16.840.1.113883.10.20.22.4.7"/>
<id root="1.2" extension="1"/><statusCode code="completed"/><value xsi:type="CD" code="{value}"
codeSystem="2.16.840.1.113883.6.96" displayName="V"/><participant typeCode="CSM"><participantRole classCode="MANU">
<playingEntity classCode="MMAT">{agent}</playingEntity></participantRole></participant></observation>
</entryRelationship></act></entry></section>"""
ANY = '<code code="105590001" codeSystem="2.16.840.1.113883.6.96" displayName="Substance"/>'
LATEX = '<code code="111088007" codeSystem="2.16.840.1.113883.6.96" displayName="Latex"/>'
CONCERN = '<code code="CONC" codeSystem="2.16.840.1.113883.5.6"/>'


def allergy_of(value="419199007", agent=LATEX, negated="false", act=CONCERN):
    text = ALLERGY.format(value=value, agent=agent, negated=negated, act=act)
    reading = CCDA.read(SourceFile("a.xml", data=text.encode()), NoProgress())
    [entry] = [draft.entry for draft in reading.drafts if draft.entry.kind == "AllergyIntolerance"]
    return entry


@pytest.mark.parametrize(
    ("value", "agent", "title"),
    [
        ("419199007", ANY, "No known allergies"),
        ("416098002", ANY, "No known drug allergies"),
        ("414285001", ANY, "No known food allergies"),
        ("419199007", LATEX, "No known allergy to Latex"),
    ],
)
def test_a_negated_allergy_denies_its_own_group_only(value, agent, title):
    entry = allergy_of(value, agent, "true")
    assert entry.title == title
    assert entry.data["none_known"]


def test_an_act_of_c32_that_is_completed_does_not_end_an_allergy():
    assert allergy_of().status == "inactive"
    assert allergy_of(act='<code nullFlavor="NA"/>').status == ""


NONE_TAKEN = """<?xml version="1.0"?><section xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<code code="{section}" codeSystem="2.16.840.1.113883.6.1"/><title>S</title><text>x</text><entry>
<substanceAdministration classCode="SBADM" moodCode="EVN" negationInd="true">
<templateId root="2.16.840.1.113883.10.20.22.4.16"/><id root="1.2" extension="1"/><statusCode code="completed"/>
<consumable><manufacturedProduct><manufacturedMaterial><code code="410942007" codeSystem="2.16.840.1.113883.6.96"
displayName="drug or medication"/></manufacturedMaterial></manufacturedProduct></consumable>
</substanceAdministration></entry></section>"""


def test_none_given_at_a_visit_is_not_none_taken():
    def read_in(section):
        return CCDA.read(SourceFile("n.xml", data=NONE_TAKEN.format(section=section).encode()), NoProgress())

    [listed] = [draft.entry for draft in read_in("10160-0").drafts if draft.entry.kind == "MedicationStatement"]
    assert (listed.title, listed.data["none_known"]) == ("No known medications", True)
    given = read_in("29549-3")
    assert not [draft for draft in given.drafts if draft.entry.kind == "MedicationStatement"]
    assert "none was given" in given.skipped[0].reason
