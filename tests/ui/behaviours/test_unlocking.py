"""Before a record is open: a wrong passphrase is said, the right one still opens; the sample goes by one click."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from organizer.services.record import records
from tests.made_records import PASSPHRASE
from tests.windows import new_window
from ui.shell.welcome.first_screen import sample_folder


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    made = new_window(qtbot)
    made.show()
    yield made
    made.close()


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(window, blank_record, tmp_path, qtbot):
    window.first_screen.ask_passphrase(shutil.copytree(blank_record(), tmp_path / "Ann.casebook"))
    unlock = window.first_screen.unlock
    for _again in range(3):
        unlock.field.clear()
        qtbot.keyClicks(unlock.field, "another one")
        qtbot.keyClick(unlock.field, Qt.Key.Key_Return)
        qtbot.waitUntil(unlock.error.isVisible, timeout=20_000)
        qtbot.waitUntil(unlock.field.isEnabled, timeout=20_000)
    assert "passphrase" in unlock.error.text().lower()
    assert window.desk is None
    unlock.field.clear()
    qtbot.keyClicks(unlock.field, PASSPHRASE)
    qtbot.keyClick(unlock.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


def test_the_sample_is_marked_and_removed_by_one_click(window, qtbot, tmp_path):
    assert tmp_path in sample_folder().parents
    window.first_screen.open_sample()
    qtbot.waitUntil(lambda: window.desk is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    removes = [one for one in window.findChildren(QPushButton) if one.accessibleName() == "Remove the sample record"]
    assert sample_folder().exists()
    qtbot.mouseClick(removes[0], Qt.MouseButton.LeftButton)
    assert window.desk is None
    assert not sample_folder().exists()


def test_a_folder_that_a_sync_tool_copies_is_told_before_and_while_a_record_lies_there(
    window, blank_record, tmp_path, qtbot
):
    create = window.first_screen.making
    create.place.setText(str(tmp_path / "Dropbox" / "Ann.casebook"))
    assert "Dropbox" in create.synced.text()
    create.place.setText(str(tmp_path / "Ann.casebook"))
    assert create.synced.text() == ""
    folder = shutil.copytree(blank_record(), tmp_path / "Dropbox" / "Ann.casebook")
    window.show_record(records.open_record(folder, PASSPHRASE), folder)
    assert any("Dropbox" in one.text() and one.isVisible() for one in window.desk.findChildren(QLabel))
