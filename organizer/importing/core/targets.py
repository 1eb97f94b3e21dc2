"""The number that a goal aims at, as sources write it: as a value with a comparator, or in words (`< 7.0 %`)."""

from organizer.base.figures import plain
from organizer.base.numbers import read_range
from organizer.base.results import read_result

Ends = dict[str, float | None]


def ends_of(value: float, comparator: str) -> Ends:
    """A value with a comparator is one end of the target; without one it is both, and the person is asked."""
    if comparator in ("<", "<="):
        return {"target_high": value}
    if comparator in (">", ">="):
        return {"target_low": value}
    return {"target_low": value, "target_high": value}


def ends_in_words(words: str) -> tuple[Ends, str]:
    """The ends of a target that is written as text, and their unit as printed; nothing where it says more than that.

    `130/80` and what may be two numbers (`1,234`) stay words.
    """
    result = read_result(words)
    if result.value is not None:
        return ends_of(result.value, result.comparator), result.unit
    span = read_range(words)
    if span.open or span.low is None or span.high is None:
        return {}, ""
    behind = read_result(f"{plain(span.low)} {span.rest}") if span.rest else None
    if behind is not None and behind.value is None:
        return {}, ""
    return {"target_low": span.low, "target_high": span.high}, behind.unit if behind else ""
