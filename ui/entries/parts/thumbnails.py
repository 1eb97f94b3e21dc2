"""Small pictures of documents' first pages: drawn one by one in the background, kept in memory only."""

from collections import deque

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from organizer.base.errors import OrganizerError
from organizer.base.i18n import _
from organizer.model.ids import Sha256
from organizer.services.entries import documents
from organizer.services.entries.documents import Original
from organizer.services.record.records import Record
from ui.entries.parts.pages_shown import picture
from ui.look.icons import pixmap
from ui.shell.context import Context

WIDE, HIGH = 40, 52  # pixels at 100 % text
LARGEST = 8_000_000  # bytes of a file: a larger one would keep other work waiting
MOST_KEPT = 200
FINER = 3


class Thumbnails:
    """`place` gives the label of a document's picture; `draw` fills those that are still to be drawn."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._kept: dict[tuple[str, float], QImage] = {}
        self._waiting: deque[tuple[Original, QLabel]] = deque()

    def forget(self) -> None:
        """Nothing of the documents stays in memory."""
        self._kept.clear()
        self._waiting.clear()

    def place(self, original: Original) -> QLabel:
        """A sheet with the document's first page; an icon until it is drawn, and where there are no pages."""
        made, theme = QLabel(), self._context.theme
        made.setFixedSize(theme.px(WIDE), theme.px(HIGH))
        image = self._kept.get((original.sha256, theme.scale))
        self._show(made, image)
        may_be_drawn = original.media_type == "application/pdf" or original.media_type.startswith("image/")
        if may_be_drawn and original.size <= LARGEST and image is None:
            self._waiting.append((original, made))
        return made

    def draw(self) -> None:
        """Draw the next one; each is a job of its own, so that whatever the person asks for comes between."""
        while self._waiting and not isValid(self._waiting[0][1]):
            self._waiting.popleft()
        if self._waiting:
            self._ask(*self._waiting.popleft())

    def _ask(self, original: Original, place: QLabel) -> None:
        size = place.size() * place.devicePixelRatioF()

        def arrived(image: QImage) -> None:
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[original.sha256, self._context.theme.scale] = image
            if isValid(place):
                self._show(place, image)
            self.draw()

        self._context.read(
            _("Drawing small pictures"), lambda record, _progress: _drawn(record, original.sha256, size), arrived
        )

    def _show(self, place: QLabel, image: QImage | None) -> None:
        theme, ratio = self._context.theme, place.devicePixelRatioF()
        sheet = QPixmap(place.size() * ratio)
        sheet.setDevicePixelRatio(ratio)
        sheet.fill(Qt.GlobalColor.transparent)
        inside = place.rect().adjusted(1, 1, -1, -1)
        painter = QPainter(sheet)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image is None or image.isNull():
            drawn = pixmap("file-text", theme, "text2", theme.px(20), ratio)
            box = QRect(0, 0, theme.px(20), theme.px(20))
            box.moveCenter(inside.center())
            painter.drawPixmap(box, drawn)
        else:
            box = QRect(inside.topLeft(), image.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio))
            box.moveCenter(inside.center())
            painter.drawImage(box, image)
            painter.setPen(theme.color("border"))
            painter.drawRect(QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()
        place.setPixmap(sheet)


def _drawn(record: Record, sha256: Sha256, size: QSize) -> QImage:
    """The first page as large as fits; an empty picture of what has none or can't be opened."""
    try:
        data = documents.original(record, sha256)
    except OrganizerError:
        return QImage()  # opening it says so in words
    # Larger than it is shown: made smaller by Qt, its lines stay smooth.
    drawn = documents.draw_first(data, FINER * size.width(), FINER * size.height())
    if drawn is None:
        return QImage()
    return picture(drawn).scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
