"""What turns a FHIR resource round: that it is deleted, modified, not to be done, about a thing, or only recorded."""

import json

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.fhir import FHIR

ADA = {"reference": "Patient/p"}


def bundle(*entries, kind="collection"):
    told = {"resourceType": "Bundle", "type": kind, "entry": list(entries)}
    return FHIR.read(SourceFile("made.json", data=json.dumps(told).encode()), NoProgress())


def read_one(kind, **elements):
    """The entry of a resource, or None, and why something was left out."""
    reading = bundle({"resource": {"resourceType": kind, "id": "r", "subject": ADA, **elements}})
    return reading.drafts[0].entry if reading.drafts else None, [one.reason for one in reading.skipped]


def glucose(**elements):
    return read_one("Observation", status="final", code={"text": "Glucose"}, **elements)


def quantity(value, **more):
    return {"valueQuantity": {"value": value, **more}}


def test_the_day_on_which_it_was_written_down_is_never_its_beginning():
    illness, _ = read_one("Condition", code={"text": "Gout"}, recordedDate="2024-01-01")
    assert (illness.happened, illness.text("recorded")) == (None, "2024-01-01")
    allergy, _ = read_one("AllergyIntolerance", code={"text": "Nuts"}, recordedDate="2024", lastOccurrence="2023-05-01")
    assert (allergy.happened, allergy.text("recorded")) == (None, "2024")
    assert allergy.text("note") == "Last reaction: 2023-05-01"
    taken, _ = read_one("MedicationStatement", medicationCodeableConcept={"text": "X"}, dateAsserted="2024-01-01")
    assert taken.happened is None
    harm, _ = read_one("AdverseEvent", event={"text": "Rash"}, recordedDate="2024-01-01")
    assert (harm.happened, harm.text("note")) == (None, "Recorded: 2024-01-01")


@pytest.mark.parametrize("kind", ["Observation", "Condition", "MedicationRequest", "Procedure"])
def test_a_modifier_that_nobody_knows_may_turn_it_round_so_it_is_left_out(kind):
    modifier = [{"url": "http://example.org/not", "valueBoolean": True}]
    named = {"code": {"text": "X"}, "medicationCodeableConcept": {"text": "X"}}
    for elements in ({"modifierExtension": modifier}, {"component": [{"modifierExtension": modifier}]}):
        entry, [reason] = read_one(kind, **named, **elements)
        assert entry is None
        assert "read otherwise" in reason
    assert read_one(kind, **named, modifierExtension=[])[0] is not None


@pytest.mark.parametrize("subject", ["Device/d", "Group/g", "Location/l", "http://server/fhir/Device/d"])
def test_a_result_of_a_thing_is_nobodys(subject):
    entry, [reason] = glucose(subject={"reference": subject}, **quantity(5))
    assert entry is None
    assert "not about a person" in reason


def test_an_order_not_to_do_something_is_no_order():
    entry, [reason] = read_one("ServiceRequest", code={"text": "MRI"}, status="active", doNotPerform=True)
    assert entry is None
    assert "not to be done" in reason
    assert read_one("ServiceRequest", code={"text": "MRI"}, status="active", doNotPerform=False)[0].title == "MRI"


def version(number, method, address="http://s/Condition/h"):
    told = {"resourceType": "Condition", "id": "h", "meta": {"versionId": number}, "code": {"text": "Lupus"}}
    entry = {"fullUrl": address, "request": {"method": method, "url": "Condition/h"}}
    return entry if method == "DELETE" else entry | {"resource": told | {"subject": ADA}}


def test_what_a_history_says_was_deleted_last_is_no_fact_and_what_came_back_is():
    gone = bundle(version("3", "DELETE"), version("2", "PUT"), version("1", "POST"), kind="history")
    assert gone.drafts == []
    assert {one.reason for one in gone.skipped} == {"The server says that this was deleted."}
    back = bundle(version("3", "PUT"), version("2", "DELETE"), version("1", "POST"), kind="history")
    assert [one.entry.title for one in back.drafts] == ["Lupus", "Lupus"]


def test_values_without_words_without_unit_and_without_a_value_say_what_they_are():
    coded, _ = glucose(valueCodeableConcept={"coding": [{"system": "http://snomed.info/sct", "code": "260385009"}]})
    assert coded.value_text == "Negative"
    score, _ = glucose(**quantity(7, system="http://unitsofmeasure.org", code="1", unit="score"))
    assert (score.value_text, score.unit) == ("7", "")
    url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    for name in ("valueQuantity", "_valueString"):
        absent, _ = glucose(**{name: {"extension": [{"url": url, "valueCode": "masked"}]}})
        assert absent.text("absent_reason") == "masked"
    fetal, _ = glucose(focus=[{"display": "Fetus"}], **quantity(5))
    assert fetal.text("note") == "About: Fetus"


@pytest.mark.parametrize(("low", "high", "kept"), [(4, 6, (4, 6)), (5, 5, (5, 5)), (6, 4, (None, None))])
def test_swapped_ends_of_a_range_judge_no_value(low, high, kept):
    told, _ = glucose(**quantity(5), referenceRange=[{"low": {"value": low}, "high": {"value": high}}])
    assert (told.data.get("range_low"), told.data.get("range_high")) == kept
    assert told.text("range_text") == f"{low}–{high}"


@pytest.mark.parametrize(("value", "shown"), [("0.97", "97"), ("1", "100"), ("1.01", "1.01"), ("97", "97")])
def test_a_saturation_below_one_percent_is_a_fraction(value, shown):
    code = {"coding": [{"system": "http://loinc.org", "code": "59408-5"}], "text": "SpO2"}
    told, _ = read_one("Observation", status="final", code=code, **quantity(float(value), unit="%"))
    assert told.value == float(shown)


def test_when_and_why_in_words_stand_in_the_notes():
    vaccine, _ = read_one(
        "Immunization",
        vaccineCode={"text": "MMR"},
        occurrenceString="as a child",
        isSubpotent=True,
        protocolApplied=[{"targetDisease": [{"text": "Measles"}]}],
    )
    words = ["as a child", "The source says that this dose doesn’t count in full.", "Against: Measles"]
    assert vaccine.text("note").splitlines() == words
    operation, _ = read_one(
        "Procedure",
        code={"text": "Bypass"},
        status="not-done",
        statusReason={"text": "unwell"},
        performedString="in the eighties",
        usedReference=[{"display": "Stent"}],
    )
    assert operation.text("note").splitlines() == ["in the eighties", "unwell", "With: Stent"]
    visit, _ = read_one("Encounter", status="finished", **{"class": {"code": "EMER"}})
    assert visit.title == "emergency"
    alert, _ = read_one("Flag", status="inactive", code={"text": "Fall risk"})
    assert alert.status == "superseded"


def test_what_a_program_writes_for_nothing_is_no_name_and_an_absent_medicine_is_none():
    code = {"text": "Null", "coding": [{"code": "K57.92", "display": "Diverticulitis"}]}
    assert read_one("Condition", code=code)[0].title == "Diverticulitis"
    absent = {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "not-applicable"}
    entry, reasons = read_one("MedicationDispense", medicationCodeableConcept={"coding": [absent]})
    assert entry is None
    assert len(reasons) == 1


def test_a_medicine_in_parameters_is_found_by_its_id():
    name = "c6d021de-9939-4631-a79b-fb0093ce1361"
    dispense = {"resourceType": "MedicationDispense", "medicationReference": {"reference": f"urn:uuid:{name}"}}
    medicine = {"resourceType": "Medication", "id": name, "code": {"text": "Doxycyclin"}}
    parts = [{"name": "a", "resource": dispense}, {"name": "b", "resource": medicine}]
    told = {"resourceType": "Parameters", "parameter": [{"name": "rx", "part": parts}]}
    reading = FHIR.read(SourceFile("p.json", data=json.dumps(told).encode()), NoProgress())
    assert [one.entry.title for one in reading.drafts] == ["Doxycyclin"]


def test_a_result_within_its_report_is_of_the_reports_day():
    inner = {"resourceType": "Observation", "id": "a", "code": {"text": "Glucose"}, "valueString": "5"}
    dated = inner | {"id": "b", "effectiveDateTime": "2024-01-02"}
    told = {"code": {"text": "Panel"}, "effectiveDateTime": "2024-01-03", "contained": [inner, dated]}
    reading = bundle({"resource": {"resourceType": "DiagnosticReport", "subject": ADA, **told}})
    assert [one.entry.happened.text for one in reading.drafts] == ["2024-01-03", "2024-01-03", "2024-01-02"]


@pytest.mark.parametrize("reference", ["RelatedPerson/father", "Patient/twin", "https://a.example/fhir/Patient/twin"])
def test_a_result_of_somebody_else_is_left_out_by_name(reference):
    result, reasons = glucose(focus=[{"reference": reference}], **quantity(5))
    assert result is None
    assert reasons == ["It is about somebody else than the person whose record this is."]


def test_a_result_about_the_person_or_a_part_of_them_is_theirs():
    assert glucose(focus=[ADA], **quantity(5))[0].value == 5
    assert glucose(focus=[{"display": "fetus"}], **quantity(5))[0].text("note") == "About: fetus"


@pytest.mark.parametrize(("over", "status"), [(True, "resolved"), (False, "")])
def test_an_illness_that_is_over_without_a_day_is_over(over, status):
    illness, _ = read_one("Condition", code={"text": "Gout"}, abatementBoolean=over)
    assert (illness.status, illness.ended, illness.text("end_text")) == (status, None, "")
