"""Commands where people look for them: a menu bar with every key, and a menu on the right button."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from organizer.services.entries import entries
from ui.entries.forms.entry_dialog import EntryDialog
from ui.entries.parts.rows import EntryRow
from ui.entries.parts.table_card import TableCard
from ui.entries.tables.models import Row, RowsModel
from ui.look.widgets.menus import menu_of
from ui.shell.palette import Palette
from ui.shell.shortcuts import SHORTCUTS


def words(menu):
    return [action.text().partition("\t")[0] for action in menu.actions() if action.text()]


def every(bar):
    return [action for menu in bar.menus.values() for action in menu.actions() if action.text()]


@pytest.fixture
def context(ann):
    return ann.desk.context


@pytest.fixture
def bar(ann, qtbot):
    qtbot.waitUntil(lambda: ann.commands is not None)
    return ann.commands


def test_every_command_stands_there_with_its_key(bar):
    shown = [action.text() for action in every(bar)]
    for shortcut in SHORTCUTS:
        (line,) = (text for text in shown if text.partition("\t")[0].replace("&&", "&") == shortcut.label)
        assert line.partition("\t")[2]


def test_the_pages_of_the_open_record_stand_there_and_lead_to_them(ann, bar, qtbot):
    (symptoms,) = (action for action in every(bar) if action.text().startswith("Symptoms"))
    symptoms.trigger()
    assert ann.desk.page.id == "symptoms"


def test_what_needs_a_record_is_grey_while_it_is_locked(ann, bar, qtbot):
    ann.lock()
    qtbot.waitUntil(lambda: ann.desk is None)
    for menu in bar.menus.values():
        menu.aboutToShow.emit()
    can = {action.data(): action.isEnabled() for action in every(bar) if action.data()}
    assert not can["choose_import"]
    assert not can["lock"]
    assert can["show_settings"]
    assert not [action for action in every(bar) if action.text().startswith("Symptoms")]


def test_a_menu_does_what_its_buttons_do(qtbot):
    done = []
    buttons = [QPushButton("Open"), QPushButton("Remove")]
    for button in buttons:
        qtbot.addWidget(button)
        button.clicked.connect(partial(done.append, button.text()))
        button.show()
    buttons[1].setEnabled(False)
    menu = menu_of(buttons, buttons[0])
    assert words(menu) == ["Open", "Remove"]
    assert [action.isEnabled() for action in menu.actions()] == [True, False]
    menu.actions()[0].trigger()
    assert done == ["Open"]


def test_the_right_button_on_a_row_offers_its_acts(ann, context, qtbot):
    changes = entries.add(context.record, "Condition", context.person, {"title": "Asthma"})
    (entry,) = entries.many(context.record, changes.entries)
    row = EntryRow(context, entry)
    qtbot.addWidget(row)
    row.show()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, row.rect().center(), row.mapToGlobal(row.rect().center()))
    QApplication.sendEvent(row, event)
    menu = next(menu for menu in row.findChildren(QMenu))
    assert "Open Asthma" in words(menu)
    menu.close()


def test_the_right_button_on_a_table_chooses_the_row_and_offers_what_the_foot_does(ann, context, qtbot):
    fields = {"title": "Potassium", "value_text": "4"}
    changes = entries.add(context.record, "Observation", context.person, fields)
    (entry,) = entries.many(context.record, changes.entries)
    card = TableCard(context, "Results", "results", RowsModel(["What"], [Row(("Potassium",), entry)]), [200])
    card.setParent(ann.desk)
    card.show()
    place = card.table.visualRect(card.table.model().index(0, 0)).center()
    card.table.customContextMenuRequested.emit(place)
    assert card.table.chosen_rows() == [0]
    menu = next(menu for menu in card.findChildren(QMenu))
    assert {"Open", "Remove"} <= set(words(menu))
    assert Qt.ContextMenuPolicy.CustomContextMenu == card.table.contextMenuPolicy()
    menu.close()


@pytest.mark.parametrize(("typed", "expected"), [("dark", "Settings"), ("language", "Settings"), ("undo", "Undo")])
def test_the_palette_finds_commands_and_settings_too(ann, context, qtbot, typed, expected):
    ann.desk.search()
    (palette,) = ann.findChildren(Palette)
    qtbot.keyClicks(palette.field, typed)
    qtbot.waitUntil(lambda: palette.list.count() > 0)
    lines = [palette.list.item(row).text() for row in range(palette.list.count())]
    assert any(line.startswith(expected) for line in lines)


def test_a_form_says_whose_entry_it_is(ann, context, qtbot):
    context.edit_entry(None, "Condition")
    (dialog,) = ann.findChildren(EntryDialog)
    assert f"For {context.person_entry.title}" in [label.text() for label in dialog.findChildren(QLabel)]
    dialog.reject()


def test_what_was_done_is_told_with_its_person_where_there_are_several(ann, context):
    shown = ann.desk.toast
    context.write(lambda: entries.add(context.record, "Condition", context.person, {"title": "Gout"}))
    assert "Gout" in shown.text
    assert context.person_entry.title not in shown.text
    context.write(lambda: entries.add(context.record, "Patient", "", {"title": "Ben Example"}))
    context.write(lambda: entries.add(context.record, "Condition", context.person, {"title": "Asthma"}))
    assert shown.text.endswith(f"· {context.person_entry.title}")


def test_an_entry_of_the_wrong_person_is_moved_from_its_form(ann, context, qtbot):
    [gout] = entries.many(
        context.record, entries.add(context.record, "Condition", context.person, {"title": "Gout"}).entries
    )
    context.edit_entry(gout, "Condition")
    (dialog,) = ann.findChildren(EntryDialog)
    assert not [button for button in dialog.findChildren(QPushButton) if button.menu()]
    dialog.reject()
    added = entries.add(context.record, "Patient", "", {"title": "Ben Example"})
    ben = entries.many(context.record, added.entries)[0]
    context.announce(added)
    context.edit_entry(gout, "Condition")
    dialog = next(one for one in ann.findChildren(EntryDialog) if one.isVisible())
    [mover] = [button for button in dialog.findChildren(QPushButton) if button.menu()]
    [action] = mover.menu().actions()
    assert action.text() == "Ben Example"
    action.trigger()
    assert entries.get(context.record, gout.id).person == ben.person
    assert ann.desk.toast.text == "Moved “Gout” to Ben Example"
    ann.desk.undo()
    assert entries.get(context.record, gout.id).person == context.person


def test_chosen_rows_are_moved_to_another_person_from_the_tables_menu(ann, context):
    added = entries.add(context.record, "Patient", "", {"title": "Ben Example"})
    ben = entries.many(context.record, added.entries)[0]
    made = [entries.add(context.record, "Condition", context.person, {"title": name}) for name in ("Gout", "Acne")]
    wrong = [entries.many(context.record, changes.entries)[0] for changes in made]
    rows = [Row((entry.title,), entry) for entry in wrong]
    card = TableCard(context, "Diagnoses", "diagnoses", RowsModel(["What"], rows), [200])
    card.setParent(ann.desk)
    card.show()
    card.table.selectAll()
    card.table.customContextMenuRequested.emit(card.table.visualRect(card.table.model().index(0, 0)).center())
    [to_whom] = [menu for menu in card.findChildren(QMenu) if menu.title() == "Move to…"]
    [action] = to_whom.actions()
    action.trigger()
    assert {entries.get(context.record, entry.id).person for entry in wrong} == {ben.person}
    ann.desk.undo()
    assert {entries.get(context.record, entry.id).person for entry in wrong} == {context.person}
    next(menu for menu in card.findChildren(QMenu) if menu.title() == "").close()
