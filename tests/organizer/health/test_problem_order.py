"""The case's own, then what is asked about, serious or treated; circumstances stand behind all illnesses."""

from datetime import date

from organizer.health.medicines import courses
from organizer.health.problem_order import by_weight, is_circumstance, reasons
from organizer.health.problems import problems
from organizer.model.links import Role
from tests.organizer.health.opinion.made import entry

TODAY = date(2026, 11, 29)


def ordered(*entries, about=(), questions=()):
    medicines = [one for one in entries if one.kind == "MedicationStatement"]
    conditions = [one for one in entries if one.kind == "Condition"]
    why = reasons(about, courses(medicines, TODAY), questions)
    return [one.entry.title for one in by_weight(problems(conditions, TODAY), why)]


def condition(title, day, status="active", **more):
    return entry("Condition", title, day, **more).having(status=status)


LUPUS = condition("Lupus nephritis", "2020", id="lupus")
PRESSURE = condition("Essential hypertension", "2015")
SWELLING = condition("Ankle swelling", "2026-10")
SINUSITIS = condition("Viral sinusitis (disorder)", "2026-11", "resolved")
WORK = condition("Full-time employment (finding)", "2026-11")
STRESS = condition("Stress (finding)", "2026-11")
RAMIPRIL = entry("MedicationStatement", "Ramipril", "2016").having(status="active")


def test_a_treated_illness_is_not_pushed_out_by_a_newer_complaint():
    assert ordered(SWELLING, PRESSURE, RAMIPRIL) == ["Essential hypertension", "Ankle swelling"]
    assert ordered(SWELLING, PRESSURE) == ["Ankle swelling", "Essential hypertension"]


def test_the_cases_own_leads_then_what_is_serious_then_the_rest_then_what_is_past():
    assert ordered(SINUSITIS, SWELLING, LUPUS, PRESSURE, about=["lupus"]) == [
        "Lupus nephritis",
        "Ankle swelling",
        "Essential hypertension",
        "Viral sinusitis (disorder)",
    ]


def test_what_a_question_names_goes_before_what_is_only_newer():
    asked = ["Is my hypertension treated well enough?"]
    assert ordered(SWELLING, PRESSURE, questions=asked)[0] == "Essential hypertension"


def test_work_and_worries_are_circumstances_and_a_stress_test_is_none():
    assert is_circumstance(WORK)
    assert is_circumstance(STRESS)
    assert not is_circumstance(condition("Stress fracture of the foot", "2026"))
    assert not is_circumstance(condition("Post traumatic stress disorder", "2026"))
    assert ordered(WORK, SINUSITIS) == ["Viral sinusitis (disorder)", "Full-time employment (finding)"]


def test_a_link_says_for_what_a_medicine_is_taken():
    told = entry("MedicationStatement", "Something", "2016", status="active", links=[(Role.TREATS, PRESSURE.id)])
    assert ordered(SWELLING, PRESSURE, told)[0] == "Essential hypertension"
