"""Is a unit a code of UCUM? Only then is it written as one: a made-up code would be worse than the printed unit."""

import re

_METRIC = (
    "10*", "10^", "m", "s", "g", "rad", "K", "C", "cd", "mol", "sr", "Hz", "N", "Pa", "J", "W", "A", "V", "F", "Ohm",
    "S", "Wb", "Cel", "T", "H", "lm", "lx", "Bq", "Gy", "Sv", "L", "l", "t", "bar", "u", "eV", "cal", "[Cal]", "eq",
    "osm", "kat", "U", "[iU]", "[IU]", "m[Hg]", "m[H2O]", "g%", "Ci", "R",
)  # fmt: skip
_OTHERS = (
    "%", "deg", "'", "''", "min", "h", "d", "wk", "mo", "a", "[in_i]", "[ft_i]", "[yd_i]", "[mi_i]", "[lb_av]",
    "[oz_av]", "[foz_us]", "[degF]", "[pH]", "[CFU]", "[PFU]", "[HPF]", "[LPF]", "[drp]", "[diop]", "[arb'U]",
    "[AU]", "[ppm]", "[ppb]", "[ppth]", "[GPL'U]", "[MPL'U]", "[APL'U]", "[BAU]", "B", "Np",
)  # fmt: skip
_PREFIXES = "da|[YZEPTGMkhdcmunpfazy]"
_ATOM = (
    f"(?:(?:{_PREFIXES})?(?:{'|'.join(map(re.escape, sorted(_METRIC, key=len, reverse=True)))})"
    f"|{'|'.join(map(re.escape, sorted(_OTHERS, key=len, reverse=True)))})"
)
_NOTE = r"\{[\x21-\x7a\x7c\x7e]*\}"
_FACTOR = rf"(?:(?:{_ATOM}(?:[+-]?\d+)?|\d+)(?:{_NOTE})?|{_NOTE})"
_TERM = re.compile(rf"/?{_FACTOR}(?:[./]{_FACTOR})*")


def is_ucum(unit: str) -> bool:
    """True for a code of the units in medical use (https://ucum.org/ucum, case-sensitive), without parentheses."""
    return bool(_TERM.fullmatch(unit))
