"""A box to tick whose words go on in the next line where there is no room for one: Qt's own would widen its page."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

FEWEST_LETTERS = 14


class TickBox(QCheckBox):
    """Its accessible name is the words as they are."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        letters = self.fontMetrics().averageCharWidth() * FEWEST_LETTERS
        return QSize(self._beside + letters, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lines = wrapped(self._words, self.width() - self._beside, self.fontMetrics())
        if lines != self.text():
            self.setText(lines)

    @property
    def _beside(self) -> int:
        """What the box itself takes of the width."""
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in self.text().split("\n"))
        return self.sizeHint().width() - widest


def wrapped(words: str, width: int, metrics: QFontMetrics) -> str:
    """The words in as many lines as they need; a word that is wider than the room has a line of its own."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
