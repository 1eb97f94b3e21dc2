"""How it looks and is reached: zoom, shades, keys, pixel ratios, names and focus of every control, on paper too."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton

from organizer.services.entries import documents, entries
from ui.look.widgets.drawing import Drawing
from ui.look.widgets.pdf_view import PdfView
from ui.pages import PAGES
from ui.shell.main_window import MainWindow
from ui.shell.printing import in_ink, page_cuts
from ui.shell.shortcut_list import ShortcutList
from ui.shell.shortcuts import SHORTCUTS, page_shortcut

CONTROL = Qt.KeyboardModifier.ControlModifier
ASKED = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, PdfView, Drawing)


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    qtbot.wait(30)


def test_ctrl_plus_minus_and_zero_change_the_text(ann, qtbot):
    small = ann.font().pixelSize()
    qtbot.keyClick(ann, Qt.Key.Key_Plus, CONTROL)
    assert ann.theme.scale == 1.25
    qtbot.keyClick(ann, Qt.Key.Key_Minus, CONTROL)
    qtbot.keyClick(ann, Qt.Key.Key_Plus, CONTROL)
    qtbot.keyClick(ann, Qt.Key.Key_0, CONTROL)
    assert ann.theme.scale == 1.0
    assert ann.font().pixelSize() == small
    idle(ann, qtbot)


@pytest.mark.parametrize(("look", "dark"), [("light", False), ("dark", True)])
def test_light_and_dark_are_drawn_and_kept(ann, qtbot, look, dark):
    ann.change(look=look)
    idle(ann, qtbot)
    ground = ann.grab().toImage().pixelColor(ann.width() - 12, ann.height() - 12)
    assert (ground.lightness() < 128) is dark
    assert ann.settings.look == look


def test_no_key_stands_for_two_things_and_all_are_listed(ann, qtbot):
    keys = [key for one in SHORTCUTS for key in one.keys] + [page_shortcut(number) for number in range(1, 10)]
    assert sorted(keys) == sorted(set(keys))
    for one in SHORTCUTS:
        assert hasattr(MainWindow, one.action) or hasattr(ann.desk, one.action)
    qtbot.keyClick(ann, Qt.Key.Key_Slash, CONTROL)
    listed = ann.findChild(ShortcutList)
    assert listed.isVisible()
    listed.close()


def test_every_control_has_a_name_and_a_role_and_is_reached_by_tab(ann, qtbot):
    for page in PAGES:
        ann.desk.show_page(page.id)
        idle(ann, qtbot)
        look_at_controls(ann)


def look_at_controls(ann):
    unnamed, unreached, unknown = [], [], []
    for control in (one for kind in ASKED for one in ann.desk.findChildren(kind) if one.isVisible()):
        told = QAccessible.queryAccessibleInterface(control)
        if not told.text(QAccessible.Text.Name):
            unnamed.append(control)
        if told.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client):
            unknown.append(control)
        if control.isEnabled() and not control.focusPolicy() & Qt.FocusPolicy.TabFocus:
            unreached.append(control)
    assert unnamed == []
    assert unknown == []
    assert [one for one in unreached if not isinstance(one, QAbstractButton) or not one.objectName()] == []


def test_tab_goes_round_each_page_and_the_focus_shows(ann, qtbot):
    for page in PAGES:
        ann.desk.show_page(page.id)
        idle(ann, qtbot)
        go_round(ann, qtbot)


def go_round(ann, qtbot):
    ann.activateWindow()
    seen = []
    ann.desk.sidebar.setFocus()
    for _step in range(80):
        qtbot.keyClick(ann.focusWidget() or ann, Qt.Key.Key_Tab)
        if ann.focusWidget() in seen:
            break
        seen.append(ann.focusWidget())
    assert any(ann.desk.page.isAncestorOf(one) for one in seen)
    assert any(ann.desk.sidebar.isAncestorOf(one) for one in seen)
    assert all(one.isVisible() for one in seen)


def printed_people(ann, qtbot, folder, monkeypatch):
    """The page of people as Ctrl+P writes it where there is no printer."""
    ann.desk.show_page("people")
    idle(ann, qtbot)
    out = folder / "People.pdf"
    monkeypatch.setattr(QPrinter, "isValid", lambda _self: False)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(out), ""))
    qtbot.keyClick(ann, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(out.is_file, timeout=10_000)
    return out.read_bytes()


def test_what_is_shown_can_be_printed(ann, qtbot, tmp_path, monkeypatch):
    assert len(documents.page_sizes(printed_people(ann, qtbot, tmp_path, monkeypatch))) == 1
    documents.forget()


def test_paper_has_no_buttons_but_for_what_tells_something(ann, qtbot):
    context = ann.desk.context
    fields = {"title": "Glucose", "happened": "2026-03-02", "value_text": "5.1", "unit": "mmol/L"}
    context.write(lambda: entries.add(context.record, "Observation", context.person, fields))
    ann.desk.show_page("tests")
    idle(ann, qtbot)

    def buttons():
        return [one.text() for one in ann.desk.page.inside.findChildren(QPushButton) if one.isVisible()]

    def high():
        return ann.desk.page.inside.layout().sizeHint().height()

    before, tall, printed = buttons(), high(), []
    in_ink(ann.desk.page, lambda: printed.extend([*buttons(), high()]))
    *words, printed_tall = printed
    assert "Glucose" in words
    assert len(words) < len(before)
    assert "Add a result" not in words
    assert printed_tall <= tall
    assert (buttons(), high()) == (before, tall)
    idle(ann, qtbot)


def test_a_dark_page_is_printed_with_dark_ink_on_white_and_is_dark_again(ann, qtbot, tmp_path, monkeypatch):
    ann.change(look="dark")
    paper = printed_people(ann, qtbot, tmp_path, monkeypatch)
    qtbot.waitUntil(lambda: not [one for one in ann.desk.page.children() if isinstance(one, QLabel)], timeout=10_000)
    idle(ann, qtbot)
    assert ann.desk.context.theme.dark
    assert ann.desk.page.grab().toImage().pixelColor(4, 4).lightness() < 128
    light = sorted(documents.draw(paper, 0, 1.0).data[::4])  # blue of each pixel
    documents.forget()
    assert light[len(light) // 20] > 200  # but for a twentieth, all is paper
    assert light[0] < 90


def test_a_long_page_is_cut_between_its_cards(ann, qtbot):
    ann.desk.show_page("people")
    idle(ann, qtbot)
    shown = ann.desk.page.inside
    cuts = page_cuts(shown, 300)
    assert cuts[0][0] == 0
    assert cuts[-1][1] == shown.height()
    assert [bottom for _top, bottom in cuts[:-1]] == [top for top, _bottom in cuts[1:]]


@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_icons_and_letters_are_drawn_at_the_screens_pixel_ratio(ratio, checkout):
    code = (
        "from ui.shell.app import make_application; from ui.look.theme import Theme; from ui.look.icons import icon\n"
        "from PySide6.QtWidgets import QPushButton; from PySide6.QtCore import QSize\n"
        "make_application(['x']); b = QPushButton('Add'); b.setIcon(icon('plus', Theme(), 'text')); b.show()\n"
        "g = b.grab(); p = b.icon().pixmap(QSize(18, 18), b.devicePixelRatioF())\n"
        "print(b.devicePixelRatioF(), g.width() / b.width(), p.width() / 18)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=True,
        env={**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    for number in told.stdout.split():
        assert float(number) == pytest.approx(float(ratio), abs=0.06)


def test_assistive_technology_toggles_a_page_or_a_choice_as_a_click_would(ann, qtbot):
    def toggle(button):
        told = QAccessible.queryAccessibleInterface(button)
        told.actionInterface().doAction(told.actionInterface().actionNames()[0])

    toggle(ann.desk.sidebar.nav["timeline"])
    idle(ann, qtbot)
    assert ann.desk.page.id == "timeline"
    toggle(ann.desk.sidebar.nav["timeline"])  # the page in front stays marked
    assert ann.desk.sidebar.nav["timeline"].isChecked()
    one = next(one for one in ann.desk.page.filter.findChildren(QAbstractButton) if one.text() == "Reports")
    toggle(one)
    idle(ann, qtbot)
    assert ann.desk.page.filter.taken == "reports"
    assert QAccessible.queryAccessibleInterface(one).role() == QAccessible.Role.RadioButton
