"""Lists of medicines, vaccinations, allergies and diagnoses as people keep them in tables."""

from dataclasses import replace

import pytest

from organizer.base.progress import NoProgress
from organizer.importing.core.answers import Answers
from organizer.importing.core.format import SourceFile
from organizer.importing.formats.tables import TABLES


def read(text, answers=None):
    source = SourceFile("list.csv", data=text.encode())
    source.answers = answers or Answers()
    return TABLES.read(source, NoProgress())


def entries(text):
    return [draft.entry for draft in read(text).drafts]


def test_a_medicine_says_dose_times_reason_and_who_prescribed_it():
    heading = "Medication,Dose,Frequency,Start,Stop,Reason,Prescriber\n"
    (metformin,) = entries(f"{heading}Metformin,500 mg,twice daily,2025-01-05,,Diabetes,Dr Lee\n")
    assert (metformin.kind, metformin.title, metformin.happened.text) == (
        "MedicationStatement",
        "Metformin",
        "2025-01-05",
    )
    assert [metformin.text(name) for name in ("dose", "frequency", "reason", "prescriber")] == [
        "500 mg", "twice daily", "Diabetes", "Dr Lee",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stop", "status", "ended"),
    [("", "", None), ("2021-06", "", "2021-06"), ("present", "active", None), ("laufend", "active", None)],
)
def test_whether_a_medicine_is_still_taken_is_only_what_the_list_says(stop, status, ended):
    (medicine,) = entries(f"Drug,Dose,Started,Stopped\nMethotrexate,15 mg,2019-03,{stop}\n")
    assert (medicine.status, medicine.ended and medicine.ended.text) == (status, ended)


def test_an_end_that_cannot_be_read_stays_in_its_words():
    (medicine,) = entries("Drug,Dose,Started,Stopped\nMethotrexate,15 mg,2019-03,after the flu\n")
    assert medicine.ended is None
    assert "after the flu" in medicine.text("note")


def test_doses_in_columns_for_the_times_of_day_are_how_often():
    (medicine,) = entries("Medikament;Stärke;Morgens;Mittags;Abends\nMetoprolol;47,5 mg;1;;1\n")
    assert (medicine.text("frequency"), medicine.text("dose")) == ("1-0-1", "47,5 mg")


@pytest.mark.parametrize(
    "text",
    ["Date,Time,Medication,Dose,Taken\n2026-01-05,08:00,Metformin,500 mg,yes\n2026-01-05,20:00,Metformin,500 mg,no\n",
     "Date,Medication,Dose\n2026-01-05,Ibuprofen,400 mg\n2026-01-06,Ibuprofen,400 mg\n"],
)  # fmt: skip
def test_a_diary_of_doses_is_no_list_of_medicines(text):
    reading = read(text)
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference"]
    assert any("doses were taken" in warning for warning in reading.warnings)


def test_a_row_whose_days_may_be_two_waits_for_the_answer():
    text = "Medication,Dose,Start Date,End Date\nWarfarin,5 mg,03/04/2024,05/06/2025\nAspirin,100 mg,,\n"
    asked = read(text)
    assert [draft.entry.title for draft in asked.drafts] == ["Aspirin"]
    (table,) = asked.tables
    assert table.asks
    answers = Answers(columns={table.key: replace(table.columns, date_order="DMY")})
    warfarin = read(text, answers).drafts[0].entry
    assert (warfarin.happened.text, warfarin.ended.text) == ("2024-04-03", "2025-06-05")


def test_a_vaccination_was_given_on_its_day_and_never_on_one_to_come():
    heading = "Vaccine,Date given,Dose number,Manufacturer,Lot,Site\n"
    reading = read(f"{heading}Tdap,2019-05-06,1,Sanofi,U123,Left arm\nFlu,2999-10-03,,,,\n")
    (given,) = [draft.entry for draft in reading.drafts]
    assert (given.status, given.text("lot"), given.text("note")) == ("completed", "U123", "Left arm")
    assert [one.where for one in reading.skipped] == ["row=3"]


def test_that_no_allergy_is_known_is_a_statement():
    (penicillin, none) = entries("Allergen,Reaction,Severity\nPenicillin,rash,moderate\nNo known food allergies,,\n")
    assert (penicillin.title, penicillin.status, penicillin.text("reaction")) == ("Penicillin", "", "rash")
    assert none.data["none_known"] is True


def test_a_diagnosis_has_its_code_its_year_and_how_it_stands():
    (asthma, gallstones) = entries(
        "Condition,Diagnosed,Status,ICD-10\nAsthma,1990,active,J45.909\nGallstones,,cured,\n"
    )
    assert (asthma.happened.text, asthma.status, asthma.code) == ("1990", "active", "J45.909")
    assert (gallstones.happened, gallstones.status) == (None, "resolved")


def test_a_diary_of_complaints_is_no_list_of_diagnoses():
    reading = read("Date,Problem,Notes\n2026-01-05,bad headache,took a walk\n2026-01-06,dizzy,\n2026-01-07,fine,\n")
    assert [draft.entry.kind for draft in reading.drafts] == ["DocumentReference"]


def test_lists_below_each_other_are_read_by_their_own_headings():
    text = "Medication,Dose,\nMetformin,500 mg,\n\nAllergies,,\nAllergen,Reaction,Severity\nPeanut,hives,severe\n"
    assert [(one.kind, one.title) for one in entries(text)] == [
        ("MedicationStatement", "Metformin"), ("AllergyIntolerance", "Peanut")
    ]  # fmt: skip


def test_a_list_of_two_people_is_never_one_persons():
    reading = read("Patient,Medication,Dose\nAnna,Metformin,500 mg\nBoris,Warfarin,5 mg\n")
    assert [draft.patient for draft in reading.drafts if draft.entry.kind != "Patient"] == ["Anna", "Boris"]


def test_columns_that_are_not_read_are_named():
    reading = read("Medication,Dose,Pharmacy\nMetformin,500 mg,Corner Street\n")
    assert any("“Pharmacy”" in warning for warning in reading.warnings)


@pytest.mark.parametrize(
    ("word", "status", "verification"),
    [
        ("Refuted", "", "refuted"),
        ("ausgeschlossen", "", "refuted"),
        ("Descartada", "", "refuted"),
        ("Entered in error", "", "entered-in-error"),
        ("Confirmed", "", "confirmed"),
        ("unconfirmed", "", "unconfirmed"),
        ("Active", "active", ""),
        ("no", "inactive", ""),
    ],
)
def test_how_sure_an_allergy_is_may_stand_in_the_place_of_its_status(word, status, verification):
    (allergy,) = entries(f"Allergen,Reaction,Status\nSulfa,Rash,{word}\n")
    assert (allergy.status, allergy.text("verification"), allergy.text("note")) == (status, verification, "")


def test_a_status_that_nobody_knows_is_kept_in_its_words():
    (allergy,) = entries("Allergen,Reaction,Status\nSulfa,Rash,see letter\n")
    assert (allergy.status, allergy.text("note")) == ("", "Status, as written: see letter")


def test_a_diagnosis_of_a_relative_is_no_diagnosis_of_the_person():
    reading = read("Problem,Onset,Status\nBreast cancer,,Family history\nAsthma,2001,Active\n")
    assert [draft.entry.title for draft in reading.drafts] == ["Asthma"]
    assert [left_out.reason for left_out in reading.skipped] == ["The list says that this is of a relative."]


def test_a_medicine_that_was_never_begun_is_not_taken():
    (statin,) = entries("Drug,Dose,Status\nAtorvastatin,10 mg,never started\n")
    assert statin.status == "not-taken"
