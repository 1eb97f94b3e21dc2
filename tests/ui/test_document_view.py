"""Words over a page in the viewer: found, selected by dragging, copied."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from organizer.base.progress import NoProgress
from organizer.services import entries, importing
from organizer.services.entries import Query
from organizer.store import recognised
from organizer.store.recognised import RecognisedPage
from ui.parts.document_view import DocumentView
from ui.theme import Theme
from ui.widgets.pdf_view import PdfView

WORDS = [
    ("Potassium", 10, 10, 60, 20),
    ("4.1", 70, 10, 90, 20),
    ("mmol/L", 100, 10, 140, 20),
    ("Sodium", 10, 40, 60, 50),
]


@pytest.fixture
def view(qtbot):
    made = PdfView(Theme(), "A scan")
    qtbot.addWidget(made)
    made.resize(400, 300)
    white = QImage(8, 8, QImage.Format.Format_RGB32)
    made.show_pages([(200.0, 100.0), (200.0, 900.0)], lambda _page, _scale, answer: answer(white))
    made.set_words(1, WORDS)
    made.show()
    return made


def test_words_are_found_by_their_beginning_and_come_into_sight(view):
    assert view.find_words(["potas", "sod"]) == 2
    assert view.find_words(["glucose"]) == 0
    assert view.find_words([]) == 0


def test_dragging_selects_and_ctrl_c_copies_line_by_line(view, qtbot):
    page = view._pages[1]
    qtbot.mousePress(page, Qt.MouseButton.LeftButton, pos=QPoint(72, 15))
    qtbot.mouseMove(page, QPoint(40, 45))
    page.words.extend(page.mapFromGlobal(page.mapToGlobal(QPoint(40, 45))).toPointF())
    qtbot.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "4.1 mmol/L\nSodium"
    view.forget_selections()
    assert page.words.selected_text == ""


def test_marks_stand_over_their_words_at_each_zoom(view):
    view.find_words(["sodium"])
    page = view._pages[1]
    for _step in range(2):
        shown = page.grab().toImage()
        zoom = page.width() / 200
        marked, bare = (shown.pixelColor(round(30 * zoom), round(y * zoom)) for y in (45, 80))
        assert marked != bare
        view.zoom_by(1)


def test_a_document_that_was_searched_for_opens_with_the_words_marked(ann, qtbot, tmp_path):
    idle = lambda: qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=60_000)  # noqa: E731
    record = ann.desk.context.record
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    picture.save(str(tmp_path / "letter.png"))
    plan = importing.plan_import(record, [tmp_path / "letter.png"], "", NoProgress())
    importing.accept_import(record, plan, NoProgress())
    (letter,) = entries.find(record, Query(kinds=("DocumentReference",)))
    words = tuple((text, *box, 90.0) for text, *box in WORDS)
    recognised.put(record, letter.text("file"), RecognisedPage(1, 400, 200, words))
    ann.desk.context.navigate("entry", entry=letter.id, find="sodium")
    idle()
    qtbot.waitUntil(lambda: ann.desk.page.findChild(DocumentView) is not None, timeout=10_000)
    idle()
    shown = ann.desk.page.findChild(DocumentView)
    assert shown.field.text() == "sodium"
    assert any(one.text() == "1 place" for one in shown.findChildren(QLabel))
