"""Doctors' letters as a careful person would enter them: lists under headings in four languages, and running text."""

import pytest

from organizer.importing.letters.allergies import allergy_in
from organizer.importing.letters.medicines import medicine_in
from organizer.importing.letters.reader import read_letter
from organizer.importing.letters.statements import statement_in
from organizer.importing.letters.strengths import frequency_in
from organizer.importing.page_text.words_on_page import PageWords, Word

ENGLISH = """\
Riverside Medical Center
DISCHARGE SUMMARY
Patient: Ann Example   DOB: 02/03/1958
Date of admission: 03/02/2026

Discharge Diagnoses:
1. Acute on chronic systolic heart failure
2. Type 2 diabetes mellitus (E11.9)
3. Hypertension
4. Chronic kidney disease stage 3b since 2019
5. Suspected sleep apnea
6. No evidence of pneumonia

Past Medical History: appendicitis, migraine, history of DVT in 2011.
Past Surgical History:
Appendectomy 1988
- Left total knee replacement, 05/2017

Family History: Mother with breast cancer. Father died of stroke.

ALLERGIES: Penicillin (hives), sulfa - rash, latex.

Discharge Medications:
1. Furosemide 40 mg PO twice daily
2. Metoprolol succinate ER 50 mg daily for blood pressure
3. Lisinopril 10 mg by mouth once a day
4. Insulin glargine 20 units at bedtime
5. Apixaban 5 mg BID
6. Ibuprofen - discontinued
7. Acetaminophen 500 mg every 6 hours as needed

Hospital Course:
Ms. Example presented with shortness of breath. Myocardial infarction was ruled out. She has a history of
rheumatoid arthritis. Her sister has lupus. Atrial fibrillation was found on telemetry.

Follow-up:
Cardiology clinic in 2 weeks.
Basic metabolic panel in one week.

Sincerely,
John Doe, MD
"""
GERMAN = """\
Klinikum Musterstadt
Arztbrief
Sehr geehrte Frau Kollegin,

Diagnosen:
- Arterielle Hypertonie (I10.90 G)
- Diabetes mellitus Typ 2, ED 2012
- Z.n. Myokardinfarkt 03/2015
- V.a. obstruktives Schlafapnoesyndrom
- Ausschluss Lungenembolie

Allergien: Penicillin (Exanthem), Novalgin

Medikation bei Entlassung:
Ramipril 5 mg 1-0-0
Metoprolol succ. 47,5 mg 1-0-1-0
ASS 100 mg 0-1-0
Novaminsulfon 500 mg bei Bedarf
Bisoprolol abgesetzt

Familienanamnese: Vater Kolonkarzinom

Procedere:
Kardiologische Kontrolle in 3 Monaten
Mit freundlichen Grüßen
"""
SPANISH = """\
INFORME DE ALTA
Diagnóstico principal: Neumonía adquirida en la comunidad
Diagnósticos secundarios:
1) Hipertensión arterial
2) Diabetes mellitus tipo 2 desde 2010
3) Probable EPOC
Antecedentes familiares: padre con cáncer de colon
Alergias: No alergias medicamentosas conocidas.
Tratamiento al alta:
- Amoxicilina/ácido clavulánico 875/125 mg cada 8 horas
- Enalapril 20 mg una vez al día
- Metformina 850 mg 1-0-1
- Paracetamol 1 g si precisa
Antecedentes quirúrgicos: apendicectomía en 1990
Recomendaciones:
Control por su médico en una semana
"""
FRENCH = """\
COMPTE RENDU D'HOSPITALISATION
Antécédents: hypertension artérielle, asthme, pas de diabète
Allergies: pénicilline (urticaire)
Diagnostic principal: Embolie pulmonaire
Traitement de sortie:
- Apixaban 5 mg matin et soir
- Ramipril 2,5 mg le matin
- Paracétamol 1 g si besoin
Antécédents chirurgicaux: cholécystectomie (2008)
Conduite à tenir:
Consultation de pneumologie dans 3 mois
"""


def page_of(text):
    """The letter on a page, in a type of one width."""
    words = []
    for number, line in enumerate(text.splitlines()):
        left, top = 20, 20 + number * 14
        for part in line.split(" "):
            if part:
                words.append(Word(part, left, top, left + len(part) * 6, top + 10))
            left += (len(part) + 1) * 6
    return PageWords(1, 600, 900, words)


def read(text):
    return read_letter([page_of(text)])


def titles(reading, kind):
    return [proposal.title for proposal in reading.proposals if proposal.kind == kind]


def fields(reading, title):
    return next(dict(proposal.fields) for proposal in reading.proposals if proposal.title == title)


def test_an_english_discharge_summary():
    reading = read(ENGLISH)
    assert titles(reading, "Condition") == [
        "Acute on chronic systolic heart failure", "Type 2 diabetes mellitus", "Hypertension",
        "Chronic kidney disease stage 3b", "Sleep apnea", "Appendicitis", "Migraine", "DVT", "Rheumatoid arthritis",
        "Atrial fibrillation",
    ]  # fmt: skip
    assert fields(reading, "Chronic kidney disease stage 3b")["happened"] == "2019"
    assert fields(reading, "Sleep apnea")["verification"] == "provisional"
    assert titles(reading, "MedicationStatement") == [
        "Furosemide", "Metoprolol succinate ER", "Lisinopril", "Insulin glargine", "Apixaban", "Ibuprofen",
        "Acetaminophen",
    ]  # fmt: skip
    assert fields(reading, "Furosemide") == {
        "title": "Furosemide", "dose": "40 mg", "frequency": "twice daily", "status": "active",
    }  # fmt: skip
    assert fields(reading, "Metoprolol succinate ER")["reason"] == "blood pressure"
    assert fields(reading, "Ibuprofen")["status"] == "stopped"
    allergies = [proposal for proposal in reading.proposals if proposal.kind == "AllergyIntolerance"]
    assert [(allergy.title, allergy.fields.get("reaction")) for allergy in allergies] == [
        ("Penicillin", "hives"), ("Sulfa", "rash"), ("Latex", None),
    ]  # fmt: skip
    assert fields(reading, "Left total knee replacement")["happened"] == "2017-05"
    assert titles(reading, "Task") == ["Cardiology clinic in 2 weeks", "Basic metabolic panel in one week"]


def test_a_german_letter():
    reading = read(GERMAN)
    assert titles(reading, "Condition") == [
        "Arterielle Hypertonie", "Diabetes mellitus Typ 2", "Myokardinfarkt", "Obstruktives Schlafapnoesyndrom",
    ]  # fmt: skip
    assert fields(reading, "Diabetes mellitus Typ 2")["happened"] == "2012"
    assert fields(reading, "Myokardinfarkt") == {"title": "Myokardinfarkt", "happened": "2015-03"}
    assert fields(reading, "Novaminsulfon")["frequency"] == "bei Bedarf"
    assert fields(reading, "Bisoprolol")["status"] == "stopped"
    assert titles(reading, "Task") == ["Kardiologische Kontrolle in 3 Monaten"]


def test_a_spanish_report():
    reading = read(SPANISH)
    assert titles(reading, "Condition") == [
        "Neumonía adquirida en la comunidad", "Hipertensión arterial", "Diabetes mellitus tipo 2", "EPOC",
    ]  # fmt: skip
    allergy = fields(reading, "No alergias medicamentosas conocidas")
    assert allergy["none_known"] == "yes"
    assert fields(reading, "Amoxicilina/ácido clavulánico") == {
        "title": "Amoxicilina/ácido clavulánico", "dose": "875/125 mg", "frequency": "cada 8 horas", "status": "active",
    }  # fmt: skip
    assert fields(reading, "Apendicectomía")["happened"] == "1990"


def test_a_french_report():
    reading = read(FRENCH)
    assert titles(reading, "Condition") == ["Hypertension artérielle", "Asthme", "Embolie pulmonaire"]
    assert fields(reading, "Ramipril") == {
        "title": "Ramipril", "dose": "2,5 mg", "frequency": "le matin", "status": "active",
    }  # fmt: skip
    assert fields(reading, "Cholécystectomie")["happened"] == "2008"


@pytest.mark.parametrize("letter", [ENGLISH, GERMAN, SPANISH, FRENCH])
def test_what_is_denied_or_of_a_relative_is_never_proposed_but_named(letter):
    reading = read(letter)
    said = " ".join(proposal.title for proposal in reading.proposals).casefold()
    for word in ("pneumonia", "breast", "stroke", "lupus", "lungenembolie", "kolon", "colon", "diabète"):
        if word == "pneumonia" or word in letter.casefold():
            assert word not in said
    assert reading.left_out


def test_running_text_asks_to_be_looked_at_and_a_list_does_not():
    reading = read(ENGLISH)
    doubts = {proposal.title: proposal.doubts for proposal in reading.proposals}
    assert doubts["Hypertension"] == ()
    assert "running text" in doubts["Atrial fibrillation"][0]
    assert len(doubts["Rheumatoid arthritis"]) == 2


def test_a_proposal_stands_where_its_words_stand():
    reading = read(GERMAN)
    place = next(one.place for one in reading.proposals if one.title == "Ramipril")
    line = GERMAN.splitlines().index("Ramipril 5 mg 1-0-0")
    assert (place.page, place.y0, place.y1) == (1, 20 + line * 14, 30 + line * 14)
    assert place.x0 == 20


def test_medicines_under_a_heading_that_does_not_say_so_are_not_said_to_be_taken():
    reading = read("Medications:\n1. Aspirin 81 mg daily\n2. Atorvastatin 40 mg at bedtime\n")
    assert [one.fields.get("status") for one in reading.proposals] == [None, None]
    assert all(one.doubts for one in reading.proposals)


@pytest.mark.parametrize(
    ("line", "name", "dose", "frequency"),
    [
        ("Ramipril 5 mg 1-0-0-0", "Ramipril", "5 mg", "1-0-0-0"),
        ("Metoprolol 47,5 mg Tabl 1 0 1 0", "Metoprolol", "47,5 mg", "1-0-1-0"),
        ("L-Thyroxin 75 µg 1-0-0", "L-Thyroxin", "75 µg", "1-0-0"),
        ("Marcumar nach INR", "Marcumar nach INR", "", ""),
        ("Warfarin 2.5 mg every other day", "Warfarin", "2.5 mg", "every other day"),
        ("Salbutamol 100 mcg 2 puffs every 4 hours as needed", "Salbutamol", "100 mcg", "every 4 hours as needed"),
        ("Omeprazol 20 mg 1 comprimido cada 24 horas", "Omeprazol", "20 mg", "cada 24 horas"),
        ("Lévothyroxine 75 µg le matin", "Lévothyroxine", "75 µg", "le matin"),
        ("Metformin 2x täglich", "Metformin", "", "2x täglich"),
        ("Vitamin D 1000 IU daily", "Vitamin D", "1000 IU", "daily"),
        ("Prednisone taper", "Prednisone taper", "", ""),
    ],
)
def test_a_line_of_a_medication_list(line, name, dose, frequency):
    medicine = medicine_in(line)
    assert (medicine.name, medicine.dose, medicine.frequency) == (name, dose, frequency)


@pytest.mark.parametrize(
    ("text", "name", "contexts", "since"),
    [
        ("Asthma", "Asthma", set(), ""),
        ("Z.n. Appendektomie 1990", "Appendektomie", {"history"}, "1990"),
        ("V.a. Lungenembolie", "Lungenembolie", {"uncertain"}, ""),
        ("Pneumonie J18.9 V", "Pneumonie", {"uncertain"}, ""),
        ("Hypertension (2010)", "Hypertension", set(), "2010"),
        ("Rheumatoid arthritis, diagnosed in March 2015", "Rheumatoid arthritis", set(), "2015-03"),
        ("No evidence of metastasis", "No evidence of metastasis", {"negated"}, ""),
        ("Breast cancer stage 2", "Breast cancer stage 2", set(), ""),
        ("COVID-19", "COVID-19", set(), ""),
        ("Factor V Leiden", "Factor V Leiden", set(), ""),
        ("Vitamin B12 deficiency", "Vitamin B12 deficiency", set(), ""),
    ],
)
def test_an_item_of_a_list_of_diagnoses(text, name, contexts, since):
    statement = statement_in(text)
    assert (statement.name, set(statement.contexts), statement.since) == (name, contexts, since)


@pytest.mark.parametrize(
    ("text", "substance", "reaction"),
    [
        ("Penicillin (hives, swelling)", "Penicillin", "hives, swelling"),
        ("Codeine – nausea", "Codeine", "nausea"),
        ("Iodine: Exanthem", "Iodine", "Exanthem"),
        ("Allergic to bee stings", "bee stings", ""),
        ("Co-trimoxazole", "Co-trimoxazole", ""),
    ],
)
def test_an_item_of_a_list_of_allergies(text, substance, reaction):
    allergy = allergy_in(text)
    assert (allergy.substance, allergy.reaction) == (substance, reaction)


def test_a_paragraph_below_a_complete_list_is_no_part_of_it():
    reading = read(
        "Medication: valproate, levetiracetam\n\nTechnical: 21 channels, awake and asleep\nand an hour long\n\n"
        "Allergies: none known\n\nOn examination: weight 20.9 kg\nBloods: platelets 98 in March, recovered.\n\n"
        "Family history: father had a stroke\n\nShe has asthma since 2019\nand she sleeps well\n\n"
        "Plan:\n- EEG in 6 months\n- No swimming alone\n\nNo known drug allergies.\nIt was a pleasure.\n"
    )
    assert titles(reading, "MedicationStatement") == ["Valproate", "Levetiracetam"]
    assert titles(reading, "AllergyIntolerance") == ["None known"]
    assert titles(reading, "Task") == ["EEG in 6 months", "No swimming alone"]
    assert titles(reading, "Condition") == ["Asthma"]


def test_a_list_whose_lines_stand_wide_apart_goes_on_to_its_end():
    reading = read(
        "Allergies: Penicillin\n\nMedications:\n\nRamipril 5 mg daily\n\nAspirin 81 mg daily\n\nPlan: ECG soon"
    )
    assert titles(reading, "MedicationStatement") == ["Ramipril", "Aspirin"]


def test_each_sentence_of_allergies_is_read_and_what_is_tolerated_or_only_avoided_is_none():
    reading = read("Allergies: Penicillin - anaphylaxis. Sulfa - rash. Tolerates furosemide. Avoid gold.")
    assert [(a.title, a.fields["reaction"]) for a in reading.proposals] == [
        ("Penicillin", "anaphylaxis"),
        ("Sulfa", "rash"),
    ]
    assert len(reading.left_out) == 2


def test_the_same_times_are_said_once():
    assert frequency_in(" twice a day, from May on 400 mg twice a day") == "twice a day"


@pytest.mark.parametrize("text", ["", "12.03.2026", "Laboratory report\nSodium 140 mmol/L 136 - 145\nPotassium 4.1"])
def test_what_is_no_letter_proposes_nothing(text):
    assert read(text).proposals == []


@pytest.mark.parametrize("heading", ["Diagnoses:", "Impression:"])
def test_a_sentence_that_ends_by_ruling_out_what_it_begins_with_names_no_diagnosis(heading):
    reading = read(f"{heading}\nChildhood absence epilepsy, suspected in 2025, has been ruled out.")
    assert reading.proposals == []
    assert reading.left_out


@pytest.mark.parametrize(
    "line",
    ["Stop: ibuprofen and all other NSAIDs", "Stop ibuprofen and diclofenac", "Discontinued: ibuprofen, naproxen"],
)
def test_what_a_line_ends_it_ends_of_each_medicine_that_it_names(line):
    reading = read(f"Current medications:\nApixaban 5 mg twice daily\n{line}")
    taken, *ended = reading.proposals
    assert taken.fields["status"] == "active"
    assert len(ended) == 2
    assert {proposal.fields["status"] for proposal in ended} == {"stopped"}


def test_a_pharmacy_below_the_allergies_is_none():
    reading = read("ALLERGIES: penicillin\nPharmacy: Walgreens Division St")
    assert titles(reading, "AllergyIntolerance") == ["Penicillin"]


@pytest.mark.parametrize(
    ("line", "state", "name", "dose"),
    [
        ("Ramipril 10 mg - WITHHELD, AKI, GP to restart", "on-hold", "Ramipril", "10 mg"),
        ("Adalimumab 40 mg fortnightly - to start once TB screen negative", "intended", "Adalimumab", "40 mg"),
        ("Abemaciclib 150 mg 1-0-1 geplant", "intended", "Abemaciclib", "150 mg"),
        ("Fremanezumab 225 mg mensual, pendiente de aprobación", "intended", "Fremanezumab", "225 mg"),
        ("Ustékinumab envisagé en cas d'échec", "intended", "Ustékinumab", ""),
        ("Loxen: n'a jamais été pris", "not-taken", "Loxen", ""),
        ("Amitriptilina 10 mg por la noche (no llegó a tomarla)", "not-taken", "Amitriptilina", "10 mg"),
        ("Lithium: abgelehnt", "not-taken", "Lithium", ""),
        ("Aspirin 81 mg daily Patient not taking", "not-taken", "Aspirin", "81 mg"),
        ("Simvastatin 20 mg 0-0-1 (wird nicht mehr eingenommen)", "stopped", "Simvastatin", "20 mg"),
        ("Ciprofloxacine 500 mg matin et soir, terminée", "stopped", "Ciprofloxacine", "500 mg"),
        ("Morphine 10 mg bd weaned off", "stopped", "Morphine", "10 mg"),
        ("Cortancyl 20 mg pendant 5 jours puis arrêt", "", "Cortancyl", "20 mg"),
        ("Metformin 500 mg 1-0-1, Steigerung geplant", "", "Metformin", "500 mg"),
        ("furosemide 40 mg PO daily -> increase to 80 mg", "", "furosemide", "80 mg"),
        ("Eliquis 5 mg bid (on hold for procedure)", "on-hold", "Eliquis", "5 mg"),
        ("Sintrom 4 mg, pendiente de INR", "", "Sintrom", "4 mg"),
        ("Xarelto 20 mg le soir, durée prévue 3 mois", "", "Xarelto", "20 mg"),
        ("Fentanyl TTS 25 µg/h alle 3 Tage", "", "Fentanyl TTS", "25 µg/h"),
        ("Torasemid 10 mg 1-0-0 → 20 mg 1-0-0", "", "Torasemid", "20 mg"),
        ("Vitamine D 100 000 UI 1 ampoule par trimestre", "", "Vitamine D", "100 000 UI"),
        ("Prednisolone 7.5 mg daily, reduce by 1 mg every 2 weeks", "", "Prednisolone", "7.5 mg"),
    ],
)
def test_a_line_says_whether_a_medicine_is_taken_and_at_which_dose_now(line, state, name, dose):
    medicine = medicine_in(line)
    assert (medicine.state, medicine.name, medicine.dose) == (state, name, dose)


def test_what_is_to_come_is_not_how_often_a_medicine_is_taken_now():
    assert medicine_in("Prednisolone 7.5 mg daily, reduce by 1 mg every 2 weeks").frequency == "daily"
    assert medicine_in("Digitoxin 0,07 mg Mo-Fr 1 x tgl.").frequency == "Mo-Fr 1 x tgl"


def test_why_a_medicine_was_stopped_is_no_medicine():
    reading = read("Dear Dr Lee,\n\nCurrent medication:\nHydroxychloroquine - stopped Feb 2026, retinal changes\n")
    assert titles(reading, "MedicationStatement") == ["Hydroxychloroquine"]
    assert fields(reading, "Hydroxychloroquine")["ended"] == "2026-02"


def test_each_medicine_of_a_paragraph_has_its_own_state():
    reading = read(
        "Dear Dr Lee,\n\nCurrent treatment: Dabrafenib 150 mg bd and trametinib 2 mg od. Previously ipilimumab "
        "(stopped for colitis).\n"
    )
    assert fields(reading, "Dabrafenib")["status"] == "active"
    assert fields(reading, "Trametinib")["status"] == "active"


def test_a_line_that_ends_a_medicine_says_nothing_of_those_above_it():
    reading = read(
        "Cher confrère,\n\nTraitement à l'entrée : paroxétine 20 mg\n"
        "Traitement de sortie : venlafaxine 150 mg, mirtazapine 15 mg le soir\nArrêt de la paroxétine.\n"
    )
    assert fields(reading, "Venlafaxine")["status"] == "active"
    assert fields(reading, "Mirtazapine")["status"] == "active"
    ended = [proposal for proposal in reading.proposals if proposal.fields.get("status") == "stopped"]
    assert [proposal.title for proposal in ended] == ["Paroxétine"]


def test_a_list_of_now_may_hold_what_is_over_and_what_was_last_handed_over_long_ago():
    reading = read(
        "Dear Dr Lee,\n\nCurrent medication:\nWarfarin 5 mg until 2021\n"
        "Amlodipine 10mg daily Last issued 20-Oct-2026\nLansoprazole 15mg daily Last issued 14-Jan-2022\n"
    )
    assert (fields(reading, "Warfarin")["status"], fields(reading, "Warfarin")["ended"]) == ("completed", "2021")
    assert fields(reading, "Amlodipine") == {
        "title": "Amlodipine", "dose": "10mg", "frequency": "daily", "status": "active",
    }  # fmt: skip
    assert "status" not in fields(reading, "Lansoprazole")


def test_what_must_not_be_taken_was_not_necessarily_stopped():
    reading = read("Dear Dr Lee,\n\nSUSPENDER: Clopidogrel\nNO TOMAR: Ibuprofeno\n")
    assert fields(reading, "Clopidogrel")["status"] == "stopped"
    assert fields(reading, "Ibuprofeno")["status"] == "not-taken"


@pytest.mark.parametrize(
    ("line", "allergies"),
    [
        ("Penicillin; nil else known", ["Penicillin"]),
        ("Food: shellfish (lip swelling)", ["Shellfish"]),
        ("aucune allergie connue aux antibiotiques ; allergie à l'arachide (œdème)", ["Arachide"]),
        ("No constan", []),
        ("a betalactámicos", ["Betalactámicos"]),
        ("Latex; unclear", ["Latex"]),
    ],
)
def test_only_what_somebody_is_allergic_to_is_an_allergy(line, allergies):
    reading = read(f"Dear Dr Lee,\n\nAllergies: {line}\n")
    assert titles(reading, "AllergyIntolerance") == allergies


def test_a_doubtful_allergy_is_not_confirmed():
    reading = read("Sehr geehrte Frau Lee,\n\nAllergien: Jodunverträglichkeit fraglich\n")
    assert fields(reading, "Jodunverträglichkeit fraglich")["verification"] == "unconfirmed"


def test_an_allergy_that_was_outgrown_is_no_diagnosis():
    reading = read("Dear Dr Lee,\n\nProblems:\n- Cow's milk allergy - outgrown, now tolerates milk\n- Eczema\n")
    assert [proposal.title for proposal in reading.proposals] == ["Eczema"]


def test_a_dated_diagnosis_is_no_operation_and_a_stroke_without_sequelae_is_a_stroke():
    reading = read("Dear Dr Lee,\n\nActive problems:\n11-Sep-2025 Depression in remission\n")
    assert titles(reading, "Condition") == ["Depression in remission"]
    reading = read("Cher confrère,\n\nAntécédents :\n- AVC en 2018 sans séquelle\n- Pas de diabète\n")
    assert titles(reading, "Condition") == ["AVC sans séquelle"]


def test_short_entries_behind_semicolons_are_diagnoses_of_their_own():
    reading = read("Dear Dr Lee,\n\nSecondary diagnoses: Type 2 diabetes; CKD 3a; hypertension; former smoker\n")
    assert titles(reading, "Condition") == ["Type 2 diabetes", "CKD 3a", "Hypertension"]


@pytest.mark.parametrize("line", ["spironolactone 25 mg - d/c'd for K 5.9", "Eliquis 5 mg bid (on hold for procedure)"])
def test_why_a_medicine_rests_is_not_what_it_is_for(line):
    assert medicine_in(line).reason == ""


@pytest.mark.parametrize(
    ("line", "title"),
    [("DVT left leg 2009, resolved", "DVT left leg 2009"), ("Hépatite B ancienne guérie", "Hépatite B ancienne")],
)
def test_what_a_letter_calls_over_is_over(line, title):
    reading = read(f"Dear Dr Lee,\n\nDiagnoses:\n- {line}\n- Asthma\n")
    assert fields(reading, title)["status"] == "resolved"


def test_a_medicine_of_the_admission_that_the_letter_ends_is_told_once():
    reading = read(
        "Dear Dr Lee,\n\nMedications on admission:\nNaproxen 500 mg BD\n\nMedications on discharge:\n"
        "Aspirin 75 mg OD\nSTOPPED: Naproxen\n"
    )
    assert titles(reading, "MedicationStatement") == ["Aspirin", "Naproxen"]
    assert fields(reading, "Naproxen")["status"] == "stopped"
    assert "“Naproxen 500 mg BD” is ended in the same letter" in reading.left_out
