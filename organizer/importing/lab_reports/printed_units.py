"""Which words of a report are units, and a unit whose letters recognition misread."""

import re
from difflib import SequenceMatcher
from itertools import product

from organizer.base.ucum import AMOUNT_RATIO, parsed
from organizer.base.units import readings_of

_ALONE = frozenset(
    (
        *("%", "fL", "um3", "pg", "fmol", "s", "mm", "mm[Hg]", "kPa", "[ppth]", "[pH]"),
        *("{ratio}", "{index}", "{INR}", "{titer}"),
    )
)
"""What laboratories print as a unit without a stroke; other words (`day`, `M`, `in`) are none in a report."""
_COUNTED = ("mass", "amount", "charge", "particles", "activity", "international")
_BELOW: tuple[dict[str, int], ...] = ({"length": -3}, {"mass": -1}, {"amount": -1}, {"time": -1}, {})
_OTHERS = (
    {AMOUNT_RATIO: 1},
    {"length": -3},
    {"length": 1, "time": -1},
    {"length": 3, "time": -1},
    {"field": -1},
    {"low-power field": -1},
)
_FRACTION = re.compile(r"(?:g|mol|L)(?:/|$)")
_SPELLINGS = (
    ("10*9/L", ("x10*9/l", "g/l", "giga/l")),
    ("10*12/L", ("x10*12/l", "t/l", "tera/l")),
    ("10*3/uL", ("x10*3/ul", "k/ul", "tsd/ul", "x10e3/ul")),
    ("10*6/uL", ("x10*6/ul", "m/ul", "mio/ul", "x10e6/ul")),
    ("mL/min/{1.73_m2}", ("ml/min/1.73m2", "ml/min/1.73", "ml/min/1,73m2")),
)
_POWER = re.compile(r"[x×*]?10[^\d/]?4?(3|6|9|12)(/.*)")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₂µμ⁄", "0123456789-+2uu/")
_INTERNATIONAL = re.compile(r"^[um]?[l1]u/|^[um]?u[l1]/")  # IU and UI, whose I was taken for an l or a 1
_LEAST_LIKE, _LEAST_APART = 0.5, 0.06


def is_unit_of_a_report(printed: str) -> bool:
    """True for a text that is a unit of a laboratory and hardly anything else: `mg/dL` is, `A/G` and `day` are none."""
    return any(_is_reported(code) for code in readings_of(printed.strip("()[] ")))


def _is_reported(code: str) -> bool:
    if "/" not in code:
        return code in _ALONE
    unit = parsed(code)
    if unit is None:
        return False
    powers = {name: power for name, power in unit.dimension if name not in unit.notes}
    if not powers:
        return bool(unit.notes) or _FRACTION.search(code) is not None
    counted = [{**below, name: 1} for name, below in product(_COUNTED, _BELOW) if name not in below]
    return powers in counted or powers in _OTHERS


def squeezed(printed: str) -> str:
    """A printed unit without blanks and case, micro as `u`, raised digits on the line."""
    text = printed.translate(_SUPERSCRIPT).casefold().strip("()[]{} ")
    return "".join(text.split()).replace("mcg", "ug").replace("mcl", "ul").replace("mcmol", "umol")


def is_misread(printed: str) -> bool:
    """True where the I of `IU` or `UI` was taken for another sign, though what came out may be a unit as well."""
    return _INTERNATIONAL.match(squeezed(printed)) is not None


def recognised_unit(printed: str, plausible: list[str]) -> str:
    """The plausible UCUM unit that a printed one, with letters misread, is like; "" where none or several are."""
    power = _POWER.fullmatch(squeezed(printed))
    text = f"10*{power[1]}{power[2]}" if power else squeezed(printed)
    # What recognition most often makes of µ and I comes before likeness in general.
    usual = {text, re.sub(r"^[pyhw](?=g|mol|iu|ui)", "u", text), _INTERNATIONAL.sub(_capital_i, text)}
    likeness: dict[str, float] = {}
    for unit in filter(None, plausible):
        spelt = [re.sub(r"\{.*?\}|[\[\]]", "", unit.casefold())]
        spelt += [word.replace("iu", "ui") for word in spelt if "iu" in word]
        spelt += next((more for known, more in _SPELLINGS if known == unit), ())
        likeness[unit] = 2.0 if usual & set(spelt) else max(SequenceMatcher(None, text, word).ratio() for word in spelt)
    ranked = sorted(likeness.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < _LEAST_LIKE:
        return ""
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _LEAST_APART:
        return ""
    return ranked[0][0]


def _capital_i(match: re.Match[str]) -> str:
    """`lU/`, `ulU/`, `U1/` and `Ul/` are `IU/`, `uIU/` and `UI/`."""
    return match[0].replace("l", "i").replace("1", "i")
