"""How the code reads: one thought a line, one `for` a comprehension, a noun for a thing.

Files that don't keep these habits yet stand in dense_files.txt, which only shrinks: a file that reads well again is
taken out, and none is added. nested_comprehensions.txt holds how many comprehensions with two `for` a file still has,
and only shrinks too. `PYTHONPATH=. python tests/house/test_reading_habits.py` writes both anew after that.
"""

import ast
from pathlib import Path

from tests.house.source import nodes, product, short, tree

ALLOWED = Path(__file__).with_name("dense_files.txt")
ALLOWED_NESTED = Path(__file__).with_name("nested_comprehensions.txt")
MOST_BRANCHES = 0.30
"""Branches a line of code; measured models of well-kept programs have 0.13 to 0.28."""
FEWEST_LINES = 40
"""A file of fewer lines of code says little by its average."""
VAGUE = {"one", "told", "said", "kept", "found", "thing", "stuff"}
MOST_VAGUE = 4
BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.comprehension, ast.ExceptHandler, ast.match_case)


def branches(module: ast.Module) -> int:
    every = nodes(module)
    plain = sum(isinstance(node, BRANCHES) for node in every)
    joined = sum(len(node.values) - 1 for node in every if isinstance(node, ast.BoolOp))
    return plain + joined


def code_lines(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in lines)


def dense(path: Path) -> str:
    """What makes a file hard to read, in words; "" where nothing does."""
    module, lines = tree(path), code_lines(path)
    if lines <= FEWEST_LINES:
        return ""
    every = nodes(module)
    vague = sum(isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in VAGUE for node in every)
    share = branches(module) / lines
    faults = []
    if share > MOST_BRANCHES:
        faults.append(f"{share:.2f} branches a line")
    if vague > MOST_VAGUE:
        faults.append(f"{vague} variables without a noun")
    return ", ".join(faults)


def nested(module: ast.Module) -> int:
    """How many comprehensions of a file have two `for` or more."""
    return sum(len(getattr(node, "generators", ())) > 1 for node in nodes(module))


def nested_comprehensions() -> dict[str, int]:
    return {short(path): count for path in product() if (count := nested(tree(path)))}


def allowed_nested() -> dict[str, int]:
    lines = [line.split() for line in ALLOWED_NESTED.read_text(encoding="utf-8").splitlines()]
    return {name: int(count) for name, count in lines}


def dense_files() -> dict[str, str]:
    return {short(path): faults for path in product() if (faults := dense(path))}


def allowed() -> set[str]:
    return set(ALLOWED.read_text(encoding="utf-8").split())


def test_no_further_file_is_pressed() -> None:
    further = {name: faults for name, faults in dense_files().items() if name not in allowed()}
    assert not further, f"{further}: one thought a line, one `for` a comprehension, a noun in place of `one` or `told`."


def test_a_file_that_reads_well_again_leaves_the_list() -> None:
    better = allowed() - set(dense_files())
    assert not better, f"{sorted(better)} keep the habits now: take them out of {ALLOWED.name}, which only shrinks."


def test_no_further_comprehension_has_two_for() -> None:
    allowed_there = allowed_nested()
    further = {name: count for name, count in nested_comprehensions().items() if count > allowed_there.get(name, 0)}
    assert not further, (
        f"{further}: chain.from_iterable, itertools.product or a named step in place of the second `for`."
    )


def test_the_list_of_nested_comprehensions_only_shrinks() -> None:
    left = nested_comprehensions()
    better = {name for name, count in allowed_nested().items() if count > left.get(name, 0)}
    assert not better, f"{sorted(better)} have fewer now: write {ALLOWED_NESTED.name} anew, it only shrinks."


def test_what_is_measured_is_seen() -> None:
    pressed = ast.parse("found = [a or b for a in c for b in d if a and b]")
    assert branches(pressed) == 4
    assert nested(pressed) == 1
    assert nested(ast.parse("found = [[a for a in b] for b in c]")) == 0


if __name__ == "__main__":
    ALLOWED.write_text("\n".join(sorted(dense_files())) + "\n", encoding="utf-8")
    counted = [f"{name} {count}" for name, count in sorted(nested_comprehensions().items())]
    ALLOWED_NESTED.write_text("\n".join(counted) + "\n", encoding="utf-8")
