"""Reports are quoted as one entry; vaccination cards and appointments give what they plainly say."""

import pytest

from organizer.importing.letters.reader import read_letter
from tests.organizer.importing.letters.test_real_forms import page_of, read, titles

MRI = """\
Lakeside Imaging Center
MRI RIGHT KNEE WITHOUT CONTRAST
Patient: Ann Example   DOB: 02/13/1958
Date of exam: March 14, 2026
CLINICAL HISTORY: Knee pain.
TECHNIQUE: Multiplanar sequences.
FINDINGS: There is a tear of the medial meniscus. Osteoarthritis can not be excluded.
IMPRESSION:
1. Tear of the posterior horn of the medial meniscus.
2. No evidence of fracture.
Electronically signed by: John Reader, MD
"""
PATHOLOGY = """\
Institut für Pathologie
Histologischer Befund
Material: Kolonbiopsie
Makroskopie: Drei Partikel.
Diagnose: Colitis ulcerosa, mäßige Aktivität. Kein Anhalt für Malignität.
Dr. med. Paul Schnitt
"""


def test_a_report_of_imaging_is_one_proposal_with_its_conclusion_day_author_and_place():
    (report,) = read(MRI).proposals
    assert report.kind == "DiagnosticReport"
    assert dict(report.fields) == {
        "title": "MRI RIGHT KNEE WITHOUT CONTRAST",
        "category": "imaging",
        "conclusion": "1. Tear of the posterior horn of the medial meniscus. 2. No evidence of fracture.",
        "happened": "2026-03-14",
        "performer": "John Reader, MD",
        "place": "Lakeside Imaging Center",
    }


def test_a_pathologist_s_diagnosis_is_quoted_without_the_signature():
    (report,) = read_letter([page_of(PATHOLOGY)]).proposals
    assert report.fields["category"] == "pathology"
    assert report.fields["conclusion"] == "Colitis ulcerosa, mäßige Aktivität. Kein Anhalt für Malignität."
    assert "happened" not in report.fields


def test_a_clinic_letter_with_an_impression_is_no_report():
    reading = read(
        "Cardiology clinic\nIMPRESSION:\n1. Atrial fibrillation\n2. Hypertension\nMEDICATIONS:\nApixaban 5 mg bd\n"
    )
    assert titles(reading, "DiagnosticReport") == []
    assert titles(reading, "Condition") == ["Atrial fibrillation", "Hypertension"]


def test_a_vaccination_card():
    reading = read(
        "Vaccination record\nInfluenza 2025-10-02 Lot AB123\nTdap (Boostrix), 14 May 2019, lot X99Z1\n"
        "COVID-19 mRNA 03/02/2021\nMMR: up to date\n"
    )
    assert [dict(one.fields) for one in reading.proposals] == [
        {"title": "Influenza", "lot": "AB123", "happened": "2025-10-02"},
        {"title": "Tdap (Boostrix)", "lot": "X99Z1", "happened": "2019-05-14"},
        {"title": "COVID-19 mRNA"},
    ]
    assert [bool(one.doubts) for one in reading.proposals] == [False, False, True]


@pytest.mark.parametrize(
    ("told", "when", "who"),
    [
        ("Your appointment is on 12 March 2026 at 10:30 with Dr Grey.", "2026-03-12T10:30:00", "Dr Grey"),
        ("Ein Termin wurde für den 14.10.2024, 10.00 Uhr organisiert.", "2024-10-14T10:00:00", None),
        ("Cita de revisión el 3 de mayo de 2024 a las 10:30.", "2024-05-03T10:30:00", None),
        ("Votre rendez-vous est le 3 mars 2026 à 10h30.", "2026-03-03T10:30:00", None),
    ],
)
def test_an_appointment_is_a_visit_that_is_planned(told, when, who):
    visit = next(one for one in read("Dear Ms Example,\n" + told + "\n").proposals if one.kind == "Encounter")
    assert (visit.fields["happened"], visit.fields.get("provider"), visit.fields["status"]) == (when, who, "planned")


def test_an_appointment_without_a_day_is_none():
    assert titles(read("Dear Ms Example,\nPlease make an appointment in two weeks.\n"), "Encounter") == []
