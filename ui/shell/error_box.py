"""What went wrong, said in one place: the expected with its next step, the unexpected without health data."""

import sys
import threading
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.process import traced
from ui.shell import clipboard


def show_error(parent: QWidget | None, error: OrganizerError) -> None:
    """Say what happened and what to do next; doesn't stop the window."""
    box = QMessageBox(QMessageBox.Icon.Information, _("Casebook"), error.message, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may look like markup
    box.setInformativeText(error.next_step)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def details(error: BaseException) -> str:
    """What a developer needs, without a word of the record: type, our own lines, versions. No messages, no values."""
    import platform  # waits until something goes wrong: the first picture comes sooner

    versions = f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.machine()}"
    return f"{traced(error)}\n{versions}"


def _write(error: BaseException | None) -> None:
    if error is not None:
        sys.stderr.write(details(error) + "\n")


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
    copy.clicked.connect(lambda: clipboard.copy(text))
    box.exec()


def install_hook() -> None:
    """From now on the unexpected is told by a box instead of a silent exit."""
    sys.excepthook = _unexpected
    # Elsewhere Python would print the message and the source line, and a desktop keeps what is printed.
    threading.excepthook = lambda failure: _write(failure.exc_value)
    sys.unraisablehook = lambda failure: _write(failure.exc_value)
