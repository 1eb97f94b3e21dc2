"""One page of a document as a picture, a row's place marked on it and brought into sight."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea

from organizer.base.i18n import _
from ui.look.theme import Theme
from ui.look.widgets.drawing import Drawing

_MARGIN = 3  # around the marked row, in the page's unit at scale 1
_BESIDE = 0.3  # of the view's height stays above a marked row


class _Sheet(Drawing):
    """The picture and the mark; the box is in the picture's own pixels."""

    role = QAccessible.Role.Graphic

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap()
        self.box = QRectF()

    def show_picture(self, picture: QPixmap) -> None:
        """Another page."""
        self._picture = picture
        self.setFixedSize(picture.size() / picture.devicePixelRatio() if picture.width() else QSize(1, 1))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        if self.box.isEmpty():
            return
        ground = self._theme.color("accent")
        ground.setAlpha(40)
        painter.setBrush(ground)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawRoundedRect(self.box, 4, 4)


class PagePicture(QScrollArea):
    """Shows the picture of a page; `mark` sets the place by fractions of the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Page of the report"))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sheet = _Sheet(theme)
        self.setWidget(self._sheet)
        self._place: tuple[float, float, float, float] | None = None

    @property
    def marked(self) -> QRectF:
        """The marked place in logical pixels of the picture."""
        return self._sheet.box

    def show_picture(self, image: QImage) -> None:
        """The picture of a page, at the screen's density."""
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheet.show_picture(picture)
        self._draw_mark()

    def mark(self, place: tuple[float, float, float, float]) -> None:
        """Mark a place: left, top, right, bottom as fractions of the page."""
        self._place = place
        self._draw_mark()

    def _draw_mark(self) -> None:
        wide, high = self._sheet.width(), self._sheet.height()
        if self._place is None or wide <= 1:
            return
        left, top, right, bottom = self._place
        box = QRectF(left * wide, top * high, (right - left) * wide, (bottom - top) * high)
        self._sheet.box = box.adjusted(-_MARGIN * 2, -_MARGIN, _MARGIN * 2, _MARGIN)
        self._sheet.update()
        self.verticalScrollBar().setValue(round(box.y() - self.viewport().height() * _BESIDE))
