"""What the screens before the desk have in common: one narrow column in the middle, a title, a calm error line."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.base.synced import synced_by
from ui.look.theme import Theme
from ui.look.widgets.announcing import announce
from ui.look.widgets.labels import label

COLUMN = 460


class Screen(QScrollArea):
    """A column of at most 460 px (at 100 % text) in the middle; it scrolls where the text is large."""

    def __init__(self, theme: Theme, title: str, sentence: str) -> None:
        super().__init__()
        self.theme = theme
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = label(title, "title")
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self.column.addWidget(self.title)
        if sentence:
            self.column.addWidget(label(sentence, "second"))
        self.column.addSpacing(8)
        self.error = label("", "error")
        self.error.setAccessibleName(_("What went wrong"))
        self.error.hide()
        self._place()

    def say(self, message: str) -> None:
        """Show a calm word about what went wrong; "" takes it away."""
        self.error.setText(message)
        self.error.setAccessibleName(message or _("What went wrong"))
        self.error.setVisible(bool(message))
        announce(self.error, message)

    def forget(self) -> None:
        """Leave no typed text behind."""
        for field in self.findChildren(QLineEdit):
            field.clear()
        self.say("")

    def _place(self) -> None:
        middle = QWidget()
        middle.setLayout(self.column)
        middle.setMaximumWidth(self.theme.px(COLUMN))
        middle.setMinimumWidth(min(self.theme.px(COLUMN), 420))
        inside = QWidget()
        inside.setObjectName("welcome")
        across = QHBoxLayout(inside)
        across.setContentsMargins(24, 32, 24, 32)
        across.addStretch(1)
        across.addWidget(middle, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        self.setWidget(inside)


def usual_place() -> Path:
    """Where records are put when nobody says otherwise."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() and not synced_by(documents) else Path.home()
