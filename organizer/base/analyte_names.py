"""Names of analytes as laboratories print them in four languages, and the LOINC code that name, specimen and unit make.

The table is resources/analytes.json (`printed`). A code is given only where name, specimen and unit leave one.
LOINC codes are © Regenstrief Institute, used under the LOINC licence (https://loinc.org/license).
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import chain
from typing import Any

from organizer.base import analytes
from organizer.base.remembered import remembered
from organizer.base.units import is_among, reading_for

LANGUAGES = ("english", "german", "french", "spanish")
URINE = "urine"
_URINE_WORDS = frozenset(
    ("urine", "urin", "orina", "urinaire", "urines", "u", "harn", "urinary", "urinalysis", "urinstatus", "urinaria")
)
_SPECIMEN_WORDS = _URINE_WORDS | {
    *("serum", "plasma", "blood", "s", "p", "b", "i", "im", "is", "edta", "vollblut", "serique", "sanguin", "sanguine"),
    *("plasmatique", "suero", "sangre", "en", "sanguineo", "plasmatico", "venous", "whole"),
}
_LEAST_SIMILAR = 0.86

_UNITS_THAT_MAY_LACK = frozenset({"", "1", "{ratio}", "{INR}", "{score}", "[pH]", "%"})
"""Units without which a number still says what it is, as an INR does."""


@dataclass(frozen=True, slots=True)
class ReportedCode:
    """A LOINC code with the specimen ("" blood, serum or plasma) and the UCUM units that it goes with."""

    specimen: str
    loinc: str
    units: tuple[str, ...]

    def has_unit(self, unit: str) -> bool:
        """True where a UCUM unit ("" for none) is one in which this is reported, however it is spelt."""
        return is_among(unit, self.units)


@dataclass(frozen=True, slots=True)
class NamedAnalyte:
    """What is measured: its English name and its codes."""

    name: str
    codes: tuple[ReportedCode, ...]

    def has_unit(self, unit: str) -> bool:
        """True where a UCUM unit is one in which this is reported."""
        return any(code.has_unit(unit) for code in self.codes)


_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
"""Letters that no accent can be taken from (Unicode Standard Annex 15)."""
_GENERIC = frozenset(("level", "levels", "concentration", "observation", "measurement", "estimation", "result"))
"""What British practices print behind a name: `Serum sodium level`, `Haemoglobin concentration`."""
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
"""`V.C.M.` is `VCM`."""


def folded(name: str) -> str:
    """A name for comparing: without case, accents, punctuation, order (`Cholesterol, total` = `Total cholesterol`)."""
    return " ".join(sorted(plain_words(_DOTTED.sub(lambda match: match[0].replace(".", ""), name))))


def plain_words(name: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    text = name.casefold().replace("γ", "gamma").replace("β", "beta").replace("α", "alpha").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return re.findall(r"[a-z0-9%]+", "".join(word for word in plain if not unicodedata.combining(word)))


@cache
def _table() -> dict[str, tuple[NamedAnalyte, ...]]:
    named: dict[str, list[NamedAnalyte]] = defaultdict(list)
    for row in analytes.table():
        for printed in row.get("printed", ()):
            analyte = NamedAnalyte(printed["english"].partition("|")[0], tuple(_codes(printed["codes"])))
            spellings = "|".join(printed[language] for language in LANGUAGES).split("|")
            for name in {folded(spelling) for spelling in spellings} - {""}:
                named[name].append(analyte)
    return {name: tuple(analytes) for name, analytes in named.items()}


def _codes(reported: dict[str, Any]) -> Iterable[ReportedCode]:
    for code, units in reported.items():
        specimen, _colon, loinc = code.rpartition(":")
        yield ReportedCode(specimen, loinc, tuple(units.split("|")))


@remembered(4096)
def analytes_named(name: str, recognised: bool = False) -> tuple[NamedAnalyte, ...]:
    """The analytes that a printed name may mean; () for a name that isn't known.

    `recognised` allows for a misread letter or two.
    """
    for text in _readings(name):
        analytes = _table().get(folded(text))
        if analytes:
            return analytes
    if recognised and len(folded(name)) >= 5:
        close = get_close_matches(folded(name), list(_table()), n=1, cutoff=_LEAST_SIMILAR)
        return _table()[close[0]] if close else ()
    return ()


def _readings(name: str) -> Iterable[str]:
    """The name as printed, without its specimen, without what stands in brackets, then what stands in them."""
    yield name
    yield _without_specimen(name)
    bare = re.sub(r"\([^)]*\)?", " ", name)
    if bare != name:
        yield bare
        yield _without_specimen(bare)
        inside = re.findall(r"\(([^)]*)\)", name)
        if len(inside) == 1 and not set(plain_words(inside[0])) <= _SPECIMEN_WORDS:
            yield inside[0]
    parts = re.split(r"\s*[/=]\s*|\s[-–]\s", bare)
    if len(parts) == 2 and all(parts):
        ours = [_table().get(folded(part), ()) for part in parts]
        if ours[0] and ours[0] == ours[1]:  # `ASAT / GOT`: two names of one thing
            yield parts[0]


def _without_specimen(name: str) -> str:
    words = plain_words(name)
    named = [word for word in words if word not in _SPECIMEN_WORDS]
    bare = [word for word in named if word not in _GENERIC]
    return " ".join(bare or named or words)


def specimen_in(text: str) -> str:
    """`urine` where a name or a heading says so, else ""."""
    return URINE if set(plain_words(text)) & (_URINE_WORDS - {"u"}) or re.match(r"U[-–]", text) else ""


def is_usual_specimen(text: str) -> bool:
    """Whether a specimen is blood, a part of it, or urine: codes by name are those of these alone."""
    return set(plain_words(text)) <= _SPECIMEN_WORDS


def loinc_of(named: Sequence[NamedAnalyte], specimen: str, unit: str) -> str:
    """The one code that fits the specimen and the UCUM unit ("" for none printed), or "" where none or several do."""
    fitting = {
        code.loinc
        for code in chain.from_iterable(analyte.codes for analyte in named)
        if code.specimen == specimen and code.has_unit(unit)
    }
    return fitting.pop() if len(fitting) == 1 else ""


def unit_beside(printed: str, named: Sequence[NamedAnalyte]) -> str:
    """The UCUM code of a unit printed beside a name: of two readings (`mil/µL`, `G/L`) the one that the name goes with.

    "" where the unit isn't known, or stays open.
    """
    return reading_for(printed, lambda code: any(analyte.has_unit(code) for analyte in named))


def needs_a_unit(name: str) -> bool:
    """Whether what a name means is reported in units that a number can't do without: cholesterol 5.2 or 200."""
    codes = list(chain.from_iterable(analyte.codes for analyte in analytes_named(name)))
    units = set(chain.from_iterable(code.units for code in codes))
    return bool(units) and _UNITS_THAT_MAY_LACK.isdisjoint(units)


def is_name(name: str) -> bool:
    """True for a known analyte's name."""
    return bool(analytes_named(name))
