"""The timeline by keyboard and mouse: dots walked with the arrows, zoomed with + and the wheel, told in a table."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from organizer.base.dates import PartialDate
from organizer.model.entry import Entry
from organizer.services.entries import entries, timeline
from ui.entries.parts.rows import EntryRow
from ui.entries.tables.models import entry_words
from ui.pages.timeline.chart import TimelineChart

CONTROL = Qt.KeyboardModifier.ControlModifier


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.desk.jobs.running, timeout=20_000)


@pytest.fixture
def page(ann, qtbot):
    context = ann.desk.context
    told = [
        ("Condition", {"title": "Zebra fever", "happened": "2019"}),
        ("Encounter", {"title": "Clinic", "happened": "2026-03-07"}),
        ("MedicationStatement", {"title": "Zebranol", "happened": "2026-02-01", "dose": "5 mg"}),
        *(
            ("Observation", {"title": "Fatigue", "happened": f"2026-03-{day:02}", "value_text": "4"})
            for day in range(1, 6)
        ),
    ]
    for kind, fields in told:
        entries.add(context.record, kind, context.person, fields)
    ann.desk.show_page("timeline")
    idle(ann, qtbot)
    return ann.desk.page


def chart_of(page):
    return next(one for one in page.findChildren(TimelineChart) if one.isVisible())


def rows_of(page):
    return page.model.rowCount()


def test_it_counts_by_day_however_exact_the_source_was(page):
    told = timeline.timeline(page.context.record, page.context.person)
    assert told.moments[0].key == "2019"
    assert [one.label for one in told.spans] == ["Zebranol 5 mg"]
    months = timeline.gathered([one for one in told.moments if one.group == "results"], 7)
    assert [(one.key, one.count) for one in months] == [("2026-03", 5)]


def test_arrows_walk_the_dots_and_the_table_says_what_lies_in_one(page, qtbot):
    chart = chart_of(page)
    assert chart.accessibleName()
    assert "8 entries" in chart.accessibleDescription()
    for _row in range(5):
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert "5 entries · Results · Mar 2026" in chart.accessibleDescription()
    qtbot.waitUntil(lambda: rows_of(page) == 5, timeout=10_000)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert page.table.table.hasFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: rows_of(page) > 5, timeout=10_000)


def test_enter_on_a_single_entry_opens_it(page, ann, qtbot):
    chart = chart_of(page)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert "1 entry · Diagnoses · 2019" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ann.desk.page.id == "diagnoses", timeout=10_000)
    idle(ann, qtbot)


def test_it_zooms_from_years_to_days_by_keys_wheel_and_buttons(page, ann, qtbot):
    chart = chart_of(page)
    page.levels._buttons["years"].click()
    assert chart.scale.level == "years"
    qtbot.waitUntil(lambda: rows_of(page) == 8, timeout=10_000)
    before = chart.scale.days
    qtbot.keyClick(chart, Qt.Key.Key_Plus)
    assert chart.scale.days < before
    qtbot.keyClick(chart, Qt.Key.Key_Minus)
    assert chart.scale.days == pytest.approx(before)
    spot = QPointF(chart.width() * 0.8, 40)
    turned = QWheelEvent(
        spot, chart.mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chart, turned)
    assert chart.scale.days < before
    page.levels._buttons["days"].click()
    assert chart.scale.level == "days"
    idle(ann, qtbot)


def test_a_click_on_a_dot_chooses_it_and_a_drag_moves_the_time(page, ann, qtbot):
    chart = chart_of(page)
    moment = chart._lanes[1].at(chart.scale.level)[0][0]
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place(moment).toPoint())
    assert chart.chosen == moment
    first = chart.scale.first
    free = QPoint(chart.width() // 2, 6)
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=free)
    qtbot.mouseMove(chart, free + QPoint(60, 0))
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=free + QPoint(60, 0))
    assert chart.scale.first < first
    idle(ann, qtbot)


def test_the_filter_leaves_only_one_kind(page, ann, qtbot):
    page.levels._buttons["years"].click()
    page.filter._buttons["treatments"].click()
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: rows_of(page) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: page.model.cells(0)[2] == "Zebranol", timeout=10_000)


def test_the_table_filters_sorts_and_opens_by_keyboard(page, ann, qtbot):
    page.levels._buttons["years"].click()
    qtbot.waitUntil(lambda: rows_of(page) == 8, timeout=10_000)
    qtbot.keyClicks(page.table.field, "zebra")
    qtbot.waitUntil(lambda: rows_of(page) == 2, timeout=10_000)
    heads = page.table.table.horizontalHeader()
    place = QPoint(heads.sectionViewportPosition(2) + 12, heads.height() // 2)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    idle(ann, qtbot)
    qtbot.waitUntil(lambda: page.model.cells(0)[2] == "Zebra fever", timeout=10_000)
    table = page.table.table
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in ann.findChildren(QDialog)), timeout=10_000)
    for one in ann.findChildren(QDialog):
        one.close()
    idle(ann, qtbot)


def test_it_begins_where_nearly_all_lies_and_a_key_shows_all_years(page, ann, qtbot):
    context = ann.desk.context
    for day in range(1, 29):
        for month in ("2025-12", "2026-03"):
            fields = {"title": "Fatigue", "happened": f"{month}-{day:02}", "value_text": "4"}
            entries.add(context.record, "Observation", context.person, fields)
    entries.add(context.record, "Procedure", context.person, {"title": "Tonsils out", "happened": "1985"})
    page._scale = None
    page.refresh()
    idle(ann, qtbot)
    chart = chart_of(page)
    assert chart.scale.since.year == 2025  # neither 1985 nor 2019 makes the rest tiny
    assert chart.scale.until.isoformat() >= "2026-03-31"
    qtbot.keyClick(chart, Qt.Key.Key_0)
    assert chart.scale.since.year < 1985
    idle(ann, qtbot)


def test_a_bar_too_short_for_its_words_tells_them_under_the_mouse(page, ann, qtbot):
    chart = chart_of(page)
    at = QPointF(chart._x(chart.scale.until.toordinal() - 1), 8)
    assert chart._span_under(at) == "Zebranol 5 mg, from 1 Feb 2026, not said until when"
    assert chart._span_under(QPointF(chart._area().left() + 1, 8)) == ""
    idle(ann, qtbot)


def test_what_is_no_fact_says_so_in_its_row():
    refused = Entry("Immunization", "Influenza vaccine", happened=PartialDate("2022"), status="not-done")
    assert entry_words(refused)[:4] == ("2022", "Vaccination", "Influenza vaccine", "not done")
    wrong = Entry("Observation", "Sodium", value=140, value_text="140", unit="mmol/L", status="entered-in-error")
    assert entry_words(wrong)[3] == "140 mmol/L · entered in error"
    assert entry_words(wrong.having(status="final"))[3] == "140 mmol/L"


def test_a_row_of_a_card_says_once_that_it_is_no_fact(ann):
    wrong = Entry("Condition", "Lupus", status="active", data={"verification": "refuted"})

    def said(words):
        row = EntryRow(ann.desk.context, wrong, words)
        return [one.text() for one in row.findChildren(QLabel)]

    assert "ruled out" in said("")
    assert "ruled out · Dr Blue" in said("Dr Blue")
    assert "Ruled out · Dr Blue" in said("Ruled out · Dr Blue")
