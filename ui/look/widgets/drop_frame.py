"""A frame over the window while files are held above it: here they may be let go."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

WIDE = 4


class DropFrame(QWidget):
    """Lies over all of `parent` from `show_over` until it is hidden; the mouse doesn't notice it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over, self._color = parent, QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_over(self, color: QColor) -> None:
        """Draw the frame in that colour around what the parent shows now."""
        self._color = color
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._color, WIDE, Qt.PenStyle.DashLine))
        painter.drawRect(self.rect().adjusted(WIDE, WIDE, -WIDE, -WIDE))
        painter.end()
