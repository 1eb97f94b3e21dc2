"""The real window on a record, as a person would have it before them."""

from pathlib import Path
from types import SimpleNamespace

from pytestqt.qtbot import QtBot

from organizer.base.settings import Settings
from organizer.services.record import records
from tests.made_records import PASSPHRASE
from ui.shell import main_window
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow

# Where a window is closed or locked, Python would go through all tests and whatever they import each time.
# That it does so for a person is tested in tests/ui/test_memory.py.
main_window.memory = SimpleNamespace(collect=lambda: None)


def new_window(qtbot: QtBot) -> MainWindow:
    """It stands at the door and is closed when the test is over."""
    make_application([])
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    return window


def window_on(qtbot: QtBot, folder: Path, passphrase: str = PASSPHRASE, height: int = 860) -> MainWindow:
    """It shows the record of that folder, whose first page may still be reading."""
    window = new_window(qtbot)
    window.resize(1280, height)
    window.show()
    window.activateWindow()  # on a real screen keys go to the window that is active
    qtbot.waitUntil(window.isActiveWindow)
    window.show_record(records.open_record(folder, passphrase), folder)
    return window
