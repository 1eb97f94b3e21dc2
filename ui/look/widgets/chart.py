"""A measure over time: reference band, goal, therapy spans; every point within reach of the arrow keys."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise, starmap

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip

from organizer.base.dates import PartialDate, spoken_day
from organizer.base.i18n import _
from organizer.services.follow.measures import outline
from ui.look.theme import Theme
from ui.look.widgets.chart_scales import month_ticks, nice_ticks, padded
from ui.look.widgets.drawing import Drawing

LANE, RIGHT, LEFT, FOOT = 24, 112, 56, 28
DOT = 5.0  # half its width
LAST = 32  # at the right of a chart that says nothing there


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One result; `text` as printed with its unit."""

    when: date
    value: float
    text: str
    entry_id: str


@dataclass(frozen=True, slots=True)
class ChartSpan:
    """A stretch of treatment; `end` None: it goes on."""

    label: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class ChartLevel:
    """The level on a day, between which values it usually lies."""

    when: date
    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows, all in one unit."""

    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    range_low: float | None = None
    range_high: float | None = None
    goal_low: float | None = None
    goal_high: float | None = None
    spans: tuple[ChartSpan, ...] = ()
    level: tuple[ChartLevel, ...] = ()
    goal_day: date | None = None

    def spoken(self) -> str:
        """The chart in a sentence with its numbers."""
        if not self.points:
            return _("{title}: no numbers").format(title=self.title)
        told = _("{title}: {n} results, from {first} on {first_day} to {last} on {last_day}.")
        first, last = self.points[0], self.points[-1]
        low, high = (end(self.points, key=lambda one: one.value).text for end in (min, max))
        course = told.format(
            title=self.title,
            n=len(self.points),
            first=first.text,
            first_day=spoken_day(first.when),
            last=last.text,
            last_day=spoken_day(last.when),
        )
        ends = _("Lowest {low}, highest {high}.").format(low=low, high=high)
        return " ".join((course, ends, *self._limits()))

    def _limits(self) -> list[str]:
        """The printed range and the goal in words, as far as there are any."""
        told = []
        if self.range_low is not None or self.range_high is not None:
            ends = "–".join(f"{end:g}" for end in (self.range_low, self.range_high) if end is not None)
            told.append(_("Range of the laboratory: {ends}.").format(ends=ends))
        if self.goal_high is not None:
            told.append(_("Goal: at most {value}.").format(value=f"{self.goal_high:g}"))
        if self.goal_low is not None:
            told.append(_("Goal: at least {value}.").format(value=f"{self.goal_low:g}"))
        return told

    def since(self, days: int) -> "ChartData":
        """The same, with the last so many days only, counted from the newest result."""
        if not self.points:
            return self
        first = self.points[-1].when - timedelta(days=days)
        points = tuple(one for one in self.points if one.when >= first)
        level = tuple(one for one in self.level if one.when >= first)
        spans = tuple(one for one in self.spans if one.end is None or one.end >= first)
        return replace(self, points=points, level=level, spans=spans)


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
        self._at: int | None = None
        self.setAccessibleName(data.title)
        self.setAccessibleDescription(data.spoken())
        self._lanes = in_lanes(data.spans)
        days = [point.when for point in data.points]
        days += [data.goal_day] if days and data.goal_day else []
        self._start, self._end = padded(min(days), max(days)) if days else (date(2000, 1, 1), date(2001, 1, 1))
        ends = [point.value for point in data.points]
        ends += [end for one in data.level for end in (one.low, one.high)]
        ends += [end for end in (data.range_low, data.range_high, data.goal_low, data.goal_high) if end is not None]
        self._ticks = nice_ticks(min(ends, default=0.0), max(ends, default=1.0))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.px(250 + LANE * len(self._lanes)))

    def place(self, point: ChartPoint) -> QPointF:
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
            QToolTip.showText(event.globalPosition().toPoint(), self._told(at), self)

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
        return f"{point.text} · {spoken_day(point.when)}"

    def _area(self) -> QRectF:
        px = self._theme.px
        top = px(LANE) * len(self._lanes) + px(12)
        right = px(RIGHT if self._has_words_at_right else LAST)
        return QRectF(px(LEFT), top, self.width() - px(LEFT) - right, self.height() - top - px(FOOT))

    @property
    def _has_words_at_right(self) -> bool:
        data = self._data
        return any(end is not None for end in (data.range_low, data.range_high, data.goal_low, data.goal_high))

    def _x(self, day: date) -> float:
        area, whole = self._area(), (self._end - self._start).days or 1
        return area.left() + area.width() * (min(max(day, self._start), self._end) - self._start).days / whole

    def _y(self, value: float) -> float:
        area, low, high = self._area(), self._ticks[0], self._ticks[-1]
        return area.bottom() - area.height() * (value - low) / ((high - low) or 1.0)

    def _draw_spans(self, painter: QPainter) -> None:
        px, area = self._theme.px, self._area()
        for lane, spans in enumerate(self._lanes):
            for span in spans:
                left, right = self._x(span.start), self._x(span.end or self._end)
                token = ("span_purple", "span_blue")[lane % 2]
                bar = QRectF(left, px(LANE) * lane, max(4.0, right - left - 2), px(LANE) - px(4))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color(token))
                painter.drawRoundedRect(bar, 4, 4)
                veil = self._theme.color(token)
                veil.setAlphaF(0.22)
                painter.fillRect(QRectF(left, area.top(), bar.width(), area.height()), veil)
                painter.setPen(self._theme.color("text"))
                inside = bar.adjusted(px(6), 0, -px(4), 0)
                words = painter.fontMetrics().elidedText(span.label, Qt.TextElideMode.ElideRight, int(inside.width()))
                painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_ground(self, painter: QPainter) -> None:
        px, area, data = self._theme.px, self._area(), self._data
        if data.range_low is not None or data.range_high is not None:
            low = self._y(data.range_low if data.range_low is not None else self._ticks[0])
            high = self._y(data.range_high if data.range_high is not None else self._ticks[-1])
            painter.fillRect(QRectF(area.left(), high, area.width(), low - high), self._theme.color("reference_band"))
            self._at_right(painter, (low + high) / 2, _("lab range"), "text2")
        for tick in self._ticks:
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawLine(QPointF(area.left(), self._y(tick)), QPointF(area.right(), self._y(tick)))
            painter.setPen(self._theme.color("text2"))
            box = QRectF(0, self._y(tick) - px(10), area.left() - px(10), px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{tick:g}")
        for day in month_ticks(self._start, self._end, max(2, int(area.width() / px(70)))):
            words = PartialDate(day.isoformat()[:7]).spoken()
            shown = words[:3] if (self._end - self._start).days < 400 else words
            box = QRectF(self._x(day) - px(40), area.bottom() + px(6), px(80), px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, shown)

    def _draw_goal(self, painter: QPainter) -> None:
        for value, words in ((self._data.goal_high, _("goal ≤ {v}")), (self._data.goal_low, _("goal ≥ {v}"))):
            if value is not None:
                y = self._y(value)
                painter.setPen(QPen(self._theme.color("caution"), 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(self._area().left(), y), QPointF(self._area().right(), y))
                self._at_right(painter, y, words.format(v=f"{value:g}"), "caution")

    def _draw_level(self, painter: QPainter) -> None:
        """The level as a line within its shade; the records then stand as dots, not joined."""
        data = self._data
        if data.goal_day is not None:
            x = self._x(data.goal_day)
            painter.setPen(QPen(self._theme.color("caution"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, self._area().top()), QPointF(x, self._area().bottom()))
        upper = [QPointF(self._x(one.when), self._y(one.high)) for one in data.level]
        lower = [QPointF(self._x(one.when), self._y(one.low)) for one in data.level]
        shade = self._theme.color("accent")
        shade.setAlphaF(0.14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawPolyline(QPolygonF([QPointF(self._x(one.when), self._y(one.level)) for one in data.level]))

    def _at_right(self, painter: QPainter, y: float, words: str, token: str) -> None:
        px = self._theme.px
        painter.setPen(self._theme.color(token))
        box = QRectF(self._area().right() + px(8), y - px(10), px(RIGHT) - px(10), px(20))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_line(self, painter: QPainter) -> None:
        places = [self.place(point) for point in self._points]
        painter.setPen(QPen(self._theme.color("accent"), 2))
        if not self._data.level:
            # Line by line: joined to one stroke a long zigzag takes a hundred times as long.
            painter.drawLines(list(starmap(QLineF, pairwise(places))))
        painter.setPen(QPen(self._theme.color("surface"), 2))
        painter.setBrush(self._theme.color("accent"))
        for spot in places if len(places) < 80 else places[-1:]:
            painter.drawEllipse(spot, DOT, DOT)
        if self._at is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawEllipse(places[self._at], 9, 9)
        if places:
            at = len(places) - 1 if self._at is None else self._at
            self._say(painter, places[at], self._points[at].text)

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
        drawn += [(one + two) * 0.5 for one, two in pairwise(drawn)] if not self._data.level else []
        drawn += [QPointF(self._x(one.when), self._y(one.level)) for one in self._data.level]
        goals = [end for end in (self._data.goal_low, self._data.goal_high) if end is not None]
        drawn += [QPointF(self._area().right() + self._theme.px(12), self._y(end)) for end in goals]  # their words
        near = [place for place in drawn if left - DOT <= place.x() <= left + wide + DOT]
        tops = [spot.y() + way for off in (0, high, 2 * high) for way in (-DOT - 4 - high - off, DOT + 4 + off)]
        boxes = [QRectF(left, top, wide, high) for top in tops if 0 <= top <= self._area().bottom() - high]

        def hidden(box: QRectF) -> int:
            reach = box.adjusted(-DOT, -DOT, DOT, DOT)
            return sum(reach.contains(place) for place in near)

        return min(boxes, key=hidden, default=QRectF(left, 0, wide, high))


def in_lanes(spans: tuple[ChartSpan, ...], most: int = 3) -> list[list[ChartSpan]]:
    """Spans that overlap stand in lanes of their own, at most so many."""
    lanes: list[list[ChartSpan]] = []
    for span in sorted(spans, key=lambda one: one.start):
        free = next((lane for lane in lanes if lane[-1].end is not None and lane[-1].end <= span.start), None)
        if free is not None:
            free.append(span)
        elif len(lanes) < most:
            lanes.append([span])
    return lanes
