"""Laboratory reports of 68 layouts, drawn from made-up data, read back from their text layer and from bad scans.

`python tests/benchmarks/lab_reports/bench_lab_reports.py [--seed N] [--scans N] [--show] [--family NAME]`
"""

import argparse
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor

from tests.benchmarks.lab_reports.reading import read_scan, read_text_layer
from tests.benchmarks.lab_reports.scoring import Score
from tests.benchmarks.lab_reports.styles import STYLES

Task = tuple[int, int, bool]


def run(task: Task) -> tuple[Task, Score]:
    number, seed, scanned = task
    return task, (read_scan if scanned else read_text_layer)(STYLES[number], seed)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--rounds", type=int, default=3, help="times each layout is filled anew")
    asked.add_argument("--scans", type=int, default=1, help="times each layout is scanned")
    asked.add_argument("--show", action="store_true", help="each result that wasn't read exactly")
    asked.add_argument("--family", default="")
    asked.add_argument("--every", type=int, default=1, help="scan only each N-th layout: recognition takes its time")
    asked.add_argument("--held-out", action="store_true", help="show the misses of held-out layouts too")
    told = asked.parse_args()
    numbers = [n for n, style in enumerate(STYLES) if told.family in ("", style.family)]
    tasks = [(n, told.seed + k, False) for n in numbers for k in range(told.rounds)]
    tasks += [(n, told.seed + k, True) for n in numbers[:: told.every] for k in range(told.scans)]
    scores: dict[tuple[bool, bool], Score] = defaultdict(Score)
    families: dict[tuple[bool, str], Score] = defaultdict(Score)
    with ProcessPoolExecutor(2) as pool:
        for (number, seed, scanned), one in pool.map(run, tasks, chunksize=1):
            style = STYLES[number]
            scores[scanned, style.held_out].add(one)
            families[scanned, style.family].add(one)
            if told.show and one.misses and (told.held_out or not style.held_out):
                print(
                    f"#{number} {style.family} {style.locale} {style.font} seed {seed} {'scan' if scanned else 'text'}: {one.exact}/{one.results}"
                )
                for miss in one.misses:
                    print("    ", miss)
    for (scanned, family), one in sorted(families.items()):
        print(f"{'scan' if scanned else 'text'} {family:12} {one.line()}")
    for (scanned, held_out), one in sorted(scores.items()):
        print(f"{'scans' if scanned else 'text layers':12} {'held out' if held_out else 'tuned on':9} {one.line()}")
    print(f"{len(STYLES)} layouts, {sum(style.held_out for style in STYLES)} of them held out; seed {told.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
