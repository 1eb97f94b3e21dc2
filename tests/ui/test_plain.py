"""What a record or a file brings is shown letter by letter, also where Qt would take it for markup."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as RichText
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QToolTip

from organizer.model.entry import Entry
from ui.entries.tables.models import Row, RowsModel
from ui.look.widgets.plain import cell, hint, show_hint

CANARY = '<h1>Big</h1><img src="file:///etc/hostname"> & "quoted"'


def read(tooltip):
    """What a person reads of a tooltip that Qt takes for rich text."""
    assert RichText.mightBeRichText(tooltip)
    return QTextDocumentFragment.fromHtml(tooltip).toPlainText()


@pytest.mark.parametrize("text", [CANARY, "<b>", "a < b > c", "1 & 2", "&lt;img&gt;", "Hämoglobin 🙂"])
def test_a_tooltip_reads_letter_by_letter(qtbot, text):
    assert read(hint(text)) == text
    assert "<img" not in hint(text)


def test_no_words_make_no_tooltip():
    assert hint("") == ""


def test_a_cell_says_the_same_in_each_role():
    model = RowsModel(["What"], [Row((CANARY,), Entry("Observation", CANARY))])
    index = model.index(0, 0)
    assert model.data(index, Qt.ItemDataRole.DisplayRole) == CANARY
    assert read(model.data(index, Qt.ItemDataRole.ToolTipRole)) == CANARY
    assert cell(CANARY, Qt.ItemDataRole.AccessibleTextRole) == CANARY


def test_a_picture_is_showing_its_words(ann, qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: shown.append(text))
    show_hint(ann.pos(), CANARY, ann)
    assert read(shown[0]) == CANARY


def test_no_tooltip_bypasses_it(checkout: Path):
    """Every setToolTip, showText and tooltip role of the window goes through ui/look/widgets/plain.py."""
    home = "ui/look/widgets/plain.py"
    loose = []
    for path in sorted((checkout / "ui").rglob("*.py")):
        name = path.relative_to(checkout).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            bypasses = "ToolTipRole" in line or "QToolTip." in line
            bypasses |= "setToolTip(" in line and "setToolTip(hint(" not in line
            if bypasses and name != home:
                loose.append(f"{name}:{number}")
    assert not loose, f"{loose}: words of a file would be taken for markup there, and load what they name."
