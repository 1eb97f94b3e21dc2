"""A signed page stands for data that say the same, and only where it says all of it."""

from dataclasses import replace

import pytest

from organizer.packet.contents.section import Context
from organizer.packet.contents.signed import SignedPage, says, squeezed
from organizer.packet.facts import Ledger, Place
from tests.organizer.packet.people import APlan, almost_empty, entry, plan_of

LETTER = """Clinic letter of 12 November 2026
Result 12 Mar 2026 9 Nov 2026 Range
Creatinine 1.02 mg/dL 0.94 mg/dL 0.50–1.10
Prednisone 7.5 mg once a day until review
Lupus nephritis, ISN/RPS class III (A). Activity
index 6/24."""
PAGE = SignedPage(Place(1, 1), tuple(line.casefold() for line in LETTER.splitlines()), squeezed(LETTER))


def creatinine(text, day):
    return entry("Observation", "Creatinine", day, "bundle:1", value=float(text), value_text=text, unit="mg/dL")


def test_a_result_needs_its_name_its_digits_and_its_day():
    assert says(PAGE, creatinine("0.94", "2026-11-09"))
    assert says(PAGE, creatinine("1.02", "2026-03-12"))
    assert not says(PAGE, creatinine("0.9", "2026-11-09"))
    assert not says(PAGE, creatinine("0.94", "2026-11-10"))
    assert not says(PAGE, creatinine("0.94", "2026-11"))
    assert not says(PAGE, replace(creatinine("0.94", "2026-11-09"), title="Urea"))


def test_a_medicine_needs_all_numbers_of_its_dose():
    assert says(PAGE, entry("MedicationStatement", "Prednisone", "2026-08-20", "bundle:1", dose="7.5 mg"))
    assert not says(PAGE, entry("MedicationStatement", "Prednisone", "2026-08-20", "bundle:1", dose="5 mg"))
    assert not says(PAGE, entry("MedicationStatement", "Prednisone", "2026-08-20", "bundle:1"))


def test_a_quote_is_found_over_the_end_of_a_line_and_a_word_alone_proves_nothing():
    quote = "Lupus nephritis, ISN/RPS class III (A). Activity index 6/24."
    assert says(PAGE, entry("DiagnosticReport", "Biopsy", "2026-03-12", "bundle:1", conclusion=quote))
    assert not says(PAGE, entry("DiagnosticReport", "Biopsy", "2026-03-12", "bundle:1", conclusion="Lupus nephritis"))


@pytest.mark.parametrize(("file_name", "cited"), [("bundle.json", 1), ("bundle.pdf", 2)])
def test_data_give_way_to_a_letter_and_another_page_does_not(file_name, cited):
    plan = plan_of(("letter", "Letter", "Dr Lindqvist", "2026-11-12"), ("bundle", "Export", "", ""))
    plan = APlan((plan.exhibits[0], replace(plan.exhibits[1], file_name=file_name)), plan.numbers)
    letter = entry("DocumentReference", "Letter", "2026-11-12", "letter:1", page_texts=["First page", LETTER])
    result = creatinine("0.94", "2026-11-09")
    packet = almost_empty()
    context = Context(replace(packet, entries=(*packet.entries, letter, result)), plan, Ledger())
    place = context.place(result)
    assert place is not None
    assert (place.exhibit, place.page) == ((1, 2) if cited == 1 else (2, 1))


def test_a_result_in_words_needs_its_name_its_words_and_its_day():
    page = "Collected 05/05/2026\nANA titre 1:640 speckled\nBlood culture no growth"
    signed = SignedPage(Place(1, 1), tuple(line.casefold() for line in page.splitlines()), squeezed(page))
    titre = entry("Observation", "ANA titre", "2026-05-05", "bundle:1", value_text="1:640")
    assert says(signed, titre)
    assert not says(signed, replace(titre, value_text="1:320"))
    assert not says(signed, replace(titre, title="ENA titre"))
    assert not says(signed, entry("Observation", "ANA titre", "2026-06-05", "bundle:1", value_text="1:640"))


REPORT = "Hill Laboratory\nCollected 9 Nov 2026\nCreatinine 0.94 mg/dL 0.50–1.10\nSodium 140 mmol/L\nALT 20 U/L"


@pytest.mark.parametrize("order", [("letter", "report"), ("report", "letter")])
def test_a_laboratorys_own_page_goes_before_a_letter_that_repeats_a_result(order):
    prose = "Clinic letter\nThe kidneys have recovered well: creatinine was 0.94 mg/dL on 9 Nov 2026."
    texts = {"letter": prose, "report": REPORT}
    plan = plan_of(*((name, name, "", "") for name in order), ("bundle", "Export", "", ""))
    plan = APlan((*plan.exhibits[:2], replace(plan.exhibits[2], file_name="bundle.json")), plan.numbers)
    documents = [entry("DocumentReference", name, "", f"{name}:1", page_texts=[texts[name]]) for name in order]
    result = creatinine("0.94", "2026-11-09")
    packet = almost_empty()
    context = Context(replace(packet, entries=(*packet.entries, *documents, result)), plan, Ledger())
    place = context.place(result)
    assert place is not None
    assert place.exhibit == 1 + order.index("report")
