"""Pages of a document as pictures in a scroll view; drawn only when they come into sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.base.words import _
from ui.theme import Theme

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
Answer = Callable[[QImage], None]
Draw = Callable[[int, float, Answer], None]


class _PageView(QWidget):
    """One page; asks for its picture when it is painted first."""

    def __init__(self, view: "PdfView", number: int, size: tuple[float, float]) -> None:
        super().__init__()
        self._view, self.number, self._size = view, number, size
        self._picture: QPixmap | None = None
        self._asked = False
        self.setAccessibleName(_("Page {n}").format(n=number + 1))
        self.resize_to(1.0)

    def resize_to(self, zoom: float) -> None:
        """Take the size of a zoom; the picture is asked for anew."""
        self._asked = False
        self.setFixedSize(QSize(round(self._size[0] * zoom), round(self._size[1] * zoom)))

    def show_picture(self, image: QImage) -> None:
        """The picture has come; it is late where other pages are shown by now."""
        if not isValid(self):
            return
        self._picture = QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(self.rect()), self._picture, QRectF(self._picture.rect()))
        if not self._asked:
            self._asked = True
            self._view.ask(self)


class PdfView(QScrollArea):
    """`draw(page, scale, answer)` is asked for the picture of a page (from 0) at `scale` pixels a point."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._zoom = theme, 1.0
        self._draw: Draw | None = None
        self._pages: list[_PageView] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(12)
        self.setWidget(self._inside)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def show_pages(self, sizes: Sequence[tuple[float, float]], draw: Draw, page: int = 0) -> None:
        """Show pages of these sizes in points, beginning at `page`."""
        self.clear()
        self._draw = draw
        for number, size in enumerate(sizes):
            view = _PageView(self, number, size)
            view.resize_to(self._zoom)
            self._pages.append(view)
            self._column.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch()
        self.go_to(page)

    def clear(self) -> None:
        """Show nothing."""
        self._pages.clear()
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()

    def go_to(self, page: int) -> None:
        """Scroll to a page (from 0)."""
        if 0 <= page < len(self._pages):
            self._inside.adjustSize()
            self.verticalScrollBar().setValue(self._pages[page].y())

    def zoom_by(self, steps: int) -> None:
        """A step larger (+1) or smaller (−1)."""
        near = min(range(len(ZOOMS)), key=lambda place: abs(ZOOMS[place] - self._zoom))
        self._zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, near + steps))]
        for view in self._pages:
            view.resize_to(self._zoom)
            view.update()

    def ask(self, view: _PageView) -> None:
        """A page came into sight."""
        if self._draw is not None:
            self._draw(view.number, self._zoom * self.devicePixelRatioF() * 1.5, view.show_picture)
