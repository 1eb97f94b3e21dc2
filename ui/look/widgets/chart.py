"""A measure over time: reference band, goal, therapy spans; every point within reach of the arrow keys."""

from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.health import printed
from organizer.health.chart import (
    ChartData,
    Shape,
    axis_of,
    in_lanes,
    joined_places,
    month_ticks,
    outline,
    padded,
    shape_of,
)
from organizer.health.series import Point, main_performer
from ui.look.theme import Theme
from ui.look.widgets.drawing import Drawing
from ui.look.widgets.plain import show_hint

LANE, LEFT, FOOT = 24, 40, 28
GAP = 10  # between the plot and what is written beside it
DOT = 5.0  # half its width
SMALL_DOT = 2.5  # where results lie close
CROWDED = 80  # from so many points on only those are dotted that aren't joined, and the last
STEPS = 4  # of the vertical axis, about
LAST = 32  # at the right of a chart that says nothing there


class Chart(Drawing):
    """Draws ChartData; `point_activated` carries the entry id of a point that is clicked or entered.

    Of a very long course the outline is drawn: one pixel has room for one lowest and one highest.
    """

    point_activated = Signal(str)

    def __init__(self, theme: Theme, data: ChartData) -> None:
        super().__init__()
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_data(data)

    def show_data(self, data: ChartData) -> None:
        """Draw and say this instead."""
        self._data = data
        self._points = outline(data.points)
        main = main_performer(self._points)
        self._shapes = [shape_of(point, main) for point in self._points]
        self._joined = [] if data.level else joined_places(self._points)
        self._at: int | None = None
        self.setAccessibleName(data.title)
        self.setAccessibleDescription(data.spoken())
        self._lanes = in_lanes(data.spans)
        days = [point.when for point in data.points]
        days += [data.goal_day] if days and data.goal_day else []
        self._start, self._end = padded(min(days), max(days)) if days else (date(2000, 1, 1), date(2001, 1, 1))
        self._axis = axis_of(data, STEPS)
        self._ticks = list(zip(self._axis.ticks, printed.axis(self._axis.ticks), strict=True))
        self._measure_margins()
        self.updateGeometry()
        self.update()

    def _measure_margins(self) -> None:
        """Room for the widest number at the left and the widest words at the right, none of them cut off."""
        px = self._theme.px
        metrics = QFontMetricsF(self._theme.font(12))
        self._left = max(px(LEFT), max(metrics.horizontalAdvance(text) for _tick, text in self._ticks) + px(GAP + 2))
        words = [metrics.horizontalAdvance(words) for _value, words, _token in self._limits()]
        self._right = max(px(LAST), max(words, default=0.0) + px(GAP + 2))

    def _limits(self) -> list[tuple[float, str, str]]:
        """The value at which something is named at the right, its words, its colour."""
        data, named = self._data, []
        band = self._band()
        if band is not None:
            named.append((sum(band) / 2, _("lab range"), "text2"))
        if data.goal.high is not None:
            named.append((data.goal.high, _("goal ≤ {v}").format(v=printed.number(data.goal.high)), "caution"))
        if data.goal.low is not None:
            named.append((data.goal.low, _("goal ≥ {v}").format(v=printed.number(data.goal.low)), "caution"))
        return named

    def _band(self) -> tuple[float, float] | None:
        """What of the printed range lies on the axis, lowest and highest value; None where nothing does."""
        data, axis = self._data.range, self._axis
        low = axis.low if data.low is None else max(data.low, axis.low)
        high = axis.high if data.high is None else min(data.high, axis.high)
        return (low, high) if data.ends and low < high else None

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.px(250 + LANE * len(self._lanes)))

    def place(self, point: Point) -> QPointF:
        """Where a point is drawn, in the widget's pixels."""
        return QPointF(self._x(point.when), self._y(point.value))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(12))
        self._draw_spans(painter)
        self._draw_ground(painter)
        self._draw_goal(painter)
        self._draw_level(painter)
        self._draw_line(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._points) - 1
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if last >= 0 and event.key() in (*steps, Qt.Key.Key_Home, Qt.Key.Key_End):
            ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
            now = last + 1 if self._at is None else self._at
            step = steps.get(Qt.Key(event.key()), 0)
            self._go(ends.get(Qt.Key(event.key()), max(0, min(last, now + step))))
        elif self._at is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.point_activated.emit(self._points[self._at].entry_id)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at is not None and at != self._at:
            self._go(at)
            show_hint(event.globalPosition().toPoint(), self._told(at), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at is not None:
            self.point_activated.emit(self._points[at].entry_id)

    def _under(self, spot: QPointF) -> int | None:
        near = [
            (abs(place.x() - spot.x()) + abs(place.y() - spot.y()), number)
            for number, place in enumerate(map(self.place, self._points))
        ]
        return min(near)[1] if near and min(near)[0] < 24 else None

    def _go(self, at: int) -> None:
        self._at = at
        self.setAccessibleDescription(self._told(at))
        self.update()

    def _told(self, at: int) -> str:
        point = self._points[at]
        words = [self._data.label(point), spoken_day(point.when)]
        if self._shapes[at] == "other":
            words.append(point.performer)
        return " · ".join(words)

    def _area(self) -> QRectF:
        px = self._theme.px
        top = px(LANE) * len(self._lanes) + px(12)
        return QRectF(self._left, top, self.width() - self._left - self._right, self.height() - top - px(FOOT))

    def _x(self, day: date) -> float:
        area, whole = self._area(), (self._end - self._start).days or 1
        return area.left() + area.width() * (min(max(day, self._start), self._end) - self._start).days / whole

    def _y(self, value: float) -> float:
        area = self._area()
        return area.bottom() - area.height() * self._axis.share(value)

    def _draw_spans(self, painter: QPainter) -> None:
        px, area = self._theme.px, self._area()
        for lane, spans in enumerate(self._lanes):
            for span in spans:
                left, right = self._x(span.start), self._x(span.end or self._end)
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
        px, area, band = self._theme.px, self._area(), self._band()
        if band is not None:
            low, high = (self._y(end) for end in band)
            painter.fillRect(QRectF(area.left(), high, area.width(), low - high), self._theme.color("reference_band"))
        for tick, words in self._ticks:
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawLine(QPointF(area.left(), self._y(tick)), QPointF(area.right(), self._y(tick)))
            painter.setPen(self._theme.color("text2"))
            box = QRectF(0, self._y(tick) - px(10), area.left() - px(GAP), px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        for day, words in month_ticks(self._start, self._end, max(2, int(area.width() / px(76)))):
            box = QRectF(self._x(day) - px(44), area.bottom() + px(6), px(88), px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)

    def _draw_goal(self, painter: QPainter) -> None:
        area = self._area()
        painter.setPen(QPen(self._theme.color("caution"), 1.5, Qt.PenStyle.DashLine))
        for value in self._data.goal.ends:
            painter.drawLine(QPointF(area.left(), self._y(value)), QPointF(area.right(), self._y(value)))
        for box, words, token in self._named_at_right():
            painter.setPen(self._theme.color(token))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _named_at_right(self) -> list[tuple[QRectF, str, str]]:
        """The words at the right with their boxes: beside their value, one below the other where they would meet."""
        px, area = self._theme.px, self._area()
        placed: list[tuple[QRectF, str, str]] = []
        lowest = float(-px(20))
        for value, words, token in sorted(self._limits(), key=lambda limit: -limit[0]):
            top = max(self._y(value) - px(10), lowest)
            placed.append((QRectF(area.right() + px(GAP), top, self._right - px(GAP), px(20)), words, token))
            lowest = top + px(16)
        return placed

    def _draw_level(self, painter: QPainter) -> None:
        """The level as a line within its shade; the records then stand as dots, not joined."""
        data = self._data
        if data.goal_day is not None:
            x = self._x(data.goal_day)
            painter.setPen(QPen(self._theme.color("caution"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, self._area().top()), QPointF(x, self._area().bottom()))
        upper = [QPointF(self._x(level.when), self._y(level.high)) for level in data.level]
        lower = [QPointF(self._x(level.when), self._y(level.low)) for level in data.level]
        shade = self._theme.color("accent")
        shade.setAlphaF(0.14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawPolyline(QPolygonF([QPointF(self._x(level.when), self._y(level.level)) for level in data.level]))

    def _draw_line(self, painter: QPainter) -> None:
        places = [self.place(point) for point in self._points]
        painter.setPen(QPen(self._theme.color("accent"), 2))
        # Line by line: joined to one stroke a long zigzag takes a hundred times as long.
        painter.drawLines([QLineF(places[start], places[end]) for start, end in self._joined])
        crowded = len(places) >= CROWDED
        for at, (spot, shape) in enumerate(zip(places, self._shapes, strict=True)):
            if not crowded or at == len(places) - 1:
                self._draw_dot(painter, spot, shape, DOT)
            elif shape != "dot":
                self._draw_dot(painter, spot, shape, SMALL_DOT)
        if self._at is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawEllipse(places[self._at], 9, 9)
        if places:
            at = len(places) - 1 if self._at is None else self._at
            self._say(painter, places[at], self._data.label(self._points[at]))

    def _draw_dot(self, painter: QPainter, spot: QPointF, shape: Shape, half: float) -> None:
        """A result: a full dot, a hollow one, or a hollow arrow head that points beyond a bound."""
        hollow = shape != "dot"
        painter.setPen(QPen(self._theme.color("accent" if hollow else "surface"), 2 if half == DOT else 1))
        painter.setBrush(self._theme.color("surface" if hollow else "accent"))
        if shape in ("dot", "other"):
            painter.drawEllipse(spot, half, half)
            return
        way = half if shape == "below" else -half
        corners = (QPointF(-1.2 * half, -way), QPointF(1.2 * half, -way), QPointF(0, way))
        painter.drawPolygon(QPolygonF([spot + corner for corner in corners]))

    def _say(self, painter: QPainter, spot: QPointF, words: str) -> None:
        bold = QFont(self._theme.font(12, "SemiBold"))
        painter.setFont(bold)
        painter.setPen(self._theme.color("text"))
        metrics = painter.fontMetrics()
        box = self.free_box(spot, metrics.horizontalAdvance(words) + 6, metrics.ascent() + metrics.descent())
        ground = self._theme.color("surface")
        ground.setAlphaF(0.8)  # where results lie close, the words stay readable
        painter.fillRect(box, ground)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def free_box(self, spot: QPointF, wide: float, high: float) -> QRectF:
        """Where words about a point hide the least of the course: close above it, close below, further off."""
        left = max(0.0, min(self.width() - wide - 1, spot.x() - wide / 2))
        drawn = [self.place(point) for point in self._points]
        drawn += [(drawn[start] + drawn[end]) * 0.5 for start, end in self._joined]
        drawn += [QPointF(self._x(level.when), self._y(level.level)) for level in self._data.level]
        named = [box for box, _words, _token in self._named_at_right()]
        near = [place for place in drawn if left - DOT <= place.x() <= left + wide + DOT]
        tops = [spot.y() + way for off in (0, high, 2 * high) for way in (-DOT - 4 - high - off, DOT + 4 + off)]
        boxes = [QRectF(left, top, wide, high) for top in tops if 0 <= top <= self._area().bottom() - high]

        def hidden(box: QRectF) -> int:
            """How much of the course lies below the words; what is named at the right counts as very much."""
            reach = box.adjusted(-DOT, -DOT, DOT, DOT)
            covered = sum(box.intersects(words) for words in named)
            return sum(reach.contains(place) for place in near) + 100 * covered

        return min(boxes, key=hidden, default=QRectF(left, 0, wide, high))


def draw_span(painter: QPainter, bar: QRectF, colour: QColor, end_known: bool) -> None:
    """A stretch of treatment: filled, or only outlined with dashes where nobody says until when it went on."""
    painter.setPen(Qt.PenStyle.NoPen if end_known else QPen(colour.darker(130), 1, Qt.PenStyle.DashLine))
    painter.setBrush(colour if end_known else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(bar, 4, 4)
