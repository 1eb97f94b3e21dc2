"""Step 10: decide and have the plan watched, close the case, or – if something went wrong – know where one stands."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _, marked
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.model.statuses import Status
from organizer.services.follow import measures
from organizer.services.follow.measures import MeasureSummary
from organizer.services.opinion import cases, deciding
from organizer.services.record.records import Record
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.pages.opinion.decide_form import DecideForm
from ui.pages.opinion.fields import Fields
from ui.pages.opinion.something_wrong import SomethingWrong
from ui.pages.opinion.step import Step


@dataclass(frozen=True, slots=True)
class Shown:
    """What the step shows."""

    options: list[Entry]
    measures: list[MeasureSummary]


class AfterStep(Step):
    """Three ways on from here; all of them calm."""

    id = "after"
    title = marked("After")
    needs_case = False

    def load(self) -> None:
        person, case = self.context.person, self.journey.case_id
        self.read(lambda record, _progress: _read(record, person, case), self._fill)

    def _fill(self, shown: Shown) -> None:
        cards: list[QWidget] = [self._decide(shown)]
        if self.journey.case is not None:
            cards.append(self._reassured(self.journey.case))
        self.show_cards([*cards, SomethingWrong(self.context)])

    def _decide(self, shown: Shown) -> Card:
        card = Card(self.journey.say(marked("I have decided")))
        words = _("The option becomes a plan with a goal and a day to look at it again. The plan check watches it.")
        card.body.addWidget(label(words, "second"))
        if shown.options:
            card.body.addWidget(DecideForm(self.journey, shown.options, shown.measures))
            return card
        card.body.addWidget(label(_("No option is open. Write one down first.")))
        row = FoldingRow()
        row.addWidget(button(_("To the options"), self.context.theme, lambda: self.journey.go("options")))
        row.addStretch()
        card.body.addLayout(row)
        return card

    def _reassured(self, case: Case) -> Card:
        card = Card(_("How it is now"))
        words = _before_words(case)
        if words:
            card.body.addWidget(label(words, "second"))
        card.body.addWidget(Fields(self.journey, case.entry, ("learnt", "worry_after", "confidence_after")))
        row = FoldingRow()
        row.addWidget(label(_("A closed case stays readable; you can begin another one at any time."), "second"), 1)
        row.addWidget(button(_("Close this case"), self.context.theme, self.close_case, "secondary", "check"))
        card.body.addLayout(row)
        return card

    def close_case(self) -> None:
        """Close the case; nothing of it is lost."""
        context, case = self.context, self.journey.case_id
        context.write(lambda: cases.close(context.record, case))


def _before_words(case: Case) -> str:
    """`Before, your worry was 6 and your confidence 4.`, shown back gently; "" where nothing was said."""
    worry, confidence = case.worry_before, case.confidence_before
    if worry is None and confidence is None:
        return ""
    if confidence is None:
        return _("Before, your worry was {worry} of 10.").format(worry=worry)
    if worry is None:
        return _("Before, your confidence was {confidence} of 10.").format(confidence=confidence)
    return _("Before, your worry was {worry} and your confidence {confidence} of 10.").format(
        worry=worry, confidence=confidence
    )


def _read(record: Record, person: PersonId, case: EntryId) -> Shown:
    options = [
        column
        for column in deciding.options(record, person, case).columns
        if column.status in (Status.NOT_SAID, Status.OPEN)
    ]
    return Shown(options, measures.measures(record, person))
