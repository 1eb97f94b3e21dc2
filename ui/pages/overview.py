"""Overview: where each plan stands, reasons for a second opinion, what comes next, the chart that matters most."""

from dataclasses import dataclass

from organizer.base.words import _, marked
from organizer.records.entry import Entry
from organizer.services import entries, measures, plans, reasons
from organizer.services.entries import Query
from organizer.services.measures import Series
from organizer.services.plans import PlanReport
from organizer.services.reasons import Reason
from organizer.services.records import Record
from ui.context import Context
from ui.pages._cards import CardsPage
from ui.pages._rows import entries_card
from ui.widgets.buttons import button
from ui.widgets.card import Card, notice
from ui.widgets.columns import Columns
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.pill import pill
from ui.widgets.series_chart import series_card


@dataclass(frozen=True, slots=True)
class Told:
    """What the page shows."""

    reports: list[PlanReport]
    reasons: list[Reason]
    coming: list[Entry]
    series: Series | None


class OverviewPage(CardsPage):
    """Best thing first: the plan cards."""

    id = "overview"
    title = marked("Overview")
    icon = "layout-dashboard"
    help = marked(
        "Each card compares your numbers with a goal; it doesn’t judge the illness. “Reasons” show what in the record "
        "speaks for a second opinion, with its evidence."
    )

    def refresh(self) -> None:
        theme = self.context.theme
        self.header.set_actions(
            button(_("Prepare packet"), theme, lambda: self.context.navigate("opinion"), "secondary", "file-check-2"),
            button(_("Add record"), theme, self.context.ask_add, "primary", "plus"),
        )
        person = self.context.person
        self.context.read(_("Reading the overview"), lambda record, _progress: _told(record, person), self._fill)

    def _fill(self, told: Told) -> None:
        context = self.context
        coming = told.coming[0] if told.coming else None
        self.header.set_context(_("Next: {title}").format(title=coming.title) if coming else "")
        cards = [notice(one.check.urgent) for one in told.reports if one.check.urgent]
        if told.reports:
            columns = Columns(300, 3)
            columns.set_widgets([plan_card(context, report) for report in told.reports])
            cards.append(columns)  # type: ignore[arg-type]
        if told.series:
            card = series_card(context.theme, told.series, lambda entry: context.navigate("entry", entry=entry))
            cards.append(card)
        cards += [_reason_card(context, reason) for reason in told.reasons]
        if told.coming:
            cards.append(entries_card(context, _("Next visits and to do"), [(one, _about(one)) for one in told.coming]))
        if not cards:
            step = _("Import files…")
            words = _("Nothing here yet. Drop the files from your portal, phone or disc onto this window.")
            cards = [EmptyState(context.theme, "upload", words, step, context.choose_import)]
        self.show_cards(cards)


def _told(record: Record, person: str) -> Told:
    reports = plans.check_plans(record, person)
    telling = sorted((one for one in reports if one.series_code), key=lambda one: one.tone != "caution")
    code = telling[0].series_code if telling else ""
    visits = entries.find(record, Query(kinds=("Encounter",), person=person, status="planned", order="happened"))
    tasks = entries.find(record, Query(kinds=("Task",), person=person, order="happened"))
    open_tasks = [one for one in tasks if one.status not in ("completed", "cancelled")]
    series = measures.series(record, person, code) if code else None
    return Told(reports, reasons.reasons(record, person), [*visits, *open_tasks], series)


def plan_card(context: Context, report: PlanReport) -> Card:
    """One goal of a plan: verdict in words, current value, a sentence, one action."""
    card = Card(report.plan.title)
    card.body.addWidget(label(report.goal.title if report.goal else report.medicine, "small"))
    card.body.addWidget(pill(report.verdict_words, report.tone))
    if report.current:
        card.body.addWidget(label(report.current, "value"))
    card.body.addWidget(label(report.check.sentence, "second"))
    card.body.addStretch()
    card.body.addWidget(
        button(_("Review plan"), context.theme, lambda: context.navigate("treatments"), "quiet", "target")
    )
    return card


def _reason_card(context: Context, reason: Reason) -> Card:
    card = Card(reason.title)
    card.body.addWidget(label(reason.sentence))
    for question in reason.questions:
        card.body.addWidget(label(_("Worth asking: {question}").format(question=question), "second"))
    card.body.addWidget(
        button(_("To the second opinion"), context.theme, lambda: context.navigate("opinion"), "quiet", "file-check-2")
    )
    return card


def _about(entry: Entry) -> str:
    return entry.text("provider") or entry.text("asked_of") or entry.text("note")
