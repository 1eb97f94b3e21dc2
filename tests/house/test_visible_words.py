"""The words that a person reads accuse nobody."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, found_in, nodes, tree

FORBIDDEN = re.compile(r"\b(misdiagnosed|negligent|malpractice|failed|refused)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|„[^“]*“|`[^`]*`")


def visible(path: Path) -> Iterator[str]:
    """The texts that `_`, `marked` and `ngettext` are given: all that a person reads."""
    for node in nodes(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "marked", "ngettext"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def test_no_text_accuses_outside_quotes() -> None:
    assert "Stop it" in visible(ROOT / "ui/shell/main_window.py")
    found = found_in(lambda path: [text for text in visible(path) if FORBIDDEN.search(QUOTED.sub("", text))])
    assert not found, f"{found}: what happened is told, nobody is accused of it."
