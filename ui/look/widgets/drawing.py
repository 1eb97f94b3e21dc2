"""What we paint ourselves, and what assistive technology is told that it is: Qt takes each such widget for a blank."""

from functools import cache
from typing import ClassVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


class Drawing(QWidget):
    """A painted widget; its accessible name and description say what the eye sees. `role` is a chart unless said."""

    role: ClassVar[QAccessible.Role] = QAccessible.Role.Chart

    def __init__(self) -> None:
        super().__init__()
        self.interface: QAccessibleInterface | None = None
        _tell_of_drawings()


@cache
def _tell_of_drawings() -> None:
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    """Asked by Qt once for a widget that somebody asks about; it forgets the interface with its widget."""
    if not isinstance(widget, Drawing):
        return None
    widget.interface = QAccessibleWidget(widget, widget.role)  # Qt doesn't hold it against Python's collection
    return widget.interface
