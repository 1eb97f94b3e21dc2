"""What a form offers to choose from: what this person's record says in that field, then what is known."""

import pytest

from organizer.base.i18n import speaking
from organizer.model.kinds import find_kind
from organizer.services.entries import choices, entries
from organizer.services.record import people
from tests.made_records import opened_copy


@pytest.fixture
def record(blank_record, tmp_path):
    with opened_copy(blank_record(), tmp_path) as made:
        yield made


def offered(record, person, kind, field):
    return choices.choices(record, person, find_kind(kind)).get(field, ())


def test_texts_of_the_same_field_are_offered_the_most_used_first_and_each_once(record):
    person = people.people(record)[0].person
    for unit in ("mg/dL", "U/L", "u/l", "U/L"):
        entries.add(record, "Observation", person, {"title": "Lipase", "value_text": "41", "unit": unit})
    assert offered(record, person, "Observation", "unit") == ("U/L", "mg/dL")


def test_nothing_of_another_person_is_offered(record):
    person = people.people(record)[0].person
    other = entries.add(record, "Patient", "", {"title": "Bo Example"}).entries[0]
    entries.add(record, "Condition", other, {"title": "Zebra disease"})
    assert "Zebra disease" in offered(record, other, "Condition", "title")
    assert "Zebra disease" not in offered(record, person, "Condition", "title")


@pytest.mark.parametrize("more", [0, 1])
def test_a_sentence_is_not_offered(record, more):
    person = people.people(record)[0].person
    title = "x" * (choices.LONGEST + more)
    entries.add(record, "Procedure", person, {"title": title})
    assert (title in offered(record, person, "Procedure", "title")) is (more == 0)


def test_illnesses_are_named_in_the_language_of_the_window(record):
    person = people.people(record)[0].person
    with speaking("es"):
        assert "Esclerosis múltiple" in offered(record, person, "Condition", "title")
    assert "Multiple sclerosis" in offered(record, person, "Condition", "title")


def test_a_medicine_is_chosen_by_substance_or_brand_on_an_empty_record(record):
    person = people.people(record)[0].person
    names = offered(record, person, "MedicationStatement", "title")
    assert {"Metformin", "Trastuzumab", "Herceptin", "Insulin glargine"} <= set(names)
    assert not {"Valproic", "Hctz", "Insulin"} & set(names)


def test_an_own_medicine_stands_before_what_is_known(record):
    person = people.people(record)[0].person
    entries.add(record, "MedicationStatement", person, {"title": "metformin"})
    names = offered(record, person, "MedicationStatement", "title")
    assert names[0] == "metformin"
    assert "Metformin" not in names


def test_an_own_measure_stands_before_those_that_something_is_published_on(record):
    person = people.people(record)[0].person
    entries.add(record, "Observation", person, {"title": "A1c", "value_text": "7.1", "unit": "%"})
    names = choices.measures_of(record, person)
    assert names[0] == "A1c"
    assert len(names) > 50
