"""Small pictures of documents' first pages: drawn one by one in the background, kept in memory only."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel
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
MOST_IMAGES = 300
FINER = 3


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A picture that is still to be drawn: as large as fits into `size` (pixels of the screen), for as long as its
    `owner` is there."""

    original: Original
    size: QSize
    owner: QObject
    show: Callable[[QImage], None]

    @property
    def key(self) -> tuple[str, int, int]:
        """What is equal of two is the same picture."""
        return self.original.sha256, self.size.width(), self.size.height()


class Thumbnails:
    """`place` gives the label of a document's picture; `draw` fills those that are still to be drawn."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._images: dict[tuple[str, int, int], QImage] = {}
        self._waiting: deque[_Wanted] = deque()

    def forget(self) -> None:
        """Nothing of the documents stays in memory."""
        self._images.clear()
        self._waiting.clear()

    def place(self, original: Original) -> QLabel:
        """A sheet with the document's first page; an icon until it is drawn, and where there are no pages."""
        made, theme = QLabel(), self._context.theme
        made.setFixedSize(theme.px(WIDE), theme.px(HIGH))
        made.setPixmap(self.sheet(made.size(), None))
        self.want(original, made.size(), made, lambda image: made.setPixmap(self.sheet(made.size(), image)))
        return made

    def want(self, original: Original, size: QSize, owner: QObject, show: Callable[[QImage], None]) -> None:
        """Call `show` with the first page within a size, now where it was drawn before, else when its turn comes; never
        for what has no pages or is very large."""
        wanted = _Wanted(original, size * self._ratio, owner, show)
        image = self._images.get(wanted.key)
        if image is not None:
            show(image)
            return
        may_be_drawn = original.media_type == "application/pdf" or original.media_type.startswith("image/")
        if may_be_drawn and original.size <= LARGEST:
            self._waiting.append(wanted)

    def draw(self) -> None:
        """Draw the next one; each is a job of its own, so that whatever the person asks for comes between."""
        while self._waiting and not isValid(self._waiting[0].owner):
            self._waiting.popleft()
        if self._waiting:
            self._ask(self._waiting.popleft())

    def _ask(self, wanted: _Wanted) -> None:
        def arrived(image: QImage) -> None:
            while len(self._images) >= MOST_IMAGES:
                self._images.pop(next(iter(self._images)))
            self._images[wanted.key] = image
            if isValid(wanted.owner):
                wanted.show(image)
            self.draw()

        self._context.read(
            _("Drawing small pictures"),
            lambda record, _progress: _drawn(record, wanted.original.sha256, wanted.size),
            arrived,
        )

    @property
    def _ratio(self) -> float:
        application = QApplication.instance()
        return application.devicePixelRatio() if isinstance(application, QApplication) else 1.0

    def sheet(self, size: QSize, image: QImage | None) -> QPixmap:
        """A picture in the middle of a size; an icon where there is none."""
        theme, ratio = self._context.theme, self._ratio
        sheet = QPixmap(size * ratio)
        sheet.setDevicePixelRatio(ratio)
        sheet.fill(Qt.GlobalColor.transparent)
        inside = QRect(QPoint(), size).adjusted(1, 1, -1, -1)
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
        return sheet


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
