"""Step 4: the insurance and its card, what to ask the insurer, the calls so far."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId, Sha256
from organizer.services.entries import documents
from organizer.services.entries.documents import PageImage
from organizer.services.opinion import insurance, sheets
from organizer.services.opinion.insurance import InsuranceFacts
from organizer.services.opinion.leaving_out import Paper
from organizer.services.record.records import Record
from ui.entries.parts.pages_shown import picture
from ui.entries.parts.rows import entries_card
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.columns import Columns
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.pages.opinion.fields import Fields
from ui.pages.opinion.matters import Ticked
from ui.pages.opinion.saving import save_sifted
from ui.pages.opinion.step import Step

CARD_WIDTH = 320
FINER, HIGHEST = 2, 2  # times the width: for dense screens, and for a card that was photographed upright
Shown = tuple[InsuranceFacts, dict[EntryId, PageImage | None]]


class InsuranceStep(Step):
    """Whether something is covered, only the insurer can say."""

    id = "insurance"
    title = marked("Insurance")
    needs_case = False

    def head_buttons(self) -> list[QWidget]:
        theme = self.context.theme
        return [
            button(_("Save as a sheet…"), theme, self._save, "secondary", "download"),
            button(_("Add insurance"), theme, lambda: self.context.edit_entry(None, "Coverage"), "primary", "plus"),
        ]

    def load(self) -> None:
        person = self.context.person
        wide = FINER * self.context.theme.px(CARD_WIDTH)
        self.read(lambda record, _progress: _read(record, person, wide), self._fill)

    def _fill(self, shown: Shown) -> None:
        known, pictures = shown
        cards: list[QWidget] = [
            self._coverage(coverage, known, pictures.get(coverage.id)) for coverage in known.coverages
        ]
        if not known.coverages:
            card = Card(_("No insurance is written down yet"))
            words = _("Write down what stands on the card, and keep its picture here.")
            card.body.addWidget(label(words, "second"))
            cards.append(card)
        cards.append(self._questions(known))
        if known.calls:
            rows = [(call, call.text("answer")) for call in known.calls]
            cards.append(entries_card(self.context, _("Calls and letters"), rows))
        self.show_cards(cards)

    def _coverage(self, coverage: Entry, known: InsuranceFacts, card_picture: PageImage | None) -> Card:
        card = Card(coverage.title)
        columns = Columns(self.context.theme.px(360), 2, 24)
        fields = Fields(self.journey, coverage, ("plan", "member_number", "group_number", "phone"))
        columns.set_widgets([fields, self._picture(coverage, known, card_picture)])
        card.body.addWidget(columns)
        return card

    def _picture(self, coverage: Entry, known: InsuranceFacts, card_picture: PageImage | None) -> QWidget:
        holder = Card(role="panel")
        if card_picture is not None:
            shown = QLabel()
            pixmap = QPixmap.fromImage(picture(card_picture))
            width = self.context.theme.px(CARD_WIDTH)
            shown.setPixmap(pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
            shown.setAccessibleName(_("Picture of the card of {insurer}").format(insurer=coverage.title))
            holder.body.addWidget(shown)
        else:
            holder.body.addWidget(label(_("No picture of the card yet."), "second"))
        for entry in known.maybe[:3]:
            words = _("Use “{name}” as the card").format(name=entry.title)
            use = button(words, self.context.theme, partial(self._use, coverage.id, entry.id), "quiet", "image")
            holder.body.addWidget(use)
        add = button(_("Import a picture…"), self.context.theme, self.context.choose_import, "quiet", "upload")
        holder.body.addWidget(add)
        return holder

    def _use(self, coverage: EntryId, picture: EntryId) -> None:
        self.context.write(lambda: insurance.use_as_card(self.context.record, coverage, picture))

    def _questions(self, known: InsuranceFacts) -> Card:
        card = Card(_("What to ask the insurer"))
        words = _("Note each answer in their words, with the day, the name and the reference number.")
        card.body.addWidget(label(words, "second"))
        insurer = known.coverages[0].title if known.coverages else ""
        for question in insurance.questions(self.context.record, self.context.person):
            row = FoldingRow()
            row.addWidget(label(question), 1)
            note = button(_("Note the answer…"), self.context.theme, partial(self._note, question, insurer), "quiet")
            note.setAccessibleName(_("Note the answer: {question}").format(question=question))
            row.addWidget(note)
            card.body.addLayout(row)
        return card

    def _note(self, question: str, insurer: str) -> None:
        day = self.context.as_of.isoformat()
        preset = {"title": question, "happened": day, "medium": "call", "with_whom": insurer}
        self.context.edit_entry(None, "Communication", preset)

    def _save(self) -> None:
        person = self.context.person_entry
        name = _("{person} – insurance.pdf").format(person=person.title)
        title = _("Save the insurance sheet")
        whose = person.person

        def draw(record: Record, ticked: Ticked) -> Paper:
            return sheets.insurance_sheet(record, whose, ticked=ticked)

        save_sifted(self, self.context, title, name, lambda record: sheets.insurance_matters(record, whose), draw)


def _read(record: Record, person: PersonId, wide: int) -> Shown:
    known = insurance.facts_of(record, person)
    pictures = {
        coverage: documents.draw_first(
            documents.original(record, Sha256(card.text("file"))), wide, HIGHEST * wide, card.title
        )
        for coverage, card in known.cards.items()
        if card.text("file")
    }
    return known, pictures
