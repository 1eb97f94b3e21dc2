"""Where one is on a way of a few steps."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from organizer.base.words import _
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.card import line


class Stepper(QWidget):
    """Numbered steps; those done carry a tick, and each can be gone to."""

    asked = Signal(int)

    def __init__(self, theme: Theme, steps: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._steps = theme, list(steps)
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for place, words in enumerate(steps):
            if place:
                rule = line()
                rule.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                row.addWidget(rule, 1)
            button = QPushButton(words)
            button.clicked.connect(lambda _on=False, place=place: self.asked.emit(place))
            self._buttons.append(button)
            row.addWidget(button)
        self.go(0)

    def go(self, current: int) -> None:
        """Show the step `current` (from 0) as the one at work."""
        for place, (button, words) in enumerate(zip(self._buttons, self._steps, strict=True)):
            done = place < current
            button.setText(words if done else f"{place + 1}   {words}")
            button.setIcon(icon("check", self._theme, "accent") if done else QIcon())
            button.setProperty("role", "primary" if place == current else "quiet")
            state = _("done") if done else _("now") if place == current else _("to come")
            button.setAccessibleName(f"{place + 1}. {words} ({state})")
            button.style().unpolish(button)
            button.style().polish(button)
