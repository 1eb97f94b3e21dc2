"""A page made of cards, filled anew from what was read in the background."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId
from organizer.model.kind import Kind
from organizer.model.kinds import KINDS
from organizer.services.entries import entries
from organizer.services.entries.entries import First, Query
from organizer.services.record.records import Record
from ui.entries.parts.focus_place import focus_again, focus_within
from ui.entries.parts.page_finder import PageFinder
from ui.entries.parts.rows import MOST, entries_card
from ui.entries.tables.table import Table
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.emptying import empty
from ui.shell.context import Context
from ui.shell.page import Page


@dataclass(frozen=True, slots=True)
class Listed:
    """The first entries of a kind that lives on the page."""

    kind: Kind
    first: First


class CardsPage(Page):
    """`show_cards` replaces everything below the header.

    At the foot stands a list of each kind that declares this page as its own and has no card here. On one that
    `is_long`, rows are found and cards jumped to.
    """

    is_long: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.finder = PageFinder()
        self.finder.jumped.connect(self._bring_into_sight)
        self.body.addWidget(self.finder)
        self._place = QVBoxLayout()
        self._place.setSpacing(16)
        self.body.addLayout(self._place)
        self.body.addStretch(1)
        self._kinds = [kind for kind in KINDS if kind.page == self.id and not kind.own_card]
        self._filled = 0
        self._shown: list[QWidget] = []

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these, top to bottom, and nothing of what was there before."""
        # Until they have their places what is seen stays: else they would be drawn once pressed into the height before.
        self.inside.setUpdatesEnabled(False)
        QTimer.singleShot(0, self._draw_again)
        before = focus_within(self._shown)
        empty(self._place)
        for card in cards:
            self._place.addWidget(card)
        self._shown = list(cards)
        if before is not None:
            focus_again(cards, before)

        if self.is_long:
            self.finder.watch(cards)
        self._filled += 1
        if cards and self._kinds:
            self._read_kinds(self._filled, cards)

    def _draw_again(self) -> None:
        self.inside.setUpdatesEnabled(True)

    def _read_kinds(self, filled: int, shown: Sequence[QWidget]) -> None:
        """Add the lists below; that there is nothing is said only once it is known."""
        nothing = [card for card in shown if isinstance(card, EmptyState)]
        for card in nothing:
            card.hide()

        def show(lists: list[Listed]) -> None:
            # The page may have been filled again in the meantime.
            if filled != self._filled:
                return
            for card in nothing:
                card.setVisible(not lists)
            more = [_card(self.context, listed) for listed in lists]
            for added in more:
                self._place.addWidget(added)
            self._shown += more
            if more and self.is_long:
                self.finder.watch([*shown, *more])

        person, kinds = self.context.person, self._kinds
        self.context.read(_("Reading entries"), lambda record, _progress: _read(record, person, kinds), show)

    def _bring_into_sight(self, card: QWidget) -> None:
        """The card's head at the top of what is seen, and the focus on its first button."""
        top = card.mapTo(self.inside, QPoint(0, 0)).y()
        self.area.verticalScrollBar().setValue(top)
        first = card.findChild(QPushButton)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """How many rows a table shows depends on the window's height."""
        super().resizeEvent(event)
        for table in self.findChildren(Table):
            table.updateGeometry()

    def forget(self, _person: PersonId = NOBODY) -> None:
        self.finder.clear()
        self.show_cards([])
        super().forget()


def _read(record: Record, person: PersonId, kinds: Sequence[Kind]) -> list[Listed]:
    listeds = [Listed(kind, entries.first(record, Query((kind.name,), person), MOST)) for kind in kinds]
    return [listed for listed in listeds if listed.first.entries]


def _card(context: Context, listed: Listed) -> QWidget:
    rows = [(entry, _columns(listed.kind, entry)) for entry in listed.first.entries]
    return entries_card(context, _(listed.kind.plural), rows, listed.first.of)


def _columns(kind: Kind, entry: Entry) -> str:
    """What an entry says in the further columns of its kind's table."""
    fields = [field for field in kind.columns if field.name not in ("title", "happened")]
    shown = [kind.show(entry, field) for field in fields]
    return " · ".join(words for words in shown if words)
