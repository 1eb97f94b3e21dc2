"""Letters as clinics, practices and people write them: what a careful reader would enter, and nothing that isn't so."""

import pytest

from organizer.importing.letters.reader import read_letter
from organizer.importing.page_text.words_on_page import PageWords, Word
from organizer.model.statuses import Status


def page_of(text):
    words = []
    for number, line in enumerate(text.strip("\n").splitlines()):
        left = 0
        for part in line.split(" "):
            if part:
                top = number * 14.0
                words.append(Word(part, left * 6.0, top, (left + len(part)) * 6.0, top + 11))
            left += len(part) + 1
    return PageWords(1, 612, 792, words)


def read(text):
    return read_letter([page_of(text)])


def told(text, kind="MedicationStatement"):
    """Title and state of each proposal of a kind."""
    return {one.title: str(one.fields.get("status", "")) for one in read(text).proposals if one.kind == kind}


def titles(text, kind):
    return [one.title for one in read(text).proposals if one.kind == kind]


def the_only(text, kind):
    (proposal,) = [one for one in read(text).proposals if one.kind == kind]
    return proposal.fields


@pytest.mark.parametrize(
    "heading",
    [
        "MY MEDICINES (updated 4 January 2026)",
        "Medications (last reviewed 3 Feb 2026):",
        "Current medications as of 03/14/2026:",
        "Medikation, Stand 04.01.2026:",
        "Dauermedikation (Stand: 12.03.2026)",
        "Medicación actual (actualizada 03/02/2026)",
        "Traitement en cours (mis à jour le 03/02/2026) :",
    ],
)
def test_a_heading_stays_one_with_a_remark_behind_it(heading):
    assert titles(f"{heading}\nRamipril 5 mg\nAtorvastatin 20 mg\n", "MedicationStatement") == [
        "Ramipril",
        "Atorvastatin",
    ]


def test_what_a_person_takes_by_their_own_list_is_taken_now_and_what_they_gave_up_is_not():
    text = (
        "MY MEDICINES (updated 4 January 2026)\nLevothyroxine 75 micrograms - one each morning\n"
        "Paracetamol when needed\nNot any more: amlodipine (ankles swelled)\n"
    )
    assert told(text) == {
        "Levothyroxine": Status.ACTIVE, "Paracetamol": Status.ACTIVE, "Amlodipine": Status.STOPPED
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Stopped today: aspirin 81 mg", Status.STOPPED),
        ("Previously: aspirin 81 mg", Status.STOPPED),
        ("Sistiert: Aspirin 100 mg", Status.STOPPED),
        ("Previamente: aspirina (retirada por sangrado)", Status.STOPPED),
        ("HOLD: aspirin 81 mg", Status.ON_HOLD),
        ("Under observation: aspirin 81 mg", ""),
        ("Aspirin 81 mg daily (previously 325 mg)", Status.ACTIVE),
    ],
)
def test_a_word_before_a_colon_tells_whether_a_medicine_is_taken(line, state):
    proposals = read(f"Current medications:\nRamipril 5 mg daily\n{line}\n").proposals
    (aspirin,) = [one for one in proposals if one.title.casefold().startswith("aspirin")]
    assert aspirin.fields.get("status", "") == state


def test_what_stands_below_a_line_that_stops_a_medicine_is_neither_stopped_nor_taken_for_sure():
    text = "TRATAMIENTO AL ALTA\nEnalapril 10 mg 1-0-0\nSuspender: hidroclorotiazida\n"
    text += "Si dolor: paracetamol 1 g cada 8 horas\n"
    assert told(text) == {"Enalapril": Status.ACTIVE, "Hidroclorotiazida": Status.STOPPED, "Paracetamol": ""}


def test_the_day_beside_until_or_stopped_is_that_of_the_end():
    until = the_only("Medikation bei Entlassung:\nPantoprazol 40 mg 0-0-1 bis 10.03.2026\n", "MedicationStatement")
    assert (until.get("happened"), until["ended"]) == (None, "2026-03-10")
    stopped = the_only("Traitement en cours :\nSingulair arrêté en janvier 2026\n", "MedicationStatement")
    assert (stopped.get("happened"), stopped["ended"]) == (None, "2026-01")


def test_how_a_medicine_was_taken_before_is_not_how_it_is_taken():
    text = "Medications at discharge\nFurosemide 40 mg PO BID (increased from daily)\n"
    assert the_only(text, "MedicationStatement")["frequency"] == "BID"


def test_both_times_of_the_day_belong_to_one_medicine():
    text = "Traitement en cours :\nSymbicort 400/12 : 1 inhalation matin et soir\n"
    assert the_only(text, "MedicationStatement")["frequency"] == "matin et soir"


def test_a_prescription_names_its_medicines_and_who_prescribed_them():
    text = (
        "Dr. Lena Vogt, Fachärztin für Allgemeinmedizin\nRezept   Datum: 05.03.2026\nRp.\n"
        "Ibuprofen 600 mg Tabl. N2  S: 3x1 bei Bedarf\nPantoprazol 20 mg N1 S: 1-0-0\n"
    )
    proposals = read(text).proposals
    assert [(one.title, one.fields["prescriber"]) for one in proposals] == [
        ("Ibuprofen", "Dr. Lena Vogt"),
        ("Pantoprazol", "Dr. Lena Vogt"),
    ]


LETTER = """
Klinikum Musterstadt, Innere Medizin II
Musterstadt, den 18.02.2026
Diagnosen:
- Niereninsuffizienz G3b A2
- Hypertonie seit 2010
- V.a. Schlafapnoe
Allergien: Penicillin (Exanthem)
Medikation bei Entlassung:
Bisoprolol 2,5 mg 1-0-0
Prof. Dr. med. H. Weber      Dr. med. A. Klein
Chefarzt                     Oberärztin
"""


def test_the_letters_day_and_author_stand_at_what_it_judges_and_not_at_what_it_repeats():
    proposals = {one.title: one.fields for one in read(LETTER).proposals}
    own, old, suspected = proposals["Niereninsuffizienz G3b A2"], proposals["Hypertonie"], proposals["Schlafapnoe"]
    assert (own["recorded"], own["made_by"]) == ("2026-02-18", "Prof. Dr. med. H. Weber")
    assert own["place"] == "Klinikum Musterstadt, Innere Medizin II"
    assert (old["recorded"], old.get("made_by")) == ("2026-02-18", None)
    assert suspected.get("made_by") is None
    assert proposals["Penicillin"]["recorded"] == "2026-02-18"
    assert "prescriber" not in proposals["Bisoprolol"]


def test_an_operation_has_the_day_and_the_surgeon_of_its_note():
    text = (
        "OPERATIVE REPORT\nPatient: Steven Clark   Date of surgery: 01/22/2026\nSurgeon: Maria Ortiz, MD\n"
        "PROCEDURE: Laparoscopic cholecystectomy\nPAST SURGICAL HISTORY: Appendectomy\n"
    )
    done = {one.title: one.fields for one in read(text).proposals if one.kind == "Procedure"}
    assert done["Laparoscopic cholecystectomy"]["happened"] == "2026-01-22"
    assert done["Laparoscopic cholecystectomy"]["performer"] == "Maria Ortiz, MD"
    assert "happened" not in done["Appendectomy"]


def test_nobody_to_whom_a_letter_goes_is_its_author():
    assert "made_by" not in the_only("Diagnosis: Gout\nTo: Dr. Helen Marsh\nReferring: Dr. Ann Lee\n", "Condition")


@pytest.mark.parametrize(
    "line",
    [
        "Penicillin allergy: DELABELLED 14/10/2025 after negative oral challenge",
        "Tolerates: cephalexin, paracetamol",
        "Gut vertragen wurden: Clindamycin, Doxycyclin, Ibuprofen",
        "Kein Hinweis auf Sensibilisierung gegen Latex",
        "Name: Sabine Roth geb. 22.05.1975",
        "Ausgestellt am 14.01.2026, Hautarztpraxis",
        "☐ Penicillin",
        "Metformin 500 mg twice daily",
        "Allergen Reaction Severity",
        "Medicine Dose How often",
    ],
)
def test_what_is_tolerated_disproved_or_no_substance_is_no_allergy(line):
    assert titles(f"Allergies:\n- Latex\n- {line}\n", "AllergyIntolerance") == ["Latex"]


def test_what_follows_a_tolerated_medicine_is_tolerated_too():
    text = "Allergies: penicillin (rash), tolerates cephalexin, ibuprofen\n"
    assert titles(text, "AllergyIntolerance") == ["Penicillin"]


def test_an_allergy_that_is_to_be_avoided_for_life_is_one():
    text = "Allergies:\nCo-trimoxazole: severe cutaneous reaction 2017 - avoid lifelong\n"
    assert titles(text, "AllergyIntolerance") == ["Co-trimoxazole"]


def test_what_must_be_avoided_by_an_allergy_card_is_an_allergy():
    text = "ALLERGIEPASS\nFolgende Substanzen müssen gemieden werden:\n- Amoxicillin (Exanthem 2025)\n- Cefuroxim\n"
    assert titles(text, "AllergyIntolerance") == ["Amoxicillin", "Cefuroxim"]


def test_no_known_food_allergies_beside_an_allergy_is_no_absence_of_all():
    proposals = read("Allergies: Lisinopril (angioedema), no known food allergies\n").proposals
    assert [one.title for one in proposals] == ["Lisinopril"]


def test_only_ticked_boxes_of_a_form_are_read():
    text = "Past medical history:\n☐ Diabetes ☒ Asthma ☐ Stroke\n"
    assert titles(text, "Condition") == ["Asthma"]


NOT_SAID = [
    "We checked for a heart attack and a blood clot and did not find either.",
    "He was treated for presumed pneumonia, later ruled out.",
    "Mrs Grant came with her husband, who has Parkinson's disease and takes levodopa.",
    "Return if you have signs of a stroke, heart attack or sepsis.",
    "She was evaluated for pulmonary embolism; CT negative.",
    "Se realizó TAC para descartar tromboembolismo pulmonar.",
    "Es erfolgte ein CT zum Ausschluss einer Lungenembolie.",
    "Recherche de phéochromocytome négative.",
    "I am worried about pancreatic cancer.",
    "Should she develop hot flushes, venlafaxine could be tried.",
    "We discussed pregabalin but she declined.",
    "Furosemide 40 mg q.d. was stopped.",
    "Furosemide 40 mg p.o. was not tolerated.",
    "If positive, risk-reducing mastectomy may be considered.",
    "Mother reports she herself has hypothyroidism and takes levothyroxine 50 mcg daily.",
    "(Template: John Sample, 55, history of gout, takes allopurinol 300 mg daily)",
]


@pytest.mark.parametrize("sentence", NOT_SAID)
def test_what_is_looked_for_feared_weighed_or_of_somebody_else_is_not_proposed(sentence):
    text = f"Clinic note\nPatient: Ann Lee\nHistory of present illness: {sentence} She feels well.\n"
    assert [one.title for one in read(text).proposals] == []


def test_an_aim_that_is_not_reached_is_no_denial():
    text = "Impression:\n1. Hypertension, not at goal.\n2. Diabetes, not optimally controlled.\n"
    assert titles(text, "Condition") == ["Hypertension, not at goal", "Diabetes, not optimally controlled"]


def test_receptors_that_a_tumour_lacks_deny_nothing_and_its_markers_are_no_diagnoses():
    text = (
        "Diagnosis: Stage II invasive ductal carcinoma left breast, ER positive, HER2 negative (Oct 2025). "
        "KRAS wild type, MSS.\n"
    )
    assert titles(text, "Condition") == ["Stage II invasive ductal carcinoma left breast, ER positive, HER2 negative"]


def test_an_illness_that_a_treatment_caused_is_an_illness():
    text = "Impression/Plan:\n2. Chemotherapy-induced peripheral neuropathy - continue gabapentin.\n"
    assert titles(text, "Condition") == ["Chemotherapy-induced peripheral neuropathy"]
    assert titles(text, "Procedure") == []


def test_what_was_found_below_a_diagnosis_is_none():
    text = "Hauptdiagnose\n1. NSTEMI, ED 25.02.2026\n   - Koronarangiographie 26.02.2026: Stenose RIVA\n2. Hypertonie\n"
    assert titles(text, "Condition") == ["NSTEMI", "Hypertonie"]


def test_an_illness_that_is_over_has_the_day_of_its_end():
    fields = the_only("Problem List (copied from previous note):\nPneumonia - resolved 2019\n", "Condition")
    assert (fields["status"], fields["ended"], fields.get("happened")) == (Status.RESOLVED, "2019", None)


def test_a_year_in_the_middle_dates_an_operation():
    fields = the_only("Past surgical history: Hysterectomy 2018 for fibroids\n", "Procedure")
    assert (fields["title"], fields["happened"]) == ("Hysterectomy for fibroids", "2018")


def test_a_vaccination_card_with_columns_has_the_lot_and_never_the_birthday():
    text = (
        "VACCINATION RECORD\nName: Amy Stone   DOB 4 Apr 1990\nVaccine  Date  Lot  Given by\n"
        "Tdap  14/05/2021  U4421AA  Walgreens\nMMR  declined\n"
    )
    assert the_only(text, "Immunization") == {"title": "Tdap", "lot": "U4421AA", "happened": "2021-05-14"}


def test_a_pathology_report_is_one_entry_also_where_its_diagnosis_has_parts():
    text = (
        "SURGICAL PATHOLOGY REPORT\nLakeside Medical Center, Department of Pathology\n"
        "Specimen: Skin, left forearm\nDiagnosis:\nSkin, left forearm, shave biopsy:\n"
        "- Seborrheic keratosis. No evidence of malignancy.\nSigned: R. Patel, MD\n"
    )
    (report,) = read(text).proposals
    assert report.kind == "DiagnosticReport"
    assert "Seborrheic keratosis. No evidence of malignancy." in report.fields["conclusion"]
    assert report.fields["performer"] == "R. Patel, MD"


def test_the_doctor_of_an_appointment_ends_with_the_line():
    text = "To: Mr Oliver Berg\n\nAppointment: 22 April 2026 at 09:15 with Dr Hansen\n"
    text += "Please bring a list of your medicines.\n"
    assert the_only(text, "Encounter")["provider"] == "Dr Hansen"


def test_what_follows_a_name_with_a_denial_in_it_is_not_denied():
    text = "Diagnose: Migräne ohne Aura (G43.0 G), V.a. Karpaltunnelsyndrom rechts (G56.0 V), Z.n. Borreliose 2015\n"
    assert titles(text, "Condition") == ["Migräne ohne Aura", "Karpaltunnelsyndrom rechts", "Borreliose"]


def test_forms_before_the_names_of_medicines_begin_the_next_one():
    text = "Discharge medications: Tab Paracetamol 500 mg PRN, Tab Cefixime 200 mg BD x 5 days.\n"
    medicines = [(one.title, one.fields["frequency"]) for one in read(text).proposals]
    assert medicines == [("Paracetamol", "PRN"), ("Cefixime", "BD")]


def test_how_a_medicine_is_taken_later_is_not_how_it_is_taken_now():
    text = "Discharge medications:\n- Pantoprazole 40 mg twice daily x 8 weeks, then daily\n"
    assert the_only(text, "MedicationStatement")["frequency"] == "twice daily"


BELOW = (
    "Blood pressure 130/85\nWeight 80 kg\nNon-smoker\nLives with wife\nEmergency contact Tom Moore\n"
    "HbA1c 7.2 %\nPotassium 4.1 mmol/l\nUrate 7.2 mg/dl\nRoom 12\nImmunizations up to date\n"
)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Allergies: penicillin (rash)", "Penicillin"),
        ("Current medications: ramipril 5 mg daily", "Ramipril"),
        ("Diagnosis: Gout", "Gout"),
    ],
)
def test_what_stands_below_a_list_of_one_line_is_no_part_of_it(line, title):
    assert [one.title for one in read(f"{line}\n{BELOW}").proposals] == [title]


def test_what_is_of_its_sort_below_a_list_of_one_line_is_part_of_it():
    assert titles("Allergies: penicillin (rash)\nLatex\n", "AllergyIntolerance") == ["Penicillin", "Latex"]
    assert titles("Medications: ramipril 5 mg\nmetformin 500 mg daily\n", "MedicationStatement") == [
        "Ramipril",
        "Metformin",
    ]
    assert titles("Diagnosis: Gout\nHypertension\n", "Condition") == ["Gout", "Hypertension"]


def test_a_table_of_allergies_gives_the_substance_and_what_it_does():
    text = (
        "ALLERGIES\nAllergen        Reaction        Severity     Date\n"
        "Penicillin      Rash            Moderate     2010\n"
    )
    fields = the_only(text, "AllergyIntolerance")
    assert (fields["title"], fields["reaction"]) == ("Penicillin", "Rash")
