"""What is kept in memory of an open record belongs to its session: shared by its connections, gone when it closes."""

from organizer.base.results import read_result
from organizer.model.entry import Entry
from organizer.services.record import records
from organizer.store import change_log, erase
from organizer.store.change_log import Add
from organizer.store.kept import Kept


def making(made, what):
    def make():
        made.append(what)
        return what

    return make


def test_the_last_used_of_each_sort_are_kept():
    kept, made = Kept(), []
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.taken("letters", key, making(made, key), 2)
    assert made == ["a", "b", "c", "b"]
    assert kept.taken("numbers", "a", lambda: 1, 2) == 1


def test_what_is_being_made_while_all_is_forgotten_is_not_kept():
    kept, made = Kept(), []

    def make():
        kept.forget()
        return "old"

    assert kept.taken("letters", "a", make, 2) == "old"
    assert kept.taken("letters", "a", making(made, "new"), 2) == "new"


def test_a_worker_shares_what_is_kept_and_takes_nothing_away_when_it_ends(record):
    made = []
    with record.worker() as worker, record.worker() as second:
        worker.kept("letters", "a", making(made, "a"), 2)
        second.kept("letters", "a", making(made, "a"), 2)
    # Only one of the two is kept for the next work; the other one has been closed.
    record.kept("letters", "a", making(made, "a"), 2)
    assert made == ["a"]


def test_closing_a_record_forgets_what_was_read_of_it(record):
    made = []
    record.kept("letters", "a", making(made, "a"), 2)
    read = read_result("13.5 mg of something")
    records.close(record)
    record.kept("letters", "a", making(made, "a"), 2)
    assert made == ["a", "a"]
    assert read_result("13.5 mg of something") is not read


def test_erasing_forgets_too(record):
    made = []
    [added] = change_log.apply(record, "x", [Add(Entry("Device", "Pump"))]).entries
    record.kept("letters", "a", making(made, "a"), 2)
    erase.erase_entries(record, [added])
    record.kept("letters", "a", making(made, "a"), 2)
    assert made == ["a", "a"]
