"""Menus made of what stands there as buttons already: one place for an act, its words and whether it can be done."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget


def menu_of(buttons: Iterable[QAbstractButton], parent: QWidget) -> QMenu:
    """A menu with an action for each button that is there, done and enabled as the button is."""
    menu = QMenu(parent)
    for button in buttons:
        if button.isHidden():
            continue
        action = QAction(button.accessibleName() or button.text(), menu)
        action.setEnabled(button.isEnabled())
        action.triggered.connect(button.click)
        menu.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
