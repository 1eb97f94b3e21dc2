"""From one unit to another within one analyte: by its molar mass, its charge, its activity, or an equation.

The figures and the sources of each are in resources/analytes.json.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from organizer.base.units import Dimension, Unit, unit_of

_FREEZING = 273.15  # kelvin
_SCALES: dict[Dimension, tuple[float, float]] = {
    (("celsius", 1),): (1.0, 0.0),
    (("fahrenheit", 1),): (1.8, 32.0),
    (("kelvin", 1),): (1.0, _FREEZING),
}
"""Degrees in one degree Celsius, and what the freezing point is."""


@dataclass(frozen=True, slots=True)
class Equation:
    """`to` = slope × `from` + intercept, between two units."""

    source_unit: str
    target_unit: str
    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Analyte:
    """What the LOINC `codes` measure alike.

    `molar_mass` in g/mol, `valence` and `activity` (U in one IU) are 0 where they don't apply.
    """

    name: str
    codes: tuple[str, ...]
    molar_mass: float = 0.0
    valence: float = 0.0
    activity: float = 0.0
    equation: Equation | None = None


def analyte_of(code: str) -> Analyte | None:
    """The analyte of a LOINC code; None for those that have only one kind of unit."""
    return _all().get(code)


def converted(value: float, unit: str, to: str, code: str = "") -> float | None:
    """The value in another unit; None where the two don't measure the same, as far as is known.

    `code` is the LOINC code of what was measured: mass and amount are only converted within an analyte.
    """
    mine, theirs = unit_of(unit), unit_of(to)
    if unit == to:
        return value
    if mine is None or theirs is None:
        return None
    analyte = analyte_of(code)
    if analyte is not None and analyte.equation is not None and mine.dimension == theirs.dimension:
        return _by_equation(value, mine, theirs, analyte.equation)
    if mine.dimension == theirs.dimension:
        return value * mine.factor / theirs.factor
    degrees = _temperature(value, mine, theirs)
    return _by_analyte(value, mine, theirs, analyte) if degrees is None else degrees


def _by_analyte(value: float, mine: Unit, theirs: Unit, analyte: Analyte | None) -> float | None:
    if analyte is None:
        return None
    here, there = _in_amounts(value, mine, analyte), _in_amounts(1.0, theirs, analyte)
    if here is None or there is None or here[1] != there[1]:
        return None
    return here[0] / there[0]


def _in_amounts(value: float, unit: Unit, analyte: Analyte) -> tuple[float, tuple[tuple[str, int], ...]] | None:
    """The value in base units, with masses, charges and IU as what they stand for; None where a figure is missing."""
    powers, number = dict(unit.dimension), value * unit.factor
    figures = (
        ("mass", "amount", analyte.molar_mass),
        ("charge", "amount", analyte.valence),
        ("international", "activity", analyte.activity),
    )
    for name, instead, divisor in figures:
        power = powers.pop(name, 0)
        if power and not divisor:
            return None
        number /= divisor**power if power else 1
        powers[instead] = powers.get(instead, 0) + power
    return number, tuple(sorted((name, power) for name, power in powers.items() if power))


def _by_equation(value: float, mine: Unit, theirs: Unit, equation: Equation) -> float | None:
    """Between the two scales of an equation; both are fractions, so only their codes tell them apart."""
    here, there = (unit.code.partition("{")[0] for unit in (mine, theirs))
    if here == there:
        return value
    if (here, there) == (equation.source_unit, equation.target_unit):
        return equation.slope * value + equation.intercept
    if (there, here) == (equation.source_unit, equation.target_unit):
        return (value - equation.intercept) / equation.slope
    return None


def _temperature(value: float, mine: Unit, theirs: Unit) -> float | None:
    here, there = (_SCALES.get(unit.dimension) for unit in (mine, theirs))
    if here is None or there is None:
        return None
    kelvin = (value * mine.factor - here[1]) / here[0] + _FREEZING
    return ((kelvin - _FREEZING) * there[0] + there[1]) / theirs.factor


@lru_cache(maxsize=1)
def _all() -> dict[str, Analyte]:
    told = json.loads((resources.files("resources") / "analytes.json").read_text("utf-8"))
    found: dict[str, Analyte] = {}
    for one in told["analytes"]:
        equation = one.get("equation")
        analyte = Analyte(
            one["name"],
            tuple(one["codes"]),
            one.get("molar_mass", {}).get("value", 0.0),
            one.get("valence", {}).get("value", 0.0),
            one.get("units_of_activity", {}).get("value", 0.0),
            Equation(equation["from"], equation["to"], equation["slope"], equation["intercept"]) if equation else None,
        )
        found |= dict.fromkeys(analyte.codes, analyte)
    return found
