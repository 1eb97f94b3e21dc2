"""After saving: the file can be seen at once, dialogs begin where one was last, nothing of it outlives a lock."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton

from organizer.services.entries import entries
from ui.pages.opinion.matters import MattersDialog
from ui.shell.saved_files import OPENED, SAVED


@pytest.fixture
def handed(monkeypatch):
    """What the system's viewer got."""
    paths = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: paths.append(Path(url.toLocalFile())) or True)
    return paths


def buttons_of(toast):
    return {one.text(): one for one in toast.findChildren(QPushButton) if one.isVisible()}


def test_what_was_saved_is_opened_or_shown_by_a_button(ann, qtbot, tmp_path, monkeypatch, handed):
    out = tmp_path / "Timeline.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(out), ""))
    ann.desk.save_page()
    qtbot.waitUntil(lambda: "Saved" in ann.desk.toast.text)
    assert out.is_file()
    ways = buttons_of(ann.desk.toast)
    assert set(ways) == {"Open", "Show in folder", "Print…"}
    ways["Open"].click()
    ways["Show in folder"].click()
    assert handed == [out, tmp_path]


def test_nothing_is_handed_over_unasked_and_the_next_word_has_no_such_buttons(ann, tmp_path, handed):
    ann.desk.show_saved("Saved x", tmp_path / "x")
    ann.desk.show_toast("Something else", None)
    assert buttons_of(ann.desk.toast) == {}
    assert handed == []


def test_a_dialog_begins_where_the_last_of_its_sort_was(ann, tmp_path, monkeypatch):
    asked = []

    def choose(_parent, _title, place, *_more):
        asked.append(Path(place))
        return str(tmp_path / "chosen.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    for _turn in range(2):
        ann.desk.ask_where(ann, "Save", "a.pdf")
    assert asked[1] == tmp_path / "a.pdf"
    assert ann.desk.folders.usual(OPENED) != tmp_path


def test_where_one_was_is_forgotten_with_the_record(ann, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "Zebra" / "a.pdf"), ""))
    (tmp_path / "Zebra").mkdir()
    ann.desk.ask_where(ann, "Save", "a.pdf")
    folders = ann.desk.folders
    assert folders.usual(SAVED) == tmp_path / "Zebra"
    ann.lock()
    assert folders.usual(SAVED) != tmp_path / "Zebra"


def test_a_screen_reader_is_told_what_the_toast_says(ann, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    ann.desk.show_toast("Added diagnosis", None)
    assert told == ["Added diagnosis"]


def test_before_a_card_is_saved_it_is_asked_which_sensitive_matters_it_may_show(ann, qtbot, tmp_path, monkeypatch):
    record, person = ann.desk.context.record, ann.desk.context.person
    for title in ("Sertraline", "Apixaban"):
        entries.add(record, "MedicationStatement", person, {"title": title, "status": "active"})
    out = tmp_path / "card.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(out), ""))
    for is_ticked in (False, True):
        ann.desk.show_page("people")
        qtbot.waitUntil(lambda: not ann.desk.jobs.running)
        next(one for one in ann.desk.page.findChildren(QPushButton) if one.text() == "Emergency card…").click()
        qtbot.waitUntil(lambda: ann.desk.page.findChild(MattersDialog) is not None)
        dialog = ann.desk.page.findChild(MattersDialog)
        (box,) = dialog.boxes.values()
        assert (box.text(), box.isChecked()) == ("Mental health (1)", False)
        box.setChecked(is_ticked)
        dialog.accept()
        qtbot.waitUntil(lambda: not ann.desk.jobs.running and out.is_file())
        with pypdfium2.PdfDocument(out) as document:
            text = document[0].get_textpage().get_text_bounded()
        assert "Apixaban" in text
        assert ("Sertraline" in text, "may be incomplete" in text) == (is_ticked, not is_ticked)
        assert ("Mental health: 1 entry" in ann.desk.toast.text) is not is_ticked
        out.unlink()
        ann.desk.show_page("today")
