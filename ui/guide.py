"""The pages of the guide: the second opinion, with the source and date of each statement; backup and recovery."""

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from organizer.base.words import _
from ui.theme import Theme
from ui.widgets.buttons import button

OPINION, RECOVERY = "second-opinion.md", "backup-and-recovery.md"


@lru_cache(maxsize=2)
def guide(page: str = OPINION) -> str:
    """A page of the guide as Markdown."""
    return (resources.files("resources.guide") / page).read_text("utf-8")


def section(title: str) -> list[str]:
    """The paragraphs below a heading of the guide, as plain texts without their marks for sources."""
    _before, _heading, after = guide().partition(f"## {title}\n")
    text = after.partition("\n## ")[0]
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    return [part.partition(" [")[0] if part.endswith("]") else part for part in paragraphs]


class GuideDialog(QDialog):
    """Reads offline; a link is shown and opens nothing."""

    def __init__(self, theme: Theme, parent: QWidget, page: str = OPINION) -> None:
        super().__init__(parent)
        titles = {OPINION: _("Guide: a second opinion"), RECOVERY: _("Guide: backup and recovery")}
        self.setWindowTitle(titles[page])
        self.setAccessibleName(self.windowTitle())
        text = QTextBrowser()
        text.setAccessibleName(self.windowTitle())
        text.setOpenLinks(False)
        text.setMarkdown(guide(page))
        _loosen(text, theme.px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(text)
        layout.addWidget(button(_("Close"), theme, self.accept), 0, Qt.AlignmentFlag.AlignRight)
        self.resize(theme.px(720), theme.px(680))


def _loosen(text: QTextBrowser, margin: int) -> None:
    """Markdown leaves no room between paragraphs."""
    block = text.document().begin()
    while block.isValid():
        room = block.blockFormat()
        room.setBottomMargin(margin)
        QTextCursor(block).setBlockFormat(room)
        block = block.next()
