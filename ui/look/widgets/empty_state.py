"""An empty page offers one next step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from ui.look.icons import pixmap
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label


class EmptyState(Card):
    """A picture, a sentence, one button."""

    def __init__(self, theme: Theme, icon_name: str, sentence: str, step: str, on_step: Callable[[], object]) -> None:
        super().__init__()
        self.body.setContentsMargins(32, 40, 32, 40)
        picture = QLabel()
        picture.setPixmap(pixmap(icon_name, theme, "border_strong", theme.px(32), self.devicePixelRatioF()))
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = label(sentence, "second")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(picture)
        self.body.addWidget(words)
        row = QVBoxLayout()
        row.addWidget(button(step, theme, on_step, "primary"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addLayout(row)
