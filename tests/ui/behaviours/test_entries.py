"""Entries in the window: dates as people write them, several at once, nobody else's in sight."""

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from organizer.base.dates import PartialDate
from organizer.base.progress import NoProgress
from organizer.model.entry import Entry
from organizer.services.entries import entries, tags
from organizer.services.entries.entries import Query
from organizer.services.opinion import leaving_out, packets
from organizer.store import change_log
from ui.entries.forms.entry_dialog import EntryDialog
from ui.entries.parts.table_card import TableCard
from ui.entries.tables.table import Table
from ui.entries.tables.tag_dialog import TagDialog
from ui.shell.guide import GuideDialog
from ui.shell.palette import Palette

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    qtbot.wait(30)


def found(window, *kinds):
    return entries.find(window.desk.context.record, Query(kinds=kinds))


def date_field(window):
    window.desk.show_form(None, "Condition")
    dialog = window.desk.findChildren(EntryDialog)[-1]
    dialog.form.rows["title"].editor.set_text("Zebra fever")
    return dialog, dialog.form.rows["happened"].editor.main_widget()


def test_a_date_that_may_be_two_days_is_asked(ann, qtbot):
    dialog, line = date_field(ann)
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "03/04/2026")
    choices = [
        one
        for one in dialog.form.rows["happened"].editor.findChildren(QPushButton)
        if one.isVisible() and one.property("meaning")
    ]
    assert [one.text() for one in choices] == ["3 Apr 2026", "4 Mar 2026"]
    qtbot.mouseClick(choices[1], Qt.MouseButton.LeftButton)
    dialog.accept()
    assert [one.happened.text for one in found(ann, "Condition")] == ["2026-03-04"]
    idle(ann, qtbot)


@pytest.mark.parametrize(("typed", "kept"), [("March 2019", "2019-03"), ("about 2015", "2015"), ("2019", "2019")])
def test_a_date_is_kept_as_exactly_as_it_is_known(ann, qtbot, typed, kept):
    dialog, line = date_field(ann)
    qtbot.keyClicks(line, typed)
    dialog.accept()
    assert [one.happened.text for one in found(ann, "Condition")] == [kept]
    idle(ann, qtbot)


def test_several_rows_are_chosen_removed_and_brought_back_at_once(ann, qtbot):
    table = visits_in_the_timeline(ann, qtbot)
    for _row in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert [one.title for one in found(ann, "Encounter")] == ["Visit 1"]
    idle(ann, qtbot)
    qtbot.keyClick(ann, Qt.Key.Key_Z, CONTROL)
    assert len(found(ann, "Encounter")) == 4
    idle(ann, qtbot)


def visits_in_the_timeline(ann, qtbot):
    context = ann.desk.context
    for day in range(1, 5):
        fields = {"title": f"Visit {day}", "happened": f"2026-03-0{day}"}
        entries.add(context.record, "Encounter", context.person, fields)
    ann.desk.show_page("timeline")
    return table_in_sight(ann, qtbot, "Visit 4")


def table_in_sight(ann, qtbot, first):
    idle(ann, qtbot)
    table = next(one for one in ann.desk.page.findChildren(Table) if one.isVisible())
    qtbot.waitUntil(lambda: table.rows_model.cells(0)[2] == first, timeout=10_000)
    table.setFocus()
    table.selectRow(0)
    return table


def test_several_rows_are_tagged_by_keyboard_found_by_it_and_untagged_by_mouse(ann, qtbot):
    table = visits_in_the_timeline(ann, qtbot)
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_T, CONTROL)
    (dialog,) = ann.desk.findChildren(TagDialog)
    qtbot.keyClicks(dialog.field, "ask about this")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert [one.tags for one in found(ann, "Encounter")] == [("ask about this",)] * 2 + [()] * 2
    table = table_in_sight(ann, qtbot, "Visit 4")
    assert table.rows_model.cells(1)[-1] == "ask about this"
    card = next(one for one in ann.desk.page.findChildren(TableCard) if one.isVisible())
    qtbot.keyClicks(card.field, "ABOUT")
    qtbot.waitUntil(lambda: table.rows_model.rowCount() == 2, timeout=10_000)
    idle(ann, qtbot)
    table.selectAll()
    buttons = [one for one in card.findChildren(QPushButton) if one.text() == "Tags…"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    dialog = next(one for one in ann.desk.findChildren(TagDialog) if one.isVisible())
    (item,) = (dialog.list.item(row) for row in range(dialog.list.count()))
    assert (item.text(), item.checkState()) == ("ask about this", Qt.CheckState.Checked)
    box = dialog.list.visualItemRect(item)
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(12, box.center().y()))
    assert item.checkState() is Qt.CheckState.Unchecked
    dialog.keep()
    assert not any(one.tags for one in found(ann, "Encounter"))
    idle(ann, qtbot)
    ann.activateWindow()
    qtbot.waitUntil(ann.isActiveWindow, timeout=10_000)
    qtbot.keyClick(ann, Qt.Key.Key_Z, CONTROL)
    assert sum(one.tags == ("ask about this",) for one in found(ann, "Encounter")) == 2
    idle(ann, qtbot)


def test_a_tag_of_some_rows_is_half_ticked_and_stays_so(ann, qtbot):
    table = visits_in_the_timeline(ann, qtbot)
    context = ann.desk.context
    tags.change(context.record, [next(table.seen()).id], ["trial"])
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_T, CONTROL)
    (dialog,) = ann.desk.findChildren(TagDialog)
    assert dialog.list.item(0).checkState() is Qt.CheckState.PartiallyChecked
    dialog.field.setText("–")
    dialog.keep()
    assert "can’t be a tag" in dialog.error.text()
    dialog.field.setText("ask")
    dialog.keep()
    assert [one.tags for one in found(ann, "Encounter")] == [("trial", "ask"), ("ask",), ("ask",), ("ask",)]
    idle(ann, qtbot)


def test_several_rows_are_left_out_of_packets_and_put_back(ann, qtbot):
    table = visits_in_the_timeline(ann, qtbot)
    context = ann.desk.context
    qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    press(ann, qtbot, "Leave out of packets")
    table = table_in_sight(ann, qtbot, "Visit 4")
    assert [table.rows_model.cells(row)[-1] for row in (1, 2)] == ["left out of packets", ""]
    assert {one.id: one.count for one in leaving_out.matters_in(context.record, context.person)} == {"kept-out": 2}
    _bytes, result = packets.preview(context.record, packets.choice(context.record), NoProgress())
    assert any(one.what == "What I chose to leave out: 2 entries" for one in result.left_out)
    table.selectAll()
    press(ann, qtbot, "Leave out of packets")  # two of four were out: now all are
    table_in_sight(ann, qtbot, "Visit 4").selectAll()
    press(ann, qtbot, "Put in packets")
    assert not any(one.kept_out for one in found(ann, "Encounter"))
    idle(ann, qtbot)


def press(ann, qtbot, words):
    (pressed,) = (one for one in ann.desk.page.findChildren(QPushButton) if one.text() == words and one.isVisible())
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)


def test_nothing_of_another_person_is_listed_or_found(ann, qtbot):
    context = ann.desk.context
    entries.add(context.record, "Condition", context.person, {"title": "Zebra fever", "happened": "2026-01"})
    context.write(lambda: entries.add(context.record, "Patient", "", {"title": "Ben Example"}))
    ben = next(one for one in found(ann, "Patient") if one.title == "Ben Example")
    ann.desk.choose_person(ben.id)
    for page in ("overview", "timeline", "diagnoses", "tests", "treatments", "documents"):
        ann.desk.show_page(page)
        idle(ann, qtbot)
        words = " ".join(one.text() for one in ann.desk.page.findChildren(QLabel) if one.isVisible())
        assert "Zebra" not in words, page
    ann.desk.search()
    palette = ann.findChild(Palette)
    qtbot.keyClicks(palette.field, "zebra")
    idle(ann, qtbot)
    assert not [row for row in range(palette.list.count()) if "Zebra" in palette.list.item(row).text()]
    palette.close()


def test_f1_says_what_the_page_is_for(ann, qtbot):
    qtbot.keyClick(ann, Qt.Key.Key_2, CONTROL)
    idle(ann, qtbot)
    qtbot.keyClick(ann, Qt.Key.Key_F1)
    (guide,) = ann.desk.findChildren(GuideDialog)
    assert any("arrow keys" in one.text() for one in guide.findChildren(QLabel))
    guide.close()


@pytest.fixture
def many(ann, qtbot):
    """The timeline's table with so many rows that most of them were never read, all chosen."""
    context = ann.desk.context
    visits = [
        Entry("Encounter", title=f"Visit {n}", person=context.person, happened=PartialDate(f"2026-{1 + n % 12:02}"))
        for n in range(1_500)
    ]
    change_log.apply(context.record, "Many visits", [change_log.Add(one) for one in visits])
    ann.desk.show_page("timeline")
    idle(ann, qtbot)
    ann.desk.page.levels._buttons["years"].click()
    table = table_of(ann)
    qtbot.waitUntil(lambda: table.rows_model.rowCount() == 1_500, timeout=10_000)
    idle(ann, qtbot)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    assert sum(1 for _seen in table.seen()) < 1_000
    return table


def test_what_is_done_to_all_rows_is_done_to_those_never_looked_at_too(ann, many, qtbot):
    press(ann, qtbot, "Leave out of packets")
    assert sum(one.kept_out for one in found(ann, "Encounter")) == 1_500
    qtbot.keyClick(table_of(ann), Qt.Key.Key_T, CONTROL)  # they are still chosen
    idle(ann, qtbot)
    dialog = next(one for one in ann.desk.findChildren(TagDialog) if one.isVisible())
    assert any(one.text() == "1500 entries are chosen." for one in dialog.findChildren(QLabel))
    dialog.field.setText("ask")
    dialog.keep()
    idle(ann, qtbot)
    assert sum(one.tags == ("ask",) for one in found(ann, "Encounter")) == 1_500
    qtbot.keyClick(table_of(ann), Qt.Key.Key_Delete)
    idle(ann, qtbot)
    assert not found(ann, "Encounter")
    ann.desk.undo()
    assert len(found(ann, "Encounter")) == 1_500
    idle(ann, qtbot)


def table_of(ann):
    return next(one for one in ann.desk.page.findChildren(Table) if one.isVisible())


def test_a_copy_of_all_rows_has_those_never_looked_at_too(ann, many, qtbot):
    qtbot.keyClick(many, Qt.Key.Key_C, CONTROL)
    idle(ann, qtbot)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 1_501
    assert len({line.split("\t")[2] for line in lines}) == 1_501


def test_after_a_change_the_timeline_keeps_filter_order_and_chosen_rows(ann, qtbot):
    visits_in_the_timeline(ann, qtbot)
    titles = [f"Visit {n}" for n in range(1, 5)]
    context = ann.desk.context
    entries.add(context.record, "Encounter", context.person, {"title": "Other", "happened": "2026-03-09"})
    card = next(one for one in ann.desk.page.findChildren(TableCard) if one.isVisible())
    qtbot.keyClicks(card.field, "visit")
    card.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    ordered = card.table.rows_model
    qtbot.waitUntil(lambda: [ordered.cells(row)[2] for row in range(ordered.rowCount())] == titles, timeout=10_000)
    card.table.selectRow(1)
    press(ann, qtbot, "Leave out of packets")
    card = next(one for one in ann.desk.page.findChildren(TableCard) if one.isVisible())
    model = card.table.rows_model
    assert card.field.text() == "visit"
    qtbot.waitUntil(lambda: [model.cells(row)[2] for row in range(model.rowCount())] == titles, timeout=10_000)
    assert [one.title for one in card.table.seen()] == ["Visit 2"]
    press(ann, qtbot, "Put in packets")
    assert not any(one.kept_out for one in found(ann, "Encounter"))


def test_an_answer_that_was_read_for_another_person_is_dropped(ann, qtbot):
    context = ann.desk.context
    context.write(lambda: entries.add(context.record, "Patient", "", {"title": "Ben Example"}))
    ben = next(one for one in found(ann, "Patient") if one.title == "Ben Example")
    answers, may_answer = [], threading.Event()

    def slow(_record, _progress):
        assert may_answer.wait(20)
        return "hers"

    context.read("Reading", slow, answers.append)
    ann.desk.choose_person(ben.id)
    context.read("Reading", lambda _record, _progress: "his", answers.append)
    may_answer.set()
    idle(ann, qtbot)
    assert answers == ["his"]


def test_an_answer_for_a_record_that_is_being_left_is_dropped(ann, qtbot):
    answers = []
    ann.desk.context.read("Reading", lambda _record, _progress: "hers", answers.append)
    ann.desk.context.leave()
    idle(ann, qtbot)
    assert answers == []
