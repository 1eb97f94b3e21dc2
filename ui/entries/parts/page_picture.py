"""One page of a document as a picture: it draws the page of a place, marks the place and brings it into sight."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.services.bring_in.lab_reports import Place
from organizer.services.entries import documents
from ui.entries.parts.pages_shown import picture
from ui.look.theme import Theme
from ui.look.widgets.buttons import icon_button
from ui.look.widgets.drawing import Drawing
from ui.shell.context import Context

WIDTH = 470
"""Of a page at 100 %, in the look's own pixels."""
_ZOOMS = (1.0, 1.4, 2.0, 2.8)
_NARROWEST = 200
_FILLED, _LARGEST_AT_FIRST = 1.05, 2.0
"""So much of the view's width a row may fill when it is first shown, and how large it is shown at most by itself."""
_MARGIN = 3  # around the marked row, in the page's unit at scale 1
_BESIDE = 0.3  # of the view's height stays above a marked row


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place by fractions of the page: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def on(self, wide: int, high: int) -> QRectF:
        return QRectF(
            self.left * wide, self.top * high, (self.right - self.left) * wide, (self.bottom - self.top) * high
        )


class _Sheet(Drawing):
    """The picture with the row and, within it, the cell that is looked at; boxes are in the picture's own pixels."""

    spoken_role = QAccessible.Role.Graphic

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap()
        self.box, self.cell = QRectF(), QRectF()

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
        painter.setPen(QPen(self._theme.color("accent"), 1 if not self.cell.isEmpty() else 2))
        painter.drawRoundedRect(self.box, 4, 4)
        if not self.cell.isEmpty():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(self.cell, 3, 3)


class _View(QScrollArea):
    """The page that is looked at; Ctrl+wheel and the keys + − make it larger and smaller."""

    def __init__(self, sheet: _Sheet, pages: "PagePicture") -> None:
        super().__init__()
        self._pages = pages
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Page of the document"))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        # Always there, so that the page's width doesn't depend on its height.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(sheet)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._pages.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()), 0)
        if steps:
            self._pages.zoom_by(steps)
        else:
            super().keyPressEvent(event)


class PagePicture(QWidget):
    """Shows the page of the place that is looked at. `sizes` are those of the document's pages, in their own unit."""

    def __init__(self, context: Context, data: bytes, name: str, sizes: Sequence[tuple[float, float]]) -> None:
        super().__init__()
        self._context, self._data, self._name, self._sizes = context, data, name, sizes
        self._sheet = _Sheet(context.theme)
        self._view = _View(self._sheet, self)
        self._page, self._zoom = 0, 0.0
        self._row: _Mark | None = None
        self._cell: _Mark | None = None
        tools = QHBoxLayout()
        tools.addStretch()
        tools.addWidget(icon_button("zoom-out", _("Smaller"), context.theme, lambda: self.zoom_by(-1)))
        tools.addWidget(icon_button("zoom-in", _("Larger"), context.theme, lambda: self.zoom_by(1)))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(tools)
        rows.addWidget(self._view, 1)

    @property
    def page(self) -> int:
        """The page that is shown, from 1; 0 before one is."""
        return self._page

    @property
    def marked(self) -> QRectF:
        """The marked row in logical pixels of the picture."""
        return self._sheet.box

    @property
    def cell(self) -> QRectF:
        """The marked cell in logical pixels of the picture; empty where only a row is marked."""
        return self._sheet.cell

    def show_place(self, place: Place, cell: Place | None = None) -> None:
        """Draw the page of a place, mark it, and within it the cell that is meant."""
        self._row = self._mark_of(place)
        self._cell = self._mark_of(cell) if cell is not None else None
        self._zoom = self._zoom or self._zoom_for(self._row)
        if place.page == self._page:
            self._draw_marks()
        else:
            self._page = place.page
            self._draw()

    def zoom_by(self, steps: int) -> None:
        """One step larger or smaller, as far as there is one."""
        wanted = _ZOOMS.index(self._zoom) + steps
        if self._page and 0 <= wanted < len(_ZOOMS):
            self._zoom = _ZOOMS[wanted]
            self._draw()

    def _zoom_for(self, row: _Mark) -> float:
        """How large the page is at first: so that a row of it can be read, as of a photograph with a table around."""
        fitting = [zoom for zoom in _ZOOMS if zoom * (row.right - row.left) <= _FILLED and zoom <= _LARGEST_AT_FIRST]
        return fitting[-1] if fitting else _ZOOMS[0]

    def _mark_of(self, place: Place) -> _Mark:
        width, height = self._sizes[place.page - 1]
        return _Mark(place.x0 / width, place.y0 / height, place.x1 / width, place.y1 / height)

    def _draw(self) -> None:
        number, zoom = self._page, self._zoom
        width, _height = self._sizes[number - 1]
        seen = self._view.viewport().width()
        shown_width = seen if self._view.isVisible() and seen >= _NARROWEST else self._context.theme.px(WIDTH)
        wide = shown_width * self.devicePixelRatioF() * zoom

        def arrived(drawn: documents.PageImage) -> None:
            if (number, zoom) == (self._page, self._zoom):  # meanwhile another may have been asked for
                self._show(picture(drawn), round(wide))

        self._context.read(
            _("Drawing pages"),
            lambda _record, progress: documents.draw(self._data, number - 1, wide / width, self._name, progress),
            arrived,
            self,
        )

    def _show(self, drawn: QImage, wide: int) -> None:
        """The picture of a page, at the screen's density."""
        shown = QPixmap.fromImage(drawn.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheet.show_picture(shown)
        self._draw_marks()

    def _draw_marks(self) -> None:
        wide, high = self._sheet.width(), self._sheet.height()
        if self._row is None or wide <= 1:
            return
        box = self._row.on(wide, high)
        cell = self._cell.on(wide, high) if self._cell is not None else QRectF()
        self._sheet.box = box.adjusted(-_MARGIN * 2, -_MARGIN, _MARGIN * 2, _MARGIN)
        self._sheet.cell = cell.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN) if not cell.isEmpty() else cell
        self._sheet.update()
        self._view.verticalScrollBar().setValue(round(box.y() - self._view.viewport().height() * _BESIDE))
        self._view.horizontalScrollBar().setValue(max(0, round(box.x()) - _MARGIN * 4))
        if not cell.isEmpty():
            self._view.ensureVisible(round(cell.center().x()), round(cell.center().y()), round(cell.width()), 0)
