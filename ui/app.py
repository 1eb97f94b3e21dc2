"""Starting the window: letters, look, the hook for the unexpected, one window at a time."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from organizer.base import settings as kept
from organizer.base.words import language, speak
from ui.error_box import install_hook
from ui.main_window import NAME, MainWindow
from ui.one_window import OneWindow
from ui.theme import load_fonts


def run(argv: Sequence[str], folder: Path | None = None, passphrase: str = "") -> int:
    """Show the window until it is closed; gives the exit code. `argv` may name a record folder to open.

    With `folder` and its passphrase the window begins on that record.
    """
    application = make_application(argv)
    install_hook()
    one = OneWindow(kept.settings_folder())
    if not one.is_first:
        one.call()
        return 0
    settings = kept.load()
    speak(settings.language or QLocale.system().name().partition("_")[0])
    speak_qt(application)
    window = MainWindow(settings)
    one.called.connect(lambda: _raise(window))
    for name in argv[1:2]:
        if Path(name).is_dir():
            window.door.ask_passphrase(Path(name))
    if folder is not None:
        from organizer.services import records  # brings encryption and database in: only where a record is opened

        window.show_record(records.open_record(folder, passphrase), folder)
    window.show()
    code = application.exec()
    one.release()
    return code


def speak_qt(application: QApplication) -> None:
    """Let Qt's own buttons and menus speak the chosen language; dates and numbers of its widgets follow."""
    if QLocale().name().partition("_")[0] != language():
        QLocale.setDefault(QLocale(language()))
    words = QTranslator(application)
    if words.load(f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)


def make_application(argv: Sequence[str]) -> QApplication:
    """The application with its name and letters, but without a window."""
    existing = QApplication.instance()
    # The style as an argument: asked for later, Qt would hand it back, and Python make 528 names of its constants.
    words = [*(argv or sys.argv[:1]), "-style", "fusion"]
    application = existing if isinstance(existing, QApplication) else QApplication(words)
    application.setApplicationName(NAME)
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName("casebook")
    # Qt's own file dialog would keep the last folders, whose names may tell something, in a file of its own.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, f"{os.devnull}/none")
    load_fonts()
    return application


def _raise(window: MainWindow) -> None:
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
