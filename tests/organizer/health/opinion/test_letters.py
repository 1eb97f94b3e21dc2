"""Letters are filled from the record, name the law of their place, state no purpose, and accuse nobody."""

import pytest

from organizer.base.errors import OrganizerError
from organizer.health.opinion.letters import LETTERS, VARIANTS, LetterFacts, write_letter
from tests.organizer.health.opinion.made import TODAY, entry

ANN = entry(
    "Patient", "Ann Example", birth_date="1960-02-01", other_names=["Ann Maiden"], record_numbers=["R-7"], phone="555",
    address="1 Lane\nTown",
)  # fmt: skip
CLINIC = entry("Organization", "North Clinic", address="8 Mill Road", records_department="Records, fax 9")
CASE = entry(
    "OpinionCase", "Case", "2026-12-03", why="Is it asthma?", specialist="Dr Osei", place="Lakeshore",
    decide_by="2027-01-15",
)  # fmt: skip


def letter(kind, **more):
    facts = {"person": ANN, "to": "North Clinic", "recipient": CLINIC, "case": CASE, "as_of": TODAY} | more
    return write_letter(kind, LetterFacts(**facts))


@pytest.mark.parametrize("template", LETTERS, ids=lambda one: one.id)
@pytest.mark.parametrize("variant", VARIANTS)
def test_each_letter_is_whole_signed_and_thanks(template, variant):
    made = letter(template.id, variant=variant)
    assert "hank" in made.body
    assert made.closing == "Ann Example"
    assert made.day == "24 Nov 2026"
    assert "{" not in made.body + made.subject + made.address


def test_a_records_request_says_who_what_how_and_by_which_right():
    made = letter("records-request")
    for words in (
        "Ann Maiden",
        "1 Feb 1960",
        "R-7",
        "DICOM",
        "45 CFR 164.524",
        "not an authorization",
        "30 days",
        "cost",
    ):
        assert words in made.body
    assert made.address == "North Clinic\nRecords, fax 9\n8 Mill Road"
    assert "second opinion" not in made.body.casefold()  # no purpose is stated


def test_the_european_request_names_its_own_law():
    made = letter("records-request", variant="eu")
    for words in ("Article 15", "one month", "first copy free"):
        assert words in made.body
    assert "45 CFR" not in made.body


def test_only_what_is_asked_for_is_listed_with_its_period():
    made = letter("records-request", asked=("pathology reports",), since="1 Jan 2026", until="Mar 2026")
    assert "– pathology reports" in made.body
    assert "from 1 Jan 2026 to Mar 2026" in made.body
    assert "billing" not in made.body


def test_slides_are_asked_for_by_their_case_number():
    report = entry("DiagnosticReport", "Biopsy", "2026-03-12", category="pathology", case_number="S26-1")
    made = letter("slides-request", pathology=(report,))
    assert "Biopsy, case S26-1, 12 Mar 2026" in made.body
    assert "Dr Osei, Lakeshore" in made.body


def test_the_referral_request_keeps_the_doctor():
    made = letter("referral-request", to="Dr Ash")
    for words in ("Dear Dr Ash", "Is it asthma?", "Dr Osei", "15 Jan 2027"):
        assert words in made.body


def test_who_cares_for_somebody_signs_for_them():
    cared = ANN.having(data={**ANN.data, "kept_by": "caregiver", "keeper": "Ben", "relation": "son"})
    made = letter("records-request", person=cared)
    assert made.closing == "Ben, for Ann Example (son)"
    assert "personal representative" in made.body


def test_an_unknown_letter_is_refused_with_those_there_are():
    with pytest.raises(OrganizerError, match="thank-you"):
        letter("love-letter")
