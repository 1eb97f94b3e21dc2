"""Step 2: the case – the question, the specialist, the appointment, and how it feels before."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtWidgets import QWidget

from organizer.base.i18n import _, marked
from organizer.health.titles import plain_title
from organizer.model.case import Case
from organizer.model.entry import Changes, Entry
from organizer.model.ids import EntryId, PersonId
from organizer.model.kinds import find_kind
from organizer.services.follow import calendars
from organizer.services.opinion import cases, timetable
from organizer.services.opinion.reasons import Reason
from organizer.services.opinion.timetable import Step as TimetableStep
from organizer.services.record.records import Record
from ui.entries.parts.rows import entries_card
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.pages.opinion.cases_card import CasesCard
from ui.pages.opinion.fields import Fields
from ui.pages.opinion.saving import save_file
from ui.pages.opinion.step import Step
from ui.pages.opinion.subject_dialog import begin_case, change_subject


@dataclass(frozen=True, slots=True)
class Shown:
    """What the step shows."""

    reasons: list[Reason]
    diagnoses: list[Entry]
    has_choice: bool
    others: list[Case]
    abouts: dict[EntryId, str]
    """What each other case is about, in words."""
    steps: list[TimetableStep]


class CaseStep(Step):
    """One question to one or more specialists."""

    id = "case"
    title = marked("Case")
    needs_case = False

    def head_buttons(self) -> list[QWidget]:
        theme, case = self.context.theme, self.journey.case
        if case is None:
            return []
        widgets: list[QWidget] = [button(_("Close this case"), theme, lambda: self.journey.go("after"), "secondary")]
        if case.appointment is not None:
            widgets.append(button(_("Add to my calendar…"), theme, self._save_appointment, "primary", "calendar-plus"))
        return widgets

    def load(self) -> None:
        case = self.journey.case
        if case is None:
            sentence = _("Say in one sentence what you would like to know, and from whom. The rest follows.")
            begin = EmptyState(self.context.theme, "file-check-2", sentence, _("Begin a case"), self.begin)
            self.show_cards([begin])
            return
        person = self.context.person
        self.read(lambda record, _progress: _read(record, person, case), lambda shown: self._fill(case, shown))

    def begin(self) -> None:
        """Begin a case, beside those that are open; from now on it is the one that is worked on."""
        begin_case(self.journey, self)

    def begin_again(self) -> None:
        """Ask a further specialist the same question."""
        context, case = self.context, self.journey.case_id
        self._take_up(context.write(lambda: cases.begin_again(context.record, case)))

    def _take_up(self, changes: Changes | None) -> None:
        if changes is not None:
            self.journey.take_up(changes.entries[0])

    def _fill(self, case: Case, shown: Shown) -> None:
        cards = [self._question(case, shown.reasons), self._about(shown), self._visit(case)]
        cards += [self._timetable(shown.steps)] if shown.steps else []
        cards.append(self._feeling(case))
        cards.append(CasesCard(self.journey, shown.others, shown.abouts, self.begin, self.begin_again))
        closed = [other for other in shown.others if other.is_closed]
        if closed:
            cards.append(
                entries_card(
                    self.context, _("Earlier cases"), [(earlier.entry, _outcome(earlier)) for earlier in closed]
                )
            )
        self.show_cards(cards)

    def _about(self, shown: Shown) -> Card:
        """What the case names; where it names nothing, what it is taken to be about, or that it is to be chosen."""
        card = Card(_("Which diagnosis it is about"))
        for entry in shown.diagnoses:
            card.body.addWidget(label(plain_title(entry), "strong"))
        if not shown.diagnoses:
            card.body.addWidget(label(_("Choose one, so that options, plan and comparison belong together."), "second"))
        if shown.has_choice:
            words = _("Choose what it is about…") if not shown.diagnoses else _("Change what it is about…")
            row = FoldingRow()
            row.addWidget(button(words, self.context.theme, lambda: change_subject(self.journey, self)))
            row.addStretch()
            card.body.addLayout(row)
        return card

    def _question(self, case: Case, raised: list[Reason]) -> Card:
        card = Card(self.journey.say(marked("My question")))
        words = _("One or two sentences in your own words. The specialist reads them first.")
        card.body.addWidget(label(words, "second"))
        fields = Fields(self.journey, case.entry, ("title", "why", "plan_proposed"))
        card.body.addWidget(fields)
        suggested = dict.fromkeys(chain.from_iterable(reason.questions for reason in raised))
        if suggested:
            card.body.addWidget(label(_("Sentences to begin with"), "small"))
        for question in list(suggested)[:4]:
            use = button(_("Use"), self.context.theme, partial(self._use, fields, question), "quiet", "plus")
            use.setAccessibleName(_("Use: {question}").format(question=question))
            row = FoldingRow()
            row.addWidget(label(question), 1)
            row.addWidget(use)
            card.body.addLayout(row)
        return card

    def _use(self, fields: Fields, question: str) -> None:
        editor = fields.rows["why"].editor
        editor.set_text("\n".join(part for part in (editor.text().strip(), question) if part))
        fields.write()

    def _visit(self, case: Case) -> Card:
        card = Card(_("Specialist and appointment"))
        names = ("specialist", "specialty", "place", "happened", "decide_by")
        card.body.addWidget(Fields(self.journey, case.entry, names))
        return card

    def _timetable(self, steps: list[TimetableStep]) -> Card:
        """What is to be done until then, counted back from the appointment and the decision."""
        card = Card(_("By when"))
        words = _("Counted back from the appointment and the day of the decision.")
        card.body.addWidget(label(words, "second"))
        for step in steps:
            row = FoldingRow()
            day = label(step.when, "second")
            day.setFixedWidth(self.context.theme.px(100))
            row.addWidget(day)
            row.addWidget(label(step.what), 1)
            if step.late:
                row.addWidget(pill(_("Day gone by"), "caution"))
            card.body.addLayout(row)
        save = button(_("All of it to my calendar…"), self.context.theme, self._save_steps, "quiet", "calendar-plus")
        card.body.addWidget(save)
        return card

    def _save_steps(self) -> None:
        case = self.journey.case
        if case is not None:
            name = _("{title} – by when.ics").format(title=case.title)
            self._save_days(name, _("Saving the days"), partial(_write_steps, case.id))

    def _save_appointment(self) -> None:
        case = self.journey.case
        if case is not None:
            name = _("{title}.ics").format(title=case.title)
            self._save_days(name, _("Saving the appointment"), partial(_write_appointment, case.id))

    def _save_days(self, name: str, doing: str, save: Callable[[Record, Path], None]) -> None:
        def write(out: Path) -> None:
            self.context.read(
                doing,
                lambda record, _progress: save(record, out),
                lambda _none: self.context.show_saved(
                    _("Saved: {name}. Anyone who gets it can read it.").format(name=out.name), out
                ),
            )

        save_file(self, self.context, _("Save for a calendar"), name, _("Calendar (*.ics)"), write)

    def _feeling(self, case: Case) -> Card:
        card = Card(self.journey.say(marked("How I feel about it now")))
        words = _("0 is none, 10 is most. It stays with you: no packet holds it unless you choose so.")
        card.body.addWidget(label(words, "second"))
        card.body.addWidget(Fields(self.journey, case.entry, ("worry_before", "confidence_before")))
        return card


def _write_steps(case_id: EntryId, record: Record, out: Path) -> None:
    timetable.save(record, cases.case_of(record, case_id), out)


def _write_appointment(case_id: EntryId, record: Record, out: Path) -> None:
    calendars.save(record, case_id, out)


def _read(record: Record, person: PersonId, case: Case) -> Shown:
    named = cases.diagnoses(record, case)
    standing = [state.reason for state in cases.reasons_of(record, case) if state.note is None]
    others = [other for other in cases.cases(record, person) if other.id != case.id]
    has_choice = bool(named or cases.offered(record, person))
    abouts = {other.id: ", ".join(map(plain_title, cases.diagnoses_named(record, other))) for other in others}
    return Shown(standing, named, has_choice, others, abouts, timetable.plan(record, case))


def _outcome(case: Case) -> str:
    kind = find_kind(case.entry.kind)
    field = kind.field("outcome")
    return kind.show(case.entry, field) if field else ""
