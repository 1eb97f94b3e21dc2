"""What vendors put beside the plain facts arrives too: dosage lines, sites, stages, narratives, claims, contained."""

import json
from pathlib import Path

import pytest

from organizer.base.progress import NoProgress
from organizer.health.titles import plain_title
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.fhir import FHIR

CASES = Path(__file__).parents[3] / "data" / "fhir_cases"


def read(*resources):
    told = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    return FHIR.read(SourceFile("made.json", data=json.dumps(told).encode()), NoProgress())


def only(resource):
    return read(resource).drafts[0].entry


def case(name):
    reading = FHIR.read(SourceFile(name, CASES / name), NoProgress())
    return {(draft.entry.kind, draft.entry.title): draft.entry for draft in reading.drafts}


def order(*lines):
    return only(
        {
            "resourceType": "MedicationRequest",
            "status": "active",
            "medicationCodeableConcept": {"text": "X"},
            "dosageInstruction": list(lines),
        }
    )


def test_every_line_of_a_taper_is_kept_and_none_stands_for_the_whole():
    taper = case("taper_three_dosages.json")["MedicationStatement", "prednisone 10 mg tablet"]
    assert taper.text("dose") == "40 mg; 20 mg; 10 mg"
    assert "dose_value" not in taper.data
    for words in ("4 tablets by mouth daily for 3 days", "then 2 tablets", "then 1 tablet"):
        assert words in taper.text("frequency")


def test_the_words_of_a_prescription_stay_beside_its_numbers():
    pain = case("taper_three_dosages.json")["MedicationStatement", "oxycodone 5 mg tablet"]
    assert (pain.text("dose"), pain.data["dose_value"]) == ("5 mg", 5)
    assert pain.text("frequency") == "Every 6 hours, as needed"
    for words in ("as needed for severe pain", "Do not take with alcohol", "At most 4 tablet a day"):
        assert words in pain.text("note")


def test_a_dose_between_two_amounts_and_times_of_day_are_told_in_words():
    insulin = case("taper_three_dosages.json")["MedicationStatement", "insulin lispro"]
    assert insulin.text("dose") == "2–6 units"
    assert "dose_value" not in insulin.data
    assert insulin.text("frequency") == "before breakfast, before lunch, before dinner"
    assert "2 to 6 units before meals" in insulin.text("note")


@pytest.mark.parametrize(
    ("line", "dose", "frequency"),
    [
        ({"text": "1 daily"}, "1 daily", ""),
        ({"asNeededCodeableConcept": {"text": "pain"}, "text": "2 tablets"}, "2 tablets", "as needed: pain"),
        ({"timing": {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}}}, "", "1 × in 8 hours"),
        ({"doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tab"}}],
          "timing": {"repeat": {"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d",
                                "boundsDuration": {"value": 3, "code": "d"}}}}, "1 tab", "1–2 × a day, for 3 days"),
        ({"doseAndRate": [{"doseQuantity": {"value": "5", "unit": "mg"}}],
          "timing": {"repeat": {"dayOfWeek": ["mon"], "timeOfDay": ["08:00:00"]}}}, "5 mg", "Monday, at 08:00"),
        ({"doseAndRate": [{"rateRatio": {"numerator": {"value": 10, "unit": "mL"},
                                         "denominator": {"value": 1, "unit": "h"}}}]}, "10 mL/1 h", ""),
    ],
)  # fmt: skip
def test_how_it_is_taken_is_told_whatever_the_line_holds(line, dose, frequency):
    taken = order(line)
    assert (taken.text("dose"), taken.text("frequency")) == (dose, frequency)


def test_the_span_of_several_lines_goes_from_the_first_to_the_last():
    bounds = [{"start": "2024-01-01", "end": "2024-01-03"}, {"start": "2024-01-04", "end": "2024-01-06"}]
    taken = order(*({"text": str(one), "timing": {"repeat": {"boundsPeriod": one}}} for one in bounds))
    assert (taken.happened.text, taken.ended.text) == ("2024-01-01", "2024-01-06")


@pytest.mark.parametrize(
    ("value", "number", "comparator", "unit", "shown"),
    [
        ({"valueQuantity": {"value": "13.2", "unit": "g/dL"}}, 13.2, "", "g/dL", "13.2"),
        ({"valueQuantity": {"value": "<5", "unit": "mg/L"}}, 5, "<", "mg/L", "5"),
        ({"valueString": ">60"}, 60, ">", "", "60"),
        ({"valueString": "44 mL/min"}, 44, "", "mL/min", "44"),
        ({"valueString": "4.70"}, 4.7, "", "", "4.70"),
        ({"valueString": "1:40"}, None, "", "", "1:40"),
        ({"valueString": "7,000"}, None, "", "", "7,000"),
        ({"valueString": "2 colonies"}, None, "", "", "2 colonies"),
        ({"valueString": "Negative"}, None, "", "", "Negative"),
    ],
)
def test_a_number_that_came_as_text_is_a_number_where_the_text_is_all_about_it(value, number, comparator, unit, shown):
    found = only({"resourceType": "Observation", "status": "final", "code": {"text": "X"}, **value})
    assert (found.value, found.comparator, found.unit, found.value_text) == (number, comparator, unit, shown)


def test_a_quantity_without_a_number_keeps_its_words():
    found = case("quantity_value_as_string.json")
    assert found["Observation", "Hemoglobin"].value == 13.2
    assert found["Observation", "Occult blood"].value is None
    assert "see note" in found["Observation", "Occult blood"].text("note")


def test_a_range_with_a_name_shows_its_numbers():
    span = {"low": {"value": 3.5, "unit": "mmol/L"}, "high": {"value": 5.1, "unit": "mmol/L"}}
    told = {"resourceType": "Observation", "status": "final", "code": {"text": "Potassium"}}
    found = only({**told, "referenceRange": [{**span, "text": "Critical Range"}]})
    assert found.text("range_text") == "3.5–5.1 mmol/L (Critical Range)"
    assert only({**told, "referenceRange": [{**span, "text": "3.5 to 5.1"}]}).text("range_text") == "3.5 to 5.1"


def test_site_stages_and_ages_of_a_diagnosis_arrive():
    cancer = case("bodysite_stage.json")["Condition", "Invasive ductal carcinoma of breast"]
    assert cancer.text("body_site") == "Left breast, upper outer quadrant"
    assert cancer.text("stage") == "T2, N1, M0"
    assert (cancer.text("onset_text"), cancer.text("end_text")) == ("52 years", "2020 spring")


def test_site_narrative_disposition_and_relatives_arrive():
    found = case("bodysite_stage.json")
    assert found["Observation", "Ki-67"].text("body_site") == "Left breast"
    assert "2.3 cm mass left breast" in found["DiagnosticReport", "MRI breast"].text("text")
    visit = found["Encounter", "inpatient"]
    assert (visit.text("place"), visit.text("disposition")) == ("St. Mary Oncology Ward", "Home")
    assert visit.text("reason") == "Breast cancer"
    sister = found["FamilyMemberHistory", "Ovarian cancer"]
    assert (sister.text("outcome"), sister.text("note")) == ("died of it", "BRCA1 carrier")
    assert found["FamilyMemberHistory", "Breast cancer"].text("relation") == "mother"  # within a list
    doctor = found["Practitioner", "Dr. Rosa Tumor"]
    assert (doctor.text("role"), doctor.text("note")) == ("Oncologist", "NPI 1234567893")


def test_each_attached_file_is_a_document_that_can_be_reached():
    reading = FHIR.read(SourceFile("x.json", CASES / "docref_two_attachments.json"), NoProgress())
    notes = [draft.entry for draft in reading.drafts if draft.entry.title == "Progress note"]
    assert [note.text("text") for note in notes] == ["First note", "Second note"]
    assert len({note.sources[0].identifier for note in notes}) == 2
    assert reading.read == 3  # the two attachments are one resource
    assert {file.sha256 for file in reading.embedded} >= {note.text("file") for note in notes}


def test_a_report_whose_file_lies_elsewhere_says_where():
    report = only(
        {
            "resourceType": "DiagnosticReport",
            "code": {"text": "CT"},
            "presentedForm": [{"contentType": "application/pdf", "url": "https://pacs.example.org/7"}],
        }
    )
    assert "https://pacs.example.org/7" in report.text("note")


def test_the_words_of_a_documents_sections_can_be_found():
    margins = {"title": "Pathology", "text": {"div": "<div><p>Margins were clear.</p></div>"}}
    empty = {"title": "Allergies", "emptyReason": {"text": "Not asked"}}
    (document,) = read({"resourceType": "Composition", "title": "Discharge", "section": [margins, empty]}).drafts
    assert document.entry.kind == "DocumentReference"
    assert document.entry.text("text") == "Pathology\nMargins were clear.\n\nAllergies\nNot asked"


def test_a_table_of_contents_without_words_is_no_document():
    section = {"title": "Medicines", "entry": [{"reference": "MedicationRequest/m"}]}
    reading = read({"resourceType": "Composition", "title": "Prescription", "section": [section]})
    assert reading.drafts == []
    assert [one.what for one in reading.skipped] == ["Composition"]


def test_a_list_that_only_says_words_is_a_document_and_one_of_entries_is_not():
    gout = {"resourceType": "Condition", "id": "c", "code": {"text": "Gout"}}
    pointing = {"resourceType": "List", "title": "Problems", "entry": [{"item": {"reference": "Condition/c"}}]}
    speaking = {"resourceType": "List", "title": "Wishes", "entry": [{"item": {"display": "No blood products"}}]}
    reading = read(gout, pointing, speaking)
    assert [draft.entry.title for draft in reading.drafts] == ["Gout", "Wishes"]
    assert reading.drafts[1].entry.text("text") == "No blood products"
    assert [one.what for one in reading.skipped] == ["List"]


def test_a_report_that_holds_its_results_within_itself_is_linked_to_them():
    held = {"resourceType": "Observation", "id": "h", "status": "final", "code": {"text": "Hb"}, "valueString": "13.1"}
    report = {"resourceType": "DiagnosticReport", "id": "r", "code": {"text": "CBC"}, "contained": [held],
              "subject": {"reference": "Patient/p"}, "result": [{"reference": "#h"}]}  # fmt: skip
    cbc, hb = read(report).drafts
    assert [link.target for link in cbc.entry.links] == [hb.identifier]
    assert hb.patient == "Patient/p"


def claim(**more):
    return {
        "resourceType": "ExplanationOfBenefit", "id": "e", "status": "active", "use": "claim",
        "type": {"coding": [{"code": "professional"}]}, "patient": {"reference": "Patient/p1"},
        "billablePeriod": {"start": "2023-03-01", "end": "2023-03-02"}, "insurer": {"display": "Medicare"}, **more,
    }  # fmt: skip


def coded(system, code, display=""):
    return {"coding": [{"system": system, "code": code, "display": display}]}


def test_a_pharmacy_claim_gives_diagnosis_and_medicine_marked_as_from_a_claim():
    found = case("eob_part_d.json")
    diabetes, metformin = found["Condition", "Type 2 diabetes"], found["MedicationStatement", "Metformin 500 mg"]
    assert (diabetes.codes[0].code, diabetes.status, diabetes.happened) == ("E11.9", "", None)
    assert (metformin.status, metformin.happened.text) == ("unknown", "2023-03-01")
    assert all("From a claim of Medicare" in one.text("note") for one in (diabetes, metformin))


def test_a_doctors_claim_gives_the_visit_and_what_was_done_once():
    cpt = "http://www.ama-assn.org/go/cpt"
    visit = {"productOrService": coded(cpt, "99213", "Office visit"), "servicedDate": "2023-03-01"}
    lab = {"productOrService": coded(cpt, "80053"), "servicedDate": "2023-03-01"}
    reading = read(claim(item=[visit, lab, lab]))
    found = {draft.entry.kind: draft.entry for draft in reading.drafts}
    assert (found["Encounter"].title, found["Encounter"].happened.text) == ("Office visit", "2023-03-01")
    assert found["Procedure"].title == "CPT 80053"
    assert len(reading.drafts) == 2
    assert reading.read == 1


def test_claims_name_a_diagnosis_once_and_their_own_visits_never_twice():
    sugar = {
        "diagnosis": [{"diagnosisCodeableConcept": coded("http://hl7.org/fhir/sid/icd-10-cm", "E11.9", "Diabetes")}]
    }
    months = [claim(id=str(month), type=coded("", "pharmacy"), **sugar) for month in range(3)]
    reading = read(*months)
    assert [draft.entry.title for draft in reading.drafts] == ["Diabetes"]
    assert len(reading.skipped) == 2
    seen = {"resourceType": "Encounter", "id": "v", "status": "finished", "type": [{"text": "Check-up"}]}
    item = {"productOrService": {"text": "Check-up"}, "encounter": [{"reference": "Encounter/v"}]}
    assert [draft.entry.title for draft in read(seen, claim(item=[item])).drafts] == ["Check-up"]


def test_a_claim_for_a_stay_is_a_visit_and_one_for_things_is_none():
    item = {"productOrService": coded("https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "E0601")}
    stay = {"type": coded("http://terminology.hl7.org/CodeSystem/claim-type", "institutional")}
    kinds = [[draft.entry.kind for draft in read(claim(item=[item], **more)).drafts] for more in (stay, {})]
    assert kinds == [["Procedure", "Encounter"], ["Procedure"]]


def test_a_claim_line_without_a_code_says_nothing_and_a_compound_names_its_parts():
    absent = coded("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-applicable", "Not Applicable")
    assert read(claim(item=[{"productOrService": absent}])).drafts == []
    parts = [{"productOrService": {"text": name}} for name in ("Water", "Glycerol")]
    compound = {"productOrService": coded("", "compound"), "detail": parts}
    (mixed,) = read(claim(type=coded("", "pharmacy"), item=[compound])).drafts
    assert mixed.entry.title == "Water + Glycerol"


@pytest.mark.parametrize("more", [{"status": "cancelled"}, {"use": "preauthorization"}])
def test_a_claim_that_was_withdrawn_or_only_asks_is_no_fact(more):
    reading = read(claim(**{**claim(), **more}))
    assert reading.drafts == []
    assert reading.skipped[0].reason


def test_absolute_references_of_the_files_own_server_are_followed_and_others_are_not():
    found = case("absolute_refs.json")
    assert ("MedicationStatement", "Lisinopril 10 mg") in found
    assert found["DocumentReference", "Note"].text("text") == "Hello"
    medicine = {"resourceType": "Medication", "id": "m", "code": {"text": "Ours"}}
    mine = {"resourceType": "MedicationRequest", "status": "active", "medicationReference": {}}
    ours = [{**mine, "medicationReference": {"reference": "https://a.example.org/Medication/m"}}] * 2
    theirs = {**mine, "medicationReference": {"reference": "https://b.example.org/Medication/m"}}
    reading = read(medicine, *ours, theirs)
    assert [draft.entry.title for draft in reading.drafts] == ["Ours", "Ours"]


def test_what_only_the_narrative_names_is_named_by_it():
    asthma = only({"resourceType": "Condition", "text": {"div": "<div><p>Asthma</p><p>since school</p></div>"}})
    assert (asthma.title, asthma.text("note")) == ("Asthma", "Asthma\nsince school")
    assert read({"resourceType": "Condition", "id": "c"}).drafts == []
    plan = only({"resourceType": "CarePlan", "title": "Plan", "text": {"div": "<div>Walk daily</div>"}})
    assert plan.text("what") == "Walk daily"


def test_an_age_in_a_bare_code_is_told_in_words():
    mother = {"relationship": {"text": "mother"}, "deceasedAge": {"value": 81, "code": "a"}}
    assert only({"resourceType": "FamilyMemberHistory", **mother}).text("deceased") == "81 years"


def test_a_narrative_that_says_more_than_the_elements_stays_beside_them():
    div = "<div>Grew 3 colonies, see letter</div>"
    told = {"resourceType": "Observation", "status": "final", "code": {"text": "Culture"}, "valueString": "positive"}
    assert only({**told, "text": {"status": "additional", "div": div}}).text("note") == "Grew 3 colonies, see letter"
    assert only({**told, "text": {"status": "generated", "div": div}}).text("note") == ""
    report = {"resourceType": "DiagnosticReport", "code": {"text": "CT"}, "conclusion": "Clear"}
    assert "3 colonies" in only({**report, "text": {"status": "additional", "div": div}}).text("text")


def test_what_the_record_has_no_kind_for_is_a_document_of_its_words():
    impression = {
        "resourceType": "ClinicalImpression", "status": "completed", "subject": {"display": "Ada Example"},
        "date": "2024-01-05", "summary": "Likely viral", "finding": [{"itemCodeableConcept": {"text": "Cough"}}],
    }  # fmt: skip
    (draft,) = read(impression).drafts
    document = draft.entry
    assert (document.kind, document.title, document.happened.text) == (
        "DocumentReference",
        "Clinical impression: Likely viral",
        "2024-01-05",
    )
    assert document.text("text") == "Likely viral\nCough"
    assert draft.patient_name == "Ada Example"
    photo = {"resourceType": "Media", "content": {"contentType": "text/plain", "title": "x", "data": "SGVsbG8="}}
    assert only({**photo, "note": [{"text": "Rash"}]}).text("file")


def test_how_a_vaccine_was_given_is_noted():
    vaccine = {"resourceType": "Immunization", "status": "completed", "vaccineCode": {"text": "Td"}}
    how = {"doseQuantity": {"value": 0.5, "unit": "mL"}, "route": {"text": "intramuscular"}, "site": {"text": "arm"}}
    assert only({**vaccine, **how}).text("note") == "0.5 mL, intramuscular, arm"


def test_a_risk_never_looks_like_a_diagnosis():
    risk = {"resourceType": "RiskAssessment", "status": "final", "prediction": [{"outcome": {"text": "Breast cancer"}}]}
    assert only(risk).title == "Risk assessment: Breast cancer"


def test_the_patient_in_a_care_team_is_no_doctor():
    team = [{"member": {"reference": "Patient/p", "display": "Ada Example"}},
            {"member": {"reference": "Organization/o", "display": "Clinic"}},
            {"member": {"display": "Dr. Rosa Tumor"}}]  # fmt: skip
    found = [
        (draft.entry.kind, draft.entry.title)
        for draft in read({"resourceType": "CareTeam", "participant": team}).drafts
    ]
    assert found == [("Organization", "Clinic"), ("Practitioner", "Dr. Rosa Tumor")]


def test_a_questionnaire_of_loinc_s_own_is_coded_and_its_total_is_a_result():
    total = {"linkId": "/44261-6", "text": "Total score", "answer": [{"valueDecimal": 14}]}
    answered = {"resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-11-25"}
    phq9 = only({**answered, "questionnaire": "http://loinc.org/q/44249-1|2.76", "item": [total]})
    assert plain_title(phq9) == "PHQ-9"
    (part,) = phq9.data["components"]
    assert (part["codes"][0]["code"], part["value"]) == ("44261-6", 14)
    own = only({**answered, "questionnaire": "https://clinic.example/q/44249-1", "item": [total]})
    assert own.codes == ()
    assert own.data["components"][0]["codes"] == []


@pytest.mark.parametrize(("letter", "fields", "verification", "status"), [
    ("A", {}, "refuted", ""), ("A", {"verificationStatus": {"coding": [{"code": "confirmed"}]}}, "refuted", ""),
    ("V", {}, "provisional", ""), ("G", {}, "confirmed", ""), ("Z", {}, "", "resolved"),
    ("Z", {"clinicalStatus": {"coding": [{"code": "active"}]}}, "", "active"),
    ("V", {"verificationStatus": {"coding": [{"code": "confirmed"}]}}, "confirmed", ""), ("", {}, "", ""),
])  # fmt: skip
def test_the_letter_of_a_german_diagnosis_says_how_sure_it_is(letter, fields, verification, status):
    url = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit"
    told = {"extension": [{"url": url, "valueCoding": {"code": letter}}]} if letter else {}
    coding = {"system": "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "code": "I48.9", **told}
    code = {"coding": [coding], "text": "Vorhofflimmern"}
    entry = only({"resourceType": "Condition", "id": "c", "code": code, **fields})
    assert (entry.text("verification"), str(entry.status)) == (verification, status)
    assert entry.is_fact == (letter != "A")
