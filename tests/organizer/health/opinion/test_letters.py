"""Letters are filled from the record, name the law of their place, state no purpose, and accuse nobody."""

import re

import pytest

from organizer.base.errors import OrganizerError
from organizer.health.opinion.letter_facts import LetterFacts, who
from organizer.health.opinion.letters import LETTERS, VARIANTS, write_letter
from tests.organizer.health.opinion.made import TODAY, a_case, entry

ANN = entry(
    "Patient", "Ann Example", birth_date="1960-02-01", other_names=["Ann Maiden"], record_numbers=["R-7"], phone="555",
    address="1 Lane\nTown",
)  # fmt: skip
CLINIC = entry("Organization", "North Clinic", address="8 Mill Road", records_department="Records, fax 9")
CASE = a_case(
    "Case", "2026-12-03", why="Is it asthma?", specialist="Dr Osei", place="Lakeshore",
    decide_by="2027-01-15",
)  # fmt: skip


def letter(kind, **more):
    facts = {"person": ANN, "to": "North Clinic", "recipient": CLINIC, "case": CASE, "as_of": TODAY} | more
    return write_letter(kind, LetterFacts(**facts))


@pytest.mark.parametrize("template", LETTERS, ids=lambda one: one.id)
@pytest.mark.parametrize("variant", VARIANTS)
def test_each_letter_is_whole_signed_and_thanks(template, variant):
    made = letter(template.id, variant=variant)
    assert "hank" in made.body or template.id == "authorization"
    assert made.closing == "Ann Example"
    assert made.day == ("3 Dec 2026" if template.id == "thank-you" else "24 Nov 2026")  # thanks follow the visit
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
    assert "I need what was written from 1 Jan 2026 to Mar 2026." in made.body
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


MIA = entry(
    "Patient", "Mia Calder", birth_date="2017-05-04", address="2 Elm Road\nDayton", phone="555-0401",
    kept_by="caregiver", keeper="Joan Calder", relation="mother",
)  # fmt: skip
ME = re.compile(r"\b(looking after me|my (own )?(records|data|biopsy|illness|treating|questions|own personal))\b")


@pytest.mark.parametrize("template", LETTERS, ids=lambda one: one.id)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("part", ["", "parent", "guardian", "carer"])
def test_who_writes_for_somebody_never_speaks_as_the_patient(template, variant, part):
    made = letter(template.id, variant=variant, person=MIA.having(data={**MIA.data, "keeper_part": part}))
    assert not ME.search(f"{made.subject}\n{made.body}"), made.body
    assert "Mia Calder" in made.body or template.id == "fax-cover"  # a cover lies open in a tray
    if template.id == "fax-cover":
        assert "Mia" not in made.sender + made.closing
        return
    assert made.sender.splitlines()[:2] == ["Joan Calder", "for Mia Calder"]
    assert made.sender.splitlines()[-1] == "555-0401"
    right = {"guardian": ", legal guardian", "carer": ", representative"}.get(part, "")
    assert made.closing == f"Joan Calder, for Mia Calder (mother{right})"
    assert "{" not in made.body + made.subject + made.sender


@pytest.mark.parametrize(
    ("variant", "law", "parent", "elsewhere"),
    [
        ("us", "45 CFR 164.524", "personal representative of Mia Calder (45 CFR 164.502(g))", ("GDPR", "Ontario")),
        ("eu", "General Data Protection Regulation", "parental responsibility", ("personal representative", "CFR")),
        ("uk", "UK GDPR and the Data Protection Act", "parental responsibility", ("personal representative", "CFR")),
        ("ca", "Personal Health Information Protection Act", "substitute decision-maker", ("GDPR", "CFR")),
    ],
)
def test_each_country_has_its_law_its_word_for_the_relation_and_its_proof(variant, law, parent, elsewhere):
    made = letter("records-request", variant=variant, person=MIA)
    assert law in made.body
    assert parent in made.body
    assert "birth certificate" in made.body
    assert [word for word in elsewhere if word in made.body] == []


@pytest.mark.parametrize(
    ("part", "words"),
    [("guardian", "order that appoints me"), ("carer", "power of attorney"), ("", "which proof you need")],
)
def test_who_acts_for_an_adult_encloses_what_proves_it_and_asks_where_nothing_is_said(part, words):
    data = {**ANN.data, "kept_by": "caregiver", "keeper": "Ben", "relation": "son", "keeper_part": part}
    made = letter("records-request", person=ANN.having(data=data))
    assert words in made.body
    assert ("enclosed" in made.body) is bool(part)
    assert bool([lack for lack in made.missing if "by which right" in lack]) is not bool(part)


def test_a_child_writes_no_letter_and_who_does_is_asked():
    nobody = {name: text for name, text in MIA.data.items() if name not in ("kept_by", "keeper", "relation")}
    made = letter("thank-you", person=MIA.having(data=nobody))
    assert made.closing == "for Mia Calder"
    assert "It isn’t recorded who writes for Mia Calder." in made.missing
    assert "my questions" not in made.body


@pytest.mark.parametrize(("birth_date", "child"), [("2008-11-25", True), ("2008-11-24", False), ("2008", False)])
def test_somebody_is_a_child_until_the_eighteenth_birthday(birth_date, child):
    person = MIA.having(data={**MIA.data, "birth_date": birth_date})
    made = letter("records-request", person=person, variant="uk")
    assert ("parental responsibility" in made.body) is child


def test_a_letter_says_what_it_lacks_before_it_goes_and_names_no_address_that_isn_t_there():
    bare = ANN.having(data={"title": "Ann Example"})
    made = letter("records-request", person=bare)
    assert len(made.missing) == 2
    assert "birth date" in made.missing[0]
    assert "above" not in made.body
    assert "sender of this letter" not in made.body
    assert letter("records-request").missing == ()


def test_a_clinic_is_not_told_that_it_knows_the_illness_best():
    made = letter("referral-request")
    assert made.body.startswith("Dear colleagues at North Clinic,")
    assert "best" not in made.body


def test_an_unknown_letter_is_refused_with_those_there_are():
    with pytest.raises(OrganizerError, match="thank-you"):
        letter("love-letter")


OSEI = entry("Practitioner", "Dr Osei", address="1 Lake Street\nLakeshore, OH 44040", fax="555-0999")


@pytest.mark.parametrize(
    ("variant", "right", "limit", "elsewhere"),
    [
        ("us", "45 CFR 164.524(c)(3)(ii)", "Ciox Health v. Azar", ("GDPR", "Regulation", "Ontario")),
        ("eu", "Article 15(3)", "Where you can’t send them directly", ("CFR", "Ontario", "UK GDPR")),
        ("uk", "Article 15 of the UK GDPR", "technically feasible", ("CFR", "Ontario")),
        ("ca", "Personal Health Information Protection Act", "Where you can’t send it directly", ("CFR", "GDPR")),
    ],
)
def test_records_are_sent_to_the_second_doctor_by_the_right_that_holds_there_with_its_limits(
    variant, right, limit, elsewhere
):
    for person in (ANN, MIA):
        made = letter("transfer-request", variant=variant, second=OSEI, person=person)
        assert "Dr Osei, Lakeshore\n1 Lake Street\nLakeshore, OH 44040\nFax: 555-0999" in made.body
        assert right in made.body
        assert limit in made.body
        assert not [word for word in elsewhere if word in made.body]


def test_an_authorization_holds_each_element_of_the_rule():
    made = letter("authorization", second=OSEI, asked=("pathology reports",))
    for element in (
        "Whose records: Ann Example", "Who may disclose them: North Clinic", "To whom:\nDr Osei", "– pathology reports",
        "at the request of the individual", "one year after the signature", "revoked in writing",
        "do not depend on signing", "disclosed again", "Date of the signature", "42 CFR Part 2",
    ):  # fmt: skip
        assert element in made.body
    signed_for = letter("authorization", second=OSEI, person=MIA)
    assert "By which right this is signed: As a parent I am the personal representative" in signed_for.body
    assert "Consent to send" in letter("authorization", variant="eu").subject


def test_whom_it_shall_go_to_is_said_to_be_lacking_before_it_goes():
    assert "No address, fax or e-mail of the second doctor" in "".join(letter("transfer-request").missing)
    nobody = letter("authorization", case=a_case("Case"))
    assert "names no second doctor" in "".join(nobody.missing)
    assert "____" in nobody.body
    assert not any("second doctor" in lack for lack in letter("transfer-request", second=OSEI).missing)


def test_the_cover_of_a_fax_names_neither_the_person_nor_an_illness():
    made = letter("fax-cover", person=MIA, case=a_case("Case", why="Which medicine for her epilepsy?"))
    assert "Mia" not in f"{made.sender}\n{made.subject}\n{made.body}\n{made.closing}"
    assert "epilepsy" not in made.body


def test_a_record_number_that_two_identifiers_give_is_written_once():
    person = entry("Patient", "Rosa Delgado", record_numbers=["77", "Medical Record Number: 77", "NG-8"])
    assert who(person) == "Rosa Delgado, record number Medical Record Number: 77, NG-8"


def kept_for(born, part, **more):
    return MIA.having(data={**MIA.data, "birth_date": born, "keeper_part": part, **more})


def test_a_parent_of_an_adult_has_no_right_by_that():
    grown, child = kept_for("2008-11-24", "parent"), kept_for("2008-11-25", "parent")
    assert "As a parent I am the personal representative" in letter("records-request", person=child).body
    made = letter("records-request", person=grown)
    assert "Please tell me which proof you need" in made.body
    assert "parent" not in made.body
    assert any("by which right Joan Calder writes" in line for line in made.missing)


def test_a_young_person_s_own_say_is_named_before_the_letter_goes():
    asked = "to sign too"
    assert not any(asked in line for line in letter("records-request", person=kept_for("2014-11-25", "parent")).missing)
    assert any(asked in line for line in letter("records-request", person=kept_for("2014-11-24", "parent")).missing)
    # In Ontario a parent decides below sixteen only.
    below = letter("records-request", person=kept_for("2010-11-25", "parent"), variant="ca").body
    above = letter("records-request", person=kept_for("2010-11-24", "parent"), variant="ca").body
    assert "I am the substitute decision-maker" in below
    assert "substitute decision-maker" not in above
    assert "If Mia Calder has to sign too, please tell me." in above


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("kind", ["records-request", "transfer-request"])
def test_after_a_death_no_right_of_the_living_is_claimed(kind, variant):
    late = kept_for("1944-02-01", "carer", deceased="2026-10-01")
    made = letter(kind, person=late, variant=variant)
    assert "who has died. Please tell me which rule holds" in made.body
    assert not re.search(
        r"GDPR|General Data|164\.524|Act, 2004|entitled to act|representative of Mia Calder \(", made.body
    )
    assert any("has died" in line for line in made.missing)


def test_a_letter_of_thanks_bears_no_day_before_the_visit_that_it_thanks_for():
    for happened, day, said in (
        ("2026-12-15", "15 Dec 2026", "Thank you for your time on 15 Dec 2026"),
        ("2026-11-24", "24 Nov 2026", "Thank you for your time on 24 Nov 2026"),
        ("2026-11-02", "24 Nov 2026", "Thank you for your time on 2 Nov 2026"),
        ("2026-12", "", "Thank you for your time, and"),
        ("", "24 Nov 2026", "Thank you for your time, and"),
    ):
        written = letter("thank-you", case=a_case("Case", happened, specialist="Dr Osei"))
        assert written.day == day
        assert said in written.body
        assert any("still to come" in line for line in written.missing) is (happened > "2026-11-24")


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ("mother", "I am the mother of Mia, and write on behalf of Mia."),
        ("Mutter", "I am the mother of Mia, and write on behalf of Mia."),
        ("padre", "I am the father of Mia, and write on behalf of Mia."),
        ("parent", "I am a parent of Mia, and write on behalf of Mia."),
    ],
)
def test_a_parent_is_called_as_the_record_calls_them(relation, words):
    mia = entry(
        "Patient", "Mia", birth_date="2017-05-04", kept_by="caregiver", keeper="Joan", relation=relation
    )  # fmt: skip
    assert words in letter("records-request", person=mia).body
