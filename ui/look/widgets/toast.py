"""A word in passing at the window's foot, with Undo instead of “Are you sure?”."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from organizer.base.i18n import _
from ui.look.widgets.announcing import announce
from ui.look.widgets.labels import one_line

SHOWN_MS = 8_000
MOST_LETTERS = 90


class Toast(QFrame):
    """Stays above its window's foot and goes by itself; not while the pointer or the focus is on it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self._window = window
        self._undo: Callable[[], None] | None = None
        self._words = one_line("")
        self._ways: list[QPushButton] = []
        self._button = QPushButton(_("Undo"))
        self._button.setAccessibleName(_("Undo"))
        self._button.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self._button)
        self._row = row
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)
        window.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; "" while it is hidden."""
        return self._words.text() if self.isVisible() else ""

    def say(
        self,
        text: str,
        undo: Callable[[], None] | None = None,
        ways: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a text and let a screen reader say it; with `undo` a button takes it back, `ways` are further ones."""
        self._undo = undo
        self._offer(ways or {})
        self._words.setText(text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…")
        self.setAccessibleName(text)
        self._button.setVisible(undo is not None)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)
        announce(self, text)

    def clear(self) -> None:
        """Say nothing any more, and forget what was said."""
        self._undo = None
        self._offer({})
        self._words.setText("")
        self.setAccessibleName("")
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _take_back(self) -> None:
        undo = self._undo
        self.clear()
        if undo:
            undo()

    def _offer(self, ways: Mapping[str, Callable[[], object]]) -> None:
        for button in self._ways:
            button.hide()
            self._row.removeWidget(button)
            button.deleteLater()
        self._ways = []
        for words, act in ways.items():
            button = QPushButton(words)
            button.setAccessibleName(words)
            button.clicked.connect(act)
            self._row.addWidget(button)
            self._ways.append(button)

    def _go(self) -> None:
        if self.underMouse() or any(button.hasFocus() for button in (self._button, *self._ways)):
            self._timer.start(SHOWN_MS)
        else:
            self.clear()

    def _place(self) -> None:
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - 24)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
