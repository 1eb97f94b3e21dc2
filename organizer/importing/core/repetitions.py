"""Whether the words of a prescription and its coded timing say the same.

Some systems write a default into the code (once a day) and the truth into the words (“1 tablet every week”). Taken by
the code, a weekly medicine would be a daily one: where they differ, the words stand, and the code is left out.
"""

import re
from functools import cache
from importlib import resources
from typing import Any

import orjson

_NEARLY = 0.01  # share of the rate: once a month is once in 30 or in 30.4 days
_DAYS_OF_MONTH = 30.0


def contradicts(words: str, a_day: float) -> bool:
    """True where the words say how often it is taken, and never so often as `a_day` times a day."""
    rates = rates_in(words)
    return bool(rates) and all(abs(rate - a_day) > _NEARLY * rate for rate in rates)


def rates_in(words: str) -> list[float]:
    """How many times a day the words say, each way once; none where they don't say it."""
    folded = " ".join(words.casefold().split())
    matches = [(match.span(), rate) for pattern, kind in _patterns() for match, rate in _met(pattern, kind, folded)]
    # “Daily” within “twice daily” says nothing of its own.
    whole = [(span, rate) for span, rate in matches if not any(_holds(other, span) for other, _rate in matches)]
    return list(dict.fromkeys(rate for _span, rate in whole))


def _holds(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _met(pattern: re.Pattern[str], kind: str, folded: str) -> list[tuple[re.Match[str], float]]:
    rates = []
    for match in pattern.finditer(folded):
        number = _number(match[1]) if match.groups() else 1.0
        if number:
            rates.append((match, _rate(kind, number)))
    return rates


def _rate(kind: str, number: float) -> float:
    """Times a day, of a number of times a day or a week, or of the hours or days between; or the rate itself."""
    rates = {
        "times_a_day": number,
        "hours_between": 24 / number,
        "days_between": 1 / number,
        "times_a_week": number / 7,
    }
    return rates[kind] if kind in rates else float(kind)


def _number(printed: str) -> float:
    return float(printed) if printed.isdecimal() else float(_phrases()["numbers"].get(printed, 0))


@cache
def _phrases() -> dict[str, Any]:
    return dict(orjson.loads((resources.files("resources") / "repetitions.json").read_bytes()))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each phrase with its kind, or with its rate where it holds no number."""
    told = _phrases()
    numbers = "|".join(sorted(map(re.escape, told["numbers"]), key=len, reverse=True))
    patterns = []
    for kind in ("times_a_day", "hours_between", "days_between", "times_a_week"):
        for phrase in told[kind]:
            counted = re.escape(phrase).replace(re.escape("{n}"), rf"(\d+|{numbers})")
            patterns.append((re.compile(rf"(?<!\w){counted}(?!\w)"), kind))
    for name, days in (("a_day", 1.0), ("a_week", 7.0), ("a_month", _DAYS_OF_MONTH)):
        for times, phrases in told[name].items():
            rate = str(float(times) / days)
            patterns += [(re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)"), rate) for phrase in phrases]
    return tuple(patterns)
