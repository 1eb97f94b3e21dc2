"""Symptoms: a ten-second entry, what is due, questionnaires, the course of each symptom, the diary."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from organizer.base.dates import spoken_day
from organizer.base.i18n import _, marked
from organizer.health.series import Series
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId
from organizer.model.kind import Field, FieldType
from organizer.services.entries import entries
from organizer.services.entries.entries import First, Query
from organizer.services.follow import measures, questionnaires
from organizer.services.follow.measures import MeasureSummary
from organizer.services.follow.questionnaires import QUESTIONNAIRES, Habit, Questionnaire
from organizer.services.record.records import Record
from ui.entries.forms.editors import DateEditor, LineEditor, ScaleEditor
from ui.entries.forms.questionnaire_dialog import QuestionnaireDialog
from ui.entries.parts.cards_page import CardsPage
from ui.entries.parts.rows import MOST, entries_card
from ui.look.widgets.announcing import announce
from ui.look.widgets.buttons import NameButton, button
from ui.look.widgets.card import Card
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.series_chart import SeriesCard
from ui.shell.chart_pictures import keepable
from ui.shell.context import Context

KINDS_OF_DIARY = ("symptom", "survey")
WHAT, NOTE = Field("title", marked("What")), Field("note", marked("Note"))
HOW_MUCH = Field("value_text", marked("How much, 0–10"), FieldType.SCALE)
WHEN = Field("happened", marked("When"), FieldType.DATE)
MOST_CHARTS = 4
AT_HAND = 130  # pixels at 100 % text that a name has at least
MOST_AT_HAND = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """Courses, the diary, what is measured, what is due."""

    courses: list[Series]
    diary: First
    listed: list[MeasureSummary]
    due: list[Habit]


class SymptomsPage(CardsPage):
    """What, 0–10, a note: saved with Enter."""

    id = "symptoms"
    title = marked("Symptoms")
    icon = "thermometer"
    guide = "first-ten-minutes.md"
    help = marked("0 is none, 10 the worst you can imagine. A few words a week tell a doctor a lot.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._what, self._note = LineEditor(WHAT), LineEditor(NOTE)
        self._much = ScaleEditor(HOW_MUCH)
        self._day = DateEditor(WHEN)
        self._wrong = label("", "error")
        self._at_hand = Columns(context.theme.px(AT_HAND), MOST_AT_HAND, context.theme.px(4))
        self.body.insertWidget(1, self._quick_entry())

    def _quick_entry(self) -> Card:
        card = Card(_("How is it today?"))
        self._what.setPlaceholderText(_("Tiredness, pain, swelling…"))
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        rows: tuple[tuple[str, LineEditor | ScaleEditor | DateEditor], ...] = (
            (_(WHAT.label), self._what),
            (_(HOW_MUCH.label), self._much),
            (_(WHEN.label), self._day),
            (_(NOTE.label), self._note),
        )
        for place, (words, field) in enumerate(rows):
            form.addWidget(label(words), place, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(field, place, 1)
            field.main_widget().setAccessibleName(words)
        form.setColumnStretch(1, 1)
        for line in (self._what, self._note):
            line.returnPressed.connect(self._save)
        card.body.addWidget(self._at_hand)
        card.body.addLayout(form)
        card.body.addWidget(self._wrong)
        self._clear()
        save = button(_("Save"), self.context.theme, self._save, "primary", "check")
        card.body.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def refresh(self) -> None:
        person = self.context.person
        self.context.read(_("Reading the diary"), lambda record, _progress: _read(record, person), self._fill)

    def forget(self, _person: PersonId = NOBODY) -> None:
        self._clear()
        super().forget()

    def _clear(self) -> None:
        """Ready for the next one: Enter once more adds none twice."""
        for field in (self._what, self._note, self._much):
            field.set_text("")
        self._day.set_text(spoken_day(self.context.as_of))
        self._say("")

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        announce(self._wrong, words)

    def _save(self) -> None:
        if not self._what.text().strip():
            self._say(_("Write down first what it is."))
            self._what.setFocus()
            return
        context, fields = self.context, self._typed()
        saved = context.write(lambda: entries.add(context.record, "Observation", context.person, fields))
        if saved:
            self._clear()
            self._what.setFocus()

    def _typed(self) -> dict[str, str]:
        """What is typed; that no number was chosen is no 0."""
        much = self._much.text()
        number = {"value_text": much, "unit": "{score}"} if much else {}
        return {
            "title": self._what.text(),
            "category": "symptom",
            "happened": self._day.text(),
            "note": self._note.text(),
            **number,
        }

    def _fill(self, shown: Shown) -> None:
        context = self.context
        self._offer([summary.title for summary in shown.listed if summary.category == "symptom"])
        cards: list[QWidget] = []
        if shown.due:
            cards.append(self._reminders(shown.due))
        cards.append(self._questionnaires(shown))
        for series in shown.courses:
            card = SeriesCard(context.theme, series, lambda entry: context.navigate("entry", entry=entry))
            keepable(context, card.course)
            cards.append(card)
        if shown.diary.entries:
            rows = [(entry, _details(entry)) for entry in shown.diary.entries]
            cards.append(entries_card(context, _("Diary"), rows, shown.diary.of))
        self.show_cards(cards)

    def _offer(self, titles: list[str]) -> None:
        """What was written down before, one click away."""
        offered = []
        for title in titles[:MOST_AT_HAND]:
            made = NameButton(title)
            made.clicked.connect(self._taker(title))
            made.setAccessibleName(_("Write down {title}").format(title=title))
            offered.append(made)
        self._at_hand.set_widgets(offered)

    def _taker(self, title: str) -> Callable[[], None]:
        def take() -> None:
            self._what.set_text(title)
            self._much.setFocus()

        return take

    def _reminders(self, due: list[Habit]) -> Card:
        card = Card(_("Usually written down by now"))
        for habit in due:
            row = FoldingRow()
            words = _("{title}: {n} days since the last entry").format(title=habit.title, n=habit.days)
            row.addWidget(label(words), 1)
            which = next((known for known in QUESTIONNAIRES if known.id == habit.questionnaire), None)
            act = self._asker(which) if which else self._taker(habit.title)
            made = button(_("Write it down"), self.context.theme, act, "quiet", "pencil")
            made.setAccessibleName(_("Write down {title}").format(title=habit.title))
            row.addWidget(made)
            card.body.addLayout(row)
        return card

    def _questionnaires(self, shown: Shown) -> Card:
        card = Card(_("Questionnaires"))
        card.body.addWidget(label(_("The same few questions each time make weeks comparable."), "second"))
        fills = [self._fill_button(which) for which in QUESTIONNAIRES]
        row = Columns(max(fill.sizeHint().width() for fill in fills), len(fills), 8)
        row.set_widgets(fills)
        beside = FoldingRow()
        beside.addWidget(row, 2)
        beside.addStretch(1)
        card.body.addLayout(beside)
        return card

    def _fill_button(self, which: Questionnaire) -> QPushButton:
        words = _("Fill in {name}").format(name=which.title)
        return button(words, self.context.theme, self._asker(which), "secondary", "list-checks")

    def _asker(self, which: Questionnaire) -> Callable[[], None]:
        return lambda: QuestionnaireDialog(self.context, which, self.window()).open()


def _read(record: Record, person: PersonId) -> Shown:
    listed = [measure for measure in measures.measures(record, person) if measure.category in KINDS_OF_DIARY]
    courses = measures.every_series(record, person, [summary.key for summary in listed[:MOST_CHARTS]])
    diary = entries.first(record, Query(kinds=("Observation",), person=person, diary=True), MOST)
    due = questionnaires.habits_due(record, person)
    return Shown([course for course in courses if len(course.points) > 1], diary, listed, due)


def _details(entry: Entry) -> str:
    return " · ".join(part for part in (entry.spoken_value(), entry.text("note")) if part)
