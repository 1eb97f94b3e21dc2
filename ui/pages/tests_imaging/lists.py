"""The lists of Tests & imaging: imaging and pathology first, then every measure, then the laboratory's reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from organizer.base import terms
from organizer.base.i18n import _, marked, ngettext
from organizer.health.chart import ChartData, chart_of
from organizer.health.series import series_of
from organizer.model.entry import Entry
from organizer.model.ids import PersonId
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.follow import measures
from organizer.services.follow.measures import MeasureSummary
from organizer.services.record.records import Record
from ui.entries.parts.page_finder import findable
from ui.entries.parts.rows import MOST, entries_card
from ui.look.widgets.buttons import ON_PAPER, NameButton
from ui.look.widgets.card import Card, line
from ui.look.widgets.labels import label
from ui.look.widgets.sparkline import Sparkline
from ui.shell.context import Context

MOST_MEASURES = 60
IN_A_LINE = 24  # results of a sparkline
FIRST = ("imaging", "pathology", "genetics")
PANELS: tuple[tuple[str, str], ...] = (
    ("laboratory", marked("Laboratory")),
    ("vital-signs", marked("Blood pressure, pulse, weight")),
    ("survey", marked("Questionnaires")),
    ("symptom", marked("Symptoms")),
)
OTHER = marked("Other measurements")
Measured = tuple[MeasureSummary, ChartData, Entry]


@dataclass(frozen=True, slots=True)
class ToldLists:
    """Reports with how many there are in all, and measures with their latest numbers."""

    reports: list[Entry]
    of: int
    measured: list[Measured]


def told_lists(record: Record, person: PersonId) -> ToldLists:
    """What the lists show."""
    query = Query(kinds=("DiagnosticReport", "ImagingStudy"), person=person)
    reports = entries.first(record, query, 2 * MOST)
    measured = []
    for measure in measures.measures(record, person)[:MOST_MEASURES]:
        found = measures.latest(record, person, measure.key, IN_A_LINE)
        if found:
            measured.append((measure, chart_of(series_of(measure.key, found)), found[-1]))
    return ToldLists(reports.entries, reports.of, measured)


def list_cards(context: Context, told: ToldLists, show: Callable[[str], object]) -> list[QWidget]:
    """The cards; `show(key)` opens a measure."""
    first = [report for report in told.reports if report.kind == "ImagingStudy" or report.text("category") in FIRST]
    rest = [report for report in told.reports if report not in first]
    cards: list[QWidget] = []
    if first:
        cards.append(entries_card(context, _("Imaging and pathology"), [(entry, _report(entry)) for entry in first]))
    named = dict(PANELS)
    for category, title in (*PANELS, ("", OTHER)):
        group_of = [one for one in told.measured if (one[0].category if one[0].category in named else "") == category]
        if group_of:
            cards.append(_panel(context, _(title), group_of, show))
    if rest:
        of = told.of - len(told.reports) + len(rest)
        cards.append(entries_card(context, _("Laboratory reports"), [(entry, _report(entry)) for entry in rest], of))
    return cards


def _panel(context: Context, title: str, measured: Sequence[Measured], show: Callable[[str], object]) -> Card:
    card = Card(title)
    for number, (summary, course, latest) in enumerate(measured):
        if number:
            card.body.addWidget(line())
        row = QWidget()
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 2, 0, 2)
        opens = NameButton(summary.title)
        opens.clicked.connect(_opener(show, summary.key))
        opens.setProperty(ON_PAPER, True)
        box.addWidget(opens, 3)
        box.addWidget(label(latest.spoken_value(), "strong"), 2)
        count = ngettext("{n} result", "{n} results", summary.count).format(n=summary.count)
        day = latest.happened.spoken() if latest.happened else ""
        words = " · ".join(part for part in (measures.flag(latest), day, count) if part)
        findable(row, summary.title, latest.spoken_value(), words)
        box.addWidget(label(words, "small"), 2)
        box.addWidget(Sparkline(context.theme, course, _("Course of {title}").format(title=summary.title)), 2)
        card.body.addWidget(row)
    return card


def _opener(show: Callable[[str], object], key: str) -> Callable[[], object]:
    return lambda: show(key)


def _report(entry: Entry) -> str:
    words = entry.text("conclusion") or entry.text("performer") or terms.shown(entry.text("modality"))
    return words if len(words) < 160 else words[:159] + "…"
