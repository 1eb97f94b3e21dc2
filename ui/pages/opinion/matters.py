"""Which sensitive matters a paper may show: asked before it is saved, where the record holds any."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.services.opinion.leaving_out import MatterInfo
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.tick_box import TickBox
from ui.shell.context import Context

WIDTH, HEIGHT = 520, 420  # pixels at 100 % text

Ticked = frozenset[str]


def ask_matters(
    parent: QWidget, context: Context, look: Callable[[Record], list[MatterInfo]], go_on: Callable[[Ticked], object]
) -> None:
    """Ask which of the matters that `look` finds a paper may show, then go on; at once where there is none."""

    def ask(matters: list[MatterInfo]) -> None:
        if not matters:
            go_on(frozenset())
            return
        dialog = MattersDialog(context, matters, parent)
        dialog.accepted.connect(lambda: go_on(dialog.ticked))
        dialog.open()

    context.read(_("Looking for sensitive matters"), lambda record, _progress: look(record), ask, parent)


class MattersDialog(Dialog):
    """All matters off; `ticked` are those that the person lets out."""

    def __init__(self, context: Context, matters: Sequence[MatterInfo], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Sensitive matters"))
        self.setAccessibleName(self.windowTitle())
        self.boxes = {matter.id: TickBox(matter_said(matter)) for matter in matters}
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        words = _(
            "What is not ticked stays out of this paper. Where a list is shortened by that, the paper says that it may "
            "be incomplete by choice."
        )
        column.addWidget(label(words))
        for box in self.boxes.values():
            column.addWidget(box)
        column.addStretch()
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(button(_("Cancel"), theme, self.reject))
        go_on = button(_("Go on"), theme, self.accept, "primary")
        go_on.setDefault(True)
        foot.addWidget(go_on)
        column.addLayout(foot)
        resize_within(self, theme.px(WIDTH), theme.px(HEIGHT))

    @property
    def ticked(self) -> Ticked:
        """The ids of the matters that may be shown."""
        return frozenset(matter for matter, box in self.boxes.items() if box.isChecked())


def matter_said(matter: MatterInfo) -> str:
    """`HIV (2)`: a matter and how many entries are about it."""
    return _("{matter} ({n})").format(matter=matter.title, n=matter.count)
