"""Treatments: each plan with its goal, verdict and chart; medicines now and before; side effects."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from organizer.base.words import _, marked
from organizer.records.entry import Entry
from organizer.records.kinds import find_kind
from organizer.services import entries, measures, plans
from organizer.services.entries import Query
from organizer.services.measures import Series
from organizer.services.plans import PlanReport
from organizer.services.records import Record
from ui.pages._cards import CardsPage
from ui.pages._rows import entries_card
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.pill import pill
from ui.widgets.series_chart import series_card

RUNNING = ("active", "on-hold", "intended", "")


@dataclass(frozen=True, slots=True)
class Told:
    """Plans with their series, medicines, side effects."""

    plans: list[tuple[PlanReport, Series | None]]
    medicines: list[Entry]
    effects: list[Entry]


class TreatmentsPage(CardsPage):
    """A plan is a treatment with a goal and a date by which it is looked at again."""

    id = "treatments"
    title = marked("Treatments")
    icon = "pill"
    help = marked(
        "Plans compare your numbers with a goal. A verdict is a reason to ask, never to stop or change by yourself."
    )
    kinds = ("CarePlan", "Goal", "MedicationStatement", "AdverseEvent", "Procedure")

    def refresh(self) -> None:
        theme, edit = self.context.theme, self.context.edit_entry
        self.header.set_actions(
            button(_("Add a goal"), theme, lambda: edit(None, "Goal"), "secondary", "target"),
            button(_("Add a medicine"), theme, lambda: edit(None, "MedicationStatement"), "primary", "plus"),
        )
        person = self.context.person
        self.context.read(_("Reading treatments"), lambda record, _progress: _told(record, person), self._fill)

    def _fill(self, told: Told) -> None:
        context = self.context
        cards: list[QWidget] = []
        for report, series in told.plans:
            cards.append(_plan_card(report))
            if series and series.points:
                cards.append(series_card(context.theme, series, lambda one: context.navigate("entry", entry=one)))
        now = [(one, _dose(one)) for one in told.medicines if one.status in RUNNING and not one.struck]
        before = [(one, _dose(one)) for one in told.medicines if one.status not in RUNNING or one.struck]
        effects = [(one, one.text("suspected_cause")) for one in told.effects]
        groups = ((_("Medicines now"), now), (_("Medicines before"), before), (_("Side effects"), effects))
        cards += [entries_card(context, title, rows) for title, rows in groups if rows]
        if not cards:
            words = _("No treatment is recorded yet.")
            step = (_("Add a medicine"), lambda: context.edit_entry(None, "MedicationStatement"))
            cards = [EmptyState(context.theme, "pill", words, *step)]
        self.show_cards(cards)


def _told(record: Record, person: str) -> Told:
    reports = plans.check_plans(record, person)
    told = [(one, measures.series(record, person, one.series_code) if one.series_code else None) for one in reports]
    medicines = entries.find(record, Query(kinds=("MedicationStatement",), person=person))
    return Told(told, medicines, entries.find(record, Query(kinds=("AdverseEvent",), person=person)))


def _plan_card(report: PlanReport) -> Card:
    card = Card(report.plan.title)
    card.body.addWidget(pill(report.verdict_words, report.tone))
    if report.check.urgent:
        card.body.addWidget(label(report.check.urgent, "strong"))
    card.body.addWidget(label(report.goal.title if report.goal else _("No goal yet"), "second"))
    card.body.addWidget(label(report.check.sentence))
    for question in report.check.questions:
        card.body.addWidget(label(_("Worth asking: {question}").format(question=question), "second"))
    return card


def _dose(entry: Entry) -> str:
    kind = find_kind("MedicationStatement")
    fields = (kind.field(name) for name in ("dose", "frequency", "ended", "reason", "stop_reason", "effect"))
    return " · ".join(shown for shown in (kind.show(entry, field) for field in fields if field) if shown)
