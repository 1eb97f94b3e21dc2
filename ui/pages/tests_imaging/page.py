"""Tests & imaging: reports and every measure with its course; one measure, or one report beside its document."""

from PySide6.QtWidgets import QApplication

from organizer.base.i18n import _, marked
from organizer.health.series import Series
from organizer.health.titles import plain_measure
from organizer.model.codes import MeasureKey
from organizer.model.ids import NOBODY, EntryId, PersonId
from organizer.services.entries import entries
from organizer.services.follow import measures, pins
from organizer.services.follow.measures import MeasureSummary
from organizer.services.record.records import Record
from ui.entries.parts.cards_page import CardsPage
from ui.look.widgets.buttons import button
from ui.look.widgets.empty_state import EmptyState
from ui.look.widgets.plain import hint
from ui.pages.tests_imaging.lists import ListsShown, MeasureRow, list_cards, lists_shown
from ui.pages.tests_imaging.measure import MeasureShown, MeasureView, measure_shown
from ui.pages.tests_imaging.report import ReportShown, report_cards, report_shown
from ui.shell.context import Context

Shown = ListsShown | MeasureShown | ReportShown


class TestsPage(CardsPage):
    """`open(code=…, over=…)` shows one measure, another one laid over it.

    `open(entry=…)` shows one report or the measure of one result; else there are the lists.
    """

    __test__ = False
    id = "tests"
    title = marked("Tests & imaging")
    icon = "flask-conical"
    guide = "getting-records.md"
    help = marked("Results with the range that the laboratory printed; flags are the laboratory’s, never ours.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._measure = self._entry = self._over = ""
        self._series: Series | None = None

    def open(self, **where: object) -> None:
        self._measure, self._entry = str(where.get("code") or ""), str(where.get("entry") or "")
        self._over = str(where.get("over") or "")
        self._series = None
        self.mark_stale()

    def refresh(self) -> None:
        theme, context = self.context.theme, self.context
        if self._measure or self._entry:
            self.header.set_actions(button(_("All tests"), theme, self._show_all, "secondary", "arrow-left"))
        else:
            add = button(_("Add a result"), theme, lambda: context.edit_entry(None, "Observation"), "primary", "plus")
            self.header.set_actions(add)
        person, measure, entry, over = context.person, self._measure, EntryId(self._entry), self._over
        context.read(
            _("Reading results"), lambda record, _progress: _read(record, person, measure, entry, over), self._fill
        )

    def forget(self, _person: PersonId = NOBODY) -> None:
        self._measure = self._entry = self._over = ""
        self._series = None
        super().forget()

    def pin(self) -> bool:
        if self._series is not None:
            self._toggle(self._series.key, plain_measure(self._series.title, self._series.key))
            return True
        focus = QApplication.focusWidget()
        row = focus.parentWidget() if focus is not None else None
        if isinstance(row, MeasureRow):
            self._pin(row.summary)
            return True
        return False

    def _pin(self, summary: MeasureSummary) -> None:
        self._toggle(summary.key, plain_measure(summary.title, summary.key))

    def _toggle(self, key: MeasureKey, title: str) -> None:
        context = self.context
        context.write(lambda: pins.toggle(context.record, context.person, key, title))

    def _set_measure(self, shown: MeasureShown) -> None:
        """What the head offers for one measure."""
        self._series, theme = shown.series, self.context.theme
        words, picture = (_("Unpin"), "pin-off") if shown.pinned else (_("Pin"), "pin")
        pins_it = button(words, theme, self.pin, "secondary", picture)
        pins_it.setToolTip(hint(_("Pinned measures stand first here and on the overview (Ctrl+D)")))
        self.header.set_actions(button(_("All tests"), theme, self._show_all, "secondary", "arrow-left"), pins_it)

    def _show_all(self) -> None:
        self.context.navigate("tests")

    def _fill(self, shown: Shown) -> None:
        context = self.context
        if isinstance(shown, MeasureShown):
            self._set_measure(shown)
            view = MeasureView(context, shown, self.mark_stale)
            view.setParent(view.table)  # lives as long as what it joins
            self.show_cards([view.chart, view.table])
        elif isinstance(shown, ReportShown):
            self.show_cards(report_cards(context, shown))
        else:
            cards = list_cards(context, shown, lambda key: context.navigate("tests", code=key), self._pin)
            if not cards:
                words = _("No test results yet. Portals give them as FHIR or C-CDA files; PDFs are fine too.")
                cards = [EmptyState(context.theme, "flask-conical", words, _("Import files…"), context.choose_import)]
            self.show_cards(cards)


def _read(record: Record, person: PersonId, measure: str, entry_id: EntryId, over: str) -> Shown:
    opened = entries.many(record, [entry_id]) if entry_id else []
    if opened and opened[0].kind != "Observation":
        return report_shown(record, entry_id)
    asked = measure or (measures.measure_of(opened[0]) if opened else None)
    return measure_shown(record, person, asked, over) if asked else lists_shown(record, person)
