"""Heard as well as seen: work and its end, what a search finds, a page that comes; the keyboard stays where it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from organizer.services.entries import entries
from ui.entries.tables.table import Table
from ui.look.widgets import job_strip
from ui.look.widgets.job_strip import JobStrip
from ui.shell.jobs import Jobs
from ui.shell.palette import Palette


@pytest.fixture
def heard(monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    return told


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    qtbot.wait(10)


def run(qtbot, jobs, work):
    with qtbot.waitSignal(jobs.finished, timeout=5_000):
        jobs.run("Reading files", work, lambda _done: None)


def test_work_that_lasts_is_said_with_how_far_it_is_and_its_end(qtbot, heard, monkeypatch):
    monkeypatch.setattr(job_strip, "SAID_AFTER_MS", 0)
    monkeypatch.setattr(job_strip, "SAID_EVERY_MS", 0)
    jobs = Jobs()
    strip = JobStrip(jobs)
    qtbot.addWidget(strip)
    run(qtbot, jobs, lambda progress: [progress.report("Reading a.xml", done, 4) for done in (1, 2)])
    assert heard == ["Reading a.xml: 25 %", "Reading a.xml: 50 %", "Ended: Reading a.xml"]


def test_what_is_over_at_once_is_not_said_and_nothing_is_said_all_the_time(qtbot, heard, monkeypatch):
    jobs = Jobs()
    strip = JobStrip(jobs)
    qtbot.addWidget(strip)
    run(qtbot, jobs, lambda progress: progress.report("Reading a.xml", 1, 4))
    assert heard == []
    monkeypatch.setattr(job_strip, "SAID_AFTER_MS", 0)
    run(qtbot, jobs, lambda progress: [progress.report("Reading", done, 100) for done in range(100)])
    assert heard == ["Reading: 0 %", "Ended: Reading"]


def test_what_a_search_found_is_said(ann, qtbot, heard):
    entries.add(ann.desk.context.record, "Condition", ann.desk.context.person, {"title": "Nephritis"})
    ann.desk.search()
    palette = next(each for each in ann.findChildren(Palette) if each.isVisible())
    qtbot.keyClicks(palette.field, "nephr")
    qtbot.waitUntil(lambda: "1 line found" in heard, timeout=10_000)
    palette.field.setText("qqqq")
    qtbot.waitUntil(lambda: heard[-1] == "Nothing in this person’s record has these words.", timeout=10_000)
    palette.reject()


def test_the_page_that_comes_is_said(ann, qtbot, heard):
    ann.desk.show_page("treatments")
    assert heard[-1] == "Treatments"
    idle(ann, qtbot)


def test_after_removing_a_row_the_keyboard_stays_in_the_table_at_its_place(ann, qtbot):
    context = ann.desk.context
    for n in range(5):
        fields = {"title": f"Test {n}", "happened": f"2026-03-0{n + 1}", "value_text": "1"}
        entries.add(context.record, "Observation", context.person, fields)
    ann.desk.show_page("timeline")
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: ann.desk.page.table.table.rows_model.rowCount() == 5)
    former = ann.desk.page.table.table
    former.setFocus()
    former.selectRow(1)
    qtbot.keyClick(former, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: ann.desk.page.table.table is not former)
    qtbot.waitUntil(lambda: ann.desk.page.table.table.rows_model.rowCount() == 4)
    table = ann.desk.page.table.table
    qtbot.waitUntil(lambda: isinstance(ann.focusWidget(), Table))
    assert ann.focusWidget() is table
    assert table.current_row == 1
    assert table.chosen_rows() == []


def test_the_step_of_the_second_opinion_is_there_again_after_unlocking(ann, qtbot):
    ann.desk.show_page("opinion", {"step": "packet"})
    idle(ann, qtbot)
    assert ann.settings.page == "opinion/packet"
    record, folder = ann.desk.context.record, ann._folder
    ann.desk.show_first(ann.settings.page)
    idle(ann, qtbot)
    assert ann.desk.page.step.id == "packet"
    assert record.path == folder
    ann.desk.show_first("opinion/no-such-step")
    assert ann.desk.page.id == "opinion"
