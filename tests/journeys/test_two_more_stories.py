"""A son writes for his father, who has two illnesses and two hospitals, in the window by keys: each case speaks of its
own illness alone, on the pages and on paper. A woman whose letters contradict each other compares them."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from organizer.services.entries import entries, typed
from organizer.services.opinion import cases, letters, sheets
from tests.pdf_text import pdf_line

STORIES = "tests/data/journey/two-more-stories.jsonl"
PEOPLE = {
    "Heinrich Vogt": {
        "birth_date": "1945-06-02", "sex": "male", "address": "Lindenstr. 7\n30159 Hannover\nDeutschland",
        "kept_by": "caregiver", "keeper": "Jonas Vogt", "relation": "son", "keeper_part": "carer",
        "keeper_phone": "0170 555 1",
    },
    "Ruth Ashworth": {
        "birth_date": "1979-03-14", "sex": "female", "address": "12 Moor Lane\nIlkley LS29 7AB\nUnited Kingdom",
    },
}  # fmt: skip


@pytest.fixture
def stories(hands, checkout):
    record = hands.record
    ids = {name: entries.add(record, "Patient", "", {"title": name} | more).entries[0] for name, more in PEOPLE.items()}
    for line in (checkout / STORIES).read_text("utf-8").splitlines():
        typed.write(record, "Written down", [typed.read_line(record, line)])
    return ids


def take_up(hands, person, *titles):
    hands.window.desk.choose_person(person)
    hands.wait()
    hands.show("opinion")
    hands.go("Case")
    hands.begin_case(*titles)


def pages(hands, *steps):
    said = []
    for step in steps:
        hands.go(step)
        labels = [label.text() for label in hands.page.step.findChildren(QLabel) if label.isVisible()]
        fields = [field.text() for field in hands.page.step.findChildren(QLineEdit)]
        said += [*labels, *fields]
    return "\n".join(said)


def test_a_son_with_two_cases_for_his_father(hands, stories):
    take_up(hands, stories["Heinrich Vogt"], "Hochgradige Aortenklappenstenose")
    hands.write("Why Heinrich Vogt is here, in one sentence", "Is a way through the groin possible?")
    hands.write("Specialist", "Prof. Dr. Jana Weiß")
    hands.write("To be decided by", "2026-12-20")
    valve = pages(hands, "Reasons", "Case", "Gather", "Questions")
    (case,) = hands.found("OpinionCase")
    assert "Echocardiogram: report and clips" in valve
    own, _mark, apart = valve.partition("In the record, but not of this case")
    assert "Lungenkarzinom" not in own
    assert "Vorhofflimmern" in apart  # it is serious, and none of this case

    hands.go("Case")
    hands.press("Begin another case")
    hands.press("V. a. Lungenkarzinom rechter Oberlappen (provisional)")
    hands.press("It is about these")
    nodule = pages(hands, "Gather", "Questions")
    assert "The report that raised the suspicion, with its images or values" in nodule
    assert "CT Thorax mit Kontrastmittel" in nodule
    for words in ("Staging", "receptors", "regimen", "Aortenklappenersatz", "groin"):
        assert words not in nodule
    (second,) = (one for one in hands.found("OpinionCase") if one.id != case.id)
    assert letters.suggested_recipients(hands.record, hands.person, "records-request", second.id)[0] == (
        "Lungenklinik Südpark"
    )
    written = letters.draft(
        hands.record, hands.person, letters.LetterWish("records-request", "Lungenklinik Südpark"), second.id
    )
    assert written.closing == "Jonas Vogt, for Heinrich Vogt (son, representative)"
    assert "General Data Protection Regulation" in written.body
    assert "Aorten" not in written.body


def test_a_woman_whose_letters_contradict_each_other(hands, stories):
    ruth = stories["Ruth Ashworth"]
    take_up(hands, ruth, "Small fibre neuropathy (one of several)", "Functional neurological disorder")
    hands.press("Change what it is about…")
    hands.press("Multiple sclerosis (one of several)")
    hands.press("It is about these")
    hands.write("Specialist", "Professor Ruth Kemp")
    hands.write("Appointment", "2027-01")
    said = pages(hands, "Case", "Compare")
    assert "Jan 2027" in said
    assert "1 Jan 2027" not in said
    (case,) = hands.found("OpinionCase")
    text = pdf_line(sheets.comparison(hands.record, case.id).pdf)
    assert "First opinion, Dr Alan Pike, 11 Mar 2026" in text
    assert "Second opinion, Dr Nisha Rao, 4 Aug 2026" in text
    assert "Third opinion, Professor Ruth Kemp" in text
    first = text.partition("Diagnosis")[2].partition("What it rests on")[0]
    assert "There is no evidence of MS." in first
    about = cases.diagnoses(hands.record, cases.case_of(hands.record, case.id))
    assert {entry.title for entry in about} == {
        "Small fibre neuropathy", "Functional neurological disorder", "Multiple sclerosis",
    }  # fmt: skip
