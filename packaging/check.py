"""Runs every check of the house with the tools of the lock, one line a tool; a failed one shows why.

What each tool holds is written in pyproject.toml. All of them run, so that one look shows everything.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

TOOLS: tuple[tuple[str, list[str]], ...] = (
    ("import-linter", ["lint-imports", "--no-cache"]),
    ("ruff", ["ruff", "check", "--quiet", "."]),
    ("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
    ("mypy", ["mypy"]),
    ("deptry", ["deptry", "--no-ansi", "."]),
    ("vulture", ["vulture"]),
)


def check(name: str, command: list[str]) -> bool:
    """One tool: its line, and below it what it found."""
    began = time.monotonic()
    plain = {**os.environ, "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT, env=plain, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    passed = done.returncode == 0
    print(f"{name:<14} {'ok' if passed else 'FAILED'}  {time.monotonic() - began:.1f} s", flush=True)
    if not passed:
        print(done.stdout.rstrip(), flush=True)
    return passed


def main() -> int:
    wanted = set(sys.argv[1:])
    results = [check(name, command) for name, command in TOOLS if not wanted or name in wanted]
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
