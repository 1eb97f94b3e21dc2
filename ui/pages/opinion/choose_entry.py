"""Choose one entry of the shown person: type some of its words, arrow down, Enter."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.kinds import find_kind, names
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.shell.context import Context

MOST = 60
_CHOOSABLE = (*names(lambda kind: kind.chronology), "Coverage")


class EntryChooser(Dialog):
    """`chosen` gets the entry."""

    def __init__(
        self,
        context: Context,
        title: str,
        chosen: Callable[[Entry], object],
        parent: QWidget,
        kinds: tuple[str, ...] = _CHOOSABLE,
    ) -> None:
        super().__init__(parent)
        self._context, self._chosen, self._kinds = context, chosen, kinds
        self._listed: list[Entry] = []
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Part of the title"))
        self.field.setPlaceholderText(_("Part of the title"))
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._take_first)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Entries"))
        self.list.setSpacing(4)
        self.list.itemActivated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(_("Which entry answers “{line}”?").format(line=title), "heading"))
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        resize_within(self, context.theme.px(560), context.theme.px(460))
        self._search("")

    def _search(self, text: str) -> None:
        query = Query(kinds=self._kinds, person=self._context.person, text=text, include_struck=False, limit=MOST)
        self._listed = entries.find(self._context.record, query)
        self.list.clear()
        for entry in self._listed:
            day = entry.happened.spoken() if entry.happened else _("undated")
            words = f"{plain_title(entry)}\n{_(find_kind(entry.kind).label)} · {day}"
            self.list.addItem(QListWidgetItem(words))

    def _take_first(self) -> None:
        if self._listed:
            self.list.setCurrentRow(max(self.list.currentRow(), 0))
            self._take(self.list.currentItem())

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            entry = self._listed[self.list.row(item)]
            self.accept()
            self._chosen(entry)

    def keyPressEvent(self, event: object) -> None:
        """Arrow down goes from the field into the list."""
        key = event.key()  # type: ignore[attr-defined]
        if key == Qt.Key.Key_Down and self.field.hasFocus() and self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(0)
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]
