"""After locking nothing of the record is left in the window, its title, the clipboard or Qt's picture cache."""

import os
import shutil
import subprocess
from datetime import timedelta

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage, QKeyEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from organizer.services.entries import entries
from organizer.services.record import records
from ui.entries.forms.entry_dialog import EntryDialog
from ui.pages import PAGES
from ui.shell import clipboard, idle, sleep

WORD = "Zebrafever"
PASSPHRASE = "a long passphrase"


def settled(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=30_000)


@pytest.fixture
def filled(ann, qtbot):
    """The window on a record that says WORD wherever it can."""
    context = ann.desk.context
    for kind in ("Condition", "MedicationStatement", "Question", "DocumentReference", "AllergyIntolerance"):
        changes = entries.add(context.record, kind, context.person, {"title": f"{WORD} {kind}"})
        context.events.changed.emit(changes)
    for page in PAGES:
        ann.desk.show_page(page.id)
        settled(ann, qtbot)
    return ann


def words_of(thing: QObject) -> str:
    """Every text that Qt's own properties of an object hold, and the items of lists and tables."""
    told = [str(value) for value in _properties(thing) if isinstance(value, str)]
    if isinstance(thing, QAbstractItemView) and thing.model() is not None:
        model = thing.model()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
        cells = ((row, column) for row in range(model.rowCount()) for column in range(columns))
        told += [str(model.index(row, column).data()) for row, column in cells]
    return " ".join(told)


def _properties(thing: QObject) -> list[object]:
    meta = thing.metaObject()
    return [thing.property(meta.property(place).name()) for place in range(meta.propertyCount())]


def everything_said(application) -> str:
    tops = [widget for widget in application.allWidgets() if widget.parent() is None]
    inner = [child for widget in tops for child in widget.findChildren(QObject)]
    return " ".join(words_of(one) for one in [*tops, *inner])


def test_no_word_is_left_in_any_widget(filled, qtbot):
    filled.desk.search()
    settled(filled, qtbot)
    (condition, *_others) = entries.find(filled.desk.context.record, entries.Query(kinds=("Condition",)))
    QApplication.activeModalWidget().done(0)
    filled.desk.show_form(condition, "Condition")
    assert WORD in everything_said(QApplication.instance())
    filled.lock_by_itself()
    qtbot.waitUntil(lambda: filled.desk is None)
    qtbot.wait(50)
    said = everything_said(QApplication.instance())
    assert WORD not in said
    assert "Ann Example" not in said
    assert filled.windowTitle() == "Casebook"


def test_the_clipboard_is_emptied_of_what_is_ours_only(filled):
    board = QGuiApplication.clipboard()
    clipboard.copy(WORD)
    filled.lock()
    assert board.text() == ""
    board.setText("of another program")
    if board.ownsClipboard():
        pytest.skip("on a real screen what this process copies is its own: another program can't be played here")
    filled.show_record(records.open_record(filled._folder, PASSPHRASE), filled._folder)
    filled.lock()
    assert board.text() == "of another program"


def test_what_is_copied_is_marked_and_goes_after_a_minute(ann):
    board = QGuiApplication.clipboard()
    clipboard.copy(WORD)
    assert board.mimeData().data("x-kde-passwordManagerHint") == b"secret"
    assert board.text() == WORD
    assert ann._clipboard.timer.isActive()
    assert ann._clipboard.timer.interval() == 60_000
    ann._clipboard.timer.timeout.emit()
    assert board.text() == ""


def test_what_a_text_field_copies_is_marked_too(ann, qtbot, monkeypatch):
    board = QGuiApplication.clipboard()
    monkeypatch.setattr(type(board), "ownsClipboard", lambda _self: True)  # a screenless Qt never says so
    field = QLineEdit(WORD)
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    assert board.mimeData().hasFormat("x-kde-passwordManagerHint")
    assert board.text() == WORD
    assert ann._clipboard.timer.isActive()


def test_pictures_kept_by_qt_are_dropped(ann):
    picture = QPixmap(8, 8)
    picture.fill(QColor("red"))
    QPixmapCache.insert(WORD, picture)
    ann.lock()
    assert not QPixmapCache.find(WORD, picture)


def test_a_pasted_picture_is_private_and_erased_with_the_lock(ann):
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    (path,) = ann.desk.pasted.files(data)
    assert path.is_file()
    assert str(path).startswith(os.environ["XDG_RUNTIME_DIR"])
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o077 == 0
    ann.lock()
    assert not path.parent.exists()


def test_what_was_being_typed_is_there_again_after_unlocking(ann, qtbot):
    folder = ann.desk.context.record.path
    ann.desk.show_form(None, "Condition")
    form = ann.desk.findChild(EntryDialog)
    form.form.rows["title"].editor.set_text("Half a word")
    ann.lock_by_itself()
    qtbot.waitUntil(lambda: ann.desk is None)
    ann.show_record(records.open_record(folder, PASSPHRASE), folder)
    again = ann.desk.findChild(EntryDialog)
    assert again.form.texts()["title"] == "Half a word"
    again.save()
    ann.lock()
    ann.show_record(records.open_record(folder, PASSPHRASE), folder)
    assert ann.desk.findChild(EntryDialog) is None
    assert [one.title for one in entries.find(ann.desk.context.record, entries.Query(kinds=("Condition",)))] == [
        "Half a word"
    ]


def test_idle_minutes_lock_it(ann, qtbot):
    assert ann._idle.timer.interval() == 15 * 60_000
    ann._idle.timer.timeout.emit()
    qtbot.waitUntil(lambda: ann.desk is None)
    assert ann.first_screen.unlock.isVisible()


def test_a_minute_before_it_locks_that_is_said_and_can_be_put_off(ann, qtbot, monkeypatch):
    heard = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    watch = ann._idle
    assert watch.warning.interval() == 14 * 60_000
    watch.warning.timeout.emit()
    assert "locks in a minute" in heard[-1]
    watch.timer.stop()
    stay = next(way for way in ann.desk.toast.findChildren(QPushButton) if way.text() == "Not yet")
    qtbot.mouseClick(stay, Qt.MouseButton.LeftButton)
    assert watch.timer.isActive()
    watch.set_minutes(1)
    assert watch.warning.interval() == 30_000
    watch.set_minutes(0)
    assert not watch.warning.isActive()


def test_where_a_screen_reader_is_at_work_a_moved_focus_is_a_sign_of_life(ann, monkeypatch):
    watch = ann._idle
    for active in (False, True):
        monkeypatch.setattr(QAccessible, "isActive", lambda active=active: active)
        watch.timer.stop()
        QGuiApplication.instance().focusObjectChanged.emit(ann)
        assert watch.timer.isActive() is active


def test_it_is_locked_when_the_computer_wakes_up(ann, qtbot, monkeypatch):
    ann._idle.beat.timeout.emit()
    assert ann.desk is not None
    later = idle.now() + timedelta(minutes=5)
    monkeypatch.setattr(idle, "now", lambda: later)
    ann._idle.beat.timeout.emit()
    qtbot.waitUntil(lambda: ann.desk is None)


@pytest.fixture
def bus(tmp_path):
    """A message bus of the test's own, with somebody on it who says that the computer will sleep, or is locked."""
    dbus = pytest.importorskip("PySide6.QtDBus", reason="Qt has no message bus here")
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no message bus can be started here (dbus-daemon)")
    address = f"unix:path={tmp_path / 'bus'}"
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address", f"--address={address}"]
    daemon = subprocess.Popen(command, **told)
    daemon.stdout.readline()
    ours, others = (dbus.QDBusConnection.connectToBus(address, name) for name in ("ours", "others"))
    assert all(others.registerService(saver[0]) for saver in (sleep.LOGIND, *sleep.SCREEN_SAVERS))

    def _say(begins, whose=sleep.LOGIND):
        message = dbus.QDBusMessage.createSignal(*whose[1:])
        message.setArguments([begins])
        others.send(message)

    yield ours, _say
    for name in ("ours", "others"):
        dbus.QDBusConnection.disconnectFromBus(name)
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def test_it_is_locked_when_the_system_says_that_it_will_sleep(ann, qtbot, bus):
    ours, say = bus
    ann._sleep = sleep.SleepWatch(ann, ours)
    ann._sleep.falls_asleep.connect(ann.lock_by_itself)
    say(False)
    qtbot.wait(100)
    assert ann.desk is not None
    say(True)
    qtbot.waitUntil(lambda: ann.desk is None, timeout=10_000)


@pytest.mark.parametrize("saver", sleep.SCREEN_SAVERS, ids=lambda saver: saver[0])
def test_it_is_locked_with_the_screen(ann, qtbot, bus, saver):
    ours, say = bus
    ann._sleep = sleep.SleepWatch(ann, ours)
    ann._sleep.screen_locked.connect(ann.lock_by_itself)
    say(False, saver)
    qtbot.wait(100)
    assert ann.desk is not None
    say(True, saver)
    qtbot.waitUntil(lambda: ann.desk is None, timeout=10_000)


def test_work_that_shows_itself_is_finished_first(ann, qtbot):
    release = []

    def _work(progress):
        progress.report("Working")
        while not release:
            progress.check()
        return "done"

    told = []
    ann.desk.jobs.run("Working", _work, told.append)
    qtbot.waitUntil(lambda: ann.desk.is_busy)
    ann.lock_by_itself()
    assert ann.desk is not None
    release.append(True)
    qtbot.waitUntil(lambda: ann.desk is None, timeout=10_000)
    assert told == ["done"]


@pytest.mark.parametrize("asked", ["box", "file"])
def test_a_question_that_waits_for_an_answer_is_closed_first(ann, qtbot, asked):
    """Qt would fall over a dialog whose window is taken from under it."""
    answers = []

    def _lock():
        if QApplication.activeModalWidget() is not None:
            waiting.stop()
            ann.lock_by_itself()

    waiting = QTimer()
    waiting.timeout.connect(_lock)
    waiting.start(20)
    if asked == "box":
        answers.append(QMessageBox(ann.desk).exec())
    else:
        answers.append(QFileDialog.getOpenFileNames(ann.desk, "Import files")[0])
    qtbot.waitUntil(lambda: ann.desk is None)
    assert answers in ([QDialog.DialogCode.Rejected], [0], [[]])


def test_ctrl_l_locks_from_inside_a_form(ann, qtbot):
    ann.desk.show_form(None, "Condition")
    form = ann.desk.findChild(EntryDialog)
    qtbot.waitExposed(form)
    ann._idle._watch(form.windowHandle())
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(form.windowHandle(), key)
    qtbot.waitUntil(lambda: ann.desk is None)
    assert isinstance(ann.first_screen.unlock, QWidget)
