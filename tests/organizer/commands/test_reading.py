"""Results are read out of kept reports on the command line; nothing is written unless it is asked for."""

import pytest
from reportlab.pdfgen.canvas import Canvas

ROWS = [
    ("Patient: Marsh, Elena", "", "", ""),
    ("Collected: 2025-03-14", "", "", ""),
    ("Test", "Result", "Units", "Reference Range"),
    ("Potassium", "4.2", "mmol/L", "3.5 - 5.1"),
    ("Sodium", "139", "mg/dL", "135 - 145"),
    ("Glucose", "92", "mg/dL", "70 - 99"),
]


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "labs.pdf"
    canvas = Canvas(str(path))
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            canvas.drawString(60 + 120 * column, 700 - 20 * row, cell)
    canvas.save()
    return path


def test_what_an_import_leaves_to_do_is_said(run, record, report):
    told = run("import", record, report, "--person", "Elena Marsh")
    assert "can be read into results." in told.out
    answer = run("import", record, report, "--person", "Elena Marsh", "--json").json
    assert "read-results" in [step["kind"] for step in answer["next"]]


def test_results_are_read_with_their_doubts_and_not_written(run, record, report):
    run("import", record, report, "--person", "Elena Marsh")
    (read,) = run("read", record, "labs.pdf", "--json").json["reports"]
    assert [(row["name"], row["value"], row["certain"]) for row in read["results"]] == [
        ("Potassium", "4.2", True), ("Sodium", "139", False), ("Glucose", "92", True),
    ]  # fmt: skip
    assert read["added"] == ""
    told = run("read", record, "labs.pdf")
    assert "3 results, 2 of them certain." in told.out


def test_what_is_certain_is_added_when_that_is_asked_for(run, record, report):
    run("import", record, report, "--person", "Elena Marsh")
    told = run("read", record, "labs.pdf", "--add")
    assert "Added 2 results from labs.pdf" in told.out
    assert "labs.pdf" not in run("read", record).out


def test_a_report_names_its_patient_and_an_unknown_file_is_refused(run, record, report):
    run("import", record, report, "--person", "Elena Marsh")
    (read,) = run("read", record, "labs.pdf", "--json").json["reports"]
    assert read["names"] == "Elena Marsh"
    refused = run("read", record, "another.pdf")
    assert refused.code == 1
    assert "another.pdf" in refused.said
