"""Packets of small records of different kinds, each made once in a run."""

import json
from pathlib import Path

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import entries as writing
from organizer.services.entries import typed
from organizer.services.opinion import packets
from organizer.services.record import people
from organizer.store import entries as reading
from organizer.store.entries import Query
from tests.made_records import opened_copy

FOLDER = Path(__file__).parents[2] / "data" / "packet"
CHILD = [
    {"kind": "Condition", "title": "Asthma", "happened": "2024", "status": "active"},
    {"kind": "MedicationStatement", "title": "Budesonide", "dose": "100 mcg, twice a day", "status": "active"},
    {"kind": "Observation", "title": "Body weight", "value_text": "22.5", "unit": "kg", "happened": "2026-10-01",
     "category": "vital-signs"},
]  # fmt: skip


def made(name, lines, folder, closed, about=None, **wish):
    """The packet's bytes, its result and the facts behind it, of a case file, or of what is typed by hand; `about` are
    fields of the person."""
    with opened_copy(closed, folder) as record:
        record.set_meta("as_of", "2026-11-29")
        person = people.people(record)[0].person
        if about:
            writing.edit(record, person, about)
        if name.endswith(".json"):
            plan = importing.plan_import(record, [FOLDER / name], "", NoProgress())
            importing.accept_import(record, plan, NoProgress())
            counts = {one.person: sum(reading.counts(record, one.person).values()) for one in people.people(record)}
            person = max(counts, key=lambda one: counts[one])
        else:
            text = (FOLDER / name).read_text("utf-8").splitlines() if name else map(json.dumps, lines)
            typed.write(record, "typed", typed.read_lines(record, [line for line in text if line.strip()]))
        title = reading.get(record, person).title
        data, result = packets.preview(record, packets.choice(record, title, **wish), NoProgress())
        facts = [entry for entry in reading.find(record, Query(person=person)) if entry.is_fact]
    return data, result, facts
