"""Each of the seven reasons is found when it should be, shows its evidence, and stays away otherwise."""

from datetime import date, timedelta

import pytest

from organizer.health.course import PlanCheck
from organizer.health.opinion import reasons
from organizer.health.opinion.reasons import REASONS
from organizer.health.opinion.view import Reading, SymptomCourse
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
    readings = tuple(Reading(start + timedelta(weeks=2 * (n - 2)), value, f"r{n}") for n, value in enumerate(values))
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
