"""A document in the viewer: its pages or its picture, zoom, and finding words on them."""

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from organizer.base.i18n import _, ngettext
from organizer.model.ids import Sha256
from organizer.services.bring_in import recognition
from organizer.services.bring_in.recognition import PageWords
from organizer.services.entries import documents
from organizer.services.entries.documents import Original
from ui.entries.parts.pages_shown import show_document
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label, one_line
from ui.look.widgets.pdf_view import PdfView
from ui.look.widgets.plain import hint
from ui.shell.context import Context

WIDEST = 760.0  # points that a picture takes at 100 %


class DocumentView(Card):
    """`page` counts from 0; `find` are words to mark on its pages. A file without pages says so."""

    def __init__(self, context: Context, original: Original, data: bytes, page: int, find: str = "") -> None:
        super().__init__(original.name)
        self._context, self._wanted = context, find
        self._hits = self._at = 0
        self.view = PdfView(context.theme, original.name)
        self.view.setMinimumHeight(520)
        self.field = QLineEdit()
        self._count = one_line("", "second")
        if not documents.has_pages(data):
            self.body.addWidget(label(_("This file has no pages; what was read from it stands below."), "second"))
            return
        self.body.addLayout(self._tools())
        self.body.addWidget(self.view)
        widest = WIDEST if original.media_type.startswith("image/") else 0.0
        show_document(
            context, self.view, data, page, lambda scale: self._ask_words(original.sha256, scale), widest=widest
        )

    def _tools(self) -> QHBoxLayout:
        theme = self._context.theme
        self.field.setPlaceholderText(_("Find on these pages"))
        self.field.setAccessibleName(_("Find on these pages"))
        self.field.setMaximumWidth(theme.px(260))
        self.field.textChanged.connect(self._find)
        self.field.setToolTip(hint(_("Enter goes to the next place, Shift+Enter back")))
        self.field.installEventFilter(self)
        self.field.hide()
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addWidget(self._count)
        row.addStretch()
        for tool in self.view.tools():
            row.addWidget(tool)
        return row

    def _ask_words(self, sha256: Sha256, scale: float) -> None:
        self._context.read(
            _("Reading the words"),
            lambda record, _progress: recognition.words_on(record, sha256),
            lambda pages: self._lay_over(pages, scale),
            self,
        )

    def _lay_over(self, pages: Sequence[PageWords], scale: float) -> None:
        for page in pages:
            words = [word.scaled(scale) for word in page.words]
            self.view.set_words(page.number - 1, [(word.text, word.x0, word.y0, word.x1, word.y1) for word in words])
        self.field.setVisible(bool(pages))
        if any(word.confidence is not None for word in chain.from_iterable(page.words for page in pages)):
            self._count.setText(_("Recognised text: it may hold mistakes."))
        if pages and self._wanted:
            self.field.setText(self._wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the field goes from place to place."""
        pressed = watched is self.field and event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return super().eventFilter(watched, event)

    def _find(self, text: str) -> None:
        self._hits, self._at = self.view.find_words(text.casefold().split()), 0
        words = ngettext("{n} place", "{n} places", self._hits).format(n=self._hits)
        self._count.setText(words if text.strip() else "")

    def _go_on(self, step: int) -> None:
        at = self.view.go_to_found(self._at + step)
        if at >= 0:
            self._at = at
            self._count.setText(_("Place {n} of {of}").format(n=at + 1, of=self._hits))
