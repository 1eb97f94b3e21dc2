"""Each page of the real window on the sample record: it fills, it is drawn, every control has a name."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton

from organizer.services.record import sample
from tests.windows import window_on, windows_shown
from ui.entries.forms.entry_dialog import EntryDialog
from ui.entries.parts.document_view import DocumentView
from ui.pages import PAGES

ROOT = Path(__file__).parents[2]


@pytest.fixture
def window(qtbot, sample_record, tmp_path):
    folder = shutil.copytree(sample_record, tmp_path / "Elena.casebook")
    return window_on(qtbot, folder, sample.facts().passphrase)


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_a_page_fills_and_can_be_looked_at(window, qtbot, tmp_path, page):
    with windows_shown() as shown:
        window.desk.show_page(page)
        qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    assert shown == []  # no part flashes up as a window before it has its place
    shot = tmp_path / f"{page}.png"
    assert window.grab().save(str(shot))
    assert shot.stat().st_size > 20_000
    words = " ".join(label.text() for label in window.desk.page.findChildren(QLabel))
    assert len(words) > 40
    unnamed = [
        control
        for kind in (QAbstractButton, QLineEdit)
        for control in window.desk.page.findChildren(kind)
        if control.isVisible() and not (control.accessibleName() or getattr(control, "text", str)())
    ]
    assert unnamed == []


def test_the_overview_says_where_the_plan_stands(window, qtbot):
    window.desk.show_page("overview")
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    words = [label.text() for label in window.desk.page.findChildren(QLabel)]
    assert "Goal not met by its date" in words
    assert "Goal met" in words


def test_locking_leaves_no_text_of_the_record(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)
    window.lock()
    qtbot.wait(50)
    shown = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "Marsh" not in window.windowTitle()
    assert "nephritis" not in shown


def test_nothing_heavy_is_brought_in_before_the_window():
    heavy = ("reportlab", "pikepdf", "pydicom", "numpy", "pypdfium2", "lxml")
    code = f"import sys, ui.shell.app; print([name for name in {heavy!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def press(window, qtbot, beginning):
    def there():
        buttons = window.desk.page.findChildren(QPushButton)
        return [one for one in buttons if one.isVisible() and one.accessibleName().startswith(beginning)]

    qtbot.waitUntil(lambda: bool(there()), timeout=20_000)
    there()[0].click()
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


def test_prepare_packet_leads_to_the_packet_and_open_on_a_document_shows_the_document(window, qtbot):
    window.desk.show_page("overview")
    press(window, qtbot, "Prepare packet")
    assert window.desk.page.place == "opinion/packet"
    window.desk.show_page("documents")
    press(window, qtbot, "Open Consultation letter 12 Nov 2026")
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.desk.page.findChildren(DocumentView)))
    assert not [one for one in window.findChildren(EntryDialog) if one.isVisible()]
