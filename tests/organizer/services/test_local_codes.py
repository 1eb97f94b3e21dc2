"""One code of two laboratories is two measures, wherever a result is listed, drawn, judged or printed."""

from datetime import date

import pypdfium2
import pytest

from organizer.base.dates import PartialDate
from organizer.base.errors import InvalidEntryError
from organizer.base.progress import NoProgress
from organizer.health.course.measures import measure_of
from organizer.model.codes import LOINC
from organizer.model.entry import Coding, Entry, Link
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.follow import goals, measures, plans
from organizer.services.opinion import deciding, packets
from organizer.services.opinion.deciding import Decision
from organizer.services.record import people
from organizer.store import change_log
from tests.made_records import opened_copy
from tests.organizer.services.own_goals import own_goals
from ui.pages.tests_imaging.lists import lists_shown

SODIUM, GLUCOSE = "urn:oid:1.2.3.hospitalA|1001", "urn:oid:9.9.9.hospitalB|1001"


def closed(blank, folder, file, whose):
    """The folder of a record of that person with what the file tells."""
    with opened_copy(blank(whose), folder) as record:
        plan = importing.plan_import(record, [file], "", NoProgress())
        importing.accept_import(record, plan, NoProgress())
    return record.path


@pytest.fixture(scope="module")
def two_laboratories(blank_record, tmp_path_factory, checkout):
    file = checkout / "tests/data/fhir/local-codes.json"
    return closed(blank_record, tmp_path_factory.mktemp("two"), file, "Ada Example")


@pytest.fixture
def laboratories(two_laboratories, tmp_path):
    """The record and its person: sodium and glucose under one code of two laboratories."""
    with opened_copy(two_laboratories, tmp_path) as record:
        yield record, people.people(record)[0].id


def goal(person, title, **more):
    return Entry("Goal", title, person=person, happened=PartialDate("2025-01-01"), status="active", **more)


def test_sodium_and_glucose_are_two_series(laboratories):
    record, person = laboratories
    listed = {one.key: (one.title, one.count) for one in measures.measures(record, person)}
    assert listed == {SODIUM: ("Sodium", 1), GLUCOSE: ("Glucose", 1), f"{LOINC}|789-8": ("Erythrocytes", 2)}
    assert [(one.title, [p.value for p in one.points]) for one in (measures.series(record, person, key) for key in (
        SODIUM, GLUCOSE))] == [("Sodium", [140.0]), ("Glucose", [5.4])]  # fmt: skip


def test_the_list_of_results_shows_each_with_its_own_number(laboratories):
    record, person = laboratories
    shown = {
        summary.title: ([point.value for point in course.points], latest.title)
        for summary, course, latest, *_beside in lists_shown(record, person).measured
    }
    assert shown["Sodium"] == ([140.0], "Sodium")
    assert shown["Glucose"] == ([5.4], "Glucose")


def test_a_code_alone_is_asked_back_where_it_may_be_either(laboratories):
    record, person = laboratories
    with pytest.raises(InvalidEntryError) as refused:
        measures.series(record, person, "1001")
    assert SODIUM in refused.value.next_step
    assert GLUCOSE in refused.value.next_step


@pytest.mark.parametrize("asked", ["789-8", "LOINC 789-8", "urn:oid:2.16.840.1.113883.6.1|789-8", "Erythrocytes"])
def test_a_code_alone_is_enough_where_it_is_one(laboratories, asked):
    record, person = laboratories
    assert len(measures.series(record, person, asked).points) == 2


def test_two_measures_in_one_unit_stay_two(blank_record, tmp_path, checkout):
    made = closed(blank_record, tmp_path, checkout / "tests/data/fhir/local-codes-alike.json", "Bea Sample")
    with opened_copy(made, tmp_path / "again") as record:
        person = people.people(record)[0].id
        found = [measures.series(record, person, one.key) for one in measures.measures(record, person)]
        assert {one.title: [point.value for point in one.points] for one in found} == {
            "Hemoglobin": [13.9],
            "Hepatitis B surface antibody": [2.1],
        }


def test_a_goal_is_checked_with_the_results_of_its_own_system(laboratories):
    record, person = laboratories
    aim = goal(person, "Glucose below 6", codes=(Coding("urn:oid:9.9.9.hospitalB", "1001"),), unit="mmol/L",
               data={"target_high": 6.0, "due": "2025-06-01"})  # fmt: skip
    change_log.apply(record, "goal", [change_log.Add(aim)])
    [report] = own_goals(record, person, date(2025, 3, 1))
    assert report.series_key == GLUCOSE
    assert report.current == "5.4 mmol/L"
    assert measures.series(record, person, GLUCOSE).goal.high == 6.0
    assert measures.series(record, person, SODIUM).goal.high is None


def test_a_decision_watches_the_measure_that_was_chosen(laboratories):
    record, person = laboratories
    [option] = entries.add(record, "TreatmentOption", person, {"title": "Less sugar", "status": "open"}).entries
    told = {"title": "Below 6", "measure": "Glucose", "target_high": "6", "unit": "mmol/L"}
    deciding.decide(record, Decision(option, "2025-06-01", told, key=GLUCOSE, start="2025-01-01"))
    [report] = plans.check_plans(record, person, date(2025, 3, 1))
    assert report.series_key == GLUCOSE


def test_figures_of_a_published_measure_are_used_for_loinc_alone(laboratories):
    record, person = laboratories
    local = Entry("Observation", "Creatinine", person=person, codes=(Coding("urn:lab", "2160-0"),),
                  happened=PartialDate("2025-01-01"), value=1.1, value_text="1.1", unit="mg/dL")  # fmt: skip
    added = [local, local.having(codes=(Coding(LOINC, "2160-0"),))]
    change_log.apply(record, "two", [change_log.Add(one) for one in added])
    theirs, published = (
        measure_of(measures.series(record, person, f"{system}|2160-0")) for system in ("urn:lab", LOINC)
    )
    assert theirs.source == "own scatter"
    assert published.name == "Creatinine"


@pytest.mark.parametrize(
    ("system", "code", "tumour"),
    [
        ("http://hl7.org/fhir/sid/icd-10-cm", "C50.9", True),
        ("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "C50.9", True),
        ("urn:oid:1.2.246.537.6.1", "D05.1", True),
        ("http://hl7.org/fhir/sid/icd-10", "D10", False),
        ("http://hl7.org/fhir/sid/icd-10", "B99", False),
        ("urn:oid:2.16.840.1.113883.6.86", "C0011849", False),
        ("urn:lab", "COPD", False),
        ("", "C50.9", False),
        ("http://hl7.org/fhir/sid/icd-10-pcs", "C050", False),
    ],
)
def test_reports_are_quoted_beside_a_plan_for_a_growth_by_icd10_alone(laboratories, system, code, tumour):
    record, person = laboratories
    condition = Entry("Condition", "As coded", person=person, codes=(Coding(system, code),), id="c", status="active")
    report = Entry("DiagnosticReport", "CT", person=person, happened=PartialDate("2025-02-01"), status="final",
                   data={"conclusion": "Overall stable disease by RECIST 1.1."})  # fmt: skip
    aim = goal(person, "Sodium", id="g", unit="mmol/L", codes=(Coding("urn:oid:1.2.3.hospitalA", "1001"),),
               data={"target_low": 130.0})  # fmt: skip
    plan = Entry("CarePlan", "Plan", person=person, happened=PartialDate("2025-01-01"), status="active",
                 links=(Link("treats", "c"), Link("goal", "g")))  # fmt: skip
    change_log.apply(record, "a plan", [change_log.Add(one) for one in (condition, report, aim, plan)])
    [checked] = plans.check_plans(record, person, date(2025, 3, 1))
    assert ("stable disease" in checked.check.sentence) is tumour


def test_a_guideline_goal_is_proposed_by_icd10_alone(laboratories):
    record, person = laboratories
    for system in ("urn:clinic", "urn:oid:2.16.840.1.113883.6.86", ""):
        entry = Entry("Condition", "As coded", person=person, codes=(Coding(system, "E11.9"),), status="active")
        change_log.apply(record, "a condition", [change_log.Add(entry)])
    assert goals.propose(record, person, date(2025, 3, 1)) == []
    german = Entry("Condition", "As coded", person=person, status="active",
                   codes=(Coding("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "E11.90"),))  # fmt: skip
    change_log.apply(record, "a condition", [change_log.Add(german)])
    assert "HbA1c" in {one.fields["measure"] for one in goals.propose(record, person, date(2025, 3, 1))}


def test_the_packet_prints_each_measure_with_its_own_values(laboratories):
    record, person = laboratories
    chosen = packets.choice(record)
    assert chosen.person == person
    pdf, _result = packets.preview(record, chosen, NoProgress())
    document = pypdfium2.PdfDocument(pdf)
    lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    glucose = [line for line in lines if "Glucose" in line]
    assert glucose
    assert not any("140" in line for line in glucose)
    assert not any("5.4" in line for line in lines if "Sodium" in line)


def test_an_entry_that_is_typed_keeps_a_code_that_is_no_loinc_apart(laboratories):
    record, person = laboratories
    fields = {"title": "Copper", "value_text": "9", "code": "1001", "happened": "2025"}
    entries.add(record, "Observation", person, fields)
    [copper] = [one for one in entries.find(record, Query(kinds=("Observation",))) if one.title == "Copper"]
    assert copper.codes == (Coding("", "1001"),)
    assert measures.measure_of(copper) == "|1001|Copper"
