"""Finding one's way on a long page: rows with certain words only, and a jump to a card."""

from collections.abc import Sequence
from functools import partial
from itertools import chain

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from organizer.base.i18n import _
from ui.look.widgets.announcing import announce
from ui.look.widgets.card import Card
from ui.look.widgets.folding_row import FoldingRow

FINDABLE = "findable"
"""The property of a row: the words by which it is found."""
WORTH_IT = 15
"""Rows from which on the page offers this: fewer are seen at a glance."""


def findable(row: QWidget, *words: str) -> None:
    """Let a row of a card be found by these words."""
    row.setProperty(FINDABLE, " ".join(words).casefold())


class PageFinder(QWidget):
    """Stands above cards whose rows are `findable`; `jumped` carries the card to be brought into sight."""

    jumped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._rows: list[QWidget] = []
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Only rows with these words"))
        self.words.setAccessibleName(_("Only rows with these words"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.filter)
        self.count = QLabel()
        self.count.setProperty("role", "small")
        self.jump = QPushButton(_("Jump to"))
        self.jump.setAutoDefault(False)
        self._menu = QMenu(self)
        self.jump.setMenu(self._menu)
        row = FoldingRow(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 2)
        row.addWidget(self.count, 1)
        row.addWidget(self.jump)
        self.hide()

    def watch(self, cards: Sequence[QWidget]) -> None:
        """Look after the cards that the page shows now; what is typed stays and counts for them too."""
        self._cards = [card for card in cards if isinstance(card, Card)]
        self._rows = list(chain.from_iterable(_rows_of(card) for card in self._cards))
        self._menu.clear()
        titled = [card for card in self._cards if card.accessibleName()]
        for card in titled:
            self._menu.addAction(card.accessibleName().replace("&", "&&"), partial(self.jumped.emit, card))
        self.jump.setVisible(len(titled) > 1)
        self.setVisible(len(self._rows) >= WORTH_IT)
        if self._rows and self.words.text():
            self.filter()

    def clear(self) -> None:
        """Another page or person: nothing that was typed stays."""
        self.words.clear()

    def filter(self) -> None:
        """Hide the rows without what is typed, each word anywhere in it, and the cards that are empty then."""
        wanted = self.words.text().casefold().split()
        shown = 0
        for card in self._cards:
            rows = _rows_of(card)
            fitting = [row for row in rows if all(word in row.property(FINDABLE) for word in wanted)]
            for row in rows:
                row.setVisible(row in fitting)
            for rule in _rules_of(card):
                rule.setVisible(not wanted)
            card.setVisible(not wanted or bool(fitting))
            shown += len(fitting)
        self.count.setText(_counted(shown, len(self._rows)) if wanted else "")
        announce(self.count, self.count.text())


def _counted(shown: int, of: int) -> str:
    return _("{n} of {of} rows here; Ctrl+K looks everywhere").format(n=shown, of=of)


def _rows_of(card: Card) -> list[QWidget]:
    return [row for row in card.findChildren(QWidget) if isinstance(row.property(FINDABLE), str)]


def _rules_of(card: Card) -> list[QFrame]:
    return [rule for rule in card.findChildren(QFrame) if rule.property("role") == "line"]
