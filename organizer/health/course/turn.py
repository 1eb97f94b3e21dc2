"""When a course that went down began to rise again: the split of two monotone fits."""

from collections.abc import Sequence
from datetime import date

MOST = 200


def turn_of(days: Sequence[date], values: Sequence[float]) -> date | None:
    """The day of the lowest point of the best fit that first never rises, then never falls.

    Least squares by pool-adjacent-violators (Ayer et al., Ann. Math. Statist. 26, 1955) on both sides of each day;
    of more than 200 records the last 200. None for fewer than three.
    """
    days, values = days[-MOST:], values[-MOST:]
    if len(values) < 3:
        return None
    falling = _errors([-value for value in values])
    rising = _errors([-value for value in reversed(values)])[::-1]
    best = min(range(1, len(values)), key=lambda split: falling[split - 1] + rising[split])
    low = min(range(len(values)), key=lambda place: (abs(place - best + 0.5) > 1, values[place]))
    return days[low]


def _errors(values: Sequence[float]) -> list[float]:
    """For each prefix the squared error of its best never-falling fit."""
    blocks: list[tuple[float, int, float]] = []  # sum, count, sum of squares
    errors, total = [], 0.0
    for value in values:
        block = (value, 1, value * value)
        while blocks and blocks[-1][0] / blocks[-1][1] > block[0] / block[1]:
            last = blocks.pop()
            total -= _error(last)
            block = (last[0] + block[0], last[1] + block[1], last[2] + block[2])
        blocks.append(block)
        total += _error(block)
        errors.append(max(0.0, total))
    return errors


def _error(block: tuple[float, int, float]) -> float:
    return block[2] - block[0] ** 2 / block[1]
