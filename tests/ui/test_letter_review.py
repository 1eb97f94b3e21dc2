"""The review of a letter: nothing is ticked beforehand, whose it is is asked, what is ticked enters as one step."""

import pytest
from PySide6.QtCore import Qt

from organizer.model.ids import Sha256
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.store import originals
from ui.pages.documents.letter_review import WHAT, LetterReview, start


@pytest.fixture
def reviewed(ann, qtbot):
    """`reviewed(file)`: the review of a letter that the record keeps."""

    def open_review(file):
        context = ann.desk.context
        kind = "application/pdf" if file.suffix == ".pdf" else "text/plain"
        kept = originals.put(context.record, file.read_bytes(), file.name, kind)
        start(context, Sha256(kept), file.read_bytes(), ann.desk)
        qtbot.waitUntil(lambda: ann.desk.findChild(LetterReview) is not None, timeout=20_000)
        qtbot.waitUntil(lambda: not ann.desk.jobs.running, timeout=20_000)
        return ann.desk.findChild(LetterReview)

    return open_review


@pytest.fixture
def review(reviewed, checkout):
    return reviewed(checkout / "resources/sample/consultation-letter-2026-11-12.pdf")


def conditions(window):
    return [entry.title for entry in entries.find(window.desk.context.record, Query(kinds=("Condition",)))]


def test_whose_it_is_is_asked_where_the_letter_names_somebody_else(reviewed, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Patient: Miguel Delgado\nDOB: 02/13/1950\nDiagnoses:\n1. Asthma\n2. Gout\n", encoding="utf-8")
    review = reviewed(file)
    assert review.chosen == []
    assert not review.add.isEnabled()
    review.tick(0)
    assert review.whose.currentData() == ""
    assert not review.add.isEnabled()
    review.whose.setCurrentIndex(1)
    assert review.add.isEnabled()
    assert review.add.text() == "Add 1 entry to the record"


def test_space_ticks_typing_corrects_and_ctrl_enter_adds(ann, review, qtbot):
    assert review.chosen == []
    row = next(row for row, one in enumerate(review.proposals) if one.kind == "Condition")
    review.table.setCurrentCell(row, WHAT)
    qtbot.waitUntil(review.isActiveWindow)
    qtbot.keyClick(review.table, Qt.Key.Key_Space)
    review.table.item(row, WHAT).setText("Lupus nephritis, class III")
    qtbot.keyClick(review, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: conditions(ann) == ["Lupus nephritis, class III"], timeout=10_000)
    ann.desk.undo()
    qtbot.waitUntil(lambda: conditions(ann) == [])


def test_the_place_of_a_row_is_marked_on_its_page(review, qtbot):
    medicine = next(row for row, one in enumerate(review.proposals) if one.title == "Losartan")
    review.table.setCurrentCell(medicine, WHAT)
    qtbot.waitUntil(lambda: not review.page.marked.isEmpty(), timeout=10_000)
    assert review.page.page == 2
