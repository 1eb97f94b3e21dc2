"""Python's full collections, which stand everything still, wait until no work goes on."""

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from organizer.model.entry import Entry
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from ui.entries.forms.entry_dialog import EntryDialog
from ui.pages import PAGES
from ui.shell import main_window, memory
from ui.shell.jobs import Jobs

PYTHONS = (700, 10, 10)
"""What Python has of itself; the suite collects less often."""


class Ring:
    """Something that only a collection can free."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def as_for_a_person(monkeypatch):
    """Python looks through everything where a window is locked, which tests/windows.py spares all other tests."""
    monkeypatch.setattr(main_window, "memory", memory)
    monkeypatch.setattr(memory, "MUCH", 5)
    monkeypatch.setattr(memory, "_USUAL", PYTHONS)
    before = gc.get_threshold()
    gc.set_threshold(*PYTHONS)
    pass_over_the_run()
    yield
    pass_over_the_run()
    gc.set_threshold(*before)


def pass_over_the_run():
    """No collection need go through all that the run's tests are made of, and Python counts what comes from here on."""
    gc.freeze()
    gc.collect()


@pytest.fixture
def full():
    """The full collections that began since."""
    seen = []

    def watch(phase, info):
        if phase == "start" and info["generation"] == 2:
            seen.append(info)

    gc.callbacks.append(watch)
    yield seen
    gc.callbacks.remove(watch)


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.stop()


def make_much(_progress=None):
    """Enough for several full collections by Python's own rule, kept alive."""
    return [[number] for number in range(100_000)]


def test_a_job_that_makes_much_is_not_stopped_by_a_full_collection(jobs, qtbot, full):
    answers = []

    def work(_progress):
        made = make_much()
        return made, len(full)

    jobs.run("Making much", work, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert answers[0][1] == 0
    assert gc.get_freeze_count() > 100_000  # so that the next full collection is a short one, too
    memory.collect()
    assert gc.get_freeze_count() == 0


def test_afterwards_the_usual_rule_holds_again(jobs, qtbot, full):
    answers = []
    jobs.run("A little", lambda _progress: 1, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert not full
    kept = make_much()
    assert full
    assert kept


def test_a_quiet_moment_collects_what_work_has_left(full):
    memory.begin_work()
    rings = [Ring() for _number in range(60_000)]
    memory.end_work()
    rings.clear()
    memory.collect()
    assert not any(isinstance(one, Ring) for one in gc.get_objects())


def test_locking_lets_nothing_of_the_work_lie_about(ann, qtbot, full):
    full.clear()
    ann.lock()
    qtbot.waitUntil(lambda: bool(full), timeout=5_000)
    assert ann.desk is None


def test_after_locking_no_entry_of_the_record_is_left(ann, qtbot):
    """The collector's own list of what is alive, after every page was shown and a form opened."""
    context = ann.desk.context
    for number in range(20):
        entries.add(
            context.record, "Condition", context.person, {"title": f"Zebra disease {number}", "happened": "2024"}
        )
    for page in PAGES:
        ann.desk.show_page(page.id)
        qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)
    ann.desk.show_form(entries.find(context.record, Query(("Condition",)))[0], "Condition")
    ann.desk.findChildren(EntryDialog)[-1].reject()
    del context, page
    assert zebras()
    ann.lock()
    qtbot.waitUntil(lambda: ann.desk is None)
    for _turn in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    memory.collect()
    assert zebras() == []


def zebras():
    return [held.title for held in gc.get_objects() if isinstance(held, Entry) and held.title.startswith("Zebra")]


def test_a_record_that_nobody_is_at_gives_memory_back_and_answers_as_before(ann, qtbot, monkeypatch):
    given = []
    monkeypatch.setattr(memory, "give_back", lambda give=memory.give_back: given.append(give()))
    everything = Query(person=ann.desk.context.person)
    before = entries.find(ann.desk.context.record, everything)
    ann.tidy_record()
    qtbot.waitUntil(lambda: given == [None])
    assert entries.find(ann.desk.context.record, everything) == before
    assert before
