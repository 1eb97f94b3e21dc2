"""Tags of one or several entries: those in use with a tick each, and room for a new one."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from organizer.base.errors import InvalidEntryError
from organizer.base.figures import grouped
from organizer.base.i18n import _, ngettext
from organizer.model.entry import Changes
from organizer.services.entries import tags
from organizer.services.record.records import Record
from ui.shell.context import Context
from ui.shell.safekeeping.asking import Asking

_State = Qt.CheckState
Act = Callable[[Record, Callable[[int], None]], Changes]
"""A write to a record that tells now and then how many entries are done."""


class TagDialog(Asking):
    """A tag that only some of the entries bear is half ticked, and stays so unless the person ticks it.

    `borne` says how many bear each tag; `write` carries out what is asked, at once or as a job.
    """

    def __init__(
        self,
        context: Context,
        ids: Sequence[str],
        borne: Mapping[str, int],
        write: Callable[[Act], None],
        parent: QWidget,
    ) -> None:
        count = ngettext("{n} entry is chosen.", "{n} entries are chosen.", len(ids)).format(n=grouped(len(ids)))
        super().__init__(context.theme, context.jobs, _("Tags"), count, parent)
        self._ids, self._borne, self._write = list(ids), borne, write
        self.list = QListWidget()
        self.list.setAccessibleName(_("Tags in use"))
        self.list.setMinimumHeight(context.theme.px(140))
        self._before: dict[str, Qt.CheckState] = {}
        for tag, _count in tags.known(context.record, context.person):
            self._add(tag)
        self.list.setVisible(bool(self._before))
        self.field = QLineEdit()
        self.field.setMaxLength(tags.LONGEST)
        self.field.setPlaceholderText(_("For example: ask about this"))
        self.field.setAccessibleName(_("A new tag"))
        self.column.addWidget(self.list)
        self.add_field(self.field, _("Tags are yours alone: they are never printed in a packet."))
        self.add_foot(_("Keep the tags"), self.keep, "tag")
        self.field.setFocus()

    def keep(self) -> None:
        """Write what was ticked, unticked and typed, as one operation."""
        items = [self.list.item(row) for row in range(self.list.count())]
        after = {item.data(Qt.ItemDataRole.UserRole): item.checkState() for item in items}
        give = [tag for tag, state in after.items() if state is not self._before[tag] and state is _State.Checked]
        take = [tag for tag, state in after.items() if state is not self._before[tag] and state is _State.Unchecked]
        give += [self.field.text()] if self.field.text().strip() else []
        try:
            give = [tags.plain(tag) for tag in give]
        except InvalidEntryError as error:
            self.say(f"{error} {error.next_step}", self.field)
            return
        self.accept()
        self._write(lambda record, check: tags.change(record, self._ids, give, take, check))

    def _add(self, tag: str) -> None:
        bearing, of = self._borne.get(tag, 0), len(self._ids)
        state, words = (_State.Checked if bearing else _State.Unchecked), tag
        if 0 < bearing < of:
            state, words = _State.PartiallyChecked, _("{tag} (on {n} of {of})").format(tag=tag, n=bearing, of=of)
        self._before[tag] = state
        item = QListWidgetItem(words)
        item.setSizeHint(QSize(0, self.theme.px(32)))  # room for the box of the tick
        item.setData(Qt.ItemDataRole.UserRole, tag)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        self.list.addItem(item)
