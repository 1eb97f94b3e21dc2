"""After an import it is said what documents wait for: pictures without text, reports with results, letters."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from organizer.base.progress import NoProgress
from organizer.importing.lab_reports.likely import is_likely_report
from organizer.services.bring_in import importing, next_steps
from organizer.services.entries import entries
from organizer.services.record import people
from organizer.store import change_log
from organizer.store.change_log import Replace
from tests.organizer.services.test_recognition import picture

ROWS = ("Glucose 104 mg/dL 74 - 100", "Creatinine 0.8 mg/dL 0.5 - 0.9", "Potassium 4.1 mmol/L 3.5 - 5.1")
LETTER = "Diagnoses: heart failure. No evidence of diabetes. Mother had breast cancer.\n"


def report():
    out = BytesIO()
    canvas = Canvas(out)
    for row, line in enumerate(ROWS):
        canvas.drawString(60, 700 - 20 * row, line)
    canvas.save()
    return out.getvalue()


def kinds(record):
    return {step.kind: step for step in next_steps.next_steps(record, people.people(record)[0].id)}


def bring(record, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    plan = importing.plan_import(record, [tmp_path / name], "", NoProgress())
    importing.accept_import(record, plan, NoProgress())


def test_an_empty_record_waits_for_nothing(record):
    assert kinds(record) == {}


def test_a_photograph_a_report_and_a_letter_each_wait_for_something(record, tmp_path):
    bring(record, tmp_path, "photo.jpg", picture())
    bring(record, tmp_path, "labs.pdf", report())
    bring(record, tmp_path, "labs.txt", "\n".join(ROWS).encode())  # has no pages to be looked at
    bring(record, tmp_path, "letter.txt", LETTER.encode())
    steps = kinds(record)
    assert set(steps) == {next_steps.RECOGNISE, next_steps.READ_RESULTS, next_steps.NAMES_DIAGNOSES}
    assert steps[next_steps.READ_RESULTS].sentence.startswith("1 laboratory report")
    (letter,) = steps[next_steps.NAMES_DIAGNOSES].documents
    assert entries.get(record, letter).title == "letter"


def test_only_what_is_stated_of_the_patient_is_a_diagnosis():
    assert next_steps.named_illnesses(LETTER) == {"heart-failure"}
    assert next_steps.named_illnesses("Klebsiella pneumoniae grew in the urine") == frozenset()


def test_a_letter_whose_diagnoses_the_record_has_waits_for_nothing(record, tmp_path):
    bring(record, tmp_path, "letter.txt", LETTER.encode())
    person = people.people(record)[0].id
    entries.add(record, "Condition", person, {"title": "Heart failure"})
    assert next_steps.NAMES_DIAGNOSES not in kinds(record)


def test_a_picture_that_names_somebody_else_is_told(record, tmp_path):
    bring(record, tmp_path, "photo.jpg", picture())
    (photo,) = kinds(record)[next_steps.RECOGNISE].documents
    paper = entries.get(record, photo)
    words = ["Patient: Robert Miller\nDOB: 1977-11-11\nThank you for referring him."]
    change_log.apply(record, "read", [Replace(paper.having(data={**paper.data, "recognised_texts": words}))])
    assert list(kinds(record)) == [next_steps.NAMES_SOMEBODY]


@pytest.mark.parametrize("kept", [2, 3])
def test_three_names_of_tests_make_a_report(kept):
    assert is_likely_report("\n".join([*ROWS[:kept], "mg/dL mg/dL mg/dL"])) == (kept == 3)


def test_results_in_prose_are_no_report():
    assert not is_likely_report("His potassium was 4.1 mmol/L, glucose 104 mg/dL and creatinine 0.8 mg/dL.")


@pytest.mark.parametrize("kept", [2, 3])
def test_a_table_of_sensitivities_is_a_report(kept):
    rows = ["Ampicillin R", "Gentamicin S", "Ceftriaxone S"][:kept]
    assert is_likely_report("\n".join(["Antibiotic Interpretation", *rows])) == (kept == 3)
