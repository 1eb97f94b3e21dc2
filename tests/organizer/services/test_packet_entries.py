"""A packet of a very large record is made of the latest, and says how many stay behind."""

from organizer.base.dates import PartialDate
from organizer.model.entry import Entry
from organizer.services.opinion import packet_entries
from organizer.services.opinion.packet_entries import of_person
from organizer.services.record import people
from organizer.store import change_log
from organizer.store.change_log import Add
from tests.made_records import opened_copy


def test_of_too_many_results_the_latest_go_in_and_the_others_are_counted(blank_record, tmp_path, monkeypatch):
    monkeypatch.setitem(packet_entries.MOST, "Observation", 3)
    with opened_copy(blank_record(), tmp_path) as record:
        person = people.chosen_person(record).id
        results = [
            Entry("Observation", f"Result {day}", person=person, happened=PartialDate(f"2026-01-{day:02}"))
            for day in range(1, 6)
        ]
        lupus = Entry("Condition", "Lupus", person=person, happened=PartialDate("2026-01-04"))
        change_log.apply(record, "six", [Add(one) for one in (*results, lupus)])
        found = of_person(record, person)
        assert [one.title for one in found.entries] == ["Result 5", "Lupus", "Result 4", "Result 3", "Ann Example"]
        assert [one.reason[:20] for one in found.left_out] == ["The latest 3 of 5 ar"]
        later = [one.title for one in of_person(record, person, "2026-01-05").entries]
        assert later == ["Result 5", "Lupus", "Ann Example"]
        monkeypatch.setitem(packet_entries.MOST, "Observation", 5)
        everything = of_person(record, person)
        assert len(everything.entries) == 7
        assert not everything.left_out
