"""What a function answered before, remembered for as long as a record is open, and no longer.

Reading printed numbers, units, dates and names asks the same few thousand questions again and again. But the questions
are texts of somebody's record: nothing of them may lie about after it has been locked.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_forgetting: list[Callable[[], None]] = []
"""How each function of this kind forgets; none of its answers."""


def remembered(most: int, *, typed: bool = False) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keep up to so many answers of a function until `forget_all`; `typed` tells 1 from 1.0.

    For what is asked in a record's own words. What the program itself brings along (a table of `resources/`) is kept
    by functools.cache.
    """

    def decorate(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        remembering = lru_cache(maxsize=most, typed=typed)(function)
        _forgetting.append(remembering.cache_clear)
        return cast(Callable[Asked, Answer], remembering)

    return decorate


def forget_all() -> None:
    """Forget every answer: when a record is closed."""
    for forget in _forgetting:
        forget()
