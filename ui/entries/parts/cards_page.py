"""A page made of cards, filled anew from what was read in the background."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.widgets.emptying import empty
from ui.shell.context import Context
from ui.shell.page import Page


class CardsPage(Page):
    """`show_cards` replaces everything below the header."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._place = QVBoxLayout()
        self._place.setSpacing(16)
        self.body.addLayout(self._place)
        self.body.addStretch(1)

    def show_cards(self, cards: Sequence[QWidget]) -> None:
        """Show these, top to bottom, and nothing of what was there before."""
        empty(self._place)
        for card in cards:
            self._place.addWidget(card)

    def forget(self, _person: str = "") -> None:
        self.show_cards([])
        super().forget()
