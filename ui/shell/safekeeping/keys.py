"""A new passphrase; a new recovery code. Both ask for the passphrase first: the desk may have been left open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.services.record import passphrases, records
from organizer.services.record.passphrases import Strength
from organizer.services.record.records import Record
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.labels import label
from ui.shell.jobs import Jobs
from ui.shell.recovery_code import CodeCard
from ui.shell.safekeeping.asking import Asking
from ui.shell.welcome.fields import secret_field, strength_line


class NewPassphrase(Asking):
    """`changed` says that the new one opens the record from now on; `renewed` carries the new recovery code of a record
    that was encrypted anew, which is to be closed now."""

    changed = Signal()
    renewed = Signal(str)

    def __init__(self, record: Record, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        note = _("The recovery code stays as it is. Backups made before open with the old passphrase.")
        super().__init__(theme, jobs, _("Change the passphrase"), note, parent)
        self._record = record
        self.old = secret_field(_("Passphrase now"), theme)
        self.new = secret_field(_("New passphrase"), theme)
        self.again = secret_field(_("New passphrase, once more"), theme)
        self.add_field(self.old)
        self.add_field(self.new, _("Four or five words that only you would put together."))
        self.column.addWidget(strength_line(self.new))
        self.add_field(self.again)
        self.anew = QCheckBox(_("Encrypt the record anew, with a new recovery code"))
        self.column.addSpacing(4)
        self.column.addWidget(self.anew)
        note = _(
            "Where somebody may know the old passphrase and have an old copy or backup: it then opens nothing that is "
            "written from now on. It needs as much room on the disk as the record has, and the record locks afterwards."
        )
        self.column.addWidget(label(note, "small"))
        self.add_foot(_("Change it"), self.change, "check")

    def change(self) -> None:
        """Check what was typed, then change it as a job."""
        judgement = passphrases.judged(self.new.text())
        if judgement.strength is Strength.REFUSED:
            self.say(judgement.words, self.new)
            return
        if self.new.text() != self.again.text():
            self.say(_("The two passphrases differ. Type the second one again."), self.again)
            return
        record, old, new, anew = self._record, self.old.text(), self.new.text(), self.anew.isChecked()

        def work(progress: Progress) -> str:
            records.confirm_passphrase(record, old)
            if anew:
                with records.on_worker(record) as mine:
                    return records.renew_keys(mine, new, progress)
            records.change_passphrase(record, new)
            return ""

        self.work(_("Encrypting anew") if anew else _("Changing"), work, self._tell)

    def _tell(self, code: str) -> None:
        self.accept()
        if code:
            self.renewed.emit(code)
        else:
            self.changed.emit()


class NewRecoveryCode(Asking):
    """Asks for the passphrase, then `made` carries the code, which nobody can show again."""

    made = Signal(str)

    def __init__(self, record: Record, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        note = _("The code you have now opens nothing from then on, but for backups made before.")
        super().__init__(theme, jobs, _("Make a new recovery code"), note, parent)
        self._record = record
        self.passphrase = secret_field(_("Passphrase"), theme)
        self.add_field(self.passphrase)
        self.add_foot(_("Make a new code"), self.make)

    def make(self) -> None:
        """Make it as a job."""
        record, passphrase = self._record, self.passphrase.text()

        def work(_progress: Progress) -> str:
            records.confirm_passphrase(record, passphrase)
            return records.new_recovery_code(record)

        self.work(_("Making the code"), work, self._tell)

    def _tell(self, code: str) -> None:
        self.accept()
        self.made.emit(code)


class CodeShown(Asking):
    """The new code, this once."""

    def __init__(self, code: str, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        note = _("If you forget the passphrase, this code is the only other way in. It is shown this once.")
        super().__init__(theme, jobs, _("Your recovery code"), note, parent)
        self.card = CodeCard(theme)
        self.card.show_code(code)
        self.column.addWidget(self.card)
        self.close_button = button(_("Done"), theme, self.accept, "primary", "check")
        self.close_button.setEnabled(False)
        self.card.noted.connect(self.close_button.setEnabled)
        self.column.addSpacing(8)
        self.column.addWidget(self.close_button)

    def done(self, result: int) -> None:
        self.card.show_code("")
        super().done(result)
