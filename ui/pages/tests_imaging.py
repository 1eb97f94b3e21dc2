"""Tests & imaging: reports, and every measure with its course; a measure's own page has chart and values."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.base.words import _, marked, ngettext
from organizer.records.entry import Entry
from organizer.services import entries, measures
from organizer.services.entries import First, Query
from organizer.services.measures import MeasureSummary, Series
from organizer.services.records import Record
from ui.context import Context
from ui.parts.cards_page import CardsPage
from ui.parts.rows import MOST, entries_card
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label
from ui.widgets.series_chart import series_card
from ui.widgets.sparkline import Sparkline

MOST_MEASURES = 40
IN_A_LINE = 24  # results of a sparkline


@dataclass(frozen=True, slots=True)
class Told:
    """Reports, measures with their latest numbers, or one measure and its entries."""

    reports: First
    measured: list[tuple[MeasureSummary, tuple[float, ...], Entry]]
    series: Series | None = None
    values: tuple[Entry, ...] = ()
    of: int = 0


class TestsPage(CardsPage):
    """`open(code=…)` shows one measure; without it all of them."""

    __test__ = False
    id = "tests"
    title = marked("Tests & imaging")
    icon = "flask-conical"
    help = marked("Results with the range that the laboratory printed; flags are the laboratory’s, never ours.")
    kinds = ("Observation", "DiagnosticReport", "ImagingStudy")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._code = ""

    def open(self, **where: object) -> None:
        self._code = str(where.get("code") or "")
        self.mark_stale()

    def refresh(self) -> None:
        theme = self.context.theme
        if self._code:
            self.header.set_actions(button(_("All tests"), theme, self.open, "secondary", "arrow-left"))
        else:
            add = button(
                _("Add a result"), theme, lambda: self.context.edit_entry(None, "Observation"), "primary", "plus"
            )
            self.header.set_actions(add)
        person, code = self.context.person, self._code
        self.context.read(_("Reading results"), lambda record, _progress: _told(record, person, code), self._fill)

    def forget(self, _person: str = "") -> None:
        self._code = ""
        super().forget()

    def _fill(self, told: Told) -> None:
        context = self.context
        if told.series:
            chart = series_card(context.theme, told.series, lambda one: context.navigate("entry", entry=one))
            rows = [(one, _said(one)) for one in reversed(told.values)]
            self.show_cards([chart, entries_card(context, _("All values"), rows, told.of)])
            return
        cards: list[QWidget] = []
        if told.reports.entries:
            rows = [(one, _report(one)) for one in told.reports.entries]
            cards.append(entries_card(context, _("Reports and images"), rows, told.reports.of))
        if told.measured:
            cards.append(self._measures_card(told))
        if not cards:
            words = _("No test results yet. Portals give them as FHIR or C-CDA files; PDFs are fine too.")
            cards = [EmptyState(context.theme, "flask-conical", words, _("Import files…"), context.choose_import)]
        self.show_cards(cards)

    def _measures_card(self, told: Told) -> Card:
        card = Card(_("Results over time"))
        for summary, values, latest in told.measured:
            row = QWidget()
            box = QHBoxLayout(row)
            box.setContentsMargins(0, 2, 0, 2)
            opens = button(summary.title, self.context.theme, partial(self.open, code=summary.code), "quiet")
            box.addWidget(opens, 3)
            box.addWidget(label(latest.spoken_value(), "strong"), 2)
            count = ngettext("{n} result", "{n} results", summary.count).format(n=summary.count)
            box.addWidget(
                label(" · ".join(part for part in (latest.text("interpretation"), count) if part), "small"), 2
            )
            box.addWidget(Sparkline(self.context.theme, values, _("Course of {title}").format(title=summary.title)), 2)
            card.body.addWidget(row)
        return card


def _told(record: Record, person: str, code: str) -> Told:
    if code:
        series = measures.series(record, person, code)
        of = len(series.points) + len(series.words)
        return Told(First([], 0), [], series, tuple(measures.latest(record, person, code, MOST)), of)
    query = Query(kinds=("DiagnosticReport", "ImagingStudy"), person=person)
    measured = []
    for one in measures.measures(record, person)[:MOST_MEASURES]:
        found = measures.latest(record, person, one.code, IN_A_LINE)
        if found:
            numbers = tuple(e.value for e in found if e.value is not None and e.unit == found[-1].unit)
            measured.append((one, numbers, found[-1]))
    return Told(entries.first(record, query, MOST), measured)


def _said(entry: Entry) -> str:
    parts = (entry.spoken_value(), entry.text("interpretation"), entry.text("range_text"), entry.text("performer"))
    return " · ".join(part for part in parts if part)


def _report(entry: Entry) -> str:
    words = entry.text("conclusion") or entry.text("performer") or entry.text("modality")
    return words if len(words) < 160 else words[:159] + "…"
