"""Nothing of a person is kept in memory longer than their record is open.

What is asked in a record's words is remembered by `organizer.base.remembered`, what is dear to make of its originals is
kept by the session (`Session.kept`); both forget when it closes. A plain cache is for what comes with the program.
"""

import ast
from pathlib import Path

import pytest

from tests.house.source import found_in, nodes, tree

IN_THE_PROGRAMS_OWN_WORDS = frozenset({
    "_around", "_book", "_compiled", "_face", "_filling", "_in_english", "_letters_of", "_read", "_registered",
    "_renderer", "_role", "_route", "_searchable_fields", "_svg", "_table", "_translation", "_with_codes", "full_names",
    "phrases_of", "session", "taken_back_by",
})  # fmt: skip
"""Functions with a plain cache that are asked about concepts, phrases, fonts, models, paths and kinds,
never about a person."""
FORGETFUL = ("organizer/base/remembered.py", "organizer/store/series_keys.py")
"""Where functools.lru_cache stands: the one place for it, and a cache that goes with its connection."""


def _is_cache(decorator: ast.expr, name: str) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id == name


def _lasting(module: ast.Module) -> list[str]:
    """The functions that keep answers to questions for as long as the program runs."""
    functions = [node for node in nodes(module) if isinstance(node, ast.FunctionDef) and node.args.args]
    kept = [each for each in functions if any(_is_cache(decorator, "cache") for decorator in each.decorator_list)]
    return [each.name for each in kept if each.name not in IN_THE_PROGRAMS_OWN_WORDS]


def _bounded(module: ast.Module) -> list[int]:
    return [node.lineno for node in nodes(module) if isinstance(node, ast.Name) and node.id == "lru_cache"]


def _growing(module: ast.Module) -> list[int]:
    """Module-level collections that begin empty: something is put into them later."""
    assigned = [node for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
    return [node.lineno for node in assigned if _is_empty(node.value)]


def _is_empty(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call) and not value.args and not value.keywords:
        name = value.func.id if isinstance(value.func, ast.Name) else getattr(value.func, "attr", "")
        return name in ("dict", "list", "set", "OrderedDict", "defaultdict", "deque", "WeakKeyDictionary")
    return (isinstance(value, ast.Dict) and not value.keys) or (isinstance(value, ast.List) and not value.elts)


def _is_allowed(path: Path) -> bool:
    """Filled while the module is read, from the program's own tables; or the last folders of dialogs, which are needed
    where no record is open, and forgotten when one is locked (tests/ui/test_saved_files.py)."""
    return path.name in ("headings.py", "remembered.py", "saved_files.py")


def test_no_function_keeps_a_persons_words_for_good() -> None:
    assert not found_in(lambda path: _lasting(tree(path)))


def test_what_is_asked_in_a_records_words_is_forgotten_with_it() -> None:
    found = found_in(lambda path: _bounded(tree(path)))
    assert set(found) <= set(FORGETFUL), f"{found}: use organizer.base.remembered"


def test_no_module_gathers_anything_while_the_program_runs() -> None:
    assert not found_in(lambda path: () if _is_allowed(path) else _growing(tree(path)))


@pytest.mark.parametrize(
    ("text", "look", "seen"),
    [
        ("@cache\ndef title_of(entry): ...", _lasting, ["title_of"]),
        ("@cache\ndef table(): ...", _lasting, []),
        ("@lru_cache(maxsize=4)\ndef page(data): ...", _bounded, [1]),
        ("_KEPT: dict[str, str] = {}", _growing, [1]),
        ("_KEPT = OrderedDict()", _growing, [1]),
        ("WORDS = {'a': 1}", _growing, []),
    ],
)
def test_what_would_be_kept_is_seen(text, look, seen) -> None:
    assert look(ast.parse(text)) == seen
