"""A goal with two ends: judged by the share of time within it, never by a mean.

INR 1.4, 4.6, 1.4, 4.2 has a mean of 2.9 and is never in range; Rosendaal's interpolation (Thromb Haemost 69, 1993)
draws a straight line between two results and counts the days on it that lie within.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from organizer.health.course.series import Day

STEADY = 0.65
"""NICE: anticoagulation is poor with less than 65 % of the time in range, as Harris et al., Eur Heart J Cardiovasc
Pharmacother 7 (2021) 40 quote it (looked up 2026-11-29)."""
LONGEST_GAP = 56
"""Days between two results beyond which nothing is drawn between them (Rosendaal 1993: eight weeks)."""
MOST_LOOKED_BACK = 183
"""NICE: results of six months (the same, looked up 2026-11-29)."""
LEAST = 3


@dataclass(frozen=True, slots=True)
class InBand:
    """How many of the last results lie within, and the share of the days between them."""

    within: int
    count: int
    share: float
    whole: bool = True
    """Whether the days between all of these results were counted; over a long gap nothing is drawn."""


def in_band(days: Sequence[Day], low: float, high: float) -> InBand | None:
    """The results of the last six months and the share of time (0 to 1) they spent from `low` to `high`.

    None for fewer than two. Where all gaps are longer than eight weeks the share is that of the results.
    """
    if len(days) < 2:
        return None
    recent = [day for day in days if (days[-1].when - day.when).days <= MOST_LOOKED_BACK]
    within = sum(low <= day.value <= high for day in recent)
    total = inside = 0.0
    whole = True
    for earlier, later in pairwise(recent):
        gap = (later.when - earlier.when).days
        whole = whole and gap <= LONGEST_GAP
        if 0 < gap <= LONGEST_GAP:
            total += gap
            inside += gap * _share_within(earlier.value, later.value, low, high)
    share = inside / total if total else within / len(recent)
    return InBand(within, len(recent), share, whole and total > 0)


def _share_within(first: float, last: float, low: float, high: float) -> float:
    """The share of a straight line from `first` to `last` that lies from `low` to `high`."""
    if first == last:
        return 1.0 if low <= first <= high else 0.0
    bottom, top = min(first, last), max(first, last)
    return max(0.0, min(top, high) - max(bottom, low)) / (top - bottom)
