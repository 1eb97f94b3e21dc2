"""Erasing for good is asked about plainly in the window; what goes is gone from every page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from organizer.services.entries import entries
from organizer.services.record import history
from ui.entries.forms.entry_dialog import EntryDialog
from ui.shell.erase_dialog import EraseDialog

LEFT = Qt.MouseButton.LeftButton
MARKUP = "<b>Zebra</b> fever"


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=30_000)


def added(window, kind, title):
    context = window.desk.context
    changes = context.write(lambda: entries.add(context.record, kind, context.person, {"title": title}))
    return entries.get(context.record, changes.entries[0])


def asked(window, entry):
    window.desk.show_form(entry, entry.kind)
    form = next(one for one in window.desk.findChildren(EntryDialog) if one.isVisible())
    form.erase()
    return next(one for one in form.findChildren(EraseDialog) if one.isVisible())


def agree(qtbot, question):
    question.sure.setChecked(True)
    qtbot.mouseClick(question.erase_button, LEFT)


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def test_it_says_what_goes_and_that_nothing_brings_it_back(ann, qtbot):
    question = asked(ann, added(ann, "Condition", "Zebra fever"))
    said = words(question)
    assert "Erase “Zebra fever” for good?" in said
    assert "1 entry" in said
    assert "can’t be undone" in said
    assert "No backup was made of this record." in said
    assert not question.erase_button.isEnabled()


def test_enter_keeps_it(ann, qtbot):
    entry = added(ann, "Condition", "Zebra fever")
    question = asked(ann, entry)
    question.sure.setChecked(True)
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert not question.isVisible()
    idle(ann, qtbot)
    assert entries.get(ann.desk.context.record, entry.id).title == "Zebra fever"


def test_agreed_it_is_gone_and_undo_does_not_bring_it_back(ann, qtbot):
    entry = added(ann, "Condition", "Zebra fever")
    ann.desk.show_page("diagnoses")
    idle(ann, qtbot)
    assert "Zebra fever" in words(ann.desk.page)
    agree(qtbot, asked(ann, entry))
    qtbot.waitUntil(lambda: "Zebra fever" not in words(ann.desk.page), timeout=20_000)
    assert "Zebra" not in (history.next_undo(ann.desk.context.record) or "")
    assert not [one for one in ann.desk.findChildren(EntryDialog) if one.isVisible()]


def test_a_person_goes_with_their_records_and_another_is_shown(ann, qtbot):
    context = ann.desk.context
    context.write(lambda: entries.add(context.record, "Patient", "", {"title": "Ben Example"}))
    entry = added(ann, "Condition", "Zebra fever")
    question = asked(ann, context.person_entry)
    assert "2 entries" in words(question)
    agree(qtbot, question)
    qtbot.waitUntil(lambda: ann.desk.context.person_entry.title == "Ben Example", timeout=20_000)
    assert entries.many(ann.desk.context.record, [entry.id]) == []


def test_the_only_person_stays_and_the_way_out_is_named(ann, qtbot, monkeypatch):
    said = []
    monkeypatch.setattr(type(ann.desk), "show_error", lambda _desk, error: said.append(error.next_step))
    agree(qtbot, asked(ann, ann.desk.context.person_entry))
    idle(ann, qtbot)
    assert said == ["Erase the whole record instead."]


def test_a_title_that_looks_like_markup_is_text_wherever_it_stands(ann, qtbot):
    entry = added(ann, "Condition", MARKUP)
    ann.desk.show_page("diagnoses")
    idle(ann, qtbot)
    asked(ann, entry)
    shown = [one for one in QApplication.instance().allWidgets() if isinstance(one, QLabel) and MARKUP in one.text()]
    assert len(shown) >= 3
    assert [one.text() for one in shown if one.textFormat() != Qt.TextFormat.PlainText] == []
