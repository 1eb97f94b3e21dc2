"""Each of the seven reasons is found when it should be, shows its evidence, and stays away otherwise."""

import re
from datetime import date, timedelta

import pytest

from organizer.base.dates import PartialDate
from organizer.health.course import PlanCheck
from organizer.health.opinion import reasons, unclear
from organizer.health.opinion.reasons import REASONS
from organizer.health.opinion.view import SymptomCourse, within_year
from organizer.health.series import Point
from tests.organizer.health.opinion.made import TODAY, entry, view

ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def test_there_are_seven_each_with_the_name_that_scripts_rely_on():
    assert [one.__name__.replace("_", "-") for one in REASONS] == [
        "serious-diagnosis", "high-risk-treatment", "treatment-not-working", "diagnosis-unclear", "unheard",
        "several-options", "long-term-choice",
    ]  # fmt: skip


def test_an_empty_record_gives_none():
    assert [one(view()) for one in REASONS] == [None] * 7


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Malignant neoplasm of breast", ""), ("Something", "C50.9"), ("Systolic heart failure", ""), ("X", "I50.2"),
        ("Multiple sclerosis", ""), ("X", "G35"), ("Lupus nephritis", ""), ("Rheumatoid arthritis", ""), ("X", "M32.1"),
    ],
)  # fmt: skip
def test_a_serious_group_is_found_by_code_or_words_and_asked_about_once(title, code):
    condition = entry("Condition", title, "2026-09", codes=[(ICD, code)] if code else [])
    found = reasons.serious_diagnosis(view(condition))
    assert found.ask == (condition.id,)
    marked = condition.having(data={"serious": True})
    assert reasons.serious_diagnosis(view(marked)).ask == ()
    assert reasons.serious_diagnosis(view(condition.having(data={"serious": False}))) is None


@pytest.mark.parametrize(
    ("title", "code"),
    [("Essential hypertension", "I10"), ("Common cold", "J00"), ("History of breast cancer", ""), ("Sprain", "S93.4")],
)
def test_what_is_not_serious_by_itself_is_not_called_so(title, code):
    condition = entry("Condition", title, "2026-09", codes=[(ICD, code)])
    assert reasons.serious_diagnosis(view(condition)) is None
    assert reasons.serious_diagnosis(view(condition.having(data={"serious": True}))) is not None


def test_an_old_or_withdrawn_diagnosis_is_no_reason():
    old = entry("Condition", "Lymphoma", "2024-01")
    struck = entry("Condition", "Lymphoma", "2026-09", verification="entered-in-error")
    assert reasons.serious_diagnosis(view(old, struck)) is None


@pytest.mark.parametrize(
    "title",
    ["Adenocarcinoma of prostate (disorder)", "Glioblastoma", "Hodgkin's disease", "Mesothelioma",
    "Cerebral infarction",
     "Cardiac failure", "Angina pectoris", "Subarachnoid haemorrhage", "Pulmonary embolism",
     "Multiple sclerosis", "ALS",
     "Guillain-Barré syndrome", "Celiac disease", "Type 1 diabetes mellitus", "Addison's disease",
     "Graves' disease", "PBC",
     "GPA", "Giant cell arteritis", "Psoriatic arthritis", "Chronic kidney disease stage 4", "ESRD", "Liver cirrhosis",
     "HIV disease", "Cystic fibrosis", "IPF", "Sickle cell disease", "Cáncer de mama", "Esclerosis múltiple",
     "Infarto de miocardio", "Insuficiencia cardíaca", "Mammakarzinom", "Herzinsuffizienz", "Schlaganfall",
     "Cancer du sein", "Insuffisance cardiaque", "Sclérose en plaques", "MDS"],
)  # fmt: skip
def test_serious_illnesses_are_known_by_their_names_in_four_languages(title):
    assert reasons.serious_diagnosis(view(entry("Condition", title, "2026-10", status="active"))) is not None


@pytest.mark.parametrize(
    ("title", "code"),
    [("FH: breast cancer", ""), ("FHx of stroke", ""), ("Mother had ovarian cancer", ""), ("Hx of lymphoma", ""),
     ("H/O stroke", ""), ("Rule out pulmonary embolism", ""), ("R/O PE", ""), ("No evidence of cancer", ""),
     ("Not cancer", ""), ("Fear of cancer", ""), ("Heat stroke", ""), ("Non-malignant tumor", ""),
     ("Lupus anticoagulant test", ""), ("At high risk for stroke", ""), ("Malignant hyperthermia", ""),
     ("Colon cancer screening declined", ""), ("Z.n. Brustkrebs", ""), ("V.a. Lungenembolie", ""),
     ("Antecedentes familiares de cáncer", ""), ("Suspicion de cancer du sein", ""),
     ("Right bundle branch block", "I45.10"),
     ("PVC", "I49.3"), ("Mitral valve prolapse", "I34.1"), ("Restless legs syndrome", "G25.81"),
     ("Basal cell carcinoma", "C44.311"), ("MGUS", "D47.2"), ("Tumor stage T2c", ""),
     ("Hormone receptor positive tumor", ""), ("Family history of malignant neoplasm of breast", "Z80.3")],
)  # fmt: skip
def test_what_only_names_a_serious_illness_is_none(title, code):
    codes = [(ICD, code)] if code else []
    assert reasons.serious_diagnosis(view(entry("Condition", title, "2026-10", status="active", codes=codes))) is None


@pytest.mark.parametrize(
    ("happened", "status", "recorded", "told"),
    [("2024-03", "active", "2024-03-01", True), ("2009-05-01", "active", "2026-10-01", True),
     ("2009-05-01", "", "2026-10-01", False), ("2024-03", "resolved", "2024-03-01", False),
     ("2024-03", "remission", "2024-03-01", False), ("2026-01", "", "2026-01-05", True),
     ("2025-11-24", "", "", True), ("2025-11-23", "", "", False)],
)  # fmt: skip
def test_a_serious_diagnosis_counts_as_long_as_it_is_current(happened, status, recorded, told):
    condition = entry("Condition", "Metastatic breast cancer", happened, status=status, recorded=recorded)
    assert (reasons.serious_diagnosis(view(condition)) is not None) is told


@pytest.mark.parametrize(
    "title",
    ["Coronary artery bypass graft", "Mastectomy of left breast", "Hüft-TEP", "Prótesis de cadera", "Chimiothérapie",
     "Left atrial appendage closure", "Spinal cord stimulator trial", "Open reduction of distal radius", "Gamma Knife",
     "VP shunt placement", "Orchiopexy", "Vorhofohrverschluss", "Gebärmutterentfernung", "Prostatabestrahlung",
     "Cierre de orejuela izquierda", "Fermeture de l’auricule gauche", "Cure de hernie"],
)  # fmt: skip
def test_a_planned_operation_that_is_an_order_is_one_too(title):
    order = entry("ServiceRequest", title, "2026-10-20", status="active", planned="2026-12-10")
    assert reasons.high_risk_treatment(view(order)).evidence == (title,)
    assert reasons.high_risk_treatment(view(order.having(status="completed"))) is None
    late = entry("ServiceRequest", title, "2026-10-20", status="active", planned="2026-11-23")
    assert reasons.high_risk_treatment(view(late)) is None


def test_an_order_without_a_day_counts_for_a_year():
    for ordered, told in (("2025-11-24", True), ("2025-11-23", False)):
        order = entry("ServiceRequest", "Mastectomy", ordered, status="active")
        assert (reasons.high_risk_treatment(view(order)) is not None) is told


@pytest.mark.parametrize(
    "title",
    ["Dental cleaning", "Influenza vaccination", "Screening mammography", "Venipuncture", "Physical therapy",
    "Physiotherapie",
     "Zahnreinigung", "Grippeimpfung", "Limpieza dental", "Prise de sang", "Consultation for hip replacement",
     "Phlebotomy", "Pacemaker check", "Spinal cord stimulator programming", "Schrittmacherkontrolle",
     "Zahnsteinentfernung", "Control de marcapasos"],
)  # fmt: skip
def test_a_small_thing_that_is_planned_is_no_operation(title):
    assert reasons.high_risk_treatment(view(entry("Procedure", title, "2026-12-10", status="preparation"))) is None
    assert reasons.high_risk_treatment(view(entry("ServiceRequest", title, "2026-11-10", status="active"))) is None


def test_a_planned_day_that_is_over_is_no_operation_ahead():
    for day, told in (("2024-12-10", False), ("2026-11-23", False), ("2026-11-24", True)):
        planned = entry("Procedure", "Total knee replacement", day, status="preparation")
        assert (reasons.high_risk_treatment(view(planned)) is not None) is told


def test_chemotherapy_that_is_meant_to_begin_is_a_treatment_ahead():
    meant = entry("MedicationStatement", "FOLFOX chemotherapy", status="intended")
    assert reasons.high_risk_treatment(view(meant)) is not None
    assert reasons.high_risk_treatment(view(meant.having(status="active"))) is None


def test_a_serious_diagnosis_shows_who_made_it_and_on_what_it_rests():
    report = entry("DiagnosticReport", "Biopsy", "2026-09")
    condition = entry("Condition", "Lymphoma", "2026-09", made_by="Dr Ash", links=[("rests-on", "Biopsy")])
    found = reasons.serious_diagnosis(view(condition, report))
    assert found.evidence == ("Lymphoma", "Biopsy")
    assert "Dr Ash" in found.sentence


def test_a_planned_operation_shows_by_whom_by_when_and_what_is_milder():
    operation = entry("Procedure", "Hip replacement", status="preparation", performer="Dr Elm", decide_by="2026-12-20")
    milder = entry("TreatmentOption", "Physiotherapy", status="open", invasiveness="none")
    found = reasons.high_risk_treatment(view(operation, milder))
    assert found.evidence == ("Hip replacement", "Physiotherapy")
    for words in ("Dr Elm", "20 Dec 2026", "Physiotherapy"):
        assert words in found.sentence


@pytest.mark.parametrize(
    ("invasiveness", "milder"),
    [("none", True), ("medicine", True), ("minor", True), ("high-risk", False), ("surgical", False), ("", False)],
)
def test_only_what_is_said_to_be_less_invasive_is_called_so(invasiveness, milder):
    operation = entry("Procedure", "Left mastectomy", status="preparation", reason="Breast cancer")
    cancer = entry("Condition", "Invasive ductal carcinoma of the left breast", status="active")
    links = [("for", cancer.id)]
    option = entry("TreatmentOption", "Zeta way", status="open", invasiveness=invasiveness, links=links)
    found = reasons.high_risk_treatment(view(cancer, operation, option))
    assert ("Less invasive in your record: Zeta way." in found.sentence) is milder
    assert "Less invasive in your record: Left" not in found.sentence


def test_a_mild_way_for_another_illness_is_no_milder_way_for_this_one():
    operation = entry("Procedure", "Left mastectomy", status="preparation", reason="Breast cancer")
    cancer, knee = entry("Condition", "Breast cancer", status="active"), entry("Condition", "Sprained left knee")
    option = entry("TreatmentOption", "Bandage", status="open", invasiveness="none", links=[("for", knee.id)])
    assert "Bandage" not in reasons.high_risk_treatment(view(cancer, knee, operation, option)).sentence


@pytest.mark.parametrize("status", ["completed", "not-done", "entered-in-error"])
def test_what_is_done_or_dropped_is_no_operation_ahead(status):
    assert reasons.high_risk_treatment(view(entry("Procedure", "Hip replacement", status=status))) is None


def test_a_plan_that_is_not_on_track_gives_its_evidence_and_questions():
    plan = entry("CarePlan", "Less pain", "2026-05")
    check = PlanCheck("not-on-track", questions=("What next?",))
    found = reasons.treatment_not_working(view(plan, plans=((plan, check),)))
    assert found.evidence == ("Less pain",)
    assert found.questions == ("What next?",)
    assert reasons.treatment_not_working(view(plan, plans=((plan, PlanCheck("on-track")),))) is None


def course(*values, start=date(2026, 6, 1)):
    days = [start + timedelta(weeks=2 * (n - 2)) for n in range(len(values))]
    readings = tuple(Point(day, value, entry_id=f"r{day}") for day, value in zip(days, values, strict=True))
    return SymptomCourse("Headache", "title:headache", readings)


@pytest.mark.parametrize(
    ("values", "told"),
    [((7, 7, 7, 6, 7, 7, 8, 7, 7), True), ((7, 7, 7, 6, 5, 4, 3, 3, 2), False), ((7, 7), False), ((7, 7, 3), False)],
)
def test_a_symptom_that_is_no_lower_after_the_window_tells_so_without_any_goal(values, told):
    tablet = entry("MedicationStatement", "Topiramate", "2026-06-01", status="active", reason="Headache")
    found = reasons.treatment_not_working(view(tablet, symptoms=(course(*values),)))
    assert (found is not None) is told
    if found:
        assert "Topiramate" in found.sentence
        assert found.evidence[0] == "Topiramate"


def test_a_symptom_is_not_held_against_a_medicine_for_something_else():
    tablet = entry("MedicationStatement", "Losartan", "2026-06-01", status="active", reason="High blood pressure")
    assert reasons.treatment_not_working(view(tablet, symptoms=(course(7, 7, 7, 7, 7, 7, 7, 7),))) is None


@pytest.mark.parametrize(
    ("symptom", "reason", "told"),
    [
        ("Seizures per week", "epilepsy", True),
        ("Anfälle pro Woche", "Fokale Epilepsie", True),
        ("Crisis convulsivas", "epilepsia", True),
        ("Migraine days", "Migraine", True),
        ("Headache days", "migraine prophylaxis", True),
        ("Morning stiffness", "Rheumatoid arthritis", True),
        ("Wheezing", "Asthma", True),
        ("Seizures per week", "High blood pressure", False),
        ("Morning stiffness", "Migraine", False),
    ],
)
def test_a_symptom_is_held_against_what_treats_its_illness(symptom, reason, told):
    readings = course(4, 5, 4, 5, 5, 6, 5, 6, 6).readings
    tablet = entry("MedicationStatement", "Second tablet", "2026-06-01", status="active", reason=reason)
    staying = SymptomCourse(symptom, "title:x", readings)
    assert (reasons.treatment_not_working(view(tablet, symptoms=(staying,))) is not None) is told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"note": "Seizures went on; very irritable"}, True),
        ({"stop_reason": "Lack of effect"}, True),
        ({"note": "No hizo efecto"}, True),
        ({"note": "Rash"}, False),
        ({"note": "Went on to university"}, False),
        ({"note": "The headaches went on"}, False),
        ({}, False),
    ],
)
def test_a_first_medicine_that_was_stopped_for_no_effect_counts(words, told):
    epilepsy = entry("Condition", "Focal epilepsy", "2025-03", status="active", verification="confirmed")
    ended = {"ended": "2026-03-02", "status": "stopped", "reason": "epilepsy"}
    first = entry("MedicationStatement", "Levetiracetam", "2025-03-21", **ended, **words)
    found = reasons.treatment_not_working(view(epilepsy, first))
    assert (found is not None) is told
    if found:
        assert "Levetiracetam" in found.evidence
        assert f"“{next(iter(words.values()))}”" in found.sentence


def test_a_medicine_stopped_long_ago_counts_beside_one_that_does_not_work_and_not_alone():
    more = {"status": "stopped", "reason": "epilepsy", "note": "Seizures went on"}
    first = entry("MedicationStatement", "Levetiracetam", "2025-03-21", ended="2025-11-23", **more)
    second = entry("MedicationStatement", "Oxcarbazepine", "2026-06-01", status="active", reason="epilepsy")
    assert reasons.treatment_not_working(view(first, second)) is None
    at_a_year = first.having(ended=PartialDate("2025-11-24"))
    assert reasons.treatment_not_working(view(at_a_year, second)) is not None
    seizures = SymptomCourse("Seizures per week", "title:x", course(4, 5, 4, 5, 5, 6, 5, 6, 6).readings)
    found = reasons.treatment_not_working(view(first, second, symptoms=(seizures,)))
    assert {"Levetiracetam", "Oxcarbazepine"} <= set(found.evidence)


def test_what_had_no_effect_on_an_illness_that_is_over_is_no_reason():
    over = entry("Condition", "Epilepsy", "2020", status="resolved")
    words = {"status": "stopped", "reason": "epilepsy", "note": "No effect"}
    tablet = entry("MedicationStatement", "Levetiracetam", "2026-01", ended="2026-06", **words)
    assert reasons.treatment_not_working(view(over, tablet)) is None


def test_a_medicine_without_a_reason_or_taken_for_a_week_is_not_blamed():
    knee = SymptomCourse("Knee pain", "title:knee pain", course(7, 7, 7, 6, 7, 7, 8, 7, 7).readings)
    nameless = entry("MedicationStatement", "Amoxicillin", "2026-06-01", status="completed")
    assert reasons.treatment_not_working(view(nameless, symptoms=(knee,))) is None
    week = entry(
        "MedicationStatement", "Ibuprofen", "2026-06-01", ended="2026-06-08", status="completed", reason="Knee pain"
    )
    assert reasons.treatment_not_working(view(week, symptoms=(knee,))) is None


def test_energy_that_rises_is_not_called_no_lower():
    rising = SymptomCourse("Energy", "title:energy", course(2, 3, 2, 3, 8, 8, 9, 8, 9).readings)
    tablet = entry("MedicationStatement", "Levothyroxine", "2026-06-01", status="active", reason="Low energy")
    assert reasons.treatment_not_working(view(tablet, symptoms=(rising,))) is None


def test_what_is_better_when_higher_is_no_higher_where_it_stays():
    staying = SymptomCourse("Energy", "title:energy", course(3, 3, 2, 3, 2, 3, 3, 2, 3).readings)
    tablet = entry("MedicationStatement", "Levothyroxine", "2026-06-01", status="active", reason="Low energy")
    found = reasons.treatment_not_working(view(tablet, symptoms=(staying,)))
    assert "Energy is no higher" in found.sentence


def test_a_control_test_that_rises_is_no_reason_and_one_that_falls_is():
    tablet = entry("MedicationStatement", "Budesonide", "2026-06-01", status="active", reason="Asthma")
    for last, told in ((23, False), (11, True)):
        readings = course(12, 12, 12, 13, last, last, last, last, last).readings
        control = SymptomCourse("Asthma control test", "title:act", readings, upward=True)
        assert (reasons.treatment_not_working(view(tablet, symptoms=(control,))) is not None) is told


def test_a_symptom_belongs_to_a_medicine_by_its_concept_in_any_language():
    backs = SymptomCourse("Rückenschmerzen", "title:rückenschmerzen", course(7, 7, 7, 6, 7, 7, 8, 7, 7).readings)
    tablet = entry("MedicationStatement", "Naproxen", "2026-06-01", status="active", reason="Low back pain")
    assert reasons.treatment_not_working(view(tablet, symptoms=(backs,))) is not None


def test_a_symptom_last_written_down_long_ago_is_not_fields_today():
    old = SymptomCourse(
        "Headache", "title:headache", course(7, 7, 7, 6, 7, 7, 8, 7, 7, start=date(2025, 6, 1)).readings
    )
    tablet = entry("MedicationStatement", "Topiramate", "2025-06-01", status="active", reason="Headache")
    assert reasons.treatment_not_working(view(tablet, symptoms=(old,))) is None


@pytest.mark.parametrize(("recorded", "told"), [("2026-08-01", True), ("2026-10-20", False)])
def test_a_diagnosis_provisional_for_over_eight_weeks_is_unclear(recorded, told):
    condition = entry("Condition", "Possible asthma", recorded, verification="provisional", status="active")
    assert (reasons.diagnosis_unclear(view(condition)) is not None) is told


def test_a_diagnosis_changed_twice_in_a_year_is_unclear_with_its_history():
    first = entry("Condition", "Flu", "2026-01", status="resolved")
    second = entry("Condition", "Asthma", "2026-03", links=[("revises", "Flu")], status="resolved")
    third = entry("Condition", "Heart strain", "2026-06", links=[("revises", "Asthma")], status="active")
    found = reasons.diagnosis_unclear(view(first, second, third))
    assert set(found.evidence) == {"Flu", "Asthma", "Heart strain"}
    assert reasons.diagnosis_unclear(view(first, second)) is None


def test_a_title_changed_twice_by_hand_counts_like_a_revision():
    one = entry("Condition", "Heart strain", "2026-06", status="active")
    changed = {"Heart strain": (date(2026, 7, 1), date(2026, 9, 1))}
    assert reasons.diagnosis_unclear(view(one, changed=changed)) is not None
    assert reasons.diagnosis_unclear(view(one, changed={"Heart strain": (date(2026, 7, 1),)})) is None


def in_a_row(*tellings, **more):
    """Diagnoses of (title, day, certainty, status), the last of them current."""
    return [
        entry("Condition", title, day, recorded=day, verification=sure, status=status, **more)
        for title, day, sure, status in tellings
    ]


GAIT = ("Functional gait disorder", "2026-01-20", "provisional", "inactive")
FIBRE = ("Small fibre neuropathy", "2026-05-11", "provisional", "inactive")
SCLEROSIS = ("Possible multiple sclerosis", "2026-10-02", "differential", "active")


def test_diagnoses_that_replace_one_another_in_time_have_changed_without_a_link():
    found = reasons.diagnosis_unclear(view(*in_a_row(GAIT, FIBRE, SCLEROSIS), tested=(date(2026, 9, 1),)))
    assert "one after the other within a year" in found.sentence
    assert {GAIT[0], FIBRE[0], SCLEROSIS[0]} <= set(found.evidence)


@pytest.mark.parametrize(
    "others",
    [
        (GAIT,),
        (GAIT, ("Common cold", "2026-05-11", "confirmed", "resolved")),
        (GAIT, ("Sprained ankle", "2026-05-11", "provisional", "resolved")),
        (GAIT, ("Asthma", "2026-05-11", "provisional", "active")),
        (GAIT, ("Small fibre neuropathy", "2025-09-30", "provisional", "inactive")),
        (FIBRE, ("Small fibre neuropathy", "2026-06-11", "provisional", "inactive")),
    ],
)
def test_what_came_and_went_or_stands_beside_is_no_change_of_view(others):
    found = reasons.diagnosis_unclear(view(*in_a_row(*others, SCLEROSIS), tested=(date(2026, 9, 1),)))
    assert found is None or "one after the other" not in found.sentence


def test_what_doctors_of_two_specialties_say_are_two_illnesses():
    doctors = [
        entry("Practitioner", "Dr A", specialty="Neurology"), entry("Practitioner", "Dr B", specialty="Dermatology"),
    ]  # fmt: skip
    skin = in_a_row(GAIT, FIBRE, made_by="Dr B")
    found = reasons.diagnosis_unclear(view(*doctors, *skin, *in_a_row(SCLEROSIS, made_by="Dr A")))
    assert found is None or "one after the other" not in found.sentence


def test_two_doctors_who_tell_it_differently_are_shown_side_by_side():
    yes = entry("Condition", "Asthma", "2026-05", id="yes", made_by="Dr Ash", status="active")
    no = entry("Condition", "Asthma", "2026-06", id="no", made_by="Dr Elm", verification="refuted")
    assert set(reasons.diagnosis_unclear(view(yes, no)).evidence) == {"yes", "no"}


def test_a_weighty_diagnosis_without_any_test_behind_it_is_unclear():
    condition = entry("Condition", "Lymphoma", "2026-09-01", status="active")
    found = reasons.diagnosis_unclear(view(condition))
    assert "no test or report" in found.sentence
    assert reasons.diagnosis_unclear(view(condition, tested=(date(2026, 8, 20),))) is None
    small = entry("Condition", "Common cold", "2026-09-01", status="active")
    assert reasons.diagnosis_unclear(view(small)) is None


def visit(day, *answers):
    felt = dict(zip(("had_time", "understood", "priorities"), answers, strict=True))
    return entry("Encounter", f"Visit {day}", day, status="finished", **felt)


def test_low_answers_after_two_of_three_visits_are_a_reason():
    low = [visit("2026-09-01", 2, 3, 4), visit("2026-10-01", 9, 9, 9), visit("2026-11-01", 1, 5, 3)]
    assert reasons.unheard(view(*low)).evidence == ("Visit 2026-09-01", "Visit 2026-11-01")
    assert reasons.unheard(view(*low, visit("2026-11-10", 8, 8, 8))) is None


def test_the_person_s_own_words_are_a_reason_by_themselves():
    assert "“Five minutes”" in reasons.unheard(view(said={"unheard": "Five minutes"})).sentence


def test_who_asks_for_somebody_asks_for_them():
    options = [entry("TreatmentOption", one, status="open", invasiveness="surgical") for one in ("Spray", "Tablet")]
    cancer = entry("Condition", "Lymphoma", "2026-09", status="active")
    for find in (reasons.serious_diagnosis, reasons.high_risk_treatment, reasons.several_options):
        own = find(view(cancer, *options)).questions
        for_mia = find(view(cancer, *options, for_whom="Mia Calder")).questions
        assert any(" me" in question for question in own)
        assert not any(re.search(r"\b(me|my|I)\b", question) for question in for_mia)
        assert any("Mia Calder" in question for question in for_mia)


def test_two_open_options_for_one_diagnosis_are_a_choice():
    options = [entry("TreatmentOption", one, status="open", links=[("for", "Asthma")]) for one in ("Spray", "Tablet")]
    assert reasons.several_options(view(*options)).evidence == ("Spray", "Tablet")
    other = entry("TreatmentOption", "Insoles", status="open", links=[("for", "Flat feet")])
    assert reasons.several_options(view(options[0], other)) is None
    assert reasons.several_options(view(options[0], options[1].having(status="declined"))) is None


def test_a_long_condition_with_a_decision_ahead_names_both_and_the_day():
    asthma = entry("Condition", "Asthma", "2019", status="active")
    option = entry("TreatmentOption", "Injection", status="open", decide_by="2026-12-31", links=[("for", "Asthma")])
    found = reasons.long_term_choice(view(asthma, option))
    assert found.evidence == ("Asthma", "Injection")
    assert "31 Dec 2026" in found.sentence
    assert reasons.long_term_choice(view(asthma, option.having(data={}))) is None
    assert reasons.long_term_choice(view(asthma.having(status="resolved"), option)) is None
    assert reasons.long_term_choice(view(asthma, option, as_of=TODAY + timedelta(days=90))) is None


def ago(days):
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.mark.parametrize(("days", "told"), [(56, False), (57, True)])
def test_eight_weeks_of_doubt_are_not_yet_long(days, told):
    condition = entry("Condition", "Possible asthma", ago(days), verification="provisional", status="active")
    assert (reasons.diagnosis_unclear(view(condition)) is not None) is told


@pytest.mark.parametrize(("oldest", "told"), [(365, True), (366, False)])
def test_two_changes_of_a_diagnosis_count_within_a_year(oldest, told):
    one = entry("Condition", "Heart strain", "2024-06", status="active")
    changed = {"Heart strain": (TODAY - timedelta(days=oldest), TODAY)}
    assert (reasons.diagnosis_unclear(view(one, changed=changed)) is not None) is told


@pytest.mark.parametrize(("days", "backed"), [(-365, True), (-366, False), (60, True), (61, False)])
def test_a_test_counts_in_the_year_before_a_diagnosis_and_sixty_days_after(days, backed):
    condition = entry("Condition", "Lymphoma", ago(100), status="active")
    tested = (TODAY - timedelta(days=100) + timedelta(days=days),)
    assert (reasons.diagnosis_unclear(view(condition, tested=tested)) is None) is backed


@pytest.mark.parametrize(("days", "told"), [(365, True), (366, False)])
def test_a_diagnosis_without_a_test_is_asked_about_for_a_year(days, told):
    condition = entry("Condition", "Lymphoma", ago(days), status="active")
    assert (reasons.diagnosis_unclear(view(condition)) is not None) is told


@pytest.mark.parametrize(("answer", "told"), [(4.9, True), (5, False)])
def test_an_answer_below_the_middle_is_low(answer, told):
    low = [visit("2026-09-01", *[answer] * 3), visit("2026-11-01", *[answer] * 3)]
    assert (reasons.unheard(view(*low)) is not None) is told


@pytest.mark.parametrize(("since", "told"), [(365, True), (364, False)])
def test_an_illness_lasts_from_its_first_year_on(since, told):
    pain = entry("Condition", "Shoulder pain", ago(since), status="active")
    option = entry("TreatmentOption", "Injection", status="open", decide_by=ago(-30), links=[("for", "Shoulder pain")])
    assert (reasons.long_term_choice(view(pain, option)) is not None) is told


@pytest.mark.parametrize(("ahead", "told"), [(0, True), (-1, False), (120, True), (121, False)])
def test_a_decision_lies_ahead_for_four_months(ahead, told):
    asthma = entry("Condition", "Asthma", "2019", status="active")
    option = entry("TreatmentOption", "Injection", status="open", decide_by=ago(-ahead), links=[("for", "Asthma")])
    assert (reasons.long_term_choice(view(asthma, option)) is not None) is told


def headaches(*days):
    start = date(2026, 6, 1)
    readings = tuple(Point(start + timedelta(days=day), 7.0, entry_id=f"r{day}") for day in days)
    return SymptomCourse("Headache", "title:headache", readings, window_days=28)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((-90, 0, 28, 60), True),
        ((-91, 0, 28, 60), False),
        ((-10, 1, 28, 60), False),
        ((-10, 0, 27, 60), False),
        ((-10, 0, 60), False),
    ],
)
def test_a_symptom_needs_two_readings_in_three_months_before_and_two_after_the_window(days, told):
    tablet = entry("MedicationStatement", "Topiramate", "2026-06-01", status="active", reason="Headache")
    found = reasons.treatment_not_working(view(tablet, symptoms=(headaches(*days),), as_of=date(2026, 8, 1)))
    assert (found is not None) is told


@pytest.mark.parametrize(("age", "told"), [(180, True), (181, False)])
def test_a_symptom_is_fields_for_six_months_after_it_was_written_down(age, told):
    tablet = entry("MedicationStatement", "Topiramate", "2026-06-01", status="active", reason="Headache")
    day = date(2026, 6, 1) + timedelta(days=60 + age)
    found = reasons.treatment_not_working(view(tablet, symptoms=(headaches(-10, 0, 28, 60),), as_of=day))
    assert (found is not None) is told


@pytest.mark.parametrize(("taken", "told"), [(27, False), (28, True)])
def test_a_medicine_that_ended_within_its_window_is_not_asked_for_an_effect(taken, told):
    ended = (date(2026, 6, 1) + timedelta(days=taken)).isoformat()
    fields = {"status": "completed", "reason": "Headache", "ended": ended}
    tablet = entry("MedicationStatement", "Topiramate", "2026-06-01", **fields)
    readings = (headaches(-10, 0, 28, 28, 29),)
    assert (reasons.treatment_not_working(view(tablet, symptoms=readings, as_of=date(2026, 8, 1))) is not None) is told


def test_one_visit_with_low_answers_is_not_counted_beside_the_person_s_own_words():
    said = {"unheard": "Five minutes"}
    one, two = visit("2026-09-01", 2, 3, 4), visit("2026-11-01", 1, 5, 3)
    assert "After" not in reasons.unheard(view(one, said=said)).sentence
    assert "After 2 of your last 2 visits" in reasons.unheard(view(one, two, said=said)).sentence
    assert reasons.unheard(view(one)) is None


@pytest.mark.parametrize(("planned", "told"), [(0, True), (-1, False)])
def test_an_order_that_is_planned_for_today_lies_ahead(planned, told):
    day = (TODAY + timedelta(days=planned)).isoformat()
    order = entry("ServiceRequest", "Mastectomy", "2026-10-20", status="active", planned=day)
    assert (reasons.high_risk_treatment(view(order)) is not None) is told


@pytest.mark.parametrize(("days", "counts"), [(365, True), (366, False), (0, True), (-1, False)])
def test_symptoms_of_the_last_year_are_named_with_an_unclear_diagnosis_and_five_at_most(days, counts):
    def course(number):
        readings = (Point(TODAY - timedelta(days=days), 7.0, entry_id=f"r{number}"),)
        return SymptomCourse(f"Symptom {number}", f"title:{number}", readings, window_days=28)

    symptoms = tuple(map(course, range(7)))
    assert unclear.overlapping(view(symptoms=symptoms)) == [f"r{number}" for number in range(5 if counts else 0)]


@pytest.mark.parametrize(("days", "counts"), [(365, True), (366, False), (0, True), (-1, False)])
def test_what_was_recorded_in_the_twelve_months_before_a_day_is_of_its_year(days, counts):
    condition = entry("Condition", "Asthma", (TODAY - timedelta(days=days)).isoformat())
    assert within_year(condition, TODAY) is counts
