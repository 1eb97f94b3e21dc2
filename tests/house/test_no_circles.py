"""No two files import each other, not even by way of others, and not within a function either."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.source import nodes, product, short, tree


def _module(name: str) -> str:
    return name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _imported(module: ast.Module) -> set[str]:
    """All that a file imports: modules, and names of packages that may be modules. Types alone are no tie."""
    types_only = {
        id(node)
        for branch in nodes(module)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for node in ast.walk(branch)
    }
    names: set[str] = set()
    for node in nodes(module):
        if id(node) in types_only:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _ties() -> dict[str, set[str]]:
    """Each file's module with those that it imports; what a package's face hands on is no tie of its files to it."""
    files = {_module(short(path)): path for path in product()}
    faces = {name for name, path in files.items() if path.name == "__init__.py"}
    ties = {}
    for name, path in files.items():
        if name not in faces:
            ties[name] = {other for other in _imported(tree(path)) & files.keys() if other not in faces}
    return ties


def test_no_files_import_each_other() -> None:
    try:
        TopologicalSorter(_ties()).prepare()
    except CycleError as error:
        pytest.fail(f"{' → '.join(error.args[1])}: what both need goes into a file of its own")


def test_a_circle_is_seen_within_a_function_too() -> None:
    inside = ast.parse("def later():\n    from ui.shell.app import run\n")
    assert "ui.shell.app" in _imported(inside)
    assert "ui.shell.app" not in _imported(ast.parse("if TYPE_CHECKING:\n    from ui.shell.app import run\n"))
