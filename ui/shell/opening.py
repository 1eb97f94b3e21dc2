"""What is opened from outside the window: a double click on a backup, a record or a file, a second start, a drop."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog

from organizer.base.i18n import _
from organizer.base.progress import Progress
from ui.look.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from organizer.services.record.opening import Given
    from ui.shell.desk import Desk
    from ui.shell.welcome.first_screen import FirstScreen

ONCE = Qt.ConnectionType.SingleShotConnection


class Host(Protocol):
    """What opening asks of the window: its desk while a record is open, its screen, and the ways between."""

    desk: "Desk | None"
    first_screen: "FirstScreen"

    def shows(self, folder: Path) -> bool:
        """Whether that record is the open one."""

    def leave_for(self, folder: Path) -> None:
        """Close the open record and ask for the other's passphrase."""

    def restore(self, backup: Path) -> None:
        """Ask how that backup is put back."""


class Opening(QObject):
    """Waits for whoever is at something else: no question is taken from under them, and no recovery code covered.

    Files that come while no record is open are kept in mind, and offered to the record that is opened next.
    """

    def __init__(self, window: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._parent = window, parent
        self._paths: list[Path] = []
        self._files: list[Path] = []

    def open(self, paths: Sequence[Path]) -> None:
        """Open them as soon as nothing stands in the way."""
        self._paths += paths
        if not self._paths or self._must_wait():
            return
        waiting, self._paths = tuple(self._paths), []

        def work(progress: Progress) -> "Given":
            from organizer.services.record.opening import (
                sort_paths,
            )

            return sort_paths(waiting, progress)

        desk = self._window.desk
        (desk or self._window.first_screen).jobs.run(_("Looking at what is to be opened"), work, self._open)

    def record_shown(self) -> None:
        """A record is open: offer it what waited."""
        files, self._files = self._files, []
        self._window.first_screen.waiting.show_files(())
        if files and self._window.desk is not None:
            self._window.desk.ask_import(files)

    def forget_files(self) -> None:
        """The person doesn't want them imported after all."""
        self._files.clear()
        self._window.first_screen.waiting.show_files(())

    def _must_wait(self) -> bool:
        question, screen = QApplication.activeModalWidget(), self._window.first_screen
        if isinstance(question, QDialog) and question in self._parent.findChildren(Dialog):
            question.finished.connect(self._again, ONCE)
        elif self._window.desk is not None:
            return False
        elif screen.jobs.running:
            screen.jobs.finished.connect(self._again, ONCE)
        elif screen.shows_code:
            screen.opened.connect(self._again, ONCE)
        else:
            return False
        return True

    def _again(self) -> None:
        QTimer.singleShot(0, self, lambda: self.open(()))

    def _open(self, given: "Given") -> None:
        if self._window.desk is None:
            self._open_at_first_screen(given)
            return
        files = [*given.files, *given.refused]  # the review says of each why it can't be read
        another = given.record if given.record and not self._window.shows(given.record) else None
        if another or given.backup:
            self._files += files
        elif files:
            self._window.desk.ask_import(files)
        if another:
            self._window.leave_for(another)
        elif given.backup:
            self._window.restore(given.backup)

    def _open_at_first_screen(self, given: "Given") -> None:
        screen = self._window.first_screen
        self._files += given.files
        screen.waiting.show_files(self._files)
        if given.record:
            screen.ask_passphrase(given.record)
        elif given.backup:
            screen.ask_restore(given.backup)
        if given.refused:
            screen.say("\n".join(map(str, given.refused.values())))


class FileOpenEvents(QObject):
    """On macOS a double click reaches a program as an event, not as an argument."""

    asked = Signal(list)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit([Path(event.file())])
            return True
        return super().eventFilter(watched, event)
