"""What is noted beside glucose: insulin taken, food eaten, ketones; only where a heading tells the unit.

LibreView has a column for each (`Rapid-Acting Insulin (units)`, `Carbohydrates (grams)`, `Ketone mmol/L`), Clarity one
for all insulin (`Insulin Value (u)`) and says in the event's subtype which it was (`Fast-Acting`). Headings as public
files of both have them (looked up 2026-11-29). A dose without a number, and parts of a dose that stand in columns of
their own beside it (`Meal Insulin`, `Correction Insulin`), stay out: they would count twice.
"""

import re
from collections.abc import Mapping

from organizer.base.i18n import marked
from organizer.importing.formats.devices.readings import Measure
from organizer.importing.formats.tables.grid import Row, cell_of

RAPID = Measure(marked("Rapid-acting insulin"), "", "[iU]", "activity", adds_up=True)
LONG = Measure(marked("Long-acting insulin"), "", "[iU]", "activity", adds_up=True)
CARBOHYDRATES = Measure(marked("Carbohydrates"), "", "g", "activity", adds_up=True)
KETONES = Measure(marked("Ketones"), "", "mmol/L", "laboratory")

_UNITS = r"\((units|u|einheiten|unidades|unités|unità|eenheden)\)"
_RAPID = re.compile(r"rapid|fast|schnell|r[áa]pid|snel", re.IGNORECASE)
_LONG = re.compile(r"long|lang|depot|verzögerung|basal|lent[ae]?\b", re.IGNORECASE)
_DOSES = re.compile(_UNITS, re.IGNORECASE)
_TAKEN = "insulin"
"""In headings of all these languages."""
_PART_OF_DOSE = re.compile(
    r"meal|correction|change|mahlzeit|korrektur|änder|comida|correcc|cambio|repas|modif", re.IGNORECASE
)
_GRAMS = re.compile(
    r"(carb|kohlenhydrat|hidratos|glucid|koolhydrat).*\((grams?|gramm|gramos|grammes|g)\)", re.IGNORECASE
)
_KETONE = re.compile(r"[kc][eé]t[oó]n.*mmol/l", re.IGNORECASE)
_BY_SUBTYPE = Measure("", "", "[iU]")
"""Insulin, of which the row says which it is."""


def columns_of(heading: Row) -> dict[int, Measure]:
    """The columns, from 0, that hold something of this kind."""
    named = {place: _measure(" ".join(cell.split())) for place, cell in enumerate(heading)}
    return {place: measure for place, measure in named.items() if measure is not None}


def _measure(heading: str) -> Measure | None:
    if _GRAMS.search(heading):
        return CARBOHYDRATES
    if _KETONE.search(heading):
        return KETONES
    is_taken = _TAKEN in heading.casefold() and _DOSES.search(heading) is not None
    if not is_taken or _PART_OF_DOSE.search(heading):
        return None
    return _which(heading) or _BY_SUBTYPE


def _which(words: str) -> Measure | None:
    """Rapid- or long-acting insulin; None where the words say neither, or both."""
    is_rapid, is_long = bool(_RAPID.search(words)), bool(_LONG.search(words))
    if is_rapid == is_long:
        return None
    return RAPID if is_rapid else LONG


def noted_in(row: Row, columns: Mapping[int, Measure], subtype: str) -> list[tuple[Measure, str]]:
    """What a row notes: each measure with the words of its cell."""
    cells = ((measure, cell_of(row, place)) for place, measure in columns.items())
    known = ((_which(subtype) if measure is _BY_SUBTYPE else measure, words) for measure, words in cells if words)
    return [(measure, words) for measure, words in known if measure is not None]
