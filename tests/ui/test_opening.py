"""Opened from outside: a record, a backup, files, and whatever else a double click may bring."""

import ctypes
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFileOpenEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

import main
from organizer.base.progress import NoProgress
from organizer.commands.command_line import casebook
from organizer.services.record import backups, records
from tests.made_records import PASSPHRASE
from tests.windows import new_window, window_on
from ui.pages.documents.import_review.run import Review
from ui.shell.one_window import OneWindow
from ui.shell.opening import FileOpenEvents
from ui.shell.safekeeping.restore import RestoreDialog
from ui.shell.shortcut_list import ShortcutList


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """Before a record is open, with settings of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = new_window(qtbot)
    made.show()
    yield made
    made.close()


@pytest.fixture
def her_record(blank_record, tmp_path):
    """Ann's record, closed."""
    return shutil.copytree(blank_record(), tmp_path / "her" / "Ann.casebook")


@pytest.fixture(scope="session")
def backup(blank_record, tmp_path_factory):
    """A backup of Ann's record."""
    disk = tmp_path_factory.mktemp("disk")
    file = disk / f"Ann 2026-11-20 0900{backups.SUFFIX}"
    record = records.open_record(shutil.copytree(blank_record(), disk / "Ann.casebook"), PASSPHRASE)
    backups.make(record, file, NoProgress())
    records.close(record)
    return file


@pytest.fixture
def letter(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear Ann,\nthe kidney values are stable.\n", encoding="utf-8")
    return file


def opened(window, qtbot, *paths):
    window.opening.open(paths)
    settled(window, qtbot)


def settled(window, qtbot):
    jobs = (window.desk or window.first_screen).jobs
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)
    qtbot.wait(1)  # what a closed question let through begins with the next turn of the loop
    jobs = (window.desk or window.first_screen).jobs
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)


def shown(window, kind):
    return next(one for one in window.findChildren(kind) if one.isVisible())


def said(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, nothing = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, left, nothing))


@pytest.mark.parametrize("inside", ["", "record.db", "originals"])
def test_a_record_or_a_file_within_it_asks_for_its_passphrase(window, qtbot, her_record, inside):
    opened(window, qtbot, her_record / inside)
    assert window.first_screen.unlock.isVisible()
    assert window.first_screen.unlock.folder == her_record


@pytest.mark.parametrize("name", ["", "renamed by a cloud.zip"])
def test_a_backup_is_put_back_from_the_dialog_that_opens_with_it(window, qtbot, backup, tmp_path, name):
    file = backup
    if name:
        file = tmp_path / name
        file.write_bytes(backup.read_bytes())
    opened(window, qtbot, file)
    dialog = shown(window, RestoreDialog)
    assert dialog.file.text() == str(file)
    assert dialog.place.text().endswith(".casebook")
    dialog.reject()


def test_a_backup_is_put_back_beside_an_open_record_which_stays_open(ann, qtbot, backup):
    opened(ann, qtbot, backup)
    dialog = shown(ann, RestoreDialog)
    assert dialog.file.text() == str(backup)
    assert ann.desk is not None
    dialog.reject()


def test_files_wait_for_the_record_that_is_opened_and_are_reviewed_there(window, qtbot, letter, her_record):
    opened(window, qtbot, letter)
    assert "“letter.txt”" in said(window.first_screen)
    window.first_screen.ask_passphrase(her_record)
    qtbot.keyClicks(window.first_screen.unlock.field, PASSPHRASE)
    qtbot.keyClick(window.first_screen.unlock.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(Review)), timeout=20_000)
    review = shown(window, Review)
    assert "letter.txt" in said(review)
    review.reject()
    settled(window, qtbot)
    assert "letter.txt" not in said(window.first_screen)


def test_files_that_wait_can_be_left(window, qtbot, letter, tmp_path):
    other = tmp_path / "results.csv"
    other.write_text("Date,Test,Result\n2026-02-01,Sodium,140\n", encoding="utf-8")
    opened(window, qtbot, letter, other)
    assert "2 files" in said(window.first_screen)
    qtbot.mouseClick(window.first_screen.waiting.leave_button, Qt.MouseButton.LeftButton)
    assert not window.first_screen.waiting.isVisible()


def test_a_file_for_an_open_record_is_reviewed_at_once(ann, qtbot, letter):
    opened(ann, qtbot, letter)
    qtbot.waitUntil(lambda: bool(ann.findChildren(Review)), timeout=20_000)
    shown(ann, Review).reject()


def test_another_record_takes_the_place_of_the_open_one_and_the_same_one_stays(ann, qtbot, her_record):
    opened(ann, qtbot, ann._folder)
    assert ann.desk is not None
    opened(ann, qtbot, her_record)
    qtbot.waitUntil(lambda: ann.desk is None, timeout=10_000)
    assert ann.first_screen.unlock.folder == her_record


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda file: file.write_bytes(b"\x7fELF\0\1\2\3" * 99), "isn’t a kind of file that Casebook reads"),
        (lambda file: None, "There is no file"),
        (lambda file: file.mkdir(), "There is nothing in"),
    ],
)
def test_anything_else_is_told_calmly_on_the_first_screen(window, qtbot, tmp_path, make, words):
    make(tmp_path / "thing")
    opened(window, qtbot, tmp_path / "thing")
    assert words in said(window.first_screen)
    assert "thing" in said(window.first_screen)
    assert window.first_screen.start.isVisible()


def test_a_folder_that_only_has_the_name_of_a_record_is_told(window, qtbot, tmp_path):
    (tmp_path / "Ann.casebook").mkdir()
    drop(window, tmp_path / "Ann.casebook")
    settled(window, qtbot)
    assert "isn’t a whole Casebook record" in said(window.first_screen)


def test_of_two_backups_one_is_opened_and_the_other_named(window, qtbot, backup, tmp_path):
    other = tmp_path / f"Bob{backups.SUFFIX}"
    other.write_bytes(b"PK")
    opened(window, qtbot, backup, other)
    assert shown(window, RestoreDialog).file.text() == str(backup)
    assert "Bob" in said(window.first_screen)
    shown(window, RestoreDialog).reject()


def test_the_recovery_code_stays_before_the_person_until_it_is_kept(window, qtbot, tmp_path, letter):
    window.first_screen._create(tmp_path / "New.casebook", PASSPHRASE, "Ann Example")
    qtbot.waitUntil(lambda: window.first_screen.shows_code, timeout=20_000)
    code = window.first_screen.code.code
    drop(window, letter)
    settled(window, qtbot)
    assert code
    assert window.first_screen.code.isVisible()
    assert window.first_screen.code.code == code
    window.first_screen.code.noted.emit()
    qtbot.waitUntil(lambda: bool(window.findChildren(Review)), timeout=20_000)
    shown(window, Review).reject()


def test_an_open_question_is_answered_first(ann, qtbot, letter):
    ann.shortcut_list()
    question = shown(ann, ShortcutList)
    ann.opening.open([letter])
    settled(ann, qtbot)
    assert not ann.findChildren(Review)
    question.reject()
    qtbot.waitUntil(lambda: bool(ann.findChildren(Review)), timeout=20_000)
    shown(ann, Review).reject()


@pytest.mark.parametrize(
    ("system", "dialog", "answer"),
    [("darwin", "getOpenFileName", ("Ada.casebook", "")), ("linux", "getExistingDirectory", "Ada.casebook")],
)
def test_a_record_is_chosen_as_a_package_on_a_mac_and_as_a_folder_elsewhere(
    window, monkeypatch, system, dialog, answer
):
    asked = []
    monkeypatch.setattr(QFileDialog, dialog, lambda *_words: answer)
    monkeypatch.setattr(window.first_screen, "ask_passphrase", asked.append)
    monkeypatch.setattr(sys, "platform", system)
    window.first_screen.choose_folder()
    assert asked == [Path("Ada.casebook")]


def test_on_windows_a_second_start_lets_the_first_window_come_to_the_front(qapp, tmp_path, monkeypatch):
    allowed = []
    user32 = SimpleNamespace(AllowSetForegroundWindow=allowed.append)
    first = OneWindow(tmp_path)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    first.call()
    monkeypatch.undo()
    first.release()
    assert allowed == [0xFFFF_FFFF]


def test_a_second_start_hands_its_paths_over_and_leaves_no_name_behind(qtbot, tmp_path, letter):
    first, second, third = OneWindow(tmp_path), OneWindow(tmp_path), OneWindow(tmp_path)
    got = []
    first.called.connect(got.append)
    second.call([letter, tmp_path / "Zoë’s.casebook"])
    third.call()
    qtbot.waitUntil(lambda: len(got) == 2, timeout=10_000)
    assert sorted(got) == [[], [letter, tmp_path / "Zoë’s.casebook"]]
    assert not list((tmp_path / "calls").iterdir())
    first.release()


def test_what_a_window_that_is_gone_left_unanswered_is_not_opened_later(qtbot, tmp_path, letter):
    first, second = OneWindow(tmp_path), OneWindow(tmp_path)
    first.release()
    second.call([letter])
    again = OneWindow(tmp_path)
    with qtbot.assertNotEmitted(again.called, wait=50):
        assert again.is_first
    assert not list((tmp_path / "calls").iterdir())
    again.release()


def test_the_systems_own_event_for_a_double_click_is_taken(qtbot, letter):
    clicks = FileOpenEvents()
    with qtbot.waitSignal(clicks.asked) as asked:
        clicks.eventFilter(clicks, QFileOpenEvent(QUrl.fromLocalFile(str(letter))))
    assert asked.args == [[letter]]


@pytest.mark.parametrize("words", [[], ["/home/ann/Ann.casebook"], ["a.pdf", "b.pdf"], ["./demo"], [r"C:\Ann\papers"]])
def test_paths_open_the_window(words):
    assert main.are_paths(words)


def test_commands_and_options_never_look_like_paths():
    assert not any(main.are_paths([name]) for name in casebook.commands)
    assert not any(main.are_paths(words) for words in (["--version"], ["import", "a.pdf"], ["a.pdf", "--help"]))


def test_what_was_mended_at_opening_is_said_until_it_is_read(qtbot, blank_record, tmp_path):
    folder = shutil.copytree(blank_record(), tmp_path / "Ann.casebook")
    (folder / "keys-copy.json").write_bytes(b"")
    window = window_on(qtbot, folder)
    (box,) = [one for one in window.desk.findChildren(QMessageBox) if one.isVisible()]
    assert "key files was damaged" in box.informativeText()
    box.close()
    window.close()
