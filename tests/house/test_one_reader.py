"""Printed numbers and dates have one reader each: organizer/base/numbers.py, results.py and written_dates.py."""

import ast
import re

import pytest

from tests.house.source import found_in, nodes, tree

HOME = "organizer/base/"
DATE_LIKE = re.compile(r"\\d\{1,2\}\)?\s?\(?\[[^\]]*[/-][^\]]*\]")
"""A regular expression for a day and a month with a mark between them."""
MONTHS = {"january", "januar", "enero", "janvier", "jan"}


def second_readers(module: ast.Module) -> list[int]:
    """The lines that turn a decimal comma into a point, look for dates by themselves, or know the months by name."""
    lines = []
    for node in nodes(module):
        if isinstance(node, ast.Call) and _makes_a_comma_a_point(node):
            lines.append(node.lineno)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _looks_for_dates(node.value):
            lines.append(node.lineno)
    return lines


def _makes_a_comma_a_point(call: ast.Call) -> bool:
    given = [getattr(argument, "value", None) for argument in call.args]
    return isinstance(call.func, ast.Attribute) and call.func.attr == "replace" and given == [",", "."]


def _looks_for_dates(text: str) -> bool:
    return DATE_LIKE.search(text) is not None or text.casefold() in MONTHS


def test_numbers_and_dates_are_read_in_one_place() -> None:
    found = {path: lines for path, lines in found_in(lambda path: second_readers(tree(path))).items() if lines}
    elsewhere = {path: lines for path, lines in found.items() if not path.startswith(HOME)}
    assert not elsewhere, (
        f"{elsewhere} (lines) read numbers or dates by themselves: ask organizer/base/numbers.py, results.py or "
        "written_dates.py, which also say what may be two."
    )


@pytest.mark.parametrize(
    "line", ['x.replace(",", ".")', 're.compile(r"(\\d{1,2})[./-](\\d{1,2})")', 'months = ("January", "February")']
)
def test_a_second_reader_is_recognised(line: str) -> None:
    assert second_readers(ast.parse(line))


@pytest.mark.parametrize("line", ['x.replace(",", ";")', 're.compile(r"\\d{1,2}:\\d{2}")', '"in January 2020"'])
def test_other_lines_are_no_readers(line: str) -> None:
    assert not second_readers(ast.parse(line))
