"""The checklist fills itself from the record, listens to the person, and says what is missing."""

import json
from datetime import timedelta
from importlib import resources

import pytest

from organizer.health.opinion.checklist import _words, checklist
from organizer.health.opinion.checklist_rows import BASE, every_row
from organizer.health.opinion.gathered import Gathered
from organizer.model.case import Case, RowState
from tests.organizer.health.opinion.made import TODAY, entry

PERSON = entry("Patient", "Ann", birth_date="1960-01-01")


def items(*entries, specialty="", gathered=()):
    case = entry("OpinionCase", "Case", gathered=list(gathered))
    found = checklist(Gathered(PERSON, Case(case), (case, PERSON, *entries), TODAY), specialty)
    return {item.row: item for item in found}


def test_each_row_of_a_list_is_declared_and_each_declared_one_is_in_a_list_or_everybodys():
    told = json.loads((resources.files("resources") / "intake.json").read_text("utf-8"))
    lists = [*told["illnesses"], *told["fields"].values(), told["suspected"]]
    listed = {row for part in lists for row in (*part["usual"], *part["if_done"])}
    assert set(every_row()) == listed | {row.id for row in BASE}


def test_what_a_field_asks_for_comes_first_where_no_illness_is_known():
    assert list(items(specialty="psychiatry"))[:3] == ["each-medicine", "mood-scores", "therapy"]
    assert next(iter(items(specialty="haematology"))) == "blood-counts"
    assert next(iter(items(specialty="cardiology"))) == "ecg"


def test_an_empty_record_misses_what_everybody_has_and_leaves_open_what_may_not_be():
    states = {row: item.state for row, item in items().items()}
    open_states = (RowState.MISSING, RowState.PERHAPS)
    assert {row for row, state in states.items() if state not in open_states} == {"same-name"}
    assert {states[row] for row in ("medicines", "allergies", "notes", "labs")} == {RowState.MISSING}
    maybe = ("pathology", "slides", "operations", "discharge", "genetics")
    assert {states[row] for row in maybe} == {RowState.PERHAPS}


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("pathology", "Willamette Pathology Consultants"),
        ("pathology", "Befund Histologie"),
        ("imaging", "CT neck chest abdomen"),
        ("imaging", "MRI brain report"),
    ],
)
def test_a_report_that_is_kept_as_a_document_answers_its_row(row, title):
    assert items(entry("DocumentReference", title, "2026-07-14"))[row].state == RowState.FOUND
    assert items(entry("DocumentReference", "Laboratory report", "2026-07-14"))[row].state != RowState.FOUND


def test_a_row_says_with_what_it_is_answered():
    report = entry("DiagnosticReport", "Kidney biopsy", "2026-03-12", category="pathology")
    item = items(report)["pathology"]
    assert (item.state, item.said) == (RowState.FOUND, "Kidney biopsy (12 Mar 2026)")
    assert item.entries == (report,)


def test_what_the_person_says_goes_before_what_is_found():
    report = entry("DiagnosticReport", "Kidney biopsy", "2026-03-12", category="pathology")
    other = entry("DocumentReference", "The right one")
    line = {"row": "pathology", "state": "linked", "entry": other.id}
    assert items(report, other, gathered=[line])["pathology"].said == "The right one"
    assert items(report, gathered=[line])["pathology"].state == RowState.FOUND  # the linked one was removed
    assert items(gathered=[{"row": "photo-id", "state": "have"}])["photo-id"].state == RowState.HAVE


def test_what_was_asked_for_says_when_and_of_whom_until_it_comes():
    task = entry(
        "Task", "Pathology", asked_on="2026-11-16", asked_of="St Anne’s", missing_record=True, status="in-progress"
    )
    line = {"row": "pathology", "state": "asked", "task": task.id}
    item = items(task, gathered=[line])["pathology"]
    assert (item.state, item.said) == (RowState.ASKED, "asked 16 Nov 2026 of St Anne’s")
    assert items(task.having(status="completed"), gathered=[line])["pathology"].state == RowState.HAVE


def test_a_to_do_of_one_s_own_answers_the_row_that_it_names():
    task = entry("Task", "Biopsy slides on loan", asked_on="2026-11-16", missing_record=True, status="in-progress")
    assert items(task)["slides"].state == RowState.ASKED


def test_results_of_more_than_a_year_ago_do_not_count_as_recent():
    old = entry("DiagnosticReport", "Blood", "2025-01-01", category="laboratory")
    assert items(old)["labs"].state == RowState.MISSING
    assert items(old.having(happened=None), entry("DiagnosticReport", "B", "2026-01-01", category="laboratory"))[
        "labs"
    ].done


def test_a_linked_row_is_done_and_a_missing_one_is_not():
    line = {"row": "photo-id", "state": "linked", "entry": PERSON.id}
    assert items(gathered=[line])["photo-id"].state == RowState.LINKED
    assert items(gathered=[line])["photo-id"].done
    assert not items()["photo-id"].done


@pytest.mark.parametrize(("days", "recent"), [(365, True), (366, False)])
def test_results_count_as_recent_for_a_year(days, recent):
    day = (TODAY - timedelta(days=days)).isoformat()
    assert items(entry("DiagnosticReport", "Blood", day, category="laboratory"))["labs"].done is recent


def test_three_answers_are_named_and_the_others_counted():
    reports = [entry("DiagnosticReport", f"Biopsy {n}", f"2026-03-0{n}", category="pathology") for n in range(1, 6)]
    assert "more" not in items(*reports[:3])["pathology"].said
    assert items(*reports[:4])["pathology"].said.count("Biopsy") == 3
    assert "and 1 more" in items(*reports[:4])["pathology"].said
    assert "and 2 more" in items(*reports)["pathology"].said


def breast(*entries):
    illness = entry("Condition", "Breast cancer", "2026-11-16", status="active")
    case = entry("OpinionCase", "Case", "2026-12-02", why="Which operation?", links=[("about", illness.id)])
    everything = (case, PERSON, illness, *entries)
    return {item.row: item for item in checklist(Gathered(PERSON, Case(case), everything, TODAY), "")}


def test_what_is_only_planned_answers_no_row():
    ahead = entry("Procedure", "Mastectomy with sentinel node biopsy", "2026-12-09", status="preparation")
    report = entry("DiagnosticReport", "Sentinel node biopsy, pathology", "2026-11-20", category="pathology")
    assert breast(ahead)["nodes-and-margins"].state == RowState.PERHAPS
    assert breast(report)["nodes-and-margins"].state == RowState.FOUND


def test_an_operation_by_itself_is_no_report_on_its_tissue_and_that_report_no_note_of_the_operation():
    done = entry("Procedure", "Lumpectomy with sentinel node biopsy", "2026-11-20", status="completed")
    report = entry("DiagnosticReport", "Surgical pathology, left breast", "2026-11-21", category="pathology")
    note = entry("DocumentReference", "Operative note", "2026-11-20")
    assert breast(done)["nodes-and-margins"].state == RowState.PERHAPS
    assert breast(done, report)["operations"].state == RowState.MISSING
    assert breast(done, report, note)["operations"].said == "Operative note (20 Nov 2026)"


def test_a_medicine_that_was_stopped_is_no_list_of_those_that_are_taken():
    stopped = entry("MedicationStatement", "Pregabalin", "2026-02", status="stopped", ended="2026-04")
    taken = entry("MedicationStatement", "Duloxetine", "2026-05", status="active")
    assert breast(stopped)["medicines"].state == RowState.MISSING
    assert breast(stopped, taken)["medicines"].said == "Duloxetine (May 2026)"


def test_a_report_of_imaging_says_that_the_images_are_somewhere_else():
    report = entry("DiagnosticReport", "Mammogram", "2026-11-09", category="imaging")
    study = entry("ImagingStudy", "Mammogram", "2026-11-09", id="study")
    assert breast(report)["mammogram"].said == "Mammogram (9 Nov 2026); where the images are isn’t recorded"
    assert breast(report, study)["mammogram"].said.endswith("Mammogram (9 Nov 2026), and 1 more")


def test_the_day_of_an_appointment_is_not_that_of_the_question():
    assert breast()["question"].said == "Case"


@pytest.mark.parametrize(("days", "state"), [(365, RowState.FOUND), (366, RowState.MISSING)])
def test_laboratory_results_are_of_twelve_months(days, state):
    day = (TODAY - timedelta(days=days)).isoformat()
    assert items(entry("Observation", "Sodium", day, category="laboratory"))["labs"].state is state


@pytest.mark.parametrize(("days", "state"), [(56, RowState.PERHAPS), (57, RowState.MISSING)])
def test_what_was_tried_is_missed_once_an_illness_is_known_for_eight_weeks(days, state):
    illness = entry("Condition", "Lupus nephritis", (TODAY - timedelta(days=days)).isoformat(), status="active")
    case = entry("OpinionCase", "Case", links=(("about", illness.id),))
    found = checklist(Gathered(PERSON, Case(case), (case, PERSON, illness), TODAY), "")
    assert next(item.state for item in found if item.row == "tried") is state


@pytest.mark.parametrize(
    ("born", "is_asked"),
    [("2016-11-25", False), ("2016-11-24", True), ("2008-11-25", True), ("2008-11-24", False), ("", False)],
)
def test_the_first_period_is_asked_of_girls_from_ten_years_on(born, is_asked):
    gathered = Gathered(entry("Patient", "Mia", birth_date=born, sex="female"), None, (), TODAY)
    assert every_row()["first-period"].needs(gathered) is is_asked


def test_a_request_by_hand_is_for_the_row_with_which_it_shares_a_word_of_six_letters():
    """`slides` tell which row is meant, `notes` don't."""
    assert _words("The slides of your last notes") >= {"slides"}
    assert not _words("notes scans") & {"notes", "scans"}
