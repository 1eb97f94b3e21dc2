"""The secret of a locked file of an import, asked once; it is kept no longer than the review."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _
from ui.look.theme import Theme
from ui.shell.jobs import Jobs
from ui.shell.safekeeping.asking import Asking
from ui.shell.welcome.fields import secret_field


class Unlock(Asking):
    """`given` carries the passphrase or the recovery code."""

    given = Signal(str)

    def __init__(self, name: str, theme: Theme, jobs: Jobs, parent: QWidget) -> None:
        words = _("It is another copy of a record. What it would bring is shown before anything is written.")
        super().__init__(theme, jobs, _("Open “{name}”").format(name=name), words, parent)
        self.secret = secret_field(_("Its passphrase or recovery code"), theme)
        self.add_field(self.secret, _("The one that opens the record from which the backup was made."))
        self.open_button = self.add_foot(_("Open it"), self._give, "lock-open")

    def _give(self) -> None:
        secret = self.secret.text()
        if not secret.strip():
            self.say(_("Type the passphrase or the recovery code."), self.secret)
            return
        self.given.emit(secret)
        self.accept()
