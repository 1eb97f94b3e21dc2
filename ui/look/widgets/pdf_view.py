"""Pages of a document as pictures in a scroll view; drawn only when they come into sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.base.i18n import _
from ui.look.theme import Theme
from ui.look.widgets.buttons import button, icon_button
from ui.look.widgets.drawing import Drawing
from ui.look.widgets.emptying import empty
from ui.look.widgets.labels import label
from ui.look.widgets.page_words import PageWords, PlacedWord
from ui.shell import clipboard

ZOOMS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_ALIKE = 0.005
_AROUND = 12  # pixels beside words on a page
Answer = Callable[[QImage | str], None]
Draw = Callable[[int, float, Answer], None]


class _PageView(Drawing):
    """One page; asks for its picture when it is painted first."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, view: "PdfView", number: int, size: tuple[float, float]) -> None:
        super().__init__()
        self._view, self.number, self.points = view, number, size
        self._picture: QPixmap | None = None
        self._asked, self._why_not = False, ""
        self.words = PageWords()
        self._zoom = 1.0
        self.setAccessibleName(_("Page {n}").format(n=number + 1))
        self.resize_to(1.0)

    def resize_to(self, zoom: float) -> None:
        """Take the size of a zoom; the picture is asked for anew."""
        self._asked, self._zoom = False, zoom
        self.setFixedSize(QSize(round(self.points[0] * zoom), round(self.points[1] * zoom)))

    def show_picture(self, drawn: QImage | str) -> None:
        """The picture has come, or in words why there is none; it is late where other pages are shown by now."""
        if not isValid(self):
            return
        if isinstance(drawn, str):
            self._why_not = drawn
            self.setAccessibleDescription(drawn)
        else:
            self._picture = QPixmap.fromImage(drawn)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(self.rect()), self._picture, QRectF(self._picture.rect()))
        elif self._why_not:
            painter.setPen(Qt.GlobalColor.black)
            around = self.rect().adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._why_not)
        self.words.paint(painter, self._zoom)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._view.edge)  # where one white page ends and the next begins
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
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
    """`draw(page, scale, answer)` is asked for the picture of a page (from 0) at `scale` pixels a point.

    Ctrl+wheel and the keys + − zoom, W fits the width and P the whole page; it stays so when the view changes its size.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._zoom, self._fitted = theme, 1.0, ""
        self._matches: list[tuple[int, int]] = []
        self._turned = 0
        self.edge = theme.color("border")
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

    @property
    def at_hand(self) -> int:
        """The page (from 0) in the middle of what is seen."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return next((view.number for view in self._pages if view.geometry().bottom() >= middle), 0)

    def show_pages(self, sizes: Sequence[tuple[float, float]], draw: Draw, page: int = 0) -> None:
        """Show pages of these sizes in points, beginning at `page`."""
        self.clear()
        self.go_on(sizes, draw)
        self.go_to(page)

    def go_on(self, sizes: Sequence[tuple[float, float]], draw: Draw) -> None:
        """Let the pages that are shown stay as they are, and show the others of a document that begins with them."""
        self._draw = draw
        if self._pages:
            self._column.takeAt(self._column.count() - 1)  # the stretch below them
        for number, size in list(enumerate(sizes))[len(self._pages) :]:
            view = _PageView(self, number, size)
            view.resize_to(self._zoom)
            self._pages.append(view)
            self._column.addWidget(view, 0, Qt.AlignmentFlag.AlignHCenter)
            view.show()  # now: what waits for its turn to be shown has no place yet to go to
        self._column.addStretch()
        if self._fitted:
            self.fit(self._fitted)

    def say(self, words: str) -> None:
        """Show words instead of pages."""
        self.clear()
        self._column.addWidget(label(words, "second"))

    def clear(self) -> None:
        """Show nothing."""
        self._pages.clear()
        self._matches.clear()
        empty(self._column)

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
        self._matches = []
        for view in self._pages:
            view.words.find(wanted)
            self._matches += [(view.number, place) for place in view.words.matches]
            view.update()
        self.go_to_found(0)
        return len(self._matches)

    def go_to_found(self, number: int) -> int:
        """Bring a found word into sight (from 0, going round); gives which one it is, −1 where none was found."""
        if not self._matches:
            return -1
        number %= len(self._matches)
        page, place = self._matches[number]
        for view in self._pages:
            view.words.at_hand = place if view.number == page else -1
            view.update()
        view, box = self._pages[page], self._pages[page].words.box(place)
        self._inside.adjustSize()
        self.verticalScrollBar().setValue(view.y() + round(box.y() * self._zoom) - self.height() // 3)
        self.horizontalScrollBar().setValue(view.x() + round(box.center().x() * self._zoom) - self.width() // 2)
        return number

    def forget_selections(self) -> None:
        """Nothing is selected on any page."""
        for view in self._pages:
            view.words.forget()
            view.update()

    def zoom_by(self, steps: int) -> None:
        """A step larger (+1) or smaller (−1)."""
        beyond = [value for value in ZOOMS if (value - self._zoom) * steps > _ALIKE]
        if beyond:
            self._fitted = ""
            self._zoom_to(beyond[0] if steps > 0 else beyond[-1])

    def fit(self, what: str) -> None:
        """Fit the pages' "width", or the whole "page", as long as nothing else is chosen."""
        self._fitted = what
        if self._pages:
            margins = self._column.contentsMargins()
            wide = self.viewport().width() - margins.left() - margins.right()
            high = self.viewport().height() - margins.top() - margins.bottom()
            widest = max(view.points[0] for view in self._pages)
            highest = max(view.points[1] for view in self._pages)
            zoom = wide / widest if what == "width" else min(wide / widest, high / highest)
            at_hand = self.at_hand
            self._zoom_to(max(ZOOMS[0], min(ZOOMS[-1], zoom)))
            if what == "page":
                self.go_to(at_hand)

    def tools(self) -> list[QWidget]:
        """Buttons for all this."""
        theme = self._theme
        return [
            button(_("Fit width"), theme, lambda: self.fit("width"), "quiet"),
            button(_("Whole page"), theme, lambda: self.fit("page"), "quiet"),
            icon_button("zoom-out", _("Smaller"), theme, lambda: self.zoom_by(-1)),
            icon_button("zoom-in", _("Larger"), theme, lambda: self.zoom_by(1)),
        ]

    def _zoom_to(self, zoom: float, at: int = 0) -> None:
        """What stands `at` pixels below the view's top stays there."""
        bar, ratio = self.verticalScrollBar(), zoom / self._zoom
        if abs(ratio - 1) < _ALIKE:
            return
        place, self._zoom = bar.value() + at, zoom
        for view in self._pages:
            view.resize_to(zoom)
            view.update()
        self._inside.adjustSize()
        bar.setValue(round(place * ratio) - at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit(self._fitted)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()
            steps, self._turned = int(self._turned / 120), self._turned - 120 * int(self._turned / 120)
            if steps:
                self._fitted = ""
                zoom = max(ZOOMS[0], min(ZOOMS[-1], self._zoom * 1.15**steps))
                self._zoom_to(zoom, round(event.position().y()))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {"+": lambda: self.zoom_by(1), "-": lambda: self.zoom_by(-1), "W": lambda: self.fit("width")}
        acts["P"] = lambda: self.fit("page")
        act = acts.get(event.text().upper())
        if act is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            act()
        else:
            super().keyPressEvent(event)

    def ask(self, view: _PageView) -> None:
        """A page came into sight."""
        if self._draw is not None:
            self._draw(view.number, self._zoom * self.devicePixelRatioF() * 1.5, view.show_picture)
