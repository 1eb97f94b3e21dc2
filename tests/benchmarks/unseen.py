"""People whose courses and scatter the plan check was never tuned on, for `make benchmark-unseen`.

Written apart from courses.py, and sharing nothing with it, so that a check which has learnt that simulator shows it
here. Each person has a true level and records with one of four kinds of scatter; who ends well is told by the true
level at the review, never by the records. Half of the shapes are held back: whoever tunes looks at the others only.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from organizer.health.course.model import Treatment

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Condition:
    """A measure as it is treated: where people start, what is wanted, its scatter and when it is written down.

    `visits` are days from the start; a diary has a record a day. All in the measure's unit; less is better.
    """

    name: str
    code: str
    treatment: Treatment
    start: float
    start_sd: float
    goal: float
    sd: float
    step: float
    floor: float
    ceiling: float
    window: int
    visits: tuple[int, ...]


WEEKLY = tuple(range(7, 127, 7))
CONDITIONS = (
    Condition("PHQ-9, medicine", "44261-6", "medicine", 17, 3, 7, 2.0, 1, 0, 27, 56, (14, 28, 42, 56, 70, 84)),
    Condition("HAM-D, medicine", "title:HAM-D", "medicine", 22, 3, 8, 2.3, 1, 0, 52, 42, (7, 14, 28, 42, 56)),
    Condition("BDI-II, weekly talks", "89209-1", "psychotherapy", 28, 5, 13, 3.5, 1, 0, 63, 84, WEEKLY),
    Condition("pain, visits", "72514-3", "", 6.8, 1, 4, 1.2, 1, 0, 10, 84, (14, 28, 42, 56, 70, 84, 98, 112)),
    Condition("pain, diary", "72514-3", "", 6.8, 1, 4, 1.3, 1, 0, 10, 84, tuple(range(1, 127))),
    Condition("HbA1c", "4548-4", "medicine", 8.9, 0.7, 7, 0.2, 0.1, 3, 20, 105, (45, 91, 105, 150)),
    Condition("systolic", "8480-6", "medicine", 158, 8, 135, 8, 1, 50, 260, 56, (14, 28, 42, 56, 70, 84)),
    Condition("systolic, diary", "8480-6", "medicine", 158, 8, 135, 8, 1, 50, 260, 56, tuple(range(1, 85))),
    Condition("PANSS", "title:PANSS", "medicine", 92, 10, 65, 7, 1, 30, 210, 42, (7, 14, 21, 28, 42, 56)),
)
UNTIL = 1.5
"""Windows in which somebody may be told."""
MISSED, MOVED = 0.12, 3

Shape = Callable[[Floats, np.random.Generator], Floats]
"""The share of the way that is done, over the share of the window that has passed."""


def _slow(u: Floats, rng: np.random.Generator) -> Floats:
    return np.asarray((1 - np.exp(-u / rng.uniform(0.25, 0.5))) * rng.uniform(1.2, 1.5))


def _step(u: Floats, rng: np.random.Generator) -> Floats:
    return (u >= rng.uniform(0.2, 0.85)) * rng.uniform(1.05, 1.3)


def _delayed(u: Floats, rng: np.random.Generator) -> Floats:
    lag = rng.uniform(0.15, 0.45)
    return np.clip((u - lag) / (0.95 - lag), 0, 1) ** rng.uniform(0.6, 1.4) * rng.uniform(1.05, 1.25)


def _root(u: Floats, rng: np.random.Generator) -> Floats:
    return np.asarray(np.minimum(u, 1.1) ** rng.uniform(0.35, 0.8) * rng.uniform(1.05, 1.2))


def _s_curve(u: Floats, rng: np.random.Generator) -> Floats:
    return np.exp(-rng.uniform(3, 6) * np.exp(-rng.uniform(5, 8) * u)) * rng.uniform(1.1, 1.3)


def _early(u: Floats, rng: np.random.Generator) -> Floats:
    return np.minimum(u / rng.uniform(0.1, 0.4), 1) * rng.uniform(1.05, 1.3)


def _plateau(u: Floats, rng: np.random.Generator) -> Floats:
    return np.minimum(u / rng.uniform(0.15, 0.4), 1) * rng.uniform(0.25, 0.7)


def _flat(u: Floats, rng: np.random.Generator) -> Floats:
    return u * rng.normal(0, 0.1)


def _relapse(u: Floats, rng: np.random.Generator) -> Floats:
    turn, back = rng.uniform(0.55, 0.9), rng.uniform(0.2, 0.4)
    return np.minimum(u / 0.4, 1) * 1.1 - np.clip((u - turn) / back, 0, 1) * rng.uniform(0.8, 1.1)


def _steep_rise(u: Floats, rng: np.random.Generator) -> Floats:
    return (u >= rng.uniform(0.2, 0.7)) * -rng.uniform(0.35, 0.8)


def _creeping(u: Floats, rng: np.random.Generator) -> Floats:
    return np.asarray(-np.minimum(u, 1.5) * rng.uniform(0.3, 0.8))


GOOD: dict[str, tuple[Shape, str]] = {
    "slow": (_slow, ""),
    "delayed": (_delayed, ""),
    "early, weekly swing": (_early, "swing"),
    "early, high start": (_early, "chosen"),
    "step": (_step, ""),
    "root": (_root, ""),
    "s-curve, weekly swing": (_s_curve, "swing"),
    "slow, high start": (_slow, "chosen"),
    "early, season of the day": (_early, "day"),
}
BAD: dict[str, tuple[Shape, str]] = {
    "flat": (_flat, ""),
    "plateau": (_plateau, ""),
    "creeping up": (_creeping, ""),
    "flat, high start": (_flat, "chosen"),
    "flat, weekly swing": (_flat, "swing"),
    "relapse": (_relapse, ""),
    "steep rise": (_steep_rise, ""),
    "plateau, season of the day": (_plateau, "day"),
}
HELD_BACK = frozenset({
    "step", "root", "s-curve, weekly swing", "slow, high start", "early, season of the day",
    "flat, weekly swing", "relapse", "steep rise", "plateau, season of the day",
})  # fmt: skip
NOISES = ("normal", "heavy", "whole", "lasting")


@dataclass(frozen=True)
class Someone:
    """One person's records: days from the start (those before it negative) and values; whether it ends well."""

    days: tuple[int, ...]
    values: tuple[float, ...]
    well: bool


def someone(condition: Condition, shape: str, noise: str, rng: np.random.Generator) -> Someone:
    """A person of a shape and a scatter, drawn anew until the true level at the review fits the shape's end."""
    progress, besides = (GOOD | BAD)[shape]
    wanted = shape in GOOD
    while True:
        start = max(rng.normal(condition.start, condition.start_sd), condition.goal + 2.5 * condition.sd)
        days = _days(condition, rng)
        way = progress(np.clip(np.append(days, condition.window) / condition.window, 0, None), rng)
        level = start - (start - condition.goal) * way
        well = bool(level[-1] <= condition.goal)
        if well == wanted:
            break
    values = level[:-1] + _besides(condition, besides, days, rng)
    values = values + condition.sd * _scatter(noise, days, rng)
    if besides == "chosen":  # who is treated because of a bad day: the start is the worst of several tries
        before = days <= 0
        values[before] = start + condition.sd * np.abs(rng.normal(1.0, 0.5, before.sum()))
    step = 2 * condition.step if noise == "whole" else condition.step
    values = np.clip(np.round(values / step) * step, condition.floor, condition.ceiling)
    return Someone(tuple(int(day) for day in days), tuple(float(value) for value in values), well)


def _days(condition: Condition, rng: np.random.Generator) -> Floats:
    """The records: one to three before the start, then the visits, moved and missed; in a diary gaps."""
    gap = max(1, condition.visits[0])
    before = [-int(k * gap) for k in range(rng.integers(1, 4))][::-1]
    visits = [day for day in condition.visits if rng.random() > MISSED and day <= UNTIL * condition.window]
    dense = len(condition.visits) > len(WEEKLY)
    moved = [day if dense else max(1, day + int(rng.integers(-MOVED, MOVED + 1))) for day in visits]
    return np.array(sorted({*before, *moved}), dtype=float)


def _besides(condition: Condition, besides: str, days: Floats, rng: np.random.Generator) -> Floats:
    if besides == "swing":  # a week that is worse towards its end: a saw tooth of one scatter
        return np.asarray(condition.sd * ((days + rng.integers(7)) % 7 / 6 - 0.5))
    if besides == "day":  # mornings are worse than evenings, and who measures when is chance
        return np.asarray(0.6 * condition.sd * rng.choice([-1.0, 1.0], len(days)))
    return np.zeros(len(days))


def _scatter(noise: str, days: Floats, rng: np.random.Generator) -> Floats:
    count = len(days)
    if noise == "heavy":
        return np.asarray(rng.standard_t(3, count) / np.sqrt(3))
    if noise == "lasting":  # an autoregressive scatter: 0.5 from record to record
        found = rng.normal(size=count)
        for k in range(1, count):
            found[k] = 0.5 * found[k - 1] + np.sqrt(0.75) * found[k]
        return found
    return rng.normal(size=count)
