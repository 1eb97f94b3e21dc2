"""The head of a page: title, one line of context, actions at the right or below."""

from PySide6.QtWidgets import QWidget

from ui.look.widgets.emptying import empty
from ui.look.widgets.labels import label
from ui.look.widgets.side_by_side import SideBySide


class PageHeader(SideBySide):
    """`set_context` says the line below the title, `set_actions` puts buttons beside both."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.words.addWidget(label(title, "title"))
        self._context = label("", "second")
        self._context.hide()
        self.words.addWidget(self._context)

    def set_context(self, text: str) -> None:
        """Say the line of context; an empty one takes no room."""
        self._context.setText(text)
        self._context.setVisible(bool(text))
        self.fit()

    def set_actions(self, *widgets: QWidget) -> None:
        """Replace the actions, the primary one last."""
        empty(self.buttons)
        for widget in widgets:
            self.buttons.addWidget(widget)
        self.fit()
