"""The menu bar: every command of the window with its key, and every page, where people look for them.

On macOS it is the system's own. The keys are bound by the window; here they are shown only.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from organizer.base.i18n import _
from ui.shell.shortcuts import GO, SHORTCUTS, page_shortcut, spoken_keys

Can = Callable[[str], bool]


class MenuBar(QMenuBar):
    """`do` carries out an action of SHORTCUTS, `go` shows a page; `can` says whether an action is possible now."""

    def __init__(
        self, do: Callable[[str], object], go: Callable[[int], object], can: Can, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._do, self._go, self._can = do, go, can
        self.menus: dict[str, QMenu] = {}
        for shortcut in SHORTCUTS:
            self._add(self._menu(shortcut.group), shortcut.action, _(shortcut.label), shortcut.keys[0])
        self._pages: list[QAction] = []

    def show_pages(self, titles: tuple[str, ...]) -> None:
        """The pages of the open record, below the other ways to go; none while it is locked."""
        menu = self._menu(GO)
        for action in self._pages:
            menu.removeAction(action)
        self._pages = [menu.addSeparator()] if titles else []
        for number, title in enumerate(titles, 1):
            action = menu.addAction(_named(_(title), page_shortcut(number)))
            action.triggered.connect(partial(self._go, number))
            self._pages.append(action)

    def _menu(self, group: str) -> QMenu:
        if group not in self.menus:
            self.menus[group] = self.addMenu(_(group))
            self.menus[group].aboutToShow.connect(partial(self._look, group))
        return self.menus[group]

    def _add(self, menu: QMenu, name: str, words: str, keys: str) -> None:
        action = menu.addAction(_named(words, keys))
        action.setData(name)
        action.triggered.connect(partial(self._do, name))

    def _look(self, group: str) -> None:
        """What can't be done just now is grey."""
        for action in self.menus[group].actions():
            if action.data():
                action.setEnabled(self._can(str(action.data())))


def _named(words: str, keys: str) -> str:
    """Words with their key beside them, as the system writes it; a tab parts both."""
    return f"{words.replace('&', '&&')}\t{spoken_keys(keys)}"
