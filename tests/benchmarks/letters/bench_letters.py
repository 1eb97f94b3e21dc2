"""Doctors' letters of twelve kinds and four languages read into proposals, beside what a careful person would enter.

A third of the letters is held out: their misses aren't shown. `python tests/benchmarks/letters/bench_letters.py
[--seed N] [--seeds N] [--show]`
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from time import process_time

from organizer.importing.letters.model import LetterProposal
from organizer.importing.letters.reader import read_letter
from organizer.importing.page_text.words_on_page import PageWords, Word
from tests.benchmarks.letters.letters import KINDS, Expected, Letter, letter
from tests.benchmarks.letters.words import LANGUAGES

_HELD_OUT = 3  # every third letter
_WIDTH = 92  # letters a line
_KINDS = {"C": "Condition", "M": "MedicationStatement", "A": "AllergyIntolerance"}


def page_of(text: str) -> PageWords:
    """The letter on a page in a type of one width, its paragraphs wrapped."""
    words = [word for number, line in enumerate(_wrapped(text)) for word in _words(line, 20 + number * 14)]
    return PageWords(1, 40 + _WIDTH * 6, max(word.y1 for word in words) + 40, words)


def _wrapped(text: str) -> Iterator[str]:
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > _WIDTH:
                yield line
                line = ""
            line = f"{line} {word}".strip()
        yield line


def _words(line: str, top: int) -> Iterator[Word]:
    left = 20
    for part in line.split():
        yield Word(part, left, top, left + len(part) * 6, top + 10)
        left += (len(part) + 1) * 6


def scored(told: Letter, found: list[LetterProposal]) -> tuple[Counter[str], list[str]]:
    """How many are exact, missed and wrong, in lists and in prose, and in words which."""
    counts: Counter[str] = Counter()
    misses: list[str] = []
    rest = [one for one in found if one.kind in _KINDS.values()]
    for expected in told.expected:
        where = "listed" if expected.listed else "prose"
        match = next((one for one in rest if _is_it(expected, one)), None)
        counts[f"{where} in all"] += 1
        if match is None:
            misses.append(f"missed ({where}): {expected}")
            continue
        counts[f"{where} exact"] += 1
        rest.remove(match)
    for one in rest:
        is_never = any(name.casefold() in one.title.casefold() for name in told.never)
        counts["wrong"] += 1
        counts["wrong and certain"] += not one.doubts
        counts["denied, of others or feared"] += is_never
        misses.append(f"wrong{' NEVER' if is_never else ''}: {one.kind} {dict(one.fields)}")
    counts["proposed"] += len([one for one in found if one.kind in _KINDS.values()])
    return counts, misses


def _is_it(expected: Expected, found: LetterProposal) -> bool:
    if found.kind != _KINDS[expected.kind] or expected.none_known != (found.fields.get("none_known") == "yes"):
        return False
    if expected.none_known:
        return True
    return found.title.casefold() == expected.name.casefold() and found.fields.get("dose", "") == expected.dose


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", type=int, default=5)
    asked.add_argument("--seeds", type=int, default=3, help="letters of each kind and language")
    asked.add_argument(
        "--show", action="store_true", help="what wasn't read exactly, of the letters that aren't held out"
    )
    told = asked.parse_args()
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    letters, seconds = 0, 0.0
    for seed in range(told.seed, told.seed + told.seeds):
        for number, kind in enumerate(KINDS):
            for place, language in enumerate(LANGUAGES):
                held_out = (number + place + seed) % _HELD_OUT == 0
                written = letter(kind, language, seed)
                page = page_of(written.text)
                before = process_time()
                found = read_letter([page]).proposals
                seconds, letters = seconds + process_time() - before, letters + 1
                counts, misses = scored(written, found)
                for name in (language, "held out" if held_out else "tuned on"):
                    totals[name] += counts
                if told.show and misses and not held_out:
                    print(f"== {kind} {language} {seed}", *misses, sep="\n   ")
    for name, counts in totals.items():
        print(f"{name:9} {_line(counts)}")
    print(f"{letters} letters, {1000 * seconds / letters:.0f} ms of one processor a letter")
    return 0


def _line(counts: Counter[str]) -> str:
    listed, prose = max(1, counts["listed in all"]), max(1, counts["prose in all"])
    return (
        f"lists {counts['listed exact']}/{listed} ({counts['listed exact'] / listed:.1%}), "
        f"prose {counts['prose exact']}/{prose} ({counts['prose exact'] / prose:.1%}), "
        f"wrong {counts['wrong']}/{counts['proposed']} ({counts['wrong'] / max(1, counts['proposed']):.1%}), "
        f"wrong and certain {counts['wrong and certain']}, denied or of others {counts['denied, of others or feared']}"
    )


if __name__ == "__main__":
    sys.exit(main())
