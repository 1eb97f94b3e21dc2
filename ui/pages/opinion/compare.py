"""Step 9: first, second and third opinion row by row; the outcome, and the diagnosis revised at the person's word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked
from organizer.base.written_dates import meanings
from organizer.model.case import Case, Opinion
from organizer.model.entry import Entry
from organizer.model.ids import EntryId
from organizer.services.opinion import cases, deciding, sheets
from organizer.services.opinion.deciding import COMPARED_WITH, MARKS, MOST_OPINIONS, ROWS, WHICH
from organizer.services.record.records import Record
from ui.look.theme import Theme
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.choices import choices
from ui.look.widgets.labels import label
from ui.pages.opinion.fields import AFTER_MS, Fields
from ui.pages.opinion.revision_form import RevisionForm
from ui.pages.opinion.saving import save_pdf
from ui.pages.opinion.step import Journey, Step

COLUMN = 200
LARGE_TEXT = 1.5
DAY_ROOM = 48  # around a day, in its field
WIDEST = (1 << 24) - 1  # Qt's QWIDGETSIZE_MAX: as wide as it likes


@dataclass(frozen=True, slots=True)
class Shown:
    """What the step shows."""

    opinions: list[Opinion]
    diagnoses: list[Entry]
    of_nobody: list[Entry]


class CompareStep(Step):
    """What each said, in the person's words; same, refined, different or new is theirs to say."""

    id = "compare"
    title = marked("Compare")

    def head_buttons(self) -> list[QWidget]:
        if self.journey.case is None:
            return []
        return [button(_("Save as a sheet…"), self.context.theme, self._save, "secondary", "download")]

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._columns: list[OpinionColumn] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        journey.context.leaving.connect(self.flush)

    def load(self) -> None:
        self.flush()
        case = self.journey.case_id
        self.read(lambda record, _progress: _read(record, case), self._fill)

    def _fill(self, shown: Shown) -> None:
        case = self.journey.case
        if case is None:
            return
        self._columns = [OpinionColumn(self, opinion) for opinion in shown.opinions]
        cards: list[QWidget] = [self._grid(shown.of_nobody), self._outcome(case)]
        if shown.diagnoses:
            cards.append(self._diagnoses(shown.diagnoses))
        self.show_cards(cards)

    def typed(self, *_changed: object) -> None:
        """Somebody writes: it is kept a moment later."""
        self._timer.start(AFTER_MS)

    def flush(self) -> None:
        """Keep now what was typed a moment ago."""
        if self._timer.isActive():
            self.keep()

    def hideEvent(self, event: object) -> None:
        self.flush()
        super().hideEvent(event)  # type: ignore[arg-type]

    def keep(self) -> None:
        """Keep all columns as they stand."""
        self._timer.stop()
        context, case = self.context, self.journey.case_id
        columns = [column.opinion() for column in self._columns]
        self.journey.write(lambda: deciding.keep_opinions(context.record, case, columns))

    def _grid(self, of_nobody: Sequence[Entry]) -> Card:
        card = Card(_("Row by row"))
        words = _("Write down what each said. How it compares with the first is for you to say.")
        card.body.addWidget(label(words, "second"))
        self._table = OpinionTable(self.context.theme, self._columns)
        card.body.addWidget(self._table)
        if of_nobody:
            words = _("In no column, since nobody here is named as recommending them: {titles}.")
            titles = ", ".join(option.title for option in of_nobody)
            card.body.addWidget(label(words.format(titles=titles), "second"))
        if len(self._columns) < MOST_OPINIONS:
            third = button(_("Add a third opinion"), self.context.theme, self._add_third, "quiet", "plus")
            card.body.addWidget(third)
        return card

    def _add_third(self) -> None:
        context, case = self.context, self.journey.case_id
        columns = [*(column.opinion() for column in self._columns), Opinion()]
        context.write(lambda: deciding.keep_opinions(context.record, case, columns))

    def _outcome(self, case: Case) -> Card:
        card = Card(_("What came of it"))
        card.body.addWidget(Fields(self.journey, case.entry, ("outcome", "learnt")))
        return card

    def _diagnoses(self, diagnoses: list[Entry]) -> Card:
        card = Card(_("Is a diagnosis seen anew?"))
        words = _("The old one is kept as history. Nothing is changed unless you say so here.")
        card.body.addWidget(label(words, "second"))
        self._revision = RevisionForm(self.context.theme, diagnoses, self.journey.case)
        card.body.addWidget(self._revision)
        card.body.addWidget(button(_("Revise the diagnosis"), self.context.theme, self.revise))
        return card

    def revise(self) -> None:
        """The person says that the diagnosis is another one now, how sure that is, and what became of the old one."""
        revision = self._revision.revision()
        if revision is not None:
            context = self.context
            context.write(
                lambda: deciding.revise_diagnosis(context.record, revision.old, revision.fields, revision.earlier)
            )

    def _save(self) -> None:
        case = self.journey.case_id
        name = _("{person} – opinions.pdf").format(person=self.context.person_entry.title)
        title = _("Save the comparison")
        save_pdf(self, self.context, title, name, lambda record, _progress: sheets.comparison(record, case))


class OpinionColumn:
    """The editors of one opinion. The step keeps all columns together."""

    def __init__(self, step: CompareStep, opinion: Opinion) -> None:
        self._step, self._opinion = step, opinion
        self._texts: dict[str, QPlainTextEdit] = {}
        self._marks: tuple[dict[str, QComboBox], ...] = ({}, {})
        day = parse_date(opinion.when)
        self._by, self._when = QLineEdit(opinion.by), QLineEdit(day.spoken() if day else opinion.when)
        self._shown_day = self._when.text()

    def opinion(self) -> Opinion:
        """The column as it stands; a day that is none keeps the one before."""
        texts = {row: text for row, field in self._texts.items() if (text := field.toPlainText().strip())}
        first, second = (
            {row: str(box.currentData()) for row, box in boxes.items() if box.currentData()} for boxes in self._marks
        )
        by = self._by.text().strip()
        return replace(self._opinion, by=by, when=self._day(), said=texts, marks=first, marks_second=second)

    def head(self, which: str) -> QWidget:
        """By whom and when."""
        holder = QWidget()
        column = QGridLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(which, "heading"), 0, 0, 1, 2)
        for place, (field, words) in enumerate(((self._by, _("By whom")), (self._when, _("When")))):
            field.setAccessibleName(f"{which}: {words}")
            field.setPlaceholderText(words)
            field.textEdited.connect(self._step.typed)
            column.addWidget(field, 1, place)
        column.setColumnStretch(0, 3)
        column.setColumnStretch(1, 2)
        self._by.setCursorPosition(0)
        self._when.setCursorPosition(0)
        longest = max(("0000-00-00", self._when.text()), key=len)
        self._when.setMinimumWidth(self._when.fontMetrics().horizontalAdvance(longest) + DAY_ROOM)
        return holder

    def cell(self, row: str, words: str, earlier: Sequence["OpinionColumn"]) -> QWidget:
        """The text of a row and its mark against each opinion before it."""
        holder = QWidget()
        column = QGridLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        field = QPlainTextEdit(self._opinion.said.get(row, ""))
        field.setAccessibleName(f"{words}: {self._by.text() or _('not said by whom')}")
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * 3 + 20)
        field.textChanged.connect(self._step.typed)
        self._texts[row] = field
        column.addWidget(field, 0, 0)
        for place, other in enumerate(earlier):
            column.addWidget(self._mark(row, words, place, other), place + 1, 0)
        return holder

    def _mark(self, row: str, words: str, place: int, earlier: "OpinionColumn") -> QComboBox:
        marks = [(f"{_(COMPARED_WITH[place])} …", ""), *((_(text), mark) for mark, text in MARKS)]
        names = (_("{row}: compared with the first"), _("{row}: compared with the second"))
        box = choices(names[place].format(row=words), marks)
        box.setCurrentIndex(max(0, box.findData(deciding.mark_of(self._opinion, row, earlier._opinion, place))))
        box.activated.connect(self._step.typed)
        self._marks[place][row] = box
        return box

    def _day(self) -> str:
        text = self._when.text().strip()
        if text == self._shown_day:
            return self._opinion.when
        readings = meanings(text)
        return readings[0] if len(readings) == 1 else ("" if not text else self._opinion.when)


class OpinionTable(QWidget):
    """What each said, row by row: side by side where there is room, else one below the other below the row's name."""

    def __init__(self, theme: Theme, columns: Sequence[OpinionColumn]) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._heads = [column.head(_(WHICH[place])) for place, column in enumerate(columns)]
        self._rows = [(label(_(words), "strong"), self._cells(columns, row, _(words))) for row, words in ROWS]
        self._is_stacked: bool | None = None
        self._lay_out(False)

    def _cells(self, columns: Sequence[OpinionColumn], row: str, words: str) -> list[tuple[QLabel, QWidget]]:
        """Of a row: whose each cell is, which is said only where they stand below each other, and the cell."""
        cells = [column.cell(row, words, columns[:place]) for place, column in enumerate(columns)]
        return [(label(_(WHICH[place]), "small"), cell) for place, cell in enumerate(cells)]

    def minimumSizeHint(self) -> QSize:
        widest = max(head.minimumSizeHint().width() for head in self._heads)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = len(self._heads) * (self._theme.px(COLUMN) + self._grid.horizontalSpacing())
        self._lay_out(self.width() < needed)

    def _lay_out(self, is_stacked: bool) -> None:
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        for place in range(1, MOST_OPINIONS + 1):
            is_there = place <= (1 if is_stacked else len(self._heads))
            self._grid.setColumnStretch(place, int(is_there))
        line = self._add_line(0, self._heads)
        for name, cells in self._rows:
            line = self._add_name(line, name)
            for whose, _cell in cells:
                whose.setVisible(is_stacked)
            parts = list(chain.from_iterable(cells)) if is_stacked else [cell for _whose, cell in cells]
            line = self._add_line(line, parts)
        self.updateGeometry()

    def _add_line(self, line: int, widgets: Sequence[QWidget]) -> int:
        """Beside each other, or each in a line of its own; gives the line after them."""
        for number, widget in enumerate(widgets):
            down, right = (number, 1) if self._is_stacked else (0, number + 1)
            self._grid.addWidget(widget, line + down, right, Qt.AlignmentFlag.AlignTop)
        return line + (len(widgets) if self._is_stacked else 1)

    def _add_name(self, line: int, name: QLabel) -> int:
        """Beside its row; above it where the text is large or the room narrow, so that the columns keep theirs."""
        if self._is_stacked or self._theme.scale >= LARGE_TEXT:
            name.setMinimumWidth(0)
            name.setMaximumWidth(WIDEST)
            self._grid.addWidget(name, line, 1, 1, len(self._heads))
            return line + 1
        name.setFixedWidth(self._theme.px(110))
        self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        return line


def _read(record: Record, case: EntryId) -> Shown:
    chosen = cases.case_of(record, case)
    return Shown(
        deciding.compared(record, case), cases.diagnoses(record, chosen), deciding.options_of_nobody(record, case)
    )
