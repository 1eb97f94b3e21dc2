"""Ctrl+Shift+S: when the record was backed up last, a backup with one click, one put back into a new folder."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog

from organizer.services import records
from organizer.services.entries import Query, find
from ui.safekeeping import Safekeeping

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PASSPHRASE = "a long passphrase"


def opened(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_S, KEYS)
    return window.findChild(Safekeeping)


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=30_000)


def test_a_backup_is_made_and_put_back(ann, qtbot, tmp_path, monkeypatch):
    file, folder = tmp_path / "Ann.casebook-backup", tmp_path / "Back"
    dialog = opened(ann, qtbot)
    assert dialog.last.text() == "No backup was made yet."
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(file), ""))
    qtbot.mouseClick(dialog.backup_button, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)
    assert file.is_file()
    assert dialog.last.text().startswith("Last backup:")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(folder), ""))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_words: (PASSPHRASE, True))
    qtbot.mouseClick(dialog.restore_button, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)
    again = records.open_record(tmp_path / "Back.casebook", PASSPHRASE)
    assert [one.title for one in find(again, Query())] == ["Ann Example"]
    records.close(again)


def test_a_wrong_passphrase_is_said_calmly_and_nothing_made(ann, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "Ann.casebook-backup"
    dialog = opened(ann, qtbot)
    dialog.back_up(file)
    idle(ann, qtbot)
    said = []
    monkeypatch.setattr(type(ann.desk), "show_error", lambda _desk, error: said.append(error.message))
    dialog.restore(file, tmp_path / "Back", "not the passphrase")
    idle(ann, qtbot)
    assert said == ["This passphrase doesn’t open the record."]
    assert not (tmp_path / "Back.casebook").exists()
