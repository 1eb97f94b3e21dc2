"""The real window on a record, as a person would have it before them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
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


def new_window(qtbot: QtBot, **settings: object) -> MainWindow:
    """It shows its first screen and is closed when the test is over."""
    make_application([])
    window = MainWindow(replace(Settings(), **settings))
    qtbot.addWidget(window)
    return window


def window_on(
    qtbot: QtBot,
    folder: Path,
    passphrase: str = PASSPHRASE,
    size: tuple[int, int] = (1280, 860),
    **settings: object,
) -> MainWindow:
    """It shows the record of that folder, whose first page may still be reading."""
    window = new_window(qtbot, **settings)
    window.resize(*size)
    window.show()
    window.activateWindow()  # on a real screen keys go to the window that is active
    qtbot.waitUntil(window.isActiveWindow)
    window.show_record(records.open_record(folder, passphrase), folder)
    return window


class _Shown(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.kinds.append(type(watched).__name__)
        return False


@contextmanager
def windows_shown() -> Iterator[list[str]]:
    """The classes of what is shown as a window meanwhile: a part that is shown before it has its place is one too."""
    application, watch = make_application([]), _Shown()
    application.installEventFilter(watch)
    try:
        yield watch.kinds
    finally:
        application.removeEventFilter(watch)
