"""Units: what is printed → a UCUM code, from one unit to another of the same dimension, and how people write them.

The only table is resources/units.json: synonyms come before the grammar, as `K/uL` would be kelvin there and `MG` a
megagram. The grammar is UCUM's (ucum.org/ucum, sections 2.1–2.4, looked up 2026-11-29), as far as health records need
it. Nothing is guessed: a unit that neither the table nor the grammar knows has no code, and equals only itself; one
that can be two things (`mil/µL`, `G/L`) has two readings, and only what was measured settles it (see analytes).
"""

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from organizer.base.figures import with_sign
from organizer.base.i18n import _, marked
from organizer.base.remembered import remembered
from organizer.base.resource_files import read_resource
from organizer.base.ucum import LONGEST, Unit, parsed

_POWER_OF_TEN = re.compile(r"^[x×*]?(?:10(?:[\^*eE+x]|\*\*|exp|\()*|e(?=\d))(\d{1,2})\)?[.]?(?:cells)?/", re.IGNORECASE)
_THOUSANDS = re.compile(r"^[x×*](\d+/)")
_SURFACE = re.compile(r"/\(?1[.,]73(?:\*?(?:m2|m\^2|sqm|qm|m\*2|m|kof))?\)?$", re.IGNORECASE)
_PER_SURFACE = re.compile(r"per1[.,]73(?:m2|m\^2|sqm|qm|m\*2|m)?$", re.IGNORECASE)
_SIGNS = str.maketrans("µμ⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₂·∙−／⁄", "uu0123456789-+2..-//")
_LITRE = re.compile(r"(?<![A-Za-z\[{])((?:da|[munpfdch])?)l(?![A-Za-z\]}])")
_SAME_FACTOR = 1e-9
"""Two factors are one where they differ by less than the rounding of a float, relatively."""


def readings_of(printed: str) -> tuple[str, ...]:
    """The UCUM codes that a printed unit can mean, the likelier first (`K/uL` → `10*3/uL`); () for what isn't known.

    Of two readings neither may be taken without knowing what was measured.
    """
    return _readings(printed) if len(printed) <= LONGEST else ()


@remembered(4096)
def _readings(printed: str) -> tuple[str, ...]:
    bare = "".join(printed.translate(_SIGNS).split())
    if not bare:
        return ()
    table = _table()
    key = bare.casefold()
    if key in table["whole"]:
        return tuple(filter(None, (table["whole"][key],)))
    counted = _counted(bare, table)
    if counted:
        return counted

    bare = _PER_SURFACE.sub("/{1.73_m2}", _SURFACE.sub("/{1.73_m2}", bare))
    bare = _POWER_OF_TEN.sub(lambda power: f"10*{power[1]}/", _THOUSANDS.sub(r"\1", bare))
    if bare.isdigit() and bare != "1":  # UCUM allows for it, nobody prints it
        return ()
    if parsed(bare) is not None and not _shouted(bare):
        return (_canonical(bare),)
    code = "/".join(table["terms"].get(part.casefold(), part) for part in bare.split("/"))
    return (_canonical(code),) if parsed(code) is not None else ()


def unit_of(printed: str) -> Unit | None:
    """The unit that is printed; None where it isn't understood, means two things, or nothing is printed."""
    readings = readings_of(printed)
    return parsed(readings[0]) if len(readings) == 1 else None


def ucum(printed: str) -> str:
    """The UCUM code of a unit as printed: `K/uL` → `10*3/uL`; "" where it isn't understood or means two things."""
    readings = readings_of(printed)
    return readings[0] if len(readings) == 1 else ""


def reading_for(printed: str, fits: Callable[[str], bool]) -> str:
    """The UCUM code of a printed unit: of two readings (`mil/µL`, `G/L`) the one that fits what was measured.

    "" where the unit isn't known, or where none or both fit.
    """
    readings = readings_of(printed)
    if len(readings) > 1:
        readings = tuple(filter(fits, readings))
    return readings[0] if len(readings) == 1 else ""


def is_among(unit: str, units: Collection[str]) -> bool:
    """True where a UCUM unit ("" for none) is one of these, however they are spelt."""
    if unit in units:
        return True
    mine = parsed(unit)
    understood = filter(None, map(parsed, units))
    return mine is not None and any(alike(mine, other) for other in understood)


def is_unit(printed: str) -> bool:
    """True for a text that is a known unit and nothing else."""
    return bool(readings_of(printed))


def is_ucum(unit: str) -> bool:
    """True for a unit that may be called a code of UCUM: it is one, and nothing else is meant by it.

    `K/uL` is kelvin in UCUM and a thousand cells where it is printed, so it is none.
    """
    code, printed = parsed(unit), unit_of(unit)
    return unit.isascii() and code is not None and printed is not None and alike(code, printed)


def same_unit(first: str, other: str) -> bool:
    """True where both print the same unit: `K/uL` and `10*9/L`, `mmHg` and `mm[Hg]`."""
    if first == other:
        return True
    mine, theirs = unit_of(first), unit_of(other)
    return mine is not None and theirs is not None and alike(mine, theirs)


def alike(first: Unit, other: Unit) -> bool:
    """True where two units that were understood are one: the same dimension and the same factor."""
    return first.dimension == other.dimension and abs(first.factor / other.factor - 1) < _SAME_FACTOR


def is_bare(printed: str) -> bool:
    """True for a number of no unit: none printed, `1`, pH, or only a note that says what it counts (`{INR}`)."""
    if not printed.strip():
        return True
    unit = unit_of(printed)
    return unit is not None and unit.factor == 1 and all(name in (*unit.notes, "pH") for name, _power in unit.dimension)


def _counted(bare: str, table: dict[str, Any]) -> tuple[str, ...]:
    """Cells in a volume: a power of ten in a word (`Tsd/µl`), or what is counted (`cél/mm³`)."""
    word, _stroke, below = bare.partition("/")
    volume = table["volumes"].get(below.casefold(), "")
    if not volume or not word:
        return ()
    if word in ("G", "T"):
        return _giga_or_gram(word, below)
    power = word.casefold()
    # `m/l` may be a slip for many things; K and M count cells only in microlitres.
    if power in ("k", "m") and volume not in ("uL", "mm3"):
        return ()
    powers = table["open"].get(power) or [table["counts"][power]] if power in _words_for_counts() else []
    return tuple(f"{power}/{volume}" for power in powers)


def _giga_or_gram(letter: str, volume: str) -> tuple[str, ...]:
    """French and German laboratories count cells in `G/l` and `T/l`; in a report of capitals `G/L` may be grams."""
    if volume not in ("l", "L"):
        return ()
    if letter == "T":
        return ("10*12/L",)
    return ("10*9/L",) if volume == "l" else ("10*9/L", "g/L")


@cache
def _words_for_counts() -> frozenset[str]:
    return frozenset(_table()["counts"]) | frozenset(_table()["open"])


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_resource("units.json")
    return table


def _shouted(bare: str) -> bool:
    """`MG/DL`: written in capitals, which UCUM would take for mega."""
    letters = re.sub(r"\{.*?\}|\[.*?\]", "", bare)
    return letters.isupper() and len(letters) > 1 and bare not in ("U/L",)


def _canonical(code: str) -> str:
    """One spelling of what UCUM allows to be spelt in two ways: `mg/dl` → `mg/dL`, `[iU]` → `[IU]`."""
    pieces = re.split(r"(\{[^{}]*\})", code)
    pieces[::2] = [_LITRE.sub(r"\1L", piece).replace("[iU]", "[IU]").replace("10^", "10*") for piece in pieces[::2]]
    return "".join(pieces)


# How people write what UCUM spells otherwise (https://ucum.org/ucum, tables 3–22: column "print").
_WRITTEN = {
    "degF": "°F", "lb_av": "lb", "lb_us": "lb", "oz_av": "oz", "stone_av": "st", "in_i": "in", "in_us": "in",
    "ft_i": "ft", "ft_us": "ft", "yd_i": "yd", "mi_i": "mi", "tsp_us": "tsp", "tbs_us": "tbsp", "foz_us": "fl oz",
    "cup_us": "cup", "pt_us": "pt", "gal_us": "gal", "iU": "IU", "ppth": "‰", "drp": "drops",
}  # fmt: skip
_NO_UNIT = frozenset(("{score}", "{scores}", "{inr}", "{ratio}", "1"))
_PIECE = re.compile(
    r"\{(?P<note>[^{}]*)\}|\[(?P<bracket>[^\[\]]*)\]|10[*^](?P<power>-?\d+)|(?P<celsius>(?<![A-Za-z])Cel(?![A-Za-z]))"
    r"|(?P<micro>(?<![A-Za-z])u)(?=(?:g|mol|L|l|m|s|U|eq|kat|V)(?![A-Za-z])|\[)|(?P<square>(?<![A-Za-z])[dcm]?m)2(?!\d)"
)
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


_IN_WORDS = {"d": marked("days"), "d/mo": marked("days a month"), "d/wk": marked("days a week")}
"""Units that people have no sign for."""


def spoken_unit(unit: str) -> str:
    """A UCUM code as people write it: `mm[Hg]` → `mmHg`, `umol/L` → `µmol/L`, `10*3/uL` → `10³/µL`.

    A score or a ratio has no unit to write (`{score}`, `{INR}` → empty); other notes in braces and brackets stay
    without them.
    """
    if unit.lower() in _NO_UNIT:
        return ""
    if unit in _IN_WORDS:
        return _(_IN_WORDS[unit])
    written = _PIECE.sub(_written, unit)
    return re.sub(r"[\[\]{}]", "", written).replace("_", " ")


def with_unit(number: str, unit: str) -> str:
    """A number with its unit as people write it: `18 × 10³/µL`, `5.4 mmol/L`; alone where there is no unit."""
    return f"{number} {beside_number(unit)}".strip()


def beside_number(unit: str) -> str:
    """A unit as it stands behind a number, where a power of ten is a factor: `18 10³` would read as `1810³`."""
    shown = spoken_unit(unit)
    return f"× {shown}" if shown.startswith("10") else shown


def _written(piece: re.Match[str]) -> str:
    if piece["note"] is not None:
        return re.sub(r"m2\b", "m²", piece["note"].replace("_", " "))
    if piece["bracket"] is not None:
        return _WRITTEN.get(piece["bracket"], piece["bracket"].replace("_", " "))
    if piece["power"] is not None:
        return "10" + piece["power"].translate(_SUPERSCRIPT)
    if piece["celsius"] is not None:
        return "°C"
    return "µ" if piece["micro"] else f"{piece['square']}²"


_MICROGRAM = re.compile(r"(?<![A-Za-z])[µμu]g(?![A-Za-z])")
_STRENGTH = re.compile(r"(?<![\d.,])\d+\.\d{1,2}(?= ?(?:(?:mg|mcg|g|ml|mL|mmol|IU|IE|units)\b|%))")
"""Three digits behind a point may be thousands, `8.30` without a unit a time of the day."""
_UNITS_IN_WORDS = re.compile(r"(?<=\d) ?(?:\[[iI]U\]|IU|I\.U\.|U|u)(?![A-Za-z.])")


def spoken_dose(text: str) -> str:
    """A dose as it was written, with the decimal sign of the language that is spoken.

    Without what is misread in it: `50 µg` → `50 mcg`, `10U` → `10 units`.
    """
    safe = _STRENGTH.sub(lambda match: with_sign(match[0]), _MICROGRAM.sub("mcg", text))
    return _UNITS_IN_WORDS.sub(f" {_('units')}", safe)


def spoken_dose_unit(unit: str) -> str:
    """The unit of a dose as people write it: never `µg`, `U` or `IU`, which are misread as mg, 0 and IV.

    ISMP List of Error-Prone Abbreviations (2021) and The Joint Commission's “Do Not Use” list: mcg, units.
    """
    code = ucum(unit) or unit
    if code in ("U", "[IU]", "[iU]"):
        return _("units")
    return _MICROGRAM.sub("mcg", spoken_unit(unit))
