"""UCUM's grammar (ucum.org/ucum, sections 2.1–2.4, looked up 2026-11-29), as far as health records need it."""

import re
from dataclasses import dataclass

from organizer.base.remembered import remembered

Dimension = tuple[tuple[str, int], ...]
_Factored = tuple[float, dict[str, int]]

AMOUNT_RATIO = "ratio of amounts"
"""The dimension of `mmol/mol`."""

_PREFIXES = {
    "T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3, "h": 100, "da": 10, "d": 0.1, "c": 0.01, "m": 1e-3, "u": 1e-6, "n": 1e-9,
    "p": 1e-12, "f": 1e-15,
}  # fmt: skip
_METRIC: dict[str, _Factored] = {
    "g": (1, {"mass": 1}), "m": (1, {"length": 1}), "s": (1, {"time": 1}), "mol": (1, {"amount": 1}),
    "eq": (1, {"charge": 1}), "L": (1e-3, {"length": 3}), "l": (1e-3, {"length": 3}), "U": (1, {"activity": 1}),
    "kat": (6e7, {"activity": 1}), "[iU]": (1, {"international": 1}), "[IU]": (1, {"international": 1}),
    "m[Hg]": (133322, {"pressure": 1}), "Pa": (1, {"pressure": 1}), "bar": (1e5, {"pressure": 1}),
    "osm": (1, {"particles": 1}), "cal": (4.184, {"energy": 1}), "J": (1, {"energy": 1}), "Hz": (1, {"time": -1}),
    "V": (1, {"voltage": 1}), "K": (1, {"kelvin": 1}), "Cel": (1, {"celsius": 1}),
    "m[H2O]": (9806.65, {"pressure": 1}), "rad": (1, {"angle": 1}), "sr": (1, {"solid angle": 1}),
    "cd": (1, {"light": 1}), "lm": (1, {"light flow": 1}), "lx": (1, {"light on a surface": 1}),
    "Bq": (1, {"decay": 1}), "Gy": (1, {"dose": 1}), "Sv": (1, {"dose equivalent": 1}), "N": (1, {"force": 1}),
    "W": (1, {"power": 1}), "A": (1, {"current": 1}), "Ohm": (1, {"resistance": 1}), "Wb": (1, {"flux": 1}),
    "eV": (1.602176634e-19, {"energy": 1}),
}  # fmt: skip
_PLAIN: dict[str, _Factored] = {
    "%": (0.01, {}), "min": (60, {"time": 1}), "h": (3600, {"time": 1}), "d": (86400, {"time": 1}),
    "wk": (604800, {"time": 1}), "mo": (2629800, {"time": 1}), "a": (31557600, {"time": 1}),
    "[lb_av]": (453.59237, {"mass": 1}), "[oz_av]": (28.349523125, {"mass": 1}),
    "[stone_av]": (6350.29318, {"mass": 1}), "[in_i]": (0.0254, {"length": 1}),
    "[in_us]": (100 / 3937, {"length": 1}), "[ft_us]": (1200 / 3937, {"length": 1}),
    "[ft_i]": (0.3048, {"length": 1}), "[yd_i]": (0.9144, {"length": 1}), "[mi_i]": (1609.344, {"length": 1}),
    "[tsp_us]": (4.92892159375e-6, {"length": 3}), "[tbs_us]": (14.78676478125e-6, {"length": 3}),
    "[foz_us]": (29.5735295625e-6, {"length": 3}), "[cup_us]": (236.5882365e-6, {"length": 3}),
    "[pt_us]": (473.176473e-6, {"length": 3}), "[gal_us]": (3785.411784e-6, {"length": 3}),
    "[pH]": (1, {"pH": 1}), "[degF]": (1, {"fahrenheit": 1}), "[ppth]": (1e-3, {}), "[ppm]": (1e-6, {}),
    "dB": (1, {"decibel": 1}), "[HPF]": (1, {"field": 1}), "[LPF]": (1, {"low-power field": 1}),
    "[CFU]": (1, {"colonies": 1}), "[arb'U]": (1, {"arbitrary": 1}), "[AU]": (1, {"allergy": 1}),
    "deg": (0.017453292519943295, {"angle": 1}), "[ppb]": (1e-9, {}), "[Cal]": (4184, {"energy": 1}),
    "[PFU]": (1, {"plaques": 1}), "[GPL'U]": (1, {"IgG phospholipid": 1}), "[MPL'U]": (1, {"IgM phospholipid": 1}),
    "[APL'U]": (1, {"IgA phospholipid": 1}), "[BAU]": (1, {"bioequivalent allergy": 1}), "[drp]": (1, {"drops": 1}),
    "[diop]": (1, {"length": -1}),
}  # fmt: skip
"""Factors to gram, metre, second and the like. `[IU]`, `U` and fields are arbitrary: each a dimension of its own.

A US survey inch is 100/3937 m; teaspoon, tablespoon, ounce and cup are parts of the US gallon of 231 cubic inches.
"""

_PIECE = re.compile(r"\{(?P<note>[^{}]*)\}|(?P<sign>[./()])|(?P<unit>(?:\[[^\[\]]*\]|[^./(){}\[\]])+)")
_ATOM = re.compile(r"10[*^](?P<ten>[+-]?\d{1,9})|(?P<number>\d{1,9})|(?P<atom>[^\d+-].*?)(?P<power>[+-]?\d{1,9})?")
"""Of so many digits each number can be read; what has more of them is no unit."""
_OF_NO_MATTER = frozenset({"cells", "cell", "#", "beats", "breaths", "count", "creat", "cr", "cre", "hb"})
_AS_UNITS = {"hpf": "field", "lpf": "low-power field", "iu": "international", "cfu": "colonies"}
LONGEST = 200
"""Letters of a unit: those of UCUM's own list of examples have 30 at most; a page of text is none."""
_DEEPEST, _HIGHEST_TEN, _HIGHEST_POWER = 4, 99, 9


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was understood: its UCUM code, its factor to the base units, its dimension.

    What a note in braces names is no unit, but a score is no index, and a rate for 1.73 m² no plain rate: a note is a
    dimension of its own, and `notes` names them.
    """

    code: str
    factor: float
    dimension: Dimension
    notes: frozenset[str] = frozenset()


def parsed(code: str) -> Unit | None:
    """The unit of a UCUM code; None where it is none."""
    return _parsed(code) if len(code) <= LONGEST else None


@remembered(4096)
def _parsed(code: str) -> Unit | None:
    pieces = _pieces(code)
    if not pieces:
        return None
    parser = _Parser(pieces)
    factored = parser.term()
    if factored is None or parser.at < len(pieces) or factored[0] <= 0:
        return None
    dimension = factored[1] | dict.fromkeys(parser.notes, 1)
    # Both have no dimension left in UCUM, but a ratio of amounts is no ratio of masses: mmol/mol isn't mg/g.
    if dimension.get("amount") == 0:
        dimension[AMOUNT_RATIO] = 1
    powers = sorted((name, power) for name, power in dimension.items() if power)
    return Unit(code, factored[0], tuple(powers), frozenset(parser.notes))


def _pieces(code: str) -> list[re.Match[str]]:
    """The code cut into notes, signs and atoms; [] where something else stands in it."""
    pieces = list(_PIECE.finditer(code))
    return pieces if sum(len(piece[0]) for piece in pieces) == len(code) else []


class _Parser:
    """Reads `term`, from left to right: `a/b.c` is (a/b)·c (section 2.2)."""

    def __init__(self, pieces: list[re.Match[str]]) -> None:
        self._pieces, self.at, self._depth = pieces, 0, 0
        self.notes: set[str] = set()

    def term(self) -> _Factored | None:
        """A product of components; None where the code breaks off or holds an unknown atom."""
        factor, powers = 1.0, dict[str, int]()
        sign = -1 if self._takes("/") else 1
        while True:
            component = self._component()
            if component is None:
                return None
            factor *= component[0] ** sign
            for name, power in component[1].items():
                powers[name] = powers.get(name, 0) + sign * power
            if self._takes("."):
                sign = 1
            elif self._takes("/"):
                sign = -1
            else:
                return factor, powers

    def _takes(self, sign: str) -> bool:
        here = self.at < len(self._pieces) and self._pieces[self.at]["sign"] == sign
        self.at += here
        return here

    def _component(self) -> _Factored | None:
        if self._takes("("):
            return self._bracketed()
        factored = None
        if self.at < len(self._pieces) and self._pieces[self.at]["unit"]:
            factored = _atom_of(self._pieces[self.at]["unit"])
            if factored is None:
                return None
            self.at += 1
        return self._noted(factored)

    def _bracketed(self) -> _Factored | None:
        self._depth += 1
        inside = self.term() if self._depth <= _DEEPEST else None
        self._depth -= 1
        return inside if inside is not None and self._takes(")") else None

    def _noted(self, factored: _Factored | None) -> _Factored | None:
        """A note behind an atom, or alone, where it stands for 1."""
        if self.at >= len(self._pieces) or self._pieces[self.at]["note"] is None:
            return factored
        note = self._pieces[self.at]["note"]
        self.at += 1
        base, powers = factored or (1.0, {})
        if note.casefold() in _AS_UNITS:
            return base, {**powers, _AS_UNITS[note.casefold()]: 1}
        if note.casefold() not in _OF_NO_MATTER:
            self.notes.add(note)
        return base, powers


def _atom_of(text: str) -> _Factored | None:
    """One atom with its exponent, a power of ten, or a number."""
    match = _ATOM.fullmatch(text)
    if match is None:
        return None
    if match["ten"]:
        return (10.0 ** int(match["ten"]), {}) if abs(int(match["ten"])) <= _HIGHEST_TEN else None
    if match["number"]:
        return (float(match["number"]), {}) if 0 < int(match["number"]) < 10**9 else None
    atom, power = _known(match["atom"]), int(match["power"] or 1)
    if atom is None or abs(power) > _HIGHEST_POWER:
        return None
    return atom[0] ** power, {name: number * power for name, number in atom[1].items()}


def _known(name: str) -> _Factored | None:
    known = _PLAIN.get(name) or _METRIC.get(name)
    if known is not None:
        return known
    for length in (2, 1):
        prefix, rest = _PREFIXES.get(name[:length]), _METRIC.get(name[length:])
        if prefix is not None and rest is not None:
            return prefix * rest[0], rest[1]
    return None
