"""A measure's course in the height of a line of text."""

from itertools import chain

from PySide6.QtCore import QLineF, QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from organizer.health.chart import ChartData, axis_of, joined_places, shape_of
from organizer.health.series import main_performer
from ui.look.theme import Theme
from ui.look.widgets.drawing import Drawing

ROOM = 4  # around the line, for its dots
DOT, SMALL_DOT = 2.5, 1.5


class Sparkline(Drawing):
    """Draws results evenly spaced, the last one marked; what isn't like the others is hollow and not joined.

    It says nothing by itself: its words stand beside it.
    """

    def __init__(self, theme: Theme, data: ChartData, name: str) -> None:
        super().__init__()
        self._theme, self._data = theme, data
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        points = self._data.points
        if len(points) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis, step = axis_of(self._data), (self.width() - 2 * ROOM) / (len(points) - 1)
        height = self.height() - 2 * ROOM
        places = [
            QPointF(ROOM + at * step, ROOM + height * (1 - axis.share(point.value))) for at, point in enumerate(points)
        ]
        painter.setPen(QPen(self._theme.color("accent"), 1.5))
        pairs = joined_places(points)
        painter.drawLines([QLineF(places[start], places[end]) for start, end in pairs])

        on_a_line = set(chain.from_iterable(pairs))
        main, last = main_performer(points), len(points) - 1
        for at, (place, point) in enumerate(zip(places, points, strict=True)):
            hollow = shape_of(point, main) != "dot"
            if hollow or at == last or at not in on_a_line:
                painter.setBrush(self._theme.color("surface" if hollow else "accent"))
                half = DOT if at == last and not hollow else SMALL_DOT
                painter.drawEllipse(place, half, half)
