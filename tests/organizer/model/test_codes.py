"""A code is one of a system: the same by any name of its system, never the same as another system's."""

import pytest

from organizer.model.codes import (
    LOINC,
    Code,
    MeasureKey,
    canonical_system,
    is_loinc_code,
    measure_key,
    measured_code,
    measured_loinc,
    parsed,
    shown_code,
    system_named,
)


@pytest.mark.parametrize(
    "system",
    [
        "http://loinc.org", "https://loinc.org/", "HTTP://LOINC.ORG", "http://loinc.org|2.77",
        "urn:oid:2.16.840.1.113883.6.1", "2.16.840.1.113883.6.1", " http://loinc.org ", "LOINC",
    ],
)  # fmt: skip
def test_a_system_is_the_same_by_any_of_its_names(system):
    assert Code(system, "2345-7") == Code("http://loinc.org", "2345-7")
    assert Code(system, "2345-7").key == "http://loinc.org|2345-7"


def test_one_code_of_two_systems_or_of_none_is_not_one():
    keys = {Code(system, "1001").key for system in ("urn:oid:1.2.3", "urn:oid:9.9.9", "", "http://loinc.org")}
    assert len(keys) == 4


@pytest.mark.parametrize(
    "system",
    [
        "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90",
        "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://fhir.de/CodeSystem/dimdi/icd-10-gm",
        "urn:oid:1.2.246.537.6.1", "urn:oid:2.16.578.1.12.4.1.1.7110", "1.2.752.116.1.1.1.1.3",
        "http://hl7.org/fhir/sid/icd-10-nl", "https://example.org/CodeSystem/cie-10-es", "urn:clinic:ICD10:2024",
    ],
)  # fmt: skip
def test_every_edition_of_icd10_is_icd10(system):
    assert Code(system, "C50.9").icd10 == "C509"
    assert Code(system, "c50.9").icd10 == "C509"


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("", "C50.9"),  # no system
        ("urn:oid:2.16.840.1.113883.6.86", "C0011849"),  # UMLS: diabetes
        ("urn:lab", "COPD"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "COPD"),  # no code of ICD-10
        ("http://hl7.org/fhir/sid/icd-10-pcs", "C05"),  # procedures
        ("http://www.cms.gov/Medicare/Coding/ICD10", "D01"),
        ("http://hl7.org/fhir/sid/icd-9-cm", "174.9"),
        ("http://hl7.org/fhir/sid/icd-11", "2C6Z"),
        ("http://example.org/icd-100", "C50"),
    ],
)
def test_what_is_no_icd10_is_never_taken_for_it(system, code):
    assert Code(system, code).icd10 == ""


def test_marks_and_dots_of_a_classification_are_no_part_of_the_code():
    german = "http://fhir.de/CodeSystem/bfarm/icd-10-gm"
    assert Code(german, "E10.30†") == Code(german, "E1030") == Code(german, "e10.30+")
    assert Code("urn:lab", "a.1") != Code("urn:lab", "A1")


def test_an_edition_of_snomed_ct_is_snomed_ct():
    assert canonical_system("http://snomed.info/sct/731000124108/version/20240301") == "http://snomed.info/sct"


def test_a_system_is_known_by_its_name_with_or_without_a_year():
    assert system_named("icd10gm2015") == system_named("ICD-10-GM") == "http://fhir.de/CodeSystem/bfarm/icd-10-gm"
    assert system_named("house codes") == ""


def test_a_measure_is_known_by_its_loinc_code_wherever_that_stands():
    local, oid = Code("urn:lab", "77"), Code("urn:oid:2.16.840.1.113883.6.1", "2951-2")
    assert measure_key([local, oid], "Sodium") == measure_key([oid], "Natrium") == "http://loinc.org|2951-2"
    assert measure_key([Code("", "1"), local], "Sodium") == "urn:lab|77"
    assert measure_key([], "Sodium") == "title:Sodium"


def test_a_code_of_no_system_is_told_apart_by_its_title():
    hemoglobin, antibody = (measure_key([Code("", "HB")], title) for title in ("Hemoglobin", "Hepatitis B antibody"))
    assert hemoglobin != antibody
    assert measured_code(hemoglobin) == Code("", "HB")
    assert shown_code(hemoglobin) == shown_code(antibody) == "HB"


def test_the_code_within_a_key_is_loinc_only_where_its_system_is():
    assert measured_loinc(MeasureKey("http://loinc.org|2345-7")) == "2345-7"
    assert measured_loinc(MeasureKey("urn:lab|2345-7")) == ""
    assert measured_loinc(MeasureKey("|2345-7|Glucose")) == ""
    assert measured_loinc(MeasureKey("title:2345-7")) == ""


@pytest.mark.parametrize(
    ("typed", "system", "code"),
    [
        ("LOINC 4548-4", LOINC, "4548-4"),
        ("4548-4", LOINC, "4548-4"),
        ("4548-5", "", "4548-5"),
        ("1001", "", "1001"),
        ("urn:oid:1.2.3|1001", "urn:oid:1.2.3", "1001"),
        ("|1001", "", "1001"),
        ("ICD-10 C50.9", "http://hl7.org/fhir/sid/icd-10", "C50.9"),
        ("", "", ""),
    ],
)
def test_a_typed_code_is_loinc_only_where_it_says_so_or_its_check_digit_fits(typed, system, code):
    assert parsed(typed) == (system, code)


def test_the_check_digit_of_loinc():
    assert all(map(is_loinc_code, ("2345-7", "4548-4", "85354-9", "718-7", "29463-7")))
    assert not any(map(is_loinc_code, ("29463-8", "2345-8", "2345", "A345-7", "-7", "")))
