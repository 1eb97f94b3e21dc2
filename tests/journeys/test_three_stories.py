"""Three people in one record go the whole way in the real window by keys: a breast cancer with an operation in days,
an illness of the nerves unclear for years, a child whose mother writes. Their papers are read as PDF."""

import pytest
from PySide6.QtWidgets import QCheckBox

from organizer.services.entries import entries, typed
from organizer.services.opinion import letters, sheets, timetable
from tests.pdf_text import pdf_line

STORIES = "tests/data/journey/three-stories.jsonl"
PEOPLE = {
    "Nora Whitfield": {"birth_date": "1971-03-05", "sex": "female", "address": "3 Hill Lane\nBrookfield, OH 44001"},
    "Tomas Brandt": {"birth_date": "1980-02-02", "sex": "male", "address": "Am Ring 1\n50667 Köln\nGermany"},
    "Mia Calder": {
        "birth_date": "2017-05-04", "sex": "female", "address": "2 Elm Road\nDayton, OH 45402", "phone": "555-0401",
        "kept_by": "caregiver", "keeper": "Joan Calder", "relation": "mother",
    },
}  # fmt: skip


@pytest.fixture
def stories(hands, checkout):
    """The record of all three, typed in before."""
    record = hands.record
    ids = {name: entries.add(record, "Patient", "", {"title": name} | more).entries[0] for name, more in PEOPLE.items()}
    for line in (checkout / STORIES).read_text("utf-8").splitlines():
        entry = typed.read_line(record, line)
        if entry.kind not in ("OpinionCase", "TreatmentOption", "Question"):
            typed.write(record, "Written down", [entry])
    return ids


def take_up(hands, person):
    hands.window.desk.choose_person(person)
    hands.wait()
    hands.show("opinion")
    hands.go("Case")
    hands.press("Begin a case")


def fill(hands, specialist, appointment, decide_by, why):
    question, by = ("Why I’m here", "I must decide by") if why[0] else ("Why Mia Calder is here", "To be decided by")
    hands.write(f"{question}, in one sentence", why[1])
    hands.write("Specialist", specialist)
    hands.write("Appointment", appointment)
    if decide_by:
        hands.write(by, decide_by)
    hands.go("Gather")


def decide(hands, option, goal):
    """From an option to a plan by keys."""
    hands.go("Options")
    hands.write("Name of the option", option, enter=True)
    hands.go("After")
    hands.choose("The option", option)
    hands.write("Goal", goal)
    hands.write("Review by", "1 June 2027")
    hands.press("Make it the plan" if hands.window.desk.context.person_entry.text("keeper") else "Make it my plan")
    assert hands.page.id == "treatments"
    assert [one.title for one in hands.found("CarePlan")] == [option]


def test_an_operation_in_days_and_two_hospitals(hands, stories):
    take_up(hands, stories["Nora Whitfield"])
    fill(hands, "Dr Lind", "15 Dec 2026 10:30", "2026-12-18", (True, "Is there another way than a mastectomy?"))
    (case,) = hands.found("OpinionCase")
    assert case.happened.text == "2026-12-15T10:30:00"
    said = hands.words()
    assert "Mammogram and breast ultrasound: discs and reports" in said
    assert "Radiation summary" in said
    assert "Spinal fluid" not in said
    assert "Birth and early development" not in said

    hands.press("Ask for slides and blocks")
    ticks = {box.text(): box.isChecked() for box in hands.where().findChildren(QCheckBox)}
    assert [on for words, on in ticks.items() if words.startswith("Surgical pathology")] == [True]
    assert [on for words, on in ticks.items() if words.startswith("Pap smear")] == [False]
    text = hands.where().text.toPlainText()
    assert "S26-10442" in text
    assert "G21-0091" not in text
    hands.press("Cancel")
    again = letters.ask_again(hands.record, case.id)
    assert again <= timetable.needed_by(hands.record, letters.cases.case_of(hands.record, case.id))

    hands.go("Case")
    hands.press("Ask another specialist the same")
    assert len(hands.found("OpinionCase")) == 2
    decide(hands, "Keep the breast, with radiation", "No tumour left")


def test_an_unclear_illness_is_asked_about_abroad_and_at_home(hands, stories):
    take_up(hands, stories["Tomas Brandt"])
    fill(hands, "Dr Ines Koval", "", "", (True, "What is it?"))
    said = hands.words()
    assert "Earliest and latest MRI" in said
    assert "Mammogram" not in said
    (case,) = hands.found("OpinionCase")
    written = letters.draft(hands.record, hands.person, letters.LetterWish("records-request", "Dr Paul Ames"), case.id)
    assert "General Data Protection Regulation" in written.body
    assert "CFR" not in written.body
    decide(hands, "Wait and repeat the MRI", "Know what it is")


def test_a_mother_goes_the_way_for_her_child(hands, stories):
    take_up(hands, stories["Mia Calder"])
    fill(hands, "Dr Sun", "15 Jan 2027", "", (False, "Why do the seizures go on?"))
    said = hands.words()
    for words in ("Seizure diary", "Video of a seizure", "Birth and early development", "proof of the right to decide"):
        assert words in said
    for words in ("Spinal fluid", "Slides and blocks", "Mammogram", "Smoking", "My ", "helps me"):
        assert words not in said
    (case,) = hands.found("OpinionCase")
    papers = [
        sheets.options(hands.record, hands.person, case_id=case.id).pdf,
        sheets.visit(hands.record, case.id).pdf,
        sheets.comparison(hands.record, case.id).pdf,
        sheets.emergency(hands.record, hands.person).pdf,
    ]
    read = " ".join(map(pdf_line, papers))
    assert "The options for Mia Calder" in read
    assert "My options" not in read
    assert "as I understood" not in read
    assert "Mother: Joan Calder, 555-0401" in read
    decide(hands, "Surgery centre", "Fewer seizures")
