"""Entries in the window: dates as people write them, several at once, nobody else's in sight."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from organizer.services import entries
from organizer.services.entries import Query
from ui.forms.entry_dialog import EntryDialog
from ui.guide import GuideDialog
from ui.palette import Palette
from ui.tables.table import Table

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
    choices = [one for one in dialog.form.rows["happened"].editor.findChildren(QPushButton) if one.isVisible()]
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
    context = ann.desk.context
    for day in range(1, 5):
        fields = {"title": f"Visit {day}", "happened": f"2026-03-0{day}"}
        entries.add(context.record, "Encounter", context.person, fields)
    ann.desk.show_page("timeline")
    idle(ann, qtbot)
    table = next(one for one in ann.desk.page.findChildren(Table) if one.isVisible())
    qtbot.waitUntil(lambda: table.rows_model.cells(0)[2] == "Visit 4", timeout=10_000)
    table.setFocus()
    table.selectRow(0)
    for _row in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert [one.title for one in found(ann, "Encounter")] == ["Visit 1"]
    idle(ann, qtbot)
    qtbot.keyClick(ann, Qt.Key.Key_Z, CONTROL)
    assert len(found(ann, "Encounter")) == 4
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
