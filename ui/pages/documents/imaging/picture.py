"""One image drawn: window by dragging, zoom, pan, lengths; on black, as radiology looks at it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform, QWheelEvent

from organizer.base.figures import with_sign
from organizer.base.i18n import _
from organizer.services.entries import images
from organizer.services.entries.images import Frame
from ui.look.theme import Theme
from ui.look.widgets.drawing import Drawing

_NEAREST, _FARTHEST, _STEP = 0.5, 16.0, 1.25
_INK = QColor("#FFD866")  # on black and on white bone alike, with a dark line below it
Line = tuple[QPointF, QPointF]


class Picture(Drawing):
    """`stepped` asks for other slices; `looked` says that the window changed; `measured` that a length did."""

    stepped = Signal(int)
    looked = Signal()
    measured = Signal()

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._frame: Frame | None = None
        self._image = QImage()
        self._words = _("Opening the images…")
        self.center, self.width_of_window = 0.0, 0.0
        self.zoom, self._moved = 1.0, QPointF()
        self.turns, self.is_negative = 0, False
        self.measuring = False
        self.line: Line | None = None
        self.cross: QPointF | None = None
        self._from: QPointF | None = None
        self._turned = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(260, 260))

    @property
    def frame(self) -> Frame | None:
        """The image that is shown."""
        return self._frame

    def show_frame(self, frame: Frame, own_window: bool) -> None:
        """Another image; it takes its file's own window where the person chose none."""
        self._frame, self._words = frame, ""
        if own_window:
            self.center, self.width_of_window = frame.center, frame.width
        self._draw()

    def say(self, words: str) -> None:
        """Words in place of an image."""
        self._frame, self._image, self._words = None, QImage(), words
        self.update()

    def set_window(self, center: float, width: float) -> None:
        """Another window, in the image's unit."""
        self.follow_window(center, width)
        self.looked.emit()

    def follow_window(self, center: float, width: float) -> None:
        """The same, where somebody else said so already."""
        self.center, self.width_of_window = center, max(width, 1.0)
        self._draw()

    def zoom_by(self, steps: int) -> None:
        """A step nearer (+1) or farther (−1); 0 fits the image again."""
        self.zoom = min(max(self.zoom * _STEP**steps, _NEAREST), _FARTHEST) if steps else 1.0
        if not steps:
            self._moved = QPointF()
        self.update()

    def pan(self, across: float, down: float) -> None:
        """Move the image by logical pixels."""
        self._moved += QPointF(across, down)
        self.update()

    def turn(self) -> None:
        """A quarter to the right."""
        self.turns = (self.turns + 1) % 4
        self.update()

    def set_negative(self, on: bool) -> None:
        """Black for white, or as the file asks for."""
        self.is_negative = on
        self._draw()

    def as_taken(self) -> None:
        """Upright, whole and not negative, as the file asks for."""
        self.turns, self.is_negative = 0, False
        self.zoom_by(0)

    @property
    def sides(self) -> tuple[str, ...]:
        """Which side of the patient lies at the left, top, right and bottom of what is shown; empty where unknown."""
        sides = self._frame.sides if self._frame is not None else ()
        return sides[len(sides) - self.turns :] + sides[: len(sides) - self.turns]

    def measure(self, on: bool) -> None:
        """Begin or end measuring; by keyboard a cross moves and Enter sets its ends."""
        self.measuring, self.line = on, None
        self.cross = QPointF(self._image.width() / 2, self._image.height() / 2) if on else None
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        self.measured.emit()
        self.update()

    def move_cross(self, across: float, down: float) -> None:
        """Move the cross by pixels of the image, as it is turned; a begun line ends at it."""
        if self.cross is None:
            return
        for _quarter in range(self.turns):
            across, down = down, -across
        self.cross += QPointF(across, down)
        if self.line is not None:
            self._measure_to(self.cross)
        self.update()

    def set_end(self) -> None:
        """Begin a line at the cross, or keep the one that ends there."""
        if self.cross is not None:
            self.line = (QPointF(self.cross), QPointF(self.cross))
            self.measured.emit()

    def length(self) -> str:
        """The measured length in words; "" where nothing is measured."""
        if self.line is None or self._frame is None:
            return ""
        start, end = ((point.x(), point.y()) for point in self.line)
        length = images.length(self._frame, start, end)
        if length is None:
            return _("no scale in this file")
        words = _("{mm} mm").format(mm=with_sign(f"{length:.1f}"))
        return _("about {length}, at the detector").format(length=words) if self._frame.at_detector else words

    def _measure_to(self, end: QPointF) -> None:
        if self.line is not None:
            self.line = (self.line[0], QPointF(end))
            self.measured.emit()
            self.update()

    def _draw(self) -> None:
        if self._frame is None:
            return
        high, wide = self._frame.values.shape[:2]
        colour = self._frame.colour
        kind = QImage.Format.Format_RGB888 if colour else QImage.Format.Format_Grayscale8
        data = images.pixels(self._frame, self.center, self.width_of_window)
        self._image = QImage(data, wide, high, wide * (3 if colour else 1), kind).copy()
        if self.is_negative:
            self._image.invertPixels()
        self.update()

    def _to_widget(self) -> QTransform:
        """From pixels of the image to those of the widget; pixels that aren't square are drawn in their true shape."""
        down, across = (self._frame.spacing if self._frame else None) or (1.0, 1.0)
        wide, high = self._image.width() * across, self._image.height() * down
        shown_wide, shown_high = (high, wide) if self.turns % 2 else (wide, high)
        scale = min(self.width() / max(shown_wide, 1e-6), self.height() / max(shown_high, 1e-6)) * self.zoom
        middle = QPointF(self.rect().center()) + self._moved
        made = QTransform.fromTranslate(middle.x(), middle.y())
        made.rotate(90 * self.turns)
        made.scale(scale * across, scale * down)
        return made.translate(-self._image.width() / 2, -self._image.height() / 2)

    def _in_image(self, point: QPointF) -> QPointF:
        back, _is_possible = self._to_widget().inverted()
        return back.map(point)

    def _on_widget(self, point: QPointF) -> QPointF:
        return self._to_widget().map(point)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        if self._image.isNull():
            painter.setPen(QColor("#DDDDDD"))
            area = self.rect().adjusted(24, 24, -24, -24)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.save()
            painter.setTransform(self._to_widget(), True)
            painter.drawImage(QPointF(), self._image)
            painter.restore()
            self._paint_sides(painter)
            self._paint_length(painter)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect())

    def _paint_sides(self, painter: QPainter) -> None:
        """The letters of the patient's sides, each in the middle of its edge."""
        flags = Qt.AlignmentFlag
        places = (
            flags.AlignLeft | flags.AlignVCenter,
            flags.AlignTop | flags.AlignHCenter,
            flags.AlignRight | flags.AlignVCenter,
            flags.AlignBottom | flags.AlignHCenter,
        )
        painter.setFont(self._theme.font(16, "SemiBold"))
        area = self.rect().adjusted(10, 8, -10, -8)
        for place, letters in zip(places, self.sides, strict=False):
            for off, ink in ((1, QColor("black")), (0, _INK)):
                painter.setPen(ink)
                painter.drawText(area.translated(off, off), place, letters)
        painter.setFont(self._theme.font(14))

    def _paint_length(self, painter: QPainter) -> None:
        for ink, thick in ((QColor("black"), 4), (_INK, 2)):
            painter.setPen(QPen(ink, thick))
            if self.line is not None:
                painter.drawLine(*(self._on_widget(point) for point in self.line))
            if self.cross is not None:
                at = self._on_widget(self.cross)
                painter.drawLine(at - QPointF(8, 0), at + QPointF(8, 0))
                painter.drawLine(at - QPointF(0, 8), at + QPointF(0, 8))
        if self.line is not None:
            at = self._on_widget(self.line[1]) + QPointF(12, -8)
            box = painter.fontMetrics().boundingRect(self.length()).adjusted(-6, -3, 6, 3)
            painter.fillRect(QRectF(box).translated(at), QColor(0, 0, 0, 190))
            painter.setPen(_INK)
            painter.drawText(at, self.length())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        steps, self._turned = int(self._turned / 120), self._turned - 120 * int(self._turned / 120)
        if steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(steps)
        elif steps:
            self.stepped.emit(-steps)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position()
        if self.measuring and event.button() == Qt.MouseButton.LeftButton:
            self.cross = self._in_image(event.position())
            self.set_end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        moved, self._from = event.position() - self._from, event.position()
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.buttons() & Qt.MouseButton.MiddleButton or shifted:
            self.pan(moved.x(), moved.y())
        elif self.measuring:
            self.cross = self._in_image(event.position())
            self._measure_to(self.cross)
        else:
            self.drag_window(moved.x(), moved.y())

    def drag_window(self, across: float, down: float) -> None:
        """To the right widens the window, down brightens: a share of its width a pixel."""
        if self._frame is not None and not self._frame.colour:
            step = max(self.width_of_window, 1.0) / 250
            self.set_window(self.center - down * step, self.width_of_window + across * step)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
