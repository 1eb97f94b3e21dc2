"""Buttons: one primary a page, secondary beside it, quiet ones in cards, icons alone with a name."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from ui.look.icons import beside_words, icon
from ui.look.theme import Theme
from ui.look.widgets.plain import hint
from ui.look.widgets.spoken_roles import tell_roles
from ui.look.widgets.tick_box import wrapped

ON_PAPER = "onPaper"  # the property of a button whose words tell something: it is printed
MOST_OF_WINDOW = 0.6  # of its width, that a button may need for itself
FEWEST_LETTERS = 12  # of a name, however little room there is
_INK = {"primary": "on_accent", "quiet": "accent"}


class ChoiceButton(QPushButton):
    """Stays down while it is the chosen one of several.

    `asked` comes from mouse, keys and assistive technology alike.
    """

    asked = Signal()

    def __init__(self, text: str, spoken_role: QAccessible.Role = QAccessible.Role.PageTab) -> None:
        super().__init__(text)
        self.spoken_role = spoken_role
        tell_roles()
        self.setCheckable(True)
        self.toggled.connect(lambda _on: self.asked.emit())

    def mark(self, chosen: bool) -> None:
        """Down or up, without saying so."""
        with QSignalBlocker(self):
            self.setChecked(chosen)


class NameButton(QPushButton):
    """Opens what it names. Where the name is longer than its room it ends in dots and is whole in the tooltip,
    where `in_full`, the source's own words, stands too."""

    def __init__(self, name: str, in_full: str = "") -> None:
        super().__init__(name)
        self._name, self._in_full = name, in_full if in_full != name else ""
        self.setToolTip(hint(self._in_full))
        self.setAccessibleName(name)
        self.setProperty("role", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._around + self.fontMetrics().horizontalAdvance(self._name), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * FEWEST_LETTERS, super().minimumSizeHint().height())

    @property
    def _around(self) -> int:
        """What lies between the words and the edges."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width() - self._around
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, width)
        if shown != self.text():
            self.setText(shown)
            self.setToolTip(hint(self._in_full or (self._name if shown != self._name else "")))


class WordedButton(QPushButton):
    """Its words go on in the next line where they alone would need most of the window."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Its words on one line, however they are drawn."""
        return self._words

    def setText(self, words: str) -> None:
        self._words = words
        self._wrap()

    def sizeHint(self) -> QSize:
        """On one line."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._length(self._words) - self._length(super().text()), hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        around = hint.width() - self._length(self._words)
        longest = max(map(self._length, self._words.split()), default=0)
        most = max(int(MOST_OF_WINDOW * self.window().width()), around + longest)
        return QSize(min(hint.width(), most), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        around = self.sizeHint().width() - self._length(self._words)
        is_whole = self.width() >= self.sizeHint().width()
        lines = self._words if is_whole else wrapped(self._words, self.width() - around, self.fontMetrics())
        if lines != super().text():
            super().setText(lines)

    def _length(self, words: str) -> int:
        """The widest line, as the button itself measures it."""
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()


def button(
    text: str, theme: Theme, on_click: Callable[[], object], role: str = "secondary", icon_name: str = ""
) -> QPushButton:
    """A worded button. `role` is primary, secondary, quiet or row."""
    made = WordedButton(text)
    made.setProperty("role", role)
    made.setAccessibleName(text)
    if icon_name:
        made.setIcon(icon(icon_name, theme, _INK.get(role, "text")))
        made.setIconSize(beside_words(theme, 18))
    made.clicked.connect(lambda: on_click())
    return made


def icon_button(name: str, words: str, theme: Theme, on_click: Callable[[], object]) -> QToolButton:
    """A picture alone; `words` are its tooltip and its name for assistive technology."""
    made = QToolButton()
    made.setIcon(icon(name, theme, "accent"))
    made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setToolTip(hint(words))
    made.setAccessibleName(words)
    made.clicked.connect(lambda: on_click())
    return made
