"""What `make` does, on machines without make: `py packaging/run.py demo`, `py packaging/run.py test`.

The Makefile calls this file too, so that both ways do the same. It needs any Python 3.11 or newer and its standard
library only; each task first makes the machine ready (setup_machine.py), which costs a blink afterwards. What is
written behind a task's name goes to its last step.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import setup_machine

ROOT = setup_machine.ROOT
BENCHMARKS = "tests/benchmarks"


@dataclass(frozen=True)
class Task:
    """What a name does: files that the project's Python runs, one after the other, until one fails."""

    words: str
    steps: tuple[tuple[str, ...], ...]
    is_bare: bool = False
    """Run by the Python that is there already rather than the project's own: what builds in a venv of its own."""


TASKS = {
    "setup": Task("make this machine ready", ()),
    "demo": Task("a sample record is imported, checked and printed; then its window opens", (("main.py", "demo"),)),
    "run": Task("open the window", (("main.py",),)),
    "check": Task("every check", (("packaging/check.py",),)),
    # On as many processors as there are, up to four: more windows at once only wait for each other.
    "test": Task(
        "every check and every test",
        (("packaging/check.py",), ("-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")),
    ),
    "screenshots": Task("draw every page into build/screenshots", (("packaging/screenshots.py",),)),
    "translations": Task("renew resources/translations, list what is left", (("packaging/translations.py",),)),
    "lock": Task("resolve the libraries anew", (("packaging/write_lock.py",),)),
    "package": Task("build the program", (("packaging/build_app.py",),), is_bare=True),
    "test-package": Task(
        "install the package in a bare root and start it there",
        (("packaging/build_app.py",), ("packaging/test_package.py",), ("packaging/test_pip.py",)),
        is_bare=True,
    ),
    "fuzz-import": Task("2,000 changed files of each format", ((f"{BENCHMARKS}/fuzz_import.py",),)),
    "calibrate-plan-check": Task("derive plan_check.json anew", ((f"{BENCHMARKS}/calibrate_plan_check.py",),)),
    "mutate": Task("which limits does no test hold in place?", ((f"{BENCHMARKS}/mutate.py",),)),
    "test-planted": Task("break each promise of SECURITY.md on purpose", ((f"{BENCHMARKS}/planted.py",),)),
    "test-durability": Task(
        "200 kills, 40 power losses, and full disks",
        ((f"{BENCHMARKS}/durability.py",), (f"{BENCHMARKS}/full_disk.py",)),
    ),
    "benchmark-store": Task("a million results over plain SQLite", ((f"{BENCHMARKS}/bench_store.py",),)),
    "benchmark-growth": Task("how the cost of each job grows", ((f"{BENCHMARKS}/bench_growth.py",),)),
    "benchmark-soak": Task("hours of use in minutes: memory stays flat", ((f"{BENCHMARKS}/bench_soak.py",),)),
    "benchmark-journeys": Task("newcomers to a saved packet: clicks and seconds", ((f"{BENCHMARKS}/journeys.py",),)),
    "benchmark-import": Task("each reader over the least that any must do", ((f"{BENCHMARKS}/bench_import.py",),)),
    "benchmark-packet": Task("the packet over qpdf", ((f"{BENCHMARKS}/packet.py",),)),
    "benchmark-detection": Task("the plan check against known truth", ((f"{BENCHMARKS}/detection.py",),)),
    "benchmark-courses": Task("the plan check on courses of trials", ((f"{BENCHMARKS}/bench_courses.py",),)),
    "benchmark-unseen": Task("the plan check on courses it was never tuned on", ((f"{BENCHMARKS}/bench_unseen.py",),)),
    "benchmark-lab-reports": Task(
        "laboratory reports read into results", ((f"{BENCHMARKS}/lab_reports/bench_lab_reports.py",),)
    ),
    "benchmark-paper": Task(
        "photographs of laboratory reports read into results", ((f"{BENCHMARKS}/lab_reports/bench_paper.py",),)
    ),
    "benchmark-letters": Task(
        "letters of twelve kinds and four languages read into entries", ((f"{BENCHMARKS}/letters/bench_letters.py",),)
    ),
    "benchmark-window": Task("first paint, pages, gaps", ((f"{BENCHMARKS}/bench_window.py",),)),
    "benchmark-fidelity": Task("what arrives, field by field", (("tests/fidelity/benchmark.py",),)),
}


def main(words: Sequence[str]) -> int:
    """Do what the first word names; gives the exit code."""
    name, *more = words or [""]
    if name not in TASKS:
        print("Usage: run.py TASK …\n")
        print("\n".join(f"  {name:<22} {task.words}" for name, task in TASKS.items()))
        return 0 if name in ("", "-h", "--help") else 2

    failed = setup_machine.main()
    if failed:
        return failed
    task = TASKS[name]
    python = sys.executable if task.is_bare else str(setup_machine.VENV_PYTHON)
    for number, step in enumerate(task.steps, start=1):
        command = [python, *step, *(more if number == len(task.steps) else ())]
        failed = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": _path()}, check=False).returncode
        if failed:
            return failed
    return 0


def _path() -> str:
    """Where Python looks for modules: the project first."""
    return os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
