"""`make mutate`: which limits of the code does no test hold in place?

In a copy of the tree one number or one boundary is changed at a time: a constant of a module or of a comparison goes a
tenth (a whole number below ten: one) up and down, `<` becomes `<=` and the other way. Then the tests that mirror the
module run. What they don’t notice survives; mutate_explained.txt says of each known survivor, or of every change of
some code, why that is right. The tool fails where another survives.

    make mutate                                        # the packages in which a limit decides what a person is told
    make mutate IN=organizer/health/course N=20 SEED=7  # a quick look at twenty, drawn by a seed
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("mutate_explained.txt")
PLACES = ("organizer/health", "organizer/base", "organizer/packet/sensitive.py", "organizer/services/follow")
COPIED = ("organizer", "ui", "tests", "resources", "docs", "packaging", "main.py", "pyproject.toml", "Makefile")
BOUNDARIES = {ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">")}
SMALL = 10  # a whole number below it is changed by one, any other number by a tenth
EVERY = "every change"
LONGEST = 300  # seconds, after which a change counts as caught: it may well loop for ever


@dataclass(frozen=True, order=True)
class Mutation:
    """One change: the bytes from `start` to `end` of a file become `after`; `where` is the code around them."""

    path: str
    start: int
    end: int
    where: str
    before: str
    after: str

    def spoken(self) -> str:
        """As the list of explained survivors names it."""
        return f"{self.path} | {self.where} | {self.before} → {self.after}"

    def every(self) -> str:
        """As that list names whatever change of the same code."""
        return f"{self.path} | {self.where} | {EVERY}"


def mutations(path: str, source: bytes) -> Iterator[Mutation]:
    """Every change of one file, in the order of its lines."""
    offsets = [0]
    for line in source.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line))
    module = ast.parse(source)
    for holder in _holders(module):
        where = " ".join(ast.unparse(holder).split())[:80]
        for number in _numbers(holder):
            start, end = _span(number, offsets)
            written = source[start:end].decode()
            for after in _nudged(number.value):
                yield Mutation(path, start, end, where, written, after)
        for start, end, before, after in _boundaries(holder, source, offsets):
            yield Mutation(path, start, end, where, before, after)


def _holders(module: ast.Module) -> Iterator[ast.AST]:
    """Assignments of the module and of its classes, and the comparisons anywhere."""
    for body in (module.body, *(node.body for node in module.body if isinstance(node, ast.ClassDef))):
        yield from (node for node in body if isinstance(node, ast.Assign | ast.AnnAssign))
    for node in ast.walk(module):
        if isinstance(node, ast.Compare) and any(type(sign) in BOUNDARIES for sign in node.ops):
            yield node


def _numbers(holder: ast.AST) -> Iterator[ast.Constant]:
    """The numbers of an assignment; those that a comparison names itself, not those of an index in it."""
    nodes = ast.walk(holder) if not isinstance(holder, ast.Compare) else iter((holder.left, *holder.comparators))
    for node in nodes:
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node


def _nudged(value: float) -> tuple[str, str]:
    if isinstance(value, int):
        step = 1 if abs(value) < SMALL else max(1, round(abs(value) / 10))
        return str(value + step), str(value - step)
    step = abs(value) / 10 or 0.1
    return f"{value + step:.12g}", f"{value - step:.12g}"


def _span(node: ast.expr, offsets: Sequence[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return offsets[node.lineno - 1] + node.col_offset, offsets[node.end_lineno - 1] + node.end_col_offset


def _boundaries(holder: ast.AST, source: bytes, offsets: Sequence[int]) -> Iterator[tuple[int, int, str, str]]:
    if not isinstance(holder, ast.Compare):
        return
    sides = [holder.left, *holder.comparators]
    for place, sign in enumerate(holder.ops):
        if type(sign) not in BOUNDARIES:
            continue
        before, after = BOUNDARIES[type(sign)]
        start = source.index(before.encode(), _span(sides[place], offsets)[1])
        yield start, start + len(before), before, after


def tests_of(path: str) -> list[str]:
    """The tests that mirror a module: the file of its name first, then the nearest folder of its path."""
    module = Path(path)
    folder = ROOT / "tests" / module.parent
    while not folder.is_dir():
        folder = folder.parent
    named = sorted((ROOT / "tests" / module.parts[0]).rglob(f"test_{module.stem}.py"))
    return [file.relative_to(ROOT).as_posix() for file in (*named, folder)]


def copied(to: Path) -> Path:
    """A copy of the tree as it lies here, with the records of third parties beside it where they are."""
    tree = to / "tree"
    unwanted = shutil.ignore_patterns("__pycache__", ".*_cache")
    for name in COPIED:
        source, target = ROOT / name, tree / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=unwanted)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    shared = ROOT.parent / "shared"
    if shared.is_dir():
        (to / "shared").symlink_to(shared.resolve())
    return tree


def passes(tree: Path, tests: Sequence[str], keep_bytecode: bool = False) -> bool:
    """Whether tests pass in the copy. A changed module has the size and often the second of the one before, so nothing
    that was compiled of it may be kept."""
    variables = {**os.environ, "PYTHONPATH": str(tree)}
    if not keep_bytecode:
        variables["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=tree, env=variables, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def survives(tree: Path, mutation: Mutation, source: bytes) -> bool:
    """Whether no test notices a change; the copy is as before afterwards."""
    file = tree / mutation.path
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()
    file.write_bytes(source[: mutation.start] + mutation.after.encode() + source[mutation.end :])
    try:
        return all(passes(tree, [tests]) for tests in tests_of(mutation.path))
    finally:
        file.write_bytes(source)


def explained() -> dict[str, str]:
    """The known survivors and why each is right to survive."""
    lines = EXPLAINED.read_text(encoding="utf-8").splitlines()
    parted = (line.rpartition(" | ") for line in lines if line.strip() and not line.startswith("#"))
    return {spoken: why for spoken, _bar, why in parted}


def stale(known: dict[str, str], chosen: Sequence[Mutation], met: set[Mutation], is_sample: bool) -> list[str]:
    """Explanations that are needed no more; what a sample doesn't hold says nothing of every change of some code."""
    caught = {mutation.spoken() for mutation in set(chosen) - met}
    if not is_sample:
        caught |= {mutation.every() for mutation in chosen} - {mutation.every() for mutation in met}
    return sorted(caught & set(known))


def main() -> int:
    """Runs as asked; 1 where a change survives that isn't explained, or an explanation has lost its survivor."""
    asked = argparse.ArgumentParser()
    asked.add_argument("places", nargs="*", default=PLACES)
    asked.add_argument("-n", type=int, default=0, help="so many changes, drawn by the seed; all where 0")
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    files = sorted(file for place in given.places for file in (sorted((ROOT / place).rglob("*.py")) or [ROOT / place]))
    sources = {file.relative_to(ROOT).as_posix(): file.read_bytes() for file in files}
    chosen = sorted({one for path, source in sources.items() for one in mutations(path, source)})
    if given.n:
        chosen = sorted(random.Random(given.seed).sample(chosen, min(given.n, len(chosen))))
    known, met = explained(), set[Mutation]()
    with tempfile.TemporaryDirectory(prefix="casebook-mutate-") as folder:
        tree = copied(Path(folder))
        tests = sorted({test for mutation in chosen for test in tests_of(mutation.path)})
        if not passes(tree, tests, keep_bytecode=True):
            sys.exit("The tests fail as the code stands: mend that first.")
        for mutation in chosen:
            if survives(tree, mutation, sources[mutation.path]):
                met.add(mutation)
                why = known.get(mutation.spoken()) or known.get(mutation.every(), "NOT EXPLAINED")
                print(f"survives: {mutation.spoken()} | {why}", flush=True)
    needless = stale(known, chosen, met, is_sample=bool(given.n))
    unexplained = [mutation for mutation in met if not {mutation.spoken(), mutation.every()} & set(known)]
    print(f"{len(chosen)} changes, {len(met)} survive, {len(unexplained)} of these not explained.")
    print("".join(f"caught now, take it out of {EXPLAINED.name}: {line}\n" for line in needless), end="")
    return int(bool(unexplained or needless))


if __name__ == "__main__":
    sys.exit(main())
