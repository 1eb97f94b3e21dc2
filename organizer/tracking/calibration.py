"""What `make calibrate-plan-check` derived by simulation: resources/plan_check.json, with its seeds.

Cuts of the CUSUM for each measure and record density; the logistic calibration of the probability.
"""

import json
from bisect import bisect_left
from functools import lru_cache
from importlib import resources
from math import log
from typing import Any

from organizer.tracking.model import Measure

ANY = "any"
"""The entry for measures without figures of their own: the widest of all cuts."""


def cut_of(measure: Measure, per_window: float) -> float:
    """The CUSUM's cut at so many days with records a window, between (and beyond) two densities by their logarithm."""
    density, cuts = _cuts(measure.code)
    n = max(per_window, density[0])
    at = min(max(1, bisect_left(density, n)), len(density) - 1)
    low, high = log(density[at - 1]), log(density[at])
    share = (log(n) - low) / (high - low)
    return cuts[at - 1] + share * (cuts[at] - cuts[at - 1])


def probability_of(measure: Measure) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """The coefficients before and after the review; None for a measure that was not simulated."""
    found = _told()["probability"].get(_code(measure.code))
    if found is None or (measure.source == "own scatter"):
        return None
    return tuple(found["before"]), tuple(found["after"])


@lru_cache(maxsize=256)
def _cuts(code: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    told = _told()
    return tuple(told["records_per_window"]), tuple(told["cuts"][_code(code)])


def _code(code: str) -> str:
    return code if code in _told()["cuts"] else ANY


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.files("resources") / "plan_check.json").read_text("utf-8"))
    return found
