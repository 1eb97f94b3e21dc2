"""A few choices side by side, one of them taken; in several rows where there is no room for one."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLayout, QPushButton

EDGE, GAP = 4, 2


class Segmented(QFrame):
    """`chosen` carries the key of the choice that the person takes."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], taken: str = "") -> None:
        super().__init__()
        self.setObjectName("segmented")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._columns = len(choices)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self._grid.setSpacing(GAP)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for key, words in choices:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # one of several, for assistive technology too
            button.setAccessibleName(f"{name}: {words}")
            button.toggled.connect(lambda on, key=key: self.chosen.emit(key) if on else None)
            self._group.addButton(button)
            self._buttons[key] = button
            self._grid.addWidget(button, 0, len(self._buttons) - 1)
        self.take(taken or (choices[0][0] if choices else ""))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest + 2 * EDGE, self._grid.minimumSize().height())

    def sizeHint(self) -> QSize:
        wide = sum(button.sizeHint().width() + GAP for button in self._buttons.values()) - GAP + 2 * EDGE
        return QSize(wide, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width() - 2 * EDGE
        inline = self.sizeHint().width() <= self.width()
        columns = len(self._buttons) if inline else max(1, (width + GAP) // (self._widest + GAP))
        if columns != self._columns and self._buttons:
            self._columns = columns
            for place, button in enumerate(self._buttons.values()):
                self._grid.addWidget(button, place // columns, place % columns)
            self.updateGeometry()

    @property
    def _widest(self) -> int:
        return max((button.sizeHint().width() for button in self._buttons.values()), default=0)

    @property
    def taken(self) -> str:
        """The key of the choice that is taken."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def take(self, key: str) -> None:
        """Take a choice without saying so."""
        if key in self._buttons:
            with QSignalBlocker(self._buttons[key]):
                self._buttons[key].setChecked(True)
