"""From values and days to round ticks."""

from datetime import date, timedelta
from math import floor, log10


def nice_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`: steps of 1, 2, 2.5 or 5 times a power of ten."""
    spread = (high - low) or abs(high) or 1.0
    rough = spread / about
    power = 10.0 ** floor(log10(rough))
    step = next((power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough), power * 10)
    first, last = floor(low / step), -floor(-high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def month_ticks(start: date, end: date, most: int = 9) -> list[date]:
    """First days of months (or years) between two days, at most so many."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / step <= most or step == 1200)
    ticks, day = [], date(start.year, 1 + (start.month - 1) // min(step, 12) * min(step, 12), 1)
    while day <= end:
        if day >= start:
            ticks.append(day)
        number = day.year * 12 + day.month - 1 + step
        if number // 12 > 9999:
            break
        day = date(number // 12, number % 12 + 1, 1)
    return ticks or [start]


def padded(start: date, end: date) -> tuple[date, date]:
    """A little room at both ends; a single day gets a month."""
    room = max(15 if start == end else 3, (end - start).days // 25)
    return max(start, date(2, 1, 1)) - timedelta(days=room), min(end, date(9990, 1, 1)) + timedelta(days=room)
