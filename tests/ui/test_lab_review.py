import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import documents
from organizer.services.entries.entries import Query, find
from ui.pages.tests_imaging.lab_review.model import COLUMNS
from ui.pages.tests_imaging.lab_review.review import Review, start

CANVAS = pytest.importorskip("reportlab.pdfgen.canvas")
LINES = (
    ("Test", "Result", "Units", "Reference range"),
    ("Sodium", "140", "mmol/L", "134 - 146"),
    ("Potassium", "4.1", "mmol/L", "3.5 - 5.3"),
    ("Zyzzogen", "Negative", "", ""),
)


@pytest.fixture
def review(qtbot, ann, tmp_path):
    """The review of a small report, opened as a person opens it."""
    kept = io.BytesIO()
    canvas = CANVAS.Canvas(kept, pagesize=(600, 800))
    canvas.drawString(40, 760, "Date collected: 21/03/2024")
    for place, row in enumerate(LINES):
        for x, text in zip((40, 200, 280, 380), row, strict=True):
            canvas.drawString(x, 720 - 20 * place, text)
    canvas.save()
    path = tmp_path / "report.pdf"
    path.write_bytes(kept.getvalue())
    context = ann.desk.context
    plan = importing.plan_import(context.record, [path], context.person, NoProgress())
    importing.accept_import(context.record, plan, NoProgress())
    context.navigate("documents", sha=documents.all_documents(context.record, context.person)[0].sha256)
    quiet(qtbot, ann)
    (opens,) = (one for one in ann.findChildren(QPushButton) if one.text() == "Read results from this report")
    qtbot.mouseClick(opens, Qt.MouseButton.LeftButton)
    quiet(qtbot, ann)
    (opened,) = ann.findChildren(Review)
    quiet(qtbot, ann)
    return opened


def quiet(qtbot, window) -> None:
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


def results(window):
    return find(window.desk.context.record, Query(kinds=("Observation",)))


def test_what_is_clear_comes_ticked_and_nothing_enters_by_itself(ann, review) -> None:
    assert [one.name for one in review.model.chosen] == ["Sodium", "Potassium"]
    assert review.model.state(2).startswith("Please check: ")
    assert review.add.text() == "Add 2 results to the record"
    assert results(ann) == []


def test_the_row_that_is_looked_at_is_marked_on_its_page(review) -> None:
    first = review.page.marked
    assert first.width() > 100
    review.table.setCurrentIndex(review.model.index(1, 0))
    assert review.page.marked.top() > first.top()


def test_the_value_is_marked_within_its_row(review) -> None:
    row, cell = review.page.marked, review.page.cell
    assert row.contains(cell)
    assert 0 < cell.width() < row.width() / 3


def test_the_page_is_drawn_larger_and_its_mark_with_it(qtbot, ann, review) -> None:
    for _step in range(9):
        review.page.zoom_by(-1)
    quiet(qtbot, ann)
    before = review.page.cell
    review.page.zoom_by(1)
    quiet(qtbot, ann)
    assert review.page.cell.width() > 1.2 * before.width()
    for _step in range(9):
        review.page.zoom_by(1)
    quiet(qtbot, ann)
    assert review.page.cell.width() < 4 * before.width()


def test_by_keyboard_a_row_is_dropped_another_corrected_and_the_rest_added(qtbot, ann, review) -> None:
    qtbot.keyClick(review.table, Qt.Key.Key_Space)
    assert [one.name for one in review.model.chosen] == ["Potassium"]
    review.table.setCurrentIndex(review.model.index(1, COLUMNS.index("value")))
    qtbot.keyClick(review.table, Qt.Key.Key_F2)
    editor = review.table.findChild(QLineEdit)
    editor.setText("4.7")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: review.model.state(1) == "Corrected by you")
    qtbot.keyClick(review, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    quiet(qtbot, ann)
    assert [(one.title, one.value_text) for one in results(ann)] == [("Potassium", "4.7")]


def test_a_date_that_is_none_is_refused_and_the_row_stays(review) -> None:
    told = []
    review.model._refused = told.append
    assert not review.model.setData(review.model.index(0, COLUMNS.index("date")), "last week")
    assert "not a date" in told[0].message
    assert str(review.model.proposals[0].date) == "2024-03-21"


def letter(*head: str) -> bytes:
    kept = io.BytesIO()
    canvas = CANVAS.Canvas(kept, pagesize=(600, 800))
    for place, words in enumerate(head):
        canvas.drawString(40, 780 - 16 * place, words)
    for place, row in enumerate(LINES[:3]):
        for x, text in zip((40, 200, 280, 380), row, strict=True):
            canvas.drawString(x, 700 - 20 * place, text)
    canvas.save()
    return kept.getvalue()


@pytest.fixture
def review_of(qtbot, ann, tmp_path):
    """A function that keeps a report as the shown person's and opens its review."""

    def opened(*head: str):
        context, data = ann.desk.context, letter(*head)
        path = tmp_path / "report.pdf"
        path.write_bytes(data)
        answers = importing.Answers()
        plan = importing.plan_import(context.record, [path], context.person, NoProgress(), answers)
        for one in plan.held:
            answers.people[one.key] = context.person
        plan = importing.plan_import(context.record, [path], context.person, NoProgress(), answers)
        importing.accept_import(context.record, plan, NoProgress())
        start(context, plan.files[0].source.sha256, data, ann)
        quiet(qtbot, ann)
        (review,) = ann.findChildren(Review)
        quiet(qtbot, ann)
        return review

    return opened


def test_results_of_somebody_else_wait_until_it_is_said_whose_they_are(qtbot, ann, review_of) -> None:
    review = review_of("Patient: Miguel Delgado DOB: 13/04/1951", "Collected: 21/03/2024")
    assert review.questions.findChildren(QLabel)[0].text() == (
        "The paper names Miguel Delgado, born on 13 Apr 1951. Say whose it is."
    )
    assert not review.add.isEnabled()
    review.take()
    assert results(ann) == []
    review.questions.whose.setCurrentIndex(1)
    assert review.add.isEnabled()
    review.take()
    quiet(qtbot, ann)
    assert {one.person for one in results(ann)} == {ann.desk.context.person}


def test_whose_results_they_are_is_shown_and_needs_no_answer_where_nobody_else_is_named(ann, review_of) -> None:
    review = review_of("Collected: 21/03/2024")
    assert review.questions.whose.currentText() == "Ann Example"
    assert review.questions.person == ann.desk.context.person
    assert review.add.isEnabled()


@pytest.mark.parametrize(("button", "day"), [("11 Oct 2024", "2024-10-11"), ("10 Nov 2024", "2024-11-10")])
def test_an_open_day_is_asked_once_and_set_for_all_rows(qtbot, ann, review_of, button, day) -> None:
    review = review_of("Collected: 11/10/2024")
    assert review.model.chosen == []
    (asked,) = (one for one in review.questions.findChildren(QPushButton) if one.text() == button)
    qtbot.mouseClick(asked, Qt.MouseButton.LeftButton)
    assert [str(one.date) for one in review.model.chosen] == [day, day]
    review.take()
    quiet(qtbot, ann)
    assert {str(one.happened) for one in results(ann)} == {day}


@pytest.mark.parametrize("typed", ["10 Nov 2024", "2024-11-10", "10.11.2024", "November 10, 2024"])
def test_a_day_is_given_to_all_rows_in_any_form_that_casebook_prints(review_of, typed) -> None:
    review = review_of("Hillside Laboratory")
    review.questions.day.setText(typed)
    qt_set = next(one for one in review.questions.findChildren(QPushButton) if one.text() == "Set")
    qt_set.click()
    assert [str(one.date) for one in review.model.proposals] == ["2024-11-10", "2024-11-10"]
    assert len(review.model.chosen) == 2
