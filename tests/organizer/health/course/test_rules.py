"""Published checkpoints: when each speaks, in which words, and when it keeps silent."""

from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Plan, PlanEvent, Quoted, SideEffect, check_plan, measures
from organizer.health.course.rules import RULES
from organizer.health.series import Point

START = date(2026, 1, 5)
PLAN = Plan(START, START + timedelta(days=180))


def points(*pairs):
    return [Point(START + timedelta(days=day), value, entry_id=f"e{day}") for day, value in pairs]


def check(code, goal, pairs, plan=PLAN, as_of=None, **more):
    day = as_of or START + timedelta(days=max(day for day, _value in pairs))
    return check_plan(plan, goal, points(*pairs), day, measure=measures.find(code), **more)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_its_source(rule):
    assert len(rule.citation) > 30


@pytest.mark.parametrize(
    ("later", "urgent"), [((1, 1.3), True), ((2, 1.31), True), ((6, 1.5), True), ((6, 1.4), False), ((9, 1.6), False)]
)
def test_a_quick_rise_of_creatinine_is_urgent(later, urgent):
    said = check("2160-0", Goal("down", 1.0), ((0, 1.0), later))
    assert bool(said.urgent) == urgent
    if urgent:
        assert said.urgent == (
            f"Creatinine rose from 1 to {later[1]:g} mg/dL within {later[0]} days: contact your doctor promptly."
        )


def test_creatinine_is_read_in_either_unit():
    assert check("14682-9", Goal("down", 90.0), ((0, 88.0), (1, 116.0))).urgent
    assert not check("14682-9", Goal("down", 90.0), ((0, 88.0), (1, 100.0))).urgent


def test_a_lasting_fall_of_egfr_is_said_and_a_short_one_is_not():
    told = "eGFR fell by about 12 a year over 4 results since 5 Jan 2026. It is worth asking about soon."
    assert told in check("62238-1", Goal("up", 60.0), ((0, 66), (60, 64), (120, 62), (180, 60))).sentence
    assert "fell by" not in check("62238-1", Goal("up", 60.0), ((0, 66), (40, 62), (80, 58))).sentence


def test_a_dip_after_a_pressure_medicine_is_not_called_worsening():
    course = ((-60, 70), (-2, 69), (20, 55), (40, 53), (72, 52), (76, 53), (80, 53), (84, 53), (88, 52))
    plain, known = (Plan(START, START + timedelta(days=80), name=name) for name in ("Diet", "Losartan 50 mg"))
    assert check("62238-1", Goal("up", 65.0), course, plain).verdict == "worsening"
    said = check("62238-1", Goal("up", 65.0), course, known)
    assert said.verdict == "unclear-so-far"
    assert "soon after Losartan began is known and isn’t counted as worsening here; ask who" in said.sentence


@pytest.mark.parametrize(
    ("code", "before", "after", "excused"),
    [
        ("62238-1", 100.0, 71.0, True),
        ("62238-1", 100.0, 70.0, True),
        ("62238-1", 100.0, 69.0, False),
        ("62238-1", 100.0, 95.0, True),
        ("62238-1", 100.0, 95.1, False),
        ("2160-0", 1.0, 1.29, True),
        ("2160-0", 1.0, 1.31, False),
    ],
)
def test_a_dip_of_five_to_thirty_percent_is_excused_and_no_other(code, before, after, excused):
    plan = Plan(START, START + timedelta(days=180), name="Losartan 50 mg")
    goal = Goal("down", 1.0) if code == "2160-0" else Goal("up", 100.0)
    said = check(code, goal, ((-30, before), (-2, before), (40, after)), plan)
    assert ("isn’t counted as worsening here" in said.sentence) == excused


@pytest.mark.parametrize(("day", "excused"), [(90, True), (91, False)])
def test_a_dip_belongs_to_the_first_ninety_days_of_the_medicine(day, excused):
    plan = Plan(START, START + timedelta(days=180), name="Losartan 50 mg")
    said = check("62238-1", Goal("up", 65.0), ((-30, 70), (-2, 70), (day, 56)), plan)
    assert ("isn’t counted as worsening here" in said.sentence) == excused


def test_a_tumour_is_never_called_grown_by_the_numbers():
    size = measures.unknown("21889-1", "mm", [20.0])
    plan = Plan(START, START + timedelta(days=90))
    course = points((0, 20), (30, 26), (60, 33), (80, 40), (90, 45))
    day = START + timedelta(days=95)
    assert check_plan(plan, Goal("down", 15.0), course, day, measure=size).verdict == "unclear-so-far"
    report = Quoted(START + timedelta(days=90), "Chest CT. Overall stable disease by RECIST 1.1. No effusion.", "r1")
    said = check_plan(plan, Goal("down", 15.0), course, day, measure=size, reports=[report])
    assert "The report of 5 Apr 2026 says: “Overall stable disease by RECIST 1.1”." in said.sentence
    assert "progression" not in said.sentence


@pytest.mark.parametrize(
    "words",
    ["Größenzunahme der Leberherde", "Enfermedad estable", "Progression des lésions hépatiques", "Two new lesions"],
)
def test_a_report_of_any_language_is_quoted(words):
    size = measures.unknown("21889-1", "mm", [20.0])
    plan = Plan(START, START + timedelta(days=90))
    report = Quoted(START + timedelta(days=90), f"CT Thorax. {words}. Ende.", "r1")
    course = points((0, 20), (30, 26), (60, 33), (80, 40), (90, 45))
    day = START + timedelta(days=95)
    said = check_plan(plan, Goal("down", 15.0), course, day, measure=size, reports=[report])
    assert f"The report of 5 Apr 2026 says: “{words}”." in said.sentence


def test_psa_that_doubles_within_a_year_is_said():
    rising = check("2857-1", Goal("down", 4.0), ((10, 0.8), (100, 1.1), (180, 1.6)))
    assert "PSA has doubled in about 6 months over the last 3 results." in rising.sentence
    assert "doubled" not in check("2857-1", Goal("down", 4.0), ((10, 0.8), (100, 0.82), (180, 0.85))).sentence


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("Radical prostatectomy", (0.05, 0.21, 0.24), "PSA is 0.2 or more after surgery, twice."),
        ("Radical prostatectomy", (0.05, 0.05, 0.24), ""),
        ("Radiotherapy", (0.6, 0.5, 2.6), "PSA is 2 or more above its lowest value after radiotherapy."),
        ("Radiotherapy", (0.6, 0.5, 1.6), ""),
        ("Radikale Prostatektomie", (0.05, 0.21, 0.24), "PSA is 0.2 or more after surgery, twice."),
        ("Radioterapia", (0.6, 0.5, 2.6), "PSA is 2 or more above its lowest value after radiotherapy."),
        ("Curiethérapie", (0.6, 0.5, 2.6), "PSA is 2 or more above its lowest value after radiotherapy."),
        ("Seed implantation", (0.05, 0.21, 0.24), ""),
    ],
)
def test_psa_after_treatment_has_its_thresholds(name, values, said):
    plan = Plan(START, START + timedelta(days=300), name=name)
    sentence = check("2857-1", Goal("down", 0.1), tuple(zip((30, 60, 85), values, strict=True)), plan).sentence
    assert said in sentence
    assert bool(said) == ("PSA is 0.2" in sentence or "PSA is 2" in sentence)


@pytest.mark.parametrize(
    ("code", "goal", "pairs", "said"),
    [
        ("72514-3", Goal("down", 3), ((0, 7), (28, 4)), "what people call much better"),
        ("718-7", Goal("up", 12), ((0, 9.0), (26, 9.4)), "With iron a rise of 1 to 2 g/dL is usual"),
        ("title:Migraine days", Goal("down", 4), ((0, 10), (60, 5)), "half as many migraine days or fewer"),
        ("title:Asthma control test", Goal("up", 20), ((0, 14), (60, 18)), "Three points more are a noticeable"),
        ("29463-7", Goal("down", 80), ((0, 90), (90, 88)), "Less than 5 % of the weight is lost after 12 weeks"),
        ("29463-7", Goal("up", 65), ((-200, 70), (0, 68), (90, 64)), "The weight fell by 9 % in 290 days"),
    ],
)
def test_a_published_mark_is_said(code, goal, pairs, said):
    assert said in check(code, goal, pairs).sentence


@pytest.mark.parametrize(
    ("effects", "speaks"),
    [
        ([SideEffect(START, "Nausea", "moderate")], True),
        ([SideEffect(START, "Nausea", "mild"), SideEffect(START, "nausea", "mild")], True),
        ([SideEffect(START, "Nausea", "mild", led_to_stop=True)], True),
        ([SideEffect(START, "Nausea", "mild")], False),
        ([SideEffect(START - timedelta(days=9), "Nausea", "moderate")], False),
    ],
)
def test_a_side_effect_stands_beside_the_verdict(effects, speaks):
    said = check("44261-6", Goal("down", 4), ((0, 18), (14, 12), (28, 9)), side_effects=effects)
    assert ("side-effect-concern" in said.also) == speaks
    assert said.urgent is None


def test_three_changes_in_six_months_stand_beside_the_verdict_unless_the_goal_is_met():
    events = tuple(PlanEvent(START + timedelta(days=30 * n), "dose-up", "Sertraline", f"m{n}") for n in (1, 2, 3))
    plan = Plan(START, START + timedelta(days=200), None, events)
    said = check("44261-6", Goal("down", 4), ((0, 18), (100, 15), (120, 14)), plan)
    assert said.also == ("plan-changed-often",)
    assert "The treatment was changed 3 times in six months for this goal." in said.sentence
    assert check("44261-6", Goal("down", 4), ((0, 18), (100, 3), (120, 3)), plan).also == ()


def test_two_treatments_stopped_for_lack_of_effect_stand_beside_the_verdict():
    events = tuple(PlanEvent(START + timedelta(days=40 * n), "stop", f"m{n}", no_effect=True) for n in (1, 2))
    plan = Plan(START, START + timedelta(days=200), None, events)
    said = check("44261-6", Goal("down", 4), ((0, 18), (100, 15)), plan)
    assert "2 treatments for this goal were stopped because they didn’t help." in said.sentence


def test_a_diagnosis_revised_twice_in_a_year_stands_beside_the_verdict():
    days = [START - timedelta(days=n) for n in (30, 200)]
    said = check("44261-6", Goal("down", 4), ((0, 18), (28, 9)), diagnosis_revisions=days)
    assert said.also == ("diagnosis-unsettled",)
