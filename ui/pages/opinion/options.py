"""Step 5: options side by side, each in the person's own words, with how much each matters. Nothing is summed."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from organizer.base.i18n import _, marked
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.services.entries import entries
from organizer.services.opinion import cases, deciding, sheets
from organizer.services.opinion.deciding import OPTION_ROWS, OptionTable
from organizer.services.opinion.leaving_out import Paper
from organizer.services.record.records import Record
from ui.look.widgets.aligned import Aligned
from ui.look.widgets.buttons import button, icon_button
from ui.look.widgets.card import Card
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.pages.opinion.fields import Fields
from ui.pages.opinion.matters import Ticked
from ui.pages.opinion.saving import save_sifted
from ui.pages.opinion.step import Step
from ui.pages.opinion.unclaimed import UnclaimedCard
from ui.pages.opinion.weighing import ChanceDialog, WeighDialog

COLUMN = 240
Shown = tuple[OptionTable, list[Entry]]
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
        self.read(lambda record, _progress: _read(record, person, case), self._fill)

    def _fill(self, shown: Shown) -> None:
        table, of_none = shown
        cards: list[QWidget] = [self._add_card(bool(table.columns))]
        if table.columns:
            cards.append(self._side_by_side(table.columns))
            uneven = deciding.uneven_chances(table.columns)
            cards += [label(uneven, "second")] if uneven else []
        if self.journey.case is not None:
            cards.append(self._matters(self.journey.case))
            cards.append(self._deciding(self.journey.case))
            cards += [UnclaimedCard(self.journey, of_none)] if of_none else []
        self.show_cards(cards)

    def _add_card(self, some: bool) -> Card:
        card = Card(_("Add another way") if some else _("Which ways are there?"))
        words = _("Also waiting and watching is a way. Press Enter to add it.")
        card.body.addWidget(label(words, "second"))
        row = FoldingRow()
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
        rows = [(row.field, row.weight) if row.weight else (row.field,) for row in OPTION_ROWS]
        columns = [[self._head(option), *(self._cell(option, names) for names in rows)] for option in options]
        card.body.addWidget(Aligned(columns, self.context.theme.px(COLUMN)))
        return card

    def _cell(self, option: Entry, names: tuple[str, ...]) -> QWidget:
        """The fields of a row; below the reasons what each weighs, below the chance those in numbers."""
        fields = Fields(self.journey, option, names, stacked=True)
        if names[0] not in ("risks", "chance"):
            return fields
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields)
        if names[0] == "risks":
            weigh = button(_("Weigh each reason…"), self.context.theme, partial(self._weigh, option), "quiet")
            weigh.setAccessibleName(_("Weigh each reason: {option}").format(option=option.title))
            column.addWidget(weigh)
            return holder
        for place, chance in enumerate(deciding.chances_of(option)):
            row = FoldingRow()
            row.addWidget(label(chance.spoken()), 1)
            drop = _("Remove: {chance}").format(chance=chance.outcome)
            row.addWidget(icon_button("trash-2", drop, self.context.theme, partial(self._drop, option, place)))
            column.addLayout(row)
        add = button(_("Add a chance as numbers…"), self.context.theme, partial(self._add_chance, option), "quiet")
        add.setAccessibleName(_("Add a chance as numbers: {option}").format(option=option.title))
        column.addWidget(add)
        return holder

    def _weigh(self, option: Entry) -> None:
        """The reasons as they stand now, not as they stood when the step was built."""
        WeighDialog(self.journey, entries.get(self.context.record, option.id), self).open()

    def _add_chance(self, option: Entry) -> None:
        ChanceDialog(self.journey, option, self).open()

    def _drop(self, option: Entry, place: int) -> None:
        context = self.context
        context.write(lambda: deciding.remove_chance(context.record, option.id, place))

    def _head(self, option: Entry) -> QWidget:
        holder = QWidget()
        row = FoldingRow(holder)
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
        card = Card(self.journey.say(marked("What matters to me")))
        words = _("Your needs, your values and your days are part of the choice.")
        card.body.addWidget(label(words, "second"))
        card.body.addWidget(Fields(self.journey, case.entry, ("untreated", "needs", "values", "lifestyle")))
        return card

    def _deciding(self, case: Case) -> Card:
        card = Card(_("The decision"))
        words = _(
            "Who decides with you, what helps and what presses, and how far you are. Nothing is worked out of it."
        )
        card.body.addWidget(label(words, "second"))
        card.body.addWidget(Fields(self.journey, case.entry, ("involved", "support", "to_know", "leaning", "sureness")))
        return card

    def _save(self) -> None:
        person, case = self.context.person_entry, self.journey.case_id
        name = _("{person} – options.pdf").format(person=person.title)
        title = _("Save the options")

        def draw(record: Record, ticked: Ticked) -> Paper:
            return sheets.options(record, person.person, case_id=case, ticked=ticked)

        save_sifted(
            self, self.context, title, name, lambda record: sheets.options_matters(record, person.person, case), draw
        )


def _read(record: Record, person: PersonId, case: EntryId) -> Shown:
    return deciding.options(record, person, case), cases.options_of_no_case(record, person)
