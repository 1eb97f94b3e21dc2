"""Titles in plain words: no class, no property, no bare code; brands, methods and everybody's own words stay."""

import pytest

from organizer.health.titles import plain_measure, plain_title
from organizer.model.codes import MeasureKey
from organizer.model.entry import Coding, Entry

LOINC, SNOMED, ICD = "http://loinc.org", "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm"


@pytest.mark.parametrize(
    ("kind", "title", "plain"),
    [
        ("Condition", "Diabetes mellitus type 2 (disorder)", "Diabetes mellitus type 2"),
        ("Condition", "Body mass index 30+ - obesity (finding)", "Body mass index 30+ - obesity"),
        ("Condition", "Angina (stable)", "Angina (stable)"),
        ("Procedure", "Throat culture (procedure)", "Throat culture"),
        ("Observation", "Hemoglobin [Mass/volume] in Blood", "Hemoglobin in Blood"),
        ("Observation", "Leukocytes [#/\u200bvolume] in Blood by Manual count", "Leukocytes in Blood by Manual count"),
        ("Observation", "Leukocytes [#/volume] in Blood by Automated count", "Leukocytes in Blood"),
        ("Observation", "Body mass index (BMI) [Ratio]", "Body mass index (BMI)"),
        ("Observation", "Pain severity - 0-10 [Score] - Reported", "Pain severity - 0-10 - Reported"),
        ("Goal", "Glucose [Mass/volume] in Blood < 108", "Glucose in Blood < 108"),
        ("Observation", "[Mass/volume]", "[Mass/volume]"),
        ("Observation", "Reflex [see note]", "Reflex [see note]"),
        ("MedicationStatement", "albuterol 0.09 MG/ACTUAT [Proventil]", "albuterol 0.09 MG/ACTUAT [Proventil]"),
        ("ImagingStudy", "e+1", "Images"),
        ("ImagingStudy", "CT", "CT"),
        ("Observation", "K", "K"),
    ],
)
def test_a_title_in_plain_words(kind, title, plain):
    assert plain_title(Entry(kind, title)) == plain


@pytest.mark.parametrize(
    ("kind", "system", "code", "plain"),
    [
        ("Observation", LOINC, "2345-7", "Glucose"),
        ("Observation", LOINC, "718-7", "Haemoglobin"),
        ("Observation", LOINC, "99999-1", "Test result without a name (code LOINC 99999-1)"),
        ("Condition", ICD, "E11.9", "Diagnosis without a name (code ICD-10 E11.9)"),
        ("Condition", SNOMED, "195967001", "Diagnosis without a name (code SNOMED CT 195967001)"),
        ("Observation", "urn:oid:1.2.3.4", "10012", "Test result without a name (code 10012)"),
        # A laboratory's own code may be the name that everybody knows.
        ("Observation", "urn:oid:1.2.3.4", "B12", "B12"),
        ("Observation", "", "HGB", "HGB"),
    ],
)
def test_a_bare_code_is_named_or_said_to_have_no_name(kind, system, code, plain):
    assert plain_title(Entry(kind, code, codes=(Coding(system, code),))) == plain


def test_a_code_that_the_title_is_not_changes_nothing():
    entry = Entry("Condition", "Asthma", codes=(Coding(SNOMED, "195967001"),))
    assert plain_title(entry) == "Asthma"


def test_a_measure_is_called_as_its_results_are():
    key = MeasureKey(f"{LOINC}|2345-7")
    assert plain_measure("Glucose [Mass/volume] in Blood", key) == "Glucose in Blood"
    assert plain_measure("2345-7", key) == "Glucose"
    assert plain_measure("Pain", MeasureKey("title:Pain")) == "Pain"
