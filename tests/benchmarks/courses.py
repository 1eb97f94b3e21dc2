"""Simulated courses of treatment with their truth: who does well, who doesn't, and since when.

Many shape families and nuisances, because a check that is tuned on one shape only learns the simulator. All arrays are
[courses, records]; days count from the plan's start; values are in the measure's unit, down is better.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GOOD_KINDS = ("responder", "slow", "switcher")
PROBLEM_KINDS = ("partial", "non-responder", "relapse", "worsening")
MIXTURE = {
    "responder": 0.25,
    "slow": 0.25,
    "partial": 0.125,
    "non-responder": 0.125,
    "relapse": 0.125,
    "worsening": 0.125,
}
"""Of whom the probability is calibrated: half do well."""
TUNED_SHAPES = ("exponential", "linear", "delayed", "two-phase", "plateau")
LEFT_OUT_SHAPES = ("sigmoid", "step", "staircase", "overshoot")
PRIOR_RECORDS = 3


@dataclass(frozen=True)
class Setting:
    """A measure as people live with it: how high it starts, what is wanted, how often it is taken.

    `sd` is the within-person scatter; `window` the days to the review, `interval` those between records, `horizon`
    how long a course is watched, in windows. Where `logarithmic`, start, goal and scatter are
    logarithms and the simulated values are not.
    """

    name: str
    code: str
    start: float
    start_sd: float
    goal: float
    sd: float
    correlation: float
    window: int
    interval: float
    step: float
    floor: float
    ceiling: float
    horizon: float = 2.0
    logarithmic: bool = False


SETTINGS = (
    Setting("PHQ-9", "44261-6", 17.0, 3.0, 5.0, 2.2, 14, 56, 7, 1, 0, 27),
    Setting("HbA1c", "4548-4", 8.8, 0.7, 7.0, 0.20, 60, 105, 42, 0.1, 3, 20, horizon=3.0),
    Setting("pain", "72514-3", 6.8, 1.0, 4.0, 1.3, 7, 84, 7, 1, 0, 10),
    Setting("systolic", "8480-6", 156, 8.0, 135.0, 8.0, 7, 56, 5, 1, 50, 260),
)


@dataclass(frozen=True)
class Courses:
    """Simulated people of one kind and one shape.

    `days` and `values` [n, T], NaN where there is no record; `prior` [n, 3] the records up to the start; `goal`,
    `onset` (the day since which it goes wrong, NaN for good courses) and `switched` (day of the dose change, NaN) [n];
    `truth` [n, T] the level without scatter.
    """

    kind: str
    shape: str
    setting: Setting
    days: Floats
    values: Floats
    prior: Floats
    prior_days: Floats
    goal: Floats
    onset: Floats
    switched: Floats
    truth: Floats


def progress(shape: str, t: Floats, length: Floats, rng: np.random.Generator) -> Floats:
    """The share of the way that is done after `t` of `length` days: 0 at 0, about 0.95 at `length`."""
    x = np.clip(t / length, 0, None)
    n = (len(x), 1)
    if shape == "exponential":
        return 1 - np.exp(-3 * x)
    if shape == "linear":
        return np.minimum(x, 1) * 0.97
    if shape == "delayed":
        lag = rng.uniform(0.1, 0.4, n)
        return 1 - np.exp(-3 * np.clip((x - lag) / (1 - lag), 0, None))
    if shape == "two-phase":
        early = rng.uniform(0.3, 0.6, n)
        return early * (1 - np.exp(-12 * x)) + (1 - early) * np.minimum(x, 1) ** 2 * 0.97
    if shape == "plateau":
        pause, at = rng.uniform(0.25, 0.45, n), rng.uniform(0.35, 0.65, n)
        first, then = np.minimum(x / 0.3, 1) * at, np.clip((x - 0.3 - pause) / (0.7 - pause), 0, 1) * (1 - at)
        return (first + then) * 0.98
    if shape == "sigmoid":
        middle, steep = rng.uniform(0.4, 0.65, n), rng.uniform(8, 16, n)
        low = 1 / (1 + np.exp(steep * middle))
        return (1 / (1 + np.exp(-steep * (x - middle))) - low) / (1 - low)
    if shape == "step":
        return (x >= rng.uniform(0.35, 0.85, n)) * 0.98
    if shape == "staircase":
        cuts = np.sort(rng.uniform(0.1, 0.95, (len(x), 3)), axis=1)
        return sum((x >= cuts[:, k : k + 1]) for k in range(3)) / 3 * 0.98
    if shape == "overshoot":
        return (1 - np.exp(-4 * x)) * (1 + 0.35 * np.exp(-(((x - 0.8) / 0.3) ** 2)))
    raise ValueError(shape)


def simulate(
    setting: Setting, kind: str, shape: str, n: int, rng: np.random.Generator, noise: float = 1.0, nuisance: bool = True
) -> Courses:
    """`n` people of one kind and shape; `noise` multiplies the scatter."""
    s = setting
    start = np.clip(rng.normal(s.start, s.start_sd, n), s.goal + 3 * s.sd, s.ceiling)
    goal = np.full(n, s.goal)
    days = _visits(s, n, rng, nuisance)
    truth, onset, switched = truth_of(s, kind, shape, days, start, goal, rng)
    prior_days = -np.cumsum(rng.uniform(0.5, 1.2, (n, PRIOR_RECORDS)) * min(s.interval, 30), axis=1)[:, ::-1]
    prior_days = np.sort(np.round(prior_days), axis=1)
    prior_days[:, -1] = np.maximum(prior_days[:, -1], -rng.integers(0, 3, n))
    every = np.concatenate([prior_days, np.where(np.isnan(days), 1e6, days)], axis=1)
    level = np.concatenate([np.repeat(start[:, None], PRIOR_RECORDS, 1), truth], axis=1)
    level = level + (_nuisance(s, every, rng) if nuisance else 0)
    raw = np.maximum(level, s.floor) + noise * _scatter(s, every, rng, nuisance)
    out = np.exp if s.logarithmic else np.asarray
    values = out(np.clip(np.round(raw / s.step) * s.step, s.floor, s.ceiling))
    values[:, PRIOR_RECORDS:][np.isnan(days)] = np.nan
    prior = values[:, :PRIOR_RECORDS]
    return Courses(
        kind, shape, s, days, values[:, PRIOR_RECORDS:], prior, prior_days, out(goal), onset, switched, out(truth)
    )


def thinned(setting: Setting) -> Setting:
    """The same measure with half as many records."""
    return replace(setting, interval=setting.interval * 2)


def _visits(s: Setting, n: int, rng: np.random.Generator, nuisance: bool) -> Floats:
    end = s.window * s.horizon
    count = int(np.ceil(end / s.interval * 1.5)) + 2
    gaps = s.interval * rng.uniform(0.7, 1.3, (n, count))
    if nuisance:
        bunched = rng.random(n) < 0.2
        pairs = np.arange(count) % 2 == 1
        gaps[np.ix_(bunched, pairs)] = np.minimum(gaps[np.ix_(bunched, pairs)], rng.uniform(1, 4))
        gaps[np.ix_(bunched, ~pairs)] *= 1.9
    days = np.round(np.maximum.accumulate(np.cumsum(np.maximum(gaps, 1), axis=1), axis=1))
    return np.where(days <= end, days, np.nan)


def truth_of(
    s: Setting, kind: str, shape: str, days: Floats, start: Floats, goal: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    n, w = len(start), float(s.window)
    gap = (start - goal)[:, None]
    onset, switched = np.full(n, np.nan), np.full(n, np.nan)
    t = np.where(np.isnan(days), 0, days)
    beyond = rng.uniform(1.0, 1.15, (n, 1))
    level = start[:, None]
    if kind in ("responder", "slow"):
        length = rng.uniform(0.3, 0.7, (n, 1)) * w if kind == "responder" else rng.uniform(0.8, 1.0, (n, 1)) * w
        return level - gap * beyond * progress(shape, t, length, rng), onset, switched
    if kind == "switcher":
        switched = np.round(rng.uniform(0.35, 0.6, n) * w)
        left = (w - switched)[:, None]
        partly = rng.uniform(0, 0.3, (n, 1)) * progress("exponential", t, w * np.ones((n, 1)), rng)
        done = progress(shape, np.clip(t - switched[:, None], 0, None), left * rng.uniform(0.6, 1.0, (n, 1)), rng)
        return level - gap * (partly + (beyond - partly) * done), onset, switched
    onset[:] = 0.0
    if kind == "partial":
        share = rng.uniform(0.2, 0.75, (n, 1))
        return level - gap * share * progress(shape, t, rng.uniform(0.4, 0.9, (n, 1)) * w, rng), onset, switched
    if kind == "non-responder":
        drift = rng.normal(0, 0.1, (n, 1)) * gap * np.minimum(t / w, 1)
        return level + drift + 0 * t, onset, switched
    if kind == "worsening":
        rise = rng.uniform(0.4, 1.0, (n, 1)) * gap
        return level + rise * progress(shape, t, rng.uniform(0.8, 1.5, (n, 1)) * w, rng), onset, switched
    turn = np.round(rng.uniform(0.7, 1.2, n) * w)
    onset[:] = turn
    better = beyond * progress("exponential", t, rng.uniform(0.3, 0.6, (n, 1)) * w, rng)
    back = rng.uniform(0.7, 1.1, (n, 1)) * beyond
    lost = back * progress(shape, np.clip(t - turn[:, None], 0, None), rng.uniform(0.3, 0.7, (n, 1)) * w, rng)
    return level - gap * (better - lost), onset, switched


def _nuisance(s: Setting, days: Floats, rng: np.random.Generator) -> Floats:
    """Season in a third of the people, another laboratory or device in a fifth: up to half of the scatter each."""
    n = len(days)
    season = (rng.random((n, 1)) < 0.33) * rng.uniform(0.2, 0.6, (n, 1)) * s.sd
    wave = season * np.sin(2 * np.pi * (days / 365 + rng.random((n, 1))))
    changed = (rng.random((n, 1)) < 0.2) * rng.normal(0, 0.5, (n, 1)) * s.sd
    return wave + changed * (days > rng.uniform(0, 1.5, (n, 1)) * s.window)


def _scatter(s: Setting, days: Floats, rng: np.random.Generator, nuisance: bool) -> Floats:
    """Correlated scatter: half of it lasts for the correlation time; heavy tails in three people of ten."""
    n, count = days.shape
    sd = s.sd * (np.exp(rng.normal(0, 0.2, (n, 1))) if nuisance else 1.0)
    white = rng.normal(size=(n, count))
    if nuisance:
        heavy = rng.random(n) < 0.3
        white[heavy] = rng.standard_t(4, (int(heavy.sum()), count)) / np.sqrt(2)
    lasting = np.empty((n, count))
    lasting[:, 0] = rng.normal(size=n)
    for k in range(1, count):
        keep = np.exp(-(days[:, k] - days[:, k - 1]) / s.correlation)
        lasting[:, k] = keep * lasting[:, k - 1] + np.sqrt(1 - keep**2) * rng.normal(size=n)
    return sd * (np.sqrt(0.5) * lasting + np.sqrt(0.5) * white)
