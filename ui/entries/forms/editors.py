"""One editor a field type. Each holds the text as typed and says when it changed; checking is the field's job."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from organizer.base.dates import PartialDate, parse_date, today
from organizer.base.i18n import _
from organizer.base.written_dates import examples, meanings, names_season
from organizer.model.kind import Field, FieldType
from ui.look.widgets.buttons import ChoiceButton
from ui.look.widgets.choices import SHORTEST

MOST_OFFERED = 8
"""Texts that show at once below a line; the others are reached with the arrow keys."""
SCALE_GAP, FEWEST_IN_A_ROW = 4, 4


class LineEditor(QLineEdit):
    """One line: text, a number, a value as printed."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        hints = {FieldType.NUMBER: _("A number, such as 7.5"), FieldType.VALUE: _("As printed: 1.10, <0.1 or Trace")}
        self.setPlaceholderText(hints.get(field.type, ""))
        self.textEdited.connect(self.changed)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)  # a long text shows its beginning

    def offer(self, texts: Sequence[str]) -> None:
        """Texts to choose from while typing; any other may be typed as well."""
        completer = QCompleter(texts, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(MOST_OFFERED)
        completer.activated.connect(lambda _text: self.changed.emit())
        self.setCompleter(completer)

    def main_widget(self) -> QWidget:
        return self


class TextEditor(QPlainTextEdit):
    """Several lines; Tab goes on to the next field, as everywhere in the form."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        if field.type is FieldType.LINES:
            self.setPlaceholderText(_("One a line"))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 20)
        self._quiet = False
        self.textChanged.connect(self._typed)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def main_widget(self) -> QWidget:
        return self

    def _typed(self) -> None:
        if not self._quiet:
            self.changed.emit()


class DateEditor(QWidget):
    """A partial date as people write it; below it what was understood, or which of two was meant."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._line = QLineEdit()
        self._line.setPlaceholderText(examples())
        self._line.textEdited.connect(self._typed)
        self._stored = ""
        self._shown: str | None = None
        self._readings_line = QLabel()
        self._readings_line.setProperty("role", "small")
        self._readings_line.hide()
        self._either = [QPushButton(), QPushButton()]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._beside(field))
        layout.addWidget(self._readings_line)
        row = QHBoxLayout()
        for button in self._either:
            button.hide()
            button.clicked.connect(lambda _checked=False, chosen=button: self._choose(chosen))
            row.addWidget(button)
        row.addStretch()
        layout.addLayout(row)

    def text(self) -> str:
        if self._line.text() == self._shown:
            return self._stored
        readings = meanings(self._line.text())
        return readings[0] if len(readings) == 1 else self._line.text()

    def set_text(self, text: str) -> None:
        """Show a date as people write it; until somebody writes in it, it stays the very same, zone and seconds too."""
        day = parse_date(text)
        self._stored, self._shown = text, day.spoken_with_time() if day else None
        self._line.setText(self._shown or text)
        self._explain()

    def main_widget(self) -> QWidget:
        return self._line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_calendar()
        else:
            super().keyPressEvent(event)

    def show_calendar(self) -> None:
        """Let a day be chosen; the calendar opens at what is typed, else at today."""
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setAccessibleName(self._line.accessibleName())
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # Qt's own size hint counts neither the padding of its cells nor the names of days.
        metrics = self.fontMetrics()
        calendar.setMinimumSize(metrics.averageCharWidth() * 56, metrics.height() * 16)
        typed = QDate.fromString(self.text()[:10], Qt.DateFormat.ISODate)
        calendar.setSelectedDate(typed if typed.isValid() else QDate(*today().timetuple()[:3]))
        calendar.activated.connect(lambda day: self._take_day(day, popup))
        calendar.clicked.connect(lambda day: self._take_day(day, popup))
        inside = QVBoxLayout(popup)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(calendar)
        popup.move(self._line.mapToGlobal(self._line.rect().bottomLeft()))
        popup.show()
        calendar.setFocus()

    def _take_day(self, day: QDate, popup: QWidget) -> None:
        popup.close()
        self.set_text(day.toString(Qt.DateFormat.ISODate))
        self._line.setFocus()
        self.changed.emit()

    def _beside(self, field: Field) -> QHBoxLayout:
        """The line and the way to the calendar, which Alt+Down opens too, as in any list that unfolds."""
        button = QPushButton(_("Calendar"))
        button.setProperty("role", "quiet")
        button.setAutoDefault(False)
        button.setAccessibleName(_("{label}: choose in a calendar").format(label=_(field.label)))
        button.clicked.connect(self.show_calendar)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._line, 1)
        row.addWidget(button)
        return row

    def _typed(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        typed = self._line.text()
        readings = [] if typed == self._shown else meanings(typed)
        words = PartialDate(readings[0]).spoken_with_time() if len(readings) == 1 else _("Which day is meant?")
        if names_season(typed):
            words = _("{year}. A season is no date: write a month, or keep the season in the notes.").format(year=words)
        self._readings_line.setText(words)
        self._readings_line.setVisible(bool(readings))
        for button, meaning in zip(self._either, readings if len(readings) == 2 else ["", ""], strict=True):
            button.setVisible(bool(meaning))
            button.setProperty("meaning", meaning)
            button.setText(PartialDate(meaning).spoken() if meaning else "")

    def _choose(self, button: QPushButton) -> None:
        self.set_text(str(button.property("meaning")))
        self._line.setFocus()
        self.changed.emit()


class ChoiceEditor(QComboBox):
    """One of the choices of the field, or none of them; a long one is shortened where two stand beside each other."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(SHORTEST)
        self.addItem(_("Not said"), "")
        for choice in field.choices:
            self.addItem(_(choice.label), choice.value)
        self.activated.connect(lambda _index: self.changed.emit())

    def text(self) -> str:
        return str(self.currentData() or "")

    def set_text(self, text: str) -> None:
        place = self.findData(text)
        if place < 0:  # a source may have used a word of its own: it stays choosable
            self.addItem(text, text)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def main_widget(self) -> QWidget:
        return self

    def wheelEvent(self, event: object) -> None:
        """Scrolling the form must not change a value on the way."""
        event.ignore()  # type: ignore[attr-defined]


class FlagEditor(QCheckBox):
    """Yes or no; untouched, what was not said stays unsaid."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(_(field.label))
        self._answered = False
        self.toggled.connect(self._toggled)

    def text(self) -> str:
        if self.isChecked():
            return "yes"
        return "no" if self._answered else ""

    def set_text(self, text: str) -> None:
        self._answered = bool(text)
        with QSignalBlocker(self):
            self.setChecked(text == "yes")

    def main_widget(self) -> QWidget:
        return self

    def _toggled(self) -> None:
        self._answered = True
        self.changed.emit()


class ScaleEditor(QWidget):
    """0 to 10 (or 5) as a row of buttons; arrow keys and digits choose, Delete takes the choice back."""

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._label = _(field.label)
        self._highest = 10 if field.type is FieldType.SCALE else 5
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._chosen = -1
        self._buttons = [self._button(number) for number in range(self._highest + 1)]
        self._grid, self._columns = QGridLayout(self), 0
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SCALE_GAP)
        self._lay_out(len(self._buttons))

    def minimumSizeHint(self) -> QSize:
        return QSize(FEWEST_IN_A_ROW * (self._widest + SCALE_GAP), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (self.width() + SCALE_GAP) // (self._widest + SCALE_GAP)
        self._lay_out(min(max(1, fitting), len(self._buttons)))

    @property
    def _widest(self) -> int:
        return max(button.sizeHint().width() for button in self._buttons)

    def _lay_out(self, columns: int) -> None:
        """So many in a row, in as many rows as it takes."""
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(len(self._buttons) + 1):
            self._grid.setColumnStretch(column, int(column == columns))
        self.updateGeometry()

    def text(self) -> str:
        return "" if self._chosen < 0 else str(self._chosen)

    def set_text(self, text: str) -> None:
        self._show(int(text) if text.isdecimal() and int(text) <= self._highest else -1)

    def main_widget(self) -> QWidget:
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1}
        if event.key() in steps:
            self._pick(min(max(self._chosen + steps[Qt.Key(event.key())], 0), self._highest))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._pick(-1)
        elif event.text().isdecimal() and int(event.text()) <= self._highest:
            self._pick(int(event.text()))
        else:
            super().keyPressEvent(event)

    def _button(self, number: int) -> ChoiceButton:
        button = ChoiceButton(str(number), QAccessible.Role.RadioButton)
        button.setProperty("role", "segment")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setObjectName("scale")  # a part of the editor, which has the focus and the keys
        name = _("{label}: {number} of {highest}")
        button.setAccessibleName(name.format(label=self._label, number=number, highest=self._highest))
        button.asked.connect(lambda: self._pick(-1 if number == self._chosen else number))
        return button

    def _pick(self, number: int) -> None:
        self._show(number)
        self.changed.emit()

    def _show(self, number: int) -> None:
        self._chosen = number
        for place, button in enumerate(self._buttons):
            button.mark(place == number)
        words = str(number) if number >= 0 else _("nothing chosen")
        self.setAccessibleDescription(words)


def make_editor(field: Field) -> "LineEditor | TextEditor | DateEditor | ChoiceEditor | FlagEditor | ScaleEditor":
    """The editor of a field. Its accessible name is the field's label."""
    editor = _EDITORS.get(field.type, LineEditor)(field)
    editor.main_widget().setAccessibleName(_(field.label))
    return editor


_EDITORS: dict[FieldType, type[LineEditor | TextEditor | DateEditor | ChoiceEditor | FlagEditor | ScaleEditor]] = {
    FieldType.LONG_TEXT: TextEditor,
    FieldType.LINES: TextEditor,
    FieldType.DATE: DateEditor,
    FieldType.CHOICE: ChoiceEditor,
    FieldType.FLAG: FlagEditor,
    FieldType.SCALE: ScaleEditor,
    FieldType.WEIGHT: ScaleEditor,
}
