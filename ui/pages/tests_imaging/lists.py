"""The lists of Tests & imaging: pinned measures, imaging and pathology, other measures, the laboratory's reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QWidget

from organizer.base import terms
from organizer.base.i18n import _, marked, ngettext
from organizer.health.chart import ChartData, chart_of
from organizer.health.series import series_of
from organizer.health.titles import plain_measure
from organizer.model.entry import Entry
from organizer.model.ids import PersonId
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.follow import measures, pins
from organizer.services.follow.measures import MeasureSummary
from organizer.services.record.records import Record
from ui.entries.parts.page_finder import findable
from ui.entries.parts.rows import MOST, STACKED_BELOW, and_more, entries_card
from ui.look.widgets.buttons import ON_PAPER, NameButton, icon_button
from ui.look.widgets.card import Card, line
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.menus import menu_of
from ui.look.widgets.sparkline import Sparkline
from ui.shell.context import Context

MOST_MEASURES = 120
IN_A_LINE = 24  # results of a sparkline
FIRST = ("imaging", "pathology", "genetics")
PANELS: tuple[tuple[str, str], ...] = (
    ("laboratory", marked("Laboratory")),
    ("vital-signs", marked("Blood pressure, pulse, weight")),
    ("survey", marked("Questionnaires")),
    ("symptom", marked("Symptoms")),
)
OTHER = marked("Other measurements")
Measured = tuple[MeasureSummary, ChartData, Entry, str]
Opens = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class ListsShown:
    """Reports with how many there are in all, and measures with their latest numbers."""

    reports: list[Entry]
    of: int
    measured: list[Measured]
    measures_of: int
    pinned: list[Measured]


def lists_shown(record: Record, person: PersonId) -> ListsShown:
    """What the lists show."""
    query = Query(kinds=("DiagnosticReport", "ImagingStudy"), person=person)
    reports = entries.first(record, query, 2 * MOST)
    summaries = measures.measures(record, person)
    first = pins.first(summaries, pins.pinned(record, person))
    others = [summary for summary in summaries if summary not in first]
    return ListsShown(
        reports.entries,
        reports.of,
        _measured(record, person, others[:MOST_MEASURES]),
        len(others),
        _measured(record, person, first),
    )


def _measured(record: Record, person: PersonId, summaries: Sequence[MeasureSummary]) -> list[Measured]:
    """Each with its course and its latest result."""
    rows = []
    for summary in summaries:
        results = measures.latest(record, person, summary.key, IN_A_LINE)
        if results:
            value = measures.result_shown(record, summary.key, results[-1])
            rows.append((summary, chart_of(series_of(summary.key, results)), results[-1], value))
    return rows


def list_cards(
    context: Context, shown: ListsShown, opens: Opens, pin: Callable[[MeasureSummary], object]
) -> list[QWidget]:
    """The cards, the pinned measures first; `opens(key)` opens a measure, `pin` pins or unpins one."""
    first = [report for report in shown.reports if report.kind == "ImagingStudy" or report.text("category") in FIRST]
    rest = [report for report in shown.reports if report not in first]

    def panel(title: str, measured: Sequence[Measured], is_pinned: bool = False) -> Card:
        card = Card(title)
        for number, row in enumerate(measured):
            if number:
                card.body.addWidget(line())
            card.body.addWidget(MeasureRow(context, row, is_pinned, opens, pin))
        return card

    cards: list[QWidget] = [panel(_("Pinned measures"), shown.pinned, True)] if shown.pinned else []
    if first:
        cards.append(entries_card(context, _("Imaging and pathology"), [(entry, _report(entry)) for entry in first]))
    named = dict(PANELS)
    for category, title in (*PANELS, ("", OTHER)):
        group = [row for row in shown.measured if (row[0].category if row[0].category in named else "") == category]
        if group:
            cards.append(panel(_(title), group))
    if shown.measures_of > len(shown.measured):
        cards.append(and_more(shown.measures_of - len(shown.measured)))
    if rest:
        of = shown.of - len(shown.reports) + len(rest)
        cards.append(entries_card(context, _("Laboratory reports"), [(entry, _report(entry)) for entry in rest], of))
    return cards


class MeasureRow(QWidget):
    """A measure by name with its latest result and its course; `opens` and `pins` are called for it."""

    def __init__(
        self,
        context: Context,
        measured: Measured,
        is_pinned: bool,
        opens: Opens,
        pins: Callable[[MeasureSummary], object],
    ) -> None:
        super().__init__()
        summary, course, latest, value = measured
        self.summary = summary
        title = plain_measure(summary.title, summary.key)
        self._narrow = context.theme.px(STACKED_BELOW)
        name = NameButton(title, summary.title)
        name.clicked.connect(lambda: opens(summary.key))
        name.setProperty(ON_PAPER, True)
        count = ngettext("{n} result", "{n} results", summary.count).format(n=summary.count)
        day = latest.happened.spoken() if latest.happened else ""
        words = " · ".join(part for part in (measures.flag(latest), day, count) if part)
        findable(self, title, summary.title, value, words)
        act = (_("Unpin {title}") if is_pinned else _("Pin {title}")).format(title=title)

        beside = FoldingRow()
        beside.addWidget(label(value, "strong"), 2)
        beside.addWidget(label(words, "small"), 2)
        beside.addWidget(Sparkline(context.theme, course, _("Course of {title}").format(title=title)), 2)
        beside.addWidget(icon_button("pin-off" if is_pinned else "pin", act, context.theme, lambda: pins(summary)))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 2, 0, 2)
        self._box.addWidget(name, 3)
        self._box.addLayout(beside, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name has a line of its own where there is little room."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        way = ways.TopToBottom if self.width() < self._narrow else ways.LeftToRight
        if way != self._box.direction():
            self._box.setDirection(way)
            self.updateGeometry()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu_of(self.findChildren(QAbstractButton), self).popup(event.globalPos())


def _report(entry: Entry) -> str:
    words = entry.text("conclusion") or entry.text("performer") or terms.shown(entry.text("modality"))
    return words if len(words) < 160 else words[:159] + "…"
