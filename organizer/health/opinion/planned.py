"""Operations and treatments of high risk that lie ahead, as a record writes them: planned, ordered, or meant to begin.

What counts stands in resources/vocabulary/procedures.json: a cleaning of teeth, a vaccination, a mammography are
entered as procedures too, and are none of these. What nothing is known of doesn't count.
"""

from datetime import date

from organizer.health.opinion.view import YEAR, View
from organizer.health.vocabulary import coded_concepts, is_about, mentions_of
from organizer.model.entry import Entry
from organizer.model.links import Role
from organizer.model.statuses import Status

_PLANNED = (Status.PREPARATION, Status.ON_HOLD)
_ORDERED = (Status.DRAFT, Status.ACTIVE, Status.ON_HOLD)
_MEANT = (Status.INTENDED, Status.DRAFT)
_NOT_MEANT = frozenset({"negated", "history", "family", "fear"})
"""An operation against a risk is one all the same."""


def planned_and_weighty(view: View) -> list[Entry]:
    """Planned procedures, open orders and medicines not begun that are an operation or a treatment of high risk."""
    procedures = [entry for entry in view.of_kind("Procedure") if entry.status in _PLANNED]
    ahead = [entry for entry in procedures if _lies_ahead(entry, view.as_of)]
    ahead += [entry for entry in view.of_kind("ServiceRequest") if _is_open(entry, view.as_of)]
    medicines = [entry for entry in view.of_kind("MedicationStatement") if entry.status in _MEANT]
    return [
        *(entry for entry in ahead if _is_weighty(entry)),
        *(entry for entry in medicines if is_about(entry, "chemotherapy")),
    ]


def _is_weighty(entry: Entry) -> bool:
    asked = ("weighty-procedure", "minor-procedure")
    meant = [mention for mention in mentions_of(entry, asked) if _NOT_MEANT.isdisjoint(mention.contexts)]
    stated = coded_concepts(entry, asked).union(*(mention.concepts for mention in meant))
    return "weighty-procedure" in stated and "minor-procedure" not in stated


def _lies_ahead(procedure: Entry, as_of: date) -> bool:
    """A planned day that is over was let go by, or the entry was never brought up to date."""
    return procedure.happened is None or procedure.happened.last_day >= as_of


def _is_open(order: Entry, as_of: date) -> bool:
    """Without an answer and not past its planned day; an order without one counts for a year."""
    if order.status not in _ORDERED or order.targets(Role.ANSWERED_BY):
        return False
    planned = order.date("planned")
    if planned is not None:
        return planned.last_day >= as_of
    return order.happened is None or order.happened.last_day >= as_of - YEAR
