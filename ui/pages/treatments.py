"""Treatments: each plan with its verdict and picture; goals to begin with; medicines on a calendar; side effects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from organizer.base.dates import parse_date
from organizer.base.i18n import _, marked, pgettext
from organizer.health.absence import absences
from organizer.health.chart import chart_of
from organizer.health.medicines import MedicineState, courses, source_words, state_of
from organizer.health.series import Span
from organizer.health.spans import spans_of
from organizer.health.titles import plain_title
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.model.kinds import find_kind
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.follow import goals, plans
from organizer.services.follow.goals import ProposedGoal, WordedTarget
from organizer.services.follow.plans import PlanReport
from organizer.services.record.records import Record
from ui.entries.parts.cards_page import CardsPage
from ui.entries.parts.rows import EntryRow, entries_card
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line, notice
from ui.look.widgets.columns import Columns
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.medicine_calendar import Mark, MedicineCalendar
from ui.look.widgets.pill import pill
from ui.look.widgets.series_chart import Course
from ui.shell.chart_pictures import keepable
from ui.shell.context import Context

MOST_EVIDENCE = 5
YEARS_SHOWN = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class Shown:
    """Plans and the entries that they rest on, proposed goals, medicines, side effects."""

    plans: list[tuple[PlanReport, list[Entry]]]
    proposed: list[ProposedGoal]
    wants_birth_date: bool
    medicines: list[Entry]
    effects: list[Entry]
    day: date


class TreatmentsPage(CardsPage):
    """A plan is a treatment with a goal and a date by which it is looked at again."""

    id = "treatments"
    title = marked("Treatments")
    icon = "pill"
    guide = "is-my-plan-working.md"
    help = marked(
        "Plans compare your numbers with a goal. A verdict is a reason to ask, never to stop or change by yourself."
    )

    def refresh(self) -> None:
        theme, context = self.context.theme, self.context
        own = goals.own_scale("", 3, context.as_of)
        self.header.set_actions(
            button(_("A goal of my own"), theme, lambda: context.edit_entry(None, "Goal", own), "secondary", "target"),
            button(_("Add a medicine"), theme, self._add_medicine, "primary", "plus"),
        )
        person, day = context.person, context.as_of
        context.read(_("Reading treatments"), lambda record, _progress: _read(record, person, day), self._fill)

    def _fill(self, shown: Shown) -> None:
        context = self.context
        cards: list[QWidget] = [plan_card(context, *plan) for plan in shown.plans]
        if shown.proposed:
            cards.append(_proposals(context, shown.proposed))
        if shown.wants_birth_date:
            cards.append(_birth_date_wanted(context))
        calendar = _calendar(context, shown)
        if calendar is not None:
            cards.append(calendar)
        effects = [(effect, _effect(effect)) for effect in shown.effects]
        groups = [*_medicine_groups(shown), (_("Side effects"), effects)]
        cards += [entries_card(context, title, rows) for title, rows in groups if rows]
        if not cards:
            words = _("No treatment is recorded yet.")
            cards = [EmptyState(context.theme, "pill", words, _("Add a medicine"), self._add_medicine)]
        self.show_cards(cards)

    def _add_medicine(self) -> None:
        self.context.edit_entry(None, "MedicationStatement")


def _medicine_groups(shown: Shown) -> list[tuple[str, list[tuple[Entry, str]]]]:
    """The medicines under how they stand: what stands side by side once for each dose, and what is over behind."""
    by_state: dict[MedicineState, list[Entry]] = {state: [] for state in MedicineState}
    for course in courses(shown.medicines, shown.day):
        leading = course.opposed or course.strengths or (course.last,)
        by_state[course.state] += leading
        ended = [span for span in course.spans if state_of(span, shown.day) is MedicineState.ENDED]
        by_state[MedicineState.ENDED] += [span for span in ended if span not in leading]
    by_state[MedicineState.ENDED] += [entry for entry in shown.medicines if entry.struck]
    titles = (
        (MedicineState.CURRENT, _("Medicines now")),
        (MedicineState.PAUSED, _("Medicines that are paused")),
        (MedicineState.NOT_SAID, _("Not said whether still taken")),
        (MedicineState.PLANNED, _("Medicines that are planned")),
        (MedicineState.ENDED, _("Medicines before")),
        (MedicineState.NEVER_TAKEN, _("Medicines that were not taken")),
    )
    groups = [(title, [(entry, _dose(entry)) for entry in by_state[state]]) for state, title in titles]
    stated = absences(shown.medicines, "MedicationStatement")
    return [(_("What sources say of taking none"), [(entry, "") for entry in stated]), *groups]


def _read(record: Record, person: PersonId, day: date) -> Shown:
    reports = []
    for report in plans.check_all(record, person):
        ids = [evidence.entry_id for evidence in report.check.evidence][-MOST_EVIDENCE:]
        reports.append((report, entries.many(record, ids)))
    medicines = entries.find(record, Query(kinds=("MedicationStatement",), person=person))
    effects = entries.find(record, Query(kinds=("AdverseEvent",), person=person))
    wants_birth_date = goals.wants_birth_date(record, person)
    return Shown(reports, goals.propose(record, person), wants_birth_date, medicines, effects, day)


def plan_card(context: Context, report: PlanReport, evidence: Sequence[Entry]) -> Card:
    """A plan: verdict, sentence, picture, what would change it, what else may lie behind it, what it rests on."""
    card = Card(plain_title(report.plan))
    if report.goal is not None and report.goal.id != report.plan.id:
        card.body.addWidget(label(plain_title(report.goal), "second"))
    card.body.addWidget(pill(report.verdict_words, report.tone))
    if report.check.urgent:
        card.body.addWidget(notice(report.check.urgent))
    card.body.addWidget(label(report.check.sentence))
    if report.worded is not None and report.goal is not None:
        card.body.addWidget(_worded(context, report.goal, report.worded))
    _add_course(context, card, report)
    if report.check.would_change:
        card.body.addWidget(label(_("What would change this"), "strong"))
        card.body.addWidget(label(report.check.would_change))
    _add_besides(context, card, report)
    for question in report.check.questions:
        card.body.addWidget(label(_("Worth asking: {question}").format(question=question), "second"))
    if evidence:
        card.body.addWidget(label(_("The latest results it rests on"), "strong"))
        shows = {evidence.entry_id: evidence.shows for evidence in report.check.evidence}
        for number, entry in enumerate(evidence):
            if number:
                card.body.addWidget(line())
            card.body.addWidget(EntryRow(context, entry, shows.get(entry.id, "")))
    card.body.addWidget(_actions(context, report))
    return card


def _worded(context: Context, goal: Entry, target: WordedTarget) -> Columns:
    """The number that a goal's words name: taken, or looked at first."""

    def accept() -> None:
        context.write(lambda: goals.accept_worded(context.record, goal, target))

    def change() -> None:
        context.edit_entry(goal, "Goal", target.fields)

    uses = button(_("Use this number"), context.theme, accept, "secondary", "check")
    uses.setAccessibleName(_("Use this number: {number}").format(number=target.spoken))
    return _side_by_side(context, [uses, button(_("Change first…"), context.theme, change, "quiet")])


def _add_course(context: Context, card: Card, report: PlanReport) -> None:
    """The picture of the results, if there are any."""
    if not report.series.points:
        return
    course = _course(context, report)
    card.body.addWidget(course.choices, 0, Qt.AlignmentFlag.AlignLeft)
    card.body.addWidget(course)
    if report.level:
        words = _(
            "Dots are the results. The line and its shade are the level they suggest, with the range that the "
            "usual variation allows (95 in 100). Arithmetic on your record, not a medical opinion."
        )
        card.body.addWidget(label(words, "small"))


def _course(context: Context, report: PlanReport) -> Course:
    review = parse_date(report.review_by)
    data = replace(chart_of(report.series), level=report.level, goal_day=review.first_day if review else None)
    return keepable(context, Course(context.theme, data, lambda entry: context.navigate("entry", entry=entry)))


def _add_besides(context: Context, card: Card, report: PlanReport) -> None:
    if not report.besides and report.tone != "caution":
        return
    card.body.addWidget(label(_("What else may lie behind it"), "strong"))
    for circumstance in report.besides:
        row = FoldingRow()
        row.addWidget(label(circumstance.sentence), 1)
        opens = button(pgettext("button", "Open"), context.theme, _opener(context, circumstance.entry_id), "quiet")
        opens.setAccessibleName(_("Open what this rests on: {sentence}").format(sentence=circumstance.sentence))
        row.addWidget(opens)
        card.body.addLayout(row)
    words = _("Missed doses, another laboratory or device, and a passing illness can do this too: worth telling.")
    card.body.addWidget(label(words, "second"))


def _actions(context: Context, report: PlanReport) -> Columns:
    theme, goal, plan, series = context.theme, report.goal, report.plan, report.series
    if goal is not None:
        acts = [button(_("Change the goal"), theme, lambda: context.edit_entry(goal, "Goal"), "quiet", "target")]
    else:
        acts = [button(_("Set a goal"), theme, lambda: context.edit_entry(None, "Goal"), "quiet", "target")]
    if plan.kind == "CarePlan":
        words = _("Change the plan")
        acts.append(button(words, theme, lambda: context.edit_entry(plan, "CarePlan"), "quiet", "pencil"))
    if series.points:
        preset = {"title": series.title, "unit": series.unit, "happened": context.as_of.isoformat()}
        add = _("Add a result")
        acts.append(button(add, theme, lambda: context.edit_entry(None, "Observation", preset), "quiet", "plus"))
    return _side_by_side(context, acts)


def _side_by_side(context: Context, acts: Sequence[QWidget]) -> Columns:
    """Buttons in one row, or below each other where there is no room."""
    gap = context.theme.px(8)
    widest = max(act.sizeHint().width() for act in acts)
    row = Columns(widest, len(acts), gap)
    row.set_widgets(acts)
    row.setMaximumWidth(len(acts) * (widest + gap))
    return row


def _proposals(context: Context, proposed: Sequence[ProposedGoal]) -> Card:
    card = Card(_("Goals to begin with"))
    words = _("What guidelines name for your diagnoses and medicines. Yours may differ: ask, and change it freely.")
    card.body.addWidget(label(words, "second"))
    for number, goal in enumerate(proposed):
        if number:
            card.body.addWidget(line())
        row = FoldingRow()
        due = parse_date(goal.fields["due"])
        sentence = _("{goal} by {day} – for {because}. {source}.").format(
            goal=goal.title, day=due.spoken() if due else "", because=goal.because.title, source=goal.source
        )
        row.addWidget(label(sentence), 1)
        for text, act in ((_("Set this goal"), _setter(context, goal)), (_("Change first…"), _changer(context, goal))):
            made = button(text, context.theme, act, "quiet")
            made.setAccessibleName(f"{text} {goal.title}")
            row.addWidget(made)
        card.body.addLayout(row)
    return card


def _birth_date_wanted(context: Context) -> Card:
    card = Card(_("Goals to begin with"))
    row = FoldingRow()
    words = _("Guidelines name goals for these diagnoses; they differ by age, and the birth date isn’t known here.")
    row.addWidget(label(words), 1)
    row.addWidget(button(_("Add the birth date"), context.theme, lambda: _edit_person(context), "quiet"))
    card.body.addLayout(row)
    return card


def _edit_person(context: Context) -> None:
    context.edit_entry(entries.get(context.record, EntryId(context.person)), "Patient")


def _opener(context: Context, entry_id: EntryId) -> Callable[[], object]:
    return lambda: context.navigate("entry", entry=entry_id)


def _setter(context: Context, proposal: ProposedGoal) -> Callable[[], object]:
    return lambda: context.write(lambda: goals.accept(context.record, context.person, proposal))


def _changer(context: Context, proposal: ProposedGoal) -> Callable[[], object]:
    return lambda: context.edit_entry(None, "Goal", proposal.fields)


def _calendar(context: Context, shown: Shown) -> Card | None:
    begin = shown.day - YEARS_SHOWN
    spans = [
        replace(span, start=max(span.start, begin))
        for span in spans_of(shown.medicines, shown.day)
        if _last_day(span, shown.day) >= begin
    ]
    if not spans:
        return None
    marks = [
        Mark(plain_title(effect), effect.happened.first_day, effect.id)
        for effect in shown.effects
        if effect.happened and effect.happened.first_day >= begin
    ]
    card = Card(_("Medicines on a calendar"))
    calendar = MedicineCalendar(context.theme, spans, marks, shown.day)
    calendar.activated.connect(lambda entry: context.navigate("entry", entry=entry))
    card.body.addWidget(calendar)
    return card


def _last_day(span: Span, day: date) -> date:
    """The last day of which it is known that it was taken."""
    return span.end or (day if span.end_known else span.start)


def _dose(entry: Entry) -> str:
    kind = find_kind("MedicationStatement")
    fields = (kind.field(name) for name in ("dose", "frequency", "ended", "reason", "stop_reason", "effect"))
    shown = [kind.show(entry, field) for field in fields if field]
    words = source_words(entry)
    if words:
        shown.append(_("the source says “{words}”").format(words=words))
    return " · ".join(part for part in shown if part)


def _effect(entry: Entry) -> str:
    kind = find_kind("AdverseEvent")
    fields = (kind.field(name) for name in ("severity", "suspected_cause", "outcome"))
    stopped = _("the medicine was stopped for it") if entry.data.get("led_to_stop") else ""
    shown = [kind.show(entry, field) for field in fields if field]
    return " · ".join(part for part in (*shown, stopped) if part)
