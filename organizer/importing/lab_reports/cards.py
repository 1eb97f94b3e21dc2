"""Results printed as cards, as portals do: the name, its range and its value each in a line of their own."""

from collections.abc import Sequence

from organizer.importing.lab_reports.columns import phrase_of
from organizer.importing.lab_reports.lines import Line, Spot
from organizer.importing.lab_reports.rows import known, pieces_in

_LINES = 4  # below a name
_BEFORE_A_VALUE = frozenset(("value", "your value", "result", "your result", "wert", "ergebnis", "valor", "resultado"))


def as_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page with each card put into one; other lines stay as they are."""
    rows: list[Line] = []
    at = 0
    while at < len(lines):
        card, used = _card(lines, at)
        rows.append(card or lines[at])
        at += used if card else 1
    return rows


def _card(lines: Sequence[Line], at: int) -> tuple[Line | None, int]:
    """The card that begins with this line, and how many lines it takes."""
    name = lines[at]
    if not _is_name(name):
        return None, 0
    value: tuple[Spot, ...] = ()
    spread: tuple[Spot, ...] = ()
    for below, line in enumerate(lines[at + 1 : at + 1 + _LINES], start=1):
        if _is_name(line):
            break
        sorts = [piece.sort for piece in pieces_in(line)]
        if not spread and "range" in sorts[:1] and set(sorts) <= {"range", "unit"}:
            spread = tuple(spot for piece in pieces_in(line) for spot in piece.spots)
        elif not value and _is_value(line):
            value = _value_of(line)
        if value and spread:
            return Line(name.page, name.em, (*name.spots, *value, *spread)), below + 1
    return None, 0


def _is_name(line: Line) -> bool:
    return known(line.text.strip(" :"), False)


def _is_value(line: Line) -> bool:
    """A number or a word that is a result, with its flag and unit; before it at most the word “value”."""
    sorts = [piece.sort for piece in pieces_in(line) if phrase_of(piece.text) not in _BEFORE_A_VALUE]
    return sorts[:1] in (["number"], ["bound"], ["word"]) and set(sorts[1:]) <= {"flag", "unit", "word"}


def _value_of(line: Line) -> tuple[Spot, ...]:
    pieces = [piece for piece in pieces_in(line) if phrase_of(piece.text) not in _BEFORE_A_VALUE]
    return tuple(spot for piece in pieces for spot in piece.spots)
