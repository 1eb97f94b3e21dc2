"""A measure's course in the height of a line of text."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from ui.look.theme import Theme
from ui.look.widgets.drawing import Drawing


class Sparkline(Drawing):
    """Draws values evenly spaced, the last one marked. It says nothing by itself: its words stand beside it."""

    def __init__(self, theme: Theme, values: Sequence[float], name: str) -> None:
        super().__init__()
        self._theme, self._values = theme, tuple(values)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_sparkline(painter, self._theme, self._values, self.width(), self.height())


def draw_sparkline(painter: QPainter, theme: Theme, values: Sequence[float], width: float, height: float) -> None:
    """Draw into the painter's rectangle 0, 0, width, height."""
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    step = (width - 8) / (len(values) - 1)
    points = [QPointF(4 + n * step, 4 + (height - 8) * (1 - (value - low) / spread)) for n, value in enumerate(values)]
    painter.setPen(QPen(theme.color("accent"), 1.5))
    painter.drawPolyline(QPolygonF(points))
    painter.setBrush(theme.color("accent"))
    painter.drawEllipse(points[-1], 2.5, 2.5)
