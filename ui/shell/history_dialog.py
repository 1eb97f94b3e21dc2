"""What was done in the record, the latest first; the record is taken back to a step, or forward again to one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, ngettext
from organizer.base.progress import Progress
from organizer.model.entry import Changes
from organizer.services.record import history
from organizer.services.record.history import Operation
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.plain import hint
from ui.shell.context import Context

MOST = 500
WIDTH, HEIGHT = 620, 520  # pixels at 100 % text


class HistoryDialog(Dialog):
    """A step that is chosen is the last one that stands afterwards: all later ones are undone, by one press."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(_("What was done"))
        self.setAccessibleName(self.windowTitle())
        self.list = QListWidget()
        self.list.setAccessibleName(self.windowTitle())
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _row: self._look())
        self._consequence = label("", "second")
        self.back_button = button(_("Take back"), context.theme, self._go, "primary", "undo-2")
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(label(_("Choose a step: it and all later ones are taken back, or done again."), "second"))
        column.addWidget(self.list, 1)
        column.addWidget(self._consequence)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(button(_("Close"), self._context.theme, self.reject))
        foot.addWidget(self.back_button)
        column.addLayout(foot)
        resize_within(self, self._context.theme.px(WIDTH), self._context.theme.px(HEIGHT))

    def _fill(self) -> None:
        self._operations = history.history(self._context.record)[:MOST]
        self.list.clear()
        for operation in self._operations:
            item = QListWidgetItem(_spoken(operation))
            item.setToolTip(hint(_spoken(operation)))
            self.list.addItem(item)
        standing = (place for place, operation in enumerate(self._operations) if not operation.undone)
        self.list.setCurrentRow(next(standing, 0) if self._operations else -1)
        self._look()

    def _chosen(self) -> Operation | None:
        row = self.list.currentRow()
        return self._operations[row] if 0 <= row < len(self._operations) else None

    def _steps(self) -> int:
        """How many operations go back (or forth) with the chosen one."""
        chosen = self._chosen()
        if chosen is None:
            return 0
        numbers = [operation.number for operation in self._operations if operation.undone == chosen.undone]
        if chosen.undone:
            return sum(number <= chosen.number for number in numbers)
        return sum(number >= chosen.number for number in numbers)

    def _look(self) -> None:
        chosen, steps = self._chosen(), self._steps()
        self.back_button.setEnabled(steps > 0)
        if chosen is None:
            self._consequence.setText(_("Nothing was done yet."))
            return
        if chosen.undone:
            self.back_button.setText(_("Do again"))
            words = ngettext("{n} step is done again.", "{n} steps are done again.", steps)
        else:
            self.back_button.setText(_("Take back"))
            words = ngettext("{n} step is taken back.", "{n} steps are taken back.", steps)
        self.back_button.setAccessibleName(self.back_button.text())
        self._consequence.setText(words.format(n=steps))

    def _go(self) -> None:
        """One step after the other, as undo and redo would, in the background: an import may be among them."""
        chosen, steps = self._chosen(), self._steps()
        if chosen is None:
            return
        act = history.redo if chosen.undone else history.undo

        def work(record: Record, progress: Progress) -> list[Changes]:
            done: list[Changes] = []
            for number in range(steps):
                progress.report(self.windowTitle(), number, steps)
                done.append(act(record))
            return done

        self.back_button.setEnabled(False)
        self._context.read(self.windowTitle(), work, self._tell)

    def _tell(self, done: list[Changes]) -> None:
        """The pages hear of each step, also where the dialog was closed meanwhile."""
        for changes in done:
            self._context.events.changed.emit(changes)
        if isValid(self):
            self._fill()


def _spoken(operation: Operation) -> str:
    """`29 Nov 2026, 10:41 UTC – Added diagnosis “Asthma”`, and that it is undone."""
    words = _("{when} – {what} (undone)") if operation.undone else _("{when} – {what}")
    return words.format(when=PartialDate(operation.made_at).spoken_with_time(), what=operation.label)
