"""A backup put back into a new folder: after the computer was lost, or to look at an earlier state."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from organizer.base.errors import BackupDocumentsError, OrganizerError
from organizer.base.i18n import _, in_quotes, ngettext
from organizer.base.progress import Progress
from organizer.services.record import backups
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.labels import label
from ui.shell.guide import RECOVERY, GuideDialog
from ui.shell.jobs import Jobs
from ui.shell.safekeeping.asking import Asking
from ui.shell.welcome.fields import secret_field
from ui.shell.welcome.screen import usual_place

NAMED = 10  # documents that are named; “Check everything” names them all


def backup_filter() -> str:
    """How file dialogs name a backup."""
    return _("Casebook backup") + f" (*{backups.SUFFIX})"


class RestoreDialog(Asking):
    """`open_wanted` carries the folder of the record that is there again."""

    open_wanted = Signal(object)

    def __init__(self, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        words = _("Every part of the backup is checked first. Nothing that is on this computer is written over.")
        super().__init__(theme, jobs, _("Put a backup back"), words, parent)
        self._by_code = False
        self.file, self.place = QLineEdit(), QLineEdit()
        self.secret = secret_field(_("Passphrase of the backup"), theme)
        self.code = QLineEdit()
        self.code.setPlaceholderText(_("As you wrote it down; spaces don’t matter"))
        self.rest_box = QCheckBox(_("Put all else back, without these documents"))
        self._lay_out()
        self._show_way()

    def restore(self) -> None:
        """Check what was typed, then put the backup back as a job."""
        problem = self._problem()
        if problem is not None:
            self.say(*problem)
            return
        file, place = Path(self.file.text()).expanduser(), Path(self.place.text()).expanduser()
        passphrase, code = ("", self.code.text()) if self._by_code else (self.secret.text(), "")

        leave_out = self.rest_box.isChecked()

        def work(progress: Progress) -> backups.Restored:
            return backups.restore(file, place, passphrase, code, progress, leave_out)

        self.work(_("Checking and putting back"), work, self._tell)

    def refused(self, error: OrganizerError) -> None:
        """Documents are damaged or missing: all the rest can still be put back."""
        self.rest_box.setVisible(isinstance(error, BackupDocumentsError))

    def choose_file(self, file: Path) -> None:
        """Take a backup file, and propose a folder beside the other records."""
        self.file.setText(str(file))
        self.rest_box.setChecked(False)
        self.rest_box.hide()
        if not self.place.text():
            plain = _("{name} (from a backup)").format(name=file.stem.split(" 20")[0])
            self.place.setText(str(usual_place() / f"{plain}.casebook"))

    def _problem(self) -> tuple[str, QLineEdit] | None:
        secret = self.code if self._by_code else self.secret
        if not Path(self.file.text()).expanduser().is_file():
            return _("Choose the backup file; its name ends in {suffix}.").format(suffix=backups.SUFFIX), self.file
        if not self.place.text().strip():
            return _("Choose where the record goes."), self.place
        if not secret.text().strip():
            return _("Type the recovery code.") if self._by_code else _("Type the passphrase."), secret
        return None

    def _tell(self, restored: backups.Restored) -> None:
        """What is there again, what is missing in it, and the way into it."""
        place, counts = restored.place, restored.counts
        entries = ngettext("{n} entry", "{n} entries", counts.entries).format(n=counts.entries)
        documents = ngettext("{n} document", "{n} documents", counts.originals).format(n=counts.originals)
        self.hide()  # and no end of it yet: the way into the record is asked for by this dialog's own signal
        text = _("{entries} and {documents}, each checked. It opens with the passphrase of the backup.")
        if restored.left_out:
            text = _("{entries} and a list of {documents}. It opens with the passphrase of the backup.")
        words = text.format(entries=entries, documents=documents)
        asking = Asking(self.theme, self._jobs, _("The record is there again"), words, self.parentWidget())

        def _open() -> None:
            self.open_wanted.emit(place)
            asking.accept()

        if restored.left_out:
            asking.column.addWidget(label(_left_out(restored.left_out), "error"))
        asking.column.addWidget(label(str(place), "small"))
        asking.add_foot(_("Open it"), _open, "lock-open")
        asking.cancel_button.setText(_("Later"))
        asking.finished.connect(self.done)
        asking.open()

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.windowTitle(), str(usual_place()), backup_filter())
        if name:
            self.choose_file(Path(name))

    def _choose_place(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Into which new folder?"), self.place.text())
        if name:
            self.place.setText(name)

    def _show_guide(self) -> None:
        GuideDialog(self.theme, self, RECOVERY).open()

    def _turn(self) -> None:
        self._by_code = not self._by_code
        self._show_way()

    def _show_way(self) -> None:
        self.secret.setVisible(not self._by_code)
        self.code.setVisible(self._by_code)
        self._way.setText(_("Recovery code") if self._by_code else _("Passphrase of the backup"))
        words = _("Use the passphrase instead") if self._by_code else _("Use the recovery code instead")
        self.other_button.setText(words)
        self.other_button.setAccessibleName(words)

    def _lay_out(self) -> None:
        self.file.setAccessibleName(_("Backup file"))
        self.place.setAccessibleName(_("New folder for the record"))
        self.code.setAccessibleName(_("Recovery code"))
        choose = button(_("Choose…"), self.theme, self._choose_file)
        choose.setAccessibleName(_("Choose the backup file"))
        change = button(_("Change…"), self.theme, self._choose_place)
        change.setAccessibleName(_("Change the new folder"))
        self.add_field(self.file, "", choose)
        self.add_field(self.place, "", change)
        self.column.addSpacing(4)
        self._way = label("", "strong")
        self.column.addWidget(self._way)
        self.column.addWidget(self.secret)
        self.column.addWidget(self.code)
        self.other_button = button("", self.theme, self._turn, "quiet")
        self.other_button.setAutoDefault(False)
        guide = button(_("How this works"), self.theme, self._show_guide, "quiet", "info")
        guide.setAutoDefault(False)
        row = QHBoxLayout()
        for widget in (self.other_button, guide):
            row.addWidget(widget)
        row.addStretch()
        self.column.addLayout(row)
        self.column.addWidget(self.rest_box)
        self.rest_box.hide()
        self.restore_button = self.add_foot(_("Put it back"), self.restore, "history")


def _left_out(names: Sequence[str]) -> str:
    """Which documents aren't there, the first of them by name."""
    words = ngettext(
        "{n} document was damaged or missing in the backup and isn’t there: {names}",
        "{n} documents were damaged or missing in the backup and aren’t there: {names}",
        len(names),
    )
    shown = ", ".join(in_quotes(name) for name in names[:NAMED]) + ("…" if len(names) > NAMED else "")
    return words.format(n=len(names), names=shown)
