"""Timeline: everything by date, the latest first, filtered by what it is."""

from PySide6.QtWidgets import QWidget

from organizer.base.words import _, marked
from organizer.records.entry import Entry
from organizer.records.kinds import find_kind
from organizer.services import entries
from organizer.services.entries import First, Query
from ui.context import Context
from ui.parts.cards_page import CardsPage
from ui.parts.rows import and_more, entries_card
from ui.widgets.empty_state import EmptyState
from ui.widgets.segmented import Segmented

MOST = 400
FILTERS: dict[str, tuple[str, ...]] = {
    "all": (
        "Condition",
        "DiagnosticReport",
        "Procedure",
        "MedicationStatement",
        "AdverseEvent",
        "Encounter",
        "ImagingStudy",
        "Immunization",
        "ServiceRequest",
        "CarePlan",
        "DocumentReference",
    ),
    "visits": ("Encounter", "Procedure"),
    "reports": ("DiagnosticReport", "ImagingStudy", "DocumentReference"),
    "treatments": ("MedicationStatement", "CarePlan", "AdverseEvent"),
    "results": ("Observation",),
}


class TimelinePage(CardsPage):
    """A card a year."""

    id = "timeline"
    title = marked("Timeline")
    icon = "activity"
    help = marked("Everything in the record by its date, as precisely as its source gave it.")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        words = (_("All"), _("Visits"), _("Reports"), _("Treatments"), _("Results"))
        self._filter = Segmented(_("Show"), list(zip(FILTERS, words, strict=True)))
        self._filter.chosen.connect(lambda _key: self.refresh())
        self.body.insertWidget(1, self._filter)

    def refresh(self) -> None:
        query = Query(kinds=FILTERS[self._filter.taken], person=self.context.person)
        self.context.read(
            _("Reading the timeline"), lambda record, _progress: entries.first(record, query, MOST), self._fill
        )

    def _fill(self, found: First) -> None:
        years: dict[str, list[tuple[Entry, str]]] = {}
        for entry in found.entries:
            kind = find_kind(entry.kind)
            said = " · ".join(part for part in (_(kind.label), entry.spoken_value(), entry.text("place")) if part)
            years.setdefault(entry.happened.text[:4] if entry.happened else _("Undated"), []).append((entry, said))
        cards: list[QWidget] = [entries_card(self.context, year, rows) for year, rows in years.items()]
        if found.of > len(found.entries):
            cards.append(and_more(found.of - len(found.entries)))
        if not cards:
            words = _("Nothing is dated yet.")
            cards = [EmptyState(self.context.theme, "activity", words, _("Import files…"), self.context.choose_import)]
        self.show_cards(cards)
