"""Diagnoses: how each stands, grouped by code across sources; and what a filter by date never leaves out."""

from datetime import date

import pytest

from organizer.base.dates import PartialDate
from organizer.health.problems import ProblemState, problems, state_of
from organizer.health.standing import within
from organizer.model.entry import Coding, Entry, Link, Source

TODAY = date(2026, 11, 29)
SNOMED = "http://snomed.info/sct"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"


def problem(title="Asthma", status="active", since="2015", until="", codes=(), document="a", links=(), **data):
    return Entry(
        "Condition", title, id=f"{title}{status}{since}{document}", status=status, data=data, links=links,
        happened=PartialDate(since) if since else None, ended=PartialDate(until) if until else None,
        codes=tuple(Coding(*code) for code in codes), sources=(Source(document),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "until", "verification", "state"),
    [
        ("active", "", "", "current"),
        ("active", "2020", "", "past"),
        ("active", "2026-11-29", "", "current"),
        ("relapse", "", "confirmed", "current"),
        ("", "", "", "not-said"),
        ("remission", "", "", "past"),
        ("resolved", "", "provisional", "past"),
        ("active", "", "provisional", "provisional"),
        ("active", "", "unconfirmed", "provisional"),
        ("active", "", "differential", "differential"),
        ("active", "", "refuted", "refuted"),
    ],
)
def test_course_end_and_certainty_are_weighed_together(status, until, verification, state):
    assert state_of(problem("Asthma", status, "2015", until, verification=verification), TODAY) == state


def test_one_code_under_two_names_is_one_problem():
    [one] = problems(
        [
            problem("Essential hypertension", codes=[(SNOMED, "59621000")]),
            problem("HTN (hypertension)", codes=[("urn:oid:2.16.840.1.113883.6.96", "59621000")], document="b"),
        ],
        TODAY,
    )
    assert one.state is ProblemState.CURRENT
    assert len(one.also) == 1


def test_one_class_of_a_classification_holds_two_illnesses_within_a_document():
    left = problem("Cancer of the left breast", codes=[(ICD, "C50.9")])
    right = problem("Cancer of the right breast", codes=[(ICD, "C50.9")])
    assert len(problems([left, right], TODAY)) == 2
    assert len(problems([left, right.having(sources=(Source("b"),))], TODAY)) == 1


def test_a_code_that_only_says_disease_joins_nothing():
    found = problems([problem("Gout", codes=[(SNOMED, "64572001")]), problem(codes=[(SNOMED, "64572001")])], TODAY)
    assert len(found) == 2


def test_a_bare_title_does_not_join_two_illnesses_with_different_codes():
    found = problems(
        [
            problem("Diabetes", since="2012", codes=[(SNOMED, "44054006")]),
            problem("Diabetes", since="2013", codes=[(SNOMED, "46635009")], document="b"),
            problem("Diabetes", since="2014", document="c"),
        ],
        TODAY,
    )
    assert len(found) == 2


def test_an_earlier_view_gives_way_to_the_one_that_revises_it():
    old = problem("Migraine", since="2020")
    new = problem("Cluster headache", since="2021", links=(Link("revises", old.id),))
    assert [one.entry.title for one in problems([old, new], TODAY)] == ["Cluster headache"]


def test_past_in_another_source_is_told_beside_current():
    [one] = problems([problem(since="2015"), problem(status="resolved", until="2020", document="b")], TODAY)
    assert one.state is ProblemState.CURRENT
    assert [entry.status for entry in one.otherwise] == ["resolved"]


def test_no_current_problems_is_no_problem():
    assert problems([problem("No current problems or disability")], TODAY) == []


def entry(kind, since="2004", status="active", until="", **data):
    return Entry(
        kind, "X", status=status, data=data, happened=PartialDate(since),
        ended=PartialDate(until) if until else None, sources=(Source("a"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    "standing",
    [
        entry("AllergyIntolerance"),
        entry("AllergyIntolerance", status="resolved"),
        entry("Condition"),
        entry("Condition", status=""),
        entry("Condition", status="remission"),
        entry("Condition", verification="provisional"),
        entry("MedicationStatement"),
        entry("MedicationStatement", status="unknown"),
        entry("MedicationStatement", status="completed"),
        entry("MedicationStatement", status="on-hold"),
        entry("Device", status=""),
        entry("FamilyMemberHistory", status="completed"),
        entry("CarePlan"),
        entry("MedicationStatement", status="stopped", until="2019-01-01"),
        entry("Observation", since="2019"),
        entry("Observation", since="2019-01"),
    ],
)
def test_what_still_stands_and_what_lies_in_the_time_passes_a_filter_by_date(standing):
    assert within(standing, "2019-01-01", TODAY)


@pytest.mark.parametrize(
    "event",
    [
        entry("Observation", since="2018-12-31", status="final"),
        entry("Condition", status="resolved"),
        entry("MedicationStatement", status="stopped", until="2018-12-31"),
        entry("MedicationStatement", until="2018-12-31"),
        entry("MedicationStatement", status="not-taken"),
        entry("CarePlan", status="completed"),
        entry("Procedure", status="completed"),
    ],
)
def test_events_before_the_day_are_left_out(event):
    assert not within(event, "2019-01-01", TODAY)


@pytest.mark.parametrize(
    ("title", "status", "state"),
    [
        ("Mutter: Brustkrebs", "active", "of-a-relative"),
        ("Family history of colon cancer", "active", "of-a-relative"),
        ("Breast cancer - mother", "", "of-a-relative"),
        ("Familial hypercholesterolaemia", "active", "current"),
        ("Maternal diabetes mellitus, third trimester", "active", "current"),
        ("Familiäre Hypercholesterinämie", "active", "current"),
        ("TIA, hypertension", "active", "current"),
        ("Ausgeschlossen: Lungenembolie", "", "refuted"),
        ("Gout (ruled out)", "inactive", "refuted"),
        ("Absence de diabète", "", "refuted"),
        ("Absence epilepsy", "active", "current"),
        ("Migraine without aura", "active", "current"),
        ("Stroke - etiology unlikely cardioembolic", "active", "current"),
        ("Breast cancer, HER2 negative", "active", "current"),
        ("V.a. Sarkoidose", "active", "provisional"),
        ("Verd. a. Sarkoidose", "active", "provisional"),
        ("Sospecha de tuberculosis", "", "provisional"),
        ("Verdacht auf Endometriose", "", "provisional"),
        ("Colon cancer, suspected recurrence", "active", "current"),
        ("Disease due to SARS, virus not identified", "active", "current"),
    ],
)
def test_what_a_title_says_of_whom_and_how_surely_counts_before_its_status(title, status, state):
    assert state_of(problem(title, status), TODAY) == state


def test_a_source_that_confirms_what_its_title_suspects_is_believed():
    assert state_of(problem("Possible stroke", "active", verification="confirmed"), TODAY) == "current"
