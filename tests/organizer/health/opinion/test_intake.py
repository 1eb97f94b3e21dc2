"""What is asked for, illness by illness: what its second doctors ask for, and nothing that can't be there.

The wanted words are written from the public lists named in docs/intake-lists.md, not from the program's data.
"""

from dataclasses import replace

import pytest

from organizer.health.opinion.checklist import checklist
from organizer.health.opinion.gathered import Gathered
from organizer.model.case import Case, RowState
from tests.organizer.health.opinion.made import TODAY, entry


def asked(title, *, sex="", born="1968-05-01", specialty="", why="", more=(), **case):
    """The labels of what is asked for and of what is asked only where it was done."""
    person = entry("Patient", "Ann", birth_date=born, sex=sex)
    diagnosis = [entry("Condition", title, "2026-11-01", status="active")] if title else []
    about = [("about", one.id) for one in diagnosis]
    opinion = entry("OpinionCase", "Case", links=(*about, *case.pop("links", ())), why=why, **case)
    rows = checklist(Gathered(person, Case(opinion), (opinion, person, *diagnosis, *more), TODAY), specialty)
    sure = " | ".join(row.label for row in rows if row.state is RowState.MISSING)
    perhaps = " | ".join(row.label for row in rows if row.state is RowState.PERHAPS)
    return sure, perhaps


@pytest.mark.parametrize(
    ("title", "usual", "where_done"),
    [
        (
            "Invasive ductal carcinoma of the left breast",
            "Mammogram; HER2; Staging; Pathology report; Slides",
            "MRI of the breast; Radiation; regimen; Operation notes",
        ),
        (
            "Adenocarcinoma of the colon",
            "colonoscopy; Tumour markers; CT; MSI; Slides",
            "MRI of the rectum; lymph nodes",
        ),
        ("Prostate cancer", "PSA; Gleason; MRI of the prostate; Slides", "Bone scan; Radiation"),
        (
            "Non-small cell lung cancer",
            "CT of the chest; PET-CT; Molecular; Lung function",
            "MRI of the brain; Bronchoscopy",
        ),
        (
            "Diffuse large B-cell lymphoma",
            "PET-CT; Blood counts; Slides",
            "Bone marrow; Flow cytometry; Echocardiogram",
        ),
        ("Multiple sclerosis", "Earliest and latest MRI; attack", "Spinal fluid; Evoked potentials"),
        ("Severe aortic stenosis", "Echocardiogram; ECG", "Angiogram; Dental; Lung function"),
        (
            "IgA nephropathy",
            "Creatinine; Urine tests; Protein in the urine; Ultrasound of the kidneys",
            "Biopsies; Dialysis",
        ),
        ("Lumbar disc herniation L5-S1", "MRI of the spine; X-rays of the spine", "EMG; Injections; physiotherapist"),
        ("Fever of unknown origin", "Fever chart; Travels; Cultures; CRP; Ruled out", "Tuberculosis; PET-CT"),
        ("Major depressive disorder", "highest dose; PHQ-9; Psychotherapy", "psychiatric hospital; ECT"),
        ("Thyroid nodule", "Ultrasound of the neck; cytology; Thyroid values", "Molecular; radioiodine"),
        ("Papillary thyroid carcinoma", "Ultrasound of the neck; cytology; Slides", "vocal cords; radioiodine"),
        ("Parkinson's disease", "hours it is taken; on and off; Video of walking", "DaT scan; memory and thinking"),
        ("Endometriosis", "Diary of the cycle; pelvis", "Laparoscopy; Fertility"),
        (
            "Crohn's disease of the ileum",
            "colonoscopy; Biopsies; calprotectin",
            "bowel; Tuberculosis; Levels of the medicine",
        ),
        ("Rheumatoid arthritis", "Antibody; CRP; X-rays and ultrasound of the joints", "Tuberculosis"),
        (
            "Melanoma of the back",
            "Pathology report; Slides; Photographs",
            "lymph nodes; dermatoscope; Molecular; The images",
        ),
        ("Osteoarthritis of the hip", "X-rays of the joint", "physiotherapist; Injections; implant"),
        ("Three vessel coronary artery disease", "Angiogram; Echocardiogram; ECG", "Stress test; Lung function"),
        ("Abdominal aortic aneurysm", "CT or MR angiogram; size; Creatinine", "Genetic; Echocardiogram; Ultrasound"),
        ("Acute myeloid leukaemia", "Bone marrow; Flow cytometry; Molecular; Blood counts", "HLA; Transfusions"),
        (
            "Cirrhosis of the liver",
            "Liver values; Ultrasound of the liver; virus",
            "elastography; Endoscopy; Alcohol; transplant",
        ),
        ("Amyotrophic lateral sclerosis", "EMG; MRI; Lung function; Weight", "swallowing; Genetic"),
        ("Glaucoma", "Visual fields; Eye pressure; OCT", "Laser"),
        ("Macular degeneration", "OCT; Eyesight", "Injections into the eye"),
        ("Gallstones", "Ultrasound; Liver values", "Endoscopy"),
        ("Kidney stones", "Ultrasound of the kidneys; Urine tests", "CT"),
        ("Cerebral aneurysm", "CT or MR angiogram; brain", "Angiogram"),
        ("Torn ACL of the left knee", "MRI of the joint", "physiotherapist; Operation notes"),
        ("Carpal tunnel syndrome", "EMG", "Injections"),
        ("Asthma", "Lung function", "Allergy tests"),
        ("Basal cell carcinoma of the nose", "Pathology report; Slides", "Operation notes"),
        ("Anorexia nervosa", "Psychotherapy; Weight", "psychiatric hospital"),
        ("Alzheimer’s disease", "memory and thinking; family or friends", "Spinal fluid"),
        ("Esclerosis múltiple", "Earliest and latest MRI", "Spinal fluid"),
        ("Schilddrüsenknoten links", "Ultrasound of the neck; cytology", "radioiodine"),
        ("Pituitary adenoma", "MRI; Hormone levels; Visual fields", "Operation notes; Radiation"),
    ],
)
def test_an_illness_asks_for_what_its_doctors_ask_for(title, usual, where_done):
    sure, perhaps = asked(title)
    assert [words for words in usual.split("; ") if words not in sure] == []
    assert [words for words in where_done.split("; ") if words not in perhaps] == []


@pytest.mark.parametrize(
    ("title", "sex", "born", "wanted", "absurd"),
    [
        (
            "Focal epilepsy",
            "female",
            "2017-05-04",
            "Seizure diary; Video of a seizure; EEG; Birth",
            "Spinal fluid; Slides; EMG; Mammogram; Smoking; Photo identity card |",
        ),
        (
            "Cleft lip and palate",
            "male",
            "2026-03-01",
            "Birth; growth chart; Hearing",
            "first period; PSA; Alcohol; Slides",
        ),
        (
            "Adolescent idiopathic scoliosis",
            "female",
            "2012-04-01",
            "whole spine; curve; Bone age; first period",
            "Smoking; Mammogram; Slides",
        ),
        ("Adolescent idiopathic scoliosis", "male", "2012-04-01", "whole spine; Bone age", "first period; PSA"),
        ("Scoliosis", "female", "1975-04-01", "whole spine", "first period; Bone age; growth chart; Birth and"),
        ("Breast lump, suspected breast cancer", "male", "2014-04-01", "Staging", "Mammogram"),
        ("Depression", "male", "1980-01-01", "Psychotherapy", "Slides; Pathology; Mammogram; growth chart"),
        ("Asthma", "male", "2018-01-01", "Lung function", "Smoking; Work with; Slides; PSA"),
        ("Tetralogy of Fallot", "male", "2026-02-01", "Echocardiogram; Birth", "Smoking; Dental; Stress"),
        ("Multiple sclerosis", "female", "1990-01-01", "MRI", "Slides; Pathology; EEG |; PSA"),
        ("Infertility", "male", "1988", "Fertility tests", "Ultrasound and MRI of the pelvis; Laparoscopy"),
        ("Ovarian cyst", "female", "1990", "Ultrasound and MRI of the pelvis", "Fertility tests; PSA"),
        ("Dupuytren contracture", "male", "1955", "Allergies", "EMG; MRI of the spine"),
        ("Breast lump", "female", "1990", "Mammogram", "Radiation; regimen"),
        ("Complex regional pain syndrome", "female", "1980", "Diary of symptoms; highest dose", "Slides; Staging"),
        ("Long COVID", "female", "1985", "Diary of symptoms; Ruled out", "Staging; Slides; Video"),
        (
            "Hypoplastic left heart syndrome",
            "male",
            "2026-10-01",
            "Echocardiogram; Birth; growth",
            "Smoking; Photo identity card |",
        ),
    ],
)
def test_what_can_not_be_there_is_not_asked_for(title, sex, born, wanted, absurd):
    sure, perhaps = asked(title, sex=sex, born=born)
    assert [words for words in wanted.split("; ") if words not in sure] == []
    assert [words for words in absurd.split("; ") if words in f"{sure} | {perhaps} |"] == []


def test_what_is_there_only_after_a_treatment_is_asked_for_once_the_record_tells_of_it():
    before, perhaps = asked("Breast cancer")
    assert "Operation notes" in perhaps
    done = entry("Procedure", "Left mastectomy", "2026-10-09", status="completed")
    after, _perhaps = asked("Breast cancer", more=[done])
    assert "Operation notes" in after
    assert "Operation notes" not in before


def test_a_suspected_illness_asks_for_its_tests_and_one_of_a_relative_does_not():
    assert "Earliest and latest MRI" in asked("Possible multiple sclerosis")[0]
    assert "Mammogram" not in "".join(asked("", why="My sister had breast cancer. What about my thyroid nodule?"))
    assert "Ultrasound of the neck" in asked("", why="My sister had breast cancer. What about my thyroid nodule?")[0]


def test_an_operation_that_is_proposed_tells_what_the_case_is_about():
    planned = entry("Procedure", "Right hip replacement", "2026-12-09", status="preparation")
    sure, perhaps = asked("", more=[planned], links=[("evidence", planned.id)])
    assert "X-rays of the joint" in sure
    assert "anaesthetic" in perhaps


@pytest.mark.parametrize(
    ("report", "answers"),
    [("MRI of the right knee", False), ("MRI brain with contrast", True), ("MRI with contrast", True)],
)
def test_a_picture_of_another_part_of_the_body_answers_nothing(report, answers):
    found = entry("DiagnosticReport", report, "2026-10-01", category="imaging")
    sure, _perhaps = asked("Multiple sclerosis", more=[found])
    assert ("Earliest and latest MRI" not in sure) is answers


def test_a_smear_is_no_pathology_of_a_breast_cancer():
    smear = entry("DiagnosticReport", "Pap smear", "2021-04-02", category="pathology")
    assert "Pathology report" in asked("Breast cancer", more=[smear])[0]
    biopsy = entry("DiagnosticReport", "Core biopsy, left breast", "2026-10-02", category="pathology")
    assert "Pathology report" not in asked("Breast cancer", more=[smear, biopsy])[0]


def test_who_goes_abroad_is_asked_for_a_passport_and_translations_only_where_that_is_known():
    doctor = entry("Practitioner", "Dr Koval", address="Hauptstr. 4\n50667 Köln\nGermany")
    home = entry("Patient", "Ann", birth_date="1968-05-01", address="2 Elm Road\nDayton, OH 45402")

    def rows(person, specialist):
        case = entry("OpinionCase", "Case", specialist=specialist)
        return {row.row for row in checklist(Gathered(person, Case(case), (case, person, doctor), TODAY))}

    assert {"passport", "translation"} <= rows(home, "Dr Koval")
    assert not {"passport", "translation"} & rows(home, "Dr Near")
    assert not {"passport", "translation"} & rows(entry("Patient", "Bo"), "Dr Koval")


def test_the_card_of_an_insurance_is_asked_for_where_there_are_such_cards():
    def rows(address, *more):
        person = entry("Patient", "Ann", birth_date="1968-05-01", address=address)
        opinion = entry("OpinionCase", "Case")
        return {row.row for row in checklist(Gathered(person, Case(opinion), (opinion, person, *more), TODAY), "")}

    assert "insurance-card" in rows("8 Lane\nDayton, OH 45402")
    assert "insurance-card" in rows("12 Maple Ave\nOttawa ON K1A 0B1\nCanada")
    assert "insurance-card" not in rows("5 High St\nLeeds LS1 4AB\nUnited Kingdom")
    assert "insurance-card" in rows("5 High St\nLeeds LS1 4AB", entry("Coverage", "Private Health Ltd"))


AFTER_THE_FINDING = ("Staging", "HER2", "Gleason", "Molecular", "regimen", "Radiation", "lymph nodes", "tumour board")
"""What can't exist before tissue was looked at."""


def asked_of(*conditions, more=()):
    person = entry("Patient", "Ann", birth_date="1968-05-01")
    opinion = entry("OpinionCase", "Case", links=[("about", one.id) for one in conditions])
    rows = checklist(Gathered(person, Case(opinion), (opinion, person, *conditions, *more), TODAY))
    return {row.row: row for row in rows}, " | ".join(row.label for row in rows)


@pytest.mark.parametrize(
    "condition",
    [
        entry("Condition", "Breast cancer", verification="provisional"),
        entry("Condition", "Prostate cancer", verification="differential"),
        entry("Condition", "Lung cancer", verification="unconfirmed"),
        entry("Condition", "Lesion suspicious for breast cancer"),
        entry("Condition", "Rule out colon cancer"),
        entry("Condition", "Lymphoma?"),
        entry("Condition", "V. a. Mammakarzinom links"),
        entry("Condition", "Sospecha de cáncer de próstata"),
        entry("Condition", "Cáncer de pulmón por confirmar"),
        entry("Condition", "Probable ovarian cancer"),
    ],
    ids=lambda condition: condition.title,
)
def test_of_a_suspected_cancer_is_asked_what_raised_the_suspicion_and_nothing_that_needs_a_finding(condition):
    rows, labels = asked_of(condition)
    assert rows["suspicion"].state is RowState.MISSING
    assert rows["images"].state is RowState.MISSING
    assert rows["pathology"].state is RowState.PERHAPS
    assert rows["slides"].state is RowState.PERHAPS
    assert [words for words in AFTER_THE_FINDING if words in labels] == []


def test_a_cancer_that_a_biopsy_found_is_asked_for_in_full_although_the_diagnosis_calls_it_provisional():
    biopsy = entry(
        "DiagnosticReport", "Core biopsy, left breast", "2026-11-02", category="pathology",
        conclusion="Invasive ductal carcinoma of the breast.",
    )  # fmt: skip
    unsure = entry("Condition", "Breast cancer", verification="provisional")
    rows, labels = asked_of(unsure, more=[biopsy])
    assert "HER2" in labels
    assert "suspicion" not in rows
    doubtful = replace(biopsy, data={**biopsy.data, "conclusion": "Suspicious for carcinoma of the breast."})
    rows, labels = asked_of(unsure, more=[doubtful])
    assert "HER2" not in labels
    assert rows["suspicion"].entries == (doubtful,)


def test_a_sure_cancer_beside_a_suspected_spread_is_asked_for_in_full():
    sure = entry("Condition", "Breast cancer", status="active", verification="confirmed")
    rows, labels = asked_of(sure, entry("Condition", "Suspected bone metastasis", verification="provisional"))
    assert "HER2" in labels
    assert "suspicion" not in rows


def test_a_suspected_illness_that_is_no_tumour_is_asked_for_as_ever():
    rows, _labels = asked_of(entry("Condition", "Multiple sclerosis", verification="provisional"))
    assert rows["mri"].state is RowState.MISSING
    assert "suspicion" not in rows


def test_a_question_whether_it_is_cancer_finds_none():
    sure, perhaps = asked("", why="Could this be lymphoma?")
    assert "raised the suspicion" in sure
    assert "Staging" not in sure + perhaps
    for words in ("I have a lymphoma. Which treatment is right?", "Which surgery is best for breast cancer?"):
        sure, _perhaps = asked("", why=words)
        assert "Staging" in sure


def test_a_field_alone_tells_of_no_finding():
    sure, perhaps = asked("", specialty="oncology")
    assert "Staging" not in sure
    assert "Staging" in perhaps


@pytest.mark.parametrize(
    ("title", "usual", "where_done", "never"),
    [
        ("Hepatocellular carcinoma", "CT; Tumour markers; virus; Staging", "Pathology report; Slides", "Mammogram"),
        ("Leberzellkarzinom", "CT; Liver values", "MRI of the liver; elastography", "Mismatch"),
        ("Renal mass", "CT; Creatinine", "Pathology report; Slides", "Staging; regimen; Radiation"),
        ("Meningioma", "MRI", "Pathology report; Slides; Visual fields", "Staging; regimen"),
        ("Hirntumor", "MRI", "Pathology report; Slides", "Staging"),
        ("Vestibular schwannoma", "MRI; Hearing test", "Pathology report", "Staging; speech"),
        ("Feocromocitoma", "metanephrines; CT", "Genetic; Pathology report", "Staging; regimen; Molecular"),
        ("Primary hyperparathyroidism", "Calcium", "sestamibi; Bone density; Ultrasound of the neck", "Thyroid values"),
        ("Zungenkarzinom", "CT; Pathology report; Slides", "PET-CT; Dental; swallowing; vocal cords", "Mammogram"),
        ("Retinoblastoma", "back of the eye; MRI", "Genetic; Pathology report", "Lung"),
        ("Monoclonal gammopathy (MGUS)", "electrophoresis; Blood counts", "Bone marrow", "Staging; Radiation"),
        ("Chronic lymphocytic leukaemia", "Flow cytometry; Blood counts", "Bone marrow", "Staging"),
        ("Hemofilia A", "Clotting", "joint; virus", "Endoscopy; Bone marrow"),
        ("Chronic pelvic pain", "pelvis; iary; Urine", "Laparoscopy; Cystoscopy; urodynamics", "MRI of the spine; EMG"),
        ("Enfermedad por reflujo gastroesofágico", "Endoscopy", "gullet", "Stool"),
        ("Zervixdysplasie", "Pap, HPV", "Pathology report", "Staging; Radiation"),
        ("Adipositas", "Weight", "Sleep study; HbA1c", "Slides"),
        ("Uveitis", "Eyesight; back of the eye", "Antibody; Tuberculosis", "Mammogram"),
        ("Hydrozephalus", "MRI", "Visual fields", "Staging"),
        ("Marfan syndrome", "Echocardiogram", "Genetic; angiogram", "Staging"),
        ("Harninkontinenz", "iary; Urine", "urodynamics", "Staging"),
        ("Duchenne-Muskeldystrophie", "Genetic; CK", "EMG; Biopsy; Echocardiogram", "Staging"),
        ("Melanoma in situ", "Pathology report; Slides", "Molecular; The images", "Mammogram"),
        ("Bauchspeicheldrüsenkrebs", "CT; Tumour markers; Liver values", "Endoscopy; Pathology report", "Mammogram"),
        ("Zervixkarzinom", "pelvis; Pathology report", "Pap, HPV; PET-CT", "Tumour markers"),
        ("Hüft-TEP links geplant", "X-rays of the joint", "implant", "Clotting"),
    ],
)  # fmt: skip
def test_what_is_asked_of_an_illness_can_exist_for_it(title, usual, where_done, never):
    sure, perhaps = asked(title, sex="female")
    assert [words for words in usual.split("; ") if words not in sure] == []
    assert [words for words in where_done.split("; ") if words not in perhaps] == []
    assert [words for words in never.split("; ") if words in sure + perhaps] == []


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("129103003", "pelvis"),
        ("254956000", "Hormone levels"),
        ("239872002", "X-rays of the joint"),
        ("109841003", "virus"),
        ("267718000", "back of the eye"),
        ("298382003", "whole spine"),
    ],
)
def test_a_code_alone_tells_which_illness_it_is(code, wanted):
    diagnosis = entry("Condition", "As coded", codes=[("http://snomed.info/sct", code, "")])
    _rows, labels = asked_of(diagnosis)
    assert wanted in labels


def test_a_pregnancy_is_asked_about_of_nobody_who_can_t_be_pregnant():
    assert "Pregnancy record" in asked("Placenta praevia", sex="female", born="1995-01-01")[0]
    assert "Pregnancy record" not in " ".join(asked("Placenta praevia", sex="male", born="1995-01-01"))


def test_what_raised_a_suspicion_is_of_that_illness_alone_and_so_is_what_was_tried():
    nodule = entry("Condition", "V. a. Lungenkarzinom", verification="provisional")
    valve = entry("Condition", "Hochgradige Aortenklappenstenose", status="active")
    rhythm = entry("Condition", "Vorhofflimmern", status="active")
    chest = entry(
        "DiagnosticReport", "CT Thorax", "2026-11-05", category="imaging", conclusion="Verdächtig auf Lungenkarzinom."
    )  # fmt: skip
    echo = entry(
        "DiagnosticReport", "Echokardiografie", "2026-10-20", category="imaging", conclusion="Aortenklappenstenose."
    )  # fmt: skip
    digoxin = entry(
        "MedicationStatement", "Digoxin", "2020-03", ended="2020-09", status="stopped", reason="Vorhofflimmern"
    )
    rows, _labels = asked_of(nodule, more=[valve, rhythm, chest, echo, digoxin])
    assert rows["suspicion"].entries == (chest,)
    assert rows["tried"].entries == ()
    rows, _labels = asked_of(rhythm, more=[valve, nodule, chest, echo, digoxin])
    assert rows["tried"].entries == (digoxin,)


def test_what_was_first_noticed_is_of_the_case_s_illness():
    nerves = entry("Condition", "Small fibre neuropathy", "2026-08-04", status="active")
    thyroid = entry("Condition", "Hypothyroidism", "2014", status="active")
    rows, _labels = asked_of(nerves, entry("Condition", "Chronic fatigue syndrome"), more=[thyroid])
    assert rows["first-noticed"].entries == (nerves,)
