"""Finding anything by its words; the results of one measure are one line, with the latest of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.health.titles import plain_title
from organizer.model.codes import MeasureKey
from organizer.model.entry import Entry
from organizer.services.follow import measures
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store import search as full_text
from organizer.store.search import Hit, Wanted

__all__ = ["Hit", "Wanted"]

LOOKED_AT = 4
"""Hits that are looked at for each line that is wanted: forty results of a measure leave room for other things."""


@dataclass(frozen=True, slots=True)
class MeasureHit:
    """A measure of which several results were found: the latest, and how many there are in all."""

    measure: MeasureKey
    latest: Entry
    count: int


SearchHit = Hit | MeasureHit


def search(record: Record, text: str, wanted: Wanted | None = None, limit: int = 50) -> list[Hit]:
    """Entries that hold all the words, also a little mistyped, best first; each by its name in plain words."""
    return full_text.search(record, text, wanted, limit, plain_title)


def search_by_measure(record: Record, text: str, wanted: Wanted, limit: int) -> list[SearchHit]:
    """As `search`, but results of one measure stand as one where its best hit would."""
    hits = search(record, text, wanted, limit * LOOKED_AT)
    keys = _measures(record, hits)
    times = Counter(measures.series_name(key) for key in keys.values())
    known = measures.measures(record, wanted.person) if times else []
    counts = {measures.series_name(summary.key): summary.count for summary in known}

    shown: list[SearchHit] = []
    seen: set[str] = set()
    for hit in hits:
        key = keys.get(hit.id)
        name = measures.series_name(key) if key is not None else ""
        if key is None or times[name] == 1 or name not in counts:
            shown.append(hit)
        elif name not in seen:
            seen.add(name)
            latest = measures.latest(record, wanted.person, key, 1)
            shown.append(MeasureHit(key, latest[-1], counts[name]) if latest else hit)
        if len(shown) == limit:
            break
    return shown


def _measures(record: Record, hits: Sequence[Hit]) -> dict[str, MeasureKey]:
    """By the ids of results what they measure."""
    results = reading.many(record, [hit.id for hit in hits if hit.kind == "Observation"])
    keys = {entry.id: measures.measure_of(entry) for entry in results}
    return {entry: key for entry, key in keys.items() if key is not None}
