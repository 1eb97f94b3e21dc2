"""Each kind's form, made from its declaration alone: typed, saved, taken back and brought back by keyboard."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QCalendarWidget, QTableView

from organizer.base.i18n import speaking
from organizer.base.written_dates import meanings
from organizer.model.kinds import KINDS, find_kind
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from tests.organizer.samples import typed
from tests.windows import windows_shown
from ui.entries.forms.entry_dialog import EntryDialog
from ui.shell.shortcuts import spoken_keys
from ui.shell.speaking import speak_qt


def of_kind(window, kind):
    return entries.find(window.desk.context.record, Query(kinds=(kind.name,), include_struck=True))


def form_of(window, kind):
    window.desk.show_form(None, kind.name)
    return window.desk.findChildren(EntryDialog)[-1]


def test_every_form_saves_undoes_and_redoes(ann, qtbot):
    for kind in KINDS:
        before = len(of_kind(ann, kind))
        with windows_shown() as shown:
            dialog = form_of(ann, kind)
        assert shown == ["EntryDialog"], kind.name  # no label or button flashes up beside it
        for name, text in (typed(kind) | {"title": f"One {kind.name}"}).items():
            if name in dialog.form.rows:
                dialog.form.rows[name].editor.set_text(text)
        dialog.accept()
        assert not dialog.isVisible(), kind.name
        assert len(of_kind(ann, kind)) == before + 1, kind.name
        qtbot.keyClick(ann, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert len(of_kind(ann, kind)) == before, kind.name
        qtbot.keyClick(ann, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert len(of_kind(ann, kind)) == before + 1, kind.name
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)


def test_a_needed_field_left_empty_is_said_beside_it(ann):
    for kind in KINDS:
        needed = [field for field in kind.fields if field.required]
        dialog = form_of(ann, kind)
        for field in needed:
            dialog.form.rows[field.name].editor.set_text("")
        dialog.accept()
        assert dialog.isVisible() is bool(needed), kind.name
        assert all(dialog.form.rows[field.name].error.isVisible() for field in needed[:1]), kind.name
        dialog.hide()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7 de marzo de 2019", ["2019-03-07"]),
        ("7 mar 2019", ["2019-03-07"]),
        ("enero 2020", ["2020-01"]),
        ("hacia 2015", ["2015"]),
        ("March 2019", ["2019-03"]),
        ("maybe 2019", []),
    ],
)
def test_dates_are_read_as_spanish_writes_them(text, meant):
    with speaking("es"):
        assert meanings(text) == meant


@pytest.mark.parametrize(
    ("code", "spoken", "cancel", "control"),
    [
        ("es", QLocale.Language.Spanish, "Cancelar", "Ctrl+Mayús+K"),
        ("de", QLocale.Language.German, "Abbrechen", "Strg+Umschalt+K"),
    ],
)
def test_the_buttons_and_keys_of_the_toolkit_speak_the_language_too(code, spoken, cancel, control, qapp, monkeypatch):
    before = QLocale()
    monkeypatch.setattr("ui.shell.speaking.language", lambda: code)
    speak_qt(qapp)
    try:
        assert QLocale().language() == spoken
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == cancel
        with speaking(code):
            assert spoken_keys("Ctrl+Shift+K") == control
    finally:
        QLocale.setDefault(before)
        for one in qapp.findChildren(QTranslator):
            qapp.removeTranslator(one)
            one.deleteLater()


def result_form(window, title):
    """The form of a result, as it comes when one stands in the record already."""
    record = window.desk.context.record
    entries.add(record, "Observation", window.desk.context.person, {"title": title, "value_text": "41", "unit": "U/L"})
    return form_of(window, find_kind("Observation"))


def offered(editor, typed_text):
    editor.completer().setCompletionPrefix(typed_text)
    model = editor.completer().completionModel()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_what_was_measured_before_is_chosen_not_spelled(ann, qtbot):
    dialog = result_form(ann, "Zebra phosphatase")
    title = dialog.form.rows["title"].editor
    qtbot.keyClicks(title, "phosphat")
    assert offered(title, "phosphat")[0] == "Zebra phosphatase"
    popup = title.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert title.text() == "Zebra phosphatase"
    assert dialog.isVisible()
    assert dialog.form.changes() == {"title": "Zebra phosphatase"}
    assert "U/L" in offered(dialog.form.rows["unit"].editor, "u/")
    assert any("HbA1c" in name for name in offered(title, "a1c"))


def test_an_illness_is_offered_by_its_name(ann):
    dialog = form_of(ann, find_kind("Condition"))
    assert "Multiple sclerosis" in offered(dialog.form.rows["title"].editor, "scler")


def test_several_are_added_one_after_the_other_and_enter_adds_none_twice(ann, qtbot):
    kind = find_kind("Observation")
    before = len(of_kind(ann, kind))
    dialog = form_of(ann, kind)
    for name, text in (("title", "Sodium"), ("value_text", "140"), ("happened", "7 Mar 2026")):
        dialog.form.rows[name].editor.set_text(text)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(of_kind(ann, kind)) == before + 1)
    assert dialog.isVisible()
    assert dialog.form.texts()["title"] == ""
    assert dialog.form.texts()["happened"] == "2026-03-07"
    assert dialog.focusWidget() is dialog.form.rows["title"].editor
    dialog.accept()  # nothing is typed yet: said beside the field, not added
    assert dialog.isVisible()
    assert len(of_kind(ann, kind)) == before + 1
    dialog.reject()
    assert not dialog.isVisible()


def test_a_day_is_chosen_in_a_calendar(ann, qtbot):
    dialog = form_of(ann, find_kind("Condition"))
    editor = dialog.form.rows["happened"].editor
    editor.set_text("7 Mar 2019")
    qtbot.keyClick(editor.main_widget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = qtbot.waitUntil(lambda: editor.findChild(QCalendarWidget) is not None) or editor.findChild(
        QCalendarWidget
    )
    assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2019-03-07"
    qtbot.keyClick(calendar.findChild(QTableView), Qt.Key.Key_Right)
    qtbot.keyClick(calendar.findChild(QTableView), Qt.Key.Key_Return)
    assert editor.text() == "2019-03-08"
    assert "happened" in dialog.form.changes()


def test_ctrl_and_enter_save_from_within_a_field_of_several_lines(ann, qtbot):
    dialog = form_of(ann, find_kind("Condition"))
    dialog.form.rows["title"].editor.set_text("Nephritis")
    note = dialog.form.rows["note"].editor
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    note.setFocus()
    qtbot.keyClicks(note, "seen in March")
    qtbot.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (entry,) = of_kind(ann, find_kind("Condition"))
    assert (entry.title, entry.text("note")) == ("Nephritis", "seen in March")
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)


def test_a_day_with_its_hour_is_shown_as_people_write_it_and_stays_the_same_to_the_second(ann, qtbot):
    record, person = ann.desk.context.record, ann.desk.context.person
    day = "2026-11-20T07:30:05-05:00"
    made = entries.add(record, "Observation", person, {"title": "Potassium", "value_text": "4.1", "happened": day})
    entry = entries.get(record, made.entries[0])
    ann.desk.show_form(entry, "Observation")
    dialog = ann.desk.findChildren(EntryDialog)[-1]
    editor = dialog.form.rows["happened"].editor
    assert editor.main_widget().text() == "20 Nov 2026, 07:30"
    assert "happened" not in dialog.form.changes()
    dialog.form.rows["note"].editor.set_text("fasting")
    dialog.accept()
    assert entries.get(record, entry.id).happened.text == day
