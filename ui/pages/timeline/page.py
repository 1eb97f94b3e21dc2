"""Timeline: everything by date as a picture, from years to days, and what is in sight as a table."""

from array import array
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from organizer.base.figures import grouped
from organizer.base.i18n import _, marked, ngettext
from organizer.model.entry import Entry
from organizer.model.ids import NOBODY, PersonId
from organizer.services.entries import timeline
from organizer.services.entries.timeline import GROUPS, Moment, Timeline
from ui.entries.parts.cards_page import CardsPage
from ui.entries.parts.table_card import TableCard
from ui.entries.tables.models import PagedModel, entry_words
from ui.look.widgets.buttons import icon_button
from ui.look.widgets.card import Card
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.folding_row import FoldingRow
from ui.look.widgets.labels import label
from ui.look.widgets.segmented import Segmented
from ui.pages.timeline.chart import TimelineChart
from ui.pages.timeline.scale import Scale
from ui.shell.context import Context

SETTLED_MS = 200
ORDERS = ("happened", "kind", "title", "value", "")


class TimelinePage(CardsPage):
    """The picture above, its table twin below: what is in sight, or what lies in the chosen dot."""

    is_long = False
    id = "timeline"
    title = marked("Timeline")
    icon = "activity"
    guide = "first-ten-minutes.md"
    help = marked(
        "Everything in the record by its date. Ctrl and the wheel, or + and −, zoom from years to days, and 0 shows "
        "all years; the arrow keys go from dot to dot, Enter opens one."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = [("all", _("All")), *((key, _(title)) for key, (title, _kinds) in GROUPS.items())]
        self.filter = Segmented(_("Show"), words)
        self.filter.chosen.connect(lambda _key: self.refresh())
        self.body.insertWidget(1, self.filter)
        self._scale: Scale | None = None
        self._chart: TimelineChart | None = None
        self.table: TableCard
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._ask_rows)

    def forget(self, _person: PersonId = NOBODY) -> None:
        self._scale = self._chart = None
        super().forget()

    def refresh(self) -> None:
        person, groups = self.context.person, self._groups
        self.context.read(
            _("Reading the timeline"),
            lambda record, _progress: timeline.timeline(record, person, groups),
            self._fill,
        )

    @property
    def _groups(self) -> tuple[str, ...]:
        return tuple(GROUPS) if self.filter.taken == "all" else (self.filter.taken,)

    def _fill(self, timeline: Timeline) -> None:
        if timeline.ends is None:
            words = _("Nothing is dated yet.")
            step = (_("Import files…"), self.context.choose_import)
            self._chart = None
            self.show_cards([EmptyState(self.context.theme, "activity", words, *step)])
            return
        former = self._chart
        chart = TimelineChart(self.context.theme, timeline, self._groups, self._scale)
        titles = (_("Date"), _("What"), _("Title"), _("Value"), _("By"), _("Tags"))
        self.model = PagedModel(titles, ORDERS, entry_words, self._read_page)
        widths = [124, 112, 225, 135, 120, 120]
        table = TableCard(self.context, _("What is in sight"), "timeline", self.model, widths)
        if former is not None and isValid(former):
            table.carry_on(self.table)
            if former.chosen:
                chart.choose_again(former.chosen)
        self.table = table
        self.model.asked.connect(self._ask_rows)
        chart.scale_changed.connect(self._on_scale)
        chart.moment_chosen.connect(lambda _moment: self._settling.start(SETTLED_MS))
        chart.moment_opened.connect(self._open_moment)
        self._chart = chart
        card = Card()
        card.setAccessibleName(_("Timeline"))
        card.body.addLayout(self._tools(chart))
        card.body.addWidget(chart)
        cards: list[QWidget] = [card, self.table]
        self.show_cards(cards)
        self._seen.setText(chart.accessibleDescription())
        self._ask_rows()

    def _tools(self, chart: TimelineChart) -> FoldingRow:
        theme = self.context.theme
        choices = [("years", _("All years")), ("months", _("Months")), ("days", _("Days"))]
        self.levels = Segmented(_("Zoom"), choices, chart.scale.level)
        self.levels.chosen.connect(chart.show_level)
        row = FoldingRow()
        row.addWidget(self.levels)
        row.addWidget(icon_button("zoom-out", _("Further away (−)"), theme, partial(chart.zoom, False)))
        row.addWidget(icon_button("zoom-in", _("Closer (+)"), theme, partial(chart.zoom, True)))
        self._seen = label("", "second")
        row.addWidget(self._seen, 1)
        return row

    def _on_scale(self, scale: Scale) -> None:
        self._scale = scale
        self.levels.take(scale.level)
        self._settling.start(SETTLED_MS)

    def _ask_rows(self) -> None:
        chart = self._chart
        if chart is None or not isValid(chart):
            return
        chosen = chart.chosen
        groups = (chosen.group,) if chosen else self._groups
        since, until = (chosen.first_day, chosen.last_day) if chosen else (chart.scale.since, chart.scale.until)
        query = timeline.query(self.context.person, groups, since, until, self.model.text, self.model.order)
        model = self.model
        self.context.read(
            _("Reading the timeline"),
            lambda record, _progress: timeline.numbers(record, query),
            lambda numbers: self._show_rows(model, numbers, chosen),
        )

    def _show_rows(self, model: PagedModel, numbers: "array[int]", chosen: Moment | None) -> None:
        if model is not self.model or self._chart is None or not isValid(self._chart):
            return
        model.show_numbers(numbers)
        count = ngettext("{n} entry in sight", "{n} entries in sight", len(numbers)).format(n=grouped(len(numbers)))
        self._seen.setText(self._chart.told_of(chosen) if chosen else count)
        self.table.title.setText(self._chart.told_of(chosen) if chosen else _("What is in sight"))

    def _read_page(self, numbers: list[int], done: Callable[[list[Entry]], None]) -> None:
        self.context.read(_("Reading entries"), lambda record, _progress: timeline.page(record, numbers), done)

    def _open_moment(self, moment: Moment) -> None:
        """One entry opens itself; of several the table shows which."""
        if moment.count > 1:
            self.table.table.setFocus()
            return
        query = timeline.query(self.context.person, (moment.group,), moment.first_day, moment.last_day)
        self.context.read(
            _("Opening"),
            lambda record, _progress: timeline.page(record, timeline.numbers(record, query)[:1]),
            self._open_entries,
        )

    def _open_entries(self, entries_of: list[Entry]) -> None:
        if entries_of:
            self.context.navigate("entry", entry=entries_of[0].id)
