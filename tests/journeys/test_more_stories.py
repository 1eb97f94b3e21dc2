"""A daughter with authority goes the way for her father by keys, to an option, a decision and what is due after it.

What the pages say is read as she would."""

import re

import pytest

from organizer.services.entries import entries
from organizer.services.follow import reminders
from organizer.services.opinion import sheets
from tests.pdf_text import pdf_line

KARL = {
    "title": "Karl Vogel", "birth_date": "1944-02-01", "sex": "male", "kept_by": "caregiver", "keeper": "Anna Vogel",
    "relation": "daughter", "keeper_part": "carer", "keeper_phone": "555-0100", "address": "5 High St\nLeeds LS1 4AB",
}  # fmt: skip
AS_THE_PATIENT = re.compile(r"\b(I have|my(?! calendar)|My|I choose|I lean|as I understood)\b")


@pytest.fixture
def karl(hands):
    person = entries.add(hands.record, "Patient", "", KARL).entries[0]
    illness = {"title": "Alzheimer's disease", "happened": "2025-03", "status": "active", "made_by": "Dr Lise Roy"}
    entries.add(hands.record, "Condition", person, illness)
    hands.window.desk.choose_person(person)
    hands.wait()
    hands.show("opinion")
    return person


def test_a_daughter_with_authority_from_the_first_entry_to_the_decision_and_back(hands, karl):
    hands.go("Case")
    hands.press("Begin a case")
    hands.write("Why Karl Vogel is here, in one sentence", "Could it be Lewy body dementia?")
    hands.write("Specialist", "Dr Tom Hale")
    hands.write("Appointment", "20 Jan 2027")
    pages = [hands.words()]
    hands.go("Gather")
    pages.append(hands.words())
    assert "proof of the right to decide" in pages[-1]
    assert "Insurance card" not in pages[-1]

    hands.go("Options")
    hands.write("Name of the option", "Stop donepezil", enter=True)
    pages.append(hands.words())
    for step in ("Questions", "Visit", "Compare", "After"):
        hands.go(step)
        pages.append(hands.words())
    assert [AS_THE_PATIENT.findall(words) for words in pages] == [[]] * len(pages)

    hands.choose("The option", "Stop donepezil")
    hands.write("Goal", "Calmer evenings")
    hands.write("Review by", "1 June 2027")
    hands.press("Make it the plan")
    assert [plan.text("decided_by") for plan in hands.found("CarePlan")] == [""]

    hands.show("opinion")
    hands.go("Case")
    assert "Ask for records and images" not in hands.words()
    (case,) = hands.found("OpinionCase")
    papers = (sheets.visit(hands.record, case.id), sheets.emergency(hands.record, karl))
    read = " ".join(pdf_line(paper.pdf) for paper in papers)
    assert "Chosen Stop donepezil" in read
    assert "Daughter, representative: Anna Vogel, 555-0100" in read
    assert [due.kind for due in reminders.reminders(hands.record, karl)] == ["visit"]
