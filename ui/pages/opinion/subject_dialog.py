"""What a case is about: the person ticks the diagnoses; none is ticked where several unlike ones could be meant."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import chain

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.health.problems import WORDS, ProblemState, state_of
from organizer.health.titles import plain_title
from organizer.model.entry import Changes, Entry
from organizer.model.ids import EntryId
from organizer.services.opinion import cases
from ui.look.widgets.buttons import button
from ui.look.widgets.card import line
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.tick_box import TickBox
from ui.pages.opinion.step import Journey

_SAID = (ProblemState.PROVISIONAL, ProblemState.DIFFERENTIAL)
"""States that are said beside a diagnosis: the others go without saying here."""


class SubjectDialog(Dialog):
    """`groups` are diagnoses that belong together each; `chosen` gets those that are ticked."""

    def __init__(
        self,
        journey: Journey,
        groups: Sequence[Sequence[Entry]],
        ticked: Collection[EntryId],
        chosen: Callable[[list[EntryId]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._journey, self._chosen = journey, chosen
        self.setWindowTitle(_("What this case is about"))
        self.setAccessibleName(self.windowTitle())
        self._boxes = {entry.id: self._box(entry, entry.id in ticked) for entry in chain.from_iterable(groups)}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(self.windowTitle(), "heading"))
        words = _(
            "Tick the diagnoses that your question is about. Letters, questions and what you gather then speak of "
            "these alone. You can change it at any time."
        )
        layout.addWidget(label(words, "second"))
        layout.addWidget(self._list(groups), 1)
        layout.addLayout(self._buttons())
        resize_within(self, journey.context.theme.px(560), journey.context.theme.px(480))

    def _box(self, entry: Entry, on: bool) -> TickBox:
        state = state_of(entry, self._journey.context.as_of)
        title = plain_title(entry)
        words = f"{title} ({_(WORDS[state])})" if state in _SAID else title
        box = TickBox(words)
        box.setChecked(on)
        return box

    def _list(self, groups: Sequence[Sequence[Entry]]) -> QScrollArea:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        for number, group in enumerate(groups):
            if number:
                column.addWidget(line())
            for entry in group:
                column.addWidget(self._boxes[entry.id])
            if len(group) > 1:
                column.addLayout(self._all_of(group))
        column.addStretch()

        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        area.setAccessibleName(_("Diagnoses"))
        return area

    def _all_of(self, group: Sequence[Entry]) -> QHBoxLayout:
        tick = button(_("These belong together: tick all"), self._journey.context.theme, partial(self._tick, group))
        titles = ", ".join(map(plain_title, group))
        tick.setAccessibleName(_("Tick all: {titles}").format(titles=titles))
        row = QHBoxLayout()
        row.addWidget(tick)
        row.addStretch()
        return row

    def _tick(self, group: Sequence[Entry]) -> None:
        for entry in group:
            self._boxes[entry.id].setChecked(True)

    def _buttons(self) -> QHBoxLayout:
        theme = self._journey.context.theme
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(_("Cancel"), theme, self.reject))
        row.addWidget(button(_("It is about these"), theme, self._take, "primary"))
        return row

    def _take(self) -> None:
        ticked = [entry_id for entry_id, box in self._boxes.items() if box.isChecked()]
        self.accept()
        self._chosen(ticked)


def begin_case(journey: Journey, parent: QWidget) -> None:
    """Begin a case about what the person chooses, and go there; nothing is asked where there is no choice."""
    context = journey.context
    groups = cases.offered(context.record, context.person)
    listed = [entry.id for entry in chain.from_iterable(groups)]

    def begin(named: Collection[EntryId]) -> None:
        changes: Changes | None = context.write(lambda: cases.begin(context.record, context.person, {}, named))
        if changes is not None:
            journey.take_up(changes.entries[0])

    if len(listed) < 2:
        begin(listed)
        return
    ticked = listed if len(groups) == 1 else []
    SubjectDialog(journey, groups, ticked, begin, parent).open()


def change_subject(journey: Journey, parent: QWidget) -> None:
    """Choose anew what the case in front is about."""
    context, case = journey.context, journey.case
    if case is None:
        return
    groups = cases.offered(context.record, context.person)
    listed = {entry.id for entry in chain.from_iterable(groups)}
    named = cases.diagnoses_named(context.record, case)
    groups += [[entry] for entry in named if entry.id not in listed]

    def change(chosen: list[EntryId]) -> None:
        context.write(lambda: cases.set_about(context.record, case.id, chosen))

    SubjectDialog(journey, groups, case.about, change, parent).open()
