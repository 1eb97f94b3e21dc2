"""The chart by keyboard: each point within reach of the arrows, said in words, opened with Enter."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt

from ui.app import make_application
from ui.theme import Theme
from ui.widgets.chart import Chart, ChartData, ChartPoint

DAYS = (date(2026, 1, 5), date(2026, 3, 9), date(2026, 6, 1))


@pytest.fixture
def chart(qtbot):
    make_application([])
    points = tuple(ChartPoint(day, 2.9 - n, f"{2.9 - n:.1f} g/g", f"entry-{n}") for n, day in enumerate(DAYS))
    made = Chart(Theme(), ChartData("Urine protein", "g/g", points, range_high=0.2, goal_high=0.5))
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


def test_a_click_on_a_point_opens_it(chart, qtbot):
    place = chart.place(ChartPoint(DAYS[1], 1.9, "1.9 g/g", "entry-1"))
    with qtbot.waitSignal(chart.point_activated) as opened:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    assert opened.args == ["entry-1"]


def test_a_series_without_numbers_is_drawn_and_said(qtbot):
    empty = Chart(Theme(), ChartData("Urine protein", "g/g", ()))
    qtbot.addWidget(empty)
    empty.show()
    qtbot.keyClick(empty, Qt.Key.Key_Left)
    assert not empty.grab().isNull()
