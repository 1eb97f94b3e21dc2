"""For how long a prescription says that a medicine is to be taken: `for 7 days`, `durante 7 días`, `7 Tage lang`."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from organizer.base.remembered import remembered
from organizer.base.resource_files import read_resource
from organizer.model.entry import Entry

_BEGUN_LATER = 30
"""Days by which a course may have begun later than on the day that is known of it, often that of the prescription
(design judgement)."""


def is_long_over(entry: Entry, as_of: date) -> bool:
    """Whether a course without an end was meant to last so many days, which are over: a week of an antibiotic."""
    if entry.happened is None or entry.ended is not None:
        return False
    days = days_meant(f"{entry.text('dose')}; {entry.text('frequency')}")
    return days is not None and (as_of - entry.happened.last_day).days > days + _BEGUN_LATER


@remembered(2_048)
def days_meant(words: str) -> int | None:
    """The days that a prescription's words give, the sum where they give several stretches; None where they give none.

    A month has 31. `Every 7 days` and `alle 7 Tage` say how often, and nothing of how long.
    """
    folded = " ".join(words.casefold().split())
    stretches = [_days(match) for match in _pattern().finditer(folded)]
    return sum(stretches) or None


def _days(match: re.Match[str]) -> int:
    count, unit = match["count"] or match["count_of_long"], match["unit"] or match["unit_of_long"]
    return int(_file()["numbers"].get(count) or count) * _days_of_units()[unit]


@cache
def _pattern() -> re.Pattern[str]:
    file = _file()
    before, behind, units = (_either(words) for words in (file["before"], file["behind"], _days_of_units()))
    count = rf"\d{{1,3}}|{_either(file['numbers'])}"
    led = rf"(?:{before})\s?(?P<count>{count})[ -]?(?P<unit>{units})"
    followed = rf"(?P<count_of_long>{count})[ -]?(?P<unit_of_long>{units})\s(?:{behind})"
    return re.compile(rf"(?<!\w)(?<!\d )(?:{led}|{followed})(?!\w)")  # `3 x 1 day` says how often


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _days_of_units() -> dict[str, int]:
    days: dict[str, int] = {}
    for unit in _file()["units"]:
        days |= dict.fromkeys(unit["words"], unit["days"])
    return days


@cache
def _file() -> dict[str, Any]:
    read: dict[str, Any] = read_resource("course_lengths.json")
    return read
