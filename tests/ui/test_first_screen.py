"""The first screen: the record opened last is one Enter away; whoever can’t read it chooses another language."""

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from organizer.base.i18n import language, speak
from organizer.base.settings import Settings
from ui.shell.main_window import MainWindow
from ui.shell.settings_dialog import SettingsDialog


@pytest.fixture
def known(blank_record, tmp_path):
    """Two closed records, the first of which was opened last."""
    return [shutil.copytree(blank_record(), tmp_path / name) for name in ("Health record.casebook", "Other.casebook")]


@pytest.fixture
def first(known, qtbot):
    window = MainWindow(Settings(recent=tuple(map(str, known))))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    speak("en")


def test_enter_asks_for_the_passphrase_of_the_record_opened_last(first, known, qtbot):
    focused = first.focusWidget()
    assert focused.text().startswith("Health record – changed ")
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert first.first_screen.stack.currentWidget() is first.first_screen.unlock
    assert first.first_screen.unlock.folder == known[0]


def test_the_records_stand_above_what_is_wanted_once(first):
    recent = first.first_screen.start._recent
    new_button = first.first_screen.start.new_button
    assert (
        recent.mapTo(first, recent.rect().bottomLeft()).y() < new_button.mapTo(first, new_button.rect().topLeft()).y()
    )


def test_without_a_record_enter_makes_one(qtbot):
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.first_screen.stack.currentWidget() is window.first_screen.making


def test_a_language_is_chosen_before_any_record_and_spoken_at_once(first, qtbot):
    first.first_screen.start.settings_button.click()
    dialog = first.findChild(SettingsDialog)
    next(one for one in dialog.languages.findChildren(QPushButton) if one.text() == "Español").click()
    assert language() == "es"
    assert first.settings.language == "es"
    assert first.first_screen.start.new_button.text() == "Expediente nuevo"


def test_german_is_offered_by_its_own_name(first, qtbot):
    first.first_screen.start.settings_button.click()
    dialog = first.findChild(SettingsDialog)
    next(one for one in dialog.languages.findChildren(QPushButton) if one.text() == "Deutsch").click()
    assert language() == "de"
    assert first.first_screen.start.new_button.text() == "Neue Akte"


def test_a_language_chosen_while_a_record_is_open_is_spoken_once_it_is_locked(ann, qtbot):
    ann.show_settings()
    dialog = ann.findChild(SettingsDialog)
    next(one for one in dialog.languages.findChildren(QPushButton) if one.text() == "Español").click()
    assert language() == "en"
    dialog.accept()
    ann.lock()
    assert language() == "es"
    speak("en")


def test_all_that_can_be_chosen_is_on_one_page(ann):
    ann.show_settings()
    dialog = ann.findChild(SettingsDialog)
    shown = {one.text() for one in dialog.findChildren(QPushButton)}
    assert {"Dark", "150%", "Español", "15 min", "Backups, passphrase, erasing…", "All keys…", "Close"} <= shown
    next(one for one in dialog.minutes.findChildren(QPushButton) if one.text() == "5 min").click()
    assert ann.settings.idle_minutes == 5
