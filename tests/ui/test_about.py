"""About: reached from the sidebar, a key and the palette, with the licences of what comes along."""

from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from organizer.base.version import VERSION
from ui.shell.about import About
from ui.shell.palette import Palette
from ui.shell.shortcuts import SHORTCUTS


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


def test_the_programs_mark_stands_on_the_window_on_the_task_bar_and_in_about(ann, checkout):
    ann.about()
    mark = next(one.pixmap() for one in ann.findChild(About).findChildren(QLabel) if not one.pixmap().isNull())
    for picture in (QApplication.windowIcon().pixmap(64, 64), ann.windowIcon().pixmap(16, 16), mark):
        image = picture.toImage()
        assert image.pixelColor(image.width() // 2, image.height() // 10).name() == "#0f6b5c"
    desktop = checkout / "packaging/debian" / f"{QApplication.desktopFileName()}.desktop"
    entry = desktop.read_text(encoding="utf-8")
    assert "Icon=casebook\n" in entry
    assert "StartupWMClass=casebook\n" in entry
