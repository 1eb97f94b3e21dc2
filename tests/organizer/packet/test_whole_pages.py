"""What a specialist of each field needs of a record, read in the finished packet: stages, scores, all medicines."""

import re

import pypdfium2
import pytest

from tests.made_records import closed_record
from tests.organizer.packet.cases import made

TUMOUR = [
    {"kind": "OpinionCase", "title": "Chemotherapy or not", "specialist": "Prof. Adeyemi", "specialty": "Oncology",
     "why": "Is chemotherapy needed?", "decide_by": "2026-12-20"},
    {"kind": "Question", "title": "Does an Oncotype score of 17 mean chemotherapy?"},
    {"kind": "Condition", "title": "Invasive ductal carcinoma", "happened": "2026-09-18", "status": "active",
     "stage": "pT2 pN1mi (1/3) cM0, Stage IIA", "body_site": "Left breast"},
    *({"kind": "Observation", "title": title, "value_text": value, "happened": "2026-10-02", "category": "laboratory"}
      for title, value in (("Estrogen receptor", "95 % positive (3+)"), ("Progesterone receptor", "40 % positive"),
                           ("HER2 (IHC)", "1+"), ("Oncotype DX recurrence score", "17"), ("CA 15-3", "24"),
                           ("ALT", "20"), ("Albumin", "41"), ("Bilirubin", "9"))),
]  # fmt: skip
JOINTS = [
    {"kind": "Condition", "title": "Rheumatoid arthritis", "happened": "2017-05", "status": "active"},
    {"kind": "Observation", "title": "DAS28-CRP", "value_text": "5.4", "happened": "2026-11-01", "category": "exam"},
    {"kind": "Observation", "title": "Schirmer test", "value_text": "dry on both sides", "happened": "2026-11-01"},
    {"kind": "Observation", "title": "Heart rate", "value_text": "0", "unit": "/min", "happened": "2026-11-02",
     "category": "vital-signs"},
    *({"kind": "MedicationStatement", "title": title, "dose": dose, "status": "active"}
      for title, dose in (("Methotrexate", "15 mg once a week"), ("Folic acid", "5 mg once a week"),
                          ("Tofacitinib", "5 mg twice a day"), ("Prednisolone", "7.5 mg once a day"),
                          ("Omeprazole", "20 mg once a day"), ("Amlodipine", "10 mg once a day"))),
    {"kind": "MedicationStatement", "title": "Cinacalcet", "dose": "30 mg", "status": "on-hold",
     "note": "calcium 1.9 in May"},
    {"kind": "Procedure", "title": "Haemodialysis", "happened": "2022-02", "status": "in-progress",
     "note": "3 × 4 h a week"},
    {"kind": "Procedure", "title": "Red cell transfusion", "happened": "2026-10-06", "status": "completed"},
    {"kind": "Procedure", "title": "Red cell transfusion", "happened": "2026-11-03", "status": "completed"},
    {"kind": "Procedure", "title": "Peritoneal dialysis", "happened": "2021-10", "ended": "2022-02",
     "status": "completed", "outcome": "stopped: peritonitis"},
    {"kind": "Device", "title": "Pacemaker", "happened": "2018-06-11", "mr_safety": "MR conditional"},
    *({"kind": "AllergyIntolerance", "title": title, "status": "active"} for title in ("Heparin", "Iron dextran")),
]  # fmt: skip


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    return closed_record(tmp_path_factory.mktemp("closed"), "Ruth Amsel")


def pages_of(lines, folder, closed, about=None, **wish):
    """The front pages as one reads them, one text a page, and the packet's result."""
    data, result, _facts = made("", lines, folder, closed, about=about, **wish)
    document = pypdfium2.PdfDocument(data)
    pages = [document[n].get_textpage().get_text_bounded() for n in range(result.front_pages)]
    document.close()
    return [re.sub(r"\s+", " ", page) for page in pages], result


@pytest.fixture(scope="module")
def tumour(closed, tmp_path_factory):
    return pages_of(TUMOUR, tmp_path_factory.mktemp("tumour"), closed)


@pytest.fixture(scope="module")
def joints(closed, tmp_path_factory):
    return pages_of(JOINTS, tmp_path_factory.mktemp("joints"), closed)


def test_a_stage_and_a_site_stand_beside_the_diagnosis_wherever_it_stands(tumour):
    pages, _result = tumour
    for page in (pages[1], " ".join(pages[2:])):
        for words in ("Left", "breast, pT2 pN1mi (1/3) cM0, Stage IIA"):
            assert words in page


def test_results_that_decide_a_treatment_stand_together_before_all_others(tumour):
    pages, _result = tumour
    results = pages[1][pages[1].index("Key results") :]
    places = [results.index(name) for name in ("Oncotype", "Estrogen", "HER2", "Progesterone")]
    assert max(places) < results.index("CA 15-3")
    assert "ALT" not in results or max(places) < results.index("ALT")


@pytest.mark.parametrize(("language", "words"), [("en", "20 Dec 2026"), ("es", "20 dic 2026"), ("de", "20. Dez. 2026")])
def test_the_day_of_the_decision_is_whole_in_each_language(language, words, closed, tmp_path):
    pages, _result = pages_of(TUMOUR, tmp_path, closed, language=language)
    assert words in pages[1]


def test_scores_of_an_examination_and_words_without_a_group_are_results(joints):
    pages, _result = joints
    text = " ".join(pages)
    assert "DAS28-CRP" in pages[1]
    assert "dry on both sides" in text


def test_a_vital_sign_of_nought_leads_nothing(joints):
    pages, _result = joints
    results = pages[1][pages[1].index("Key results") :]
    assert "Heart rate" not in results or results.index("DAS28") < results.index("Heart rate")


def test_every_medicine_and_allergy_of_a_hand_written_record_has_room_on_page_one(joints):
    pages, _result = joints
    for name in ("Methotrexate 15 mg", "Folic acid 5 mg", "Tofacitinib 5 mg", "Prednisolone 7.5 mg", "Omeprazole 20 mg",
                 "Amlodipine 10 mg", "Heparin", "Iron dextran"):  # fmt: skip
        assert name in pages[1]


def test_one_chip_stands_for_a_list_that_the_person_alone_reports(joints):
    pages, result = joints
    medicines = pages[1][pages[1].index("Medicines") : pages[1].index("Allergies")]
    assert medicines.count("patient-reported") == 1
    assert result.facts == 0
    assert result.patient_reported > 10


def test_what_was_done_and_is_implanted_stands_with_how_it_went(joints):
    text = " ".join(joints[0])
    assert "Haemodialysis Feb 2022 – now 3 × 4 h a week." in text
    assert "Peritoneal dialysis Oct 2021 – Feb 2022 stopped: peritonitis." in text
    assert "Red cell transfusion 2 times, 6 Oct 2026 – 3 Nov 2026" in text
    assert "Pacemaker MR conditional 11 Jun 2018" in text
    assert "Haemodialysis" in joints[0][1]


def test_a_pause_is_told_with_its_note(joints):
    assert "Paused. Note: “calcium 1.9 in May”" in " ".join(joints[0])


def test_no_heading_stands_alone_at_the_foot_of_a_page(joints):
    for page in joints[0]:
        body = page[: page.rindex("Ruth Amsel")].strip()
        assert not body.endswith(("‹ Contents", "implants", "Taken now", "Paused", "Allergies"))


def test_who_has_died_takes_nothing_now_and_prepares_nothing(closed, tmp_path):
    about = {"birth_date": "1940-02-02", "deceased": "2026-06-01"}
    pages, _result = pages_of(JOINTS, tmp_path, closed, about=about)
    text = " ".join(pages)
    assert "born 2 Feb 1940 · died 1 Jun 2026" in pages[0]
    assert "died 1 Jun 2026" in pages[1]
    assert "by Ruth Amsel" not in text
    assert "Prepared by the patient" not in text
    assert "Continuing" not in text
    assert "Methotrexate 15 mg once a week until 1 Jun 2026" in text
    assert "Rheumatoid arthritis current" not in text
    assert "86 years" not in text


def test_a_problem_list_says_that_it_may_be_short(closed, tmp_path):
    lines = [*JOINTS, {"kind": "Condition", "title": "HIV infection", "status": "active"}]
    pages, _result = pages_of(lines, tmp_path, closed)
    problems = pages[1][pages[1].index("Problems") : pages[1].index("Timeline")]
    assert "may be incomplete at the patient’s choice" in problems
    whole, _result = pages_of(JOINTS, tmp_path / "whole", closed)
    assert "may be incomplete" not in " ".join(whole)
