"""Charts on paper: a dose in the room that there is. What a chart shows is tested in tests/organizer/health."""

import io
import re

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from organizer.health.chart import chart_of
from organizer.health.series import Range
from organizer.packet.page import style
from organizer.packet.page.charts import SeriesChart, amount
from organizer.packet.page.tags import Tags
from tests.organizer.packet.people import entry, series_of


def test_a_dose_is_shortened_to_its_amount():
    assert amount("30 mg once a day") == "30 mg"
    assert amount("one tablet") == "one tablet"


def lines_and_numbers(values, goal):
    """The heights of the dashed lines of a small chart, and from where to where each value's number reaches."""
    style.register_fonts()
    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(300, 200), invariant=1, pageCompression=0)
    canvas.casebook_tags = Tags()
    points = [
        entry("Observation", "Score", f"2026-{number:02}-03", "lab:1", value=value, value_text=str(value), unit="g/L")
        for number, value in enumerate(values, 1)
    ]
    data = chart_of(series_of(points, goal=Range(None, goal, f"goal < {goal}")))
    SeriesChart(data, 194, 60, small=True).draw(canvas, 20, 180)
    canvas.save()
    with pikepdf.open(paper) as opened:
        code = opened.pages[0].Contents.read_bytes().decode("latin-1")
    dashed = code[code.index("[4 2.5]") : code.index("[] 0 d", code.index("[4 2.5]"))]
    heights = [float(y) for y in re.findall(r"n [\d.]+ ([\d.]+) m [\d.]+ [\d.]+ l S", dashed)]
    written = re.findall(r"1 0 0 1 ([\d.]+) ([\d.]+) Tm [^()]*\(((?:[^()\\]|\\.)*)\)", code)
    numbers = {text: (float(y), float(y) + 7) for _x, y, text in written if text in {str(value) for value in values}}
    return heights, numbers


@pytest.mark.parametrize("values", [(5.0, 4.2), (4.2, 5.1), (3.9, 4.0, 3.8), (4.0, 4.0), (6.0, 3.4)])
def test_no_number_stands_on_the_goals_line(values):
    heights, numbers = lines_and_numbers(values, 4)
    assert len(heights) == 1
    assert len(numbers) >= len(set(values)) - 1
    for low, high in numbers.values():
        assert not low < heights[0] < high
