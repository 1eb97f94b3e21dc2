"""Ctrl+E, the palette or the People page: the record goes elsewhere, in a form said in plain words."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from shiboken6 import isValid

from organizer.model.entry import Entry
from organizer.services.record.people import people
from organizer.store import change_log
from ui.shell.export_dialog import FORMS, ExportDialog
from ui.shell.palette import Palette


@pytest.fixture
def dialog(ann, qtbot):
    qtbot.keyClick(ann, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    return next(one for one in ann.findChildren(ExportDialog) if one.isVisible())


def written(ann, dialog, qtbot, path):
    dialog.write(path)
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_each_form_is_written_as_a_job(ann, dialog, qtbot, tmp_path, form):
    dialog.take(form.name)
    out = tmp_path / f"out{form.suffix}"
    written(ann, dialog, qtbot, out)
    assert out.stat().st_size > 0
    assert not isValid(dialog)
    assert "not encrypted" in ann.desk.toast.text


def test_the_file_gets_its_ending_and_the_person_is_asked_where(ann, dialog, qtbot, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        lambda _parent, _title, usual, *_rest, **_more: (asked.append(usual), (str(tmp_path / "mine"), ""))[1],
    )
    (button,) = (one for one in dialog.findChildren(QPushButton) if one.text() == "Choose where…")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)
    assert asked[0].endswith(".json")
    assert "Ann Example" in asked[0]
    assert json.loads((tmp_path / "mine.json").read_bytes())["type"] == "document"


def test_what_is_there_stays_and_the_person_is_told(ann, dialog, qtbot, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(type(ann.desk), "show_error", lambda _desk, error: told.append(error.next_step))
    (tmp_path / "there.json").write_text("mine")
    written(ann, dialog, qtbot, tmp_path / "there.json")
    assert (tmp_path / "there.json").read_text() == "mine"
    assert told == ["Choose a new name in a folder that exists."]


def test_a_summary_is_never_everybodys(ann, qtbot):
    change_log.apply(ann.desk.context.record, "added", [change_log.Add(Entry("Patient", "Ben Example"))])
    ann.desk.ask_export()
    dialog = next(one for one in ann.findChildren(ExportDialog) if one.isVisible())
    assert dialog.whose.currentText() == "Ann Example", "who is shown comes first"
    dialog.whose.setCurrentIndex(dialog.whose.findData(""))
    assert not dialog.forms.button(0).isEnabled()
    assert dialog.form.name == "fhir"
    assert len(people(ann.desk.context.record)) == 2


def test_the_palette_leads_there(ann, qtbot):
    ann.desk.search()
    palette = next(one for one in ann.findChildren(Palette) if one.isVisible())
    palette.field.setText("elsewhere")
    palette.open_chosen()
    assert any(one.isVisible() for one in ann.findChildren(ExportDialog))
