"""What every step is built on: a column of cards, filled anew from what was read in the background."""

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.base.progress import Progress
from organizer.health.voice import voice_of
from organizer.model.case import Case
from organizer.model.entry import Changes
from organizer.model.ids import NO_ENTRY, EntryId
from organizer.services.record.records import Record
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.emptying import empty
from ui.shell.context import Context

Result = TypeVar("Result")


class Journey(QObject):
    """What the steps share: the case that is worked on, and the way from one step to another.

    `chosen` is the case that the person took up; NO_ENTRY for the newest open one.
    While `quiet` is true, a change comes from a field that somebody writes in: nothing is built anew under the hand.
    """

    step_wanted = Signal(str)
    written = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.case: Case | None = None
        self.chosen = NO_ENTRY
        self.quiet = False

    @property
    def case_id(self) -> EntryId:
        """The id of the case, or ""."""
        return self.case.id if self.case else NO_ENTRY

    def take_up(self, case: EntryId, step: str = "case") -> None:
        """Work on another case from now on."""
        self.chosen = case
        self.go(step)

    def say(self, own: str) -> str:
        """A text that the person would say so, in the voice of who keeps the record."""
        return voice_of(self.context.person_entry, self.context.as_of).say(own)

    def go(self, step: str) -> None:
        """Ask for another step."""
        self.step_wanted.emit(step)

    def write(self, action: Callable[[], Changes]) -> Changes | None:
        """Write what a field holds, without building the step anew."""
        self.quiet = True
        try:
            return self.context.write(action)
        finally:
            self.quiet = False
            self.written.emit()


class Step(QWidget):
    """A step sets `id`, `title`, and writes `read` (in the background) and `fill` (from what was read).

    `needs_case` steps offer to begin a case where there is none.
    """

    id: ClassVar[str] = ""
    title: ClassVar[str] = ""
    about: ClassVar[str] = ""
    needs_case: ClassVar[bool] = True

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self.journey = journey
        self.context = journey.context
        self.setAccessibleName(_(self.title))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def refresh(self) -> None:
        """Read, then fill."""
        if self.needs_case and self.journey.case is None:
            self.show_cards([self._begin_first()])
            return
        self.load()

    def load(self) -> None:
        """Read in the background and fill the step."""

    def paper(self) -> tuple[bytes, str] | None:
        """The document in front and its name, where the step shows one."""
        return None

    def head_buttons(self) -> list[QWidget]:
        """The buttons at the page's head, the primary one last."""
        return []

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these, top to bottom, and nothing of what was there before."""
        empty(self._column)
        for card in cards:
            self._column.addWidget(card)

    def read(self, work: Callable[[Record, Progress], Result], fill: Callable[[Result], None]) -> None:
        """Read in the background; the answer of a step that is gone is dropped by its context."""
        self.context.read(_("Reading: {step}").format(step=_(self.title)), work, fill)

    def _begin_first(self) -> QWidget:
        sentence = _("This step belongs to a case: one question to one specialist. Begin one, and it fills itself.")
        return EmptyState(
            self.context.theme, "file-check-2", sentence, _("To the case"), lambda: self.journey.go("case")
        )
