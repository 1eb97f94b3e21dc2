"""What the screens before the desk have in common: one narrow column in the middle, a title, a calm error line."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QToolButton, QVBoxLayout, QWidget

from organizer.base.words import _
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.labels import label

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
    return documents if documents.is_dir() else Path.home()


def field_label(text: str, buddy: QWidget) -> QLabel:
    """The label above a field."""
    made = label(text, "strong")
    made.setBuddy(buddy)
    return made


def secret_field(name: str, theme: Theme) -> QLineEdit:
    """A field for a passphrase, hidden until the eye at its end is pressed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    action = QAction(icon("eye", theme), _("Show"), field)
    action.setToolTip(_("Show what is typed (Ctrl+H)"))
    action.setShortcut("Ctrl+H")
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: _turn(field, action, theme))
    field.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    _name_inner_buttons(field, _("Show what is typed"))
    return field


def hide_secrets(fields: "list[QLineEdit]") -> None:
    """Hidden again, whatever was shown before."""
    for field in fields:
        field.setEchoMode(QLineEdit.EchoMode.Password)


def _turn(field: QLineEdit, action: QAction, theme: Theme) -> None:
    hidden = field.echoMode() is QLineEdit.EchoMode.Password
    field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
    action.setIcon(icon("eye-off" if hidden else "eye", theme))
    action.setText(_("Hide") if hidden else _("Show"))
    _name_inner_buttons(field, _("Hide what is typed") if hidden else _("Show what is typed"))


def _name_inner_buttons(field: QLineEdit, name: str) -> None:
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(name)
