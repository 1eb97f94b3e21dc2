"""What every page is built on: a header, a scrolling body, and a refresh that waits until somebody looks."""

from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.model.entry import Changes
from organizer.model.ids import NOBODY, PersonId
from ui.look.widgets.page_header import PageHeader
from ui.look.widgets.scrolling import Inside, scrolling
from ui.shell.context import Context

SIDE, FOOT = 32, 24  # pixels around what a page shows
NARROW = 600  # pixels at 100 % text of a page
MOST_WIDE = 1600
"""Pixels at 100 %: on a wider screen nobody finds the end of a line again."""


class Page(QWidget):
    """A page of the window. A new one sets `id`, `title`, `icon`, fills `body` and writes `refresh`.

    `moved` says that its `place` is another one. `help` is what F1 says about it, above the page `guide` of the guide.
    A kind whose `page` is this page's id is shown by `open(entry=id)`.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    icon: ClassVar[str] = "file-text"
    help: ClassVar[str] = ""
    guide: ClassVar[str] = "index.md"
    moved = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.stale = True
        self.setAccessibleName(_(self.title))
        self.header = PageHeader(_(self.title))
        self.inside = inside = Inside()
        inside.setObjectName("pageBody")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(SIDE, FOOT, SIDE, FOOT)
        self.body.setSpacing(16)
        self.body.addWidget(self.header)
        self.area = scrolling(inside, _(self.title))
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        context.events.changed.connect(self._on_changed)
        context.events.theme_changed.connect(lambda _theme: self.mark_stale())
        context.person_changed.connect(self.forget)

    @property
    def place(self) -> str:
        """Where one is, as it is kept for the next start: the page's id, and behind a stroke the step on it."""
        return self.id

    def pin(self) -> bool:
        """Pin or unpin what is at hand; False where nothing here can be pinned."""
        return False

    def paper(self) -> tuple[bytes, str] | None:
        """The document in front and its name, where the page shows one: what printing prints then."""
        return None

    def refresh(self) -> None:
        """(Re)load through `context.read` and fill the body."""

    def touched_by(self, changes: Changes) -> bool:
        """Whether an operation concerns what this page shows."""
        return True

    def open(self, **where: object) -> None:
        """Show a place within the page, such as `entry=id` or `code="2160-0"`."""

    def forget(self, _person: PersonId = NOBODY) -> None:
        """Another person is shown: nothing of the one before may stay in sight."""
        self.mark_stale()

    def mark_stale(self) -> None:
        """Refresh now where the page is in sight, else when it comes into sight."""
        self.stale = True
        if self.isVisible():
            self._refresh_now()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            self._refresh_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, less of it is left empty."""
        super().resizeEvent(event)
        side = SIDE // 2 if self.width() < self.context.theme.px(NARROW) else SIDE
        if self.body.contentsMargins().left() != side:
            self.body.setContentsMargins(side, FOOT, side, FOOT)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def _refresh_now(self) -> None:
        self.stale = False
        self.inside.setMaximumWidth(self.context.theme.px(MOST_WIDE))
        self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if self.touched_by(changes):
            self.mark_stale()
