"""Documents are told apart by small pictures of their first pages."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from organizer.base.progress import NoProgress
from organizer.services.bring_in import importing
from organizer.services.entries import documents
from ui.entries.parts.thumbnails import Thumbnails
from ui.pages.documents.files_card import Tiles


@pytest.fixture
def context(ann, tmp_path):
    """Ann's record with a red picture and a red page."""
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    picture.save(str(tmp_path / "card.png"))
    writer = QPdfWriter(str(tmp_path / "letter.pdf"))
    painter = QPainter(writer)
    painter.fillRect(QRect(0, 0, writer.width(), writer.height()), Qt.GlobalColor.red)
    painter.end()
    made, files = ann.desk.context, [tmp_path / name for name in ("card.png", "letter.pdf")]
    plan = importing.plan_import(made.record, files, "", NoProgress())
    importing.accept_import(made.record, plan, NoProgress())
    return made


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


def middle(place):
    shown = place.pixmap().toImage()
    return shown.pixelColor(shown.width() // 2, shown.height() // 2).name()


def test_the_page_shows_a_picture_of_each_picture_and_pdf(ann, context, qtbot):
    ann.desk.show_page("documents")
    idle(ann, qtbot)
    places = [one for one in ann.desk.page.findChildren(QLabel) if one.isVisible() and not one.pixmap().isNull()]
    assert [middle(place) for place in places] == ["#ff0000", "#ff0000"]
    documents.forget()


def test_what_was_drawn_is_kept_in_memory_until_it_is_forgotten(ann, context, qtbot):
    made = Thumbnails(context)
    originals = documents.all_documents(context.record, context.person)
    first = [made.place(one) for one in originals]
    assert "#ff0000" not in [middle(place) for place in first]
    made.draw()
    idle(ann, qtbot)
    assert [middle(made.place(one)) for one in originals] == ["#ff0000", "#ff0000"]
    made.forget()
    assert "#ff0000" not in [middle(made.place(one)) for one in originals]
    documents.forget()


def test_a_file_that_cannot_be_drawn_keeps_its_icon_and_nobody_is_bothered(ann, context, qtbot, monkeypatch):
    monkeypatch.setattr(documents, "original", lambda _record, _sha256: b"%PDF-1.7 and nothing more")
    made = Thumbnails(context)
    places = [made.place(one) for one in documents.all_documents(context.record, context.person)]
    before = [place.pixmap().toImage() for place in places]
    made.draw()
    idle(ann, qtbot)
    assert [place.pixmap().toImage() for place in places] == before


def test_files_with_entries_are_parted_from_those_without(ann, context, qtbot, tmp_path):
    table = tmp_path / "results.csv"
    table.write_text("Date,Test,Result\n2026-02-01,Sodium,140\n", encoding="utf-8")
    plan = importing.plan_import(context.record, [table], context.person, NoProgress())
    importing.accept_import(context.record, plan, NoProgress())
    ann.desk.show_page("documents")
    idle(ann, qtbot)

    def opens():
        buttons = [each for each in ann.desk.page.findChildren(QPushButton) if each.isVisible()]
        names = {each.accessibleName().removeprefix("Open ") for each in buttons if each.text() == "Open"}
        return names & {"results.csv", "card.png", "letter.pdf"}

    qtbot.waitUntil(lambda: len(opens()) == 3)
    ways = {each.text(): each for each in ann.desk.page.findChildren(QPushButton) if each.isVisible()}
    qtbot.mouseClick(ways["With entries"], Qt.MouseButton.LeftButton)
    assert opens() == {"results.csv"}
    qtbot.mouseClick(ways["Without entries yet"], Qt.MouseButton.LeftButton)
    assert opens() == {"card.png", "letter.pdf"}
    qtbot.mouseClick(ways["All"], Qt.MouseButton.LeftButton)
    assert len(opens()) == 3


def test_files_are_a_grid_that_keys_go_through_and_that_stays_one(ann, context, qtbot):
    ann.desk.show_page("documents")
    idle(ann, qtbot)
    page = ann.desk.page
    grid = next(each for each in page.findChildren(QPushButton) if each.text() == "Grid")
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)
    (tiles,) = page.findChildren(Tiles)
    assert tiles.count() == 2
    spoken = {tiles.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)}
    assert all("without entries yet" in words for words in spoken)
    assert {words.partition(", ")[0] for words in spoken} == {"card", "letter"}
    pictures = [tiles.item(row).icon().pixmap(tiles.iconSize()).toImage() for row in range(2)]
    assert [each.pixelColor(each.width() // 2, each.height() // 2).name() for each in pictures] == ["#ff0000"] * 2

    sorts = next(each for each in page.findChildren(QComboBox) if each.accessibleName() == "Sort of file")
    sorts.setCurrentIndex(sorts.findText("PDF"))
    sorts.activated.emit(sorts.currentIndex())
    assert [tiles.item(row).isHidden() for row in range(2)] == [
        tiles.item(row).text()[:4] == "card" for row in range(2)
    ]

    tiles.setFocus()
    tiles.setCurrentRow(next(row for row in range(2) if not tiles.item(row).isHidden()))
    qtbot.keyClick(tiles, Qt.Key.Key_Return)
    idle(ann, qtbot)
    assert page.paper()[1] == "letter.pdf"
    page.open()
    idle(ann, qtbot)
    assert len(page.findChildren(Tiles)) == 1
    documents.forget()
