"""One file of results, drawn in the window and printed on paper from the same series."""

import re

import pypdfium2
import pytest
from PySide6.QtCore import QPointF

from organizer.base.progress import NoProgress
from organizer.health.chart import chart_of
from organizer.services.bring_in import importing
from organizer.services.follow import measures
from organizer.services.opinion import packets
from organizer.services.opinion.packets import PacketChoice
from organizer.services.record import people
from tests.made_records import opened_copy
from ui.look.theme import Theme
from ui.look.widgets.chart import Chart
from ui.shell.app import make_application

EXPONENT = re.compile(r"\de[+-]?\d")


@pytest.fixture(scope="module")
def imported(blank_record, tmp_path_factory, checkout):
    with opened_copy(blank_record(), tmp_path_factory.mktemp("rbc")) as record:
        ann = people.people(record)[0].id
        plan = importing.plan_import(record, [checkout / "tests/data/series/rbc.csv"], ann, NoProgress())
        importing.accept_import(record, plan, NoProgress())
    return record.path


@pytest.fixture
def record(imported, tmp_path):
    with opened_copy(imported, tmp_path) as made:
        yield made


@pytest.fixture
def series(record):
    ann = people.people(record)[0].id
    return {name: measures.series(record, ann, name) for name in ("CRP", "Erythrocytes")}


def drawn(qtbot, series):
    """The chart of a series as a picture, and the chart."""
    make_application([])
    chart = Chart(Theme(), chart_of(series))
    qtbot.addWidget(chart)
    chart.resize(700, 300)
    return chart, chart.grab().toImage()


def colour(image, spot):
    return image.pixelColor(round(spot.x()), round(spot.y())).name()


def test_in_the_window_another_laboratory_is_hollow_and_neither_is_joined(qtbot, series):
    chart, image = drawn(qtbot, series["CRP"])
    accent, ground = (Theme().color(token).name() for token in ("accent", "surface"))
    places = [chart.place(point) for point in series["CRP"].points]
    assert [colour(image, place) for place in places] == [accent, ground, ground, ground]
    between = [(places[0] + places[1]) * 0.5, (places[1] + places[2]) * 0.5, (places[2] + places[3]) * 0.5]
    assert accent not in [colour(image, place + QPointF(0, off)) for place in between for off in (-1, 0, 1)]


def test_in_the_window_the_main_laboratorys_numbers_are_joined_past_the_other_one(qtbot, series):
    chart, image = drawn(qtbot, series["Erythrocytes"])
    accent = Theme().color("accent").name()
    first, second, other, last = (chart.place(point) for point in series["Erythrocytes"].points)
    assert accent in [colour(image, (second + last) * 0.5 + QPointF(0, off)) for off in (-1, 0, 1)]
    assert accent not in [colour(image, (second + other) * 0.5 + QPointF(0, off)) for off in (-1, 0, 1)]
    assert accent in [colour(image, (first + second) * 0.5 + QPointF(0, off)) for off in (-1, 0, 1)]


def test_what_the_window_says_of_millions_has_no_exponent(qtbot, series):
    chart, _image = drawn(qtbot, series["Erythrocytes"])
    words = chart.accessibleDescription()
    assert "4712000 /µL on 5 Jan 2025" in words
    assert not EXPONENT.search(words)


def test_the_numbers_of_the_axis_have_all_their_room(qtbot, series):
    chart, _image = drawn(qtbot, series["Erythrocytes"])
    numbers = chart.fontMetrics()
    widest = max(numbers.horizontalAdvance(words) for _tick, words in chart.plot.ticks)
    assert [words for _tick, words in chart.plot.ticks][-1] == "6,000,000"
    assert chart.plot.area.left() > widest


def test_the_last_value_does_not_lie_on_what_is_named_at_the_right(qtbot, series):
    for name in ("CRP", "Erythrocytes"):
        chart, _image = drawn(qtbot, series[name])
        box = chart.plot.free_box(chart.place(series[name].points[-1]), 90, 16)
        assert not any(box.intersects(named) for named, _limit in chart.plot.named_at_right())


def test_on_paper_the_same_is_said_and_no_number_has_an_exponent(record, tmp_path):
    out = tmp_path / "packet.pdf"
    packets.write_packet(record, PacketChoice(people.people(record)[0].id), out, NoProgress())
    document = pypdfium2.PdfDocument(out)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "hollow: another laboratory, not joined" in text
    assert "below what was measurable" in text
    assert "<0.6" in text
    assert "6,000,000" in text
    assert "4250000–5930000" in text  # as the file's own columns have it, uncut
    assert not EXPONENT.search(text)
