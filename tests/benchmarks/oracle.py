"""An approximate oracle: it knows the generating model and weighs thousands of its courses against what was seen.

Its score is the log of the odds that the course is a problem. It is the ceiling to measure others by, not a method: on
shapes that it doesn't know it would be as wrong as anybody.
"""

from collections.abc import Callable

import numpy as np
from courses import GOOD_KINDS, LEFT_OUT_SHAPES, PROBLEM_KINDS, TUNED_SHAPES, Courses, Floats, Setting, truth_of
from detectors import baseline, published_sd

from organizer.health.course import Measure

CURVES = 50
WORTH = 0.7
"""What one record is worth beside its correlated neighbours."""


def oracle(setting: Setting, seed: int) -> Callable[[Courses, Measure], Floats]:
    """A detector for one setting."""
    rng = np.random.default_rng([seed, 7])
    grid = np.arange(0.0, setting.window * setting.horizon + 2)
    ways, bad = [], []
    for kind in (*GOOD_KINDS[:2], *PROBLEM_KINDS):
        for shape in (*TUNED_SHAPES, *LEFT_OUT_SHAPES):
            days = np.repeat(grid[None], CURVES, axis=0)
            start, goal = np.full(CURVES, setting.start), np.full(CURVES, setting.goal)
            truth, _onset, _switched = truth_of(setting, kind, shape, days, start, goal, rng)
            ways.append((setting.start - truth) / (setting.start - setting.goal))
            bad += [kind in PROBLEM_KINDS] * CURVES
    ways_done = np.concatenate(ways).astype(np.float32)
    is_bad = np.array(bad)

    def score(courses: Courses, measure: Measure) -> Floats:
        base = baseline(courses)
        sd = np.hypot(published_sd(measure, base), 0.3 * published_sd(measure, base))
        gap = np.maximum(base - courses.goal, sd)
        fit = np.zeros((len(base), len(is_bad)), dtype=np.float32)
        found = np.full(courses.days.shape, -np.inf)
        for k in range(courses.days.shape[1]):
            here = np.flatnonzero(~np.isnan(courses.days[:, k]))
            day = courses.days[here, k].astype(int)
            expected = base[here, None] - gap[here, None] * ways_done[:, day].T
            off = (courses.values[here, k, None] - expected) / sd[here, None]
            fit[here] -= (WORTH / 2 * np.minimum(off**2, 9)).astype(np.float32)
            best = fit[here].max(axis=1, keepdims=True)
            weight = np.exp(fit[here] - best)
            odds = np.log(weight[:, is_bad].sum(axis=1) + 1e-12) - np.log(weight[:, ~is_bad].sum(axis=1) + 1e-12)
            found[here, k] = odds
        return found

    return score
