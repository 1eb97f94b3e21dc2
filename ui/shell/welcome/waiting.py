"""The quiet line above the first screen: which files are offered to the record that is opened next."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from organizer.base.i18n import _, ngettext
from ui.look.widgets.labels import label


class WaitingFiles(QFrame):
    """`dropped` says that they are not wanted after all."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAccessibleName(_("Files to import"))
        self._notice = label("")
        self.leave_button = QPushButton(_("Leave them"))
        self.leave_button.setProperty("role", "quiet")
        self.leave_button.setAccessibleName(_("Don’t import these files"))
        self.leave_button.clicked.connect(self.dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 5, 24, 5)
        row.addWidget(self._notice, 1)
        row.addWidget(self.leave_button)
        self.hide()

    def show_files(self, files: Sequence[Path]) -> None:
        """Name one, count several, hide for none."""
        words = ngettext(
            "Open the record into which “{name}” belongs. You see what it brings before anything is added.",
            "Open the record into which these {n} files belong. You see what they bring before anything is added.",
            len(files),
        )
        self._notice.setText(words.format(name=files[0].name if files else "", n=len(files)))
        self.setVisible(bool(files))
