"""The steps side by side, the one in front marked; they reflow where there is less room."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from organizer.base.i18n import _
from ui.look.icons import beside_words, icon
from ui.look.theme import Theme
from ui.look.widgets.buttons import ChoiceButton
from ui.look.widgets.columns import Columns


class Stepper(QWidget):
    """`chosen` carries the id of the step that somebody goes to."""

    chosen = Signal(str)

    def __init__(self, steps: Sequence[tuple[str, str]], theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(_("Steps"))
        self._theme = theme
        self._buttons: dict[str, ChoiceButton] = {}
        self._names = dict(steps)
        for number, (key, name) in enumerate(steps, 1):
            button = ChoiceButton(name)
            button.setProperty("role", "step")
            button.setIconSize(beside_words(theme, 14))
            button.setAccessibleName(_("Step {n}: {name}").format(n=number, name=name))
            button.asked.connect(lambda key=key: self.chosen.emit(key))
            self._buttons[key] = button
        # The longest name with its tick: in another language twice as long as in English.
        metrics = next(iter(self._buttons.values())).fontMetrics()
        letters = max(metrics.horizontalAdvance(name) for name in self._names.values())
        tick_and_edges = theme.px(14) + beside_words(theme, 14).width()
        self._columns = Columns(max(theme.px(80), letters + tick_and_edges), len(steps), theme.px(4))
        self._columns.set_widgets(list(self._buttons.values()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._columns)

    def mark(self, step: str, done: Sequence[str] = ()) -> None:
        """Mark the step in front, and those that hold something already."""
        for number, (key, button) in enumerate(self._buttons.items(), 1):
            button.mark(key == step)
            finished = key in done
            button.setIcon(icon("check", self._theme, "accent") if finished else QIcon())
            name = _("Step {n}: {name}, begun") if finished else _("Step {n}: {name}")
            button.setAccessibleName(name.format(n=number, name=self._names[key]))
