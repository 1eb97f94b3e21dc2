"""Everything that can be chosen about the program, on one page; what is chosen shows at once."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from organizer.base.i18n import _, languages, own_name
from organizer.base.settings import Settings
from ui.look.theme import SCALES
from ui.look.widgets.dialogs import Dialog
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented

MINUTES = (2, 5, 15, 30, 0)
"""Without a sign of life before the record locks; 0 never does."""


class SettingsDialog(Dialog):
    """Rows of choices, then the ways to what has a page of its own (`ways`, by the words of their buttons)."""

    look_chosen = Signal(str)
    scale_chosen = Signal(float)
    language_chosen = Signal(str)
    minutes_chosen = Signal(int)

    def __init__(
        self, settings: Settings, ways: Mapping[str, Callable[[], object]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self.setAccessibleName(self.windowTitle())
        looks = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        sizes = [(str(scale), f"{scale:.0%}") for scale in SCALES]
        spoken = [("", _("As the system")), *((code, own_name(code)) for code in languages())]
        self.looks = Segmented(_("Colours"), looks, settings.look)
        self.sizes = Segmented(_("Text size"), sizes, str(settings.text_scale))
        self.languages = Segmented(_("Language"), spoken, settings.language)
        self.minutes = minutes_choice(settings.idle_minutes)
        self.looks.chosen.connect(self.look_chosen)
        self.sizes.chosen.connect(lambda key: self.scale_chosen.emit(float(key)))
        self.languages.chosen.connect(self.language_chosen)
        self.minutes.chosen.connect(lambda key: self.minutes_chosen.emit(int(key)))

        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(12)
        self._column.addWidget(label(_("Settings"), "heading"))
        self._add(_("Colours"), [self.looks])
        self._add(_("Text size"), [self.sizes])
        self._column.addWidget(
            label(_("Text can also be made larger with Ctrl and +, smaller with Ctrl and −."), "small")
        )
        self._add(_("Language"), [self.languages])
        self._column.addWidget(
            label(_("While a record is open it goes on in its language until it is locked."), "small")
        )
        self._add(_("Lock the record when nobody is at the computer"), [self.minutes])
        self._add(_("More"), [_way(words, act) for words, act in ways.items()])
        self._add_foot()

    def _add(self, words: str, choices: Sequence[QWidget]) -> None:
        if not choices:
            return
        self._column.addWidget(label(words, "second"))
        row = QHBoxLayout()
        for choice in choices:
            row.addWidget(choice)
        row.addStretch()
        self._column.addLayout(row)

    def _add_foot(self) -> None:
        close = QPushButton(_("Close"))
        close.setAccessibleName(_("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        self._column.addLayout(foot)


def minutes_choice(chosen: int) -> Segmented:
    """After how long the record locks by itself."""
    return Segmented(_("Lock after"), [(str(minutes), _minutes_in_words(minutes)) for minutes in MINUTES], str(chosen))


def _minutes_in_words(minutes: int) -> str:
    return _("{n} min").format(n=minutes) if minutes else _("Never")


def _way(words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setAccessibleName(words)
    button.clicked.connect(act)
    return button
