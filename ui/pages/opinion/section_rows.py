"""The packet's sections to tick, in an order that a person makes: by dragging, by a menu or by Alt and an arrow."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.services.opinion.packets import SectionInfo
from ui.look.theme import Theme
from ui.look.widgets.announcing import announce
from ui.look.widgets.buttons import icon_button
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.tick_box import TickBox

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SectionRow(QWidget):
    """A section with its box and, where it may stand elsewhere, a handle; `dragged` carries the pointer's height."""

    dragged = Signal(int)
    dropped = Signal()
    menu_wanted = Signal()

    def __init__(self, theme: Theme, section: SectionInfo, on: bool) -> None:
        super().__init__()
        self.section = section
        self.box = TickBox(section.title)
        self.box.setChecked(on)
        across = FoldingRow(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.box, 1)
        self.handle = self._made_handle(theme) if section.movable else None
        if self.handle is not None:
            across.addWidget(self.handle)
        self._pressed_at: int | None = None
        self._dragging = False

    def _made_handle(self, theme: Theme) -> QToolButton:
        words = _("Move {title}").format(title=self.section.title)
        handle = icon_button("grip-vertical", words, theme, lambda: None)
        handle.setCursor(Qt.CursorShape.SizeVerCursor)
        handle.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the box beside it takes the keys
        handle.installEventFilter(self)
        self.box.setAccessibleDescription(_("Alt and an arrow up or down move it."))
        return handle

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press that moves drags the section, one that doesn't opens the menu."""
        if watched is not self.handle or not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        height = event.globalPosition().toPoint().y()
        if event.type() is QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragging = height, False
        elif event.type() is QEvent.Type.MouseMove and self._pressed_at is not None:
            far = abs(height - self._pressed_at) >= QApplication.startDragDistance()
            self._dragging = self._dragging or far
            if self._dragging:
                self.dragged.emit(height)
        elif event.type() is QEvent.Type.MouseButtonRelease and self._pressed_at is not None:
            self._pressed_at = None
            (self.dropped if self._dragging else self.menu_wanted).emit()
        return False


class SectionRows(QWidget):
    """`ticked` is called with a section's id and whether it is wanted; `arranged` carries all ids in a new order."""

    arranged = Signal(list)

    def __init__(
        self, theme: Theme, sections: Sequence[SectionInfo], included: set[str], ticked: Callable[[str, bool], None]
    ) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._rows: list[SectionRow] = []
        for section in sections:
            row = SectionRow(theme, section, section.id in included)
            row.box.toggled.connect(partial(ticked, section.id))
            row.box.installEventFilter(self)
            row.dragged.connect(partial(self._drag, row))
            row.dropped.connect(self._tell)
            row.menu_wanted.connect(partial(self._show_menu, row))
            self._rows.append(row)
            self._column.addWidget(row)

    @property
    def order(self) -> list[str]:
        """The ids from top to bottom."""
        return [row.section.id for row in self._rows]

    def box(self, section: str) -> TickBox:
        """The box of a section."""
        return next(row.box for row in self._rows if row.section.id == section)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with an arrow moves the section whose box has the focus; the menu key shows the ways it may go."""
        row = next((row for row in self._rows if row.box is watched), None)
        if row is None or not row.section.movable:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._step(row, step)
                return True
        if isinstance(event, QContextMenuEvent):
            self._show_menu(row)
            return True
        return super().eventFilter(watched, event)

    def _show_menu(self, row: SectionRow) -> None:
        menu = QMenu(self)
        place, last = self._rows.index(row), len(self._movable) - 1
        first = self._rows.index(self._movable[0])
        for words, target in (
            (_("Move up"), place - 1),
            (_("Move down"), place + 1),
            (_("Move to the top"), first),
            (_("Move to the bottom"), first + last),
        ):
            action = menu.addAction(words)
            action.setEnabled(target != place and first <= target <= first + last)
            action.triggered.connect(partial(self._go, row, target))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(row.mapToGlobal(row.rect().bottomRight()))

    @property
    def _movable(self) -> list[SectionRow]:
        return [row for row in self._rows if row.section.movable]

    def _step(self, row: SectionRow, step: int) -> None:
        self._go(row, self._rows.index(row) + step)

    def _go(self, row: SectionRow, place: int) -> None:
        if self._put(row, place):
            self._tell()

    def _drag(self, row: SectionRow, height: int) -> None:
        """The section follows the pointer: it takes the place of the row whose middle the pointer has passed."""
        at = height - self.mapToGlobal(self.rect().topLeft()).y()
        above = [other for other in self._movable if other is not row and other.geometry().center().y() < at]
        self._put(row, self._rows.index(self._movable[0]) + len(above))

    def _put(self, row: SectionRow, place: int) -> bool:
        """Put a row at that place, where a movable one stands; True where it went."""
        if not 0 <= place < len(self._rows) or not self._rows[place].section.movable or self._rows[place] is row:
            return False
        self._rows.remove(row)
        self._rows.insert(place, row)
        self._column.removeWidget(row)
        self._column.insertWidget(place, row)
        self._set_tab_order()
        return True

    def _set_tab_order(self) -> None:
        for before, after in zip(self._rows, self._rows[1:], strict=False):
            QWidget.setTabOrder(before.box, after.box)

    def _tell(self) -> None:
        self.arranged.emit(self.order)
        focus = next((row for row in self._rows if row.box.hasFocus()), None)
        if focus is not None:
            words = _("{title}: place {n} of {of}")
            place = self._rows.index(focus) + 1
            announce(focus.box, words.format(title=focus.section.title, n=place, of=len(self._rows)))
