"""A number for people is written in one place: organizer/base/figures.py."""

import ast
import re

import pytest

from tests.house.source import found_in, nodes, tree

FORMAT_OF_A_NUMBER = re.compile(r"\{\w*:[<>^+,.\d]*[gGeEn]\}|%\.?\d*[ge]\b")


def formats_of_numbers(module: ast.Module) -> list[int]:
    """The lines that write a number with a format that may give an exponent or a computer's digits."""
    lines = []
    for node in nodes(module):
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
            spec = "".join(str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant))
            if spec[-1:] in set("gGeEn"):
                lines.append(node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and FORMAT_OF_A_NUMBER.search(node.value):
            lines.append(node.lineno)
    return lines


def test_a_number_for_people_is_written_in_one_place() -> None:
    found = found_in(lambda path: formats_of_numbers(tree(path)))
    found.pop("organizer/base/figures.py", None)  # the place for it
    assert not found, (
        f"{found} (lines) write a number with :g or :e, which makes 6e+06 of 5,930,000: organizer/base/figures.py "
        "writes numbers, organizer/health/printed.py values, ranges and doses."
    )


@pytest.mark.parametrize("line", ['f"{x:g}"', 'f"{x:.10g}"', '_("{a:g} mg").format(a=1)', 'f"{x:.3e}"', '"%.4g" % x'])
def test_a_number_with_an_exponent_is_recognised(line: str) -> None:
    assert formats_of_numbers(ast.parse(line))


@pytest.mark.parametrize("line", ['f"{x:,}"', 'f"{x:.1f}"', '_("{a} g").format(a=1)', 'f"{day:%d}"', '"100 % glucose"'])
def test_other_formats_are_left_alone(line: str) -> None:
    assert not formats_of_numbers(ast.parse(line))
