"""The review of an import: who is who, what columns hold, many entries, several files, keys of health cards."""

import csv
from dataclasses import replace
from pathlib import Path
from time import process_time

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView

from organizer.importing.core.format import Draft
from organizer.importing.core.plan import LISTED, PlannedItem
from organizer.model.entry import Entry
from organizer.model.ids import EntryId, PersonId
from organizer.services.bring_in.importing import FilePlan
from organizer.services.entries import entries
from organizer.services.entries.entries import Query
from organizer.services.record import people
from ui.look.widgets.drop_frame import DropFrame
from ui.pages.documents.import_review.columns_dialog import ColumnsDialog
from ui.pages.documents.import_review.conflicts import Conflicts
from ui.pages.documents.import_review.files_model import FilesModel, groups_of
from ui.pages.documents.import_review.items_model import ItemsModel
from ui.pages.documents.import_review.people_card import PeopleCard
from ui.pages.documents.import_review.run import Review
from ui.pages.documents.import_review.words import line_words
from ui.pages.documents.letter_review import LetterReview

CASES = Path(__file__).parents[1] / "data" / "fhir_cases"
TWO = "Patient,Date,Test,Result\nAda Quill,2026-02-01,Sodium,140\nBen Quill,2026-02-01,Sodium,141\n"


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=60_000)
    qtbot.wait(10)  # what a layout was given is shown with the next event


def bring(window, qtbot, *paths):
    window.desk.ask_import(list(paths))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Review)), timeout=60_000)
    return next(one for one in window.findChildren(Review) if one.isVisible())


def written(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def press(review, words):
    next(one for one in review.findChildren(QPushButton) if one.text() == words and one.isVisible()).click()


def can_add(review):
    return any(one.isEnabled() for one in review.findChildren(QPushButton) if one.text() == "Add to the record")


def choose(window, qtbot, review, start, choice):
    """Say who the person is whose question begins so."""
    card = next(one for one in review.findChildren(PeopleCard) if one.isVisible())
    box = next(one for one in card.findChildren(QComboBox) if start in one.accessibleName())
    box.setCurrentText(choice)
    box.activated.emit(box.currentIndex())
    idle(window, qtbot)


def results(window, person=""):
    query = Query(kinds=("Observation",), person=person, order="created")
    return [(one.title, one.value_text) for one in entries.find(window.desk.context.record, query)]


def test_nobody_is_taken_for_the_person_shown_unasked(ann, qtbot, tmp_path):
    review = bring(ann, qtbot, written(tmp_path, "two.csv", TWO))
    assert not can_add(review)
    choose(ann, qtbot, review, "Ada", "Ann Example")
    assert not can_add(review)
    choose(ann, qtbot, review, "Ben", "Somebody new: Ben Quill")
    assert can_add(review)
    press(review, "Add to the record")
    idle(ann, qtbot)
    record = ann.desk.context.record
    mine, his = people.people(record)
    assert (mine.title, his.title) == ("Ann Example", "Ben Quill")
    assert results(ann, mine.id) == [("Sodium", "140")]
    assert results(ann, his.id) == [("Sodium", "141")]


def test_somebody_whom_a_file_names_beside_its_patient_is_asked_about(ann, qtbot):
    review = bring(ann, qtbot, CASES / "foreign_subject.json")
    choose(ann, qtbot, review, "Ada", "Somebody new: Ada Example")
    assert not can_add(review)
    choose(ann, qtbot, review, "Somebody Else", "Leave out")
    press(review, "Add to the record")
    idle(ann, qtbot)
    assert results(ann) == [("Hemoglobin", "13")]


def test_an_identifier_that_was_taken_for_the_only_person_is_shown_and_can_be_changed(ann, qtbot):
    review = bring(ann, qtbot, CASES / "dstu2_observation.json")
    assert can_add(review)
    choose(ann, qtbot, review, "Patient/p1", "Somebody new: Patient/p1")
    press(review, "Add to the record")
    idle(ann, qtbot)
    _mine, other = people.people(ann.desk.context.record)
    assert results(ann, other.id) == [("Hemoglobin", "13.1")]


def test_an_answer_stays_in_sight_and_can_be_taken_back(ann, qtbot, tmp_path):
    rows = "Patient,Date,Test,Result\nAda Quill,2026-02-01,Sodium,140\n"
    review = bring(ann, qtbot, written(tmp_path, "ada.csv", rows))
    choose(ann, qtbot, review, "Who is Ada Quill?", "Ann Example")
    assert can_add(review)
    choose(ann, qtbot, review, "Who is Ada Quill?", "Leave out")
    assert not can_add(review)
    review.reject()
    idle(ann, qtbot)


def test_whoever_is_not_said_can_be_left_out_together(ann, qtbot, tmp_path):
    review = bring(ann, qtbot, written(tmp_path, "two.csv", TWO + "Cy Quill,2026-02-01,Sodium,142\n"))
    choose(ann, qtbot, review, "Ada", "Ann Example")
    press(review, "Leave out all who aren’t said yet")
    idle(ann, qtbot)
    press(review, "Add to the record")
    idle(ann, qtbot)
    assert results(ann) == [("Sodium", "140")]
    assert len(people.people(ann.desk.context.record)) == 1


def test_a_date_that_may_be_two_days_is_asked_once(ann, qtbot, tmp_path):
    review = bring(ann, qtbot, written(tmp_path, "dates.csv", "Date,Test,Result\n03/04/2026,Sodium,140\n"))
    assert not can_add(review)
    press(review, "Answer…")
    dialog = review.findChild(ColumnsDialog)
    assert any("03/04/2026" in one.text() for one in dialog.findChildren(QLabel))
    next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Day first")).click()
    press(dialog, "Read it so")
    idle(ann, qtbot)
    press(review, "Add to the record")
    idle(ann, qtbot)
    (one,) = entries.find(ann.desk.context.record, Query(kinds=("Observation",)))
    assert one.happened.text == "2026-04-03"


def test_a_number_that_may_be_two_is_asked_once(ann, qtbot, tmp_path):
    table = "Date;Test;Result;Unit\n2026-04-03;Thrombozyten;25.000;/µl\n"
    review = bring(ann, qtbot, written(tmp_path, "numbers.csv", table))
    assert not can_add(review)
    assert any("decimals or thousands" in one.text() for one in review.findChildren(QLabel))
    press(review, "Answer…")
    dialog = review.findChild(ColumnsDialog)
    assert any("25.000" in one.text() for one in dialog.findChildren(QLabel))
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "1,5").click()
    press(dialog, "Read it so")
    idle(ann, qtbot)
    press(review, "Add to the record")
    idle(ann, qtbot)
    (one,) = entries.find(ann.desk.context.record, Query(kinds=("Observation",)))
    assert one.value == 25_000


def test_columns_without_telling_headings_are_named_by_the_person(ann, qtbot, tmp_path):
    text = "A;B;C\n2026-02-01;Ferritin;41\n2026-02-08;Ferritin;44\n2026-02-15;Ferritin;40\n"
    review = bring(ann, qtbot, written(tmp_path, "diary.csv", text))
    press(review, "Say what they hold…")
    dialog = review.findChild(ColumnsDialog)
    boxes = dialog.findChildren(QComboBox)
    press(dialog, "Read it so")
    assert dialog.isVisible()  # too little was said
    for box, words in zip(boxes, ("Date", "What was measured", "Value"), strict=True):
        box.setCurrentText(words)
    press(dialog, "Read it so")
    idle(ann, qtbot)
    press(review, "Add to the record")
    idle(ann, qtbot)
    assert results(ann) == [("Ferritin", "41"), ("Ferritin", "44"), ("Ferritin", "40")]


def test_ten_thousand_entries_stay_fluid(ann, qtbot, tmp_path):
    path = tmp_path / "many.csv"
    with path.open("w", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(["Date", "Test", "Result", "Units"])
        lines.writerows([f"20{n % 25:02}-03-{n % 28 + 1:02}", f"Test {n % 97}", n, "mmol/L"] for n in range(10_000))
    review = bring(ann, qtbot, path)
    (table,) = review.findChildren(QTableView)
    assert table.model().rowCount() == 10_000
    began = process_time()  # this process alone: others may be at work on the machine
    for step in range(50):
        table.verticalScrollBar().setValue(step * 190)
        table.viewport().repaint()
    frame = (process_time() - began) * 1000 / 50
    began = process_time()
    press(review, "Untick all")
    table.viewport().repaint()
    ticking = (process_time() - began) * 1000
    assert frame < 60, f"{frame:.1f} ms a frame"
    assert ticking < 300, f"{ticking:.0f} ms to untick all"
    review.reject()
    idle(ann, qtbot)


def test_several_files_stand_in_a_list_with_what_each_brings(ann, qtbot, tmp_path):
    written(tmp_path, "good.csv", "Date,Test,Result\n2026-02-01,Sodium,140\n")
    written(tmp_path, "cut.json", '{"resourceType": "Bundle", "entry": [')
    written(tmp_path, "letter.txt", "Dear Ann")
    review = bring(ann, qtbot, tmp_path)
    files = next(one for one in review.findChildren(QTableView) if one.accessibleName() == "Files")
    model = files.model()
    names = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert {"good.csv", "cut.json", "letter.txt"} <= set(names)
    assert names["cut.json"] == "Could not be read"
    for row in range(model.rowCount()):
        files.selectRow(row)
        assert any(model.index(row, 0).data() == one.text() for one in review.findChildren(QLabel) if one.isVisible())
    review.reject()
    idle(ann, qtbot)


def test_whose_it_is_is_said_and_the_file_that_brings_most_is_shown_first(ann, qtbot, tmp_path):
    written(tmp_path, "a.csv", "Date,Test,Result\n2026-02-01,Sodium,140\n")
    rows = "".join(f"2026-02-0{day},Potassium,4.{day}\n" for day in range(1, 6))
    written(tmp_path, "b.csv", f"Date,Test,Result\n{rows}")
    review = bring(ann, qtbot, tmp_path)
    assert any(card.isVisible() for card in review.findChildren(PeopleCard)) or "Goes to: Ann Example" in [
        shown.text() for shown in review.findChildren(QLabel) if shown.isVisible()
    ]
    files = next(one for one in review.findChildren(QTableView) if one.accessibleName() == "Files")
    assert files.model().index(files.currentIndex().row(), 0).data() == "b.csv"
    review.reject()
    idle(ann, qtbot)


def test_the_models_keep_qts_rules(ann, qtbot, checkout):
    review = bring(ann, qtbot, checkout / "resources/sample/northfield-ccd.xml")
    plan: FilePlan = review._plan.files[0]
    # A broken rule is a warning of Qt's, and these fail a test; reported the usual way, nobody would hear of it.
    as_warnings = QAbstractItemModelTester.FailureReportingMode.Warning
    for model in (ItemsModel([*plan.items, *plan.skipped], set()), FilesModel(groups_of([plan, plan]))):
        tester = QAbstractItemModelTester(model, as_warnings)
        assert tester.model() is model
        if isinstance(model, ItemsModel):
            model.show_only("new")
            model.tick_all(False)
    review.reject()
    idle(ann, qtbot)


def dropped(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def shown_review(window, qtbot):
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(Review)), timeout=60_000)
    return next(one for one in window.findChildren(Review) if one.isVisible())


def test_a_dropped_folder_and_pasted_files_are_reviewed(ann, qtbot, tmp_path):
    folder = tmp_path / "from the portal"
    folder.mkdir()
    written(folder, "good.csv", "Date,Test,Result\n2026-02-01,Sodium,140\n")
    letter = written(tmp_path, "letter.txt", "Dear Ann")
    data = dropped(folder)
    where, copy, left = QPointF(400, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    ann.dropEvent(QDropEvent(where, copy, data, left, Qt.KeyboardModifier.NoModifier))
    review = shown_review(ann, qtbot)
    assert any("good.csv" in one.text() for one in review.findChildren(QLabel))
    review.reject()
    idle(ann, qtbot)
    QGuiApplication.clipboard().setMimeData(dropped(letter))
    ann.desk.paste()
    review = shown_review(ann, qtbot)
    assert any("letter.txt" in one.text() for one in review.findChildren(QLabel))
    review.reject()
    idle(ann, qtbot)


def test_reading_can_be_cancelled_and_nothing_is_shown_or_written(ann, qtbot, checkout):
    ann.desk.ask_import([checkout / "resources/sample"])
    ann.desk.jobs.running[0].cancel()
    idle(ann, qtbot)
    assert not any(one.isVisible() for one in ann.findChildren(Review))
    assert results(ann) == []


def test_what_two_sources_say_is_settled_in_the_window(ann, qtbot, tmp_path):
    for name, value in (("a.csv", 140), ("b.csv", 147)):
        text = f"Date,Test,Result,Units,LOINC\n2026-02-01,Sodium,{value},mmol/L,2951-2\n"
        review = bring(ann, qtbot, written(tmp_path, name, text))
        press(review, "Add to the record")
        idle(ann, qtbot)
    ann.desk.show_page("documents")
    idle(ann, qtbot)
    press(ann.desk.page, "Look at them…")
    dialog = ann.findChild(Conflicts)
    words = {one.text() for one in dialog.findChildren(QLabel)}
    assert {"140 mmol/L", "147 mmol/L", "a.csv", "b.csv"} <= words
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Keep this one").click()
    idle(ann, qtbot)
    assert any("no two sources" in one.text() for one in dialog.findChildren(QLabel))
    press(dialog, "Undo")
    idle(ann, qtbot)
    assert "147 mmol/L" in {one.text() for one in dialog.findChildren(QLabel) if one.isVisible()}
    dialog.accept()
    idle(ann, qtbot)


def many_results(folder, count):
    rows = [f"2025-{1 + n % 12:02}-{1 + n % 28:02},Test {n % 40:02}q,{n}" for n in range(count)]
    return written(folder, "many.csv", "\n".join(["Date,Test,Result", *rows]))


def shown_words(view):
    return [view.model.data(view.model.index(row, 0)) for row in range(view.model.rowCount())]


def test_thousands_of_rows_are_sorted_by_a_heading_and_found_by_words(ann, qtbot, tmp_path):
    review = bring(ann, qtbot, many_results(tmp_path, 1600))
    view = review._file
    assert view.model.rowCount() == 1600
    head = view.table.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(2) + 30, head.height() // 2)
    begun = process_time()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert process_time() - begun < 0.5
    days = [line.entry.happened.text for line in view.model.lines]
    assert days == sorted(days)
    qtbot.keyClicks(view.field, "17q 2025")
    qtbot.waitUntil(lambda: view.model.rowCount() == 40)
    assert set(shown_words(view)) == {"Test 17q"}
    begun = process_time()
    view.field.clear()
    qtbot.waitUntil(lambda: view.model.rowCount() == 1600)
    assert process_time() - begun < 0.5
    review.reject()


def test_enter_adds_what_is_ticked_and_changes_no_tick(ann, qtbot, tmp_path):
    review = bring(ann, qtbot, many_results(tmp_path, 20))
    qtbot.waitUntil(lambda: review.focusWidget() is review._file.table)
    qtbot.keyClick(review.focusWidget(), Qt.Key.Key_Return)
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: len(entries.find(ann.desk.context.record, Query(kinds=("Observation",)))) == 20)


def test_what_an_update_changes_of_a_person_is_said_before_it_does():
    known = Entry("Patient", "Rosa Delgado", EntryId("rosa"), PersonId("rosa"))
    filled = replace(known, data={"sex": "other", "record_numbers": ["1CT1"]})
    line = PlannedItem("p", Draft(filled), "updated", filled, known)
    assert line_words(line)[2] == "What changes: Sex: Other; Record numbers: 1CT1"


def test_of_a_very_long_file_each_kind_of_line_is_listed_and_the_rest_is_told(ann, qtbot, tmp_path, monkeypatch):
    monkeypatch.setitem(LISTED, "new", 3)
    rows = "".join(f"2026-02-{day:02},Sodium,{130 + day}\n" for day in range(1, 9))
    review = bring(ann, qtbot, written(tmp_path, "long.csv", f"Date,Test,Result\n{rows}"))
    table = next(one for one in review.findChildren(QTableView) if one.isVisible())
    assert table.model().rowCount() == 3
    told = [one.text() for one in review.findChildren(QLabel)]
    assert "5 further entries aren’t listed here; they come in with the others." in told
    assert any("8 new" in text for text in told)
    review.reject()
    idle(ann, qtbot)


def test_a_file_that_is_not_what_its_name_says_and_one_that_cannot_be_read_are_said_plainly(ann, qtbot, tmp_path):
    folder = tmp_path / "downloads"
    folder.mkdir()
    written(folder, "letter.pdf", "Dear Ann,\nyour knee is better than in March.\n")
    written(folder, "empty.pdf", "")
    (folder / "noise.pdf").write_bytes(b"\x00\x01\x02\x03" * 40)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and it breaks off")
    review = bring(ann, qtbot, folder)
    files = next(table for table in review.findChildren(QTableView) if table.accessibleName() == "Files")
    said = {}
    for row in range(files.model().rowCount()):
        files.setCurrentIndex(files.model().index(row, 0))
        idle(ann, qtbot)
        words = "\n".join(shown.text() for shown in review.findChildren(QLabel) if shown.isVisible())
        said[files.model().index(row, 0).data()] = words
    by_name = {name.rpartition("/")[2]: words for name, words in said.items()}
    assert "“letter.pdf” is not what its name says (PDF) but: text." in by_name["letter.pdf"]
    assert "is empty. Get the file again from where it came." in " ".join(by_name["empty.pdf"].split("\n"))
    assert "Get the file again from where it came." in by_name["noise.pdf"]
    assert "Download or copy it again." in by_name["broken.zip"]

    press(review, "Add to the record")
    idle(ann, qtbot)
    (letter,) = entries.find(ann.desk.context.record, Query(kinds=("DocumentReference",)))
    assert letter.text("media_type") == "text/plain"
    assert "better than in March" in letter.text("text")


def test_while_files_are_held_above_the_window_it_shows_that_it_takes_them(ann, qtbot, tmp_path):
    held = dropped(written(tmp_path, "letter.txt", "Dear Ann"))
    frame = ann.findChild(DropFrame)
    assert not frame.isVisible()
    for sort in (QDragLeaveEvent, QDropEvent):
        ann.dragEnterEvent(entering(held))
        assert frame.isVisible()
        assert frame.geometry() == ann.rect()
        assert ann.grab().toImage().pixelColor(4, 4) == ann.theme.color("accent")
        if sort is QDragLeaveEvent:
            ann.dragLeaveEvent(QDragLeaveEvent())
        else:
            where, copy = QPointF(400, 300), Qt.DropAction.CopyAction
            keys = Qt.KeyboardModifier.NoModifier
            ann.dropEvent(QDropEvent(where, copy, held, Qt.MouseButton.LeftButton, keys))
            shown_review(ann, qtbot).reject()
        assert not frame.isVisible()
    idle(ann, qtbot)

    words = QMimeData()
    words.setText("no file")
    ann.dragEnterEvent(entering(words))
    assert not frame.isVisible()


def entering(data):
    keys, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    return QDragEnterEvent(QPoint(400, 300), copy, data, Qt.MouseButton.LeftButton, keys)


def test_after_an_import_the_next_step_stands_on_overview_and_documents_and_is_one_click_away(ann, qtbot, tmp_path):
    letter = written(tmp_path, "letter.txt", "Diagnoses: heart failure.\nNo evidence of diabetes.\n")
    press(bring(ann, qtbot, letter), "Add to the record")
    idle(ann, qtbot)
    for page in ("overview", "documents"):
        ann.desk.show_page(page)
        idle(ann, qtbot)
        shown = [button.text() for button in ann.desk.page.findChildren(QPushButton) if button.isVisible()]
        assert "Read the letter…" in shown
    press(ann.desk.page, "Read the letter…")
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in ann.findChildren(LetterReview)), timeout=20_000)
    review = next(dialog for dialog in ann.findChildren(LetterReview) if dialog.isVisible())
    review.reject()
    idle(ann, qtbot)
