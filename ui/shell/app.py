"""Starting the window: letters, look, the hook for the unexpected, one window at a time."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from organizer.base import settings as stored_settings
from organizer.base.process import sweep_private_folders
from ui.look.icons import program_icon
from ui.look.theme import load_fonts
from ui.shell.error_box import install_hook
from ui.shell.main_window import NAME, MainWindow
from ui.shell.one_window import OneWindow
from ui.shell.opening import FileOpenEvents
from ui.shell.speaking import speak_chosen


def run(paths: Sequence[Path] = (), folder: Path | None = None, passphrase: str = "") -> int:
    """Show the window until it is closed; gives the exit code. It opens `paths`: a record, a backup, files to import.

    With `folder` and its passphrase the window begins on that record. Where a window is there already, it gets the
    paths and comes to the front.
    """
    application = make_application(sys.argv[:1])
    install_hook()
    window_lock = OneWindow(stored_settings.settings_folder())
    if not window_lock.is_first:
        window_lock.call(paths or ([folder] if folder else []))
        return 0
    settings = stored_settings.load()
    speak_chosen(settings)
    window = MainWindow(settings)
    window_lock.called.connect(lambda more: _raise(window, more))
    if sys.platform == "darwin":
        clicks = FileOpenEvents(application)
        clicks.asked.connect(window.opening.open)
        application.installEventFilter(clicks)
    if folder is not None:
        from organizer.services.record import (
            records,
        )

        window.show_record(records.open_record(folder, passphrase), folder)
    window.show()
    sweep_private_folders()
    window.opening.open(paths)
    code = application.exec()
    window_lock.release()
    return code


def make_application(argv: Sequence[str]) -> QApplication:
    """The application with its name and letters, but without a window."""
    existing = QApplication.instance()
    # The style as an argument: asked for later, Qt would hand it back, and Python make 528 names of its constants.
    words = [*(argv or sys.argv[:1]), "-style", "fusion"]
    application = existing if isinstance(existing, QApplication) else QApplication(words)
    application.setApplicationName(NAME)
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName("org.casebook.Casebook")
    application.setWindowIcon(program_icon())
    # Qt's own file dialog would keep the last folders, whose names may tell something, in a file of its own.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, f"{os.devnull}/none")
    load_fonts()
    return application


def _raise(window: MainWindow, paths: Sequence[Path]) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    window.opening.open(paths)
