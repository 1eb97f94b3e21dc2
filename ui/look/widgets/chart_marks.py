"""The marks that charts share: a result, a stretch of treatment."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from organizer.health.chart import Shape

DOT = 5.0  # half its width
SMALL_DOT = 2.5  # where results lie close


def draw_dot(
    painter: QPainter, spot: QPointF, shape: Shape, half: float, colours: tuple[QColor, QColor], square: bool = False
) -> None:
    """A result: full or hollow, or a hollow arrow head that points beyond a bound; `colours` are its own and the
    ground's; square where it is laid over another measure."""
    hollow = shape != "dot"
    colour, ground = colours
    painter.setPen(QPen(colour if hollow else ground, 2 if half == DOT else 1))
    painter.setBrush(ground if hollow else colour)
    if shape in ("dot", "other") and square:
        painter.drawRect(QRectF(spot.x() - half, spot.y() - half, 2 * half, 2 * half))
    elif shape in ("dot", "other"):
        painter.drawEllipse(spot, half, half)
    else:
        way = half if shape == "below" else -half
        corners = (QPointF(-1.2 * half, -way), QPointF(1.2 * half, -way), QPointF(0, way))
        painter.drawPolygon(QPolygonF([spot + corner for corner in corners]))


def draw_span(painter: QPainter, bar: QRectF, colour: QColor, end_known: bool) -> None:
    """A stretch of treatment: filled, or only outlined with dashes where nobody says until when it went on."""
    painter.setPen(Qt.PenStyle.NoPen if end_known else QPen(colour.darker(130), 1, Qt.PenStyle.DashLine))
    painter.setBrush(colour if end_known else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(bar, 4, 4)
