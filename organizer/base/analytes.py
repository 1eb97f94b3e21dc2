"""What was measured, and from one unit to another within one analyte: by its molar mass, charge, activity, an equation.

An analyte is one series: its LOINC codes measure the same thing by mass or by amount, by another method, or in another
sample of blood. The only table, with the source of each figure, is resources/analytes.json; `analyte_names` knows what
laboratories call them.
"""

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from organizer.base.resource_files import read_resource
from organizer.base.ucum import AMOUNT_RATIO, Dimension, Unit, parsed
from organizer.base.units import is_among, is_bare, reading_for

LOINC = "http://loinc.org"
_FREEZING = 273.15  # kelvin
_SCALES: dict[Dimension, tuple[float, float]] = {
    (("celsius", 1),): (1.0, 0.0),
    (("fahrenheit", 1),): (1.8, 32.0),
    (("kelvin", 1),): (1.0, _FREEZING),
}
"""Degrees in one degree Celsius, and what the freezing point is."""
_SURFACE = "1.73_m2"


@dataclass(frozen=True, slots=True)
class Equation:
    """`target` = slope × `source` + intercept, between two units; `source` is a ratio of amounts (`mmol/mol`)."""

    source: Unit
    target: Unit
    slope: float
    intercept: float


@dataclass(frozen=True, slots=True)
class Analyte:
    """What the LOINC `codes` measure alike, and the UCUM `units` in which laboratories report it.

    `molar_mass` in g/mol, `valence` and `activity` (U in one IU) are 0 where they don't apply. `usual` are bounds that
    no result leaves, None where none are given.
    """

    name: str
    codes: tuple[str, ...]
    units: tuple[str, ...] = ()
    molar_mass: float = 0.0
    valence: float = 0.0
    activity: float = 0.0
    equation: Equation | None = None
    usual: tuple[float, float] | None = None


def analyte_of(code: str) -> Analyte | None:
    """The analyte of a LOINC code, bare or as `http://loinc.org|2345-7`; None for those that stand alone."""
    system, bar, bare = code.rpartition("|")
    return None if bar and system != LOINC else _by_code().get(bare)


def siblings_of(code: str) -> tuple[str, ...]:
    """The bare LOINC codes that measure the same, that of the code first; () for a code that stands alone."""
    analyte = analyte_of(code)
    own = code.rpartition("|")[2]
    return (own, *(other for other in analyte.codes if other != own)) if analyte else ()


def converted(value: float, unit: str, to: str, code: str = "") -> float | None:
    """The value in another unit; None where the two don't measure the same, as far as is known.

    `code` is the LOINC code of what was measured: mass and amount, or U and IU, are only converted within an analyte;
    and within one measure a number without a unit is one with a note for a unit (`{INR}`, `{ratio}`, `1`).
    """
    if unit == to:
        return value
    if code and is_bare(unit) and is_bare(to):
        return value
    analyte = analyte_of(code) if code else None
    mine, theirs = _understood(unit, analyte), _understood(to, analyte)
    if mine is None or theirs is None:
        return None
    if not code:
        return _plainly(value, mine, theirs)
    mine, theirs = _without_notes(mine), _without_notes(theirs)
    if analyte and analyte.equation and _is_molar_ratio(mine) != _is_molar_ratio(theirs):
        return _by_equation(value, mine, theirs, analyte, analyte.equation)
    return _between(value, mine, theirs, analyte)


def same_reading(unit: str, other: str, code: str) -> bool:
    """True where a number of the measure means the same in both units: `mIU/L` and `mU/L` of thyrotropin."""
    value, seven = converted(1.0, unit, other, code), converted(7.0, unit, other, code)
    return value is not None and seven is not None and abs(value - 1) < 1e-9 and abs(seven - 7) < 1e-8


def unit_as(printed: str, analytes: tuple[Analyte, ...]) -> str:
    """The UCUM code of a printed unit, beside what may have been measured; "" where it isn't known or stays open."""
    return reading_for(printed, lambda code: any(is_among(code, analyte.units) for analyte in analytes))


def _understood(printed: str, analyte: Analyte | None) -> Unit | None:
    code = unit_as(printed, (analyte,) if analyte else ())
    return parsed(code) if code else None


def _without_notes(unit: Unit) -> Unit:
    """Within one measure a note names what is known anyway (`%{HbA1c}`); a rate for 1.73 m² is still no plain rate."""
    notes = unit.notes - {_SURFACE}
    return Unit(unit.code, unit.factor, tuple(pair for pair in unit.dimension if pair[0] not in notes))


def _plainly(value: float, mine: Unit, theirs: Unit) -> float | None:
    if mine.dimension == theirs.dimension:
        return value * mine.factor / theirs.factor
    return _temperature(value, mine, theirs)


def _by_analyte(value: float, mine: Unit, theirs: Unit, analyte: Analyte) -> float | None:
    here, there = _in_amounts(value, mine, analyte), _in_amounts(1.0, theirs, analyte)
    if here is None or there is None or here[1] != there[1]:
        return None
    return here[0] / there[0]


def _in_amounts(value: float, unit: Unit, analyte: Analyte) -> tuple[float, Dimension] | None:
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


def _is_molar_ratio(unit: Unit) -> bool:
    return any(name == AMOUNT_RATIO for name, _power in unit.dimension)


def _by_equation(value: float, mine: Unit, theirs: Unit, analyte: Analyte, equation: Equation) -> float | None:
    """Between a ratio of amounts and the other scale of an analyte."""
    if _is_molar_ratio(mine):
        in_source = value * mine.factor / equation.source.factor
        return _between(equation.slope * in_source + equation.intercept, equation.target, theirs, analyte)
    in_target = _between(value, mine, equation.target, analyte)
    if in_target is None:
        return None
    return (in_target - equation.intercept) / equation.slope * equation.source.factor / theirs.factor


def _between(value: float, mine: Unit, theirs: Unit, analyte: Analyte | None) -> float | None:
    plainly = _plainly(value, mine, theirs)
    return _by_analyte(value, mine, theirs, analyte) if plainly is None and analyte else plainly


def _temperature(value: float, mine: Unit, theirs: Unit) -> float | None:
    here, there = (_SCALES.get(unit.dimension) for unit in (mine, theirs))
    if here is None or there is None:
        return None
    kelvin = (value * mine.factor - here[1]) / here[0] + _FREEZING
    return ((kelvin - _FREEZING) * there[0] + there[1]) / theirs.factor


@cache
def table() -> tuple[dict[str, Any], ...]:
    """The rows of resources/analytes.json as they stand there."""
    return tuple(read_resource("analytes.json")["analytes"])


@cache
def _by_code() -> dict[str, Analyte]:
    by_code: dict[str, Analyte] = {}
    for row in table():
        analyte = _analyte(row)
        by_code |= dict.fromkeys(analyte.codes, analyte)
    return by_code


def _analyte(row: dict[str, Any]) -> Analyte:
    usual = row.get("usual")
    return Analyte(
        row["name"],
        tuple(row["codes"]),
        _units_of(row),
        row.get("molar_mass", {}).get("value", 0.0),
        row.get("valence", {}).get("value", 0.0),
        row.get("units_of_activity", {}).get("value", 0.0),
        _equation(row["equation"]) if "equation" in row else None,
        (usual["low"], usual["high"]) if usual else None,
    )


def _equation(row: dict[str, Any]) -> Equation:
    source, target = parsed(row["from"]), parsed(row["to"])
    assert source is not None, row
    assert target is not None, row
    return Equation(source, target, row["slope"], row["intercept"])


def _units_of(row: dict[str, Any]) -> tuple[str, ...]:
    """The units in which the printed names' codes of the row are reported."""
    codes = set(row["codes"])
    units: dict[str, None] = {}
    for printed in _printed_rows():
        for code, reported in printed["codes"].items():
            if code.rpartition(":")[2] in codes:
                units |= dict.fromkeys(reported.split("|"))
    return tuple(units)


@cache
def _printed_rows() -> tuple[dict[str, Any], ...]:
    return tuple(chain.from_iterable(row.get("printed", ()) for row in table()))
