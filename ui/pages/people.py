"""People: each family member in this record, the basics, and the way to their own pages."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked, ngettext, within_sentence
from organizer.model.entry import Changes, Entry
from organizer.model.ids import PersonId, person_id
from organizer.model.kinds import KINDS, find_kind
from organizer.services.entries import entries
from organizer.services.opinion import sheets
from organizer.services.opinion.leaving_out import Paper
from organizer.services.record import people
from organizer.services.record.records import Record
from ui.look.widgets.avatar import avatar
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.pages.opinion.matters import Ticked
from ui.pages.opinion.saving import save_sifted
from ui.shell.context import Context
from ui.shell.page import Page

PORTRAIT = 56
BASICS = ("birth_date", "sex", "blood_type", "language", "phone", "emergency_contact")

CountedPeople = list[tuple[Entry, dict[str, int]]]


class PeoplePage(Page):
    """Portraits side by side; the one who is shown is marked in words."""

    id = "people"
    title = marked("People")
    icon = "users"
    guide = "caregivers.md"
    help = marked(
        "Everybody whose records are kept here. Each page of the window shows one person only; choose “Show” to see "
        "another one. Nothing of one person ever stands on the pages of another."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._cards = Columns(context.theme.px(340), 2)
        self.body.addWidget(self._cards)
        self.body.addStretch(1)  # the cards are as high as what they say

    def refresh(self) -> None:
        theme = self.context.theme
        self.header.set_actions(
            button(_("Take elsewhere…"), theme, self.context.ask_export, "quiet", "download"),
            button(_("Add a person"), theme, lambda: self.context.edit_entry(None, "Patient"), "primary", "plus"),
        )
        self.context.read(_("Reading people"), lambda record, _progress: _everybody(record), self._fill)

    def touched_by(self, changes: Changes) -> bool:
        """Counts change with every entry, and counting is quick."""
        return True

    def open(self, **where: object) -> None:
        entry = where.get("entry")
        if entry:
            self._edit(person_id(str(entry)))

    def _fill(self, counted: CountedPeople) -> None:
        count = len(counted)
        text = ngettext("{n} person in this record", "{n} people in this record", count)
        self.header.set_context(text.format(n=count))
        self._cards.set_widgets([self._card(person, counts) for person, counts in counted])

    def _card(self, person: Entry, counts: dict[str, int]) -> Card:
        card = Card()
        card.setAccessibleName(person.title)
        card.body.addLayout(self._head(person))
        card.body.addWidget(line())
        for name, text in _basics(person):
            card.body.addWidget(_pair(name, text))
        card.body.addWidget(label(_counted(counts), "small"))
        card.body.addStretch()
        card.body.addLayout(self._actions(person))
        return card

    def _head(self, person: Entry) -> FoldingRow:
        theme = self.context.theme
        size = theme.px(PORTRAIT)
        picture = QLabel()
        picture.setPixmap(avatar(person.title, theme, self.devicePixelRatioF(), PORTRAIT).pixmap(QSize(size, size)))
        picture.setAccessibleName(_("Portrait of {name}").format(name=person.title))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(person.title, "heading"))
        pills = FoldingRow()
        pills.setSpacing(8)
        if person.id == self.context.person:
            pills.addWidget(pill(_("Shown now"), "info"))
        if person.text("kept_by"):
            pills.addWidget(pill(_role(person)))
        pills.addStretch()
        words.addLayout(pills)
        row = FoldingRow()
        row.setSpacing(16)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row

    def _actions(self, person: Entry) -> FoldingRow:
        theme = self.context.theme
        row = FoldingRow()
        edit = button(_("Edit"), theme, lambda: self._edit(person.person), "quiet", "pencil")
        edit.setAccessibleName(_("Edit {name}").format(name=person.title))
        row.addWidget(edit)
        if person.id != self.context.person:
            show = button(_("Show"), theme, lambda: self.context.ask_person(person.person), "quiet", "eye")
            show.setAccessibleName(_("Show the records of {name}").format(name=person.title))
            row.addWidget(show)
        card = button(_("Emergency card…"), theme, lambda: self._emergency(person), "quiet", "heart-pulse")
        card.setAccessibleName(_("Save the emergency card of {name}").format(name=person.title))
        row.addWidget(card)
        row.addStretch()
        return row

    def _emergency(self, person: Entry) -> None:
        name = _("{person} – emergency card.pdf").format(person=person.title)
        title = _("Save the emergency card")

        def draw(record: Record, ticked: Ticked) -> Paper:
            return sheets.emergency(record, person.person, ticked=ticked)

        save_sifted(self, self.context, title, name, lambda record: sheets.card_matters(record, person.person), draw)

    def _edit(self, person: PersonId) -> None:
        self.context.edit_entry(entries.get(self.context.record, person), "Patient")


def _role(person: Entry) -> str:
    """Who keeps this record, in words."""
    if person.text("kept_by") != "caregiver":
        return _("Own record")
    keeper, relation = person.text("keeper") or _("somebody else"), person.text("relation")
    words = _("Cared for by {keeper} ({relation})") if relation else _("Cared for by {keeper}")
    return words.format(keeper=keeper, relation=relation)


def _everybody(record: Record) -> CountedPeople:
    return [(person, entries.counts(record, person.person)) for person in people.people(record)]


def _basics(person: Entry) -> list[tuple[str, str]]:
    """What is known of the basics, as label and words; dates as people say them."""
    kind = find_kind("Patient")
    facts = []
    for name in BASICS:
        field = kind.field(name)
        text = kind.show(person, field) if field else ""
        day = parse_date(text) if name == "birth_date" else None
        if field and text:
            facts.append((_(field.label), day.spoken() if day else text))
    return facts


def _pair(name: str, text: str) -> QWidget:
    holder = QWidget()
    row = FoldingRow(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label(name, "second"), 2, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(text, selectable=True), 3)
    return holder


def _counted(counts: dict[str, int]) -> str:
    """`4 diagnoses · 61 test results`."""
    parts = []
    for kind in KINDS:
        count = counts.get(kind.name, 0)
        if kind.portrait and count:
            parts.append(f"{count} {within_sentence(_(kind.label if count == 1 else kind.plural))}")
    return " · ".join(parts) if parts else _("Nothing is recorded yet")
