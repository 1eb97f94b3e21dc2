"""Keeping a record safe: when it was backed up last, a backup with one click, a backup put back into a new folder."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from organizer.base.errors import OrganizerError
from organizer.base.progress import Progress
from organizer.base.words import _
from organizer.services import backups, records
from ui.context import Context
from ui.widgets.labels import label

FILTER = "Casebook (*.casebook-backup)"


class Safekeeping(QDialog):
    """The work itself runs as a job of the desk, so that the dialog may be closed meanwhile."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(_("Keep the record safe"))
        self.setAccessibleName(self.windowTitle())
        self.last = label("", "strong")
        self.backup_button = self._button(_("Back up now…"), self._back_up, "primary")
        self.restore_button = self._button(_("Put a backup back…"), self._restore)
        self.close_button = self._button(_("Close"), self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(_("Backup"), "heading"))
        column.addWidget(self.last)
        told = _("A backup is one encrypted file. Keep it on another disk; your passphrase opens it.")
        column.addWidget(label(told, "second"))
        row = QHBoxLayout()
        for button in (self.backup_button, self.restore_button):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.close_button)
        column.addLayout(row)
        self._tell()

    def _button(self, words: str, act: Callable[[], object], role: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setProperty("role", role)
        button.setAccessibleName(words)
        button.clicked.connect(act)
        return button

    def _tell(self) -> None:
        moment = backups.last_backup(self._context.record)
        words = _("No backup was made yet.")
        if moment:
            when = datetime.fromisoformat(moment).astimezone()
            words = _("Last backup: {when}").format(when=f"{when.day} {when:%B %Y, %H:%M}")
        self.last.setText(words)

    def _back_up(self) -> None:
        proposed = str(Path.home() / f"{self._context.record.path.stem}{backups.SUFFIX}")
        name, _kind = QFileDialog.getSaveFileName(self, _("Back up now"), proposed, FILTER)
        if name:
            self.back_up(Path(name))

    def back_up(self, out: Path) -> None:
        """Write the backup and say so; the record can be worked with meanwhile."""
        record = self._context.record

        def work(progress: Progress) -> backups.Made:
            with records.on_worker(record) as worker:
                return backups.make(worker, out, progress)

        def done(made: backups.Made) -> None:
            self._tell()
            self._context.toast(_("Backup written and read back: {name}").format(name=made.path.name))

        self._context.jobs.run(_("Backing up"), work, done, self._refused)

    def _restore(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Put a backup back"), str(Path.home()), FILTER)
        place = QFileDialog.getSaveFileName(self, _("Into which new folder?"))[0] if name else ""
        if not place:
            return
        asked = _("Passphrase of the backup")
        passphrase, given = QInputDialog.getText(self, self.windowTitle(), asked, QLineEdit.EchoMode.Password)
        if given:
            self.restore(Path(name), Path(place), passphrase)

    def restore(self, file: Path, folder: Path, passphrase: str) -> None:
        """Put a backup back beside what is open now."""

        def done(restored: tuple[Path, backups.Counts]) -> None:
            self._context.toast(_("Restored and checked: {name}").format(name=restored[0].name))

        def work(progress: Progress) -> tuple[Path, backups.Counts]:
            return backups.restore(file, folder, passphrase, "", progress)

        self._context.jobs.run(_("Putting the backup back"), work, done, self._refused)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, OrganizerError):
            raise error
        self._context.show_error(error)
