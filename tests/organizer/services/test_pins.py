"""Pinned measures: kept with the person, undone like any edit, first at a glance."""

from organizer.model.codes import MeasureKey
from organizer.services.entries import entries
from organizer.services.follow import measures, pins
from organizer.services.record import glance, history
from organizer.store.entries import Query


def person(record):
    return entries.find(record, Query(kinds=("Patient",)))[0].id


def add(record, title, day, value="5", **more):
    fields = {"title": title, "value_text": value, "unit": "mmol/L", "happened": day, **more}
    entries.add(record, "Observation", person(record), fields)


def key_of(record, title):
    return measures.key_of(record, person(record), title)


def test_a_measure_is_pinned_and_unpinned_and_both_can_be_undone(record):
    add(record, "Potassium", "2026-10-01")
    ann, key = person(record), key_of(record, "Potassium")
    assert not pins.is_pinned(record, ann, key)
    assert pins.toggle(record, ann, key, "Potassium").label == "Pinned Potassium"
    assert pins.is_pinned(record, ann, key)
    assert pins.toggle(record, ann, key, "Potassium").label == "Unpinned Potassium"
    assert pins.pinned(record, ann) == ()
    history.undo(record)
    assert pins.pinned(record, ann) == (key,)
    history.undo(record)
    assert pins.pinned(record, ann) == ()


def test_pins_are_a_persons_own(record):
    add(record, "Potassium", "2026-10-01")
    ann, key = person(record), key_of(record, "Potassium")
    bo = entries.add(record, "Patient", "", {"title": "Bo Example"}).entries[0]
    pins.toggle(record, ann, key, "Potassium")
    assert pins.pinned(record, bo) == ()


def test_a_pin_is_of_the_measure_whatever_code_a_laboratory_gave_it(record):
    # LOINC 2345-7 is glucose by mass, 14749-6 by amount: one analyte.
    ann = person(record)
    add(record, "Glucose", "2026-10-01", code="2345-7")
    pins.toggle(record, ann, key_of(record, "Glucose"), "Glucose")
    other = MeasureKey("http://loinc.org|14749-6")
    assert pins.is_pinned(record, ann, other)
    assert pins.toggle(record, ann, other, "Glucose").label == "Unpinned Glucose"


def test_pinned_measures_stand_first_at_a_glance_in_the_order_of_pinning_and_only_there(record):
    ann = person(record)
    for title, day in (("Albumin", "2020-01-01"), ("Potassium", "2026-10-01"), ("Sodium", "2026-11-01")):
        add(record, title, day)
    for title in ("Sodium", "Albumin"):
        pins.toggle(record, ann, key_of(record, title), title)
    pins.toggle(record, ann, MeasureKey("title:never measured"), "never measured")
    seen = glance.glance(record, ann)
    assert [line.entry.title for line in seen.pinned] == ["Sodium", "Albumin"]
    assert [line.entry.title for line in seen.results] == ["Potassium"]
