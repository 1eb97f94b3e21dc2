"""Pages of a document as pictures in a scroll view; drawn only when they come into sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.base.words import _
from ui import clipboard
from ui.theme import Theme
from ui.widgets.drawing import Drawing
from ui.widgets.page_words import PageWords, PlacedWord

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
Answer = Callable[[QImage], None]
Draw = Callable[[int, float, Answer], None]


class _PageView(Drawing):
    """One page; asks for its picture when it is painted first."""

    role = QAccessible.Role.Graphic

    def __init__(self, view: "PdfView", number: int, size: tuple[float, float]) -> None:
        super().__init__()
        self._view, self.number, self._size = view, number, size
        self._picture: QPixmap | None = None
        self._asked = False
        self.words = PageWords()
        self._zoom = 1.0
        self.setAccessibleName(_("Page {n}").format(n=number + 1))
        self.resize_to(1.0)

    def resize_to(self, zoom: float) -> None:
        """Take the size of a zoom; the picture is asked for anew."""
        self._asked, self._zoom = False, zoom
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
        self.words.paint(painter, self._zoom)
        if not self._asked:
            self._asked = True
            self._view.ask(self)

    def set_words(self, words: Sequence[PlacedWord]) -> None:
        """Lay words over the page: they can be found, selected by dragging and copied."""
        self.words = PageWords(words)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor if words else Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.words and event.button() == Qt.MouseButton.LeftButton:
            self._view.forget_selections()
            self.words.begin(event.position() / self._zoom)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.words and event.buttons() & Qt.MouseButton.LeftButton:
            self.words.extend(event.position() / self._zoom)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.words.selected_text:
            clipboard.copy(self.words.selected_text)
        else:
            super().keyPressEvent(event)


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

    def set_words(self, page: int, words: Sequence[PlacedWord]) -> None:
        """The words of a page (from 0) with their places in points."""
        if 0 <= page < len(self._pages):
            self._pages[page].set_words(words)

    def find_words(self, wanted: Sequence[str]) -> int:
        """Mark the words that begin so (lower case) and go to the first; gives how many there are."""
        found = [view.words.find(wanted) for view in self._pages]
        for view in self._pages:
            view.update()
        first = next((view for view, count in zip(self._pages, found, strict=True) if count), None)
        box = first.words.first_found if first else None
        if first is not None and box is not None:
            self.verticalScrollBar().setValue(first.y() + round(box.y() * self._zoom) - self.height() // 3)
        return sum(found)

    def forget_selections(self) -> None:
        """Nothing is selected on any page."""
        for view in self._pages:
            view.words.forget()
            view.update()

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
