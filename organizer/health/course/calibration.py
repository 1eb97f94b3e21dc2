"""What `make calibrate-plan-check` derived by simulation: resources/plan_check.json, with its seeds.

Cuts of the CUSUM for each measure and record density; the logistic calibration of the probability.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Any

from organizer.base.remembered import remembered
from organizer.base.resource_files import read_resource
from organizer.health.course.model import Measure

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


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve's coefficients, and what its values turned out to mean: between knots by a straight line."""

    coefficients: tuple[float, ...]
    claimed: tuple[float, ...]
    meant: tuple[float, ...]

    def chance(self, features: Sequence[float]) -> float:
        """The probability for what was seen."""
        score = sum(a * b for a, b in zip(self.coefficients, features, strict=True))
        value = 1 / (1 + exp(-max(-30.0, min(30.0, score))))
        at = bisect_left(self.claimed, value)
        if at in (0, len(self.claimed)):
            return self.meant[min(at, len(self.claimed) - 1)]
        low, high = self.claimed[at - 1], self.claimed[at]
        return self.meant[at - 1] + (value - low) / (high - low) * (self.meant[at] - self.meant[at - 1])


def curve_of(measure: Measure, after: bool) -> Curve | None:
    """The calibration before or after the review; None for a measure whose scatter is only assumed."""
    if measure.source == "own scatter":
        return None
    fitted = _table()["probability"][_code(measure.code)]["after" if after else "before"]
    return Curve(*(tuple(fitted[name]) for name in ("curve", "said", "meant")))


@remembered(256)
def _cuts(code: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    figures = _table()
    return tuple(figures["records_per_window"]), tuple(figures["cuts"][_code(code)])


def _code(code: str) -> str:
    return code if code in _table()["cuts"] else ANY


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_resource("plan_check.json")
    return table
