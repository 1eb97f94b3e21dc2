"""Letters in the forms in which hospitals really write them: flowing text, lists without marks, words of all sorts."""

import pytest

from organizer.health.medicine_names import is_a_medicine
from organizer.importing.letters.headings import sort_of
from organizer.importing.letters.medicines import medicine_in
from organizer.importing.letters.reader import read_letter
from organizer.importing.page_text.words_on_page import PageWords, Word

WIDTH = 96


def page_of(text):
    """The letter on a page, wrapped, in a type of one width."""
    lines = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > WIDTH:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    words = []
    for number, line in enumerate(lines):
        left = 20
        for part in line.split():
            words.append(Word(part, left, 20 + number * 14, left + len(part) * 6, 30 + number * 14))
            left += (len(part) + 1) * 6
    return PageWords(1, 40 + WIDTH * 6, 40 + len(lines) * 14, words)


def read(text):
    return read_letter([page_of(text)])


def titles(reading, kind):
    return [proposal.title for proposal in reading.proposals if proposal.kind == kind]


FLOWING = (
    "HISTORY OF PRESENT ILLNESS: The patient was admitted after a fall and had an uneventful course. She was given "
    "fluids and observed for two days before she was transferred to us in good condition. ALLERGIES: NKDA. PAST "
    "MEDICAL HISTORY: Hypertension, hypothyroidism, osteoarthritis of both knees, anxiety disorder, and distant "
    "history of migraine headaches. MEDICATIONS: On transfer, Celebrex, Coumadin, Synthroid, and trazodone. "
    "PHYSICAL EXAMINATION: GENERAL: No distress. LUNGS: Clear. DISCHARGE DIAGNOSES: 1. Anxiety disorder. 2. "
    "Insomnia secondary to pain and worry. 3. Postoperative constipation. INSTRUCTIONS: She will take Protonix 40 "
    "mg b.i.d. for one month, oxycodone SR 10 mg q.12h. for five days, and Toprol-XL 50 mg daily. Return in two "
    "weeks."
)


def test_headings_stand_in_the_middle_of_lines_and_lists_run_over_them():
    reading = read(FLOWING)
    assert titles(reading, "Condition") == [
        "Hypertension", "Hypothyroidism", "Osteoarthritis of both knees", "Anxiety disorder", "Migraine headaches",
        "Insomnia secondary to pain and worry", "Postoperative constipation",
    ]  # fmt: skip
    assert titles(reading, "AllergyIntolerance") == ["NKDA"]
    assert titles(reading, "MedicationStatement")[:4] == ["Celebrex", "Coumadin", "Synthroid", "Trazodone"]
    doses = {one.title: (one.fields.get("dose"), one.fields.get("frequency")) for one in reading.proposals}
    assert doses["Protonix"] == ("40 mg", "b.i.d.")
    assert doses["Oxycodone SR"] == ("10 mg", "q.12h.")
    assert doses["Toprol-XL"] == ("50 mg", "daily")


AUSTRIAN = """\
Sehr geehrte Frau Kollegin,
HAUPT / NEBENDIAGNOSEN
Rektum-CA (ED 7/23); lokal weit fortgeschritten, C20
IDDM, E11.9
chronische Niereninsuffizienz
arterielle Hypertonie, I10
St.p. Port-a-cath Implantation Jänner 2023
Struma nodosa I. Grades
Gicht.
Therapie und Verlauf
Die Aufnahme erfolgte zur Fortsetzung der Therapie. Wir konnten die Patientin beschwerdefrei entlassen.
Empfohlene Therapie
Furosemid 40mg ½-0-0
Novalgin Tropfen 3 x 20gtt
Molaxole 2 x 1 Beutel
Inegy® 10/20 mg 0-0-1
Procedere
Wiedervorstellung in 2 Wochen
Mit kolleg. Grüßen
Priv.-Doz. Cornelia Muster
"""


def test_lists_without_marks_whose_items_begin_in_small_letters():
    reading = read(AUSTRIAN)
    assert titles(reading, "Condition") == [
        "Rektum-CA; lokal weit fortgeschritten", "IDDM", "Chronische Niereninsuffizienz", "Arterielle Hypertonie",
        "Struma nodosa I. Grades", "Gicht",
    ]  # fmt: skip
    assert next(one for one in reading.proposals if one.title.startswith("Rektum")).fields["happened"] == "2023-07"
    medicines = [one for one in reading.proposals if one.kind == "MedicationStatement"]
    assert [(one.title, one.fields.get("dose"), one.fields.get("frequency")) for one in medicines] == [
        ("Furosemid", "40mg", "½-0-0"),
        ("Novalgin", "20gtt", "3 x"),
        ("Molaxole", None, "2 x"),
        ("Inegy", "10/20 mg", "0-0-1"),
    ]
    assert titles(reading, "Task") == ["Wiedervorstellung in 2 Wochen"]


def test_a_denial_holds_for_all_of_its_list_and_a_relative_for_what_they_had():
    reading = read(
        "HISTORY OF PRESENT ILLNESS: There is no history of hypertension, diabetes, heart disease, neurological "
        "disorders, ulcers or tuberculosis. Mother with breast cancer, diabetes, and lupus. Should she develop "
        "pneumonia, please call. She is at risk of stroke. No evidence of metastasis. She has asthma but no COPD.\n"
        "PMH: Denies gout, epilepsy and migraine.\n"
        "ALLERGIES: No allergies to latex, penicillin.\n"
        "FH: father with gout\n"
    )
    assert titles(reading, "Condition") == ["Asthma"]
    assert titles(reading, "AllergyIntolerance") == []


@pytest.mark.parametrize(
    "told",
    [
        "Consider starting metoprolol 25 mg twice daily.",
        "If hypertension develops start lisinopril 10 mg daily.",
        "She stopped ibuprofen 400 mg three times daily.",
        "She would like to avoid prednisone 5 mg daily.",
        "In case of gout, colchicine 0.5 mg twice daily.",
        "Glucose was 122 mg/dl in the morning.",
        "Sie ist allergisch gegen Ibuprofen 400 mg täglich.",
        "Valorar iniciar enalapril 5 mg cada 12 horas si no mejora.",
    ],
)
def test_what_is_considered_ended_or_measured_is_no_medicine_that_is_taken(told):
    assert titles(read("HOSPITAL COURSE:\n" + told + "\n"), "MedicationStatement") == []


def test_a_medicine_in_running_text_asks_to_be_looked_at():
    reading = read("HOSPITAL COURSE:\nShe was started on metoprolol succinate 25 mg twice daily.\n")
    (medicine,) = reading.proposals
    assert dict(medicine.fields) == {"title": "Metoprolol succinate", "dose": "25 mg", "frequency": "twice daily"}
    assert "running text" in medicine.doubts[0]


def test_the_dose_of_the_discharge_stands_and_that_of_the_admission_is_named():
    reading = read(
        "Medications on admission:\nMetformin 850 mg twice daily\n\n"
        "Discharge medications:\nMetformin 500 mg twice daily\n"
    )
    assert [one.fields["dose"] for one in reading.proposals] == ["500 mg"]
    assert any("850" in words for words in reading.left_out)


@pytest.mark.parametrize(
    ("heading", "sort"),
    [
        ("Medikamente bei Entlassung", "medicines_now"),
        ("DISCHARGE DIAGNOSES AND PROBLEMS", "diagnoses"),
        ("Weitere Diagn.", "diagnoses"),
        ("Medicamentos al ingreso", "medicines_before"),
        ("Antecedentes familiares de interés", "family"),
        ("Körperlicher Untersuchungsbefund", "other"),
        ("Medication changes", "medicines"),
        ("Allergies / intolerances", "allergies"),
        ("Traitements arrêtés", "medicines_stopped"),
        ("The weather", ""),
    ],
)
def test_a_heading_is_known_by_its_words(heading, sort):
    assert sort_of(heading)[0] == sort


@pytest.mark.parametrize(
    ("line", "name", "dose", "frequency"),
    [
        ("Increase lisinopril from 10 mg to 20 mg daily", "lisinopril", "20 mg", "daily"),
        ("bei Übelkeit: Metoclopramid Tropfen 20gtt 3x tgl.", "Metoclopramid", "20gtt", "3x tgl"),
        ("Seloken® retard 95 mg 1/2-1/2-1/2", "Seloken retard", "95 mg", "1/2-1/2-1/2"),
        ("Pantozol 40 1-0-0", "Pantozol", "40", "1-0-0"),
        ("Baclofen 10mg qhs #30", "Baclofen", "10mg", "qhs"),
        ("Brotaphane 0-0-0-6 Einheiten", "Brotaphane", "", "0-0-0-6"),
    ],
)
def test_a_line_of_a_real_list(line, name, dose, frequency):
    medicine = medicine_in(line)
    assert (medicine.name, medicine.dose, medicine.frequency) == (name, dose, frequency)


@pytest.mark.parametrize("word", ["Ramipril", "bisoprolol", "Atorvastatina", "Oméprazole", "Coumadin", "ASS"])
def test_names_of_medicines_are_known_by_their_stems(word):
    assert is_a_medicine(word)


@pytest.mark.parametrize("word", ["Colon", "Protocol", "control", "season", "Bilirubin", "the"])
def test_other_words_are_none(word):
    assert not is_a_medicine(word)


def test_an_address_is_no_heading():
    assert read("Dr A Practitioner\nThe Surgery\nHigh Street\n\nDear Dr Practitioner,\nThank you.\n").proposals == []


def test_a_problem_list_with_columns():
    reading = read("PROBLEM LIST\nProblem Status Onset\nHypertension Active 2015\nAsthma Resolved 2001\n")
    assert [(one.title, one.fields["happened"]) for one in reading.proposals] == [
        ("Hypertension", "2015"),
        ("Asthma", "2001"),
    ]
    assert [bool(one.doubts) for one in reading.proposals] == [False, True]


def test_changes_of_medicines_say_what_is_new_and_what_was_stopped():
    reading = read("Medication changes:\nNEW: apixaban 5 mg BID\nSTOPPED: aspirin 81 mg daily\n")
    assert [(one.title, one.fields.get("status")) for one in reading.proposals] == [
        ("Apixaban", None),
        ("Aspirin", "stopped"),
    ]
