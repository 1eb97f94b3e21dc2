"""Step 8: the visit – big type for a tablet or laptop on the table; answers, what was decided, how it felt."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.services.opinion import questions, sheets, visits
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented
from ui.pages.opinion.fields import AFTER_MS, Fields
from ui.pages.opinion.saving import save_pdf
from ui.pages.opinion.step import Journey, Step

_LINES = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What the step shows."""

    questions: list[Entry]
    visit: Entry | None
    tasks: list[Entry]


class AnswerField(QPlainTextEdit):
    """Room for an answer in big type; what is typed is kept a moment later."""

    def __init__(self, journey: Journey, question: Entry) -> None:
        super().__init__()
        self._journey, self._question, self._saved = journey, question, question.text("answer")
        self.setProperty("role", "large")
        self.setPlainText(self._saved)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Answer: {question}").format(question=question.title))
        self.setPlaceholderText(_("The answer, in your words or theirs"))
        self.setFixedHeight(journey.context.theme.px(32) * _LINES)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)
        self.textChanged.connect(lambda: self._timer.start(AFTER_MS))
        journey.context.leaving.connect(self.write)

    def write(self) -> None:
        """Write the answer now."""
        self._timer.stop()
        text = self.toPlainText()
        if text != self._saved:
            record = self._journey.context.record
            if self._journey.write(lambda: questions.answer(record, self._question.id, text)) is not None:
                self._saved = text

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.write()

    def hideEvent(self, event: object) -> None:
        """Nothing typed is lost when somebody goes on."""
        self.write()
        super().hideEvent(event)  # type: ignore[arg-type]


class VisitStep(Step):
    """Works offline like everything here, and prints."""

    id = "visit"
    title = marked("Visit")

    def head_buttons(self) -> list[QWidget]:
        if self.journey.case is None:
            return []
        theme = self.context.theme
        return [
            button(_("Print or save…"), theme, self._save, "secondary", "printer"),
            button(_("The visit is over"), theme, self._finish, "primary", "check"),
        ]

    def load(self) -> None:
        case, person = self.journey.case_id, self.context.person
        self.read(lambda record, _progress: _read(record, person, case), self._fill)

    def _fill(self, shown: Shown) -> None:
        case = self.journey.case
        if case is None:
            return
        cards: list[QWidget] = []
        if case.why:
            card = Card()
            card.body.addWidget(label(case.why, "large"))
            cards.append(card)
        cards += [self._question(number, entry) for number, entry in enumerate(shown.questions, 1)]
        cards += [self._decided(shown), self._felt(shown.visit)]
        self.show_cards(cards)

    def _question(self, number: int, question: Entry) -> Card:
        card = Card()
        card.setAccessibleName(question.title)
        words = label(f"{number}.  {question.title}", "large")
        card.body.addWidget(words)
        card.body.addWidget(AnswerField(self.journey, question))
        return card

    def _decided(self, shown: Shown) -> Card:
        card = Card(_("What was decided"))
        card.body.addWidget(
            label(_("Each line becomes a to-do, an option or a proposed plan. Press Enter to add it."), "second")
        )
        row = FoldingRow()
        self.becomes = Segmented(
            _("It is"), [("task", _("A to-do")), ("option", _("An option")), ("plan", _("A plan"))]
        )
        self.field = QLineEdit()
        self.field.setAccessibleName(_("What was decided"))
        self.field.returnPressed.connect(self.add)
        row.addWidget(self.becomes)
        row.addWidget(self.field, 1)
        row.addWidget(button(_("Add"), self.context.theme, self.add, "secondary", "plus"))
        card.body.addLayout(row)
        for task in shown.tasks:
            card.body.addLayout(self._task(task))
        return card

    def add(self) -> None:
        """Write down what was decided."""
        what, kind = self.field.text().strip(), self.becomes.taken
        if what:
            context, case = self.context, self.journey.case_id
            context.write(lambda: visits.decided(context.record, case, what, kind))

    def _task(self, task: Entry) -> FoldingRow:
        row = FoldingRow()
        row.addWidget(label(task.title), 1)
        row.addWidget(label(task.happened.spoken() if task.happened else "", "second"))
        done = button(_("Done"), self.context.theme, partial(self._done, task), "quiet", "check")
        done.setAccessibleName(_("Done: {title}").format(title=task.title))
        row.addWidget(done)
        return row

    def _done(self, task: Entry) -> None:
        self.context.write(lambda: visits.done(self.context.record, task.id))

    def _felt(self, visit: Entry | None) -> Card:
        card = Card(self.journey.say(marked("After the visit: how was it for me?")))
        words = _("0 is not at all, 10 is fully. Low answers after two of three visits count as a reason.")
        card.body.addWidget(label(words, "second"))
        if visit is None:
            make = button(_("Note how it was"), self.context.theme, self._begin, "secondary")
            card.body.addWidget(make)
            return card
        card.body.addWidget(Fields(self.journey, visit, (*visits.FELT, "decided")))
        return card

    def _begin(self) -> None:
        self.context.write(lambda: visits.write(self.context.record, self.journey.case_id, {}))

    def _finish(self) -> None:
        context, case = self.context, self.journey.case_id
        if context.write(lambda: visits.finish(context.record, case)) is not None:
            self.journey.go("compare")

    def _save(self) -> None:
        case = self.journey.case_id
        name = _("{person} – visit.pdf").format(person=self.context.person_entry.title)
        title = _("Save the questions for the visit")
        save_pdf(self, self.context, title, name, lambda record, _progress: sheets.visit(record, case))


def _read(record: Record, person: PersonId, case: EntryId) -> Shown:
    return Shown(questions.ordered(record, person, case), visits.visit_of(record, case), visits.tasks(record, case))
