"""What may be meant in a field of a form, to be chosen in place of spelled: from the record, then from what is known.

People, places, medicines, units: whatever was written in the same field of the same kind before. For a result also each
measure of the person and those that something is published on, for a diagnosis the names of illnesses, for a medicine
those of substances and brands.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from organizer.base.i18n import _, language
from organizer.health import medicine_names
from organizer.health.course import measures as published
from organizer.health.vocabulary import concepts
from organizer.model.entry import Entry
from organizer.model.ids import PersonId
from organizer.model.kind import Field, FieldType, Kind, Known
from organizer.services.follow import measures
from organizer.services.record.records import Record
from organizer.store import entries as reading
from organizer.store.entries import Query

LOOKED_AT = 300
"""Entries of the kind, the latest by date, whose texts are offered: what was used lately, within milliseconds."""
LONGEST = 80
"""Characters: what is longer is a sentence, which nobody wants twice."""


def choices(record: Record, person: PersonId, kind: Kind) -> Mapping[str, tuple[str, ...]]:
    """By field of one line the texts that may be meant, the most used first, each once in whatever case."""
    entries = reading.find(record, Query(kinds=(kind.name,), person=person, limit=LOOKED_AT))
    offered = {}
    for field in kind.fields:
        if field.type is not FieldType.TEXT:
            continue
        offered[field.name] = _each_once(chain(_used(entries, kind, field), _known(record, person, field)))
    return {name: texts for name, texts in offered.items() if texts}


def measures_of(record: Record, person: PersonId) -> tuple[str, ...]:
    """The names of what can be measured: the person's own measures first."""
    own = [measure.title for measure in measures.measures(record, person)]
    return _each_once(chain(own, (_(measure.name) for measure in published.every())))


def _known(record: Record, person: PersonId, field: Field) -> Iterable[str]:
    """What is known beyond the entries that were looked at."""
    if field.known is Known.MEASURES:
        return measures_of(record, person)
    if field.known is Known.MEDICINES:
        return medicine_names.full_names()
    return concepts.full_names(language()) if field.known is Known.ILLNESSES else ()


def _used(entries: Iterable[Entry], kind: Kind, field: Field) -> list[str]:
    counted: dict[str, int] = {}
    for entry in entries:
        value = kind.value(entry, field)
        if isinstance(value, str) and 0 < len(value) <= LONGEST:
            text = field.show(value)
            counted[text] = counted.get(text, 0) + 1
    return sorted(counted, key=lambda text: -counted[text])


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    each: dict[str, str] = {}
    for text in texts:
        each.setdefault(text.casefold(), text)
    return tuple(each.values())
