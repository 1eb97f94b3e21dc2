"""Entries gone through one after the other are those that a query finds at once."""

import pytest

from organizer.base.dates import PartialDate
from organizer.model.entry import Entry, Link, Source
from organizer.services.record import people
from organizer.store import change_log, entries, stored
from organizer.store.change_log import Add
from organizer.store.entries import Query
from organizer.store.stored import Stored
from tests.made_records import opened_copy


def test_in_steps_they_are_the_same_with_sources_and_links(blank_record, tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "AT_ONCE", 3)
    with opened_copy(blank_record(), tmp_path) as record:
        person = people.chosen_person(record).id
        made = [
            Entry("Condition", f"No. {n}", f"id-{n}", person, happened=PartialDate(f"20{20 - n}"),
                  sources=(Source(identifier=f"row {n}"),), links=(Link("revises", "id-0"),))
            for n in range(8)
        ]  # fmt: skip
        stranger = Entry("Condition", "Another’s", "id-x", "somebody")
        change_log.apply(record, "nine", [Add(one) for one in (*made, stranger)])
        found = Stored(record, Query(person=person, order="happened"))
        assert list(found) == entries.find(record, Query(person=person, order="happened"))
        assert len(found) == 9
        assert [one.title for one in found.of_kind("Patient")] == ["Ann Example"]
        assert made[3] in found
        assert stranger not in found
        assert found.by_id()["id-3"] == made[3]
        assert set(found.by_id()) == {person, *(one.id for one in made)}
        with pytest.raises(KeyError):
            found.by_id()["id-x"]
