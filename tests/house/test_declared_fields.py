"""A field of an entry that is read is declared by a kind: what nobody can write is never there to be read.

`entry.text("effect_note")` reads nothing and says nothing; neither mypy nor a test of behaviour notices.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from organizer.model.kinds import KINDS
from tests.house.source import found_in, nodes, tree

DECLARED = {field.name for kind in KINDS for field in kind.fields}


def texts(node: ast.expr) -> list[str]:
    """The texts that an expression lists: one, or a tuple of several."""
    values = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    return [one.value for one in values if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def named(module: ast.Module) -> dict[str, list[str]]:
    """The texts that a name of a loop goes through (`for name in ("range_low", "range_high")`)."""
    loops = [one for one in nodes(module) if isinstance(one, ast.comprehension | ast.For)]
    found: dict[str, list[str]] = {}
    for loop in loops:
        if isinstance(loop.target, ast.Name) and isinstance(loop.iter, ast.Tuple):
            found.setdefault(loop.target.id, []).extend(texts(loop.iter))
    return found


def is_data(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "data"


def read_by(node: ast.AST) -> ast.expr | None:
    """The expression that names the field: of `entry.text(…)`, `entry.date(…)` and whatever asks `entry.data`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) in (1, 2):
        of_entry = node.func.attr in ("text", "date") and len(node.args) == 1
        of_data = node.func.attr == "get" and is_data(node.func.value)
        return node.args[0] if of_entry or of_data else None
    if isinstance(node, ast.Subscript) and is_data(node.value):
        return node.slice
    if isinstance(node, ast.Compare) and len(node.comparators) == 1 and is_data(node.comparators[0]):
        return node.left
    return None


def fields_read(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of each field that a module reads by a name written in it."""
    loops = named(module)
    for node in nodes(module):
        field = read_by(node)
        if field is not None:
            names = loops.get(field.id, []) if isinstance(field, ast.Name) else texts(field)
            yield from ((getattr(node, "lineno", 0), name) for name in names)


def undeclared(path: Path) -> list[tuple[int, str]]:
    return [(line, name) for line, name in fields_read(tree(path)) if name not in DECLARED]


def test_every_field_that_is_read_is_declared_by_a_kind() -> None:
    assert found_in(undeclared) == {}


def test_a_field_that_nobody_declares_is_found_however_it_is_read() -> None:
    source = """
entry.text("effect_note")
entry.data.get("other_note", "")
entry.data["third_note"]
if "fourth_note" in entry.data: pass
ends = [entry.data.get(name) for name in ("range_low", "fifth_note")]
entry.date("sixth_note")
entry.text("note")
fhir.text(node, "not_a_field")
"""
    read = [name for _line, name in fields_read(ast.parse(source))]
    unknown = {name for name in read if name not in DECLARED}
    assert unknown == {"effect_note", "other_note", "third_note", "fourth_note", "fifth_note", "sixth_note"}
    assert {"range_low", "note"} <= set(read)
