"""Where each published mark lies: the value just below it and the one just above, the last day and the next."""

from datetime import date, timedelta

import pytest

from organizer.health.course import Goal, Plan, PlanEvent, Quoted, SideEffect, check_plan, measures
from organizer.health.series import Point

START = date(2026, 1, 5)
PLAN = Plan(START, START + timedelta(days=180))


def points(*pairs):
    return [Point(START + timedelta(days=day), value, entry_id=f"e{day}") for day, value in pairs]


def check(code, goal, pairs, plan=PLAN, until=None, **more):
    day = until if until is not None else max(day for day, _value in pairs)
    return check_plan(plan, goal, points(*pairs), START + timedelta(days=day), measure=measures.find(code), **more)


def says(words, *given, **more):
    return words in check(*given, **more).sentence


@pytest.mark.parametrize(
    ("earlier", "later", "days", "urgent"),
    [
        (1.0, 1.3, 2, True),
        (1.0, 1.29, 2, False),
        (1.0, 1.3, 3, False),
        (1.1, 1.65, 7, True),
        (1.1, 1.64, 7, False),
        (1.1, 1.65, 8, False),
        (0.4, 0.6, 1, True),
        (0.4, 0.6, 0, False),
    ],
)
def test_creatinine_rises_quickly_by_three_tenths_in_two_days_or_by_half_in_seven(earlier, later, days, urgent):
    assert bool(check("2160-0", Goal("down", 1.0), ((0, earlier), (days, later))).urgent) == urgent


@pytest.mark.parametrize(("day", "urgent"), [(16, True), (17, False)])
def test_a_quick_rise_of_creatinine_is_urgent_for_fourteen_days(day, urgent):
    assert bool(check("2160-0", Goal("down", 1.0), ((0, 1.0), (2, 1.5)), until=day).urgent) == urgent


@pytest.mark.parametrize(
    ("pairs", "until", "spoken"),
    [
        (((0, 66.0), (45, 64.0), (90, 62.0)), 90, True),
        (((0, 66.0), (45, 64.0), (89, 62.0)), 89, False),
        (((0, 66.0), (100, 62.0)), 100, False),
        (((0, 66.0), (182, 63.4), (365, 60.8)), 365, True),
        (((0, 66.0), (182, 63.6), (365, 61.2)), 365, False),
        (((0, 66.0), (45, 64.0), (90, 62.0)), 730, True),
        (((0, 66.0), (45, 64.0), (90, 62.0)), 731, False),
        (((0, 66.0), (45, 58.0), (90, 59.0), (135, 58.0)), 135, False),
        (((0, 66.0), (45, 58.0), (90, 59.0), (135, 57.9)), 135, True),
    ],
)
def test_egfr_falls_lastingly_by_more_than_five_a_year_over_three_results_and_ninety_days(pairs, until, spoken):
    assert says("eGFR fell by about", "62238-1", Goal("up", 60.0), pairs, until=until) == spoken


@pytest.mark.parametrize(
    ("code", "goal", "first", "last", "words", "spoken"),
    [
        ("44261-6", 3.0, 20.0, 10.0, "which is called a response", True),
        ("44261-6", 3.0, 20.0, 10.1, "which is called a response", False),
        ("44261-6", 3.0, 10.0, 4.9, "below 5 is called remission", True),
        ("44261-6", 3.0, 10.0, 5.0, "below 5 is called remission", False),
        ("44261-6", 3.0, 9.9, 4.9, "below 5 is called remission", False),
        ("title:Migraine days", 4.0, 10.0, 5.0, "half as many migraine days or fewer", True),
        ("title:Migraine days", 4.0, 10.0, 5.1, "half as many migraine days or fewer", False),
        ("72514-3", 2.0, 10.0, 7.0, "what people call much better", True),
        ("72514-3", 2.0, 10.0, 7.1, "what people call much better", False),
        ("72514-3", 0.5, 2.0, 1.0, "what people call much better", True),
        ("72514-3", 0.5, 2.0, 1.1, "what people call much better", False),
    ],
)
def test_a_response_has_its_published_size(code, goal, first, last, words, spoken):
    assert says(words, code, Goal("down", goal), ((0, first), (60, last))) == spoken


@pytest.mark.parametrize(
    ("last", "words", "spoken"),
    [
        (17.0, "Three points more are", True),
        (16.9, "Three points more are", False),
        (11.0, "Three points less are", True),
        (11.1, "Three points less are", False),
    ],
)
def test_three_points_of_the_asthma_test_are_felt(last, words, spoken):
    assert says(words, "title:Asthma control test", Goal("up", 20.0), ((0, 14.0), (60, last))) == spoken


@pytest.mark.parametrize(
    ("day", "last", "spoken"),
    [(21, 9.9, True), (20, 9.9, False), (56, 9.9, True), (57, 9.9, False), (28, 9.9, True), (28, 10.0, False)],
)
def test_less_than_one_gram_after_three_to_eight_weeks_of_iron_is_less_than_usual(day, last, spoken):
    assert says("With iron a rise of 1 to 2 g/dL", "718-7", Goal("up", 12.0), ((0, 9.0), (day, last))) == spoken


@pytest.mark.parametrize(("day", "last", "spoken"), [(84, 95.1, True), (83, 95.1, False), (84, 95.0, False)])
def test_less_than_a_twentieth_of_the_weight_after_twelve_weeks_is_said(day, last, spoken):
    assert (
        says("Less than 5 % of the weight is lost", "29463-7", Goal("down", 80.0), ((0, 100.0), (day, last))) == spoken
    )


@pytest.mark.parametrize(
    ("days", "last", "until", "spoken"),
    [
        (14, 76.0, 14, True),
        (13, 76.0, 13, False),
        (14, 76.1, 14, False),
        (100, 76.0, 365, True),
        (100, 76.0, 366, False),
    ],
)
def test_a_twentieth_of_the_weight_lost_without_being_meant_to_is_said(days, last, until, spoken):
    pairs = ((0, 80.0), (days, last))
    assert says("without being meant to", "29463-7", Goal("up", 85.0), pairs, until=until) == spoken


@pytest.mark.parametrize(
    ("pairs", "spoken"),
    [
        (((1, 1.0), (46, 1.1), (91, 1.2)), True),
        (((1, 1.0), (46, 1.1), (90, 1.2)), False),
        (((1, 1.0), (91, 1.2)), False),
        (((1, 1.0), (183, 1.43), (366, 2.02)), True),
        (((1, 1.0), (183, 1.4), (366, 1.98)), False),
    ],
)
def test_psa_doubles_within_a_year_by_three_results_over_ninety_days(pairs, spoken):
    assert says("PSA has doubled in about", "2857-1", Goal("down", 0.1), pairs) == spoken


@pytest.mark.parametrize(
    ("name", "values", "words", "spoken"),
    [
        ("Radical prostatectomy", (0.2, 0.2), "0.2 or more after surgery", True),
        ("Radical prostatectomy", (0.19, 0.2), "0.2 or more after surgery", False),
        ("Radical prostatectomy", (0.2,), "0.2 or more after surgery", False),
        ("Radiotherapy", (0.5, 2.5), "2 or more above its lowest value", True),
        ("Radiotherapy", (0.5, 2.49), "2 or more above its lowest value", False),
    ],
)
def test_psa_after_treatment_is_said_from_its_threshold_on(name, values, words, spoken):
    plan = Plan(START, START + timedelta(days=300), name=name)
    pairs = tuple((30 * (number + 1), value) for number, value in enumerate(values))
    assert says(words, "2857-1", Goal("down", 0.1), pairs, plan) == spoken


@pytest.mark.parametrize(("count", "oldest", "spoken"), [(3, 183, True), (3, 184, False), (2, 183, False)])
def test_three_changes_within_183_days_are_often(count, oldest, spoken):
    days = [200 - oldest, 150, 160][:count]
    events = tuple(PlanEvent(START + timedelta(days=day), "dose-up", "Sertraline", f"m{day}") for day in days)
    plan = Plan(START, START + timedelta(days=240), None, events)
    said = check("44261-6", Goal("down", 4.0), ((0, 18.0), (190, 15.0), (200, 14.0)), plan)
    assert ("plan-changed-often" in said.also) == spoken


@pytest.mark.parametrize(("count", "spoken"), [(2, True), (1, False)])
def test_two_treatments_without_effect_are_said(count, spoken):
    events = tuple(
        PlanEvent(START + timedelta(days=40 * n), "stop", f"m{n}", no_effect=True) for n in range(1, count + 1)
    )
    plan = Plan(START, START + timedelta(days=200), None, events)
    assert (
        says("stopped because they didn’t help", "44261-6", Goal("down", 4.0), ((0, 18.0), (150, 15.0)), plan) == spoken
    )


@pytest.mark.parametrize(("oldest", "spoken"), [(365, True), (366, False)])
def test_two_revisions_of_a_diagnosis_within_a_year_are_said(oldest, spoken):
    day = START + timedelta(days=28)
    said = check(
        "44261-6", Goal("down", 4.0), ((0, 18.0), (28, 9.0)),
        diagnosis_revisions=[day - timedelta(days=oldest), day],
    )  # fmt: skip
    assert ("diagnosis-unsettled" in said.also) == spoken


@pytest.mark.parametrize(("day", "speaks"), [(0, True), (-1, False), (28, True), (29, False)])
def test_a_side_effect_counts_from_the_start_until_today(day, speaks):
    effect = SideEffect(START + timedelta(days=day), "Nausea", "severe")
    said = check("44261-6", Goal("down", 4.0), ((0, 18.0), (28, 9.0)), side_effects=[effect])
    assert ("side-effect-concern" in said.also, bool(said.urgent)) == (speaks, speaks)


@pytest.mark.parametrize(("day", "quoted"), [(0, True), (-1, False), (95, True), (96, False)])
def test_a_report_counts_from_the_start_until_today(day, quoted):
    report = Quoted(START + timedelta(days=day), "Overall stable disease.", "r1")
    assert says("stable disease", "2857-1", Goal("down", 0.1), ((10, 1.0),), until=95, reports=[report]) == quoted
