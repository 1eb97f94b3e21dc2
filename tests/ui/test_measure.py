"""A measure's page: chart and table lead to each other, values in the unit the person reads, reports by their paper."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from organizer.services.entries import documents, entries
from organizer.services.follow import measures
from ui.entries.tables.table import Table
from ui.look.widgets.buttons import NameButton
from ui.look.widgets.card import Card
from ui.look.widgets.chart import Chart
from ui.look.widgets.pdf_view import PdfView
from ui.pages.documents.import_review.run import Review
from ui.pages.tests_imaging.lists import MeasureRow
from ui.pages.tests_imaging.report import report_shown
from ui.shell.context import Context

CONTROL = Qt.KeyboardModifier.ControlModifier


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


def seen(page, kind):
    return next(one for one in page.findChildren(kind) if one.isVisible())


@pytest.fixture
def glucose(ann, qtbot):
    context = ann.desk.context
    for day, value, high in (("2026-01-05", "126", 99), ("2026-02-05", "90", 99), ("2026-03-05", "99.5", 99)):
        fields = {"title": "Glucose", "code": "2345-7", "happened": day, "value_text": value, "unit": "mg/dL"}
        entries.add(context.record, "Observation", context.person, fields | {"range_high": str(high)})
    ann.desk.show_page("tests", {"code": "2345-7"})
    idle(ann, qtbot)
    return ann.desk.page


def texts(page):
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def values(page):
    model = page.findChildren(Table)[-1].rows_model  # the latest made
    return [model.cells(row)[1] for row in range(model.rowCount())]


def test_the_unit_changes_and_what_was_printed_stays_beside_it(glucose, ann, qtbot):
    assert values(glucose) == ["99.5 mg/dL", "90 mg/dL", "126 mg/dL"]
    switch = next(one for one in glucose.findChildren(QPushButton) if one.text() == "mmol/L" and one.isVisible())
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)
    assert values(glucose)[2] == "6.99 mmol/L (126 mg/dL)"
    kept = entries.find(ann.desk.context.record, entries.Query(kinds=("Observation",)))
    assert {one.unit for one in kept} == {"mg/dL"}
    ann.desk.show_page("overview")
    ann.desk.show_page("tests", {"code": "2345-7"})
    idle(ann, qtbot)
    assert "mmol/L" in values(ann.desk.page)[0]


def test_a_value_outside_the_printed_range_says_so_in_words(glucose):
    model = seen(glucose, Table).rows_model
    assert [model.cells(row)[2] for row in range(3)] == ["above the printed range", "", "above the printed range"]


def test_what_is_not_drawn_stands_in_the_table_as_printed(glucose, ann, qtbot):
    context = ann.desk.context
    fields = {"title": "Glucose", "code": "2345-7", "unit": "{score}"}
    entries.add(context.record, "Observation", context.person, fields | {"happened": "2026-02-20", "value_text": "7"})
    entries.add(context.record, "Observation", context.person, fields | {"unit": "mg/dL", "value_text": "88"})
    ann.desk.show_page("overview")
    ann.desk.show_page("tests", {"code": "2345-7"})
    idle(ann, qtbot)
    assert values(ann.desk.page) == ["99.5 mg/dL", "7", "90 mg/dL", "126 mg/dL", "88 mg/dL"]
    left_out = "also in no unit, not drawn; 1 result without"
    qtbot.waitUntil(lambda: any(left_out in text for text in texts(ann.desk.page)))


def test_range_and_goal_follow_the_unit(glucose):
    record, person = glucose.context.record, glucose.context.person
    told = measures.series(record, person, "2345-7", "mmol/L")
    assert told.range.high == pytest.approx(5.49, abs=0.01)


def test_a_point_of_the_chart_leads_to_its_row(glucose, qtbot):
    chart, table = seen(glucose, Chart), seen(glucose, Table)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert [one.value_text for one in table.seen()] == ["126"]
    assert table.hasFocus()


def test_of_a_very_long_measure_the_table_says_that_it_holds_the_latest(glucose, monkeypatch, qtbot):
    monkeypatch.setattr("ui.pages.tests_imaging.measure.MOST_ROWS", 2)
    glucose.mark_stale()
    idle(glucose.window(), qtbot)
    assert values(glucose) == ["99.5 mg/dL", "90 mg/dL"]
    qtbot.waitUntil(lambda: "The latest 2 of 3 values" in texts(glucose))
    asked = []
    monkeypatch.setattr(type(glucose.context), "edit_entry", lambda _self, one, *_more: asked.append(one.value_text))
    chart = seen(glucose, Chart)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert asked == ["126"]


def test_the_table_sorts_by_number_filters_and_is_copied_as_tsv(glucose, qtbot):
    table = seen(glucose, Table)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert values(glucose) == ["90 mg/dL", "99.5 mg/dL", "126 mg/dL"]
    table.rows_model.show_only("jan")
    assert values(glucose) == ["126 mg/dL"]
    table.rows_model.show_only("")
    qtbot.keyClick(table, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Date\tValue\tFlag")
    assert [line.split("\t")[1] for line in lines[1:]] == ["90 mg/dL", "99.5 mg/dL", "126 mg/dL"]


def test_a_report_shows_its_words_and_its_results(ann, qtbot):
    context = ann.desk.context
    entries.add(context.record, "DiagnosticReport", context.person, {"title": "Biopsy", "conclusion": "Class III"})
    (report,) = entries.find(context.record, entries.Query(kinds=("DiagnosticReport",)))
    ann.desk.show_entry(report.id)
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: {"Biopsy", "Class III"} <= set(texts(ann.desk.page)))


def test_a_diagnosis_tells_how_it_changed_and_what_it_rests_on(ann, qtbot):
    context = ann.desk.context
    entries.add(context.record, "DiagnosticReport", context.person, {"title": "Biopsy", "happened": "2026-03"})
    entries.add(context.record, "Condition", context.person, {"title": "Nephritis", "verification": "provisional"})
    (report,) = entries.find(context.record, entries.Query(kinds=("DiagnosticReport",)))
    (found,) = entries.find(context.record, entries.Query(kinds=("Condition",)))
    entries.edit(context.record, found.id, {"verification": "confirmed"})
    entries.link(context.record, found.id, "rests-on", report.id)
    ann.desk.show_page("diagnoses")
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: "Rests on" in texts(ann.desk.page))
    words = " | ".join(texts(ann.desk.page))
    assert "How sure: Provisional → Confirmed" in words
    assert "Biopsy · Mar 2026" in words


def test_an_attached_file_stands_beside_the_reports_words(ann, qtbot, checkout):
    context = ann.desk.context
    ann.desk.ask_import([checkout / "resources/sample/st-annes-fhir-bundle.json"])
    qtbot.waitUntil(lambda: any(one.isVisible() for one in ann.findChildren(Review)), timeout=30_000)
    review = next(one for one in ann.findChildren(Review) if one.isVisible())
    review.take()
    idle(ann, qtbot)
    asked = entries.Query(kinds=("DiagnosticReport",), text="biopsy")
    report = entries.find(context.record, asked)[0]
    told = report_shown(context.record, report.id)
    assert told.data.startswith(b"%PDF")
    ann.desk.choose_person(report.person)
    ann.desk.show_entry(report.id)
    idle(ann, qtbot)
    assert any(one.isVisible() for one in ann.desk.page.findChildren(PdfView))
    documents.forget()


@pytest.fixture
def pressures(ann, qtbot):
    context = ann.desk.context
    for day, upper, lower in (("2026-01-05", "144", "92"), ("2026-02-05", "138", "88")):
        for title, code, value in (("Systolic blood pressure", "8480-6", upper), ("Diastolic", "8462-4", lower)):
            fields = {"title": title, "code": code, "happened": day, "value_text": value, "unit": "mm[Hg]"}
            entries.add(context.record, "Observation", context.person, fields)
    weight = {"title": "Weight", "code": "29463-7", "happened": "2026-01-20", "value_text": "80", "unit": "kg"}
    entries.add(context.record, "Observation", context.person, weight)
    ann.desk.show_page("tests", {"code": "8480-6"})
    idle(ann, qtbot)
    return ann.desk.page


def laid_over(page):
    charts = [chart for chart in page.findChildren(Chart) if chart.isVisible()]
    return [chart.view.beside.data.title if chart.view.beside else "" for chart in charts]


def test_both_numbers_of_a_blood_pressure_stand_in_one_chart_and_another_measure_is_laid_over_by_choice(
    pressures, ann, qtbot
):
    chart, box = seen(pressures, Chart), seen(pressures, QComboBox)
    assert chart.view.beside.data.title == "Diastolic"
    assert chart.view.shares_axis
    assert box.itemText(0) == "Nothing"
    box.setFocus()
    box.setCurrentIndex(box.findText("Weight") - 1)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: laid_over(pressures) == ["Weight"])
    assert not seen(pressures, Chart).view.shares_axis
    ann.desk.show_page("tests", {"code": "8480-6", "over": "-"})
    qtbot.waitUntil(lambda: laid_over(pressures) == [""])


def test_a_chart_is_saved_as_a_picture_where_the_person_says(glucose, ann, qtbot, tmp_path, monkeypatch):
    out = tmp_path / "Glucose.png"
    monkeypatch.setattr(Context, "ask_where", lambda *_asked: out)
    seen(glucose, Chart).keep_asked.emit()
    idle(ann, qtbot)
    qtbot.waitUntil(out.is_file)
    assert QImage(str(out)).width() > 300


def rows_of(page):
    cards = [each for each in page.findChildren(Card) if each.isVisible() and each.findChildren(MeasureRow)]
    return [(card.accessibleName(), [row.summary.title for row in card.findChildren(MeasureRow)]) for card in cards]


def test_measures_are_pinned_by_button_key_and_menu_stand_first_and_undo_takes_it_back(glucose, ann, qtbot):
    context = ann.desk.context
    for title in ("Albumin", "Sodium"):
        fields = {"title": title, "happened": "2026-01-05", "value_text": "40", "unit": "g/L", "category": "laboratory"}
        entries.add(context.record, "Observation", context.person, fields)
    head = next(each for each in glucose.findChildren(QPushButton) if each.text() == "Pin" and each.isVisible())
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(each.text() == "Unpin" for each in glucose.findChildren(QPushButton)))

    ann.desk.show_page("tests")
    idle(ann, qtbot)
    page = ann.desk.page

    def first_are(titles):
        qtbot.waitUntil(lambda: rows_of(page)[:1] == [("Pinned measures", titles)], timeout=20_000)

    first_are(["Glucose"])

    def row(title):
        return next(each for each in page.findChildren(MeasureRow) if each.isVisible() and each.summary.title == title)

    row("Sodium").findChild(NameButton).setFocus()
    qtbot.keyClick(row("Sodium").findChild(NameButton), Qt.Key.Key_D, CONTROL)
    first_are(["Glucose", "Sodium"])

    row("Albumin").contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(1, 1), QPoint(1, 1)))
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == "Pin Albumin").trigger()
    menu.close()
    first_are(["Glucose", "Sodium", "Albumin"])

    context.undo()
    first_are(["Glucose", "Sodium"])
    ann.desk.show_page("overview")
    qtbot.waitUntil(lambda: "Pinned measures" in texts(ann.desk.page), timeout=20_000)


def test_where_nothing_can_be_pinned_the_key_says_where(ann, qtbot):
    ann.desk.show_page("people")
    idle(ann, qtbot)
    ann.desk.pin()
    assert "Tests & imaging" in ann.desk.toast.text


def tables(window):
    return [table for table in window.desk.page.findChildren(Table) if table.isVisible()]


def first_row(table):
    return table.rows_model.cells(0) if table.rows_model.rowCount() else ()


def test_a_computers_digits_are_rounded_wherever_a_value_stands_and_its_unit_is_not_cut_off(ann, qtbot):
    context = ann.desk.context
    fields = {"title": "Cholesterol", "code": "2093-3", "unit": "mg/dL"}
    for day, value in (("2026-01-05", "178.899508652893"), ("2026-02-05", "190"), ("2026-03-05", "200.123456789")):
        entries.add(context.record, "Observation", context.person, fields | {"happened": day, "value_text": value})
    ann.desk.show_page("tests")
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: "≈200.1 mg/dL" in texts(ann.desk.page))

    ann.desk.show_page("tests", {"code": "2093-3"})
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: bool(tables(ann)))
    chart = seen(ann.desk.page, Chart)
    assert [chart.view.data.label(point) for point in chart.view.points] == [
        "≈178.9 mg/dL",
        "190 mg/dL",
        "≈200.1 mg/dL",
    ]
    assert values(ann.desk.page) == ["≈200.1 mg/dL", "190 mg/dL", "≈178.9 mg/dL"]

    switch = next(one for one in ann.desk.page.findChildren(QPushButton) if one.text() == "mmol/L")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: any("5.176 mmol/L (≈200.1 mg/dL)" in first_row(table) for table in tables(ann)))
    table = seen(ann.desk.page, Table)
    assert table.columnWidth(1) >= table.sizeHintForColumn(1)


def test_a_goal_that_was_worked_out_for_another_unit_has_no_computers_digits(glucose, ann, qtbot):
    context = ann.desk.context
    goal = {"title": "Glucose below 100", "measure": "Glucose", "code": "2345-7", "unit": "mg/dL", "target_high": "100"}
    entries.add(context.record, "Goal", context.person, goal | {"happened": "2026-01-06", "status": "active"})
    ann.desk.show_page("overview")
    ann.desk.show_page("tests", {"code": "2345-7"})
    qtbot.waitUntil(lambda: "at most 100." in chart_words(ann))
    qtbot.waitUntil(lambda: bool(switches(ann, "mmol/L")))
    qtbot.mouseClick(switches(ann, "mmol/L")[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Goal: at most 5.551." in chart_words(ann))


def switches(window, unit):
    return [
        button for button in window.desk.page.findChildren(QPushButton) if button.text() == unit and button.isVisible()
    ]


def chart_words(window):
    return " ".join(chart.accessibleDescription() for chart in window.desk.page.findChildren(Chart))


def test_the_timelines_column_has_room_for_a_number_with_a_long_unit(ann, qtbot):
    context = ann.desk.context
    fields = {"title": "Erythrocytes", "code": "789-8", "unit": "10*6/uL", "value_text": "4.048407140766996"}
    entries.add(context.record, "Observation", context.person, fields | {"happened": "2026-03-05"})
    ann.desk.show_page("timeline")
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: any("≈4.048 × 10⁶/µL" in first_row(table) for table in tables(ann)))
    table = seen(ann.desk.page, Table)
    assert table.columnWidth(3) >= table.sizeHintForColumn(3)
