"""Fields of the screens before the desk: the label above one, and a passphrase with an eye."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from organizer.base.i18n import _
from organizer.services.record import passphrases
from ui.look.icons import icon
from ui.look.theme import Theme
from ui.look.widgets.labels import label
from ui.look.widgets.plain import hint

REST = 400  # milliseconds without a key


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
    action.setToolTip(hint(_("Show what is typed (Ctrl+H)")))
    action.setShortcut("Ctrl+H")
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda: _turn(field, action, theme))
    field.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    _name_inner_buttons(field, _("Show what is typed"))
    return field


def strength_line(field: QLineEdit, name: QLineEdit | None = None) -> QLabel:
    """How hard the passphrase in the field is to guess, said when the typing rests; `name` holds whose record it is."""
    line = label("", "small")
    line.hide()
    rest = QTimer(line)
    rest.setSingleShot(True)
    rest.setInterval(REST)

    def judge() -> None:
        typed = field.text()
        about = [name.text()] if name is not None else []
        line.setText(passphrases.judged(typed, about).words if typed else "")
        line.setVisible(bool(typed))

    rest.timeout.connect(judge)
    field.textChanged.connect(lambda _typed: rest.start())
    return line


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
