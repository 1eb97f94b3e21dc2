"""All keys, grouped, in as many columns as there is room for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from organizer.base.i18n import _
from ui.look.widgets.columns import Columns
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label, one_line
from ui.look.widgets.scrolling import scrolling
from ui.shell.shortcuts import GO, LOOK, RECORD, SHORTCUTS, WRITE, page_shortcut, spoken_keys

NARROWEST = 38  # letters


class ShortcutList(Dialog):
    """All keys, grouped."""

    def __init__(self, pages: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(_("Keyboard shortcuts"), "heading"))
        letter = self.fontMetrics().averageCharWidth()
        columns = Columns(NARROWEST * letter, 3, 32)
        columns.set_widgets(self._lists(pages))
        layout.addWidget(scrolling(columns, self.windowTitle()))
        resize_within(self, 150 * letter, 26 * self.fontMetrics().height())

    def _lists(self, pages: tuple[str, ...]) -> list[QWidget]:
        """Pages; going and writing; looks and the record."""
        lists = [[(_(title), page_shortcut(place)) for place, title in enumerate(pages[:9], 1)]]
        for groups in ((GO, WRITE), (LOOK, RECORD)):
            rows: list[tuple[str, str]] = []
            for group in groups:
                rows += [(_(shortcut.label), shortcut.keys[0]) for shortcut in SHORTCUTS if shortcut.group == group]
            lists.append(rows)
        return [_list(rows) for rows in lists if rows]


def _list(rows: list[tuple[str, str]]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 16, 0)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(len(rows), 1)
    for row, (words, keys) in enumerate(rows):
        shown = spoken_keys(keys)
        key = one_line(shown, "second")
        key.setAccessibleName(f"{words}: {shown}")
        grid.addWidget(label(words), row, 0)
        grid.addWidget(key, row, 1, Qt.AlignmentFlag.AlignTop)
    return holder
