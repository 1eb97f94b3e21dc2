"""Whether the words of a prescription and its coded timing say the same.

Some systems write a default into the code (once a day) and the truth into the words (“1 tablet every week”). Taken by
the code, a weekly medicine would be a daily one: where they differ, the words stand, and the code is left out.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from organizer.base.numbers import parse_number
from organizer.base.resource_files import read_resource

_NEARLY = 0.01  # share of the rate: what a quotient such as one in seven loses when it is written with few digits
_DAYS_OF_MONTH = 30.0
_COUNTED_TWICE = re.compile(r"(?<![\w.,/])(\d+)\s*\([^\W\d_]+\)(?=\s)")
"""`2 (two) times daily`: prescriptions say a number in words beside it."""


def contradicts(words: str, a_day: float) -> bool:
    """True where the words say how often it is taken, and never so often as `a_day` times a day."""
    rates = rates_in(words)
    return bool(rates) and all(abs(rate - a_day) > _NEARLY * rate for rate in rates)


def rates_in(words: str) -> list[float]:
    """How many times a day the words say, each way once; none where they don't say it."""
    folded = " ".join(_COUNTED_TWICE.sub(r"\1", words.casefold()).split())
    spans: dict[tuple[int, int], float] = {}
    for pattern, kind in _patterns():
        spans |= _spans_of(pattern, kind, folded)

    # “Daily” within “twice daily” says nothing of its own.
    whole = [rate for span, rate in spans.items() if not _is_within(span, spans)]
    return list(dict.fromkeys(whole))


def _is_within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether a span lies in a longer one."""
    return any(other != span and other[0] <= span[0] and span[1] <= other[1] for other in others)


def _spans_of(pattern: re.Pattern[str], kind: str, folded: str) -> dict[tuple[int, int], float]:
    """Where a phrase stands, with the rate that it says there; a number that is none, or nought, says none."""
    matches = {match.span(): _number(match) for match in pattern.finditer(folded)}
    return {span: _rate(kind, number) for span, number in matches.items() if number}


def _rate(kind: str, number: float) -> float:
    """Times a day, of a number of times a day or a week, or of the hours or days between; or the rate itself."""
    rates = {
        "times_a_day": number,
        "hours_between": 24 / number,
        "days_between": 1 / number,
        "times_a_week": number / 7,
    }
    return rates[kind] if kind in rates else float(kind)


def _number(match: re.Match[str]) -> float:
    """The number within a phrase; one for a phrase without any."""
    if not match.groups():
        return 1.0
    quantity = parse_number(match[1])
    return quantity.value if quantity else float(_phrases()["numbers"][match[1]])


@cache
def _phrases() -> dict[str, Any]:
    return dict(read_resource("repetitions.json"))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each phrase with its kind, or with its rate where it holds no number."""
    phrases = _phrases()
    numbers = "|".join(sorted(map(re.escape, phrases["numbers"]), key=len, reverse=True))
    kinds = ("times_a_day", "hours_between", "days_between", "times_a_week")
    patterns: list[tuple[re.Pattern[str], str]] = []
    for kind in kinds:
        patterns += [(_pattern(phrase, rf"(\d+|{numbers})"), kind) for phrase in phrases[kind]]

    for name, days in (("a_day", 1.0), ("a_week", 7.0), ("a_month", _DAYS_OF_MONTH)):
        for times, plain in phrases[name].items():
            rate = str(float(times) / days)
            patterns += [(_pattern(phrase, ""), rate) for phrase in plain]
    return tuple(patterns)


def _pattern(phrase: str, number: str) -> re.Pattern[str]:
    """A phrase as whole words, with what stands for its number."""
    escaped = re.escape(phrase).replace(re.escape("{n}"), number)
    return re.compile(rf"(?<!\w){escaped}(?!\w)")
