"""Units: what is printed → a UCUM code, and from one unit to another of the same dimension.

A table of synonyms (resources/units.json) comes before the parser: `K/uL` would be kelvin there, `MG` a megagram.
The grammar is UCUM's (ucum.org/ucum, sections 2.1–2.4), as far as health records need it. Nothing is guessed: a unit
that neither the table nor the grammar knows has no code, and equals only itself.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

Dimension = tuple[tuple[str, int], ...]

_PREFIXES = {
    "T": 1e12, "G": 1e9, "M": 1e6, "k": 1e3, "h": 100, "da": 10, "d": 0.1, "c": 0.01, "m": 1e-3, "u": 1e-6, "n": 1e-9,
    "p": 1e-12, "f": 1e-15,
}  # fmt: skip
_METRIC: dict[str, tuple[float, dict[str, int]]] = {
    "g": (1, {"mass": 1}), "m": (1, {"length": 1}), "s": (1, {"time": 1}), "mol": (1, {"amount": 1}),
    "eq": (1, {"charge": 1}), "L": (1e-3, {"length": 3}), "l": (1e-3, {"length": 3}), "U": (1, {"activity": 1}),
    "kat": (6e7, {"activity": 1}), "[iU]": (1, {"international": 1}), "[IU]": (1, {"international": 1}),
    "m[Hg]": (133322, {"pressure": 1}), "Pa": (1, {"pressure": 1}), "bar": (1e5, {"pressure": 1}),
    "osm": (1, {"particles": 1}), "cal": (4.184, {"energy": 1}), "J": (1, {"energy": 1}), "Hz": (1, {"time": -1}),
    "V": (1, {"voltage": 1}), "K": (1, {"kelvin": 1}), "Cel": (1, {"celsius": 1}),
}  # fmt: skip
_PLAIN: dict[str, tuple[float, dict[str, int]]] = {
    "%": (0.01, {}), "min": (60, {"time": 1}), "h": (3600, {"time": 1}), "d": (86400, {"time": 1}),
    "wk": (604800, {"time": 1}), "mo": (2629800, {"time": 1}), "a": (31557600, {"time": 1}),
    "[lb_av]": (453.59237, {"mass": 1}), "[oz_av]": (28.349523125, {"mass": 1}),
    "[stone_av]": (6350.29318, {"mass": 1}), "[in_i]": (0.0254, {"length": 1}),
    "[in_us]": (0.0254000508, {"length": 1}),
    "[ft_i]": (0.3048, {"length": 1}), "[mi_i]": (1609.344, {"length": 1}), "[pH]": (1, {"pH": 1}),
    "[degF]": (1, {"fahrenheit": 1}), "[ppth]": (1e-3, {}), "dB": (1, {"decibel": 1}),
}  # fmt: skip
"""Factors to gram, metre, second and the like. `[iU]` and `U` are arbitrary: each a dimension of its own."""

_TERM = re.compile(r"(10[*^](?P<ten>[+-]?\d+)|(?P<number>\d+)|(?P<atom>[^\d+-].*?)(?P<power>[+-]?\d+)?)")
_POWER_OF_TEN = re.compile(r"^[x×*]?10(?:[\^*eE+x]|\*\*|\()*(\d{1,2})\)?[.]?(?:cells)?/")
_SURFACE = re.compile(r"/\(?1[.,]73(?:m2|m\^2|m²|sqm|m\*2)?\)?", re.IGNORECASE)
_NOTE = re.compile(r"\{([^{}]*)\}")
_OF_NO_MATTER = frozenset({"cells", "cell", "#", "beats", "breaths", "count", "creat", "cr", "cre", "hb"})
_SIGNS = str.maketrans("µμ³²⁹⁶·∙−／", "uu3296..-/")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was understood: its UCUM code, its factor to the base units, and its dimension."""

    code: str
    factor: float
    dimension: Dimension


@lru_cache(maxsize=4096)
def unit_of(printed: str) -> Unit | None:
    """The unit that is printed; None where it isn't understood (or nothing is printed)."""
    code = _code(printed)
    return _parsed(code) if code else None


def ucum(printed: str) -> str:
    """The UCUM code of a unit as printed: `K/uL` → `10*3/uL`; "" where it isn't understood."""
    unit = unit_of(printed)
    return unit.code if unit else ""


def same_unit(one: str, other: str) -> bool:
    """True where both print the same unit: `K/uL` and `10*9/L`, `mmHg` and `mm[Hg]`."""
    if one == other:
        return True
    mine, theirs = unit_of(one), unit_of(other)
    if mine is None or theirs is None:
        return False
    return mine.dimension == theirs.dimension and abs(mine.factor / theirs.factor - 1) < 1e-9


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    told = json.loads((resources.files("resources") / "units.json").read_text("utf-8"))
    return told["whole"], told["terms"]


def _code(printed: str) -> str:
    """The synonyms' answer, else the printed unit with each of its parts looked up; "" for what means nothing."""
    whole, terms = _tables()
    plain = printed.translate(_SIGNS).strip()
    bare = "".join(plain.split())
    key = bare.casefold()
    if key in whole:
        return whole[key]
    if bare in ("G/L", "T/L"):  # grams, or the giga and tera that French laboratories count cells by
        return ""
    bare = _SURFACE.sub("/{1.73_m2}", bare)
    bare = _POWER_OF_TEN.sub(lambda power: f"10*{power[1]}/", bare)
    if _parsed(bare) is not None and not _shouted(bare):
        return bare
    return "/".join(_word(part, terms) for part in bare.split("/"))


def _shouted(bare: str) -> bool:
    """`MG/DL`: written in capitals, which UCUM would take for mega."""
    letters = re.sub(r"\{.*?\}|\[.*?\]", "", bare)
    return letters.isupper() and len(letters) > 1 and bare not in ("U/L",)


def _word(part: str, terms: dict[str, str]) -> str:
    return terms.get(part.casefold(), part)


@lru_cache(maxsize=4096)
def _parsed(code: str) -> Unit | None:
    """A UCUM code without nested brackets; None where it is none."""
    factor, sign = 1.0, 1
    # What a note in braces names is no unit, but a score is no index, and a rate for 1.73 m² no plain rate.
    dimension = {note: 1 for note in _NOTE.findall(code) if note.casefold() not in _OF_NO_MATTER}
    pieces = re.split(r"([./])", _NOTE.sub("", code))
    for place, piece in enumerate(pieces):
        if place % 2:
            sign = -1 if piece == "/" else 1
            continue
        found = _term(piece)
        if found is None:
            return None
        factor *= found[0] ** sign
        for name, power in found[1].items():
            dimension[name] = dimension.get(name, 0) + sign * power
    return Unit(code, factor, tuple(sorted((name, power) for name, power in dimension.items() if power)))


def _term(piece: str) -> tuple[float, dict[str, int]] | None:
    if not piece:
        return 1.0, {}
    match = _TERM.fullmatch(piece)
    if match is None:
        return None
    if match["ten"]:
        return (10.0 ** int(match["ten"]), {}) if abs(int(match["ten"])) < 100 else None
    if match["number"]:
        return (float(match["number"]), {}) if 0 < int(match["number"]) < 10**9 else None
    atom, power = _atom(match["atom"]), int(match["power"] or 1)
    if atom is None or abs(power) > 9:
        return None
    return atom[0] ** power, {name: one * power for name, one in atom[1].items()}


def _atom(name: str) -> tuple[float, dict[str, int]] | None:
    known = _PLAIN.get(name) or _METRIC.get(name)
    if known is not None:
        return known
    for length in (2, 1):
        prefix, rest = _PREFIXES.get(name[:length]), _METRIC.get(name[length:])
        if prefix is not None and rest is not None:
            return prefix * rest[0], rest[1]
    return None
