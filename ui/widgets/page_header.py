"""The head of a page: title, one line of context, actions at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import label


class PageHeader(QWidget):
    """`set_context` says the line below the title, `set_actions` puts buttons at the right."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = label(title, "title")
        self._context = label("", "second")
        self._context.hide()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._context)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(10)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addLayout(self._actions)
        row.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)

    def set_context(self, text: str) -> None:
        """Say the line of context; an empty one takes no room."""
        self._context.setText(text)
        self._context.setVisible(bool(text))

    def set_actions(self, *widgets: QWidget) -> None:
        """Replace the actions, the primary one last."""
        while self._actions.count():
            item = self._actions.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()  # it would lie over the title until it is deleted
                old.deleteLater()
        for widget in widgets:
            self._actions.addWidget(widget)
