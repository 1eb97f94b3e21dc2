"""The first screen and empty pages: records opened lately, the one that is gone, one next step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from organizer.base.settings import Settings
from ui.look.widgets.empty_state import EmptyState
from ui.pages import PAGES
from ui.shell.app import make_application
from ui.shell.main_window import MainWindow


def test_a_recent_record_that_is_gone_says_so_and_leaves_the_list(qtbot, blank_record, tmp_path):
    there = str(blank_record())
    make_application([])
    gone = tmp_path / "Gone.casebook"
    window = MainWindow(Settings(recent=(there, str(gone))))
    qtbot.addWidget(window)
    window.show()
    rows = {one.text(): one for one in window.first_screen.findChildren(QPushButton)}
    assert next(one for words, one in rows.items() if words.startswith("Ann – changed")).isEnabled()
    assert not rows["Gone – not where it was"].isEnabled()
    off = next(one for one in window.first_screen.findChildren(QToolButton) if "Gone" in one.accessibleName())
    qtbot.mouseClick(off, Qt.MouseButton.LeftButton)
    assert window.settings.recent == (there,)


@pytest.mark.parametrize("page", ["overview", "timeline", "diagnoses", "tests", "treatments", "documents"])
def test_an_empty_page_offers_one_next_step(ann, qtbot, page):
    assert page in {one.id for one in PAGES}
    ann.desk.show_page(page)
    qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)
    qtbot.wait(30)
    empty = [one for one in ann.desk.page.findChildren(EmptyState) if one.isVisible()]
    assert len(empty) == 1
    assert len(empty[0].findChildren(QPushButton)) == 1
