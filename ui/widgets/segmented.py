"""A few choices side by side, one of them taken."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton


class Segmented(QFrame):
    """`chosen` carries the key of the choice that the person takes."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], taken: str = "") -> None:
        super().__init__()
        self.setObjectName("segmented")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        for key, words in choices:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {words}")
            button.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self.take(taken or (choices[0][0] if choices else ""))

    @property
    def taken(self) -> str:
        """The key of the choice that is taken."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def take(self, key: str) -> None:
        """Take a choice without saying so."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
