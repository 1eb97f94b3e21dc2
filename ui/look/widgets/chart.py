"""A measure over time: every point within reach of the arrow keys, looked at from near and far."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QMargins, QPointF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy

from organizer.base.dates import spoken_day
from organizer.base.i18n import _
from organizer.health.chart import ChartData, Shape, in_lanes
from organizer.health.chart_view import Days, View, last_days, view_of, whole_days
from organizer.health.series import Point
from ui.look.theme import Theme
from ui.look.widgets.announcing import announce
from ui.look.widgets.chart_plot import LANE, LINE, Plot
from ui.look.widgets.drawing import Drawing

STEP = 1.5  # how much larger at once
HALF = 0.5  # of what is seen: so far Shift and an arrow go
REACH = 24  # pixels from a point
WIDE = 640  # at 100 %
MARGIN = 16  # around a chart that is kept as a picture
NOTCH = 120  # of a wheel, as Qt counts


@dataclass(frozen=True, slots=True)
class Stop:
    """What the arrow keys and the pointer come to: a result or a mean, where it is drawn, what is said of it."""

    spot: QPointF
    words: str
    days: Days
    entry_id: str = ""


class Chart(Drawing):
    """Draws ChartData; `point_activated` carries the entry id of a point that is clicked or entered.

    Ctrl and the wheel, + and - look closer or from further off, dragging or Shift with an arrow moves on, 0 or a double
    click shows all again. `looked` says that other days are shown, `keep_asked` that the picture is to be saved.
    """

    point_activated = Signal(str)
    looked = Signal()
    keep_asked = Signal()

    def __init__(self, theme: Theme, data: ChartData, beside: ChartData | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._at: int | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(data.title)
        # While a page is laid out each chart has five sizes: what is said of the means is said of the last one.
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.timeout.connect(self.looked)
        self.show_data(data, beside)

    def show_data(self, data: ChartData, beside: ChartData | None = None) -> None:
        """Draw and say this instead, all of it; `beside` is laid over, never joined."""
        self._data, self._beside = data, beside
        self._whole = self._days = whole_days(data, beside)
        self._lanes = in_lanes(data.spans)
        self._lay_out()
        self.updateGeometry()

    def show_last(self, days: int | None) -> None:
        """Show the last so many days, counted from the newest result; None for all."""
        self._look(self._whole if days is None else last_days(self._data, days, self._whole))

    @property
    def view(self) -> View:
        """What is drawn now."""
        return self.plot.view

    @property
    def plot(self) -> Plot:
        """How it is laid out in the size that it has now."""
        if self._plot.size != QSizeF(self.size()):
            at = self._at
            self._lay_out()
            self._at = at if at is not None and at < len(self._stops) else None
        return self._plot

    @property
    def is_whole(self) -> bool:
        """True while nothing lies outside what is shown."""
        return self._days == self._whole

    def _look(self, days: Days) -> None:
        """Show these days; what was pointed at stays so, where it is still in sight."""
        if days == self._days:
            return
        before = None if self._at is None else self._stops[self._at]
        self._days = days
        self._lay_out()
        if before is not None:
            same = (at for at, stop in enumerate(self._stops) if (stop.days, stop.words) == (before.days, before.words))
            self._at = next(same, None)
        self.looked.emit()

    def _lay_out(self) -> None:
        size = QSizeF(self.size())
        rough = Plot(self._theme, view_of(self._data, self._days, size.width(), self._beside), size)
        view = view_of(self._data, self._days, rough.area.width(), self._beside)
        self._plot = Plot(self._theme, view, size)
        self._made_stops: list[Stop] | None = None
        self._at = None
        self.setAccessibleDescription(view.spoken())
        self.update()

    @property
    def _stops(self) -> list[Stop]:
        """What keys and pointer come to, put in words when they first do."""
        if self._made_stops is None:
            self._made_stops = _stops(self._plot)
        return self._made_stops

    def sizeHint(self) -> QSize:
        over = LINE if self._beside is not None else 0
        return QSize(self._theme.px(WIDE), self._theme.px(250 + over + LANE * len(self._lanes)))

    def place(self, point: Point) -> QPointF:
        """Where a point is drawn, in the widget's pixels."""
        return self.plot.place(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()
        self._resized.start()  # other widths draw other means

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.plot.draw(painter)
        points = self.view.points
        if self._at is not None:
            stop = self._stops[self._at]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawEllipse(stop.spot, 9, 9)
            self.plot.say(painter, stop.spot, stop.words, framed=True)
        elif points and not self.view.means:
            self.plot.say(painter, self.place(points[-1]), self._data.label(points[-1]))

    def picture(self) -> QPixmap:
        """The chart as it is shown, on plain ground below its title and the days."""
        at, self._at = self._at, None
        shot, line = self.grab(), self._theme.px(LINE)
        self._at = at
        scale = shot.devicePixelRatio()
        margins = QMargins(MARGIN, MARGIN + 3 * line, MARGIN, MARGIN)
        made = QPixmap((self.size().grownBy(margins)) * scale)
        made.setDevicePixelRatio(scale)
        made.fill(self._theme.color("surface"))
        painter = QPainter(made)
        painter.setPen(self._theme.color("text"))
        for row, (text, weight) in enumerate(((self._data.title, "SemiBold"), (self.view.span(), "Regular"))):
            painter.setFont(self._theme.font(14 - 2 * row, weight))
            painter.drawText(MARGIN, MARGIN + line * (row + 1), text)
        painter.drawPixmap(margins.left(), margins.top(), shot)
        painter.end()
        return made

    def copy(self) -> None:
        """Copy the chart as a picture."""
        QGuiApplication.clipboard().setPixmap(self.picture())
        announce(self, _("The chart was copied as a picture."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0):
            self._zoom_by_key(key)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and shift:
            self._look(self._days.moved(HALF if key == Qt.Key.Key_Right else -HALF, self._whole))
            self._tell_days()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End) and self._stops:
            self._walk(key)
        elif self._at is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._stops[self._at])
        else:
            super().keyPressEvent(event)

    def _zoom_by_key(self, key: Qt.Key) -> None:
        """Larger or smaller about the point that the arrows are at, else about the newest; 0 for all."""
        if key == Qt.Key.Key_0:
            self._look(self._whole)
        else:
            about = 1.0 if self._at is None else self._days.share(self._stops[self._at].days.first)
            factor = 1 / STEP if key == Qt.Key.Key_Minus else STEP
            self._look(self._days.zoomed(factor, about, self._whole))
        self._tell_days()

    def _tell_days(self) -> None:
        announce(self, f"{self.view.span()}. {self.view.averages()}".strip())

    def _walk(self, key: Qt.Key) -> None:
        """One further; at the edge of what is seen the days move on to the next result."""
        last = len(self._stops) - 1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if step is None:
            self._go(0 if key == Qt.Key.Key_Home else last)
            return
        to = (last + 1 if self._at is None else self._at) + step
        if self._at is None or 0 <= to <= last:
            self._go(max(0, min(last, to)))
            return
        beyond = self._next_beyond(step)
        if beyond is not None:
            self._look(self._days.holding(beyond, self._whole))
            self._go(next(at for at, stop in enumerate(self._stops) if stop.days.first <= beyond <= stop.days.last))

    def _next_beyond(self, step: int) -> date | None:
        """The day of the nearest result that lies outside what is seen, later or earlier."""
        charts = [self._data] if self._beside is None else [self._data, self._beside]
        days = [point.when for chart in charts for point in chart.points]
        if step > 0:
            return min((day for day in days if day > self._days.last), default=None)
        return max((day for day in days if day < self._days.first), default=None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())
            return
        at = self._under(event.position())
        if at is not None and at != self._at:
            self._go(at)
        elif at is None and not self.hasFocus():
            self._let_go()

    def _drag(self, spot: QPointF) -> None:
        assert self._pressed is not None
        moved = self._pressed.x() - spot.x()
        if not self._dragged and abs(moved) < QGuiApplication.styleHints().startDragDistance():
            return
        self._dragged = True
        width = max(1.0, self.plot.area.width())
        before = self._days
        self._look(self._days.moved(moved / width, self._whole))
        if self._days != before:
            self._pressed = spot

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = self._under(event.position())
        dragged, self._pressed, self._dragged = self._dragged, None, False
        if at is not None and not dragged:
            self._open(self._stops[at])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._under(event.position()) is None:
            self._look(self._whole)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the page scrolls
            return
        area = self.plot.area
        about = min(max((event.position().x() - area.left()) / max(1.0, area.width()), 0.0), 1.0)
        factor = STEP ** (event.angleDelta().y() / NOTCH)
        self._look(self._days.zoomed(factor, about, self._whole))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._let_go()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        ways = (
            (_("Look closer (+)"), lambda: self._zoom_by_key(Qt.Key.Key_Plus)),
            (_("Look from further off (-)"), lambda: self._zoom_by_key(Qt.Key.Key_Minus)),
            (_("Show all days (0)"), lambda: self._zoom_by_key(Qt.Key.Key_0)),
            (_("Copy as a picture"), self.copy),
            (_("Save as a picture…"), self.keep_asked.emit),
        )
        for words, act in ways:
            menu.addAction(words).triggered.connect(act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _under(self, spot: QPointF) -> int | None:
        """The stop that the pointer is near, by its number."""
        near = [
            (abs(stop.spot.x() - spot.x()) + abs(stop.spot.y() - spot.y()), at) for at, stop in enumerate(self._stops)
        ]
        return min(near)[1] if near and min(near)[0] < REACH else None

    def _go(self, at: int) -> None:
        self._at = at
        self.setAccessibleDescription(self._stops[at].words)
        self.update()

    def _let_go(self) -> None:
        if self._at is not None:
            self._at = None
            self.setAccessibleDescription(self.view.spoken())
            self.update()

    def _open(self, stop: Stop) -> None:
        """A result opens; a mean is looked at closer, down to its results."""
        if stop.entry_id:
            self.point_activated.emit(stop.entry_id)
        else:
            middle = stop.days.first + (stop.days.last - stop.days.first) / 2
            factor = self._days.length / (3 * stop.days.length)
            closer = self._days.zoomed(max(STEP, factor), 0.5, self._whole)
            self._look(closer.moved(closer.share(middle) - 0.5, self._whole))
            self._tell_days()


def _stops(plot: Plot) -> list[Stop]:
    """All that is drawn of a view and what is laid over it, the earliest first."""
    views = [plot.view] if plot.view.beside is None else [plot.view, plot.view.beside]
    stops: list[Stop] = []
    for view in views:
        whose = [view.data.title] if len(views) > 1 else []
        for stretch in view.means:
            spot = QPointF(plot.x(stretch.when), plot.y(stretch.mean, view.axis))
            words = " · ".join([*whose, stretch.in_words(view.data.unit)])
            stops.append(Stop(spot, words, Days(stretch.first, stretch.last)))
        for point, shape in zip(view.points, view.shapes, strict=True):
            spot = QPointF(plot.x(point.when), plot.y(point.value, view.axis))
            words = " · ".join([*whose, *_words(view.data, point, shape)])
            stops.append(Stop(spot, words, Days(point.when, point.when), point.entry_id))
    return sorted(stops, key=lambda stop: stop.days.first)


def _words(data: ChartData, point: Point, shape: Shape) -> list[str]:
    words = [data.label(point), spoken_day(point.when)]
    return [*words, point.performer] if shape == "other" else words
