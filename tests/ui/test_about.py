"""About: reached from the sidebar, a key and the palette, with the licences of what comes along."""

from PySide6.QtWidgets import QLabel, QPlainTextEdit

from organizer.base.version import VERSION
from ui.about import About
from ui.palette import Palette
from ui.shortcuts import SHORTCUTS


def said(window):
    dialog = window.findChild(About)
    assert dialog.isVisible()
    return " ".join(one.text() for one in dialog.findChildren(QLabel)), dialog.findChild(QPlainTextEdit).toPlainText()


def test_the_foot_of_the_sidebar_tells_version_and_licences(ann):
    ann.desk.sidebar.about_button.click()
    words, notices = said(ann)
    assert VERSION in words
    assert "MIT" in words
    assert "sqlcipher3" in notices
    assert "Inter" in notices


def test_it_has_a_key_and_a_line_in_the_palette(ann, qtbot):
    assert any(one.action == "about" for one in SHORTCUTS)
    ann.desk.search()
    palette = ann.findChild(Palette)
    qtbot.keyClicks(palette.field, "about")
    palette.open_chosen()
    assert said(ann)
