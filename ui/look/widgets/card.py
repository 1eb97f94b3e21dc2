"""Quiet surfaces: a card, a panel within it, a notice, a thin line."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ui.look.widgets.labels import label


class Card(QFrame):
    """A white surface with rounded corners; `body` takes its contents, top to bottom."""

    def __init__(self, title: str = "", role: str = "card") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(8)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(label(title, "heading"))


def notice(text: str) -> QFrame:
    """A calm word of caution on its own ground."""
    made = QFrame()
    made.setProperty("role", "notice")
    row = QHBoxLayout(made)
    row.addWidget(label(text))
    return made


def line() -> QFrame:
    """A thin rule across."""
    made = QFrame()
    made.setProperty("role", "line")
    return made
