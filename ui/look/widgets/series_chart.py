"""A chart card of one measure, from what services tell of it: all of it or its last months, or the same as a table."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from organizer.base.figures import grouped
from organizer.base.i18n import _, ngettext
from organizer.base.units import spoken_unit
from organizer.health import printed
from organizer.health.chart import ChartData, chart_of, notes
from organizer.health.series import Series
from organizer.health.titles import plain_measure
from ui.look.theme import Theme
from ui.look.widgets.card import Card
from ui.look.widgets.chart import Chart
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented
from ui.look.widgets.side_by_side import SideBySide

HALF, YEAR, FIVE_YEARS = 183, 366, 1827
LAST_DAYS = {"half": HALF, "year": YEAR, "five": FIVE_YEARS}
ENOUGH = 5  # results within a year: then a year tells more than all
ROW, MOST_ROWS = 36, 8
MOST_IN_TABLE = 2_000


class Course(QWidget):
    """A chart and its table twin, one of them in sight; `choices` stands where the caller puts it."""

    def __init__(
        self, theme: Theme, data: ChartData, on_point: Callable[[str], object], beside: ChartData | None = None
    ) -> None:
        super().__init__()
        self._theme, self._data, self._on_point = theme, data, on_point
        self.chart = Chart(theme, data, beside)
        self.chart.point_activated.connect(on_point)
        self.chart.looked.connect(self._say_days)
        self.days = label("", "small")
        self.table: QTableWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.chart)
        self._column.addWidget(self.days)
        self.choices = Segmented(_("What is shown"), self._offered(), "all")
        self.choices.chosen.connect(self._show)
        self._say_days()

    def begin_with_a_year(self) -> None:
        """Where the last year has results enough, it says more than the years before."""
        if len(self._data.since(YEAR).points) >= ENOUGH and "year" in dict(self._offered()):
            self.choices.take("year")
            self._show("year")

    def _offered(self) -> list[tuple[str, str]]:
        points = self._data.points
        days = (points[-1].when - points[0].when).days if points else 0
        spans = (("half", _("6 months"), HALF), ("year", _("1 year"), YEAR), ("five", _("5 years"), FIVE_YEARS))
        shorter = [(key, words) for key, words, span in spans if days > span]
        return [*shorter, ("all", _("All")), ("table", _("Table"))]

    def _show(self, key: str) -> None:
        as_table = key == "table"
        if as_table and self.table is None:
            self.table = _table(self._theme, self._data)
            self.table.cellActivated.connect(lambda row, _column: self._on_point(self._entry(row)))
            self._column.addWidget(self.table)
        if self.table is not None:
            self.table.setVisible(as_table)
        self.chart.setVisible(not as_table)
        if not as_table:
            self.chart.show_last(LAST_DAYS.get(key))
        self._say_days()

    def _say_days(self) -> None:
        """Which days are seen, where not all of them are, that means are drawn, and which medicines are not."""
        view = self.chart.view
        words = [] if self.chart.is_whole else [view.span()]
        words += filter(None, (view.averages(), view.undrawn()))
        self.days.setText(" · ".join(words))
        self.days.setVisible(bool(words) and not self.chart.isHidden())

    def _entry(self, row: int) -> str:
        return self._data.points[-1 - row].entry_id


def _table(theme: Theme, data: ChartData) -> QTableWidget:
    """Every point, the newest first; of a very long course the latest, which its heading says."""
    points, of = data.points[-MOST_IN_TABLE:], len(data.points)
    text = _("The latest {n} of {of} values").format(n=grouped(len(points)), of=grouped(of))
    table = QTableWidget(len(points), 2)
    table.setAccessibleName(_("{title} as a table").format(title=data.title))
    table.setHorizontalHeaderLabels([_("Date"), _("Value") if len(points) == of else text])
    for row, point in enumerate(reversed(points)):
        for column, words in enumerate((point.written_day.spoken(), data.label(point))):
            table.setItem(row, column, QTableWidgetItem(words))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    rows, heads = table.verticalHeader(), table.horizontalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(theme.px(ROW))
    heads.setHighlightSections(False)
    heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    heads.setStretchLastSection(True)
    table.setColumnWidth(0, theme.px(160))
    table.setFixedHeight(theme.px(ROW) * (min(MOST_ROWS, len(data.points)) + 1) + theme.px(8))
    return table


class SeriesCard(Card):
    """Title with unit, how many results and where they come from, the course.

    `data` is the chart of the series, where that was made in the background; `beside` is laid over it.
    """

    def __init__(
        self,
        theme: Theme,
        series: Series,
        on_point: Callable[[str], object],
        data: ChartData | None = None,
        beside: ChartData | None = None,
    ) -> None:
        super().__init__()
        unit = spoken_unit(series.unit)
        name = plain_measure(series.title, series.key)
        title = f"{name} ({unit})" if unit else name
        self.setAccessibleName(title)
        self.course = Course(theme, data or chart_of(series), on_point, beside)
        head = SideBySide()
        head.words.addWidget(label(title, "heading"))
        head.words.addWidget(label(_in_words(series), "small"))
        head.buttons.addWidget(self.course.choices)
        self.body.addWidget(head)
        self.body.addWidget(self.course)


def _in_words(series: Series) -> str:
    places = ", ".join(dict.fromkeys(point.performer for point in series.points if point.performer))
    count = ngettext("{n} result", "{n} results", len(series.points)).format(n=len(series.points))
    marks = "; ".join(notes(series.points, series.spans))
    return " · ".join(part for part in (count, places, marks, printed.not_drawn(series)) if part)
