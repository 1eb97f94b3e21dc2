"""Results printed as cards, as portals do: the name, its range and its value each in a line of their own."""

from collections.abc import Sequence
from itertools import chain

from organizer.importing.lab_reports.columns import phrase_of
from organizer.importing.lab_reports.lines import Line, Spot
from organizer.importing.lab_reports.rows import known, pieces_in
from organizer.importing.lab_reports.values import Piece

_LINES = 4  # below a name
_BEFORE_A_VALUE = frozenset(("value", "your value", "result", "your result", "wert", "ergebnis", "valor", "resultado"))

_VALUES, _BESIDE_A_VALUE = frozenset(("number", "bound", "word")), frozenset(("flag", "unit", "word"))
_RANGES, _UNITS = frozenset(("range",)), frozenset(("unit",))


def as_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page with each card put into one; other lines stay as they are."""
    rows: list[Line] = []
    at = 0
    while at < len(lines):
        row, used = _card(lines, at)
        rows.append(row)
        at += used
    return rows


def _card(lines: Sequence[Line], at: int) -> tuple[Line, int]:
    """The card that begins with this line as one, and how many lines it takes; the line itself where none begins."""
    name = lines[at]
    alone = (name, 1)
    if not _is_name(name):
        return alone

    value: tuple[Spot, ...] = ()
    spread: tuple[Spot, ...] = ()
    for below, line in enumerate(lines[at + 1 : at + 1 + _LINES], start=1):
        if _is_name(line):
            return alone
        value = value or _value_in(line)
        spread = spread or _range_in(line)

        if value and spread:
            spots = (*name.spots, *value, *spread)
            return Line(name.page, name.em, spots), below + 1
    return alone


def _is_name(line: Line) -> bool:
    return known(line.text.strip(" :"), False)


def _value_in(line: Line) -> tuple[Spot, ...]:
    """A number or a word that is a result, with its flag and unit; before it at most the word “value”."""
    pieces = [piece for piece in pieces_in(line) if phrase_of(piece.text) not in _BEFORE_A_VALUE]
    return _spots(pieces) if _are(pieces, _VALUES, _BESIDE_A_VALUE) else ()


def _range_in(line: Line) -> tuple[Spot, ...]:
    """A range with its unit; the words before it are gone already."""
    pieces = pieces_in(line)
    return _spots(pieces) if _are(pieces, _RANGES, _UNITS) else ()


def _are(pieces: Sequence[Piece], first: frozenset[str], others: frozenset[str]) -> bool:
    """True where the first piece is of one of these sorts, and the rest is of the others."""
    sorts = [piece.sort for piece in pieces]
    return first.issuperset(sorts[:1]) and others.issuperset(sorts[1:]) and bool(sorts)


def _spots(pieces: Sequence[Piece]) -> tuple[Spot, ...]:
    return tuple(chain.from_iterable(piece.spots for piece in pieces))
