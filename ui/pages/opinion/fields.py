"""Some fields of an entry, written as they stand: what is typed is kept a moment later, without a Save button."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from organizer.model.entry import Entry
from organizer.model.kind import FieldType
from organizer.model.kinds import find_kind
from organizer.services.opinion import cases
from ui.entries.forms.entry_form import FieldRow, stored_text
from ui.pages.opinion.step import Journey

AFTER_MS = 700
BETWEEN = 16  # pixels between two fields
_WIDE = (FieldType.LONG_TEXT, FieldType.LINES, FieldType.SCALE)


class Fields(QWidget):
    """The named fields of an entry as editors. What doesn't fit is said at its field and not written."""

    def __init__(self, journey: Journey, entry: Entry, names: Sequence[str], stacked: bool = False) -> None:
        super().__init__()
        self._journey, self._entry, self._stacked = journey, entry, stacked
        self._grid, self._narrow = QGridLayout(), False
        kind = find_kind(entry.kind)
        declared = [field for name in names if (field := kind.field(name))]
        self.rows = {field.name: FieldRow(field, journey.say(field.label)) for field in declared}
        self._stored = {field.name: stored_text(kind, entry, field) for field in declared}
        for name, row in self.rows.items():
            row.editor.set_text(self._stored[name])
            row.editor.changed.connect(self._typed)
            row.editor.main_widget().installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)
        journey.context.leaving.connect(self.write)
        self._lay_out()

    def write(self) -> None:
        """Write now what differs from what is kept."""
        self._timer.stop()
        changed = {name: text for name, row in self.rows.items() if (text := row.editor.text()) != self._stored[name]}
        good = {name: text for name, text in changed.items() if self.rows[name].fits()}
        if not good:
            return
        written = self._journey.write(lambda: cases.fill(self._journey.context.record, self._entry.id, good))
        if written is not None:
            self._stored |= good

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who leaves a field has written it: what is done next comes after it, also for undo."""
        if event.type() == QEvent.Type.FocusOut and self._timer.isActive():
            self.write()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: object) -> None:
        """What was typed a moment ago is not lost when somebody goes on."""
        if self._timer.isActive():
            self.write()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _typed(self) -> None:
        self._timer.start(AFTER_MS)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest field alone."""
        return QSize(self._widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two beside each other, where there is room for two."""
        super().resizeEvent(event)
        is_narrow = self.width() < 2 * self._widest + BETWEEN
        if is_narrow != self._narrow:
            self._narrow = is_narrow
            self._place()

    @property
    def _widest(self) -> int:
        return max((row.minimumSizeHint().width() for row in self.rows.values()), default=0)

    def _place(self) -> None:
        grid, line, column = self._grid, 0, 0
        for row in self.rows.values():
            wide = self._stacked or self._narrow or row.field.type in _WIDE or row.field.name == "title"
            if wide and column:
                line, column = line + 1, 0
            grid.addWidget(row, line, column, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            line, column = (line + 1, 0) if wide or column else (line, 1)

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(BETWEEN)
        self._grid.setVerticalSpacing(12)
        self._place()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._grid)
