"""The guide: its pages, the window that shows one, and the links between them. All of it comes with the program."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QImage, QPalette, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from organizer.base.i18n import SOURCE_LANGUAGE, _, language, marked
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label

INDEX, OPINION, RECOVERY, COMMANDS = "index.md", "second-opinion.md", "backup-and-recovery.md", "commands.md"
TITLES = {
    INDEX: marked("Guide"),
    "first-ten-minutes.md": marked("Guide: the first ten minutes"),
    "getting-records.md": marked("Guide: getting your records"),
    "is-my-plan-working.md": marked("Guide: is my plan working?"),
    "plan-check.md": marked("Guide: how a plan is judged"),
    OPINION: marked("Guide: a second opinion"),
    "preparing-attending-comparing.md": marked("Guide: before, at and after the visit"),
    "caregivers.md": marked("Guide: caring for somebody"),
    RECOVERY: marked("Guide: backup and recovery"),
    "privacy.md": marked("Guide: privacy"),
    COMMANDS: marked("Guide: commands and keys"),
}
PICTURE_WIDTH = 600


def guide(page: str = OPINION) -> str:
    """A page of the guide as Markdown, in the language that is spoken; in English where it has none in that."""
    return _read(page, language())


@cache
def _read(page: str, code: str) -> str:
    return _file(page, code).read_text("utf-8")


def _file(name: str, code: str) -> Traversable:
    """A page or a picture of the guide in that language; the English one where there is none."""
    pages = resources.files("resources.guide")
    own = pages / code / name
    return own if own.is_file() else pages / name


def section(title: str) -> list[str]:
    """The paragraphs below a heading of the guide, as plain texts without their marks for sources.

    `title` is the English heading; that of another language is the one in the same place.
    """
    place = next(place for place, part in enumerate(_parts(_read(OPINION, SOURCE_LANGUAGE))) if part[0] == title)
    paragraphs = [" ".join(part.split()) for part in _parts(guide())[place][1].split("\n\n") if part.strip()]
    return [part.partition(" [")[0] if part.endswith("]") else part for part in paragraphs]


def _parts(text: str) -> list[tuple[str, str]]:
    """Each second heading of a page with what stands below it."""
    return [(heading, below) for heading, _end, below in (part.partition("\n") for part in text.split("\n## ")[1:])]


class GuideText(QTextBrowser):
    """Text whose pictures come from the guide's own folder and from nowhere else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Link, theme.color("accent"))
        self.setPalette(colours)

    def loadResource(self, _kind: int, name: QUrl | str) -> QImage | QByteArray:
        name = QUrl(name)
        file = _file(name.fileName(), language())
        if name.toString() != name.fileName() or not name.fileName().endswith(".png") or not file.is_file():
            return QByteArray()
        picture = QImage.fromData(file.read_bytes())
        return picture.scaledToWidth(self._theme.px(PICTURE_WIDTH), Qt.TransformationMode.SmoothTransformation)


class GuideDialog(Dialog):
    """Reads offline: a link to another page of the guide goes there, any other opens nothing.

    `short` is what is said above the page, such as the help of the page from which one came.
    """

    def __init__(self, theme: Theme, parent: QWidget, page: str = OPINION, short: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self._past: list[str] = []
        self._page = ""
        self.text = GuideText(theme)
        self.text.anchorClicked.connect(self._follow)
        self.back_button = button(_("Back"), theme, self.back, "quiet", "arrow-left")
        self.index_button = button(_("All pages of the guide"), theme, lambda: self.go(INDEX), "quiet")
        close = button(_("Close"), theme, self.accept)
        for click in (self.back_button, self.index_button):
            click.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.addWidget(self.back_button)
        foot.addWidget(self.index_button)
        foot.addStretch()
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        if short:
            layout.addWidget(label(short, "strong"))
        layout.addWidget(self.text)
        layout.addLayout(foot)
        resize_within(self, theme.px(760), theme.px(680))
        self._show(page)

    def go(self, page: str) -> None:
        """Show a page of the guide; the way back leads to the one before."""
        if page != self._page:
            self._past.append(self._page)
            self._show(page)

    def back(self) -> None:
        """The page before."""
        if self._past:
            self._show(self._past.pop())

    def _follow(self, link: QUrl) -> None:
        if link.toString() in TITLES:
            self.go(link.toString())

    def _show(self, page: str) -> None:
        self._page = page
        self.setWindowTitle(_(TITLES[page]))
        self.setAccessibleName(self.windowTitle())
        self.text.setAccessibleName(self.windowTitle())
        self.text.setMarkdown(guide(page))
        _loosen(self.text, self._theme.px(8))
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.back_button.setVisible(bool(self._past))
        self.index_button.setVisible(page != INDEX)


def _loosen(text: QTextBrowser, margin: int) -> None:
    """Markdown leaves no room between paragraphs."""
    block = text.document().begin()
    while block.isValid():
        shape = block.blockFormat()
        shape.setBottomMargin(margin)
        QTextCursor(block).setBlockFormat(shape)
        block = block.next()
