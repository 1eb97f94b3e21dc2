"""Step 5: options side by side, each in the person's own words, with how much each matters. Nothing is summed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from organizer.base.i18n import _, marked
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.services.opinion import cases, deciding, sheets
from organizer.services.opinion.deciding import OPTION_ROWS, OptionTable
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.pages.opinion.fields import Fields
from ui.pages.opinion.saving import save_pdf
from ui.pages.opinion.step import Step
from ui.pages.opinion.unclaimed import UnclaimedCard

COLUMN = 240
Told = tuple[OptionTable, list[Entry]]
_STATES = {"chosen": (marked("Chosen"), "good"), "declined": (marked("Not chosen"), "neutral")}


class OptionsStep(Step):
    """The person's words and weights stand beside each other; the window adds nothing up."""

    id = "options"
    title = marked("Options")
    needs_case = False

    def head_buttons(self) -> list[QWidget]:
        return [button(_("Save as a sheet…"), self.context.theme, self._save, "secondary", "download")]

    def load(self) -> None:
        person, case = self.context.person, self.journey.case_id
        self.read(lambda record, _progress: _told(record, person, case), self._fill)

    def _fill(self, told: Told) -> None:
        table, of_none = told
        cards: list[QWidget] = [self._add_card(bool(table.columns))]
        if table.columns:
            cards.append(self._side_by_side(table.columns))
        if self.journey.case is not None:
            cards.append(self._matters(self.journey.case))
            cards += [UnclaimedCard(self.journey, of_none)] if of_none else []
        self.show_cards(cards)

    def _add_card(self, some: bool) -> Card:
        card = Card(_("Add another way") if some else _("Which ways are there?"))
        words = _("Also waiting and watching is a way. Press Enter to add it.")
        card.body.addWidget(label(words, "second"))
        row = QHBoxLayout()
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Name of the option"))
        self.field.setPlaceholderText(_("For example: wait and measure again in three months"))
        self.field.returnPressed.connect(self.add)
        row.addWidget(self.field, 1)
        row.addWidget(button(_("Add option"), self.context.theme, self.add, "primary", "plus"))
        card.body.addLayout(row)
        return card

    def add(self) -> None:
        """Write the option down that was typed."""
        title = self.field.text().strip()
        if title:
            context, case = self.context, self.journey.case_id
            context.write(lambda: deciding.add_option(context.record, context.person, title, case))

    def _side_by_side(self, options: tuple[Entry, ...]) -> Card:
        card = Card(_("Side by side"))
        words = _("0 means it doesn’t matter to you, 5 that it matters most. Nobody adds these numbers up.")
        card.body.addWidget(label(words, "second"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(10)
        for column, option in enumerate(options):
            grid.addWidget(self._head(option), 0, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnMinimumWidth(column, self.context.theme.px(COLUMN))
            grid.setColumnStretch(column, 1)
            for line, row in enumerate(OPTION_ROWS, 1):
                names = (row.field, row.weight) if row.weight else (row.field,)
                grid.addWidget(
                    Fields(self.journey, option, names, stacked=True), line, column, Qt.AlignmentFlag.AlignTop
                )
        card.body.addLayout(grid)
        return card

    def _head(self, option: Entry) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(option.title, "heading"), 1)
        if option.status in _STATES:
            words, tone = _STATES[option.status]
            row.addWidget(pill(_(words), tone))
        edit = button(_("Edit"), self.context.theme, lambda: self.context.edit_entry(option, option.kind), "quiet")
        edit.setAccessibleName(_("Edit {title}").format(title=option.title))
        row.addWidget(edit)
        return holder

    def _matters(self, case: Case) -> Card:
        card = Card(_("What matters to me"))
        words = _("Your needs, your values and your days are part of the choice.")
        card.body.addWidget(label(words, "second"))
        card.body.addWidget(Fields(self.journey, case.entry, ("needs", "values", "lifestyle")))
        return card

    def _save(self) -> None:
        person, case = self.context.person_entry, self.journey.case_id
        name = _("{person} – options.pdf").format(person=person.title)
        title = _("Save the options")
        save_pdf(
            self,
            self.context,
            title,
            name,
            lambda record, _progress: sheets.options(record, person.person, case_id=case),
        )


def _told(record: Record, person: PersonId, case: EntryId) -> Told:
    return deciding.options(record, person, case), cases.options_of_no_case(record, person)
