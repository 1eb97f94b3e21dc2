"""What assistive technology is told that a widget is, where Qt would take it for something else.

Qt takes what we paint for a blank, a heading for plain text, and a button that stays down for a box to tick.
"""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QLabel, QWidget

_HELD = "accessible_interface"
"""Where a widget holds what it is told as: Qt doesn't hold it against Python's collection."""


class Heading(QLabel):
    """A heading, which a screen reader jumps to."""

    spoken_role: QAccessible.Role = QAccessible.Role.Heading

    def __init__(self, text: str) -> None:
        super().__init__(text)
        tell_roles()


class _SaidWidget(QAccessibleWidget):
    """Says its role, its name and, of a heading, its words."""

    def text(self, kind: QAccessible.Text) -> str:
        widget = self.widget()
        if kind == QAccessible.Text.Name and isinstance(widget, QLabel) and not widget.accessibleName():
            return widget.text()
        return super().text(kind)


class _SaidChoice(QAccessibleWidget):
    """One of several of which one is chosen: pressed as a button is."""

    def state(self) -> QAccessible.State:
        state, widget = super().state(), self.widget()
        is_chosen = isinstance(widget, QAbstractButton) and widget.isChecked()
        state.selectable, state.selected = True, is_chosen
        state.checkable, state.checked = True, is_chosen
        return state

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.setFocusAction()]

    def doAction(self, name: str) -> None:
        widget = self.widget()
        if name == QAccessibleActionInterface.pressAction() and isinstance(widget, QAbstractButton):
            widget.click()
        else:
            super().doAction(name)


@cache
def tell_roles() -> None:
    """From now on each widget is what its `spoken_role` says; once is enough."""
    QAccessible.installFactory(_interface)


def _interface(_class_name: str, widget: QObject) -> QAccessibleInterface | None:
    """Asked by Qt once for a widget that somebody asks about; it forgets the interface with its widget."""
    role = getattr(widget, "spoken_role", None)
    if role is None or not isinstance(widget, QWidget):
        return None
    made = _SaidChoice if isinstance(widget, QAbstractButton) else _SaidWidget
    interface = made(widget, role)
    setattr(widget, _HELD, interface)
    return interface
