"""Measures that a person wants before all others: kept with the person, pinned and unpinned like any edit."""

from collections.abc import Iterable

from organizer.base.i18n import _
from organizer.health.series import same_measure
from organizer.model.codes import MeasureKey
from organizer.model.entry import Changes, Entry
from organizer.model.ids import PersonId
from organizer.services.record.records import Record
from organizer.store import change_log
from organizer.store import entries as reading
from organizer.store.change_log import Replace
from organizer.store.entries import MeasureSummary

_FIELD = "pinned"


def pinned(record: Record, person: PersonId) -> tuple[MeasureKey, ...]:
    """The keys of the pinned measures, in the order in which they were pinned."""
    return _keys(reading.get(record, person))


def is_pinned(record: Record, person: PersonId, key: MeasureKey) -> bool:
    """Whether a measure, or another code of it, is pinned."""
    return any(same_measure(key, other) for other in pinned(record, person))


def toggle(record: Record, person: PersonId, key: MeasureKey, title: str) -> Changes:
    """Pin a measure behind those that are, or unpin it; `title` names it in the history."""
    entry = reading.get(record, person)
    others = [other for other in _keys(entry) if not same_measure(key, other)]
    if len(others) < len(_keys(entry)):
        label, keys = _("Unpinned {measure}"), others
    else:
        label, keys = _("Pinned {measure}"), [*others, key]
    rows = [{"measure": str(key)} for key in keys]
    after = entry.having(data={**entry.data, _FIELD: rows}) if rows else entry.without(_FIELD)
    return change_log.apply(record, label.format(measure=title), [Replace(after)])


def first(summaries: Iterable[MeasureSummary], pins: Iterable[MeasureKey]) -> list[MeasureSummary]:
    """The pinned measures of which there are results, in the order of the pins."""
    known = list(summaries)
    pinned = (next((measure for measure in known if same_measure(measure.key, key)), None) for key in pins)
    return [measure for measure in pinned if measure is not None]


def _keys(entry: Entry) -> tuple[MeasureKey, ...]:
    return tuple(MeasureKey(str(row["measure"])) for row in entry.rows(_FIELD) if row.get("measure"))
