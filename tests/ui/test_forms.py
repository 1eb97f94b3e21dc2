"""Each kind's form, made from its declaration alone: typed, saved, taken back and brought back by keyboard."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator

from organizer.base.i18n import speaking
from organizer.base.written_dates import meanings
from organizer.model.kinds import KINDS
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from tests.organizer.samples import typed
from ui.entries.forms.entry_dialog import EntryDialog
from ui.shell.app import speak_qt


def of_kind(window, kind):
    return entries.find(window.desk.context.record, Query(kinds=(kind.name,), include_struck=True))


def form_of(window, kind):
    window.desk.show_form(None, kind.name)
    return window.desk.findChildren(EntryDialog)[-1]


def test_every_form_saves_undoes_and_redoes(ann, qtbot):
    for kind in KINDS:
        before = len(of_kind(ann, kind))
        dialog = form_of(ann, kind)
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


def test_the_buttons_of_the_toolkit_speak_spanish_too(qapp, monkeypatch):
    before = QLocale()
    monkeypatch.setattr("ui.shell.app.language", lambda: "es")
    speak_qt(qapp)
    try:
        assert QLocale().language() == QLocale.Language.Spanish
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"
    finally:
        QLocale.setDefault(before)
        for one in qapp.findChildren(QTranslator):
            qapp.removeTranslator(one)
            one.deleteLater()
