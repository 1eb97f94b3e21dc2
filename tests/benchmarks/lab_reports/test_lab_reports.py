"""A quick part of the benchmark: some layouts of each sort from their text layer, and one scan."""

import pytest

pytest.importorskip("reportlab")

from organizer.importing.page_text import recognition
from tests.benchmarks.lab_reports.reading import read_scan, read_text_layer
from tests.benchmarks.lab_reports.scoring import Score
from tests.benchmarks.lab_reports.styles import STYLES


def test_reports_of_many_layouts_are_read_from_their_text_layer() -> None:
    total = Score()
    for number in range(0, len(STYLES), 4):
        total.add(read_text_layer(STYLES[number], seed=20_000 + number))
    assert total.results > 150
    assert total.exact >= 0.98 * total.results, total.misses
    assert total.wrong_certain <= 0.005 * total.results, total.misses


@pytest.mark.skipif(not recognition.is_built_in(), reason="the models are not in resources/recognition")
def test_a_bad_scan_is_read_with_its_doubts() -> None:
    told = read_scan(next(style for style in STYLES if style.locale == "us" and style.font == "Inter"), seed=20_000)
    assert told.exact >= 0.6 * told.results, told.misses
    assert told.wrong_certain <= 1, told.misses
