"""Words over a page in the viewer: found, selected by dragging, copied."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.store import recognised
from organizer.store.recognised import RecognisedPage
from ui.entries.parts.document_view import DocumentView
from ui.look.theme import Theme
from ui.look.widgets.pdf_view import PdfView

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


def wheel(view, steps):
    middle = QPointF(view.viewport().rect().center())
    turned = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120 * steps), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), turned)


def test_pages_are_fitted_and_stay_so_when_the_view_changes_its_size(view, qtbot):
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_W)
    assert 0 <= view.viewport().width() - view._pages[0].width() <= 40
    view.resize(600, 300)
    assert 0 <= view.viewport().width() - view._pages[0].width() <= 40
    qtbot.keyClick(view, Qt.Key.Key_P)
    assert 0 <= view.viewport().height() - view._pages[1].height() <= 40
    names = [one.text() for one in view.tools() if isinstance(one, QPushButton)]
    assert names == ["Fit width", "Whole page"]


def test_keys_and_ctrl_wheel_zoom_and_the_place_stays(view, qtbot):
    view.go_to(1)
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 200)
    seen = view.verticalScrollBar().value() - view._pages[1].y()
    qtbot.keyClicks(view, "+")
    assert view._pages[1].width() == 250
    assert view.verticalScrollBar().value() - view._pages[1].y() == pytest.approx(seen * 1.25, abs=20)
    qtbot.keyClicks(view, "--")
    assert view._pages[1].width() == 150
    wheel(view, 2)
    assert view._pages[1].width() > 180
    wheel(view, -40)
    assert view._pages[1].width() == 50


def test_found_places_are_gone_through_round_and_back(view):
    assert view.find_words(["potas", "sod"]) == 2
    page = view._pages[1]
    assert page.words.at_hand == 0
    assert view.go_to_found(1) == 1
    assert page.words.at_hand == 3
    assert view.go_to_found(2) == 0
    assert view.go_to_found(-1) == 1
    assert view.find_words(["glucose"]) == 0
    assert view.go_to_found(0) == -1


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
    shown.field.setText("o")
    shown.field.setText("potassium sodium")
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert any(one.text() == "Place 2 of 2" for one in shown.findChildren(QLabel))
    qtbot.keyClick(shown.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert any(one.text() == "Place 1 of 2" for one in shown.findChildren(QLabel))


def test_pages_that_are_shown_anew_begin_at_the_page_asked_for(view, qtbot):
    white = QImage(10, 10, QImage.Format.Format_RGB32)
    view.show_pages([(200.0, 900.0)] * 6, lambda _page, _scale, answer: answer(white), 4)
    assert view.at_hand == 4
    qtbot.wait(50)
    assert view.at_hand == 4
