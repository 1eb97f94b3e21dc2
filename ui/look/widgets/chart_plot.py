"""How a chart is painted: its ground, what it holds, what lies over it, words about a point; sizes in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health import printed
from organizer.health.chart import Axis, Shape, in_lanes, month_ticks
from organizer.health.chart_view import NO_DAYS, Days, Stretch, View
from organizer.health.series import Point
from ui.look.theme import Theme
from ui.look.widgets.chart_marks import DOT, SMALL_DOT, draw_dot, draw_span

LANE, LEFT, FOOT = 24, 40, 28
GAP = 10  # between the plot and what is written beside it
LINE = 20  # the height of a line of words
CROWDED = 80  # from so many points on only those are dotted that aren't joined, and the last
LAST = 32  # at the right of a chart that says nothing there
OWN, OVER = "accent", "info"  # colours of a measure and of what is laid over it


@dataclass(frozen=True, slots=True)
class Limit:
    """Something named at the right: at which value, in which words and colour."""

    value: float
    words: str
    token: str


class Plot:
    """A view laid out in a size; `room` is how wide its plot is."""

    def __init__(self, theme: Theme, view: View, size: QSizeF) -> None:
        self._theme, self.view, self.size = theme, view, size
        self._metrics = QFontMetricsF(theme.font(12))
        self._lanes = in_lanes(view.data.spans)
        self._own_axis = view.beside is not None and not view.shares_axis
        self.ticks = _ticks(view.axis)
        self._right_ticks = _ticks(view.beside.axis) if view.beside is not None and self._own_axis else []
        self.area = self._lay_out()

    def _lay_out(self) -> QRectF:
        """Room for the widest number at the left and the widest words at the right, none of them cut off."""
        px = self._theme.px
        left = max(px(LEFT), self._widest(self.ticks) + px(GAP + 2))
        self._numbers_right = self._widest(self._right_ticks) + px(GAP) if self._right_ticks else 0.0
        words = max((self._metrics.horizontalAdvance(limit.words) for limit in self._limits()), default=0.0)
        right = max(px(LAST), self._numbers_right + (words + px(GAP + 2) if words else px(4)))
        top = px(LANE) * len(self._lanes) + px(12) + (px(LINE) if self.view.beside is not None else 0)
        return QRectF(left, top, self.size.width() - left - right, self.size.height() - top - px(FOOT))

    def _widest(self, ticks: Sequence[tuple[float, str]]) -> float:
        return max((self._metrics.horizontalAdvance(words) for _tick, words in ticks), default=0.0)

    def _limits(self) -> list[Limit]:
        data, limits, band = self.view.data, list[Limit](), self._band()
        if band is not None:
            limits.append(Limit(sum(band) / 2, _("lab range"), "text2"))
        if data.goal.high is not None:
            limits.append(Limit(data.goal.high, _("goal ≤ {v}").format(v=printed.limit(data.goal.high)), "caution"))
        if data.goal.low is not None:
            limits.append(Limit(data.goal.low, _("goal ≥ {v}").format(v=printed.limit(data.goal.low)), "caution"))
        return limits

    def _band(self) -> tuple[float, float] | None:
        """What of the printed range lies on the axis, lowest and highest value; None where nothing does."""
        data, axis = self.view.data.range, self.view.axis
        low = axis.low if data.low is None else max(data.low, axis.low)
        high = axis.high if data.high is None else min(data.high, axis.high)
        return (low, high) if data.ends and low < high else None

    def x(self, day: date) -> float:
        """Where a day lies; what is beyond stays at the edge."""
        return self.area.left() + self.area.width() * min(max(self.view.days.share(day), 0.0), 1.0)

    def y(self, value: float, axis: Axis | None = None) -> float:
        """Where a value lies, at the axis of the measure itself unless another one is given."""
        return self.area.bottom() - self.area.height() * (axis or self.view.axis).share(value)

    def place(self, point: Point) -> QPointF:
        """Where a result is drawn."""
        return QPointF(self.x(point.when), self.y(point.value))

    def middle(self, stretch: Stretch) -> QPointF:
        """Where a mean is drawn."""
        return QPointF(self.x(stretch.when), self.y(stretch.mean))

    def draw(self, painter: QPainter) -> None:
        """All but the words about a point."""
        painter.setFont(self._theme.font(12))
        if self.view.days == Days(*NO_DAYS):
            self._say_empty(painter, _("No results to draw"))
            return
        self._draw_spans(painter)
        self._draw_ground(painter)
        self._draw_goal(painter)
        self._draw_level(painter)
        if self.view.beside is not None:
            self._draw_course(painter, self.view.beside, OVER)
            self._draw_legend(painter)
        self._draw_course(painter, self.view, OWN)
        if not self.view.data.points:
            self._say_empty(painter, _("No result in these days"))

    def _say_empty(self, painter: QPainter, words: str) -> None:
        painter.setPen(self._theme.color("text2"))
        painter.drawText(self.area, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_spans(self, painter: QPainter) -> None:
        px, area = self._theme.px, self.area
        for lane, spans in enumerate(self._lanes):
            for span in spans:
                left, right = self.x(span.start), self.x(span.end or self.view.days.last)
                token = ("span_purple", "span_blue")[lane % 2]
                bar = QRectF(left, px(LANE) * lane, max(4.0, right - left - 2), px(LANE) - px(4))
                draw_span(painter, bar, self._theme.color(token), span.end_known)
                veil = self._theme.color(token)
                veil.setAlphaF(0.22 if span.end_known else 0.0)
                painter.fillRect(QRectF(left, area.top(), bar.width(), area.height()), veil)
                painter.setPen(self._theme.color("text"))
                inside = bar.adjusted(px(6), 0, -px(4), 0)
                words = painter.fontMetrics().elidedText(span.label, Qt.TextElideMode.ElideRight, int(inside.width()))
                painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_ground(self, painter: QPainter) -> None:
        px, area, band = self._theme.px, self.area, self._band()
        if band is not None:
            low, high = (self.y(end) for end in band)
            painter.fillRect(QRectF(area.left(), high, area.width(), low - high), self._theme.color("reference_band"))
        middle = Qt.AlignmentFlag.AlignVCenter
        for tick, words in self.ticks:
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawLine(QPointF(area.left(), self.y(tick)), QPointF(area.right(), self.y(tick)))
            painter.setPen(self._theme.color("text2"))
            box = QRectF(0, self.y(tick) - px(LINE / 2), area.left() - px(GAP), px(LINE))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, words)
        for tick, words in self._right_ticks:
            assert self.view.beside is not None
            y = self.y(tick, self.view.beside.axis)
            painter.setPen(self._theme.color(OVER))
            painter.drawLine(QPointF(area.right(), y), QPointF(area.right() + px(4), y))
            painter.drawText(QRectF(area.right() + px(GAP), y - px(LINE / 2), px(200), px(LINE)), middle, words)
        painter.setPen(self._theme.color("text2"))
        for day, words in month_ticks(self.view.days.first, self.view.days.last, max(2, int(area.width() / px(76)))):
            box = QRectF(self.x(day) - px(44), area.bottom() + px(6), px(88), px(LINE))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)

    def _draw_goal(self, painter: QPainter) -> None:
        area = self.area
        painter.setPen(QPen(self._theme.color("caution"), 1.5, Qt.PenStyle.DashLine))
        for value in self.view.data.goal.ends:
            painter.drawLine(QPointF(area.left(), self.y(value)), QPointF(area.right(), self.y(value)))
        for box, limit in self.named_at_right():
            painter.setPen(self._theme.color(limit.token))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, limit.words)

    def named_at_right(self) -> list[tuple[QRectF, Limit]]:
        """The words at the right with their boxes: beside their value, one below the other where they would meet."""
        px, placed = self._theme.px, list[tuple[QRectF, Limit]]()
        left = self.area.right() + self._numbers_right + px(GAP)
        lowest = float(-px(LINE))
        for limit in sorted(self._limits(), key=lambda limit: -limit.value):
            top = max(self.y(limit.value) - px(LINE / 2), lowest)
            placed.append((QRectF(left, top, self.size.width() - left, px(LINE)), limit))
            lowest = top + px(16)
        return placed

    def _draw_level(self, painter: QPainter) -> None:
        """The level as a line within its shade; the records then stand as dots, not joined."""
        data = self.view.data
        if data.goal_day is not None and self.view.days.first <= data.goal_day <= self.view.days.last:
            x = self.x(data.goal_day)
            painter.setPen(QPen(self._theme.color("caution"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, self.area.top()), QPointF(x, self.area.bottom()))
        upper = [QPointF(self.x(level.when), self.y(level.high)) for level in data.level]
        lower = [QPointF(self.x(level.when), self.y(level.low)) for level in data.level]
        self._shade(painter, upper, lower, OWN)
        painter.drawPolyline(QPolygonF([QPointF(self.x(level.when), self.y(level.level)) for level in data.level]))

    def _shade(self, painter: QPainter, upper: list[QPointF], lower: list[QPointF], token: str) -> None:
        """What lies between two lines; the pen is left ready for the line between them."""
        shade = self._theme.color(token)
        shade.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color(token), 2))

    def _draw_course(self, painter: QPainter, view: View, token: str) -> None:
        """Results, or their means within the band from lowest to highest."""
        style = Qt.PenStyle.SolidLine if token == OWN else Qt.PenStyle.DashLine
        if view.means:
            spots = [QPointF(self.x(mean.when), self.y(mean.mean, view.axis)) for mean in view.means]
            upper = [QPointF(self.x(mean.when), self.y(mean.high, view.axis)) for mean in view.means]
            lower = [QPointF(self.x(mean.when), self.y(mean.low, view.axis)) for mean in view.means]
            self._shade(painter, upper, lower, token)
            painter.setPen(QPen(self._theme.color(token), 2, style))
            painter.drawPolyline(QPolygonF(spots))

        places = [QPointF(self.x(point.when), self.y(point.value, view.axis)) for point in view.points]
        painter.setPen(QPen(self._theme.color(token), 2, style))
        # Line by line: joined to one stroke a long zigzag takes a hundred times as long.
        painter.drawLines([QLineF(places[start], places[end]) for start, end in view.joined])
        crowded = len(places) >= CROWDED or bool(view.means)
        for at, (spot, shape) in enumerate(zip(places, view.shapes, strict=True)):
            if not crowded or (at == len(places) - 1 and not view.means):
                self._mark(painter, spot, shape, DOT, token)
            elif shape != "dot":
                self._mark(painter, spot, shape, SMALL_DOT, token)

    def _mark(self, painter: QPainter, spot: QPointF, shape: Shape, half: float, token: str) -> None:
        colours = self._theme.color(token), self._theme.color("surface")
        draw_dot(painter, spot, shape, half, colours, square=token == OVER)

    def _draw_legend(self, painter: QPainter) -> None:
        """Which marks are whose, with the units, above the plot."""
        assert self.view.beside is not None
        px, left = self._theme.px, self.area.left()
        top = self.area.top() - px(LINE + 8)
        for view, token in ((self.view, OWN), (self.view.beside, OVER)):
            spot = QPointF(left + px(6), top + px(LINE / 2))
            self._mark(painter, spot, "dot", DOT, token)
            unit = spoken_unit(view.data.unit)
            words = f"{view.data.title} ({unit})" if unit else view.data.title
            if token == OVER and self._own_axis:
                words = _("{measure}, axis at the right").format(measure=words)
            if token == OWN and self._limits():
                words = _("{measure}, goal and range are its own").format(measure=words)
            painter.setPen(self._theme.color("text"))
            width = self.size.width() - left - px(LINE)
            shown = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(left + px(16), top, width, px(LINE)), Qt.AlignmentFlag.AlignVCenter, shown)
            left += px(16) + self._metrics.horizontalAdvance(shown) + px(GAP * 2)

    def say(self, painter: QPainter, spot: QPointF, words: str, framed: bool = False) -> None:
        """Words about a point, beside it; the axes and what is named at the right stay free."""
        painter.setFont(self._theme.font(12, "SemiBold"))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(self.area.width()) - 8)
        box = self.free_box(spot, metrics.horizontalAdvance(shown) + 8, metrics.ascent() + metrics.descent() + 2)
        ground = self._theme.color("surface")
        ground.setAlphaF(1.0 if framed else 0.8)  # where results lie close, the words stay readable
        painter.setPen(QPen(self._theme.color("border_strong"), 1) if framed else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRect(box)
        painter.setPen(self._theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def free_box(self, spot: QPointF, wide: float, high: float) -> QRectF:
        """Where words about a point hide the least of the course: close above it, close below, further off.

        Within the plot, and never across a goal's line.
        """
        area, beside = self.area, self.view.beside
        left = max(area.left(), min(area.right() - wide, spot.x() - wide / 2))
        drawn = [self.place(point) for point in self.view.points]
        drawn += [(drawn[start] + drawn[end]) * 0.5 for start, end in self.view.joined]
        drawn += [QPointF(self.x(level.when), self.y(level.level)) for level in self.view.data.level]
        drawn += [self.middle(stretch) for stretch in self.view.means]
        if beside is not None:
            drawn += [QPointF(self.x(point.when), self.y(point.value, beside.axis)) for point in beside.points]
        near = [place for place in drawn if left - DOT <= place.x() <= left + wide + DOT]
        offs = [step * high for step in range(int(area.height() / high) + 1)]
        tops = [spot.y() + way for way in chain.from_iterable((-DOT - 4 - high - off, DOT + 4 + off) for off in offs)]
        boxes = [QRectF(left, top, wide, high) for top in tops if area.top() - DOT <= top <= area.bottom() - high]
        goals = [self.y(value) for value in self.view.data.goal.ends]

        def hidden(box: QRectF) -> int:
            """How much of the course lies below the words; a goal's line counts as more than all of it."""
            reach = box.adjusted(-DOT, -DOT, DOT, DOT)
            crossed = sum(box.top() - 2 <= goal <= box.bottom() + 2 for goal in goals)
            return sum(reach.contains(place) for place in near) + crossed * (len(near) + 1)

        return min(boxes, key=hidden, default=QRectF(left, area.top(), wide, high))


def _ticks(axis: Axis) -> list[tuple[float, str]]:
    return list(zip(axis.ticks, printed.axis(axis.ticks), strict=True))
