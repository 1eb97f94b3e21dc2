"""A card with a table of entries: filter, copy, and the way to the entry and to its source.

What is done to chosen rows is done to all of them, also to those that no one has looked at yet; to many as a job.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from organizer.base.figures import grouped
from organizer.base.i18n import _, pgettext
from organizer.base.progress import NoProgress, Progress
from organizer.model.entry import Changes, Entry
from organizer.model.ids import EntryId, PersonId
from organizer.services.entries import entries, moving, tags
from organizer.services.opinion import packets
from organizer.services.record import people
from organizer.services.record.records import Record
from ui.entries.tables.models import TableModel
from ui.entries.tables.table import Table, tsv
from ui.entries.tables.tag_dialog import Act, TagDialog
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.menus import menu_of
from ui.look.widgets.plain import hint
from ui.shell import clipboard
from ui.shell.context import Context

Result = TypeVar("Result")
TYPING_MS = 250
FEW = 500  # rows that are written or copied at once; more of them as a job
MOST_COPIED = 100_000


class TableCard(Card):
    """`key` names the table among the widths that are kept; `widths` are those it comes with."""

    def __init__(self, context: Context, title: str, key: str, model: TableModel, widths: list[int]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._context, self._model = context, model
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
        self._typing.timeout.connect(self._show_only)
        self.field.textChanged.connect(lambda _text: self._typing.start(TYPING_MS))
        head = FoldingRow()
        head.addWidget(self.title, 1)
        head.addWidget(self.field, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addWidget(self._foot())
        self.table.opened.connect(self._open)
        self.table.removal_wanted.connect(self._remove)
        self.table.copy_wanted.connect(self._copy)
        self.table.tags_wanted.connect(self._tag)
        # Methods, no lambdas: what outlives the card would hold it for good, with all that was read into it.
        self.table.selectionModel().selectionChanged.connect(self._look)
        model.modelReset.connect(self._look)
        model.dataChanged.connect(self._look)
        self._look()

    def _foot(self) -> Columns:
        """What looks at the chosen rows, then what changes them: beside each other where there is room."""
        theme = self._context.theme
        self._opens = button(pgettext("button", "Open"), theme, self._open_taken, "quiet")
        self._source = button(_("Source"), theme, self._show_source, "quiet", "file-text")
        copies = button(_("Copy as a table"), theme, self._copy, "quiet", "copy")
        copies.setToolTip(hint(_("Copies the chosen rows, or all, for a spreadsheet (Ctrl+C)")))
        self._removes = button(_("Remove"), theme, self._remove, "quiet", "trash-2")
        self._removes.setToolTip(hint(_("Takes the chosen rows out of the record; undo brings them back (Delete)")))
        self._tags = button(_("Tags…"), theme, self._tag, "quiet", "tag")
        self._tags.setToolTip(hint(_("Your own words on the chosen rows, to find them by (Ctrl+T)")))
        self._packets = button(_("Leave out of packets"), theme, self._keep_out, "quiet", "file-check-2")
        self._packets.setToolTip(hint(_("Packets that you make from now on go without the chosen rows")))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self._acts = (self._opens, self._source, copies, self._tags, self._packets, self._removes)
        groups = []
        for acts in (self._acts[:2], self._acts[2:4], self._acts[4:]):
            group = QWidget()
            row = FoldingRow(group)
            row.setContentsMargins(0, 0, 0, 0)
            for act in acts:
                row.addWidget(act)
            row.addStretch()
            groups.append(group)
        foot = Columns(max(widget.sizeHint().width() for widget in groups), 3, 4)
        foot.set_widgets(groups)
        return foot

    def _show_menu(self, place: QPoint) -> None:
        """The acts of the foot, for the rows chosen or the one below the pointer."""
        row = self.table.rowAt(place.y())
        if row >= 0 and row not in self.table.chosen_rows():
            self.table.selectRow(row)
        menu = menu_of(self._acts, self)
        whose = self._context.person
        others = [person for person in people.people(self._context.record) if person.person != whose]
        if others and self.table.how_many_chosen():
            to_whom = menu.addMenu(_("Move to…"))
            for person in others:
                to_whom.addAction(person.title).triggered.connect(partial(self._move_to, person.person))
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _move_to(self, person: PersonId, _checked: bool = False) -> None:
        """Give the chosen rows to another person, as one operation."""

        def move(record: Record, ids: Sequence[str], _check: Callable[[int], None]) -> Changes:
            return moving.move(record, ids, person)

        self._write_taken(_("Moving entries"), move)

    def carry_on(self, former: "TableCard") -> None:
        """Filter, order and chosen rows of the card that this one stands in for."""
        heads = former.table.horizontalHeader()
        self.table.keep(former.table.chosen_keys())
        if former.field.text():
            self.field.blockSignals(True)  # the rows are asked for now, not when typing is over
            self.field.setText(former.field.text())
            self.field.blockSignals(False)
            self._model.show_only(former.field.text())
        self.table.sortByColumn(heads.sortIndicatorSection(), heads.sortIndicatorOrder())
        self.table.choose_kept()

    def _ids(self) -> list[EntryId]:
        """Of the chosen rows; on a few only."""
        return self._model.finder(self.table.chosen_rows())(self._context.record)

    def _open_taken(self) -> None:
        for entry in entries.many(self._context.record, self._ids()[:1]):
            self._open(entry)

    def _open(self, entry: Entry) -> None:
        entries_of = entries.many(self._context.record, [entry.id])
        if entries_of:
            self._context.edit_entry(entries_of[0], entries_of[0].kind)

    def _show_source(self) -> None:
        for entry in entries.many(self._context.record, self._ids()[:1]):
            self._context.show_source(entry)

    def _remove(self) -> None:
        """All chosen entries as one operation; the toast offers to take it back."""
        self._write_taken(_("Removing entries"), entries.remove)

    def _keep_out(self) -> None:
        out = not self._all_out()

        def keep(record: Record, ids: Sequence[str], check: Callable[[int], None]) -> Changes:
            return packets.keep_out(record, ids, out, check)

        self._write_taken(_("Choosing what packets hold"), keep)

    def _write_taken(self, doing: str, act: Callable[[Record, Sequence[str], Callable[[int], None]], Changes]) -> None:
        rows = self.table.chosen_rows()
        find = self._model.finder(rows)
        if rows:
            self._write(doing, len(rows), lambda record, check: act(record, find(record), check))

    def _write(self, doing: str, of: int, act: Act) -> None:
        if of <= FEW:
            self._context.write(lambda: act(self._context.record, lambda _done: None))
            return

        def write(record: Record, progress: Progress) -> Changes:
            def check(done: int) -> None:
                progress.report(doing, done, of)
                progress.check()

            return act(record, check)

        self._context.read(doing, write, self._context.announce)

    def _tag(self) -> None:
        find = self._model.finder(self.table.chosen_rows())

        def read(record: Record, _progress: Progress) -> tuple[list[EntryId], Counter[str]]:
            ids = find(record)
            return ids, tags.borne(record, ids)

        def ask(read: tuple[list[EntryId], Counter[str]]) -> None:
            ids, borne = read
            if ids and isValid(self):
                TagDialog(self._context, ids, borne, partial(self._write, _("Tagging"), len(ids)), self).open()

        self._read(_("Reading tags"), self.table.how_many_chosen(), read, ask)

    def _read(
        self, doing: str, of: int, read: Callable[[Record, Progress], Result], done: Callable[[Result], None]
    ) -> None:
        if of <= FEW:
            done(read(self._context.record, NoProgress()))
        else:
            self._context.read(doing, read, done)

    def _copy(self) -> None:
        """The chosen rows, or all where none is chosen, with the columns' titles."""
        rows = self.table.chosen_rows() or range(self._model.rowCount())
        copied = rows[:MOST_COPIED]
        tell = self._model.teller(copied)
        titles = self._model.titles

        def copy(text: str) -> None:
            clipboard.copy(text)
            words = _("Copied. It leaves the clipboard after a minute.")
            if len(copied) < len(rows):
                words = _("Only the first {n} of {of} rows were copied.").format(
                    n=grouped(len(copied)), of=grouped(len(rows))
                )
            self._context.toast(words)

        self._read(_("Copying"), len(copied), lambda record, _progress: tsv([titles, *tell(record)]), copy)

    def _all_out(self) -> bool:
        """As far as the chosen rows are read."""
        return any(self.table.seen()) and all(entry.kept_out for entry in self.table.seen())

    def _show_only(self) -> None:
        self._model.show_only(self.field.text())

    def _look(self, *_change: object) -> None:
        chosen = self.table.how_many_chosen()
        is_single = chosen == 1
        self._removes.setEnabled(chosen > 0)
        self._tags.setEnabled(chosen > 0)
        self._packets.setEnabled(chosen > 0)
        self._packets.setText(_("Put in packets") if self._all_out() else _("Leave out of packets"))
        self._packets.setAccessibleName(self._packets.text())
        self._opens.setEnabled(is_single)
        self._source.setEnabled(is_single)
