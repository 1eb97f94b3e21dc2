"""A status is a member of its type (organizer/model/statuses.py): a misspelt word would never be met."""

import ast
from itertools import chain

from tests.house.source import found_in, nodes, tree

_STATES = ("status", "verification")


def _compared_with_text(module: ast.Module) -> list[int]:
    """The lines on which a state of an entry is compared with a bare text."""
    lines = []
    for node in nodes(module):
        if not isinstance(node, ast.Compare):
            continue
        sides = [node.left, *node.comparators]
        if any(isinstance(side, ast.Attribute) and side.attr in _STATES for side in sides):
            parts = chain.from_iterable(ast.walk(side) for side in sides)
            lines += [part.lineno for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return lines


def test_a_status_is_compared_by_its_name_never_by_a_text_that_may_be_misspelt() -> None:
    assert not found_in(lambda path: _compared_with_text(tree(path)))


def test_a_comparison_with_a_text_is_seen() -> None:
    assert _compared_with_text(ast.parse("if entry.status in ('', 'compleated'):\n    pass")) == [1, 1]
