"""A document in the viewer: its pages or its picture, zoom, and finding words on them."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from organizer.base.words import _, ngettext
from organizer.services import recognition
from organizer.services.documents import Original
from organizer.services.recognition import PageWords
from ui.context import Context
from ui.parts.pages_shown import show_pdf
from ui.widgets.buttons import icon_button
from ui.widgets.card import Card
from ui.widgets.labels import label, one_line
from ui.widgets.pdf_view import Answer, PdfView

WIDEST = 760.0  # points that a picture takes at 100 %


class DocumentView(Card):
    """`page` counts from 0; `find` are words to mark on its pages. A file without pages says so."""

    def __init__(self, context: Context, original: Original, data: bytes, page: int, find: str = "") -> None:
        super().__init__(original.name)
        self._context, self._wanted = context, find
        self.view = PdfView(context.theme, original.name)
        self.view.setMinimumHeight(520)
        self.field = QLineEdit()
        self._count = one_line("", "second")
        picture = None if data.startswith(b"%PDF") else upright_picture(data)
        if picture is None and not data.startswith(b"%PDF"):
            self.body.addWidget(label(_("This file has no pages; what was read from it stands below."), "second"))
            return
        self.body.addLayout(self._tools())
        self.body.addWidget(self.view)
        scale = 1.0
        if picture is None:
            show_pdf(context, self.view, data, page, lambda: self._ask_words(original.sha256, scale))
        else:
            scale = min(1.0, WIDEST / max(1, picture.width()))
            self._show_picture(picture, scale)
            self._ask_words(original.sha256, scale)

    def _tools(self) -> QHBoxLayout:
        theme = self._context.theme
        self.field.setPlaceholderText(_("Find on these pages"))
        self.field.setAccessibleName(_("Find on these pages"))
        self.field.setMaximumWidth(theme.px(260))
        self.field.textChanged.connect(self._find)
        self.field.hide()
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addWidget(self._count)
        row.addStretch()
        row.addWidget(icon_button("zoom-out", _("Smaller"), theme, lambda: self.view.zoom_by(-1)))
        row.addWidget(icon_button("zoom-in", _("Larger"), theme, lambda: self.view.zoom_by(1)))
        return row

    def _show_picture(self, picture: QImage, scale: float) -> None:
        def draw(_number: int, _scale: float, answer: Answer) -> None:
            answer(picture)

        self.view.show_pages([(picture.width() * scale, picture.height() * scale)], draw)

    def _ask_words(self, sha256: str, scale: float) -> None:
        self._context.read(
            _("Reading the words"),
            lambda record, _progress: recognition.words_on(record, sha256),
            lambda pages: self._lay_over(pages, scale),
        )

    def _lay_over(self, pages: Sequence[PageWords], scale: float) -> None:
        for page in pages:
            words = [word.scaled(scale) for word in page.words]
            self.view.set_words(page.number - 1, [(one.text, one.x0, one.y0, one.x1, one.y1) for one in words])
        self.field.setVisible(bool(pages))
        if any(word.confidence is not None for page in pages for word in page.words):
            self._count.setText(_("Recognised text: it may hold mistakes."))
        if pages and self._wanted:
            self.field.setText(self._wanted)

    def _find(self, text: str) -> None:
        found = self.view.find_words(text.casefold().split())
        words = ngettext("{n} place", "{n} places", found).format(n=found)
        self._count.setText(words if text.strip() else "")


def upright_picture(data: bytes) -> QImage | None:
    """A picture upright, as its camera says; None for what Qt can't draw."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    image = reader.read()
    return None if image.isNull() else image
