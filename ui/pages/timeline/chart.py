"""Everything by date as a picture: treatments as bars above, a row a group below, a dot for what lies together."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain
from math import inf, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from organizer.base.dates import PartialDate, spoken_day
from organizer.base.i18n import _, ngettext
from organizer.health.chart import in_lanes, month_ticks
from organizer.health.series import Span
from organizer.services.entries.timeline import GROUPS, Moment, Timeline
from ui.look.theme import Theme
from ui.look.widgets.chart_marks import draw_span
from ui.look.widgets.drawing import Drawing
from ui.look.widgets.plain import show_hint
from ui.pages.timeline.scale import Lane, Scale, at_level, fitting, middle, telling

SPAN, ROW, FOOT, NAMES = 24, 48, 28, 130
MOST_LANES = 6  # of treatments; the table below names all
STEP = 1.25  # a notch of the wheel


class TimelineChart(Drawing):
    """`moment_chosen` carries a Moment that is clicked or entered (None: none any more), `scale_changed` the zoom."""

    moment_chosen = Signal(object)
    moment_opened = Signal(object)
    scale_changed = Signal(object)

    def __init__(self, theme: Theme, timeline: Timeline, groups: Sequence[str], scale: Scale | None = None) -> None:
        super().__init__()
        self._theme, self._timeline = theme, timeline
        self._ends = timeline.ends or (date(2000, 1, 1), date(2001, 1, 1))
        self.scale = scale or (telling(timeline.moments, self._ends) if timeline.moments else fitting(self._ends))
        self._lanes = [lane for lane in (Lane(group, timeline.moments) for group in groups) if lane.at("years")[0]]
        self._spans = in_lanes(timeline.spans, MOST_LANES)
        self._row = 0
        self.chosen: Moment | None = None
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Timeline"))
        self.setAccessibleDescription(self._in_short())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(640), px(SPAN) * len(self._spans) + px(ROW) * max(1, len(self._lanes)) + px(FOOT) + px(12))

    def show_level(self, level: str) -> None:
        """Zoom to years, months or days around what is chosen, else around the latest."""
        at = middle(self.chosen.key) if self.chosen else min(self.scale.first + self.scale.days, self._latest())
        self._show(at_level(level, self._ends, at))

    def zoom(self, closer: bool, at: float = 0.5) -> None:
        """One step closer or further away."""
        self._show(self.scale.zoomed(1 / STEP if closer else STEP, at).within(self._ends))

    def place(self, moment: Moment) -> QPointF:
        """Where a moment's dot is drawn, in the widget's pixels."""
        row = next(number for number, lane in enumerate(self._lanes) if lane.group == moment.group)
        return self._spot(row, middle(moment.key))

    def told_of(self, moment: Moment) -> str:
        """A moment in words: `12 entries · Reports · Mar 2026`."""
        count = ngettext("{n} entry", "{n} entries", moment.count).format(n=moment.count)
        return f"{count} · {_(GROUPS[moment.group][0])} · {PartialDate(moment.key).spoken()}"

    def choose(self, moment: Moment | None) -> None:
        """Mark a moment; it comes into sight and is said."""
        self.chosen = moment
        if moment is not None:
            self._row = next(number for number, lane in enumerate(self._lanes) if lane.group == moment.group)
            at = middle(moment.key)
            if not self.scale.first <= at <= self.scale.first + self.scale.days:
                self._show(Scale(at - self.scale.days / 2, self.scale.days))
        self.setAccessibleDescription(self.told_of(moment) if moment else self._in_short())
        self.update()
        self.moment_chosen.emit(moment)

    def choose_again(self, former: Moment) -> None:
        """Mark the dot of the same row and time, where one is left."""
        dots = chain.from_iterable(lane.at(self.scale.level)[0] for lane in self._lanes if lane.group == former.group)
        for dot in dots:
            if dot.key == former.key:
                self.choose(dot)

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(key)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._change_row(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(key != Qt.Key.Key_Minus)
        elif key == Qt.Key.Key_0:
            self.show_level("years")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.chosen is not None:
            self.moment_opened.emit(self.chosen)
        elif key == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms, sideways it moves; up and down it scrolls the page."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(turned.y() > 0, self._share(event.position()))
        elif turned.x():
            self._show(self.scale.moved(-turned.x() / 1200).within(self._ends))
        else:
            event.ignore()
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        moment = self._under(event.position())
        if moment is not None:
            self.choose(moment)
        else:
            self._dragged = event.position()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        moment = self._under(event.position())
        if moment is not None:
            self.moment_opened.emit(moment)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            share = (self._dragged.x() - event.position().x()) / self._area().width()
            self._dragged = event.position()
            self._show(self.scale.moved(share).within(self._ends))
            return
        moment = self._under(event.position())
        words = self.told_of(moment) if moment else self._span_under(event.position())
        show_hint(event.globalPosition().toPoint(), words, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def _step(self, key: Qt.Key) -> None:
        if not self._lanes:
            return
        moments, places = self._lanes[self._row].at(self.scale.level)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose(moments[0 if key == Qt.Key.Key_Home else -1])
            return
        ahead = key == Qt.Key.Key_Right
        at = middle(self.chosen.key) if self.chosen else self.scale.first + (0 if ahead else self.scale.days)
        beyond = [n for n, place in enumerate(places) if (place > at if ahead else place < at)]
        if beyond:
            self.choose(moments[beyond[0] if ahead else beyond[-1]])

    def _change_row(self, step: int) -> None:
        if not self._lanes:
            return
        self._row = min(max(self._row + step, 0), len(self._lanes) - 1)
        moments, places = self._lanes[self._row].at(self.scale.level)
        at = middle(self.chosen.key) if self.chosen else self.scale.first + self.scale.days
        self.choose(min(zip(moments, places, strict=True), key=lambda pair: abs(pair[1] - at))[0])

    def _show(self, scale: Scale) -> None:
        if scale.level != self.scale.level:
            self.chosen = None
        self.scale = scale
        self.update()
        self.scale_changed.emit(scale)

    def _under(self, spot: QPointF) -> Moment | None:
        places: list[tuple[QPointF, Moment]] = []
        for row, lane in enumerate(self._lanes):
            places += [(self._spot(row, at), moment) for moment, at in lane.seen(self.scale)]
        in_row = [(place - spot, moment) for place, moment in places if abs(place.y() - spot.y()) < self._theme.px(20)]
        near = [(way.manhattanLength(), moment) for way, moment in in_row]
        distance, moment = min(near, key=lambda pair: pair[0], default=(inf, None))
        return moment if distance < self._theme.px(22) else None

    def _span_under(self, spot: QPointF) -> str:
        """The treatment whose bar lies there, with its days: a short bar has no room for its words."""
        lane, at = int(spot.y() // self._theme.px(SPAN)), self.scale.first + self.scale.days * self._share(spot)
        for span in self._spans[lane] if lane < len(self._spans) else ():
            if span.start.toordinal() <= at and (span.end is None or at <= span.end.toordinal()):
                return _span_words(span)
        return ""

    def _share(self, spot: QPointF) -> float:
        area = self._area()
        return min(max((spot.x() - area.left()) / area.width(), 0.0), 1.0)

    # where things are

    def _latest(self) -> float:
        return float(self._ends[1].toordinal())

    def _in_short(self) -> str:
        count = sum(moment.count for moment in self._timeline.moments)
        words = ngettext("{n} entry from {first} to {last}", "{n} entries from {first} to {last}", count)
        first, last = (PartialDate(day.isoformat()).spoken() for day in self._ends)
        return words.format(n=count, first=first, last=last)

    def _area(self) -> QRectF:
        px = self._theme.px
        left = min(px(NAMES), self.width() // 4)
        return QRectF(left, px(SPAN) * len(self._spans) + px(8), max(1, self.width() - left - px(16)), self._rows())

    def _rows(self) -> float:
        return float(self._theme.px(ROW) * max(1, len(self._lanes)))

    def _x(self, ordinal: float) -> float:
        area = self._area()
        return area.left() + self.scale.place(ordinal, area.width())

    def _spot(self, row: int, ordinal: float) -> QPointF:
        return QPointF(self._x(ordinal), self._area().top() + self._theme.px(ROW) * (row + 0.5))

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(12))
        self._draw_ground(painter)
        self._draw_spans(painter)
        for row, lane in enumerate(self._lanes):
            self._draw_name(painter, row, lane)
            for moment, at in lane.seen(self.scale):
                self._draw_moment(painter, moment, self._spot(row, at))

    def _draw_ground(self, painter: QPainter) -> None:
        area, px = self._area(), self._theme.px
        for row in range(len(self._lanes) + 1):
            painter.setPen(self._theme.color("border"))
            y = area.top() + px(ROW) * row
            painter.drawLine(QPointF(0, y), QPointF(area.right(), y))
        for day, words in self._day_marks():
            x = self._x(day.toordinal())
            if x < area.left():
                continue
            painter.setPen(self._theme.color("border"))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + px(4)))
            painter.setPen(self._theme.color("text2"))
            painter.drawText(QPointF(x + px(4), area.bottom() + px(20)), words)

    def _day_marks(self) -> list[tuple[date, str]]:
        """First days of years or months, or every week's first, with their words."""
        fits = max(2, int(self._area().width() / self._theme.px(84)))
        since, until = self.scale.since, self.scale.until
        if self.scale.days > 120:
            return month_ticks(since, until, fits)
        every = next(step for step in (1, 2, 7, 14, 28) if self.scale.days / step <= fits or step == 28)
        begin = since - timedelta(days=since.toordinal() % every)
        days = [begin + timedelta(days=every * n) for n in range(int(self.scale.days / every) + 2)]
        return [(day, PartialDate(day.isoformat()).spoken()) for day in days if since <= day <= until]

    def _draw_spans(self, painter: QPainter) -> None:
        area, px = self._area(), self._theme.px
        if self._spans:
            painter.setPen(self._theme.color("text2"))
            names = QRectF(0, 0, area.left() - px(12), px(SPAN) - px(4))
            painter.drawText(names, Qt.AlignmentFlag.AlignVCenter, _("Medicines"))
        painter.save()
        painter.setClipRect(QRectF(area.left(), 0, area.width(), area.bottom()))
        for lane, spans in enumerate(self._spans):
            token = ("span_purple", "span_blue")[lane % 2]
            for span in spans:
                left = max(self._x(span.start.toordinal()), area.left())
                right = min(self._x(span.end.toordinal()), area.right()) if span.end else area.right()
                if right < left:
                    continue
                bar = QRectF(left, px(SPAN) * lane, max(4.0, right - left - 2), px(SPAN) - px(4))
                draw_span(painter, bar, self._theme.color(token), span.end_known)
                painter.setPen(self._theme.color("text"))
                inside = bar.adjusted(px(6), 0, -px(4), 0)
                elide = Qt.TextElideMode.ElideRight
                width = int(inside.width()) if inside.width() > px(40) else 0
                words = painter.fontMetrics().elidedText(span.label, elide, width) if width else ""
                painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _draw_name(self, painter: QPainter, row: int, lane: Lane) -> None:
        area, px = self._area(), self._theme.px
        box = QRectF(0, area.top() + px(ROW) * row, area.left() - px(12), px(ROW))
        painter.setPen(self._theme.color("text" if self.hasFocus() and row == self._row else "text2"))
        words = _(GROUPS[lane.group][0])
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box, int(flags), words)

    def _draw_moment(self, painter: QPainter, moment: Moment, spot: QPointF) -> None:
        px = self._theme.px
        radius = px(5) if moment.count == 1 else px(min(19.0, 9 + 2.5 * log10(moment.count)))
        painter.setPen(QPen(self._theme.color("surface"), 2))
        painter.setBrush(self._theme.color("accent" if moment.count == 1 else "accent_soft"))
        if moment.count > 1:
            painter.setPen(QPen(self._theme.color("accent"), 1))
        painter.drawEllipse(spot, radius, radius)
        if moment.count > 1:
            painter.setPen(self._theme.color("accent"))
            painter.setFont(self._theme.font(10 if moment.count < 1000 else 8, "SemiBold"))
            box = QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _short(moment.count))
            painter.setFont(self._theme.font(12))
        if moment == self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawEllipse(spot, radius + px(4), radius + px(4))


def _span_words(span: Span) -> str:
    """A treatment with its days."""
    if span.end is None and not span.end_known:
        return _("{what}, from {day}, not said until when").format(what=span.label, day=spoken_day(span.start))
    if span.end is None:
        return _("{what}, since {day}").format(what=span.label, day=spoken_day(span.start))
    days = {"since": spoken_day(span.start), "until": spoken_day(span.end)}
    return _("{what}, {since} – {until}").format(what=span.label, **days)


def _short(count: int) -> str:
    """A number in the room of a dot: `999`, `12k`."""
    return str(count) if count < 1000 else f"{count // 1000}k"
