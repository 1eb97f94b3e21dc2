"""The chart by keyboard: each point within reach of the arrows, said in words, opened with Enter."""

import time
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from organizer.base.dates import spoken_day
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
        box = made.plot.free_box(made.place(points[at]), 60, 16)
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
    assert course.table.horizontalHeaderItem(1).text() == "The latest 2000 of 50,000 values"
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


@pytest.fixture
def long_chart(qtbot):
    """Forty results, ten days apart."""
    make_application([])
    points = tuple(
        Point(date(2025, 1, 1) + timedelta(days=10 * n), 5.0 + n % 3, "", f"{5 + n % 3}", f"entry-{n}")
        for n in range(40)
    )
    made = Chart(Theme(), ChartData("Glucose", "mmol/L", points, goal=Range(high=7.2)))
    qtbot.addWidget(made)
    made.resize(700, 320)
    made.show()
    return made


def seen(chart):
    return [point.entry_id for point in chart.view.points]


def wheel(chart, spot, notches, held=Qt.KeyboardModifier.ControlModifier):
    there = QPointF(chart.mapToGlobal(spot.toPoint()))
    begin, plain = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    event = QWheelEvent(spot, there, QPoint(), QPoint(0, 120 * notches), plain, held, begin, False)
    QApplication.sendEvent(chart, event)
    return event.isAccepted()


def test_ctrl_and_the_wheel_look_closer_at_what_lies_under_the_pointer(long_chart):
    spot = long_chart.place(long_chart.view.points[20])
    assert wheel(long_chart, spot, 3)
    assert 8 < len(seen(long_chart)) < 20
    assert "entry-20" in seen(long_chart)
    point = next(each for each in long_chart.view.points if each.entry_id == "entry-20")
    assert abs(long_chart.place(point).x() - spot.x()) < 6
    assert wheel(long_chart, spot, -9)
    assert len(seen(long_chart)) == 40


def test_the_wheel_alone_scrolls_the_page(long_chart):
    assert not wheel(long_chart, long_chart.plot.area.center(), 3, Qt.KeyboardModifier.NoModifier)
    assert len(seen(long_chart)) == 40


def test_plus_and_minus_and_nought_zoom_and_shift_with_an_arrow_moves_on(long_chart, qtbot):
    for _press in range(3):
        qtbot.keyClick(long_chart, Qt.Key.Key_Plus)
    newest = seen(long_chart)
    assert newest[-1] == "entry-39"
    assert len(newest) < 20
    qtbot.keyClick(long_chart, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert seen(long_chart)[-1] != "entry-39"
    assert set(seen(long_chart)) & set(newest)
    qtbot.keyClick(long_chart, Qt.Key.Key_Minus)
    assert len(seen(long_chart)) > len(newest)
    qtbot.keyClick(long_chart, Qt.Key.Key_0)
    assert len(seen(long_chart)) == 40


def test_an_arrow_goes_on_to_results_beyond_what_is_seen(long_chart, qtbot):
    for _press in range(3):
        qtbot.keyClick(long_chart, Qt.Key.Key_Plus)
    qtbot.keyClick(long_chart, Qt.Key.Key_Home)
    first = int(seen(long_chart)[0].partition("-")[2])
    qtbot.keyClick(long_chart, Qt.Key.Key_Left)
    before = date(2025, 1, 1) + timedelta(days=10 * (first - 1))
    assert spoken_day(before) in long_chart.accessibleDescription()
    assert f"entry-{first - 1}" in seen(long_chart)


def drag(chart, qtbot, begin, to):
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=begin)
    for step in range(1, 6):
        spot = begin + (to - begin) * (step / 5)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(spot),
            QPointF(chart.mapToGlobal(spot)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(chart, event)
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=to)


def test_dragging_moves_on_and_opens_nothing_and_a_double_click_shows_all(long_chart, qtbot):
    opened = []
    long_chart.point_activated.connect(opened.append)
    for _press in range(3):
        qtbot.keyClick(long_chart, Qt.Key.Key_Plus)
    newest = seen(long_chart)
    point = long_chart.place(long_chart.view.points[2]).toPoint()
    drag(long_chart, qtbot, point, point + QPoint(250, 0))
    assert int(seen(long_chart)[0].partition("-")[2]) < int(newest[0].partition("-")[2])
    assert opened == []
    empty = long_chart.plot.area.topLeft().toPoint() + QPoint(3, 3)
    qtbot.mouseDClick(long_chart, Qt.MouseButton.LeftButton, pos=empty)
    assert len(seen(long_chart)) == 40


def test_the_last_value_and_every_point_s_words_keep_off_the_goal_and_the_axes(long_chart):
    goal, area = long_chart.plot.y(7.2), long_chart.plot.area
    for point in long_chart.view.points:
        box = long_chart.plot.free_box(long_chart.place(point), 180, 18)
        assert not box.top() <= goal <= box.bottom()
        assert area.left() <= box.left()
        assert box.right() <= area.right() + 0.01
        assert box.bottom() <= area.bottom()


def test_where_results_crowd_the_arrows_walk_their_means_and_enter_looks_closer(qtbot):
    make_application([])
    points = tuple(
        Point(date(2022, 1, 1) + timedelta(days=n), 100.0 + n * 37 % 90, "", f"{100 + n * 37 % 90}", f"entry-{n}")
        for n in range(1600)
    )
    course = Course(Theme(), ChartData("Glucose", "mg/dL", points), lambda _entry: None)
    qtbot.addWidget(course)
    course.resize(500, 420)
    course.show()
    chart = course.chart
    assert "the mean of each month" in course.days.text()
    assert "the mean of each month" in chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.accessibleDescription().startswith("Jan 2022: mean 1")
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chart.view.days.length < 120
    assert len(chart.view.points) > 40
    assert {f"entry-{n}" for n in range(31)} <= set(seen(chart))
    assert "2021 to" in course.days.text()


def test_what_is_laid_over_is_named_read_at_the_right_and_reached_by_the_arrows(qtbot):
    make_application([])
    weight = tuple(Point(day, 80.0 + n, "", f"{80 + n}", f"kg-{n}") for n, day in enumerate(DAYS))
    sugar = tuple(Point(day, 5.0 + n, "", f"{5 + n}", f"sugar-{n}") for n, day in enumerate(DAYS))
    made = Chart(Theme(), ChartData("Weight", "kg", weight), ChartData("Glucose", "mmol/L", sugar))
    qtbot.addWidget(made)
    made.resize(700, 360)
    made.show()
    assert made.plot.area.right() < 700 - made.fontMetrics().horizontalAdvance("10")
    walked = []
    qtbot.keyClick(made, Qt.Key.Key_Home)
    for _step in range(6):
        walked.append(made.accessibleDescription().partition(" · ")[0])
        qtbot.keyClick(made, Qt.Key.Key_Right)
    assert sorted(walked) == ["Glucose"] * 3 + ["Weight"] * 3
    with qtbot.waitSignal(made.point_activated) as opened:
        qtbot.keyClick(made, Qt.Key.Key_Return)
    assert opened.args == ["sugar-2"]


def test_it_is_copied_as_a_picture_by_key_and_its_menu_names_the_ways(long_chart, qtbot):
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    qtbot.keyClick(long_chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.image().width() >= 700
    assert clipboard.image().height() > 320
    spot = QPoint(20, 20)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, long_chart.mapToGlobal(spot))
    QApplication.sendEvent(long_chart, event)
    menu = next(each for each in long_chart.findChildren(QMenu) if each.isVisible())
    by_words = {action.text(): action for action in menu.actions()}
    assert list(by_words)[-2:] == ["Copy as a picture", "Save as a picture…"]
    with qtbot.waitSignal(long_chart.keep_asked):
        by_words["Save as a picture…"].trigger()
    by_words["Look closer (+)"].trigger()
    assert len(seen(long_chart)) < 40
    menu.close()
