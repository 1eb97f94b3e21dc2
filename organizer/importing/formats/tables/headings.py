"""What the words of headings mean, in several languages: the roles of columns, and measures that have a column each."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from organizer.base.analyte_names import analytes_named, loinc_of, specimen_in, unit_beside
from organizer.base.groups import group_of_each
from organizer.base.remembered import remembered
from organizer.base.units import is_unit, unit_of
from organizer.importing.formats.tables.vocabulary import (
    FOOD,
    IN_CAPITALS,
    MEASURES,
    NO_BODY_WEIGHT,
    OCCASIONS,
    ROLES_BY_RANK,
    KnownMeasure,
)

_UNIT_IN_HEADING = re.compile(r"[(\[]\s*([^()\[\]]{1,20}?)\s*[)\]]\s*$")
_SCALE = re.compile(
    r"\s*[(\[]?\s*((?:0|1)\s*(?:-|–|to|bis|a|à|\.\.)\s*(?:[3-9]|10|100)|/\s*(?:5|10|100)|out of (?:5|10))\s*[)\]]?\s*$"
)
_AFTER_A_MARK = re.compile(r"^(.*\S)\s*[,/]\s*([^\s,/]+(?:/[^\s,/]+)?)$")
_BASE_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
"""Letters that Unicode doesn't take apart into a base and a mark."""
_CASES = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PRINTED_UNITS = frozenset({"bpm", "c", "f", "count", "lbs", "kgs", "steps", "st", "stone", "st lb", "percent", "ft"})


@remembered(4096)
def plain(heading: str) -> str:
    """A heading to compare: lower case, without accents and punctuation, in whatever script it is."""
    letters = unicodedata.normalize("NFKD", heading[:80].casefold().translate(_BASE_LETTERS))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


ROLE_NAMES = tuple(role for role, _words in ROLES_BY_RANK)
_BY_WORD: dict[str, list[tuple[int, str]]] = {}
for _role, _ranks in ROLES_BY_RANK:
    for _rank, _words in enumerate(_ranks):
        for _word in _words.split("|"):
            _BY_WORD.setdefault(plain(_word), []).append((_rank, _role))

_SMALL_WORDS = frozenset(
    [
        "the",
        "of",
        "your",
        "my",
        "our",
        "a",
        "an",
        "du",
        "de",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "del",
        "della",
        "delle",
        "di",
        "dei",
        "der",
        "die",
        "das",
        "dem",
        "von",
        "den",
        "el",
        "los",
        "las",
        "do",
        "dos",
        "su",
        "ihr",
        "ihre",
        "votre",
        "vos",
    ]
)
"""Articles, prepositions and possessives: `Date du prélèvement`, `Your Value`, `Datum der Entnahme`."""
_BY_CORE: dict[str, list[tuple[int, str]]] = {}
for _spelled, _roles in _BY_WORD.items():
    _BY_CORE.setdefault(" ".join(_word for _word in _spelled.split() if _word not in _SMALL_WORDS), _roles)
_BY_CORE.pop("", None)

_WORDS_OF_MEASURES = group_of_each({known: known.words.split("|") for known in MEASURES})
_BY_MEASURE = {plain(word): known for word, known in _WORDS_OF_MEASURES.items()}
_BY_CODE = {known.loinc: known for known in MEASURES if known.loinc}
_OCCASIONS = frozenset(plain(word) for word in OCCASIONS.split("|"))
_LIFTED = frozenset(NO_BODY_WEIGHT.split("|"))
_FOOD = frozenset(FOOD.split("|"))
_DOSES = re.compile(
    r"\b(?:dos(?:e|es|age|is|ierung|aggio)|tablets?|tabletten|taken|units taken|bolus|basal)\b", re.IGNORECASE
)
"""In a heading: what it names was taken, not measured."""
_MOST_OCCASION_WORDS = 3


@dataclass(frozen=True, slots=True)
class NamedMeasure:
    """A measure as a heading names it: `occasion` is when or which of several readings it is, as written (`AM`),
    `scale` the bounds of a rating (`0-10`); "" for what it doesn't say."""

    title: str
    loinc: str = ""
    unit: str = ""
    category: str = ""
    occasion: str = ""
    scale: str = ""
    needs_unit: bool = False


@remembered(4096)
def roles_named(heading: str) -> tuple[tuple[int, str], ...]:
    """The roles that a heading may name, each with its rank among the words for that role (0 says it best)."""
    bare = _UNIT_IN_HEADING.sub("", heading)
    for spelling in (bare, _CASES.sub(" ", bare), heading):
        if roles := _BY_WORD.get(plain(spelling)):
            return tuple(roles)
    return tuple(_BY_CORE.get(_core(plain(bare)), ()))


def _core(words: str) -> str:
    """A heading without the small words that one program writes and the next one leaves out."""
    return " ".join(word for word in words.split() if word not in _SMALL_WORDS)


@remembered(4096)
def known_measure(heading: str) -> NamedMeasure | None:
    """The measure that a heading names; None where it names none of those that have words in several languages."""
    scale = _SCALE.search(heading)
    rest, marks = heading, ""
    if scale is not None:
        rest = heading[: scale.start()]
        marks = scale[1].strip()
    for words, unit in _bare_and_unit(rest):
        for bare, occasion in _without_occasion(words):
            known = _BY_CODE.get(IN_CAPITALS.get(bare.strip(), ""))
            known = known or _BY_MEASURE.get(plain(bare)) or _BY_MEASURE.get(plain(_CASES.sub(" ", bare)))
            if known is not None and _fits(unit, known):
                title = known.title or bare[:1].upper() + bare[1:]
                return NamedMeasure(
                    title, known.loinc, unit or known.unit, known.category, occasion, marks, bool(known.units)
                )
    return None


@remembered(4096)
def measure_named(heading: str) -> NamedMeasure | None:
    """As `known_measure`, and what laboratories measure besides: that is titled as it is written."""
    known = known_measure(heading)
    if known is not None:
        return known
    if _DOSES.search(heading):
        return None
    for bare, unit in _bare_and_unit(heading):
        named = analytes_named(bare)
        if named:
            return NamedMeasure(bare, loinc_of(named, specimen_in(bare), unit_beside(unit, named)), unit)
    return None


def _fits(unit: str, known: KnownMeasure) -> bool:
    """False for a unit in which the measure can't be: a score of sleep is none of its hours."""
    mine = unit_of(unit) if unit and known.units else None
    if mine is None:
        return True
    return any(like is not None and like.dimension == mine.dimension for like in map(unit_of, known.units))


def tells_food(headings: Sequence[str]) -> bool:
    """True where the table is one of meals, or of a scale's estimates: its protein is none of the blood."""
    return any(plain(_UNIT_IN_HEADING.sub("", heading)) in _FOOD for heading in headings)


def tells_lifted_weights(headings: Sequence[str]) -> bool:
    """True where the table is one of exercises: its weights are no person's."""
    return any(plain(heading) in _LIFTED for heading in headings)


def is_occasion(heading: str) -> bool:
    """True for words that say when or which of several readings it is, and nothing else: `AM`, `Evening`."""
    return plain(heading) in _OCCASIONS


def _without_occasion(heading: str) -> list[tuple[str, str]]:
    """The ways in which a heading may part into what was measured and its occasion: `AM Sys`, `Glucose - fasting`."""
    words = heading.replace("_", " ").split()
    ways = [(heading, "")]
    for count in range(1, min(_MOST_OCCASION_WORDS, len(words) - 1) + 1):
        first, last = " ".join(words[:count]), " ".join(words[-count:])
        if is_occasion(first):
            ways.append((" ".join(words[count:]).strip(" -–:"), first.strip(" -–:()")))
        if is_occasion(last):
            ways.append((" ".join(words[:-count]).strip(" -–:"), last.strip(" -–:()")))
    return ways


_IN_TWO_UNITS = frozenset((("st", "lb"), ("ft", "in")))
_SPELLINGS = {
    "'": "ft",
    "’": "ft",
    "′": "ft",
    '"': "in",
    "”": "in",
    "″": "in",
    "''": "in",
    "’’": "in",
    "stone": "st",
    "stones": "st",
    "lbs": "lb",
    "pounds": "lb",
    "feet": "ft",
    "foot": "ft",
    "pound": "lb",
    "inches": "in",
    "inch": "in",
}


def spelt_short(unit: str) -> str:
    """`stone` → `st`, `inches` → `in`; other units as they are."""
    return _SPELLINGS.get(unit.casefold().strip(". "), unit.casefold().strip(". "))


def is_rest(unit: str, other: str) -> bool:
    """True where one column tells the stones (feet) and the other the pounds (inches) that go with them."""
    return (spelt_short(unit), spelt_short(other)) in _IN_TWO_UNITS


def in_two_rows(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Headings that stand in two rows, as one: `AM` over `Sys` and `Dia`, `Weight` over `kg`.

    [] where the lower row is none of headings.
    """
    cells = [cell.strip() for cell in below if cell.strip()]
    if not cells or any(cell[:1].isdigit() for cell in cells) or not any(cell.strip() for cell in above):
        return []
    joined: list[str] = []
    group = ""
    for place in range(max(len(above), len(below))):
        upper = above[place].strip() if place < len(above) else ""
        lower = below[place].strip() if place < len(below) else ""
        group = upper or group
        says_all = bool(roles_named(lower)) or (known_measure(lower) is not None and not is_occasion(group))
        if not lower:
            joined.append(upper)
        else:
            joined.append(lower if says_all else f"{group} {lower}".strip())
    return joined


def bare_and_unit(heading: str) -> tuple[str, str]:
    """A heading without the unit that stands in brackets at its end, and that unit; "" where there is none."""
    ways = _bare_and_unit(heading)
    return ways[0] if _UNIT_IN_HEADING.search(heading) else (heading.strip(), "")


def _bare_and_unit(heading: str) -> list[tuple[str, str]]:
    """The ways in which a heading may part into what was measured and its unit: `Glucose mmol/L`, `weight_kg`."""
    whole = heading.strip()
    ways = [(whole, "")]
    inside = _UNIT_IN_HEADING.search(heading)
    if inside is not None and _may_be_unit(inside[1]):
        ways.insert(0, (heading[: inside.start()].strip(), inside[1]))
    marked_off = _AFTER_A_MARK.match(whole)
    if marked_off is not None and _may_be_unit(marked_off[2]):
        ways.append((marked_off[1], marked_off[2]))
    words = whole.replace("_", " ").split()
    if len(words) > 1 and words[-1] == "%":  # no letter: without it the heading would be another spelling of itself
        ways.insert(0, (" ".join(words[:-1]), "%"))
    if len(words) > 1 and _may_be_unit(words[-1]):
        ways.append((" ".join(words[:-1]), words[-1]))
    return ways


def _may_be_unit(text: str) -> bool:
    return is_unit(text) or text.casefold() in _PRINTED_UNITS
