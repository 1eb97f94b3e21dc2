import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import documents
from organizer.services.entries.entries import Query, find
from ui.pages.tests_imaging.lab_review.model import COLUMNS
from ui.pages.tests_imaging.lab_review.review import Review

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
