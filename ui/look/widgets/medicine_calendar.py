"""Medicines as spans on a calendar: a lane for each medicine, its doses side by side, side effects as marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from organizer.base.dates import spoken_day
from organizer.base.i18n import _, ngettext
from organizer.health.chart import month_ticks
from organizer.health.series import Span
from organizer.model.ids import EntryId
from ui.look.theme import Theme
from ui.look.widgets.chart_marks import draw_span
from ui.look.widgets.drawing import Drawing
from ui.look.widgets.plain import show_hint

LANE, NAME, FOOT = 34, 150, 28


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day, such as a side effect."""

    name: str
    when: date
    entry_id: EntryId


class MedicineCalendar(Drawing):
    """`activated` carries the entry id of the span or mark that is clicked or entered; arrow keys go through them."""

    activated = Signal(str)

    def __init__(self, theme: Theme, spans: Sequence[Span], marks: Sequence[Mark], until: date) -> None:
        super().__init__()
        self._theme = theme
        self._names = list(dict.fromkeys(span.name for span in sorted(spans, key=lambda span: span.start)))
        in_order = sorted(spans, key=lambda span: (self._names.index(span.name), span.start))
        self._items: list[Span | Mark] = [*in_order, *sorted(marks, key=lambda mark: mark.when)]
        self._has_marks = bool(marks)
        begin = min([*(span.start for span in spans), *(mark.when for mark in marks)])
        self._start, self._end = begin, max(until, begin)
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Medicines on a calendar"))
        count = ngettext("{n} medicine", "{n} medicines", len(self._names)).format(n=len(self._names))
        self.setAccessibleDescription(f"{count}: {', '.join(self._names)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(640), px(LANE) * (len(self._names) + self._has_marks) + px(FOOT) + px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(12))
        self._draw_months(painter)
        self._draw_names(painter)
        for number, item in enumerate(self._items):
            self._draw_item(painter, item, number == self._at and self.hasFocus())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._items:
            now = -1 if self._at is None else self._at
            self._go(max(0, min(len(self._items) - 1, now + step)))
        elif self._at is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self._items[self._at].entry_id)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at is not None:
            self._go(at)
            show_hint(event.globalPosition().toPoint(), self._in_words(self._items[at]), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at is not None:
            self.activated.emit(self._items[at].entry_id)

    def _go(self, at: int) -> None:
        self._at = at
        self.setAccessibleDescription(self._in_words(self._items[at]))
        self.update()

    def _under(self, spot: QPointF) -> int | None:
        boxes = (self._box(item).adjusted(-4, 0, 4, 0) for item in self._items)
        return next((number for number, box in enumerate(boxes) if box.contains(spot)), None)

    def _in_words(self, item: Span | Mark) -> str:
        if isinstance(item, Mark):
            return f"{item.name} · {spoken_day(item.when)}"
        if item.end is None and not item.end_known:
            words = _("{what}, from {day}, not said until when")
            return words.format(what=item.label, day=spoken_day(item.start))
        until = spoken_day(item.end) if item.end else _("now")
        return f"{item.name} {item.dose} · {spoken_day(item.start)} – {until}".replace("  ", " ")

    def _x(self, day: date) -> float:
        left = self._theme.px(NAME)
        wide = self.width() - left - self._theme.px(16)
        whole = max(1, (self._end - self._start).days)
        return left + wide * min(1.0, max(0.0, (day - self._start).days / whole))

    def _box(self, item: Span | Mark) -> QRectF:
        px = self._theme.px
        if isinstance(item, Mark):
            top = px(LANE) * len(self._names)
            return QRectF(self._x(item.when) - px(6), top + px(8), px(12), px(12))
        left, right = self._x(item.start), self._x(item.end or self._end)
        top = px(LANE) * self._names.index(item.name)
        return QRectF(left, top + px(3), max(px(4), right - left - 2), px(LANE) - px(8))

    def _draw_months(self, painter: QPainter) -> None:
        px, bottom = self._theme.px, self.height() - self._theme.px(FOOT)
        for day, words in month_ticks(self._start, self._end, max(2, (self.width() - px(NAME)) // px(70))):
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawLine(QPointF(self._x(day), 0), QPointF(self._x(day), bottom))
            painter.setPen(self._theme.color("text2"))
            box = QRectF(self._x(day) - px(36), bottom + px(4), px(72), px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)

    def _draw_names(self, painter: QPainter) -> None:
        px = self._theme.px
        painter.setPen(self._theme.color("text"))
        for lane, name in enumerate([*self._names, *([_("Side effects")] if self._has_marks else [])]):
            box = QRectF(0, px(LANE) * lane, px(NAME) - px(10), px(LANE) - px(2))
            words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_item(self, painter: QPainter, item: Span | Mark, focused: bool) -> None:
        box, theme = self._box(item), self._theme
        painter.setPen(QPen(theme.color("focus"), 2) if focused else Qt.PenStyle.NoPen)
        if isinstance(item, Mark):
            painter.setBrush(theme.color("caution"))
            painter.drawEllipse(box)
            return
        colour = theme.color(("span_purple", "span_blue")[self._names.index(item.name) % 2])
        draw_span(painter, box, colour, item.end_known)
        if focused:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.color("text"))
        inside = box.adjusted(theme.px(6), 0, -theme.px(4), 0)
        words = painter.fontMetrics().elidedText(item.dose, Qt.TextElideMode.ElideRight, int(inside.width()))
        if len(words) > 1:
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, words)
