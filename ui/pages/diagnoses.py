"""Diagnoses: current, past, ruled out, each with what it was before and what it rests on."""

from organizer.base.words import _, marked
from organizer.records.entry import Entry
from organizer.records.kinds import find_kind
from organizer.services import entries
from organizer.services.entries import Query
from ui.parts.cards_page import CardsPage
from ui.parts.rows import entries_card
from ui.widgets.buttons import button
from ui.widgets.empty_state import EmptyState

PAST = ("resolved", "inactive", "remission")


class DiagnosesPage(CardsPage):
    """Three cards; what is ruled out stays visible, struck through."""

    id = "diagnoses"
    title = marked("Diagnoses")
    icon = "stethoscope"
    help = marked("What doctors have called the illness, how sure they were, and how that changed over time.")
    kinds = ("Condition",)

    def refresh(self) -> None:
        add = button(_("Add a diagnosis"), self.context.theme, self._add, "primary", "plus")
        self.header.set_actions(add)
        query = Query(kinds=("Condition",), person=self.context.person)
        self.context.read(_("Reading diagnoses"), lambda record, _progress: entries.find(record, query), self._fill)

    def _add(self) -> None:
        self.context.edit_entry(None, "Condition")

    def _fill(self, found: list[Entry]) -> None:
        groups = (
            (_("Current"), [one for one in found if not one.struck and one.status not in PAST]),
            (_("Past"), [one for one in found if not one.struck and one.status in PAST]),
            (_("Ruled out or entered in error"), [one for one in found if one.struck]),
        )
        cards = [
            entries_card(self.context, title, [(one, _said(one)) for one in group]) for title, group in groups if group
        ]
        if not cards:
            words = _("No diagnosis is in this record yet.")
            cards = [EmptyState(self.context.theme, "stethoscope", words, _("Add a diagnosis"), self._add)]
        self.show_cards(cards)


def _said(entry: Entry) -> str:
    kind = find_kind("Condition")
    fields = (kind.field(name) for name in ("status", "verification", "made_by", "place", "note"))
    return " · ".join(shown for shown in (kind.show(entry, field) for field in fields if field) if shown)
