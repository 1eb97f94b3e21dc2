"""The product's own source as files and syntax trees, for the tests of this folder."""

import ast
import re
import subprocess
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("base", "model", "health", "store", "importing", "packet", "exporting", "services")


@cache
def product() -> tuple[Path, ...]:
    """Every Python file that is shipped: main.py, organizer, ui, resources."""
    found = [ROOT / "main.py"] if (ROOT / "main.py").exists() else []
    for folder in ("organizer", "ui", "resources"):
        found += sorted((ROOT / folder).rglob("*.py"))
    return tuple(found)


def found_in(look: Callable[[Path], Collection[object]], under: str = "") -> dict[str, Collection[object]]:
    """What a look at each shipped file finds, by the file's name; empty where all is well."""
    paths = [path for path in product() if short(path).startswith(under)]
    assert len(paths) > 50, "so many files that a rule is tried on something"
    return {short(path): found for path in paths if (found := look(path))}


@cache
def make_targets() -> frozenset[str]:
    """What can be typed behind `make`: each rule's names, and those of TASKS, which share one rule."""
    made = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
    names = re.findall(r"^TASKS := (.*)$|^([a-z][a-z -]*):", made, re.MULTILINE)
    return frozenset(" ".join(part for pair in names for part in pair).split())


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes(module: ast.Module) -> tuple[ast.AST, ...]:
    """Every node of a syntax tree, gone through once for all rules."""
    return tuple(ast.walk(module))


def short(path: Path) -> str:
    """Its name within the project."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project that git knows or would take; empty where this is no git checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    names = listed.stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def imported(module: ast.Module) -> set[str]:
    """Every module name that is imported anywhere in the tree, also inside functions."""
    names: set[str] = set()
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
