"""Everything that can be chosen about the program, on one page; what is chosen shows at once."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from organizer.base.dates import PartialDate
from organizer.base.i18n import _, languages, own_name
from organizer.base.settings import Settings
from organizer.services.bring_in import recognition
from ui.look.theme import SCALES
from ui.look.widgets.columns import Columns
from ui.look.widgets.dialogs import Dialog, resize_within
from ui.look.widgets.labels import label
from ui.look.widgets.scrolling import Inside, scrolling
from ui.look.widgets.segmented import Segmented
from ui.look.widgets.tick_box import TickBox

MINUTES = (2, 5, 15, 30, 0)
"""Without a sign of life before the record locks; 0 never does."""
EXAMPLE = PartialDate("2019-03-07")
WIDTH, MOST_LINES = 76, 44  # letters, lines of text


class SettingsDialog(Dialog):
    """Rows of choices, then the ways to what has a page of its own (`ways`, by the words of their buttons).

    `changed` carries the name of a setting and its value as it is kept.
    """

    look_chosen = Signal(str)
    scale_chosen = Signal(float)
    language_chosen = Signal(str)
    minutes_chosen = Signal(int)
    changed = Signal(str, object)

    def __init__(
        self, settings: Settings, ways: Mapping[str, Callable[[], object]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self.setAccessibleName(self.windowTitle())
        inside = Inside()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(12)
        self._add_look(settings)
        self._add_writing(settings)
        self._add_reading(settings)
        self.minutes = minutes_choice(settings.idle_minutes)
        self.minutes.chosen.connect(lambda key: self.minutes_chosen.emit(int(key)))
        self._add(_("Lock the record when nobody is at the computer"), [self.minutes])
        if ways:
            self._column.addWidget(label(_("More"), "second"))
            buttons = [_way(words, act) for words, act in ways.items()]
            further = Columns(max(button.sizeHint().width() for button in buttons), 3, 8)
            further.set_widgets(buttons)
            self._column.addWidget(further)
        self._column.addStretch()

        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(12)
        outer.addWidget(label(_("Settings"), "heading"))
        outer.addWidget(scrolling(inside, self.windowTitle()), 1)
        outer.addLayout(self._foot())
        metrics = self.fontMetrics()
        resize_within(self, WIDTH * metrics.averageCharWidth(), MOST_LINES * metrics.lineSpacing())

    def _add_look(self, settings: Settings) -> None:
        looks = [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]
        contrasts = [("system", _("As the system")), ("normal", _("Normal")), ("high", _("High"))]
        sizes = [(str(scale), f"{scale:.0%}") for scale in SCALES]
        self.looks = Segmented(_("Colours"), looks, settings.look)
        self.looks.chosen.connect(self.look_chosen)
        self.contrasts = self._choice("contrast", _("Contrast"), contrasts, settings.contrast)
        self.sizes = Segmented(_("Text size"), sizes, str(settings.text_scale))
        self.sizes.chosen.connect(lambda key: self.scale_chosen.emit(float(key)))
        self._add(_("Colours"), [self.looks])
        self._add(_("Contrast"), [self.contrasts])
        self._add(_("Text size"), [self.sizes])
        self._say(_("Text can also be made larger with Ctrl and +, smaller with Ctrl and −."))

    def _add_writing(self, settings: Settings) -> None:
        spoken = [("", _("As the system")), *((code, own_name(code)) for code in languages())]
        self.languages = Segmented(_("Language"), spoken, settings.language)
        self.languages.chosen.connect(self.language_chosen)
        plain = ("", _("As the language has it"))
        orders = [("day", EXAMPLE.in_order("day")), ("month", EXAMPLE.in_order("month")), ("year", EXAMPLE.text)]
        signs = [(".", "1.5"), (",", "1,5")]
        families = [("mass", "mg/dL, %"), ("amount", "mmol/L, mmol/mol")]
        self.dates = self._choice("dates", _("Dates"), [plain, *orders], settings.dates)
        self.decimals = self._choice("decimal", _("Decimal mark"), [plain, *signs], settings.decimal)
        as_printed = ("", _("As laboratories print them"))
        self.units = self._choice("units", _("Units of laboratory values"), [as_printed, *families], settings.units)
        self._add(_("Language"), [self.languages])
        self._say(_("While a record is open it goes on in its language until it is locked."))
        self._add(_("Dates"), [self.dates])
        self._add(_("Decimal mark"), [self.decimals])
        self._say(_("This is how they are shown here. What is kept stays as it is; papers follow their language."))
        self._add(_("Units of laboratory values"), [self.units])
        self._say(_("Converted only where the factor is known; what the laboratory printed stands beside it."))

    def _add_reading(self, settings: Settings) -> None:
        """What reads pictures, and in which languages where there is a choice."""
        self._column.addWidget(label(_("Text on photographs and scans"), "second"))
        self._say(recognition.in_words())
        installed = recognition.languages_to_choose()
        self.read_in = {code: TickBox(code) for code in installed}
        for code, box in self.read_in.items():
            box.setChecked(code in settings.read_in)
            box.toggled.connect(self._choose_reading)
            self._column.addWidget(box)

    def _choose_reading(self) -> None:
        ticked = tuple(code for code, box in self.read_in.items() if box.isChecked())
        self.changed.emit("read_in", ticked)

    def _choice(self, setting: str, name: str, choices: Sequence[tuple[str, str]], taken: str) -> Segmented:
        made = Segmented(name, choices, taken)
        made.chosen.connect(lambda key: self.changed.emit(setting, key))
        return made

    def _say(self, words: str) -> None:
        self._column.addWidget(label(words, "small"))

    def _add(self, words: str, choices: Sequence[QWidget]) -> None:
        self._column.addWidget(label(words, "second"))
        row = QHBoxLayout()
        for choice in choices:
            row.addWidget(choice)
        row.addStretch()
        self._column.addLayout(row)

    def _foot(self) -> QHBoxLayout:
        close = QPushButton(_("Close"))
        close.setAccessibleName(_("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        return foot


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
