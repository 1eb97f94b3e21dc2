"""A card with a table of entries: filter, copy, and the way to the entry and to its source."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from organizer.base.words import _
from organizer.records.entry import Entry
from organizer.services import entries, packets
from ui.context import Context
from ui.tables.models import TableModel
from ui.tables.table import Table
from ui.tables.tag_dialog import TagDialog
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.labels import label

TYPING_MS = 250


class TableCard(Card):
    """`key` names the table among the widths that are kept; `widths` are those it comes with."""

    def __init__(self, context: Context, title: str, key: str, model: TableModel, widths: list[int]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._context = context
        self.title = label(title, "heading")
        self.table = Table(title, key, model, context.theme, context.widths)
        self.table.set_widths(widths)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Only rows with …"))
        self.field.setAccessibleName(_("Only rows with these words: {table}").format(table=title))
        self.field.setMaximumWidth(context.theme.px(240))
        self.field.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(lambda: model.show_only(self.field.text()))
        self.field.textChanged.connect(lambda _text: self._typing.start(TYPING_MS))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.field)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addLayout(self._foot())
        self.table.opened.connect(self._open)
        self.table.removal_wanted.connect(self._remove)
        self.table.tags_wanted.connect(self._tag)
        self.table.selectionModel().selectionChanged.connect(lambda *_change: self._look())
        model.modelReset.connect(self._look)
        self._look()

    def _foot(self) -> QHBoxLayout:
        theme = self._context.theme
        self._opens = button(_("Open"), theme, self._open_taken, "quiet")
        self._source = button(_("Source"), theme, self._show_source, "quiet", "file-text")
        copies = button(_("Copy as a table"), theme, self._copy, "quiet", "copy")
        copies.setToolTip(_("Copies the chosen rows, or all, for a spreadsheet (Ctrl+C)"))
        row = QHBoxLayout()
        self._removes = button(_("Remove"), theme, self._remove, "quiet", "trash-2")
        self._removes.setToolTip(_("Takes the chosen rows out of the record; undo brings them back (Delete)"))
        self._tags = button(_("Tags…"), theme, self._tag, "quiet", "tag")
        self._tags.setToolTip(_("Your own words on the chosen rows, to find them by (Ctrl+T)"))
        self._packets = button(_("Leave out of packets"), theme, self._keep_out, "quiet", "file-check-2")
        self._packets.setToolTip(_("Packets that you make from now on go without the chosen rows"))
        for one in (self._opens, self._source, copies, self._tags, self._packets, self._removes):
            row.addWidget(one)
        row.addStretch()
        return row

    def _open_taken(self) -> None:
        for entry in self.table.taken()[:1]:
            self._open(entry)

    def _open(self, entry: Entry) -> None:
        found = entries.many(self._context.record, [entry.id])
        if found:
            self._context.edit_entry(found[0], found[0].kind)

    def _show_source(self) -> None:
        found = entries.many(self._context.record, [one.id for one in self.table.taken()[:1]])
        if found:
            self._context.show_source(found[0])

    def _remove(self) -> None:
        """All chosen entries as one operation; the toast offers to take it back."""
        ids = list(dict.fromkeys(one.id for one in self.table.taken()))
        if ids:
            self._context.write(lambda: entries.remove(self._context.record, ids))

    def _copy(self) -> None:
        self.table.copy()
        self._context.toast(_("Copied. It leaves the clipboard after a minute."))

    def _tag(self) -> None:
        found = entries.many(self._context.record, list(dict.fromkeys(one.id for one in self.table.taken())))
        if found:
            TagDialog(self._context, found, self).open()

    def _all_out(self) -> bool:
        chosen = self.table.taken()
        return bool(chosen) and all(one.kept_out for one in chosen)

    def _keep_out(self) -> None:
        ids = list(dict.fromkeys(one.id for one in self.table.taken()))
        out = not self._all_out()
        self._context.write(lambda: packets.keep_out(self._context.record, ids, out))

    def _look(self) -> None:
        chosen = len(self.table.selectionModel().selectedRows())
        one = chosen == 1
        self._removes.setEnabled(chosen > 0)
        self._tags.setEnabled(chosen > 0)
        self._packets.setEnabled(chosen > 0)
        self._packets.setText(_("Put in packets") if self._all_out() else _("Leave out of packets"))
        self._packets.setAccessibleName(self._packets.text())
        self._opens.setEnabled(one)
        self._source.setEnabled(one)
