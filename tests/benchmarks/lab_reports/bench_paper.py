"""Laboratory reports as phones photograph them, of six kinds, read by the program's own recognition (READER=tesseract:
by tesseract alone). A third of the layouts is held out: their misses aren't shown.

`python tests/benchmarks/lab_reports/bench_paper.py [--seed N] [--every N] [--kind NAME] [--show]`
"""

import argparse
import resource
import sys
from collections import defaultdict
from random import Random
from time import process_time

from organizer.importing.lab_reports.reader import read_report
from organizer.importing.page_text.words_on_page import PageWords
from tests.benchmarks.lab_reports.drawn import draw
from tests.benchmarks.lab_reports.phone import KINDS, photograph
from tests.benchmarks.lab_reports.reading import LANGUAGES, pages_in, read_by
from tests.benchmarks.lab_reports.scoring import Score, score
from tests.benchmarks.lab_reports.styles import STYLES

_HELD_OUT = 3  # every third layout


def read_photographs(number: int, kind: str, seed: int) -> tuple[Score, float, int]:
    """The score of one layout, processor seconds and pages."""
    style = STYLES[number]
    pdf, expected = draw(style, seed)
    random = Random(f"{kind} {seed} {number}")
    pages, spent = [], 0.0
    for place in range(pages_in(pdf)):
        photo, kept = photograph(pdf, place, kind, random)
        before = process_time()
        words = read_by(kept, [LANGUAGES[style.locale], "eng"])
        spent += process_time() - before
        pages.append(PageWords(place + 1, photo.width, photo.height, words))
    return score(expected, read_report(pages).proposals, scanned=True), spent, len(pages)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", type=int, default=11)
    asked.add_argument("--every", type=int, default=6, help="only each N-th layout")
    asked.add_argument("--kind", default="", choices=["", *KINDS])
    asked.add_argument("--show", action="store_true", help="each result that wasn't read exactly")
    told = asked.parse_args()
    scores: dict[str, Score] = defaultdict(Score)
    seconds, pages = 0.0, 0
    for number in range(0, len(STYLES), told.every):
        held_out = (number // told.every) % _HELD_OUT == _HELD_OUT - 1
        for kind in [told.kind] if told.kind else KINDS:
            result, spent, count = read_photographs(number, kind, told.seed)
            seconds, pages = seconds + spent, pages + count
            scores[f"{kind:12} {'held out' if held_out else 'tuned on'}"].add(result)
            if told.show and not held_out and result.misses:
                print(f"#{number} {STYLES[number].family} {STYLES[number].locale} {kind}", flush=True)
                for miss in result.misses:
                    print("    ", miss)
    for name, result in sorted(scores.items()):
        print(name, counted(result))
    for part in ("tuned on", "held out"):
        whole = Score()
        for name, result in scores.items():
            if name.endswith(part):
                whole.add(result)
        print(f"{'all':12} {part}", counted(whole))
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds / max(1, pages):.1f} s of one processor a page, {largest:.0f} MB at most with the bench itself")
    return 0


def counted(result: Score) -> str:
    missed = sum(miss.startswith("missing") for miss in result.misses)
    wrong = result.results - result.exact - missed
    return f"{result.line()} | {missed} missed, {wrong} not exact, {result.wrong_certain} wrong and certain"


if __name__ == "__main__":
    sys.exit(main())
