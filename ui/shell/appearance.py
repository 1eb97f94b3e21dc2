"""Light, dark or as the system has it; text from 100 to 200 %. What is chosen shows at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from organizer.base.i18n import _, languages
from organizer.base.settings import Settings
from ui.look.theme import SCALES
from ui.look.widgets.dialogs import Dialog
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented

NAMES = {"en": "English", "es": "Español"}


class Appearance(Dialog):
    """Two rows of choices."""

    look_chosen = Signal(str)
    scale_chosen = Signal(float)
    language_chosen = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Appearance"))
        self.setAccessibleName(self.windowTitle())
        looks = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        sizes = [(str(scale), f"{scale:.0%}") for scale in SCALES]
        self.looks = Segmented(_("Colours"), looks, settings.look)
        self.sizes = Segmented(_("Text size"), sizes, str(settings.text_scale))
        self.looks.chosen.connect(self.look_chosen)
        self.sizes.chosen.connect(lambda key: self.scale_chosen.emit(float(key)))
        spoken = [("", _("As the system")), *((code, NAMES.get(code, code)) for code in languages())]
        self.languages = Segmented(_("Language"), spoken, settings.language)
        self.languages.chosen.connect(self.language_chosen)
        close = QPushButton(_("Close"))
        close.setAccessibleName(_("Close"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label(_("Appearance"), "heading"))
        rows = ((_("Colours"), self.looks), (_("Text size"), self.sizes), (_("Language"), self.languages))
        for words, choice in rows:
            column.addWidget(label(words, "second"))
            row = QHBoxLayout()
            row.addWidget(choice)
            row.addStretch()
            column.addLayout(row)
        column.addWidget(label(_("Text can also be made larger with Ctrl and +, smaller with Ctrl and −."), "small"))
        column.addWidget(label(_("Another language is spoken from the next start on."), "small"))
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        column.addLayout(foot)
