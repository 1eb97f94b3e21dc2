"""What went wrong, said in one place: the expected with its next step, the unexpected without health data."""

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from organizer.base.errors import OrganizerError
from organizer.base.words import _

ROOT = Path(__file__).resolve().parents[1]


def show_error(parent: QWidget | None, error: OrganizerError) -> None:
    """Say what happened and what to do next; doesn't stop the window."""
    box = QMessageBox(QMessageBox.Icon.Information, _("Casebook"), error.message, QMessageBox.StandardButton.Ok, parent)
    box.setInformativeText(error.next_step)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def details(error: BaseException) -> str:
    """What a developer needs, without a word of the record: type, our own lines, versions. No messages, no values."""
    import platform  # both wait until something goes wrong: the first picture comes sooner
    import traceback

    frames = [
        f"{Path(frame.filename).resolve().relative_to(ROOT)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).resolve().is_relative_to(ROOT) and "site-packages" not in frame.filename
    ]
    versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.machine()}"
    return "\n".join([type(error).__name__, *frames, versions])


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    text = details(error.with_traceback(trace))
    sys.stderr.write(text + "\n")
    if isinstance(error, OrganizerError):
        show_error(QApplication.activeWindow(), error)
        return
    box = QMessageBox(QMessageBox.Icon.Warning, _("Casebook"), _("Something went wrong that shouldn’t have."))
    box.setInformativeText(
        _("Nothing that was saved is lost. You can go on; if it happens again, pass on the details.")
    )
    box.setDetailedText(text)
    copy = box.addButton(_("Copy details"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Ok)
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    box.exec()


def install_hook() -> None:
    """From now on the unexpected is told by a box instead of a silent exit."""
    sys.excepthook = _unexpected
