"""The order of a packet's sections: the person's own, one for all packets about them, kept with the person."""

from collections.abc import Sequence

from organizer.base.i18n import _
from organizer.model.entry import Changes
from organizer.model.ids import PersonId
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace

_FIELD = "packet_order"


def order_of(record: Record, person: PersonId) -> tuple[str, ...]:
    """The ids of the sections as the person arranged them; empty for the usual order."""
    return tuple(str(row.get("section") or "") for row in reading.get(record, person).rows(_FIELD))


def arrange(record: Record, person: PersonId, order: Sequence[str]) -> Changes:
    """Keep an order of sections (ids); the usual one, or an empty one, is kept as none. Can be undone."""
    from organizer.packet.contents.sections import arranged

    entry = reading.get(record, person)
    wanted = [section.id for section in arranged(order)]
    usual = [section.id for section in arranged(())]
    if wanted == [section.id for section in arranged(order_of(record, person))]:
        return Changes()
    if wanted == usual:
        after = entry.without(_FIELD)
    else:
        after = entry.having(data={**entry.data, _FIELD: [{"section": name} for name in wanted]})
    return change_log.apply(record, _("Changed the order of the packet’s sections"), [Replace(after)])
