"""The guide of the second opinion: our own texts with the source and date of each statement of fact."""

from functools import lru_cache
from importlib import resources

from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from organizer.base.words import _
from ui.theme import Theme
from ui.widgets.buttons import button

FILE = "second-opinion.md"


@lru_cache(maxsize=1)
def guide() -> str:
    """The guide as Markdown."""
    return (resources.files("resources.guide") / FILE).read_text("utf-8")


def section(title: str) -> list[str]:
    """The paragraphs below a heading of the guide, as plain texts without their marks for sources."""
    _before, _heading, after = guide().partition(f"## {title}\n")
    text = after.partition("\n## ")[0]
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    return [part.partition(" [")[0] if part.endswith("]") else part for part in paragraphs]


class GuideDialog(QDialog):
    """Reads offline; a link is shown and opens nothing."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Guide: a second opinion"))
        self.setAccessibleName(self.windowTitle())
        text = QTextBrowser()
        text.setAccessibleName(self.windowTitle())
        text.setOpenLinks(False)
        text.setMarkdown(guide())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(text)
        layout.addWidget(button(_("Close"), theme, self.accept))
        self.resize(theme.px(720), theme.px(680))
