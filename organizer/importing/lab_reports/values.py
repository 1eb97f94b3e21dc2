"""Pieces of a line: numbers with comparators, words that are values, flags, ranges, units, dates, other words.

Notation: a comma or a point may be the decimal mark; which one a report uses is found over all of it (`decimal`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from organizer.base import written_dates
from organizer.base.analyte_names import folded
from organizer.base.numbers import COMPARISON, DASH, NUMBER, SIGN, Bounds, comparator_of, readings_of, settled
from organizer.importing.lab_reports.lines import Spot, text_of
from organizer.importing.lab_reports.printed_units import is_unit_of_a_report

Sort = Literal["number", "range", "bound", "unit", "flag", "word", "date", "text"]

_WHO = (
    r"(?:M|F|W|H|m|w|f|h|♂|♀|Men|Women|Male|Female|Males|Females|Männer|Frauen|Mann|Frau|Männl\.?|Weibl\.?|Homme|Femme|Hommes|Femmes|"
    r"Hombre|Mujer|Hombres|Mujeres|Varones|Adults?|Erwachsene|Adultes?|Adultos?|Enfants?|Children|Niños)"
)
_BETWEEN = rf"{NUMBER}\s*{DASH}\s*{NUMBER}"
_ONE_RANGE = rf"(?:{_BETWEEN}|{COMPARISON}\s*{NUMBER})"
_BY_WHOM = rf"{_WHO}\s*[:.=]?\s*{_ONE_RANGE}(?:\s*[,;/|]?\s*{_WHO}\s*[:.=]?\s*{_ONE_RANGE})*"
RANGE = re.compile(rf"[(\[{{]?\s*(?:{_BY_WHOM}|{_BETWEEN})\s*[)\]]?", re.IGNORECASE)
BOUND = re.compile(rf"[(\[{{]?\s*(?P<sign>{COMPARISON})\s*(?P<number>{NUMBER})\s*[)\]]?", re.IGNORECASE)
VALUE = re.compile(rf"(?P<sign>{SIGN})?\s*(?P<number>[+-]?{NUMBER})", re.IGNORECASE)
DATE = re.compile(rf"{written_dates.DATE}(?:[T ,]+\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?[AaPp]\.?[Mm]\.?)?)?")
FLAG = re.compile(
    r"[(\[]?(?:HH?|LL?|A|AA|N|E|B|CH|CL|\*{1,3}|!{1,3}|[↑↓▲▼⬆⬇]{1,3}|\+{1,3}|-{1,3}|"
    r"high|low|abnormal|hoch|niedrig|erhöht|erniedrigt|haut|bas|élevé|alto|bajo|critical|normal)[)\]]?\*?",
    re.IGNORECASE,
)
_SURE_FLAG = re.compile(
    r"[(\[]?(?:HH?|LL?|CH|CL|\*{1,3}|!{1,3}|[↑↓▲▼⬆⬇]{1,3}|(?i:high|low|abnormal|hoch|niedrig|erhöht|erniedrigt))[)\]]?\*?"
)
_ASIDE = re.compile(
    r"\(?(?:calc(?:ulated)?\.?|calculé|calculado|calcolato|berechnet|ber\.)\)?|of [a-z].*|\(?NGSP\)?|\(?IFCC\)?",
    re.IGNORECASE,
)
_GLUED = re.compile(
    rf"(?P<before>[*!↑↓▲▼]{{1,3}}|[HL](?=[<>\d]))?(?P<value>{SIGN}?{NUMBER})(?P<after>[*!↑↓▲▼]{{1,3}}|[HL]{{1,2}}\*?|\([HL+*-]\)|[+-]{{1,2}}(?=$))?"
)
_GLUED_UNIT = re.compile(rf"(?P<value>{SIGN}?{NUMBER})(?P<unit>[^\d\s.,<>()*+'’-]\S*)")
_WORDS = frozenset(
    folded(text)
    for text in [
        "negative",
        "neg",
        "neg.",
        "positive",
        "pos",
        "pos.",
        "trace",
        "traces",
        "nil",
        "absent",
        "present",
        "not detected",
        "detected",
        "none detected",
        "reactive",
        "non-reactive",
        "nonreactive",
        "non reactive",
        "clear",
        "cloudy",
        "hazy",
        "turbid",
        "slightly cloudy",
        "yellow",
        "amber",
        "straw",
        "pale yellow",
        "dark yellow",
        "rare",
        "few",
        "moderate",
        "many",
        "occasional",
        "none seen",
        "none",
        "normal",
        "equivocal",
        "borderline",
        "indeterminate",
        "small",
        "large",
        "negativ",
        "positiv",
        "spuren",
        "spur",
        "nicht nachweisbar",
        "nachweisbar",
        "nicht nachgewiesen",
        "klar",
        "trüb",
        "gelb",
        "hellgelb",
        "vereinzelt",
        "massenhaft",
        "unauffällig",
        "grenzwertig",
        "reaktiv",
        "nicht reaktiv",
        "négatif",
        "négative",
        "positif",
        "positive",
        "absence",
        "présence",
        "clair",
        "limpide",
        "trouble",
        "jaune",
        "non détecté",
        "indétectable",
        "quelques",
        "rares",
        "nombreux",
        "négatives",
        "normale",
        "negativo",
        "negativa",
        "positivo",
        "positiva",
        "ausente",
        "presente",
        "indicios",
        "trazas",
        "no detectado",
        "no detectable",
        "no reactivo",
        "reactivo",
        "amarillo",
        "claro",
        "turbio",
        "escasas",
        "abundantes",
        "transparente",
        "límpido",
        "non réactif",
        "réactif",
        "o",
        "ab",
        "rh positive",
        "rh negative",
        "o positive",
        "a positive",
        "b positive",
        "ab positive",
        "o negative",
        "a negative",
        "b negative",
        "undetectable",
        "invalid",
        "see below",
    ]
)
_MARKS = re.compile(r"(?:[1-4]\+|\+{4}|\(\+\)|[1-9]\d*:\d+|[<>≤≥]\s*1:\d+|\d:\d{2,5})")
_SIGN_IN_WORDS = r"(?:pos(?:\.|iti(?:v|ve|vo|f))?|neg(?:\.|ati(?:v|ve|vo|f))?|négatif|\+|-)"
_BLOOD_GROUP = re.compile(
    rf"(?:A[12]?B?|B|O|0)[ ,;]*(?:Rh(?:esus|ésus)?|RhD|Faktor|factor)[ .]*(?:\(?D\)?|Faktor|factor)?[ :.]*{_SIGN_IN_WORDS}|"
    rf"(?:A[12]?B?|B|O|0)[ ,;]+(?:D )?(?:pos|neg)\w*\.?|Rh(?:esus|ésus)?[ .]*(?:\(?D\)?|Faktor|factor)?[ :.]*{_SIGN_IN_WORDS}",
    re.IGNORECASE,
)
"""`A Rh positivo`, `0 Rhesus neg.`, `AB D pos`, `Rh (D) negative`: a letter alone would be a flag."""
_COUNTED = re.compile(r"\d{1,3}\s*-\s*\d{1,3}")
CODE = re.compile(r"0\d")
"""Of the laboratory that did a test, in a column of its own or raised: no result begins so."""
_FLAGGED = re.compile(r"\s(?:HH?|LL?|A|\*{1,3})$")
_COUNT = re.compile(r"\d+\s+/|(?!10(?:\D|$)|1000?/)\d")
"""A number with its unit behind it (`7200 /uL`), which looks like a unit with a factor."""
_POWER = re.compile(r"[xX×*]?10[^\d/]?4?(3|6|9|12)")  # `10^3` with its hat misread
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line that are one thing."""

    sort: Sort
    text: str
    spots: tuple[Spot, ...]

    @property
    def x0(self) -> float:
        """Left end."""
        return self.spots[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.spots[-1].x1


def sort_of(text: str) -> Sort:
    """What a text is, taken alone."""
    bare = text.strip()
    if CODE.fullmatch(bare):
        return "text"
    if _MARKS.fullmatch(bare):
        return "word"
    if DATE.fullmatch(bare):
        return "date"
    if _BLOOD_GROUP.fullmatch(bare):
        return "word"
    if VALUE.fullmatch(bare):
        return "bound" if VALUE.fullmatch(bare)["sign"] else "number"  # type: ignore[index]
    for pattern, sort in ((RANGE, "range"), (BOUND, "bound"), (FLAG, "flag")):
        if pattern.fullmatch(bare):
            return "word" if sort == "flag" and folded(bare) in _WORDS else sort  # type: ignore[return-value]
    if is_unit_of_a_report(bare) and not _COUNT.match(bare):
        return "unit"
    if _FLAGGED.search(bare):
        return "text"
    return "word" if folded(bare) in _WORDS and folded(bare) else "text"


def is_sure_flag(piece: Piece) -> bool:
    """Whether a piece is a flag wherever it stands: an arrow, a star, a capital H or L, a word."""
    return piece.sort == "flag" and _SURE_FLAG.fullmatch(piece.text) is not None


def is_aside(text: str) -> bool:
    """Whether words beside a value only say how it was come by, or of what: `(calc)`, `of total Hgb`."""
    return _ASIDE.fullmatch(text.strip()) is not None


def pieces_of(cell: Sequence[Spot]) -> list[Piece]:
    """A cell's words as pieces, each as long as can be; words that are nothing else stay together as text."""
    spots = list(chain.from_iterable(_unglued(spot) for spot in _joined(cell)))
    pieces: list[Piece] = []
    at = 0
    while at < len(spots):
        end, sort = _longest(spots, at)
        part = tuple(spots[at:end])
        if sort == "text" and pieces and pieces[-1].sort == "text":
            part = (*pieces.pop().spots, *part)
        pieces.append(Piece(sort, text_of(part), part))
        at = end
    return pieces


def _longest(spots: Sequence[Spot], at: int) -> tuple[int, Sort]:
    for end in range(min(len(spots), at + LONGEST), at, -1):
        sort = sort_of(text_of(spots[at:end]))
        if sort != "text":
            return end, sort
    return at + 1, "text"


def _joined(cell: Sequence[Spot]) -> list[Spot]:
    """Raised digits join what they belong to (`10` `9` `/L`); others are footnote marks and fall away."""
    spots: list[Spot] = []
    hang = False
    for spot in cell:
        before = spots[-1] if spots else None
        if spot.raised and before is not None:
            hang = before.text.endswith(("10", "m", "mm", "CO", "HCO", "B", "T"))
            if hang:
                power = "^" if before.text.endswith("10") else ""
                spots[-1] = _glue(before, spot, power)
            continue
        if spot.raised and not spot.text[0].isalpha():
            continue
        misread = _POWER.fullmatch(before.text) if before and before.word.confidence is not None else None
        if misread is not None and before is not None and spot.text.startswith("/"):
            spots[-1] = _glue(replace(before, text=f"10*{misread[1]}"), spot, "")
            continue
        if (
            hang
            and before is not None
            and spot.text.startswith("/")
            and spot.x0 - before.x1 < 0.5 * (spot.y1 - spot.y0)
        ):
            spots[-1] = _glue(before, spot, "")
        else:
            spots.append(spot)
        hang = False
    return spots


def _glue(first: Spot, other: Spot, between: str) -> Spot:
    return Spot(
        f"{first.text}{between}{other.text}",
        first.x0,
        min(first.y0, other.y0),
        other.x1,
        max(first.y1, other.y1),
        first.word,
    )


def _unglued(spot: Spot) -> list[Spot]:
    """`5.2H`, `*13`, `4.1mmol/L` are two things each."""
    match = None if _MARKS.fullmatch(spot.text) else _GLUED.fullmatch(spot.text)
    if match is not None and (match["before"] or match["after"]):
        return _cut(spot, [match["before"], match["value"], match["after"]])
    match = _GLUED_UNIT.fullmatch(spot.text)
    if match is not None and is_unit_of_a_report(match["unit"]) and not is_unit_of_a_report(spot.text):
        return _cut(spot, [match["value"], match["unit"]])
    return [spot]


def _cut(spot: Spot, texts: Sequence[str | None]) -> list[Spot]:
    share = (spot.x1 - spot.x0) / max(1, len(spot.text))
    parts, at = [], 0
    for text in filter(None, texts):
        x0 = spot.x0 + share * at
        at += len(text)
        parts.append(Spot(text, x0, spot.y0, spot.x0 + share * at, spot.y1, spot.word))
    return parts


@dataclass(frozen=True, slots=True)
class Read:
    """A value as read: number with a decimal point, or word; `sure` False where the notation leaves it open."""

    value: str
    comparator: str = ""
    sure: bool = True
    numeric: bool = True


def read_value(text: str, decimal: str, within: Bounds | None = None, counted: bool = False) -> Read:
    """A printed value: `<0,1` → `0.1` with its comparator; words as they are.

    `decimal` is the mark of the whole report. A report with decimal commas may still print `1.020`: it is thousands only
    where things are `counted`, or decimals where only these lie `within` the bounds of what was measured.
    """
    match = VALUE.fullmatch(text.strip())
    if match is None:
        return Read(text.strip(), numeric=False)
    comparator = comparator_of(match["sign"] or "")
    readings = readings_of(match["number"])
    chosen = settled(readings, within)
    if len(chosen) == 1:
        return Read(chosen[0], comparator)
    if not chosen:
        return Read(match["number"], comparator, sure=False)
    by_report = readings_of(match["number"], decimal)
    points_for_thousands = decimal == "," and not counted
    return Read(by_report[0], comparator, sure=len(by_report) == 1 and not points_for_thousands)
