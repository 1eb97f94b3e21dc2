"""Visits as they are practised: three to eight a window, moved by some days, one in eight missed.

A simulated course is written down every few days; here are the records of it that lie nearest to such visits.
"""

from dataclasses import replace

import numpy as np
from courses import Courses, Floats

VISITS = {
    "PHQ-9": (14, 28, 42, 56, 70, 84),
    "pain": (14, 28, 42, 56, 70, 84, 98, 112),
    "HbA1c": (45, 91, 105, 150),
    "systolic": (14, 28, 42, 56, 70, 84),
}
"""Days of visits as guidelines and trials have them."""
JITTER, MISSED = 3, 0.12


def visited(courses: Courses, number: int, rng: np.random.Generator) -> list[int]:
    """The places of one person's records that lie nearest to visits as practised, in order."""
    setting = courses.setting
    there = np.flatnonzero(~np.isnan(courses.days[number]))
    days, kept = courses.days[number][there], set()
    for visit in VISITS[setting.name]:
        if rng.random() < MISSED:
            continue
        nearest = int(np.argmin(np.abs(days - (visit + rng.uniform(-JITTER, JITTER)))))
        if abs(days[nearest] - visit) <= max(5, JITTER + 0.6 * setting.interval):
            kept.add(int(there[nearest]))
    return sorted(kept)


def on_visits(courses: Courses, rng: np.random.Generator) -> Courses:
    """The same people with the records of their visits only, in the first columns; those without any are left out."""
    kept = [visited(courses, number, rng) for number in range(len(courses.days))]
    some = [number for number, places in enumerate(kept) if places]
    width = max((len(kept[number]) for number in some), default=1)

    def packed(whole: Floats) -> Floats:
        rows = np.full((len(some), width), np.nan)
        for row, number in enumerate(some):
            rows[row, : len(kept[number])] = whole[number][kept[number]]
        return rows

    by_record = {name: packed(getattr(courses, name)) for name in ("days", "values", "truth")}
    by_person = ("prior", "prior_days", "goal", "onset", "switched")
    return replace(courses, **by_record, **{name: getattr(courses, name)[some] for name in by_person})
