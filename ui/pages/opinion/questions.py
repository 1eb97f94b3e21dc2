"""Step 6: questions to bring – suggested, ordered, three of them starred."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from organizer.base.i18n import _, marked
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.services.entries import entries
from organizer.services.opinion import cases, questions
from organizer.services.record.records import Record
from ui.look.widgets.buttons import ON_PAPER, button, icon_button
from ui.look.widgets.card import Card, line
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.plain import hint
from ui.look.widgets.side_by_side import SideBySide
from ui.pages.opinion.step import Step
from ui.pages.opinion.unclaimed import UnclaimedCard

MOST_SUGGESTED = 8
Shown = tuple[list[Entry], list[tuple[str, str]], list[Entry]]


class QuestionsStep(Step):
    """The order is the person's; the starred three come first at the visit and in the packet."""

    id = "questions"
    title = marked("Questions")
    needs_case = False

    def load(self) -> None:
        person, case = self.context.person, self.journey.case_id
        self.read(lambda record, _progress: _read(record, person, case), self._fill)

    def _fill(self, shown: Shown) -> None:
        mine, suggested, of_none = shown
        cards: list[QWidget] = [self._mine(mine)]
        if suggested:
            cards.append(self._suggestions(suggested))
        if of_none and self.journey.case is not None:
            cards.append(UnclaimedCard(self.journey, of_none))
        self.show_cards(cards)

    def _mine(self, mine: list[Entry]) -> Card:
        card = Card(self.journey.say(marked("My questions")))
        words = _("Mark the three that matter most: they come first. Write one and press Enter.")
        card.body.addWidget(label(words, "second"))
        row = FoldingRow()
        self.field = QLineEdit()
        self.field.setAccessibleName(_("A question"))
        self.field.setPlaceholderText(_("What would you like to know?"))
        self.field.returnPressed.connect(self.add)
        row.addWidget(self.field, 1)
        row.addWidget(button(_("Add question"), self.context.theme, self.add, "primary", "plus"))
        card.body.addLayout(row)
        for number, question in enumerate(mine):
            if number:
                card.body.addWidget(line())
            card.body.addWidget(self._row(question, number + 1))
        return card

    def add(self) -> None:
        """Write the question down that was typed."""
        self._add(self.field.text().strip(), "")

    def _add(self, title: str, why: str) -> None:
        if title:
            context, case = self.context, self.journey.case_id
            context.write(lambda: questions.add(context.record, context.person, title, why, case))

    def _row(self, question: Entry, number: int) -> SideBySide:
        theme, starred = self.context.theme, bool(question.data.get("starred"))
        whole, row = SideBySide(), FoldingRow()
        star = button("★" if starred else "☆", theme, partial(self._star, question, not starred), "quiet")
        words = _("Take the mark from: {question}") if starred else _("Mark as one of the three: {question}")
        star.setAccessibleName(words.format(question=question.title))
        star.setToolTip(hint(star.accessibleName()))
        star.setProperty(ON_PAPER, True)
        row.addWidget(star)
        row.addWidget(label(f"{number}.", "second"))
        row.addWidget(label(question.title, "strong" if starred else ""), 1)
        whole.words.addLayout(row)
        for name, words, step in (("chevron-up", _("Up: {question}"), -1), ("chevron-down", _("Down: {question}"), 1)):
            whole.buttons.addWidget(
                icon_button(name, words.format(question=question.title), theme, partial(self._move, question, step))
            )
        edit = _("Edit: {question}").format(question=question.title)
        acts = whole.buttons
        acts.addWidget(icon_button("pencil", edit, theme, partial(self.context.edit_entry, question, question.kind)))
        drop = _("Remove: {question}").format(question=question.title)
        acts.addWidget(icon_button("trash-2", drop, theme, partial(self._remove, question)))
        return whole

    def _star(self, question: Entry, on: bool) -> None:
        self.context.write(lambda: questions.star(self.context.record, question.id, on))

    def _move(self, question: Entry, step: int) -> None:
        self.context.write(lambda: questions.move(self.context.record, question.id, step))

    def _remove(self, question: Entry) -> None:
        self.context.write(lambda: entries.remove(self.context.record, [question.id]))

    def _suggestions(self, suggested: list[tuple[str, str]]) -> Card:
        card = Card(_("Worth asking"))
        card.body.addWidget(label(_("From the reasons and from what is still open in the record."), "second"))
        for question, why in suggested[:MOST_SUGGESTED]:
            row = FoldingRow()
            row.addWidget(label(question), 3)
            row.addWidget(label(why, "second"), 2)
            take = button(_("Add"), self.context.theme, partial(self._add, question, why), "quiet", "plus")
            take.setAccessibleName(_("Add: {question}").format(question=question))
            row.addWidget(take)
            card.body.addLayout(row)
        return card


def _read(record: Record, person: PersonId, case: EntryId) -> Shown:
    asked, suggested = questions.ordered(record, person, case), questions.suggested(record, person, case)
    return asked, suggested, cases.questions_of_no_case(record, person)
