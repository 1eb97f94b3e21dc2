"""`make fuzz-import`: thousands of changed sample files a format, each importing in a process that is watched.

    PYTHONPATH=. python tests/benchmarks/fuzz_import.py [ROUNDS] [FORMAT …]
    PYTHONPATH=. python tests/benchmarks/fuzz_import.py --one FORMAT SEED    # one again, with its traceback

A round fails by any error that is no plain refusal, by counts that don't add up, by a part that entered, by more than
10 s, or by more than 1 GiB. Failures print their seed, and the exit code is 1.
"""

import faulthandler
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TextIO

from organizer.services.record import records
from organizer.store.keys import KdfCost
from tests.organizer.importing.fuzzing import SAMPLES, tried

ROUNDS = 2_000
A_PROCESS = 250  # rounds in one process, so that what a round leaks is met and what it breaks is bounded
LONGEST = 10  # seconds
MOST_MEMORY = 1 << 30  # bytes of address space


def say(words: str, to: TextIO = sys.stdout) -> None:
    """One line, at once."""
    to.write(f"{words}\n")
    to.flush()


def rounds(name: str, first: int, count: int) -> int:
    """Within its own process: rounds one after the other; prints what failed, and at the end what became of all."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    became: dict[str, int] = {}
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        record, _code = records.create(Path(folder) / "A.casebook", "a long passphrase", "Ann", KdfCost(65_536, 1, 1))
        for seed in range(first, first + count):
            say(f"seed {seed}", sys.stderr)
            faulthandler.dump_traceback_later(LONGEST, exit=True)
            try:
                what = tried(record, Path(folder), name, seed)
            except Exception as error:  # noqa: BLE001 - whatever it is, its seed is the finding
                what = "FAILED"
                failed += 1
                where = traceback.extract_tb(error.__traceback__)[-1]
                say(f"  {name} {seed}: {type(error).__name__} {error!s:.90} ({where.filename}:{where.lineno})")
            became[what] = became.get(what, 0) + 1
        faulthandler.cancel_dump_traceback_later()
        records.close(record)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"  {name} {first}–{first + count - 1}: {became}, peak {peak} MiB")
    return 1 if failed else 0


def watched(name: str, total: int) -> int:
    """The processes of one format; gives how many of them failed."""
    failed = 0
    for first in range(0, total, A_PROCESS):
        command = [sys.executable, __file__, "--rounds", name, str(first), str(min(A_PROCESS, total - first))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        sys.stdout.write(done.stdout)
        if done.returncode:
            failed += 1
            if "FAILED" not in done.stdout:
                last = done.stderr.rpartition("seed ")[2][:1500]
                say(f"  {name}: the process ended by {done.returncode} after seed {last}")
    return failed


def main() -> int:
    """All formats, or those named."""
    told = sys.argv[1:]
    if told[:1] == ["--rounds"]:
        return rounds(told[1], int(told[2]), int(told[3]))
    if told[:1] == ["--one"]:
        return rounds(told[1], int(told[2]), 1)
    total = int(told.pop(0)) if told and told[0].isdecimal() else ROUNDS
    began, failed = time.monotonic(), 0
    for name in told or SAMPLES:
        say(f"{name}: {total} changed files")
        failed += watched(name, total)
    say(f"{'failed' if failed else 'none failed'}; {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
