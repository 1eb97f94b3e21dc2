"""Everything counts back from the appointment and the decision: never too late, and never a day that is made up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from organizer.health.opinion.timing import CaseDates, ask_again_on, dates_of, needed_by, plan
from tests.organizer.health.opinion.made import a_case, entry

TODAY = date(2026, 11, 24)


def days(count):
    return TODAY + timedelta(days=count)


@pytest.mark.parametrize("left", range(80))
def test_asking_again_comes_after_half_of_what_is_left_and_never_after_it(left):
    for dates in (CaseDates(decide_by=days(left)), CaseDates(appointment=days(left), decide_by=days(left + 9))):
        again, until = ask_again_on(dates, TODAY), needed_by(dates, TODAY)
        assert TODAY <= again <= until <= days(left)
        assert (again - TODAY).days <= max(1, left / 2)
        assert again > TODAY or left == 0
        assert again <= days(30)


def test_without_a_date_it_is_the_time_that_the_law_gives():
    assert ask_again_on(CaseDates(), TODAY) == days(30)
    assert needed_by(CaseDates(), TODAY) is None
    assert ask_again_on(CaseDates(decide_by=days(-1)), TODAY) == days(30)


def test_ten_days_before_the_decision_records_are_needed_before_the_visit():
    dates = CaseDates(date(2026, 12, 2), date(2026, 12, 4), date(2026, 12, 9))
    assert needed_by(dates, TODAY) == date(2026, 11, 30)
    assert ask_again_on(dates, TODAY) == date(2026, 11, 27)


def test_the_days_come_from_the_case_else_from_what_is_proposed():
    operation = entry("Procedure", "Mastectomy", "2026-12-09", status="preparation", decide_by="2026-12-04")
    own = a_case("Case", "2026-12-02T10:30:00", decide_by="2026-12-03")
    assert dates_of(own, [operation]) == CaseDates(
        date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 9), planned="Mastectomy"
    )
    silent = a_case("Case")
    assert dates_of(silent, [operation]) == CaseDates(None, date(2026, 12, 4), date(2026, 12, 9), planned="Mastectomy")
    assert dates_of(silent, [entry("TreatmentOption", "Wait", "2026-11-01", status="open")]) == CaseDates()


def keys(steps):
    return [step.key for step in steps]


@pytest.mark.parametrize("left", [10, 42])
def test_a_plan_has_its_steps_in_time_and_none_after_the_decision(left):
    dates = CaseDates(days(left - 2), days(left))
    steps = plan(dates, TODAY)
    assert keys(steps) == ["ask", "ask-again", "records", "packet", "visit", "decide"] or keys(steps) == [
        "ask", "ask-again", "packet", "records", "visit", "decide",
    ]  # fmt: skip
    assert all(TODAY <= step.day <= days(left) for step in steps)
    assert not any(step.late for step in steps)
    assert ("phone" in steps[0].what) is (left == 10)


def test_a_plan_without_a_date_makes_none_up_and_asks_for_one():
    steps = plan(CaseDates(), TODAY)
    assert [step.day for step in steps] == [None, None, days(30), None]
    assert "by-when" in keys(steps)


def test_a_day_that_has_gone_by_is_late():
    late = {step.key: step.late for step in plan(CaseDates(days(-3), days(-1)), TODAY)}
    assert late["visit"]
    assert late["decide"]


@pytest.mark.parametrize(
    ("visit", "decision", "words"),
    [(12, 10, "The appointment is after"), (None, 10, "There is no appointment"), (10, 10, ""), (8, None, "")],
)
def test_a_visit_that_comes_after_the_decision_is_said(visit, decision, words):
    dates = CaseDates(days(visit) if visit else None, days(decision) if decision else None)
    said = [step.what for step in plan(dates, TODAY) if step.key == "clash"]
    assert [one for one in said if words and words in one] == said
    assert bool(said) is bool(words)


def test_of_an_appointment_in_a_month_no_day_is_named_and_it_is_late_when_the_month_is_over():
    case = a_case("Case", "2027-01", specialist="Dr Kemp", decide_by="2027-03-02")
    steps = {step.key: step for step in plan(dates_of(case, []), TODAY)}
    assert (steps["visit"].when, steps["visit"].late) == ("Jan 2027", False)
    assert steps["decide"].when == "2 Mar 2027"
    assert steps["records"].day == date(2026, 12, 30)  # too early does no harm
    for day, late in ((date(2027, 1, 31), False), (date(2027, 2, 1), True)):
        (visit,) = (step for step in plan(dates_of(case, []), day) if step.key == "visit")
        assert visit.late is late


def test_what_is_planned_is_called_by_its_name_after_the_decision_too():
    operation = entry("Procedure", "Valve replacement", "2027-01-12", status="preparation")
    dates = replace(dates_of(a_case("Case", "2026-12-20"), [operation]), decided=True)
    assert [step.what for step in plan(dates, TODAY)] == ["The visit", "Planned: Valve replacement"]


@pytest.mark.parametrize(("ahead", "is_late"), [(0, False), (-1, True)])
def test_a_day_is_late_from_the_next_on(ahead, is_late):
    steps = plan(CaseDates(days(ahead), days(ahead), days(ahead)), TODAY)
    late = {step.key: step.late for step in steps}
    assert (late["visit"], late["decide"], late["treatment"]) == (is_late, is_late, is_late)
    assert ("records" in late) is not is_late, "what has gone by presses no more"


@pytest.mark.parametrize(("ahead", "keys_told"), [(0, ["visit", "treatment"]), (-1, [])])
def test_once_it_is_decided_only_what_lies_ahead_is_told(ahead, keys_told):
    assert keys(plan(CaseDates(days(ahead), None, days(ahead), decided=True), TODAY)) == keys_told


@pytest.mark.parametrize(("decision", "is_short"), [(22, True), (23, False)])
def test_below_three_weeks_until_records_are_needed_one_calls(decision, is_short):
    asking = next(step for step in plan(CaseDates(decide_by=days(decision)), TODAY) if step.key == "ask")
    assert ("phone" in asking.what) is is_short


@pytest.mark.parametrize(("visit", "packet"), [(28, 21), (27, 25)])
def test_a_packet_is_sent_a_week_before_the_visit_where_that_leaves_three_weeks(visit, packet):
    sent = next(step for step in plan(CaseDates(appointment=days(visit)), TODAY) if step.key == "packet")
    assert sent.day == days(packet)


@pytest.mark.parametrize(("decision", "is_said"), [(0, True), (-1, False)])
def test_a_decision_of_today_still_wants_a_visit(decision, is_said):
    assert ("clash" in keys(plan(CaseDates(decide_by=days(decision)), TODAY))) is is_said
