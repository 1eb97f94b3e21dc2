"""Moving about: back and forward, the way kept between two starts, a lost screen, widths of columns."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from organizer.base.settings import Settings, load, save
from organizer.services.entries import entries
from ui.entries.tables.table import Table
from ui.shell.main_window import MainWindow, bring_on_screen

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    qtbot.wait(30)


def test_alt_left_and_right_lead_back_and_forward(ann, qtbot):
    first = ann.desk.page.id
    for number in (Qt.Key.Key_2, Qt.Key.Key_5):
        qtbot.keyClick(ann, number, CONTROL)
    assert ann.desk.page.id == "treatments"
    qtbot.keyClick(ann, Qt.Key.Key_Left, ALT)
    assert ann.desk.page.id == "timeline"
    qtbot.keyClick(ann, Qt.Key.Key_Left, ALT)
    assert ann.desk.page.id == first
    qtbot.keyClick(ann, Qt.Key.Key_Left, ALT)
    assert ann.desk.page.id == first
    qtbot.keyClick(ann, Qt.Key.Key_Right, ALT)
    assert ann.desk.page.id == "timeline"
    idle(ann, qtbot)


def test_back_from_a_measure_leads_to_the_lists(ann, qtbot):
    context = ann.desk.context
    fields = {"title": "Glucose", "code": "2345-7", "value_text": "90", "unit": "mg/dL", "happened": "2026-01-05"}
    entries.add(context.record, "Observation", context.person, fields)
    ann.desk.show_page("tests")
    ann.desk.show_page("tests", {"code": "2345-7"})
    idle(ann, qtbot)
    assert any(one.isVisible() for one in ann.desk.page.findChildren(Table))
    qtbot.keyClick(ann, Qt.Key.Key_Left, ALT)
    idle(ann, qtbot)
    assert not any(one.isVisible() for one in ann.desk.page.findChildren(Table))


def test_the_page_and_the_size_are_kept(ann, qtbot):
    ann.desk.show_page("people")
    idle(ann, qtbot)
    ann.resize(1111, 777)
    ann.close()
    assert ann.settings.page == "people"
    again = MainWindow(ann.settings)
    qtbot.addWidget(again)
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert again.width() == pytest.approx(min(1111, screen.width()), abs=10)


@pytest.mark.parametrize("place", [(-4000, -3000), (90_000, 100)])
def test_a_window_off_screen_is_brought_back(qtbot, place):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setGeometry(*place, 700, 500)
    bring_on_screen(window)
    assert any(one.availableGeometry().contains(window.geometry().center()) for one in QGuiApplication.screens())


def test_a_kept_place_that_is_damaged_does_no_harm(qtbot):
    window = MainWindow(Settings(window=bytes(QByteArray(b"nonsense").toBase64().data()).decode()))
    qtbot.addWidget(window)
    assert window.width() >= window.minimumWidth()


def test_widths_of_columns_are_kept_between_two_starts(ann, qtbot, tmp_path):
    context = ann.desk.context
    entries.add(context.record, "Encounter", context.person, {"title": "Clinic", "happened": "2026-03-07"})
    ann.desk.show_page("timeline")
    idle(ann, qtbot)
    table = next(one for one in ann.desk.page.findChildren(Table) if one.isVisible())
    table.horizontalHeader().resizeSection(2, 222)
    table.keep_widths()
    assert ann.settings.columns["timeline"][2] == 222
    assert save(ann.settings, tmp_path)
    assert load(tmp_path).columns == ann.settings.columns
    ann.desk.page.mark_stale()
    idle(ann, qtbot)
    again = next(one for one in ann.desk.page.findChildren(Table) if one.isVisible())
    assert again.columnWidth(2) == 222


def test_kept_widths_that_make_no_sense_are_left_out(ann):
    ann.desk.context.widths.load({"timeline": [1, 2], "measure": "wide", "other": [100, 200]})
    assert [list(ann.desk.context.widths.of(key)) for key in ("timeline", "measure", "other")] == [[], [], [100, 200]]
    assert replace(ann.settings, columns={}).columns == {}
