"""The chart by keyboard: each point within reach of the arrows, said in words, opened with Enter."""

import time
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from organizer.health.chart import ChartData
from organizer.health.series import Point, Range
from ui.look.theme import Theme
from ui.look.widgets.chart import Chart
from ui.look.widgets.series_chart import Course
from ui.shell.app import make_application

DAYS = (date(2026, 1, 5), date(2026, 3, 9), date(2026, 6, 1))


@pytest.fixture
def chart(qtbot):
    make_application([])
    points = tuple(Point(day, 2.9 - n, "", f"{2.9 - n:.1f}", f"entry-{n}") for n, day in enumerate(DAYS))
    made = Chart(Theme(), ChartData("Urine protein", "g/g", points, range=Range(high=0.2), goal=Range(high=0.5)))
    qtbot.addWidget(made)
    made.resize(700, 320)
    made.show()
    return made


def test_it_says_its_course_in_a_sentence(chart):
    assert "3 results" in chart.accessibleName() + chart.accessibleDescription()


def test_arrows_walk_the_points_and_enter_opens_one(chart, qtbot):
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert "0.9 g/g" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert "2.9 g/g" in chart.accessibleDescription()
    assert "2026" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    with qtbot.waitSignal(chart.point_activated) as opened:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened.args == ["entry-1"]


def test_the_words_about_a_point_lie_beside_the_dots_around_it(qtbot):
    make_application([])
    days = [date(2026, 1, 1) + timedelta(days=7 * n) for n in range(30)]
    values = [5.0 + (n % 3) for n in range(29)] + [4.6]
    points = tuple(Point(day, value, "", f"{value}") for day, value in zip(days, values, strict=True))
    made = Chart(Theme(), ChartData("Urine protein", "g/g", points))
    qtbot.addWidget(made)
    made.resize(700, 320)
    for at in (10, 20, 29):
        box = made.free_box(made.place(points[at]), 60, 16)
        assert not any(box.contains(made.place(point)) for point in points)
        assert made.rect().contains(box.toAlignedRect())


def test_a_click_on_a_point_opens_it(chart, qtbot):
    place = chart.place(Point(DAYS[1], 1.9, "", "1.9", "entry-1"))
    with qtbot.waitSignal(chart.point_activated) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    assert opened.args == ["entry-1"]


def test_a_series_without_numbers_is_drawn_and_said(qtbot):
    empty = Chart(Theme(), ChartData("Urine protein", "g/g", ()))
    qtbot.addWidget(empty)
    empty.show()
    qtbot.keyClick(empty, Qt.Key.Key_Left)
    assert not empty.grab().isNull()


def test_it_tells_assistive_technology_that_it_is_a_chart_with_its_numbers(chart):
    told = QAccessible.queryAccessibleInterface(chart)
    assert told.role() == QAccessible.Role.Chart
    assert told.text(QAccessible.Text.Name) == "Urine protein"
    words = told.text(QAccessible.Text.Description)
    assert "Lowest 0.9 g/g, highest 2.9 g/g." in words
    assert "Goal: at most 0.5." in words
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert told.text(QAccessible.Text.Description) == "2.9 g/g · 5 Jan 2026"


def test_it_shows_its_last_months_or_the_same_as_a_table(qtbot):
    make_application([])
    days = [date(2025, month, 1) for month in range(1, 13)] + [date(2026, 3, 1)]
    points = tuple(Point(day, n + 1.0, "", f"{n + 1}", f"entry-{n}") for n, day in enumerate(days))
    opened = []
    course = Course(Theme(), ChartData("Urine protein", "g/g", points), opened.append)
    qtbot.addWidget(course)
    course.show()
    keys = {one.accessibleName().partition(": ")[2]: one for one in course.choices.findChildren(QAbstractButton)}
    assert list(keys) == ["6 months", "1 year", "All", "Table"]
    keys["6 months"].click()
    assert "5 results, from 9 g/g" in course.chart.accessibleDescription()
    keys["Table"].click()
    assert not course.chart.isVisible()
    assert course.table.isVisible()
    assert QAccessible.queryAccessibleInterface(course.table).role() == QAccessible.Role.Table
    cells = [[course.table.item(row, column).text() for column in range(2)] for row in (0, 12)]
    assert cells == [["1 Mar 2026", "13 g/g"], ["1 Jan 2025", "1 g/g"]]
    course.table.setCurrentCell(0, 0)
    qtbot.keyClick(course.table, Qt.Key.Key_Return)
    assert opened == ["entry-12"]
    keys["All"].click()
    assert course.chart.isVisible()
    assert "13 results" in course.chart.accessibleDescription()


def test_a_course_of_any_length_is_drawn_at_once_and_its_table_says_that_it_holds_the_latest(qtbot):
    make_application([])
    points = tuple(
        Point(date(1990, 1, 1) + timedelta(days=n // 4), float(n % 90), "", f"{n % 90}", f"entry-{n}")
        for n in range(50_000)
    )
    course = Course(Theme(), ChartData("Glucose", "g/g", points), lambda _entry: None)
    qtbot.addWidget(course)
    course.show()
    began = time.process_time()
    course.chart.grab()
    assert time.process_time() - began < 0.5  # as one stroke: a third of a second for each two thousand
    assert "50000 results" in course.chart.accessibleDescription()
    next(one for one in course.choices.findChildren(QAbstractButton) if one.text() == "Table").click()
    assert course.table.horizontalHeaderItem(1).text() == "The latest 2,000 of 50,000 values"
    assert course.table.item(0, 1).text() == f"{points[-1].text} g/g"


@pytest.mark.parametrize(("right", "down", "opens"), [(23, 0, True), (0, -23, True), (-25, 0, False), (15, 15, False)])
def test_a_click_opens_what_lies_up_to_twenty_four_pixels_away(qtbot, right, down, opens):
    make_application([])
    point = Point(DAYS[1], 1.9, "", "1.9", "entry-1")
    chart = Chart(Theme(), ChartData("Urine protein", "g/g", (point,)))
    qtbot.addWidget(chart)
    chart.resize(700, 320)
    chart.show()
    opened = []
    chart.point_activated.connect(opened.append)
    place = chart.place(point)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()) + right, round(place.y()) + down))
    assert opened == (["entry-1"] if opens else [])
