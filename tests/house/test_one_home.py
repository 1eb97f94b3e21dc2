"""A concept of health is built once: series, point, span, range and chart are classes of organizer/health."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import found_in, nodes, short, tree

OWNERS = "Series|Packet|Chart|Therapy|Medicine|Symptom|Measure"
CONCEPT = re.compile(rf"({OWNERS})?(Series|Point|Span|Range|ChartData|Reading)")
HOMES = ("organizer/health/series.py", "organizer/health/chart.py")
OTHERS = {
    "organizer/importing/core/format.py": {"Reading"},  # what a format found in a file
}


def concepts(module: ast.Module) -> set[str]:
    """The classes of a file that are a series, a point, a span, a range or a chart by their name."""
    names = {node.name for node in nodes(module) if isinstance(node, ast.ClassDef)}
    return {name for name in names if CONCEPT.fullmatch(name)}


def test_series_points_spans_ranges_and_charts_are_declared_once() -> None:
    def elsewhere(path: Path) -> set[str]:
        name = short(path)
        return set() if name in HOMES else concepts(tree(path)) - OTHERS.get(name, set())

    found = found_in(elsewhere)
    assert not found, (
        f"{found}: a second class of this kind knows half of what the first one knows; window, packet, exports and "
        "plan check all take theirs from organizer/health."
    )


@pytest.mark.parametrize("name", ["ChartPoint", "PacketSeries", "TherapySpan", "SeriesPoint", "MedicineSpan", "Range"])
def test_a_second_home_is_recognised(name: str) -> None:
    assert concepts(ast.parse(f"class {name}:\n    pass")) == {name}
