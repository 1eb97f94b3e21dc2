"""Symptoms: a ten-second entry, the course of each symptom, the diary."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QSlider, QWidget

from organizer.base.words import _, marked
from organizer.records.entry import Entry
from organizer.services import entries, measures
from organizer.services.entries import First, Query
from organizer.services.measures import Series
from organizer.services.records import Record
from ui.context import Context
from ui.pages._cards import CardsPage
from ui.pages._rows import MOST, entries_card
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.labels import one_line
from ui.widgets.series_chart import series_card

KINDS_OF_DIARY = ("symptom", "survey")
MOST_CHARTS = 4


class SymptomsPage(CardsPage):
    """What, 0–10, a note: saved with Enter."""

    id = "symptoms"
    title = marked("Symptoms")
    icon = "thermometer"
    help = marked("0 is none, 10 the worst you can imagine. A few words a week tell a doctor a lot.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._what, self._note, self._much = QLineEdit(), QLineEdit(), QSlider(Qt.Orientation.Horizontal)
        self.body.insertWidget(1, self._quick_entry())

    def _quick_entry(self) -> Card:
        card = Card(_("How is it today?"))
        self._what.setPlaceholderText(_("Tiredness, pain, swelling…"))
        self._much.setRange(0, 10)
        self._much.setPageStep(1)
        number = one_line("0", "strong")
        number.setFixedWidth(self.context.theme.px(24))
        self._much.valueChanged.connect(lambda value: number.setText(str(value)))
        scale = QHBoxLayout()
        scale.addWidget(self._much)
        scale.addWidget(number)
        form = QFormLayout()
        form.addRow(_("What"), self._what)
        form.addRow(_("How much, 0–10"), scale)
        form.addRow(_("Note"), self._note)
        for words, field in ((_("What"), self._what), (_("How much, 0–10"), self._much), (_("Note"), self._note)):
            field.setAccessibleName(words)
        for line in (self._what, self._note):
            line.returnPressed.connect(self._save)
        card.body.addLayout(form)
        card.body.addWidget(button(_("Save"), self.context.theme, self._save, "primary", "check"))
        return card

    def refresh(self) -> None:
        person = self.context.person
        self.context.read(_("Reading the diary"), lambda record, _progress: _told(record, person), self._fill)

    def forget(self, _person: str = "") -> None:
        self._what.clear()
        self._note.clear()
        super().forget()

    def _save(self) -> None:
        context, fields = self.context, self._typed()
        saved = context.write(lambda: entries.add(context.record, "Observation", context.person, fields))
        if saved:
            self._note.clear()

    def _typed(self) -> dict[str, str]:
        return {
            "title": self._what.text(),
            "value_text": str(self._much.value()),
            "unit": "{score}",
            "category": "symptom",
            "happened": self.context.as_of.isoformat(),
            "note": self._note.text(),
        }

    def _fill(self, told: tuple[list[Series], First]) -> None:
        courses, diary = told
        context = self.context
        cards: list[QWidget] = [
            series_card(context.theme, one, lambda entry: context.navigate("entry", entry=entry)) for one in courses
        ]
        if diary.entries:
            rows = [(one, _said(one)) for one in diary.entries]
            cards.append(entries_card(context, _("Diary"), rows, diary.of))
        self.show_cards(cards)


def _said(entry: Entry) -> str:
    return " · ".join(part for part in (entry.spoken_value(), entry.text("note")) if part)


def _told(record: Record, person: str) -> tuple[list[Series], First]:
    listed = [one for one in measures.measures(record, person) if one.category in KINDS_OF_DIARY]
    courses = [measures.series(record, person, one.code) for one in listed[:MOST_CHARTS]]
    diary = entries.first(record, Query(kinds=("Observation",), person=person, diary=True), MOST)
    return [one for one in courses if len(one.points) > 1], diary
