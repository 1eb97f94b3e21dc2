"""What this program is: its version, its licence, and whose work it stands on."""

import platform
from importlib import resources

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from organizer.base.i18n import _
from organizer.base.version import VERSION
from organizer.services.bring_in import recognition
from ui.look.icons import PROGRAM, pixmap
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label

NOTICES = "third-party.txt"


class About(Dialog):
    """Version, licence and notices, to be read and copied."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Casebook"))
        self.setAccessibleName(self.windowTitle())
        versions = f"Python {platform.python_version()} · Qt {qVersion()}"
        notices = QPlainTextEdit((resources.files("resources.licences") / NOTICES).read_text("utf-8"))
        notices.setReadOnly(True)
        notices.setAccessibleName(_("Licences of what comes with Casebook"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addLayout(_head(theme, versions, self.devicePixelRatio()))
        column.addWidget(label(_("Free software under the MIT licence. It is no medical device: it shows what your "
                                 "record says, and doesn’t diagnose or advise.")))  # fmt: skip
        column.addWidget(label(recognition.in_words(), "second"))
        column.addWidget(label(_("It stands on the work of others:"), "strong"))
        exchange = _("Qt is used under the LGPL. The first lines say how to exchange it for another build.")
        column.addWidget(label(exchange, "second"))
        column.addWidget(notices, 1)
        column.addWidget(button(_("Close"), theme, self.accept), 0, Qt.AlignmentFlag.AlignRight)
        resize_within(self, theme.px(760), theme.px(640))


def _head(theme: Theme, versions: str, ratio: float) -> QHBoxLayout:
    """The mark, and the versions beside it."""
    mark = QLabel()
    mark.setPixmap(pixmap(PROGRAM, theme, "text", theme.px(56), ratio))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(_("Casebook {version}").format(version=VERSION), "heading", selectable=True))
    words.addWidget(label(versions, "second", selectable=True))
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(mark)
    row.addLayout(words, 1)
    return row
