"""Micro-organisms and their sensitivities: a culture's table of antibiotics, one proposal for each letter in it.

The letters are those of EUCAST and CLSI: S, I, R, and SDD. A table is read only where its head names antibiotics; each
result bears the name of the micro-organism, or is doubted where the page leaves open which one is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from organizer.base.i18n import _
from organizer.importing.lab_reports.columns import phrase_of
from organizer.importing.lab_reports.lines import Line, Spot, text_of
from organizer.importing.lab_reports.model import Place, Proposal

_ANTIBIOTICS = ("antibioti", "antimicrobi", "antibiogram", "antimykoti", "antifung", "drug", "susceptib", "sensitivit")
"""How the head over the names of antibiotics begins, in English, German, Spanish and French."""
_ORGANISMS = frozenset(
    (
        *("organism", "isolate", "microorganism", "micro organism", "culture result", "result", "keim", "erreger"),
        *("isolat", "germe", "germen", "microorganismo", "microorganisme", "micro organisme", "microrganismo"),
        *("souche", "aislado", "aislamiento"),
    )
)
"""What stands before the name of a micro-organism, in the same."""
_SPECIES = re.compile(r"[A-Z][a-z]{3,}(?: (?:spp?\.?|[a-z]{4,}))?|[A-Z]\. [a-z]{4,}")
_LETTERS = {
    **dict.fromkeys(("s", "susceptible", "sensitive", "sensibel", "sensible", "empfindlich"), "S"),
    **dict.fromkeys(("i", "intermediate", "intermediar", "intermedio", "intermediaire"), "I"),
    **dict.fromkeys(("r", "resistant", "resistent", "resistente"), "R"),
    "sdd": "SDD",
}
_SHORT, _FEWEST = frozenset("SIR"), 3  # the letters alone; lines that end in one
_NUMBER = re.compile(r"(?:[<>]=?|≤|≥)?\s?\d+(?:[.,/]\d+)*")


@dataclass(frozen=True, slots=True)
class _Organism:
    """`text` is all that is printed of it behind `label`, `name` genus and species."""

    number: str
    name: str
    label: str
    text: str
    line: Line


@dataclass(frozen=True, slots=True)
class _Column:
    """Where letters stand, and for which micro-organism: "" where the head names none."""

    x: float
    number: str


def sensitivities_in(lines: Sequence[Line]) -> list[Proposal]:
    """The micro-organisms of a page's lines and what they are sensitive to, in the page's order; [] elsewhere."""
    heads = [place for place, line in enumerate(lines) if _is_head(line)]
    if not heads:
        return []
    organisms = list(filter(None, map(_organism, lines)))
    made = list(map(_grown, organisms))
    for place, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        made += _table(lines[place], lines[place + 1 : end], organisms)
    return made


def is_antibiogram(lines: Sequence[Sequence[str]]) -> bool:
    """Whether the words of lines are likely a table of sensitivities: antibiotics, and lines that end in a letter."""
    named = any(word.casefold().startswith(_ANTIBIOTICS) for word in chain.from_iterable(line[:2] for line in lines))
    return named and sum(line[-1] in _SHORT for line in lines if len(line) > 1) >= _FEWEST


def _is_head(line: Line) -> bool:
    """A head: antibiotics in its first cell, and something over the letters."""
    cells = line.cells()
    is_row = any(_letter(cell) for cell in cells[1:])
    return (
        len(cells) > 1
        and not is_row
        and any(word.startswith(_ANTIBIOTICS) for word in phrase_of(text_of(cells[0])).split())
    )


def _organism(line: Line) -> _Organism | None:
    """`Keim 1: Staphylococcus aureus, reichlich`."""
    label, colon, rest = line.text.partition(":")
    phrase = phrase_of(label)
    species = _SPECIES.match(rest.strip())
    if not colon or species is None or phrase.rstrip(" 0123456789") not in _ORGANISMS:
        return None
    return _Organism(_number(phrase), species[0], label.strip(), rest.strip(), line)


def _grown(organism: _Organism) -> Proposal:
    name = _("Micro-organism") if phrase_of(organism.label).endswith("result") else organism.label
    return Proposal(name, organism.text, organism.text, _place(organism.line.spots, organism.line.page))


def _table(head: Line, lines: Sequence[Line], organisms: Sequence[_Organism]) -> list[Proposal]:
    columns = [_Column(cell[0].x0, _number(text_of(cell))) for cell in head.cells()[1:]]
    made: list[Proposal] = []
    for line in lines:
        cells = line.cells()
        letters = [cell for cell in cells[1:] if _letter(cell)]
        if not letters or not any(sign.isalpha() for sign in text_of(cells[0])):
            continue
        for cell in letters:
            made.append(_proposal(line, cell, _nearest(columns, cell), organisms))
    return made


def _proposal(line: Line, cell: Sequence[Spot], column: _Column, organisms: Sequence[_Organism]) -> Proposal:
    cells = line.cells()
    antibiotic = text_of(cells[0])
    meant = organisms
    if len(organisms) > 1:
        meant = [organism for organism in organisms if organism.number == column.number]
    least = [text_of(other) for other in cells[1:] if _NUMBER.fullmatch(text_of(other))]
    letter = _letter(cell)
    value = f"{letter} (MIC {least[0]})" if len(least) == 1 and len(cells) <= _OF_ONE else letter
    name = f"{antibiotic} – {meant[0].name}" if len(meant) == 1 else antibiotic
    doubts = () if len(meant) == 1 else (_("The page doesn’t say of which micro-organism this is."),)
    place = _place(line.spots, line.page)
    return Proposal(name, value, value, place, section=_("Sensitivities"), doubts=doubts)


_OF_ONE = 3
"""Cells of a row about one micro-organism: antibiotic, concentration, letter."""


def _nearest(columns: Sequence[_Column], cell: Sequence[Spot]) -> _Column:
    return min(columns, key=lambda column: abs(column.x - cell[0].x0))


def _number(text: str) -> str:
    digits = re.findall(r"\d", text)
    return digits[0] if len(digits) == 1 else ""


def _letter(cell: Sequence[Spot]) -> str:
    return _LETTERS.get(phrase_of(text_of(cell)), "")


def _place(spots: Sequence[Spot], page: int) -> Place:
    return Place.around(page, [spot.word for spot in spots])
