"""What the questions about backups, keys and erasing have in common: a heading, fields, one act that runs as a job."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.base.progress import Progress
from ui.look.theme import Theme
from ui.look.widgets.announcing import announce
from ui.look.widgets.buttons import button
from ui.look.widgets.dialogs import Dialog
from ui.look.widgets.labels import label
from ui.shell.jobs import Job, Jobs
from ui.shell.welcome.fields import field_label

Result = TypeVar("Result")
WIDE = 520


class Asking(Dialog):
    """A column with a heading. Closing it stops its work; no typed text outlives it."""

    def __init__(self, theme: Theme, jobs: Jobs, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self._jobs = theme, jobs
        self._job: Job | None = None
        self._act: QPushButton | None = None
        self._act_words = ""
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(WIDE))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 24)
        self.column.setSpacing(8)
        self.column.addWidget(label(title, "heading"))
        if sentence:
            self.column.addWidget(label(sentence, "second"))
        self.error = label("", "error")
        self.error.hide()

    def add_field(self, field: QLineEdit, hint: str = "", after: QWidget | None = None) -> None:
        """A field under its name; `hint` stands below, `after` beside it."""
        self.column.addSpacing(4)
        self.column.addWidget(field_label(field.accessibleName(), field))
        row = QHBoxLayout()
        row.addWidget(field, 1)
        if after is not None:
            row.addWidget(after)
        self.column.addLayout(row)
        if hint:
            self.column.addWidget(label(hint, "small"))

    def add_foot(self, words: str, act: Callable[[], None], icon_name: str = "", role: str = "primary") -> QPushButton:
        """The error line, Cancel and the one act; Enter acts."""
        self.column.addWidget(self.error)
        self.column.addSpacing(8)
        self._act_words = words
        self._act = button(words, self.theme, act, role, icon_name)
        self._act.setDefault(role == "primary")
        self.cancel_button = button(_("Cancel"), self.theme, self.reject)
        self.cancel_button.setAutoDefault(role != "primary")
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel_button)
        row.addWidget(self._act)
        self.column.addLayout(row)
        return self._act

    def say(self, message: str, field: QWidget | None = None) -> None:
        """Say what went wrong, with the focus where it can be mended; "" takes it away."""
        self.error.setText(message)
        self.error.setAccessibleName(message)
        self.error.setVisible(bool(message))
        announce(self.error, message)
        if field is not None:
            field.setAccessibleDescription(message)
            field.setFocus()

    def work(self, doing: str, work: Callable[[Progress], Result], done: Callable[[Result], None]) -> None:
        """Run the slow part; an expected error is said here and everything typed stays."""
        self.say("")
        self._set_busy(doing)

        def _done(result: Result) -> None:
            self._set_busy("")
            done(result)

        def _failed(error: Exception) -> None:
            self._set_busy("")
            if not isinstance(error, OrganizerError):
                raise error
            self.say(str(error))
            self.refused(error)

        self._job = self._jobs.run(doing, work, _done, _failed, lambda: self._set_busy(""))

    def refused(self, error: OrganizerError) -> None:
        """The work ended with an error, which is said; here a question may offer another way."""

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
        for field in self.findChildren(QLineEdit):
            field.clear()
        super().done(result)

    def _set_busy(self, doing: str) -> None:
        if not isValid(self):
            return
        if not doing:
            self._job = None
        if self._act is not None:
            self._act.setText(f"{doing}…" if doing else self._act_words)
            self._act.setEnabled(not doing)
