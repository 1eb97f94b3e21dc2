"""What we paint ourselves, and what assistive technology is told that it is."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ui.look.widgets.spoken_roles import tell_roles


class Drawing(QWidget):
    """A painted widget; its accessible name and description say what the eye sees. It is a chart unless said."""

    spoken_role: QAccessible.Role = QAccessible.Role.Chart

    def __init__(self) -> None:
        super().__init__()
        tell_roles()
