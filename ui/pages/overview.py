"""Overview: where each plan stands, reasons for a second opinion, what comes next, the chart that matters most."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from organizer.base.i18n import _, marked, ngettext, pgettext
from organizer.health.series import Series
from organizer.health.titles import plain_title
from organizer.model.ids import PersonId
from organizer.services.bring_in import next_steps
from organizer.services.bring_in.next_steps import NextStep
from organizer.services.follow import attention, measures, plans, reminders
from organizer.services.follow.attention import Attention
from organizer.services.follow.plans import PlanReport
from organizer.services.follow.reminders import Reminder
from organizer.services.opinion import reasons
from organizer.services.opinion.reasons import Reason
from organizer.services.record import glance
from organizer.services.record.glance import Glance, Line
from organizer.services.record.records import Record
from organizer.services.record.since import Recent
from ui.entries.parts.cards_page import CardsPage
from ui.entries.parts.next_steps_card import next_steps_card
from ui.look.widgets.buttons import button
from ui.look.widgets.card import Card, line, notice
from ui.look.widgets.columns import Columns
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.pill import pill
from ui.look.widgets.series_chart import SeriesCard
from ui.pages.opinion.reminders_card import RemindersCard
from ui.shell.chart_pictures import keepable
from ui.shell.context import Context


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    attention: tuple[Attention, ...]
    reports: list[PlanReport]
    reasons: list[Reason]
    due: list[Reminder]
    series: Series | None
    glance: Glance
    steps: list[NextStep]


class OverviewPage(CardsPage):
    """Best thing first: the plan cards."""

    is_long = False
    id = "overview"
    title = marked("Overview")
    icon = "layout-dashboard"
    guide = "is-my-plan-working.md"
    help = marked(
        "Each card compares your numbers with a goal; it doesn’t judge the illness. “Reasons” show what in the record "
        "speaks for a second opinion, with its evidence."
    )

    def refresh(self) -> None:
        theme = self.context.theme
        self.header.set_actions(
            button(_("Prepare packet"), theme, self._prepare_packet, "secondary", "file-check-2"),
            button(_("Add record"), theme, self.context.ask_add, "primary", "plus"),
        )
        person = self.context.person
        self.context.read(_("Reading the overview"), lambda record, _progress: _read(record, person), self._fill)

    def _prepare_packet(self) -> None:
        self.context.navigate("opinion", step="packet")

    def _fill(self, shown: Shown) -> None:
        context = self.context
        coming = next((reminder for reminder in shown.due if reminder.kind == "visit"), None)
        self.header.set_context(_("Next: {title}").format(title=coming.what) if coming else "")
        cards: list[QWidget] = [notice(alarm.sentence) for alarm in shown.attention]
        cards += [notice(sentence) for sentence in attention.of_plans(shown.attention, shown.reports)]
        aimed = [report for report in shown.reports if report.goal is not None]
        if aimed:
            columns = Columns(context.theme.px(310), 3)
            columns.set_widgets([plan_card(context, report) for report in aimed])
            cards.append(columns)
            words = _("These compare your numbers with your goals; they don’t judge the illness.")
            cards.append(label(words, "small"))
        if shown.series:
            card = SeriesCard(context.theme, shown.series, lambda entry: context.navigate("entry", entry=entry))
            card.course.begin_with_a_year()
            keepable(context, card.course)
            cards.append(card)
        cards += _glance_cards(context, shown.glance)
        aimless = [plain_title(report.plan) for report in shown.reports if report.goal is None]
        if aimless:
            cards.append(_aimless_card(context, aimless))
        if shown.reasons:
            cards.append(_reasons_card(context, shown.reasons))
        if shown.due:
            cards.append(RemindersCard(context, shown.due))
        if shown.steps:
            cards.append(next_steps_card(context, shown.steps, self))
        if not cards and not shown.glance.empty:
            n = shown.glance.entries
            words = ngettext("{n} entry is kept here.", "{n} entries are kept here.", n).format(n=n)
            step = _("Timeline")
            cards = [EmptyState(context.theme, "activity", words, step, partial(context.navigate, "timeline"))]
        if not cards:
            step = _("Import files…")
            words = _("Nothing here yet. Drop the files from your portal, phone or disc onto this window.")
            cards = [EmptyState(context.theme, "upload", words, step, context.choose_import)]
        self.show_cards(cards)


def _read(record: Record, person: PersonId) -> Shown:
    reports = plans.check_all(record, person)
    telling = sorted((report for report in reports if report.series_key), key=lambda report: report.tone != "caution")
    key = telling[0].series_key if telling else None
    series = measures.series(record, person, key) if key else None
    urgent = attention.needed(record, person)
    return Shown(
        urgent,
        reports,
        reasons.reasons(record, person),
        reminders.reminders(record, person),
        series,
        glance.glance(record, person),
        next_steps.next_steps(record, person),
    )


def _glance_cards(context: Context, seen: Glance) -> list[QWidget]:
    """What stands now, side by side where there is room; then the latest results and the last documents."""
    standing = [
        (_("Current diagnoses"), seen.problems, seen.problems_of, "diagnoses"),
        (_("Medicines now"), seen.medicines, seen.medicines_of, "treatments"),
        (_("Allergies"), seen.allergies, seen.allergies_of, "diagnoses"),
    ]
    lists = [_lines_card(context, *lines) for lines in standing if lines[1]]
    columns = Columns(context.theme.px(280), 3)
    columns.set_widgets(lists)
    below = [
        (_("Latest results"), seen.results, seen.results_of, "tests"),
        (_("Last documents"), seen.documents, seen.documents_of, "documents"),
    ]
    cards: list[QWidget] = [_recent_card(context, seen.recent)] if not seen.recent.is_empty else []
    if lists:
        cards.append(columns)
    if seen.pinned:
        cards.insert(0, _lines_card(context, _("Pinned measures"), seen.pinned, seen.results_of, "tests"))
    return [*cards, *(_lines_card(context, *lines) for lines in below if lines[1])]


def _recent_card(context: Context, recent: Recent) -> Card:
    """What the last import brought, and what changed since the last visit; each line leads to its entry."""
    card = Card(_("What is new"))
    if recent.brought:
        card.body.addWidget(label(_("Last import, {what}").format(what=recent.brought)))
    if recent.visit is None:
        return card
    day = recent.visit.happened.spoken() if recent.visit.happened else ""
    words = _("Since the visit on {day}: {title}").format(day=day, title=plain_title(recent.visit))
    card.body.addWidget(label(words, "strong"))
    for entry, says in recent.changes:
        card.body.addLayout(_line(context, Line(entry, says)))
    if recent.of > len(recent.changes):
        more = recent.of - len(recent.changes)
        card.body.addWidget(label(ngettext("and {n} more", "and {n} more", more).format(n=more), "small"))
    if recent.results:
        card.body.addWidget(label(recent.results, "second"))
    if not recent.changes and not recent.results:
        card.body.addWidget(label(_("Nothing dated after that day is recorded."), "second"))
    return card


def _aimless_card(context: Context, titles: Sequence[str]) -> Card:
    """The treatments that nothing is measured against, in one line, and the way to set a goal."""
    card = Card(_("Treatments without a goal yet"))
    card.body.addWidget(label(" · ".join(titles), "second"))
    card.body.addWidget(label(_("A goal says what should change, how far and by when."), "small"))
    sets = button(_("Set a goal"), context.theme, partial(context.navigate, "treatments"), "quiet", "target")
    card.body.addWidget(sets, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _lines_card(context: Context, title: str, lines: Sequence[Line], of: int, page: str) -> Card:
    """A few lines, each the way to its entry; and the way to the page that holds all."""
    card = Card(title)
    for shown in lines:
        card.body.addLayout(_line(context, shown))
    card.body.addStretch()
    words = _("All {n}").format(n=of) if of > len(lines) else _("Open the page")
    more = button(words, context.theme, partial(context.navigate, page), "quiet", "arrow-right")
    more.setAccessibleName(f"{title}: {words}")
    card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _line(context: Context, line: Line) -> FoldingRow:
    """An entry's whole name, what is said of it, and the way to it."""
    day = line.entry.happened.spoken() if line.entry.happened else ""
    texts = QVBoxLayout()
    texts.setSpacing(0)
    texts.addWidget(label(plain_title(line.entry), "strong"))
    says = " · ".join(words for words in (line.says, day) if words)
    if says:
        texts.addWidget(label(says, "small"))
    opens = button(
        pgettext("button", "Open"), context.theme, partial(context.navigate, "entry", entry=line.entry.id), "quiet"
    )
    opens.setAccessibleName(_("Open {title}").format(title=plain_title(line.entry)))
    row = FoldingRow()
    row.addLayout(texts, 1)
    row.addWidget(opens, 0, Qt.AlignmentFlag.AlignTop)
    return row


def plan_card(context: Context, report: PlanReport) -> Card:
    """One goal of a plan: verdict in words, current value, a sentence, one action."""
    card = Card(plain_title(report.plan))
    own = report.goal is not None and report.goal.id == report.plan.id
    about = report.medicine or _("Without a treatment plan") if own or report.goal is None else plain_title(report.goal)
    card.body.addWidget(label(about, "small"))
    card.body.addWidget(pill(report.verdict_words, report.tone))
    if report.current:
        card.body.addWidget(label(report.current, "value"))
    card.body.addWidget(label(report.check.brief, "second"))
    card.body.addStretch()
    card.body.addWidget(_action(context, report))
    return card


def _action(context: Context, report: PlanReport) -> QPushButton:
    theme = context.theme
    if report.check.verdict == "met":
        seen = partial(context.navigate, "tests", code=report.series_key)
        return button(_("See readings"), theme, seen, "quiet", "trending-down")
    if report.check.verdict == "not-enough-data" and report.goal is not None:
        preset = {"title": report.goal.text("measure"), "unit": report.goal.unit, "happened": context.as_of.isoformat()}
        adding = partial(context.edit_entry, None, "Observation", preset)
        return button(_("Add entry"), theme, adding, "quiet", "calendar-plus")
    return button(_("Review plan"), theme, partial(context.navigate, "treatments"), "quiet", "target")


def _reasons_card(context: Context, reasons: list[Reason]) -> Card:
    """What speaks for a second opinion, a sentence each; evidence and questions are a step further."""
    card = Card(_("What speaks for a second opinion"))
    for number, reason in enumerate(reasons):
        if number:
            card.body.addWidget(line())
        card.body.addWidget(label(reason.title, "strong"))
        card.body.addWidget(label(reason.sentence, "second"))
    words = _("Evidence and questions")
    more = button(words, context.theme, lambda: context.navigate("opinion", step="reasons"), "quiet")
    card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
    return card
