"""One measure: its course with range, goal and treatments, in the unit the person reads; every value in a table."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetricsF

from organizer.base.figures import grouped
from organizer.base.i18n import _
from organizer.base.units import spoken_unit
from organizer.health import printed
from organizer.health.chart import ChartData, chart_of
from organizer.health.series import Point, Series, same_measure
from organizer.health.titles import plain_measure
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry
from organizer.model.ids import PersonId
from organizer.services.entries import entries
from organizer.services.follow import measures, pins
from organizer.services.record.records import Record
from ui.entries.parts.table_card import TableCard
from ui.entries.tables.models import Row, RowsModel, tag_words
from ui.look.widgets.choices import choices
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented
from ui.look.widgets.series_chart import SeriesCard
from ui.shell.chart_pictures import keepable
from ui.shell.context import Context

NOTHING = "-"
"""Asks for a chart of the measure alone."""
LEAST_VALUE, MOST_VALUE = 140, 320
"""Pixels of the column of values at 100 % text: a result in words may be longer, and is cut."""
AROUND_VALUE = 24
ROWS_SIZED = 500  # looked at for it, the newest first
MOST_ROWS = 10_000  # of one table: a filter or a click on a heading goes through all of them at once


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """The series, its chart and its rows (of a very long one the latest), the units it can be read in.

    `others` are the measures that can be laid over it (name and key), `over` the key of the one that is, "" for none.
    """

    series: Series
    chart: ChartData
    rows: tuple[Row, ...]
    units: tuple[str, ...]
    others: tuple[tuple[str, str], ...] = ()
    over: str = ""
    beside: ChartData | None = None
    pinned: bool = False


def measure_shown(record: Record, person: PersonId, measure: str, over: str = "") -> MeasureShown:
    """Everything of one measure, in the unit chosen for it; `over` is the key of what is laid over it.

    Where that is "" it is the other one of a pair that is measured at once, with NOTHING it is none.
    """
    own = measures.series(record, person, measure)
    units = measures.units_for(own)
    wanted_unit = measures.preferred_unit(record, own)
    series = measures.series(record, person, own.key, wanted_unit) if wanted_unit not in ("", own.unit) else own
    points = series.points[-MOST_ROWS:]
    by_id = {entry.id: entry for entry in entries.many(record, [point.entry_id for point in points])}
    rows = [_row(series, point, by_id[point.entry_id]) for point in reversed(points) if point.entry_id in by_id]
    rest = (*series.other_units[-MOST_ROWS:], *series.words[-MOST_ROWS:], *series.undated[-MOST_ROWS:])
    others = [_words_row(entry) for entry in reversed(rest)]
    newest_first = sorted([*rows, *others], key=lambda row: str(row.keys[0]), reverse=True)
    listed = [measure for measure in measures.measures(record, person) if not same_measure(measure.key, own.key)]
    laid_over = tuple((plain_measure(measure.title, measure.key), measure.key) for measure in listed)
    wanted = over or measures.measured_with(own.key)
    shown = next((measure.key for measure in listed if wanted and same_measure(measure.key, MeasureKey(wanted))), None)
    beside = chart_of(measures.series_beside(record, person, shown, series.unit)) if shown else None
    pinned = pins.is_pinned(record, person, own.key)
    return MeasureShown(series, chart_of(series), tuple(newest_first), units, laid_over, shown or "", beside, pinned)


class MeasureView(QObject):
    """Chart card and table card; the chart's points and the table's rows lead to each other."""

    def __init__(self, context: Context, shown: MeasureShown, again: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._shown, self._again = context, shown, again
        widths = [115, self._value_width(), 90, 110, 130, 140, 110]
        self.table = TableCard(context, _title(shown), "measure", RowsModel(_titles(), shown.rows), widths)
        self.chart = SeriesCard(context.theme, shown.series, self._show_row, shown.chart, shown.beside)
        keepable(context, self.chart.course)
        if shown.others:
            self.chart.body.addLayout(self._over_row())
        if len(shown.units) > 1:
            self.chart.body.insertLayout(1, self._unit_row())
        if shown.series.goal.text:
            words = _("Goal: {goal}").format(goal=shown.series.goal.text)
            self.chart.body.addWidget(label(words, "small"))

    def _value_width(self) -> int:
        """As wide as the longest value: its unit, and what was printed beside a converted one, aren't cut off."""
        theme = self._context.theme
        metrics = QFontMetricsF(theme.font())
        longest = max((metrics.horizontalAdvance(row.cells[1]) for row in self._shown.rows[:ROWS_SIZED]), default=0.0)
        return max(LEAST_VALUE, min(MOST_VALUE, ceil(longest / theme.scale) + AROUND_VALUE))

    def _unit_row(self) -> FoldingRow:
        shown = self._shown
        choices = [(unit, spoken_unit(unit)) for unit in shown.units]
        self.units = Segmented(_("Unit"), choices, shown.series.unit)
        self.units.chosen.connect(self._choose_unit)
        row = FoldingRow()
        row.addWidget(self.units)
        row.addWidget(label(_("The value as printed stands beside each converted one."), "small"), 1)
        return row

    def _over_row(self) -> FoldingRow:
        """Which other measure is laid over: chosen from those that there are."""
        shown = self._shown
        self.over = choices(_("Lay another measure over it"), [(_("Nothing"), NOTHING), *shown.others])
        self.over.setCurrentIndex(max(0, self.over.findData(shown.over)))
        self.over.activated.connect(self._lay_over)
        row = FoldingRow()
        row.addWidget(label(_("Lay another measure over it"), "small"))
        row.addWidget(self.over, 1)
        row.addStretch(2)
        return row

    def _lay_over(self) -> None:
        self._context.navigate("tests", code=self._shown.series.key, over=self.over.currentData())

    def _choose_unit(self, unit: str) -> None:
        measures.choose_unit(self._context.record, self._shown.series.key, unit)
        self._again()

    def _show_row(self, entry_id: str) -> None:
        """Where the chart's point stands in the table, with its range and its source; else its form."""
        model = self.table.table.rows_model
        for row in range(model.rowCount()):
            entry = model.entry(row)
            if entry is not None and entry.id == entry_id:
                self.table.table.selectRow(row)
                self.table.table.scrollTo(model.index(row, 0))
                self.table.table.setFocus()
                return
        for entry in entries.many(self._context.record, [entry_id]):
            self._context.edit_entry(entry, entry.kind)


def _title(shown: MeasureShown) -> str:
    series = shown.series
    of = len(series.points) + len(series.words) + len(series.other_units) + len(series.undated)
    if of == len(shown.rows):
        return _("All values")
    return _("The latest {n} of {of} values").format(n=grouped(len(shown.rows)), of=grouped(of))


def _titles() -> tuple[str, ...]:
    return (_("Date"), _("Value"), _("Flag"), _("Printed range"), _("Laboratory"), _("Source"), _("Tags"))


def _row(series: Series, point: Point, entry: Entry) -> Row:
    words = printed.value_asked if series.unit_chosen else printed.value
    day = point.written_day
    lines = (measures.flag(entry), _range(point, entry), point.performer, _source(entry), tag_words(entry))
    cells = (day.spoken(), words(point, series.unit), *lines)
    return Row(cells, entry, (day.sort_key, point.value, *cells[2:]))


def _words_row(entry: Entry) -> Row:
    """A result that isn't drawn, as printed: words, a number in another unit or without a day."""
    day = entry.happened
    cells = (
        day.spoken() if day else _("undated"),
        entry.spoken_value(),
        measures.flag(entry),
        printed.range_of(entry),
        entry.text("performer"),
        _source(entry),
        tag_words(entry),
    )
    return Row(cells, entry, (day.sort_key if day else "", float("-inf"), *cells[2:]))


def _range(point: Point, entry: Entry) -> str:
    """As the laboratory printed it, in the unit it printed; a part's range comes with the series."""
    beside = printed.range_of(entry)
    if beside:
        return f"{beside} {spoken_unit(entry.unit)}".strip() if point.printed else beside
    return printed.range_text(point.range)


def _source(entry: Entry) -> str:
    """The file and, where it is known, its page."""
    source = next((source for source in entry.sources if source.document), None)
    if source is None:
        return _("typed in")
    page = source.locator.partition("page=")[2].partition("&")[0]
    return _("{file}, page {page}").format(file=source.file_name, page=page) if page.isdecimal() else source.file_name
