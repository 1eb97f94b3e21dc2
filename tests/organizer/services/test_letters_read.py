"""A kept letter becomes entries by hand: each with its place, nothing unasked or twice, all taken back at once."""

import pytest
from reportlab.pdfgen import canvas

from organizer.base.errors import InvalidEntryError
from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing, letters_read
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.record import history, people
from organizer.store import originals
from tests.made_records import opened_copy

LETTER = """Riverside Clinic
Discharge Diagnoses:
1. Hypertension
2. Suspected sleep apnea
Allergies: Penicillin (hives)
Discharge Medications:
1. Lisinopril 10 mg once a day
Family History: Mother with breast cancer.
"""


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


@pytest.fixture
def letter(record, tmp_path):
    """The letter as a text file that the record keeps, read."""
    file = tmp_path / "discharge.txt"
    file.write_text(LETTER, encoding="utf-8")
    return read_in(record, file)


def read_in(record, file):
    plan = importing.plan_import(record, [file], whose(record), NoProgress())
    importing.accept_import(record, plan, NoProgress())
    kept = next(one for one in originals.all_originals(record) if one.name == file.name)
    return letters_read.propose(record, kept.sha256, NoProgress())


def whose(record):
    return people.people(record)[0].person


def of_kind(record, kind):
    return entries.find(record, Query(kinds=(kind,)))


def test_nothing_enters_by_reading(record, letter):
    assert len(letter.proposals) == 4
    assert of_kind(record, "Condition") == []
    assert of_kind(record, "MedicationStatement") == []


def test_what_is_taken_leads_back_to_the_letter_and_is_undone_as_one(record, letter):
    letters_read.accept(record, letter, letter.proposals, whose(record))
    medicine = of_kind(record, "MedicationStatement")[0]
    assert (medicine.title, medicine.text("dose"), medicine.text("frequency")) == ("Lisinopril", "10 mg", "once a day")
    assert medicine.sources[0].document == letter.sha256
    assert {entry.title: entry.text("verification") for entry in of_kind(record, "Condition")} == {
        "Hypertension": "",
        "Sleep apnea": "provisional",
    }
    history.undo(record)
    assert of_kind(record, "Condition") == of_kind(record, "MedicationStatement") == []


def test_what_was_taken_is_known_the_next_time(record, letter):
    letters_read.accept(record, letter, letter.proposals[:1], whose(record))
    again = letters_read.propose(record, letter.sha256, NoProgress())
    assert again.known == frozenset({0})
    letters_read.accept(record, again, again.proposals, whose(record))
    assert len(of_kind(record, "Condition")) == 2


def test_a_corrected_name_is_written_and_an_empty_one_refused(record, letter):
    better = letters_read.corrected(letter.proposals[0], " Arterial  hypertension ")
    letters_read.accept(record, letter, [better], whose(record))
    assert [entry.title for entry in of_kind(record, "Condition")] == ["Arterial hypertension"]
    with pytest.raises(InvalidEntryError):
        letters_read.corrected(letter.proposals[0], "  ")
    with pytest.raises(InvalidEntryError, match="ticked"):
        letters_read.accept(record, letter, [], whose(record))


def test_a_pdf_s_proposals_lie_on_its_pages(record, checkout):
    letter = read_in(record, checkout / "resources/sample/consultation-letter-2026-11-12.pdf")
    assert [day.text for day in letter.named.born] == ["1968-05-03"]
    found = {proposal.title: proposal for proposal in letter.proposals}
    assert found["Prednisone"].fields["happened"] == "2026-08-20"
    assert (found["Prednisone"].place.page, found["Lupus nephritis"].place.page) == (2, 1)
    assert letters_read.in_words(found["Losartan"]) == "50 mg · a day · 10 May 2026"
    letters_read.accept(record, letter, [found["Prednisone"]], whose(record))
    assert of_kind(record, "MedicationStatement")[0].sources[0].locator.startswith("page=2&box=")


def test_a_letter_with_another_persons_page_says_so_at_each_proposal(record, tmp_path):
    letters = [
        ["Patient: Lena Brandt DOB 02/05/2019", "Allergies: Carbamazepine (rash)"],
        ["Patient: Leon Brandt DOB 14/01/2023", "Allergies: Amoxicillin (urticaria)"],
    ]
    drawn = canvas.Canvas(str(tmp_path / "letter.pdf"), pagesize=(400, 120))
    for lines in letters:
        for number, line in enumerate(lines):
            drawn.drawString(60, 80 - 20 * number, line)
        drawn.showPage()
    drawn.save()

    data = (tmp_path / "letter.pdf").read_bytes()
    letter = letters_read.propose(record, originals.put(record, data, "letter.pdf", "application/pdf"), NoProgress())

    doubts = {proposal.title: " ".join(proposal.doubts) for proposal in letter.proposals}
    assert "names Lena Brandt" in doubts["Carbamazepine"]
    assert "names Leon Brandt" in doubts["Amoxicillin"]
    assert "Lena Brandt, Leon Brandt" in letter.left_out[0]


def test_a_table_below_the_allergies_of_a_word_letter_is_none_of_them(record, checkout):
    data = (checkout / "tests/data/documents/by-writer.docx").read_bytes()
    kept = originals.put(record, data, "letter.docx", "application/zip")
    letter = letters_read.propose(record, kept, NoProgress())
    allergies = [one.title for one in letter.proposals if one.kind == "AllergyIntolerance"]
    assert allergies == ["Penicillin"]
    medicines = {one.title for one in letter.proposals if one.kind == "MedicationStatement"}
    assert medicines == {"Metformin", "Ramipril"}


def test_the_letter_itself_gets_its_author_its_hospital_and_its_day(record, tmp_path):
    file = tmp_path / "letter.txt"
    text = "Riverside Hospital\nRiverside, 3 March 2026\nDiagnosis: Gout\nKind regards\nDr Helen Marsh\n"
    file.write_text(text, encoding="utf-8")
    letter = read_in(record, file)
    letters_read.accept(record, letter, letter.proposals, whose(record))
    (paper,) = of_kind(record, "DocumentReference")
    assert (paper.text("author"), paper.text("place")) == ("Dr Helen Marsh", "Riverside Hospital")
    assert paper.happened.text == "2026-03-03"
    (gout,) = of_kind(record, "Condition")
    assert (gout.text("made_by"), gout.text("recorded")) == ("Dr Helen Marsh", "2026-03-03")
    entries.edit(record, paper.id, {"author": "Dr Typed"})
    letters_read.accept(record, letter, letter.proposals, whose(record))
    assert of_kind(record, "DocumentReference")[0].text("author") == "Dr Typed"
