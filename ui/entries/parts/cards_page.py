"""A page made of cards, filled anew from what was read in the background."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId
from organizer.model.kind import Kind
from organizer.model.kinds import KINDS
from organizer.services.entries import entries
from organizer.services.entries.entries import First, Query
from organizer.services.record.records import Record
from ui.entries.parts.rows import MOST, entries_card
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

    At the foot stands a list of each kind that declares this page as its own and has no card here.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._place = QVBoxLayout()
        self._place.setSpacing(16)
        self.body.addLayout(self._place)
        self.body.addStretch(1)
        self._kinds = [kind for kind in KINDS if kind.page == self.id and not kind.own_card]
        self._filled = 0

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these, top to bottom, and nothing of what was there before."""
        empty(self._place)
        for card in cards:
            self._place.addWidget(card)

        self._filled += 1
        if cards and self._kinds:
            self._read_kinds(self._filled, [card for card in cards if isinstance(card, EmptyState)])

    def _read_kinds(self, filled: int, nothing: Sequence[EmptyState]) -> None:
        """Add the lists below; that there is nothing is said only once it is known."""
        for card in nothing:
            card.hide()

        def show(lists: list[Listed]) -> None:
            # The page may have been filled again in the meantime.
            if filled != self._filled:
                return
            for card in nothing:
                card.setVisible(not lists)
            for listed in lists:
                self._place.addWidget(_card(self.context, listed))

        person, kinds = self.context.person, self._kinds
        self.context.read(_("Reading entries"), lambda record, _progress: _read(record, person, kinds), show)

    def forget(self, _person: PersonId = NOBODY) -> None:
        self.show_cards([])
        super().forget()


def _read(record: Record, person: PersonId, kinds: Sequence[Kind]) -> list[Listed]:
    found = [Listed(kind, entries.first(record, Query((kind.name,), person), MOST)) for kind in kinds]
    return [listed for listed in found if listed.first.entries]


def _card(context: Context, listed: Listed) -> QWidget:
    rows = [(entry, _columns(listed.kind, entry)) for entry in listed.first.entries]
    return entries_card(context, _(listed.kind.plural), rows, listed.first.of)


def _columns(kind: Kind, entry: Entry) -> str:
    """What an entry says in the further columns of its kind's table."""
    fields = [field for field in kind.columns if field.name not in ("title", "happened")]
    shown = [kind.show(entry, field) for field in fields]
    return " · ".join(words for words in shown if words)
