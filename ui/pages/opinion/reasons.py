"""Step 1: what in the record speaks for a second opinion, with its evidence; set aside what doesn't count."""

from dataclasses import dataclass
from functools import partial
from itertools import chain

from PySide6.QtWidgets import QInputDialog, QWidget

from organizer.base.i18n import _, marked
from organizer.health.titles import plain_title
from organizer.model.case import Case
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.model.kinds import find_kind
from organizer.services.entries import entries
from organizer.services.opinion import cases, reasons
from organizer.services.opinion.reasons import Reason, ReasonState
from organizer.services.record.records import Record
from ui.entries.parts.rows import EntryRow
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.pages.opinion.step import Step
from ui.pages.opinion.subject_dialog import begin_case

MOST_EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """What the step shows."""

    states: list[ReasonState]
    evidence: dict[str, Entry]
    elsewhere: list[Reason]
    """Reasons of the record that are no part of the case in front."""


class ReasonsStep(Step):
    """Nothing here says that a doctor is wrong."""

    id = "reasons"
    title = marked("Reasons")
    needs_case = False

    def head_buttons(self) -> list[QWidget]:
        words = _("Go on with the case") if self.journey.case else _("Begin a case")
        return [button(words, self.context.theme, self.begin, "primary", "file-check-2")]

    def begin(self) -> None:
        """Begin a case about what the person chooses, or go on with the one that is open."""
        if self.journey.case is None:
            begin_case(self.journey, self)
        else:
            self.journey.go("case")

    def load(self) -> None:
        person, case = self.context.person, self.journey.case
        self.read(lambda record, _progress: _read(record, person, case), self._fill)

    def _fill(self, shown: Shown) -> None:
        standing = [state for state in shown.states if state.note is None]
        cards: list[QWidget] = [self._reason(state.reason, shown.evidence) for state in standing]
        if not standing:
            card = Card(_("Nothing in the record speaks for it by itself"))
            words = _("You may ask for a second opinion at any time, for any reason of your own.")
            card.body.addWidget(label(words, "second"))
            cards.append(card)
        cards.append(self._own_words(shown.states))
        aside = [state for state in shown.states if state.note is not None]
        if aside:
            cards.append(self._aside(aside))
        if shown.elsewhere:
            cards.append(self._elsewhere(shown.elsewhere))
        self.show_cards(cards)

    def _reason(self, reason: Reason, evidence: dict[str, Entry]) -> Card:
        card = Card(reason.title)
        card.body.addWidget(label(reason.sentence))
        for condition in reason.ask:
            card.body.addWidget(self._ask_serious(evidence[condition]))
        shown = [evidence[text] for text in reason.evidence if text in evidence]
        for number, entry in enumerate(shown[:MOST_EVIDENCE]):
            card.body.addWidget(line() if number else label(_("It rests on"), "small"))
            card.body.addWidget(EntryRow(self.context, entry, _kind_words(entry), entry.struck))
        more = len(shown) - MOST_EVIDENCE
        if more > 0:
            card.body.addWidget(label(_("and {n} more").format(n=more), "small"))
        for question in reason.questions:
            card.body.addWidget(label(_("Worth asking: {question}").format(question=question), "second"))
        card.body.addLayout(self._buttons(reason))
        return card

    def _ask_serious(self, condition: Entry) -> QWidget:
        """Asked once: the answer is the person's."""
        holder = Card(role="panel")
        words = _("Is “{title}” serious or life-changing for you?").format(title=plain_title(condition))
        holder.body.addWidget(label(words, "strong"))
        row = FoldingRow()
        for text, answer in ((_("Yes"), True), (_("No"), False)):
            choice = button(text, self.context.theme, partial(self._mark, condition.id, answer))
            choice.setAccessibleName(f"{words} {text}")
            row.addWidget(choice)
        row.addStretch()
        holder.body.addLayout(row)
        return holder

    def _mark(self, condition: EntryId, serious: bool) -> None:
        self.context.write(lambda: reasons.mark_serious(self.context.record, condition, serious))

    def _buttons(self, reason: Reason) -> FoldingRow:
        row = FoldingRow()
        aside = button(_("Set aside…"), self.context.theme, lambda: self._set_aside(reason), "quiet")
        aside.setAccessibleName(_("Set aside: {reason}").format(reason=reason.title))
        row.addWidget(aside)
        row.addStretch()
        return row

    def _set_aside(self, reason: Reason) -> None:
        words = _("It is shown again only when the record holds something new. A note for yourself:")
        note, wanted = QInputDialog.getMultiLineText(self, reason.title, words)
        if wanted:
            context, case = self.context, self.journey.case
            about = cases.about_of(context.record, case) if case is not None else None
            context.write(lambda: reasons.set_aside(context.record, context.person, reason.reason, note, about))

    def _own_words(self, states: list[ReasonState]) -> Card:
        card = Card(_("Something the record can’t know"))
        is_unheard = any(state.reason.reason == "unheard" for state in states)
        words = _("Did you feel rushed or unheard? Say it in your own words; it counts as a reason.")
        card.body.addWidget(label(words, "second"))
        text = _("Say it anew…") if is_unheard else _("I felt rushed or unheard…")
        row = FoldingRow()
        row.addWidget(button(text, self.context.theme, self._say, "secondary", "message-square"))
        row.addStretch()
        card.body.addLayout(row)
        return card

    def _say(self) -> None:
        title, words = _("Rushed or unheard"), _("What happened, in your words:")
        text, wanted = QInputDialog.getMultiLineText(self, title, words)
        if wanted:
            context = self.context
            context.write(lambda: reasons.say(context.record, context.person, "unheard", text))

    def _aside(self, states: list[ReasonState]) -> Card:
        card = Card(_("Set aside"))
        for state in states:
            card.body.addWidget(label(state.reason.title, "strong"))
            if state.note:
                card.body.addWidget(label(_("Your note: {note}").format(note=state.note), "second"))
            back = button(_("Bring back"), self.context.theme, partial(self._bring_back, state), "quiet")
            back.setAccessibleName(_("Bring back: {reason}").format(reason=state.reason.title))
            card.body.addWidget(back)
        return card

    def _elsewhere(self, raised: list[Reason]) -> Card:
        """Told apart from those of the case in front, which they are no part of."""
        card = Card(_("In the record, but not of this case"))
        for reason in raised:
            card.body.addWidget(label(reason.title, "strong"))
            card.body.addWidget(label(reason.sentence, "second"))
        row = FoldingRow()
        begin = button(_("Begin another case"), self.context.theme, lambda: begin_case(self.journey, self), "quiet")
        row.addWidget(begin)
        row.addStretch()
        card.body.addLayout(row)
        return card

    def _bring_back(self, state: ReasonState) -> None:
        context = self.context
        context.write(lambda: reasons.bring_back(context.record, context.person, state.reason.reason))


def _read(record: Record, person: PersonId, case: Case | None) -> Shown:
    everywhere = reasons.states(record, person)
    states = cases.reasons_of(record, case) if case is not None else everywhere
    sentences = {state.reason.sentence for state in states}
    elsewhere = [state.reason for state in everywhere if state.note is None and state.reason.sentence not in sentences]
    wanted = dict.fromkeys(chain.from_iterable(state.reason.evidence for state in states))
    return Shown(states, {entry.id: entry for entry in entries.many(record, list(wanted))}, elsewhere)


def _kind_words(entry: Entry) -> str:
    value = entry.spoken_value()
    return value or _(find_kind(entry.kind).label)
