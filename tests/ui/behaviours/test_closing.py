"""Ends and accidents: closing during a job, a second start, an error whose details carry nothing of the record."""

from time import sleep

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from ui.shell import error_box
from ui.shell.one_window import OneWindow


def press(words):
    box = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible())
    next(one for one in box.findChildren(QPushButton) if one.text() == words).click()


def test_closing_while_work_goes_on_asks_first(ann, qtbot):
    stopped = []

    def _work(progress):
        progress.report("Working")
        while True:
            progress.check()
            sleep(0.002)

    ann.desk.jobs.run("Working", _work, lambda _answer: None, cancelled=lambda: stopped.append(True))
    qtbot.waitUntil(lambda: ann.desk.is_busy, timeout=10_000)
    QTimer.singleShot(0, lambda: press("Wait"))
    assert not ann.close()
    assert ann.isVisible()
    assert ann.desk.jobs.running
    QTimer.singleShot(0, lambda: press("Stop it"))
    assert ann.close()


def test_a_second_start_raises_the_first_window(qtbot, tmp_path):
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    assert first.is_first
    assert not second.is_first
    with qtbot.waitSignal(first.called, timeout=10_000):
        second.call()
    first.release()


def test_details_of_an_error_are_copied_without_a_word_of_the_record(qtbot, monkeypatch):
    told = []

    def answer(box):
        told.append((box.text(), box.informativeText(), box.detailedText()))
        next(one for one in box.buttons() if one.text() == "Copy details").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    try:
        raise ValueError("Zebra fever of Ann Example")
    except ValueError as error:
        error_box._unexpected(ValueError, error, error.__traceback__)
    ((text, next_step, details),) = told
    assert "wrong" in text
    assert "Nothing that was saved is lost" in next_step
    assert "ValueError" in details
    copied = QGuiApplication.clipboard().text()
    assert copied == details
    assert "Zebra" not in copied
    assert "Ann Example" not in copied
