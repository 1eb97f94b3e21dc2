"""Codes and words that state absence: none known, not asked, and never a fact."""

import pytest

from organizer.health.absence import Says, absence_in, absence_of
from organizer.model.entry import Coding, Entry

SNOMED = "http://snomed.info/sct"


@pytest.mark.parametrize(
    "words",
    [
        "NKDA", "NKA", "No Known Allergies", "no known drug allergies", "No known allergies (situation)",
        "Denies known drug allergies", "None", "No known food allergies.", "Keine Allergien bekannt",
        "No known allergies on file", "NKDA – No Known Drug Allergies", "No Known Allergies (NKA)", "NKDA, NKFA",
        "Sin alergias conocidas", "Aucune allergie connue", "Pas d’allergies connues", "No Known Medication Allergies",
    ],
)  # fmt: skip
def test_words_that_say_none_known_of_allergies(words):
    found = absence_in("AllergyIntolerance", (), words)
    assert found is not None
    assert found.says is Says.NONE_KNOWN


@pytest.mark.parametrize(
    "words",
    [
        "Not on File",
        "Patient not asked",
        "Allergies not on file",
        "No information available",
        "Unknown",
        "No allergies on file",
    ],
)
def test_words_that_say_that_nobody_asked(words):
    found = absence_in("AllergyIntolerance", (), words)
    assert found is not None
    assert found.says is Says.NOT_ASKED


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("AllergyIntolerance", "Penicillin"),
        ("AllergyIntolerance", "Nonoxynol"),
        ("AllergyIntolerance", "Allergies recorded"),
        ("AllergyIntolerance", "No known drug allergies, Latex"),
        ("AllergyIntolerance", "No known problems"),
        ("Condition", "No known allergies"),
        ("Condition", "Unknown primary carcinoma"),
        ("Condition", "Drug allergy"),
        ("MedicationStatement", "Nonsteroidal anti-inflammatory"),
    ],
)
def test_what_names_something_states_no_absence(kind, words):
    assert absence_in(kind, (), words) is None


@pytest.mark.parametrize(
    ("kind", "code", "says", "scope"),
    [
        ("AllergyIntolerance", "716186003", "none-known", "all"),
        ("AllergyIntolerance", "160244002", "none-known", "all"),
        ("AllergyIntolerance", "409137002", "none-known", "drug"),
        ("AllergyIntolerance", "428607008", "none-known", "environment"),
        ("AllergyIntolerance", "1631000175102", "not-asked", "all"),
        ("Condition", "160245001", "none-known", "all"),
        ("MedicationStatement", "787481004", "none-known", "all"),
    ],
)
def test_codes_that_state_absence(kind, code, says, scope):
    found = absence_in(kind, (Coding("urn:oid:2.16.840.1.113883.6.96", code),), "whatever")
    assert found is not None
    assert (found.says, found.scope) == (says, scope)


def test_a_drug_of_that_code_number_in_another_system_is_a_drug():
    rxnorm = Coding("http://www.nlm.nih.gov/research/umls/rxnorm", "160244002")
    assert absence_in("AllergyIntolerance", (rxnorm,), "None") is None


def test_what_denies_one_substance_says_nothing_of_others():
    latex = Entry(
        "AllergyIntolerance", "No known allergy to Latex", codes=(Coding(SNOMED, "111088007"),),
        data={"none_known": True},
    )  # fmt: skip
    absence = absence_of(latex)
    assert absence is not None
    assert absence.scope == "other"


@pytest.mark.parametrize(
    "words",
    ["No current outpatient medications", "No Known Medications", "Patient is on no medications", "No medicines"],
)
def test_words_that_say_that_nothing_is_taken(words):
    found = absence_in("MedicationStatement", (), words)
    assert found is not None
    assert found.says is Says.NONE_KNOWN


def test_what_is_said_of_all_goes_before_what_is_said_of_drugs():
    found = absence_in("AllergyIntolerance", (), "NKDA; No known allergies")
    assert found is not None
    assert found.scope == "all"
