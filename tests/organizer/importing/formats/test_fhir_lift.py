"""Older FHIR, XML and R5 say the same as the R4 that they are made into; no “not” is turned round."""

import json
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from organizer.base.errors import UnreadableSourceError
from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.fhir import FHIR

CASES = Path(__file__).parents[3] / "data" / "fhir_cases"
DATA = Path(__file__).parents[3] / "data" / "fhir"


def read(data, name="made.json"):
    source = SourceFile(name, data=data if isinstance(data, bytes) else json.dumps(data).encode())
    assert FHIR.recognises(source)
    return FHIR.read(source, NoProgress())


def only(data, name="made.json"):
    (draft,) = read(data, name).drafts
    return draft.entry


def case(name):
    return read((CASES / name).read_bytes(), name)


MEDICINE = {"medicationCodeableConcept": {"text": "Aspirin 81 mg"}, "status": "active"}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"resourceType": "MedicationStatement", "wasNotTaken": True}, "not-taken"),
        ({"resourceType": "MedicationStatement", "wasNotTaken": False}, "active"),
        ({"resourceType": "MedicationStatement", "taken": "n"}, "not-taken"),
        ({"resourceType": "MedicationStatement", "taken": "unk"}, "unknown"),
        ({"resourceType": "MedicationStatement", "taken": "y"}, "active"),
        ({"resourceType": "MedicationAdministration", "wasNotGiven": True, "status": "completed"}, "not-taken"),
        ({"resourceType": "MedicationAdministration", "notGiven": True, "status": "completed"}, "not-taken"),
        ({"resourceType": "MedicationDispense", "notDone": True, "status": "completed"}, "not-taken"),
        ({"resourceType": "MedicationStatement", "taken": "n", "status": "entered-in-error"}, "entered-in-error"),
    ],
)
def test_a_medicine_that_was_not_taken_or_given_is_never_taken(said, status):
    assert only({**MEDICINE, **said}).status == status


@pytest.mark.parametrize(
    ("said", "status"),
    [({"notGiven": True}, "not-done"), ({"wasNotGiven": True}, "not-done"), ({"notGiven": False}, "completed")],
)
def test_a_vaccine_that_was_not_given_is_not_given_and_its_day_is_kept(said, status):
    vaccine = {"resourceType": "Immunization", "status": "completed", "vaccineCode": {"text": "MMR"}}
    read_back = only({**vaccine, **said, "date": "2014-05-01"})
    assert (read_back.status, read_back.happened.text) == (status, "2014-05-01")


@pytest.mark.parametrize("said", [{"notDone": True}, {"notPerformed": True}])
def test_a_procedure_that_was_not_done_is_not_done(said):
    assert (
        only({"resourceType": "Procedure", "status": "completed", "code": {"text": "Biopsy"}, **said}).status
        == "not-done"
    )


def test_a_refused_vaccine_tells_why():
    vaccine = case("stu3_immunization_notgiven.ndjson.json").drafts[0].entry
    assert (vaccine.title, vaccine.status) == ("Influenza", "not-done")
    assert vaccine.text("status_reason") == "patient refused"
    assert vaccine.happened.text == "2017-10-01"


def test_an_allergy_of_dstu2_says_to_what_and_how_dangerous():
    allergy = case("dstu2_allergy_single.json").drafts[0].entry
    assert (allergy.title, allergy.status, allergy.codes[0].code) == ("Penicillin", "active", "7980")
    assert (allergy.text("reaction"), allergy.text("criticality")) == ("Anaphylaxis", "high")
    assert (allergy.happened, allergy.text("recorded")) == (None, "2014-05-01")


def test_a_status_of_dstu2_that_is_about_certainty_says_nothing_of_the_course():
    allergy = only({"resourceType": "AllergyIntolerance", "substance": {"text": "Latex"}, "status": "unconfirmed"})
    assert (allergy.status, allergy.text("verification")) == ("", "unconfirmed")


def test_a_result_of_dstu2_keeps_its_comment_range_and_day():
    result = case("dstu2_observation.json").drafts[0].entry
    assert (result.value, result.unit, result.happened.text) == (13.1, "g/dL", "2014-05-01")
    assert (result.data["range_low"], result.data["range_high"]) == (12, 16)
    assert result.text("note") == "slightly hemolysed"


def test_an_old_document_keeps_its_day_and_words():
    document = case("dstu2_docref.json").drafts[0].entry
    assert (document.title, document.happened.text) == ("Discharge summary", "2014-05-05T10:00:00Z")
    assert document.text("text") == "Hello discharge summary"


def test_names_of_dstu2_keep_the_family():
    patient = read((DATA / "dstu2-bundle.json").read_bytes()).drafts[0].entry
    assert patient.title == "Ada Quill"


@pytest.mark.parametrize("name", ["dstu2-bundle.json", "stu3-bundle.json"])
def test_a_bundle_of_an_older_version_is_read_as_entries_and_says_so(name):
    reading = read((DATA / name).read_bytes())
    assert "DocumentReference" not in [draft.entry.kind for draft in reading.drafts]
    assert {"Asthma", "Metformin"} <= {draft.entry.title for draft in reading.drafts}
    assert reading.skipped == []
    assert "another version of FHIR" in reading.warnings[0]


def test_one_odd_status_leaves_the_rest_of_the_bundle_as_it_is():
    reading = case("r4_with_one_string_status.json")
    asthma = next(draft.entry for draft in reading.drafts if draft.entry.kind == "Condition")
    assert (asthma.title, asthma.status) == ("Asthma", "active")
    results = [draft.entry.value for draft in reading.drafts if draft.entry.kind == "Observation"]
    assert results == [14, 15, 16, 17, 18]


def test_an_order_of_dstu2_keeps_who_when_until_and_how():
    order = only(
        {
            "resourceType": "MedicationOrder",
            "status": "stopped",
            "dateWritten": "2014-01-02",
            "dateEnded": "2014-03-01",
            "prescriber": {"display": "Dr. Rosa Tumor"},
            "reasonCodeableConcept": {"text": "Gout"},
            "note": "with food",
            "medicationCodeableConcept": {"text": "Allopurinol"},
            "dosageInstruction": [
                {
                    "doseQuantity": {"value": 100, "unit": "mg"},
                    "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnits": "d"}},
                }
            ],
        }
    )
    assert (order.happened.text, order.ended.text, order.status) == ("2014-01-02", "2014-03-01", "stopped")
    assert (order.data["dose_value"], order.text("frequency")) == (100, "2 × a day")
    assert (order.text("prescriber"), order.text("reason")) == ("Dr. Rosa Tumor", "Gout")
    assert "with food" in order.text("note")


def test_a_goal_of_stu3_keeps_its_target():
    goal = only(
        {
            "resourceType": "Goal",
            "status": "in-progress",
            "description": {"text": "Less sugar"},
            "target": {"measure": {"text": "HbA1c"}, "detailQuantity": {"value": 7, "unit": "%"}, "dueDate": "2017-12"},
        }
    )
    assert (goal.status, goal.text("due"), goal.data["target_high"]) == ("active", "2017-12", 7)


def test_a_medicine_and_a_visit_of_r5_keep_their_name_and_span():
    medicine = only(
        {"resourceType": "MedicationRequest", "status": "active", "medication": {"concept": {"text": "Ramipril"}}}
    )
    assert medicine.title == "Ramipril"
    visit = only(
        {
            "resourceType": "Encounter",
            "status": "completed",
            "class": [{"coding": [{"code": "AMB", "display": "ambulatory"}]}],
            "actualPeriod": {"start": "2024-01-01", "end": "2024-01-02"},
        }
    )
    assert (visit.happened.text, visit.ended.text, visit.text("visit_class")) == (
        "2024-01-01", "2024-01-02", "ambulatory",
    )  # fmt: skip


def test_both_old_exports_of_one_made_up_person_become_the_same_kinds(shared_records):
    counts = {}
    for name in ("dstu2_Abshire_Cary_26.json", "stu3_Abshire_Cary_26.json"):
        reading = read((shared_records / "fhir_old" / name).read_bytes(), name)
        counts[name] = sorted(draft.entry.kind for draft in reading.drafts)
        dated = [draft for draft in reading.drafts if draft.entry.kind not in ("Patient", "Organization")]
        assert all(draft.entry.happened for draft in dated)
    first, second = counts.values()
    assert first == second


def as_xml(value, name):
    """The same resource as XML (hl7.org/fhir/R4/xml.html), written for the test alone."""
    if isinstance(value, list):
        return "".join(as_xml(one, name) for one in value)
    if isinstance(value, dict):
        kind = value.get("resourceType")
        inner = "".join(as_xml(one, key) for key, one in value.items() if key != "resourceType")
        inner = f"<{kind}>{inner}</{kind}>" if kind else inner
        return f"<{name}>{inner}</{name}>" if name else inner
    if value is None:
        return ""
    text = json.dumps(value) if isinstance(value, bool | int | float) else quoteattr(value, {"\n": "&#10;"})[1:-1]
    return f'<{name} value="{text}"/>'


ALSO_AS_XML = (
    "dstu2-bundle.json",
    "stu3-bundle.json",
    "planned-and-goals.json",
    "searchset.json",
    "words-as-values.json",
    "comparator.json",
    "contained-and-dangling.json",
)


@pytest.mark.parametrize("name", ALSO_AS_XML)
def test_a_resource_as_xml_reads_like_the_same_resource_as_json(name):
    told = json.loads((DATA / name).read_text("utf-8"))
    told["entry"] = [{"resource": entry["resource"]} for entry in told["entry"]]
    text = as_xml(told, "").replace("<Bundle>", '<Bundle xmlns="http://hl7.org/fhir">', 1)
    as_json, from_xml = read(told), read(text.encode(), "made.xml")
    assert [one.entry for one in from_xml.drafts] == [one.entry for one in as_json.drafts]


def test_xml_of_dstu2_is_read_with_its_values_and_dates(shared_records):
    path = shared_records / "fhir_old" / "dstu2_patient-1137192.fhir-bundle.xml"
    reading = read(path.read_bytes(), path.name)
    result = next(draft.entry for draft in reading.drafts if draft.entry.title == "Trigl SerPl-mCnc")
    assert (result.value, result.unit, result.happened.text) == (152, "mg/dL", "2008-02-03")
    assert result.data["range_high"] == 150
    patient = reading.drafts[0].entry
    assert (patient.title, patient.text("birth_date")) == ("Joshua P. Williams", "1958-04-14")


def test_xml_that_breaks_off_is_refused_by_name_and_place():
    with pytest.raises(UnreadableSourceError) as refused:
        read(b'<Bundle xmlns="http://hl7.org/fhir"><entry><resource>', "cut.xml")
    assert "cut.xml" in refused.value.message
    assert "line 1" in refused.value.message


def test_xml_with_an_entity_bomb_or_a_file_entity_brings_neither(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret", "utf-8")
    text = (
        f'<!DOCTYPE Patient [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<Patient xmlns="http://hl7.org/fhir"><name><text value="Ada"/><family>&x;</family></name></Patient>'
    )
    assert "Secret" not in repr(read(text.encode(), "odd.xml").drafts)


def test_r4_is_left_as_it_is_and_never_said_to_be_older(shared_records):
    files = [*DATA.glob("*.json"), *(shared_records / "fhir_r4_synthea").iterdir(), *(shared_records / "ips").iterdir()]
    told = set()
    for path in files:
        if path.name not in ("empty.json", "truncated.json", "dstu2-bundle.json", "stu3-bundle.json"):
            told |= {path.name for words in read(path.read_bytes(), path.name).warnings if "version of FHIR" in words}
    assert told == set()


@pytest.mark.parametrize(
    ("adherence", "status"),
    [("taking", "active"), ("not-taking", "not-taken"), ("stopped", "stopped"), ("", "unknown")],
)
def test_r5_says_beside_the_status_whether_a_medicine_is_taken(adherence, status):
    told = {"resourceType": "MedicationStatement", "status": "recorded", "medication": {"concept": {"text": "X"}}}
    said = {"adherence": {"code": {"coding": [{"code": adherence}]}}} if adherence else {}
    assert only(told | said).status == status


def test_reactions_of_r5_and_reasons_of_stu3_arrive():
    reaction = [{"manifestation": [{"concept": {"text": "Hives"}}]}]
    assert only({"resourceType": "AllergyIntolerance", "code": {"text": "Nuts"}, "reaction": reaction}).text(
        "reaction"
    ) == "Hives"  # fmt: skip
    visit = {"resourceType": "Appointment", "status": "booked", "description": "Check-up", "reason": [{"text": "Gout"}]}
    assert only(visit).text("reason") == "Gout"
    found = {"dischargeDiagnosis": [{"display": "Pneumonia"}]}
    stay = {"resourceType": "Encounter", "status": "finished", "type": [{"text": "Stay"}], "hospitalization": found}
    assert only(stay).text("reason") == "Pneumonia"
